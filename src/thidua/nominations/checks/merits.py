"""One merit, one award: deeds that were commended before, and awards that were given for the year already."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.findings import Finding
from thidua.law.awards import awards
from thidua.nominations.checks.case import Case, ask, award_name, defect
from thidua.rules.facts import HonourFact

_ONE_AWARD = "điểm c khoản 2 Điều 5"
_ONCE = frozenset({"yearly", "campaign"})
"""Kinds of merit of which a nominee has one in a year, or in a campaign."""


def commended_deeds(case: Case) -> Iterator[Finding]:
    """A title is for the whole year: beside a commendation it may be in order, and a person says so."""
    doubles = case.nomination.doubles
    for double in doubles:
        make = defect if double.sure and not _is_title(case) else ask
        code = "deed_commended" if double.sure else "deed_alike"
        name = award_name(double.award, case.lodged)
        award = f"{name} ({double.decided})" if double.decided else name
        params = {"award": award, "year": str(double.year), "words": double.words or name}
        yield make(code, case.law_basis(_ONE_AWARD), **params)
    if not any(double.sure for double in doubles):
        yield from _on_record(case)


def _on_record(case: Case) -> Iterator[Finding]:
    one = case.nomination
    deed = one.deed or one.offer.deed
    for honour in one.facts.honours:
        if deed and honour.deed == deed:
            make = defect if not _is_title(case) and not _is_known_title(honour.award) else ask
            params = {"award": _told(honour, case), "year": str(honour.year), "words": deed}
            yield make("deed_commended", case.law_basis(_ONE_AWARD), **params)


def held_awards(case: Case) -> Iterator[Finding]:
    """A title of a year is given once, and the work of a year commended once. Another merit is asked about."""
    one = case.nomination
    deed = one.deed or one.offer.deed
    for honour in one.facts.honours:
        is_other_deed = bool(deed and honour.deed) and not _is_title(case)
        if (honour.award, honour.year) == (one.award, one.year) and not is_other_deed:
            yield from _of_the_year(case, honour, named=bool(deed))


def _of_the_year(case: Case, honour: HonourFact, *, named: bool) -> Iterator[Finding]:
    merit, params = case.nomination.merit, {"award": _told(honour, case), "year": str(honour.year)}
    if _is_title(case):
        make = ask if honour.inherited else defect
        yield make("award_held", case.law_basis("Điều 7"), **params)
    elif honour.merit == merit == "yearly" and not named:
        make = ask if honour.inherited else defect
        yield make("year_commended", case.law_basis(_ONE_AWARD), **params)
    elif honour.merit in ("", merit) or not merit:
        yield ask("award_of_merit", case.law_basis(_ONE_AWARD), **params)


def proposed_awards(case: Case) -> Iterator[Finding]:
    """The work of a year or of a campaign is proposed for an award once; another sudden deed may be another merit."""
    one = case.nomination
    if one.merit not in _ONCE:
        return
    basis = case.law_basis("Điều 7" if _is_title(case) else _ONE_AWARD)
    for other in one.proposed:
        params = {"award": award_name(one.award, case.lodged), "year": str(one.year), "unit": other.unit}
        yield defect("award_proposed", basis, **params, lodged=other.on or "")


def unrecorded_awards(case: Case) -> Iterator[Finding]:
    """Whether there was an award before cannot be told where the records of awards do not reach that far."""
    year, facts = case.nomination.year, case.nomination.facts
    if not _is_title(case) and not facts.is_complete("honours", year):
        yield ask("awards_unrecorded", case.law_basis(_ONE_AWARD), year=str(year))


def _told(honour: HonourFact, case: Case) -> str:
    name = award_name(honour.award, case.lodged)
    return f"{name} ({honour.cited})" if honour.cited else name


def _is_title(case: Case) -> bool:
    return _is_known_title(case.nomination.award)


def _is_known_title(code: str) -> bool:
    known = awards().get(code)
    return known is not None and known.kind == "title"
