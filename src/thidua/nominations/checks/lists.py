"""The list as a whole: quotas and shares, nominees and deeds that stand on it twice, whose nominees they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import structs

from thidua.findings import Finding, Outcome
from thidua.law.awards import Award, awards
from thidua.nominations.checks.case import Case, Listed, ask, award_name, defect
from thidua.nominations.values import Nomination, Submission
from thidua.rules.limits import NOMINATED, Candidate, Limit, Meter, counts, meters

_ONE_AWARD = "điểm c khoản 2 Điều 5"
_LEVELS = ("base", "province", "government", "state")


def quotas(listed: Listed) -> Iterator[Finding]:
    """Limits that the submission's own nominees count in, with those that were lodged elsewhere."""
    sub = listed.submission
    own = [_counted(one, sub) for one in sub.nominations]
    known = {one.ref for one in own}
    everyone = [*(one for one in sub.listed if one.ref not in known), *own]
    for limit in sub.limits:
        for meter in meters([limit], _near(limit, everyone, own), sub.numbers):
            if _concerns(limit, meter, own):
                yield from _of_meter(limit, meter)


def _counted(one: Nomination, sub: Submission) -> Candidate:
    """As a candidate of the unit that proposes, whatever part of it the nominee works in."""
    names, codes = one.unit_names, one.unit_codes
    place = codes.index(sub.unit) if sub.unit in codes and len(codes) == len(names) else 0
    return structs.replace(one.candidate, units=(*names[place:], *names[:place]))


def _near(limit: Limit, everyone: Sequence[Candidate], own: Sequence[Candidate]) -> Sequence[Candidate]:
    """Of a limit of each unit, those of the list's own units alone: the meters of others are not asked about."""
    if limit.per != "unit":
        return everyone
    places = {one.units[:1] for one in own} | {()}
    return [one for one in everyone if one.units[:1] in places]


def _concerns(limit: Limit, meter: Meter, own: Sequence[Candidate]) -> bool:
    """A share that is short is the whole list's matter, whoever of it is on this one."""
    here = [one for one in own if not meter.unit or meter.unit in one.units[:1]]
    return bool(here) if limit.at_least else any(counts(limit, one) is not False for one in here)


def _of_meter(limit: Limit, meter: Meter) -> Iterator[Finding]:
    outcome = meter.outcome
    if outcome is Outcome.MET:
        return
    of_list = limit.of.split(".", maxsplit=1)[0] == NOMINATED
    if meter.limit is None:
        code = "quota_no_number"
    elif limit.at_least:
        code = "share_short"
    else:
        code = "share_over" if of_list else "quota_over"
    params = {
        "label": f"{meter.label} – {meter.unit}" if meter.unit else meter.label, "used": meter.used,
        "possible": meter.possible, "limit": meter.limit if meter.limit is not None else "", "missing": meter.missing,
        "over": meter.over, "left": meter.left if meter.left is not None else "",
    }  # fmt: skip
    make = defect if outcome is Outcome.NOT_MET else ask
    yield make(code, meter.basis, **params)


# --- Twice ------------------------------------------------------------------------------------------------------------


def twice(listed: Listed) -> Iterator[Finding]:
    """The same nominee twice for one award; or one deed of a nominee for two commendations."""
    for one, other in _pairs(listed.submission.nominations):
        params = {"ref": other.ref, "name": other.name, "award": award_name(other.award, listed.on)}
        if one.award == other.award and one.year == other.year and one.deed == other.deed:
            yield defect("nominee_twice", listed.law_basis(_ONE_AWARD), **params)
        elif _is_commendation(one) and _is_commendation(other) and _may_be_one_deed(one, other):
            params["other"] = award_name(one.award, listed.on)
            make = defect if one.deed else ask
            yield make("deed_twice", listed.law_basis(_ONE_AWARD), **params)


def _pairs(nominations: Sequence[Nomination]) -> Iterator[tuple[Nomination, Nomination]]:
    """Every two of one nominee."""
    of_one: dict[tuple[str, str], list[Nomination]] = {}
    for one in nominations:
        of_one.setdefault((one.subject, one.nominee), []).append(one)
    for together in of_one.values():
        yield from combinations(together, 2)


def _is_commendation(one: Nomination) -> bool:
    known = awards().get(one.award)
    return known is not None and known.kind == "commendation"


def _may_be_one_deed(one: Nomination, other: Nomination) -> bool:
    """The same deed for sure; without any deed named, the same kind of merit in the same year."""
    if one.deed or other.deed:
        return one.deed == other.deed
    return (one.merit, one.year) == (other.merit, other.year)


# --- Whose they are, and who gives it ---------------------------------------------------------------------------------


def own_nominees(listed: Listed) -> Iterator[Finding]:
    """Titles and awards are proposed by the unit in which the merit was earned."""
    for case in listed.cases:
        yield from _belonging(case, listed)


def _belonging(case: Case, listed: Listed) -> Iterator[Finding]:
    one, unit = case.nomination, listed.submission.unit
    params = {"ref": one.ref, "name": one.name, "unit": listed.submission.unit_name or unit}
    basis = listed.law_basis("khoản 1 Điều 83")
    until = one.until or one.lodged_on or case.on
    if not one.unit_codes:
        yield ask("nominee_unit_unknown", basis, **params)
    elif unit not in one.unit_codes or _was_elsewhere(one, until):
        yield defect("nominee_elsewhere", basis, **params)
    elif one.subject != "individual":
        return
    elif one.nominee_since is not None and one.since is not None and one.nominee_since > one.since:
        yield ask("nominee_came_later", basis, **params, since=one.nominee_since)


def _was_elsewhere(one: Nomination, until: datetime.date) -> bool:
    """Through the whole time of the merit: came after it, or had left before. Of a person; a unit does not move."""
    if one.subject != "individual":
        return False
    came_after = one.nominee_since is not None and one.nominee_since > until
    left_before = one.nominee_until is not None and one.since is not None and one.nominee_until < one.since
    return came_after or left_before


def wrong_level(listed: Listed) -> Iterator[Finding]:
    """An award that a lower authority decides is not proposed to a higher one; upwards a list may be passed on."""
    receiver = listed.submission.receiver
    if not receiver:
        return
    for case in listed.cases:
        known = awards().get(case.nomination.award)
        if known is not None and _LEVELS.index(known.level) < _LEVELS.index(receiver):
            yield _wrong_level(case, known)


def _wrong_level(case: Case, award: Award) -> Finding:
    decider = award.decided_on(case.lodged)
    basis = case.law_basis(decider.place)
    if decider.instrument != basis.instrument:
        basis = type(basis)(instrument=decider.instrument, place=decider.place, source=decider.source or None)
    one = case.nomination
    name = award_name(award.code, case.lodged)
    return defect("award_wrong_level", basis, ref=one.ref, name=one.name, award=name, by=decider.by)
