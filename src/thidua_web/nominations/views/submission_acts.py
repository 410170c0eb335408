"""The way of a submission over the head's desk, what came back, and exceptions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua_web.campaigns.forms.launches import ReturnForm
from thidua_web.nominations.actions import exceptions as exception_actions
from thidua_web.nominations.actions import signing
from thidua_web.nominations.actions import submissions as actions
from thidua_web.nominations.actions.exceptions import Answered
from thidua_web.nominations.actions.signing import Signing
from thidua_web.nominations.actions.submissions import Moved
from thidua_web.nominations.forms.submissions import AnswerForm, ExceptionForm, SignForm
from thidua_web.nominations.models import Submission
from thidua_web.nominations.pages import submissions as pages
from thidua_web.nominations.queries import submissions as queries
from thidua_web.nominations.queries.checking import gate_of
from thidua_web.nominations.queries.submission_values import nominated
from thidua_web.nominations.views.seeing import access_of, load_submission
from thidua_web.nominations.views.submissions import NOT_MOVED, REFUSED, seen_of, show

MOVED = {
    "present": _("Đã trình lãnh đạo ký."),
    "withdraw": _("Đã rút về để sửa."),
    "hand_back": _("Đã trả lại để sửa."),
}
EMPTY = _("Chưa có ai trong đề nghị này: hãy chọn người, tập thể trước.")


@require_POST
def present(request: HttpRequest, submission_id: int) -> HttpResponse:
    row = load_submission(request, submission_id, "nomination.edit")
    return _said(request, row, "present", actions.present(submission=row, seen=seen_of(request), **_by(request)))


@require_POST
def withdraw(request: HttpRequest, submission_id: int) -> HttpResponse:
    row = load_submission(request, submission_id, "nomination.edit")
    return _said(request, row, "withdraw", actions.withdraw(submission=row, seen=seen_of(request), **_by(request)))


@require_POST
def hand_back(request: HttpRequest, submission_id: int) -> HttpResponse:
    row = load_submission(request, submission_id, "nomination.submit")
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show(request, row, return_form=form, status=REFUSED)
    reason = form.cleaned_data["reason"]
    moved = actions.hand_back(submission=row, seen=seen_of(request), reason=reason, **_by(request))
    return _said(request, row, "hand_back", moved)


def _said(request: HttpRequest, row: Submission, act: str, moved: Moved) -> HttpResponse:
    if moved is Moved.EMPTY:
        messages.warning(request, str(EMPTY))
    elif moved is Moved.STALE:
        messages.warning(request, str(NOT_MOVED))
    else:
        messages.success(request, str(MOVED[act]))
    return redirect(row)


@require_POST
def sign(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The head signs and sends; what forbids it now is told, also what came up since the page was opened."""
    row = load_submission(request, submission_id, "nomination.submit")
    form = SignForm(request.POST)
    if not form.is_valid():
        return show(request, row, sign_form=form, status=REFUSED)
    number = form.cleaned_data["number"]
    done = signing.submit(submission=row, seen=seen_of(request), number=number, **_by(request))
    if done.moved is Moved.STOPPED:
        return _stopped(request, row, done, sign_form=form)
    if done.moved in (Moved.STALE, Moved.EMPTY):
        messages.warning(request, str(NOT_MOVED if done.moved is Moved.STALE else EMPTY))
        return redirect(row)
    if done.moved is Moved.DONE:
        said = gettext("Đã ký và trình “%(title)s” lên %(to)s.") % {"title": row.title, "to": row.to_unit.name}
        messages.success(request, said)
    return redirect(row)


def _stopped(request: HttpRequest, row: Submission, done: Signing, **forms: Any) -> HttpResponse:
    """Nothing was sent; everything stays as it was written."""
    assert done.gate is not None  # noqa: S101 - it stopped there
    names = {str(one.pk): one for one in nominated(row)}
    asked = queries.exceptions(row)
    told = pages.gate(done.gate, names, asked, row.to_unit.name, get_language() or "vi")
    return show(request, row, status=REFUSED, gate=told, gate_apart=False, stopped=True, **forms)


@require_POST
def lodge_again(request: HttpRequest, submission_id: int) -> HttpResponse:
    """What came back and was mended goes again, those that are ticked."""
    row = load_submission(request, submission_id, "nomination.submit")
    seen = [_pair(one) for one in request.POST.getlist("chon")]
    wanted = [one for one in seen if one is not None]
    if not wanted:
        messages.warning(request, gettext("Chưa chọn hồ sơ nào để trình lại."))
        return redirect(row)
    done = signing.lodge_again(submission=row, seen=wanted, **_by(request))
    if done.moved is Moved.STOPPED:
        return _stopped(request, row, done)
    if done.again:
        n = len(done.again)
        messages.success(request, ngettext("Đã trình lại %(n)d hồ sơ.", "Đã trình lại %(n)d hồ sơ.", n) % {"n": n})
    if done.left:
        said = ngettext(
            "%(n)d hồ sơ đã thay đổi từ khi bạn mở trang nên chưa trình lại.",
            "%(n)d hồ sơ đã thay đổi từ khi bạn mở trang nên chưa trình lại.",
            done.left,
        )
        messages.warning(request, said % {"n": done.left})
    return redirect(row)


def _pair(said: str) -> tuple[int, int] | None:
    """ "17-3": nomination 17 as it stood in revision 3."""
    key, _dash, revision = said.partition("-")
    fits = key.isdecimal() and revision.isdecimal() and len(said) < 24
    return (int(key), int(revision)) if fits else None


# --- Exceptions -------------------------------------------------------------------------------------------------------


@require_POST
def ask_exception(request: HttpRequest, submission_id: int) -> HttpResponse:
    """For a stop that the gate names now and somebody may except."""
    row = load_submission(request, submission_id, "nomination.edit")
    key = request.POST.get("key", "")[:80]
    stop = next(
        (one for one in gate_of(row, timezone.localdate()).standing if one.key == key and one.excepted_by), None
    )
    if stop is None:
        messages.warning(request, gettext("Điều này không còn cản trở việc trình, hoặc không ai được cho ngoại lệ."))
        return redirect(row)
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        return show(request, row, exception_form=form, asking=key, status=REFUSED)
    told = pages.said(stop.finding, "vi")
    words = f"{told.words} ({told.basis})" if told.basis else told.words
    exception_actions.ask(submission=row, code=key, words=words, reason=form.cleaned_data["reason"], **_by(request))
    messages.success(request, gettext("Đã gửi xin ngoại lệ đến %(to)s.") % {"to": row.to_unit.name})
    return redirect(row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Who may except it reads what is asked and why, and answers."""
    found = queries.exception(exception_id)
    if found is None:
        raise Http404
    access = access_of(request)
    sees = access.may("nomination.see", found.submission.unit)
    if request.method == "POST" or not sees:
        access.require("nomination.except", found.submission.to_unit)
    form = None
    may_answer = found.granted is None and access.may("nomination.except", found.submission.to_unit)
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid():
            return _answered(request, found, form.cleaned_data["answer"])
    context = {
        "found": found,
        "row": found.submission,
        "chip": pages.exception_words(found),
        "form": form or AnswerForm(),
        "may_answer": may_answer,
        "sees": sees,
        "others": [one for one in queries.exceptions(found.submission) if one.pk != found.pk],
    }
    return render(request, "nominations/exception.html", context, status=REFUSED if form else 200)


def _answered(request: HttpRequest, found: Any, words: str) -> HttpResponse:
    granted = request.POST.get("granted") == "1"
    done = exception_actions.answer(exception=found, granted=granted, words=words, **_by(request))
    if done is Answered.OTHERWISE:
        said = gettext("%(name)s đã trả lời trước bạn. Câu trả lời ấy giữ nguyên.")
        messages.warning(request, said % {"name": found.decided_by.full_name})
    else:
        messages.success(request, gettext("Đã trả lời."))
    return redirect("nominations:exception", found.pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}
