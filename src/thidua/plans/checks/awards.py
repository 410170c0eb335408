"""Awards that the plan names: who may grant them, to whom, and after how long a movement."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from thidua.findings import Finding
from thidua.law.award_limits import MovementLimit, award_limits
from thidua.plans.checks.plan import Plan, law, not_met
from thidua.plans.reading import AwardForm
from thidua.vietnamese.folding import search_key

_BARE = re.compile(r"(?:tang )?(bang khen|co thi dua)")
_LAW_SINCE = datetime.date(2024, 1, 1)


_PRIME_MINISTER = r"thu tuong|/(?:cđ|ct|qđ)-ttg|qd-ttg|ct-ttg|cd-ttg"
_CENTRAL = rf"chu tich nuoc|{_PRIME_MINISTER}"


def check_award_grantor(plan: Plan) -> Iterable[Finding]:
    """Each form is granted by whom the law names: there is no "Bằng khen của Giám đốc Sở"."""
    for award in plan.reading.award_forms:
        name, grantor = _name_and_grantor(award)
        limit = next((limit for limit in award_limits().grantor if grantor and limit.forbids(name, grantor)), None)
        if limit:
            yield not_met(
                "award.grantor", law(limit.place), award,
                award=award.name, grantor=award.granted_by or grantor, right=limit.right,
            )  # fmt: skip


def check_award_subject(plan: Plan) -> Iterable[Finding]:
    """Flags and "Tập thể …" are for collectives, "Chiến sĩ …" for persons."""
    for award in plan.reading.award_forms:
        for limit in award_limits().subject:
            if award.for_ not in (limit.kind, "both") and re.search(limit.award, search_key(award.name)):
                right = "tập thể" if limit.kind == "collective" else "cá nhân"
                yield not_met("award.subject", law(limit.place), award, award=award.name, right=right)


def check_award_movement_length(plan: Plan) -> Iterable[Finding]:
    """Some honours need a movement of three or five years, unless the President or the Prime Minister launched it."""
    length = _years(plan)
    if length is None or _cites(plan, _CENTRAL):
        return
    for award, limit in _bound(plan):
        if limit.launched_by == "anyone" and length < limit.years:
            yield not_met(
                "award.movement_length", law(limit.place), award, plan.whole or plan.reading.periods[0],
                award=award.name, years=limit.years, start=plan.start, end=plan.end,
            )  # fmt: skip


def check_award_movement_launcher(plan: Plan) -> Iterable[Finding]:
    """The Government's flag goes with a movement of the Prime Minister of five years, and with no other movement."""
    length = _years(plan)
    if length is None:
        return
    for award, limit in _bound(plan):
        if limit.launched_by == "prime_minister" and not (length >= limit.years and _cites(plan, _PRIME_MINISTER)):
            yield not_met(
                "award.movement_launcher", law(limit.place), award, plan.whole or plan.reading.periods[0],
                award=award.name, years=limit.years, start=plan.start, end=plan.end,
            )  # fmt: skip


def _bound(plan: Plan) -> Iterable[tuple[AwardForm, MovementLimit]]:
    """The awards for the movement itself, each with the limits on it."""
    for award in plan.reading.award_forms:
        if _is_yearly(award):
            continue
        name = search_key(award.name)
        yield from ((award, limit) for limit in award_limits().movement if limit.binds(name, award.for_))


def check_award_old_cap(plan: Plan) -> Iterable[Finding]:
    """The cap of 15 % on "Chiến sĩ thi đua cơ sở" ended with Nghị định 91/2017/NĐ-CP."""
    if plan.day is None or plan.day < _LAW_SINCE:
        return
    for _, words in plan.found(r"chien si thi dua co so\b[^.;]{0,80}\b(?:khong qua|toi da)\s*15\s?%"):
        yield not_met("award.old_cap", law("Điều 23"), words)


def check_award_named_fully(plan: Plan) -> Iterable[Finding]:
    """A form is named with its grantor, at least once: "Bằng khen" may be the Prime Minister's or the province's."""
    forms = plan.reading.award_forms
    for award in forms:
        bare = _BARE.fullmatch(search_key(award.name))
        if bare is None or award.granted_by or re.search(rf"{bare[1]}\W{{0,3}}cua\b", search_key(award.quote)):
            continue
        if not any(_names_grantor(other, bare[1]) for other in forms):
            yield not_met("award.unnamed", law("Điều 9, Điều 73, Điều 74"), award, award=award.name)


def _names_grantor(award: AwardForm, kind: str) -> bool:
    return kind in search_key(award.name) and (award.granted_by is not None or " cua " in search_key(award.name))


def _name_and_grantor(award: AwardForm) -> tuple[str, str]:
    name = search_key(award.name)
    grantor = award.granted_by or (award.name.split(" của ", 1)[1] if " của " in award.name else "")
    return name, search_key(grantor).strip()


def _years(plan: Plan) -> float | None:
    if plan.start is None or plan.end is None:
        return None
    return ((plan.end - plan.start).days + 1) / 365.25 + 0.01


def _is_yearly(award: AwardForm) -> bool:
    """A flag for the leader of a bloc is given every year, whatever the movement."""
    return re.search(r"\b(?:cum|khoi)\b|hang nam|tong ket nam", search_key(award.quote)) is not None


def _cites(plan: Plan, issuer: str) -> bool:
    """Whether the plan carries out a movement of whom the pattern names."""
    cited = " ".join(search_key(f"{d.quote} {d.number or ''} {d.issuer or ''}") for d in plan.reading.legal_basis)
    return re.search(issuer, cited) is not None
