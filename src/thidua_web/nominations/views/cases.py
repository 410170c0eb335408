"""One nomination on one page, for the unit, the appraiser, the head, the auditor and the council's secretary."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.findings import Outcome
from thidua.rules.explaining import explain
from thidua_web.law.linking import basis_href
from thidua_web.nominations.forms import cases as forms
from thidua_web.nominations.pages import case_clauses, case_steps, case_stored, case_strip
from thidua_web.nominations.pages import cases as pages
from thidua_web.nominations.pages.dossiers import confirmation_state
from thidua_web.nominations.queries import cases as queries
from thidua_web.nominations.queries.batches import of_nomination
from thidua_web.nominations.queries.checking import agreed, needed_papers, papers_note
from thidua_web.nominations.queries.clocks import clock_from
from thidua_web.nominations.queries.offers import award_title, judged_on
from thidua_web.nominations.views.casing import Case, load_case
from thidua_web.register.nominees import kind_of, unit_id_of


@never_cache
@require_safe
def nomination(request: HttpRequest, nomination_id: int) -> HttpResponse:
    return show(load_case(request, nomination_id))


def show(case: Case, *, status: int = 200, verdicts: forms.VerdictsForm | None = None, **more: Any) -> HttpResponse:
    """The page; `verdicts` and `more` are forms that came back with errors."""
    appraisal = queries.appraisal(case.nomination, case.known.overrides)
    context = head(case) | _judged(case, appraisal) | _sent(case, verdicts) | _appraised(case, appraisal)
    context |= _life(case) | _acts(case)
    context |= {"requests": case_steps.requests(appraisal.requests, context["dossier"])} | more
    return render(case.request, "nominations/case.html", context, status=status)


def head(case: Case) -> dict[str, Any]:
    """What every page about a nomination says on top."""
    row, on = case.nomination, judged_on(case.nomination, case.on)
    of = row.nominee
    return {
        "case": case,
        "nomination": row,
        "award": award_title(row.award, on),
        "award_asked": award_title(row.award_asked, on) if row.award_asked else "",
        "home": f"register:{kind_of(of)}",
        "facts_page": f"eligibility:{kind_of(of)}_facts",
        "nominee": of,
        "submission_href": pages.address("nominations:submission", row.submission_id),
        "dossier_href": pages.address("nominations:dossier", row.pk),
        "meeting_href": pages.address("nominations:meeting", row.submission_id),
    }


# --- What the checks say ----------------------------------------------------------------------------------------------


def _judged(case: Case, appraisal: queries.Appraisal) -> dict[str, Any]:
    known, row = case.known, case.nomination
    sealed = case_clauses.sensitive_keys(known.plain) if known.plain else frozenset()
    plain = explain(known.plain, case.language) if known.plain else None
    told = plain if known.assessment is known.plain else explain(known.assessment, case.language)
    checks = pages.said(pages.checks(known.findings), case.language, sealed=sealed, sensitive=case.sensitive)
    meeting = queries.meeting(row)
    sees_facts = case.access.may("fact.see", unit_id_of(row.nominee))
    marks = {"override_of": appraisal.override_of} if case.desk else {}
    href = case_clauses.record_hrefs(row.nominee, sees_facts=sees_facts)
    frame = case_clauses.Frame(case.sensitive, analyses=meeting.analyses, href=href, **marks)
    clauses = case_clauses.clauses(known.plain, plain.lines, agreed(known.overrides), frame) if plain else []
    return {
        "told": told,
        "outcome_tone": case_clauses.TONES[known.assessment.outcome] if known.assessment else "unknown",
        "clauses": clauses,
        "checks": checks,
        "meeting": meeting,
        "appraisal": appraisal,
        "waiting_overrides": [one for one in appraisal.overrides if one.waits],
        "law_on": judged_on(row, case.on),
        "opinions": case_steps.opinions(appraisal.opinions, case.language, sealed=sealed, sensitive=case.sensitive),
        "returns": case_steps.returns(appraisal.returns, case.language),
        "lowerings": case_steps.lowerings(appraisal.lowerings, judged_on(row, case.on)),
        "pauses": pages.pauses(appraisal.clock),
    }


def _sent(case: Case, sent: forms.VerdictsForm | None) -> dict[str, Any]:
    row, dossier = case.nomination, queries.dossier(case.nomination, case.known.sent)
    needed = needed_papers(row, case.on, case.known.values)
    missing = {str(one.params.get("paper")) for one in case.known.findings if one.code == "nominations.paper_missing"}
    form = sent or (forms.VerdictsForm(claims=dossier.claims) if case.may_judge and dossier.claims else None)
    return {
        "claims": pages.claims(dossier, form),
        "report": pages.report(row),
        "files": [pages.file(one) for one in dossier.files],
        "papers": pages.papers(needed, dossier, missing, row),
        "papers_note": pages.note(papers_note(row, case.on), case.language),
        "confirmations": [(one, *confirmation_state(one, case.on)) for one in dossier.confirmations],
        "dossier": dossier,
        "verdict_form": form,
    }


# --- What the appraisal did -------------------------------------------------------------------------------------------


def _appraised(case: Case, appraisal: queries.Appraisal) -> dict[str, Any]:
    row = case.nomination
    lines, batches = queries.lines(row), of_nomination(row.pk)
    clock = clock_from(row, appraisal.clock, case.on)
    doubles = case.known.values.doubles if case.desk or case.sensitive else ()
    return {
        "strip": case_strip.strip(row, lines, batches),
        "holder": case_strip.holder(row),
        "clock": clock,
        "asked": case.asked if case.desk else None,
        "doubles": case_steps.doubles(doubles, judged_on(row, case.on)),
        "repeats": pages.repeats(queries.repeats(row), row.deed_id) if case.desk else [],
        "history": pages.history(lines, batches, desk=case.desk),
        "conflicts": pages.said(case.conflicts, case.language, sensitive=True),
        "clock_href": basis_href(clock.limit.basis),
    }


def _life(case: Case) -> dict[str, Any]:
    of, unit = case.nomination.nominee, unit_id_of(case.nomination.nominee)
    awards = queries.awards(of) if case.access.may("award.see", unit) else []
    ratings = queries.ratings(of) if case.access.may("rating.see", unit) else []
    rows = queries.spells(of, sensitive=case.sensitive) if case.access.may("fact.see", unit) else []
    return {"life": pages.life(awards, ratings), "spells": pages.spells(rows, case.nomination.subject)}


# --- What may be done now ---------------------------------------------------------------------------------------------


def _acts(case: Case) -> dict[str, Any]:
    found = case.against if case.desk and "recommend" in case.acts else None
    return {
        "against": {
            "forbids": pages.said(found.forbids, case.language, sensitive=case.sensitive),
            "open": pages.said(found.open, case.language, sensitive=case.sensitive),
        }
        if found
        else None,
        "assign_form": forms.AssignForm(case.nomination, on=case.on) if case.may_assign else None,
        "any_act": bool(case.acts) or case.may_judge or case.may_assign,
    }


# --- Earlier days -----------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def stored(request: HttpRequest, nomination_id: int, stored_id: int) -> HttpResponse:
    """What the checks said on an earlier day, beside what they say now."""
    case = load_case(request, nomination_id)
    row = queries.stored(case.nomination, stored_id)
    if row is None:
        raise Http404
    context = head(case) | {
        "stored": row,
        "award_then": award_title(row.award, row.on),
        "rows": case_stored.compared(row, case.known, sensitive=case.sensitive),
        "tone": case_clauses.TONES[Outcome(row.outcome)],
        "checks": case_stored.stored_checks(row, case.language, sensitive=case.sensitive),
    }
    return render(request, "nominations/case_stored.html", context)
