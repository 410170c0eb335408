"""One person, unit or household: what is open now, and the judgement of one award in whole."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.rules.assessing import NoStandardError
from thidua.rules.facts import Facts
from thidua_web.eligibility.forms.desk import CaseForm
from thidua_web.eligibility.pages import nominee as pages
from thidua_web.eligibility.queries import cases
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.eligibility.views.choosing import Choice, award_of, choice_of, merit_of
from thidua_web.eligibility.views.seeing import access_of, place, subject_of
from thidua_web.law.queries import current_law
from thidua_web.register.models import Unit
from thidua_web.register.nominees import Nominee, path_of, unit_id_of
from thidua_web.register.views.seeing import load_household, load_person, load_unit


@never_cache
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    return _open(request, load_person(request, person_id, "eligibility.see"))


@never_cache
@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _open(request, load_unit(request, unit_id, "eligibility.see"))


@never_cache
@require_safe
def household(request: HttpRequest, household_id: int) -> HttpResponse:
    return _open(request, load_household(request, household_id, "eligibility.see"))


@never_cache
@require_safe
def person_award(request: HttpRequest, person_id: int, code: str) -> HttpResponse:
    return _judged(request, load_person(request, person_id, "eligibility.see"), code)


@never_cache
@require_safe
def unit_award(request: HttpRequest, unit_id: int, code: str) -> HttpResponse:
    return _judged(request, load_unit(request, unit_id, "eligibility.see"), code)


@never_cache
@require_safe
def household_award(request: HttpRequest, household_id: int, code: str) -> HttpResponse:
    return _judged(request, load_household(request, household_id, "eligibility.see"), code)


def _open(request: HttpRequest, of: Nominee) -> HttpResponse:
    law = current_law()
    choice = choice_of(request.GET, law, access_of(request), subject=subject_of(of))
    merit = merit_of(request.GET)
    listed = [cases.case_of_law(award, choice.subject, choice.year, choice.on, merit) for award in choice.listed]
    offered = [cases.case_at(case, path_of(of)) for _, case in choice.offered]
    facts: dict[Any, Facts] = {None: _facts(of, choice, None)}
    for case in offered:
        if case.campaign is not None and case.campaign.pk not in facts:
            facts[case.campaign.pk] = _facts(of, choice, case)
    context = {
        **place(of),
        "form": choice.form(CaseForm, request.GET, among=Unit.objects.none()),
        "year": choice.year,
        "on": choice.on,
        "days": pages.dates(law, choice.on, timezone.localdate()),
        "standings": pages.standings(of, [*offered, *listed], facts, law, _language()),
    }
    return render(request, "eligibility/nominee.html", context)


def _facts(of: Nominee, choice: Choice, case: Case | None) -> Facts:
    year, campaign = (case.offer.year, case.campaign) if case else (choice.year, None)
    return facts_of(Asked(choice.subject, year, campaign, choice.on), [of.pk]).get(of.pk, Facts(subject=choice.subject))


def _judged(request: HttpRequest, of: Nominee, code: str) -> HttpResponse:
    """Under the law of the day that the address says, whatever it was."""
    award, law = award_of(code), current_law()
    if award is None:
        raise Http404
    choice = choice_of(request.GET, law, access_of(request), subject=subject_of(of))
    part = request.GET.get("muc", "")
    case = next((case for row, case in choice.offered if part == str(row.pk) and case.offer.award == code), None)
    if case is None:
        case = cases.case_of_law(award, choice.subject, choice.year, choice.on, merit_of(request.GET))
    context: dict[str, Any] = {
        **place(of),
        "case": case,
        "days": pages.dates(law, choice.on, timezone.localdate()),
        "may_edit": access_of(request).may("fact.edit", unit_id_of(of)),
    }
    try:
        context |= pages.judgement(cases.case_at(case, path_of(of)), _facts(of, choice, case), law, _language())
    except NoStandardError:
        context["told"] = None
    return render(request, "eligibility/judgement.html", context)


def _language() -> str:
    return get_language() or "vi"
