"""The unit's own review meeting: who was there, how it voted, what it said of each criterion; its minutes."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua.papers.paper import Paper
from thidua_web.campaigns.forms.editing import whole
from thidua_web.config import drafts
from thidua_web.nominations.actions import meetings as actions
from thidua_web.nominations.actions.dossiers import Saved
from thidua_web.nominations.forms import meetings as forms
from thidua_web.nominations.forms.meetings import AlikeForm, MeetingForm, Row, VoteForm
from thidua_web.nominations.models import Nomination, ReviewMeeting, Submission
from thidua_web.nominations.pages import meetings as pages
from thidua_web.nominations.queries import meetings as queries
from thidua_web.nominations.queries.checking import checked, checked_of, submission_findings
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.queries.submission_values import nominated
from thidua_web.nominations.views.papers import paper_file, show_paper
from thidua_web.nominations.views.seeing import access_of, load_nomination, load_seen, load_submission

CONFLICT, REFUSED = 409, 422
NOT_SAVED = {
    Saved.ANOTHER: _("Chưa lưu: người khác, hoặc một thẻ khác, đã lưu trong lúc này. Bấm Lưu để xem cả hai."),
    Saved.CLOSED: _("Chưa lưu: đề nghị đã trình lãnh đạo nên không sửa được nữa."),
}


def _load(request: HttpRequest, submission_id: int) -> Submission:
    """To write in it, or to read."""
    if request.method == "POST":
        return load_submission(request, submission_id, "nomination.edit")
    return load_seen(request, submission_id)


# --- Who was there ----------------------------------------------------------------------------------------------------


@never_cache
def meeting(request: HttpRequest, submission_id: int) -> HttpResponse:
    writes = request.method == "POST"
    submission = _load(request, submission_id)
    return _save_meeting(request, submission) if writes else _show_meeting(request, submission)


def _show_meeting(
    request: HttpRequest,
    submission: Submission,
    *,
    form: MeetingForm | None = None,
    rows: list[Row] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    held = queries.meeting_of(submission)
    may_write = queries.is_writable(submission) and access_of(request).may("nomination.edit", submission.unit)
    people = list(held.attendees.all()) if held else []
    context = {
        "submission": submission,
        "meeting": held,
        "may_write": may_write,
        "form": form or MeetingForm(initial=_initial(held)),
        "rows": rows if rows is not None else forms.stored_rows(people),
        "people": people,
        "ahead": forms.blank(),
        "token": uuid.uuid4(),
        "lacking": [pages.LACKING[code] for code in queries.lacking(held)],
        "may_copy": may_write and not people and queries.last_meeting(submission) is not None,
        "errors": _errors(form, rows),
        **_reviewed(submission),
    }
    return render(request, "nominations/meeting.html", context | more, status=status)


def _initial(held: ReviewMeeting | None) -> dict[str, Any]:
    return {name: getattr(held, name) for name in actions.FIELDS} if held else {}


def _errors(form: MeetingForm | None, rows: list[Row] | None) -> list[tuple[str, str, str]]:
    found = pages.errors_of(form) if form is not None and form.is_bound else []
    for row in rows or []:
        found += pages.errors_of(row.form) if row.form.is_bound and not row.removed else []
    return found


def _reviewed(submission: Submission) -> dict[str, Any]:
    """Those whom the meeting speaks of, with how far it has come."""
    votes, said = queries.votes_of(submission), queries.analysed(submission)
    lines = [
        {"row": row, "vote": votes.get(row.pk), "analysed": len(said.get(row.pk, {})), "award": _award(row)}
        for row in nominated(submission)
    ]
    return {"lines": lines, "voted": sum(bool(one["vote"] and one["vote"].agreed is not None) for one in lines)}


def _award(row: Nomination) -> str:
    return award_title(row.award, row.lodged_on or timezone.localdate())


def _save_meeting(request: HttpRequest, submission: Submission) -> HttpResponse:
    """What is right is stored; what is not stands at its field."""
    form, rows = MeetingForm(request.POST), forms.read_rows(request.POST)
    held = queries.meeting_of(submission)
    form.is_valid()
    values = {**dict.fromkeys(actions.FIELDS), **_initial(held), **form.cleaned_data}
    values |= {
        "place": values["place"] or "",
        "discussion": values["discussion"] or "",
        "secret": bool(values["secret"]),
    }
    saved = actions.save_meeting(
        submission=submission,
        values=values,
        people=[row.values for row in rows if not row.removed],
        seen=whole(request.POST.get("revision", "")) or 0,
        token=drafts.token_of(request.POST.get("token", "")),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    errors = _errors(form, rows)
    if drafts.is_draft(request):
        return _told(queries.meeting_of(submission), saved, errors)
    if saved is not Saved.SAVED:
        return _show_meeting(request, submission, form=form, rows=rows, status=CONFLICT, conflict=NOT_SAVED[saved])
    if errors:
        return _show_meeting(request, submission, form=form, rows=rows, status=REFUSED)
    messages.success(request, gettext("Đã lưu họp xét."))
    return redirect("nominations:meeting", submission.pk)


def _told(held: ReviewMeeting | None, saved: Saved, errors: list[tuple[str, str, str]]) -> HttpResponse:
    revision, last = (held.revision, held.edited_in) if held else (0, "")
    return _answer(saved, revision, last, errors)


def _answer(saved: Saved, revision: int, last: str, errors: list[tuple[str, str, str]]) -> HttpResponse:
    if saved is not Saved.SAVED:
        return drafts.not_saved(str(NOT_SAVED[saved]), revision=revision, last=last)
    time = f"{timezone.localtime():%H:%M:%S}"
    said = gettext("Đã lưu, trừ %(n)s ô ghi chưa đúng.") if errors else gettext("Đã lưu lúc %(time)s.")
    faults = {field: error for field, _label, error in reversed(errors)}
    return drafts.saved(
        revision=revision, said=said % {"n": len(errors), "time": time}, trouble=bool(errors), faults=faults
    )


@require_POST
def copy_people(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request, submission_id, "nomination.edit")
    done = actions.copy_people(submission=submission, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if done:
        messages.success(request, gettext("Đã chép danh sách dự họp của lần họp trước; hãy sửa ai vắng, ai thay."))
    else:
        messages.info(request, gettext("Không chép gì: đã có người trong danh sách, hoặc chưa có lần họp trước."))
    return redirect("nominations:meeting", submission.pk)


# --- Votes ------------------------------------------------------------------------------------------------------------


@never_cache
def votes(request: HttpRequest, submission_id: int) -> HttpResponse:
    writes = request.method == "POST"
    submission = _load(request, submission_id)
    return _save_votes(request, submission) if writes else _show_votes(request, submission)


def _show_votes(
    request: HttpRequest, submission: Submission, *, bound: bool = False, status: int = 200, **more: Any
) -> HttpResponse:
    held = queries.meeting_of(submission)
    lines = _vote_lines(request, submission, held, bound=bound)
    context = {
        "submission": submission,
        "meeting": held,
        "may_write": queries.is_writable(submission) and access_of(request).may("nomination.edit", submission.unit),
        "lines": lines,
        "most": _members(held),
        "token": uuid.uuid4(),
        "alike": AlikeForm(most=_members(held), prefix="alike", auto_id="id_%s"),
        "errors": [error for _row, form in lines for error in pages.errors_of(form)] if bound else [],
    }
    return render(request, "nominations/meeting_votes.html", context | more, status=status)


def _members(held: ReviewMeeting | None) -> int | None:
    if held is None:
        return None
    return held.members or sum(one.part != "guest" for one in held.attendees.all()) or None


def _vote_lines(
    request: HttpRequest, submission: Submission, held: ReviewMeeting | None, *, bound: bool
) -> list[tuple[dict[str, Any], VoteForm]]:
    stored, most = queries.votes_of(submission), _members(held)
    found = []
    for row in nominated(submission):
        vote = stored.get(row.pk)
        initial = {name: getattr(vote, name) for name in actions.COUNTS} if vote else {}
        form = forms.vote_form(row.pk, initial, most, request.POST if bound else None)
        found.append(({"row": row, "award": _award(row)}, form))
    return found


def _save_votes(request: HttpRequest, submission: Submission) -> HttpResponse:
    held = queries.meeting_of(submission)
    lines = _vote_lines(request, submission, held, bound=True)
    sent = [(line["row"].pk, form) for line, form in lines if f"v-{line['row'].pk}-agreed" in request.POST]
    read: dict[int, Mapping[str, int | None]] = {
        key: {name: form.cleaned_data.get(name) for name in actions.COUNTS} for key, form in sent if form.is_valid()
    }
    saved = actions.save_votes(
        submission=submission,
        votes=read,
        seen=whole(request.POST.get("revision", "")) or 0,
        token=drafts.token_of(request.POST.get("token", "")),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    errors = [error for _, form in sent for error in pages.errors_of(form)]
    after = queries.meeting_of(submission)
    if drafts.is_draft(request):
        revision, last = (after.votes_revision, after.votes_edited_in) if after else (0, "")
        return _answer(saved, revision, last, errors)
    if saved is not Saved.SAVED:
        return _show_votes(request, submission, bound=True, status=CONFLICT, conflict=NOT_SAVED[saved])
    if errors:
        return _show_votes(request, submission, bound=True, status=REFUSED)
    messages.success(request, gettext("Đã lưu kết quả biểu quyết."))
    return redirect("nominations:meeting_votes", submission.pk)


@require_POST
def vote_alike(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One result for all without one: most lists are voted on unanimously."""
    submission = load_submission(request, submission_id, "nomination.edit")
    form = AlikeForm(request.POST, most=_members(queries.meeting_of(submission)), prefix="alike", auto_id="id_%s")
    if not form.is_valid() or form.cleaned_data["agreed"] is None:
        return _show_votes(request, submission, status=REFUSED, alike=form, errors=pages.errors_of(form))
    counts = {name: form.cleaned_data[name] or 0 for name in actions.COUNTS}
    number = actions.vote_alike(submission=submission, counts=counts, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, gettext("Đã ghi kết quả cho %(n)s đề nghị chưa có kết quả.") % {"n": number})
    return redirect("nominations:meeting_votes", submission.pk)


# --- What was said of one ---------------------------------------------------------------------------------------------


@never_cache
def analysis(request: HttpRequest, submission_id: int, nomination_id: int) -> HttpResponse:
    writes = request.method == "POST"
    nomination = load_nomination(request, nomination_id, "nomination.edit" if writes else "nomination.see")
    if nomination.submission_id != submission_id:
        raise Http404
    return _save_analysis(request, nomination) if writes else _show_analysis(request, nomination)


def _show_analysis(
    request: HttpRequest, nomination: Nomination, *, said: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    known = checked(nomination, timezone.localdate())
    vote = queries.votes_of(nomination.submission).get(nomination.pk)
    around = [row.pk for row in nominated(nomination.submission)]
    place = around.index(nomination.pk) if nomination.pk in around else 0
    context = {
        "submission": nomination.submission,
        "nomination": nomination,
        "award": _award(nomination),
        "criteria": pages.asked(known.assessment, queries.analyses_of(nomination) if said is None else said),
        "vote": vote,
        "words": vote.words if vote else "",
        "may_write": queries.may_analyse(nomination) and access_of(request).may("nomination.edit", nomination.unit),
        "token": uuid.uuid4(),
        "before": around[place - 1] if place else None,
        "after": around[place + 1] if place + 1 < len(around) else None,
        "number": place + 1,
        "of": len(around),
    }
    return render(request, "nominations/meeting_analysis.html", context | more, status=status)


def _save_analysis(request: HttpRequest, nomination: Nomination) -> HttpResponse:
    known = checked(nomination, timezone.localdate())
    keys = [one.key for one in pages.asked(known.assessment, {})]
    said = forms.read_analysis(request.POST, keys)
    words = request.POST.get("words", "").strip()[: forms.LONGEST_ANALYSIS]
    saved = actions.save_analysis(
        nomination=nomination,
        words=words,
        analyses=said,
        seen=whole(request.POST.get("revision", "")) or 0,
        token=drafts.token_of(request.POST.get("token", "")),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    if drafts.is_draft(request):
        vote = queries.votes_of(nomination.submission).get(nomination.pk)
        return _answer(saved, vote.revision if vote else 0, vote.edited_in if vote else "", [])
    if saved is not Saved.SAVED:
        return _show_analysis(request, nomination, said=said, words=words, status=CONFLICT, conflict=NOT_SAVED[saved])
    messages.success(request, gettext("Đã lưu phân tích của cuộc họp."))
    return redirect("nominations:meeting_analysis", nomination.submission_id, nomination.pk)


# --- Minutes ----------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def minutes(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = load_seen(request, submission_id)
    paper = _minutes(submission)
    if paper is None:
        return _back(request, submission)
    files = {form: reverse("nominations:minutes_file", args=[submission.pk, form]) for form in ("docx", "pdf")}
    back = reverse("nominations:meeting", args=[submission.pk])
    return show_paper(
        request, paper, title=gettext("Biên bản họp xét khen thưởng"), name=submission.title, back=back, files=files
    )


@never_cache
@require_safe
def minutes_file(request: HttpRequest, submission_id: int, form: str) -> HttpResponseBase:
    submission = load_seen(request, submission_id)
    paper = _minutes(submission)
    if paper is None:
        return _back(request, submission)
    back = reverse("nominations:minutes", args=[submission.pk])
    return paper_file(request, paper, form=form, name=f"bien-ban-hop-xet-{submission.pk}", back=back)


def _minutes(submission: Submission) -> Paper | None:
    held = queries.meeting_of(submission)
    if held is None or queries.lacking(held):
        return None
    on: datetime.date = timezone.localdate()
    rows = nominated(submission)
    known, votes, said = checked_of(rows, on), queries.votes_of(submission), queries.analysed(submission)
    findings = submission_findings(submission, on)
    reviewed = [
        pages.Reviewed(row, known[row.pk].assessment, votes.get(row.pk), said.get(row.pk, {}), findings) for row in rows
    ]
    return pages.minutes(submission, held, reviewed, submission.lodged_on or on)


def _back(request: HttpRequest, submission: Submission) -> HttpResponse:
    missing = ", ".join(str(pages.LACKING[code]) for code in queries.lacking(queries.meeting_of(submission)))
    messages.warning(request, gettext("Chưa lập được biên bản, còn thiếu: %(what)s.") % {"what": missing})
    return redirect("nominations:meeting", submission.pk)
