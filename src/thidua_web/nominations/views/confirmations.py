"""What other bodies confirm of a nominee: asked for, answered; and the answer to what the appraiser asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua_web.campaigns.forms.editing import whole
from thidua_web.eligibility.models.facts import Confirmer
from thidua_web.nominations.actions import answering
from thidua_web.nominations.actions import confirmations as actions
from thidua_web.nominations.actions.dossier_files import About
from thidua_web.nominations.forms.confirmations import AnswerForm, AnswerRequestForm, AskForm
from thidua_web.nominations.models import Confirmation, Nomination
from thidua_web.nominations.pages import confirmations as pages
from thidua_web.nominations.queries import confirmations as many
from thidua_web.nominations.queries import dossiers as queries
from thidua_web.nominations.queries.checking import needed_papers
from thidua_web.nominations.views.dossier_uploads import FIELD, keep, keep_all
from thidua_web.nominations.views.dossiers import Case, case_of, head
from thidua_web.nominations.views.seeing import access_of, load_nomination, load_submission

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@PAGE
def confirmations(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Seen by whoever sees the dossier; asked for by the unit that writes it."""
    case = case_of(request, nomination_id, "nomination.edit" if request.method == "POST" else "nomination.see")
    if request.method != "POST":
        return _show(case)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show(case, asking=form, status=422)
    made = actions.ask(nomination=case.nomination, asking=actions.Asking(**form.asking), **_act(request))
    _say(request, made is not None, gettext("Đã ghi yêu cầu xác nhận."))
    return redirect("nominations:confirmations", nomination_id)


def _show(
    case: Case, *, asking: AskForm | None = None, sent: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    nomination, today = case.nomination, timezone.localdate()
    rows = queries.confirmations_of(nomination)
    bodies = {paper.code: paper.bodies for paper in needed_papers(nomination, today)}
    wanted = pages.wanted(case.checklist, bodies, rows)
    body = case.request.GET.get("co-quan", wanted[0].code if wanted else "")
    first = {"body": body if body in Confirmer.values else "", "asked_on": today}
    context = {
        **head(case),
        "lines": pages.lines(rows, case.files, today, sent),
        "wanted": wanted,
        "form": (asking or AskForm(initial=first)) if case.may_write else None,
        "may_answer": _may_answer(case.request, nomination),
    }
    return render(case.request, "nominations/confirmations.html", context, status=status)


def _may_answer(request: HttpRequest, nomination: Nomination) -> bool:
    """Whoever holds the dossier records what came: the unit, or who appraises it."""
    access = access_of(request)
    own = access.may("nomination.edit", nomination.unit)
    above = nomination.lodged_on is not None and access.may("appraisal.act", nomination.to_unit)
    return queries.takes_answers(nomination) and (own or above)


def _load(request: HttpRequest, nomination_id: int, confirmation_id: int) -> tuple[Nomination, Confirmation]:
    nomination = load_nomination(request, nomination_id, "nomination.see")
    access = access_of(request)
    if not access.may("appraisal.act", nomination.to_unit) or nomination.lodged_on is None:
        access.require("nomination.edit", nomination.unit)
    found = queries.confirmation(nomination, confirmation_id)
    if found is None:
        raise Http404
    return nomination, found


@require_POST
def answer(request: HttpRequest, nomination_id: int, confirmation_id: int) -> HttpResponse:
    """What the body answered, with its paper."""
    nomination, found = _load(request, nomination_id, confirmation_id)
    form = AnswerForm(request.POST, confirmation=found)
    if found.yes is None and not form.is_valid():
        return _show(Case(request, nomination), sent=form, status=422)
    done = form.is_valid() and actions.answer(
        confirmation=found, nomination=nomination, said=actions.Answer(**form.answer), **_act(request)
    )
    for file in request.FILES.getlist(FIELD) if done else ():
        keep(request, nomination, About(confirmation=found), file)
    _say(request, done, gettext("Đã ghi trả lời; dữ kiện của người, tập thể được đề nghị đã cập nhật."))
    return redirect("nominations:confirmations", nomination_id)


@require_POST
def take_back(request: HttpRequest, nomination_id: int, confirmation_id: int) -> HttpResponse:
    return _change(
        request, nomination_id, confirmation_id, actions.take_back_answer, gettext("Đã rút trả lời ghi nhầm.")
    )


@require_POST
def withdraw(request: HttpRequest, nomination_id: int, confirmation_id: int) -> HttpResponse:
    return _change(request, nomination_id, confirmation_id, actions.withdraw, gettext("Đã bỏ yêu cầu xác nhận."))


def _change(
    request: HttpRequest, nomination_id: int, confirmation_id: int, do: Callable[..., bool], said: str
) -> HttpResponse:
    nomination, found = _load(request, nomination_id, confirmation_id)
    _say(request, do(confirmation=found, nomination=nomination, **_act(request)), said)
    return redirect("nominations:confirmations", nomination_id)


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _say(request: HttpRequest, done: bool, said: str) -> None:
    if done:
        messages.success(request, said)
    else:
        messages.warning(request, gettext("Hồ sơ đã thay đổi từ khi bạn mở trang. Hãy xem lại rồi làm tiếp."))


# --- Many at once -----------------------------------------------------------------------------------------------------


@never_cache
@PAGE
def ask_many(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One letter for many nominees of a submission."""
    permission = "nomination.edit" if request.method == "POST" else "nomination.see"
    submission = load_submission(request, submission_id, permission)
    page = many.nominees(submission, request.GET.get("trang"))
    rows = list(page.object_list)
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, initial={"asked_on": today})
    writable = many.writable(rows)
    chosen = {key for text in request.POST.getlist("n") if (key := whole(text)) is not None}
    if request.GET.get("chon") == "het" and sent is None:
        chosen = writable
    if sent is not None and form.is_valid() and chosen:
        asked = actions.ask_many(
            submission=submission, keys=chosen, asking=actions.Asking(**form.asking), **_act(request)
        )
        said = gettext("Đã ghi yêu cầu xác nhận cho %(n)s người, tập thể.") % {"n": len(asked)}
        _say(request, bool(asked), said)
        return redirect("nominations:ask_confirmations", submission_id)
    context = {
        "submission": submission,
        "page": page,
        "lines": pages.many_lines(rows, many.confirmations(rows), writable, today),
        "form": form if access_of(request).may("nomination.edit", submission.unit) else None,
        "chosen": chosen,
        "nobody": sent is not None and not chosen,
    }
    status = 200 if sent is None else 422
    return render(request, "nominations/confirmations_many.html", context, status=status)


# --- What the appraiser asked for -------------------------------------------------------------------------------------


@never_cache
@PAGE
def answer_request(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """The unit's answer with its files; sending it hands the dossier back to the appraiser, and the clock goes on."""
    case = case_of(request, nomination_id, "nomination.edit")
    sent = request.POST if request.method == "POST" else None
    if sent is not None and sent.get("act") == "upload":
        keep_all(request, case.nomination)
        if not sent.get("words", "").strip():
            return redirect("nominations:answer_request", nomination_id)
        case = case_of(request, nomination_id, "nomination.edit")
        return _show_request(case, AnswerRequestForm(initial={"words": sent["words"]}))
    form = AnswerRequestForm(sent)
    if sent is None or not form.is_valid():
        return _show_request(case, form, 200 if sent is None else 422)
    for file in request.FILES.getlist(FIELD):
        open_request = queries.open_request(case.nomination)
        if open_request is not None:
            keep(request, case.nomination, About(request=open_request), file)
    seen = whole(sent.get("revision", ""))
    done = answering.answer(
        nomination=case.nomination,
        words=form.cleaned_data["words"].strip(),
        seen=case.nomination.revision if seen is None else seen,
        **_act(request),
    )
    _say(request, done.is_made, gettext("Đã gửi bổ sung; thời hạn thẩm định tính tiếp."))
    return redirect(case.nomination.get_absolute_url())


def _show_request(case: Case, form: AnswerRequestForm, status: int = 200) -> HttpResponse:
    open_request = queries.open_request(case.nomination)
    context = {
        **head(case),
        "form": form,
        "open_request": open_request,
        "earlier": [one for one in queries.requests_of(case.nomination) if one.answered_at],
        "request_files": [file for file in case.files if open_request and file.request_id == open_request.pk],
        "may_answer": case.may_add_files and open_request is not None and not case.may_write,
    }
    return render(case.request, "nominations/answer_request.html", context, status=status)
