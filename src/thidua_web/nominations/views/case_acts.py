"""Acts of the appraiser on one nomination: taken in, sent back, asked for more, lowered, concluded, opened, given."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from thidua.explain import sentence
from thidua.findings import Finding
from thidua.nominations.clock import StepLimit, limits_for
from thidua.nominations.returning import return_reasons, suggested
from thidua.rules.assessing import NoStandardError, assess
from thidua.rules.explaining import explain
from thidua_web.law.linking import basis_href
from thidua_web.law.queries import current_law
from thidua_web.nominations.actions import appraising
from thidua_web.nominations.forms import cases as forms
from thidua_web.nominations.pages import case_clauses
from thidua_web.nominations.pages import cases as pages
from thidua_web.nominations.queries.checking import submission_findings
from thidua_web.nominations.queries.conflicts import conflicts_of
from thidua_web.nominations.queries.offers import award_title, cases_of, judged_on
from thidua_web.nominations.views.case_acting import above, answered, came_back, form_page, not_now, seen
from thidua_web.nominations.views.cases import show
from thidua_web.nominations.views.casing import Case


def made(case: Case) -> dict[str, Any]:
    return {"nomination": case.nomination, "seen": seen(case.request), "by": case.request.user, "at": timezone.now()}


@above("appraisal.act")
def accept(case: Case) -> HttpResponse:
    done = appraising.accept(**made(case))
    return answered(case, done, gettext("Đã tiếp nhận. Thời hạn thẩm định tính từ hôm nay."))


@above("appraisal.act", judging=False)
def assign(case: Case) -> HttpResponse:
    form = forms.AssignForm(case.nomination, case.request.POST, on=case.on)
    if not form.is_valid():
        return _not_assigned(case, form)
    who = form.cleaned_data["appraiser"]
    if conflict := _their_conflict(case, who):
        form.add_error("appraiser", conflict)
        return _not_assigned(case, form)
    done = appraising.assign(**made(case), appraiser=who)
    return answered(case, done, gettext("Đã phân công %(name)s thẩm định.") % {"name": who.full_name})


def _not_assigned(case: Case, form: forms.AssignForm) -> HttpResponse:
    return show(case, status=422, assign_form=form)


def _their_conflict(case: Case, who: Any) -> str:
    """Why somebody may not be given the case."""
    found = [one for one in conflicts_of(who, case.nomination, case.on) if one.outcome == "not_met"]
    if not found:
        return ""
    words = " ".join(sentence(one, case.language) for one in found)
    return gettext("%(name)s có xung đột lợi ích: %(why)s") % {"name": who.full_name, "why": words}


# --- Sent back, asked for more ----------------------------------------------------------------------------------------


@above("appraisal.act", page=True)
def send_back(case: Case) -> HttpResponse:
    if "send_back" not in case.acts and case.request.method != "POST":
        return not_now(case)
    reasons = suggested(one for one in _all_findings(case) if one.outcome == "not_met")
    sent = case.request.POST if case.request.method == "POST" else None
    form = forms.SendBackForm(sent, suggested=[one.code for one in reasons], on=case.on)

    def again(now: Case, status: int) -> HttpResponse:
        return form_page(now, "case_send_back", form, status=status, **_returning(now, {one.code for one in reasons}))

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = appraising.send_back(**made(case), **form.cleaned_data)
    words = gettext("Đã trả lại hồ sơ. Đơn vị nhận thông báo; văn bản trả lại ở mục Trả lại.")
    return came_back(case, done, words, again)


def _all_findings(case: Case) -> list[Finding]:
    """Of the nomination, and of its submission where they are about it."""
    ref = str(case.nomination.pk)
    of_list = submission_findings(case.nomination.submission, case.on)
    return [*case.known.findings, *(one for one in of_list if one.params.get("ref", ref) == ref)]


def _returning(case: Case, suggested_codes: set[str]) -> dict[str, Any]:
    found = pages.said(_all_findings(case), case.language, sensitive=case.sensitive)
    reasons = return_reasons()
    return {
        "found": found,
        "suggested": suggested_codes,
        "hints": {code: one.do.in_language(case.language) for code, one in reasons.items()},
        "limit": return_limit(case),
    }


def return_limit(case: Case) -> dict[str, Any]:
    """By when an invalid dossier must be sent back, as the law of its day says."""
    row = case.nomination
    day = judged_on(row, case.on)
    limit: StepLimit = limits_for(current_law(), row.award, day, "return", row.merit)[0]  # type: ignore[arg-type]
    due = limit.calendar.after(day, limit.days)
    return {
        "days": limit.days, "due": due, "late": case.on > due, "basis": limit.basis.citation,
        "href": basis_href(limit.basis), "verified": limit.verified,
    }  # fmt: skip


@above("appraisal.act", page=True)
def ask(case: Case) -> HttpResponse:
    if "ask" not in case.acts and case.request.method != "POST":
        return not_now(case)
    sent = case.request.POST if case.request.method == "POST" else None
    form = forms.AskForm(sent, on=case.on, initial={"words": _wanted(case)})

    def again(now: Case, status: int) -> HttpResponse:
        return form_page(now, "case_ask", form, status=status, wanted=_unknowns(now))

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = appraising.ask(**made(case), **form.cleaned_data)
    return came_back(
        case, done, gettext("Đã gửi yêu cầu bổ sung. Thời hạn tạm dừng cho đến khi đơn vị trả lời."), again
    )


def _wanted(case: Case) -> str:
    """What the explanation asks for, as a first draft of the request."""
    told = explain(case.known.assessment, "vi") if case.known.assessment else None
    return "\n".join(f"- {line}" for line in told.ask) if told and case.sensitive else ""


def _unknowns(case: Case) -> list[pages.Said]:
    found = [one for one in case.known.findings if one.outcome == "unknown"]
    return pages.said(found, case.language, sensitive=case.sensitive)


# --- Another award ----------------------------------------------------------------------------------------------------


@above("appraisal.act", page=True)
def lower(case: Case) -> HttpResponse:
    """The award is chosen first, then its assessment is shown, then it is decided."""
    if not case.may_lower and case.request.method != "POST":
        return not_now(case)
    awards = appraising.possible_awards(case.nomination, case.on)
    sent = case.request.POST if case.request.method == "POST" else None
    chosen = (sent or case.request.GET).get("award", "")
    form = forms.LowerForm(sent, awards=awards, initial={"award": chosen})

    def again(now: Case, status: int) -> HttpResponse:
        looked = _looked_at(now, chosen) if chosen in awards else {}
        return form_page(now, "case_lower", form, status=status, awards=awards, chosen=chosen, **looked)

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = appraising.lower(**made(case), **form.cleaned_data)
    title = awards.get(chosen, chosen)
    return came_back(case, done, gettext("Đã chuyển sang xét “%(award)s”.") % {"award": title}, again)


def _looked_at(case: Case, award: str) -> dict[str, Any]:
    """The assessment of the same nominee for the other award."""
    row = case.nomination
    was, row.award = row.award, award
    try:
        offer = cases_of([row], case.on)[row.pk].offer
        found = assess(offer, case.known.values.facts, current_law(), judged_on(row, case.on))
    except NoStandardError:
        return {"looked": None}
    finally:
        row.award = was
    frame, told = case_clauses.Frame(case.sensitive), explain(found, case.language)
    return {
        "looked": told,
        "looked_tone": case_clauses.TONES[found.outcome],
        "clauses": case_clauses.clauses(found, told.lines, {}, frame),
        "looked_title": award_title(award, judged_on(row, case.on)),
    }


# --- Conclusions ------------------------------------------------------------------------------------------------------


@above("appraisal.act", page=True)
def recommend(case: Case) -> HttpResponse:
    if "recommend" not in case.acts and case.request.method != "POST":
        return not_now(case)
    sent = case.request.POST if case.request.method == "POST" else None
    form = forms.RecommendForm(sent, needs_words=bool(case.against.open))

    def again(now: Case, status: int) -> HttpResponse:
        told = {
            name: pages.said(rows, now.language, sensitive=now.sensitive)
            for name, rows in (("forbids", now.against.forbids), ("open", now.against.open))
        }
        return form_page(now, "case_recommend", form, status=status, **told)

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = appraising.recommend(**made(case), words=form.cleaned_data["words"])
    return came_back(case, done, gettext("Đã kết luận: đề nghị Hội đồng xét."), again)


@above("appraisal.act", page=True)
def not_recommend(case: Case) -> HttpResponse:
    if "not_recommend" not in case.acts and case.request.method != "POST":
        return not_now(case)
    findings = list(case.known.findings)
    shown = pages.said(findings, case.language, sensitive=case.sensitive)
    choices = [(_name_of(one), line.words) for one, line in zip(findings, shown, strict=True)]
    sent = case.request.POST if case.request.method == "POST" else None
    wrong = [_name_of(one) for one in findings if one.outcome == "not_met"]
    form = forms.NotRecommendForm(sent, findings=choices, initial={"reasons": wrong})

    def again(now: Case, status: int) -> HttpResponse:
        return form_page(now, "case_not_recommend", form, status=status)

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    chosen = set(form.cleaned_data.get("reasons", ()))
    reasons = [one for one in findings if _name_of(one) in chosen]
    done = appraising.not_recommend(**made(case), words=form.cleaned_data["words"], reasons=reasons)
    words = gettext("Đã kết luận không đề nghị. Đơn vị nhận thông báo kèm lý do, căn cứ.")
    return came_back(case, done, words, again)


def _name_of(one: Finding) -> str:
    """The same finding has the same name when the form comes back, whatever else was found since."""
    return hashlib.sha256(msgspec.json.encode(one, order="sorted")).hexdigest()[:16]


@above("appraisal.act", page=True)
def reopen(case: Case) -> HttpResponse:
    if "reopen" not in case.acts and case.request.method != "POST":
        return not_now(case)
    sent = case.request.POST if case.request.method == "POST" else None
    form = forms.ReopenForm(sent)

    def again(now: Case, status: int) -> HttpResponse:
        return form_page(now, "case_reopen", form, status=status)

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = appraising.reopen(**made(case), words=form.cleaned_data["words"])
    return came_back(case, done, gettext("Hồ sơ được thẩm định lại; thời hạn tính từ hôm nay."), again)
