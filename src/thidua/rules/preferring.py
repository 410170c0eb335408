"""Whom to prefer among equals, and why: grounds of law and of the plan as data, a reason for every place.

Only those who are tied are ordered; who stands before or behind them stays there. The law names grounds (women,
collectives with seven women in ten, direct workers, border and islands) but no order among them: so one goes before
another only where every ground of the other is his too, and he has one more. Where each has a ground of his own, or a
ground is not known, they stay tied and a person decides. A regulation may rank the grounds (`ranked`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from thidua.findings import Basis, Finding, Outcome
from thidua.law.criteria import Subject
from thidua.law.law import Law
from thidua.law.statute import Preference
from thidua.rules.plan_words.names import slug
from thidua.vietnamese.folding import search_key

GROUPS = ("women", "women_collective", "direct", "border", "ethnic_minority", "not_leader", "small_collective")
"""Grounds by code; whatever else a plan prefers is "plan.<its words>"."""

WOMEN_OF_COLLECTIVE = Decimal(70)
"""Percent of women from which on a collective is preferred (Nghị định 152/2025/NĐ-CP Điều 4)."""

_OTHER_SUBJECTS: Mapping[str, tuple[Subject, ...]] = {
    "women": ("collective", "household"),
    "women_collective": ("individual", "household"),
    "not_leader": ("collective", "household"),
    "small_collective": ("individual", "household"),
}


class Equal(Struct, frozen=True, kw_only=True):
    """One of several tied. `known`: group -> yes or no (women, direct, leader, ...), one that is absent is not known.

    `women`: the percentage of women in a collective.
    """

    ref: str
    subject: Subject
    known: Mapping[str, bool] = {}
    women: Decimal | None = None


class Ground(Struct, frozen=True, kw_only=True):
    """A reason to prefer: a group, in the words of the instrument or the plan."""

    group: str
    text: str
    basis: Basis = Basis()


class Place(Struct, frozen=True, kw_only=True):
    """`place` counts from 1, those who stay tied share it or are named in `open_with`; `reasons` tell why."""

    ref: str
    place: int
    open_with: tuple[str, ...] = ()
    reasons: tuple[Finding, ...] = ()


# --- Grounds ----------------------------------------------------------------------------------------------------------


def grounds_of_law(law: Law, on: datetime.date) -> tuple[Ground, ...]:
    """Grounds in force on a day, each once: the newest text of a group."""
    found: dict[str, Ground] = {}
    for rule in law.rules(Preference, on):
        if isinstance(rule.entry, Preference):
            found[rule.entry.group] = Ground(group=rule.entry.group, text=rule.entry.text, basis=rule.basis(on))
    return tuple(found.values())


_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bnu\b|\bphu nu\b", "women"),
    (r"\btap the nho\b", "small_collective"),
    (r"\btruc tiep\b|\bcong nhan\b|\bnong dan\b", "direct"),
    (r"\bbien gioi\b|\bhai dao\b|\bvung sau\b|\bvung xa\b|\bvung kho khan\b|\bdac biet kho khan\b", "border"),
    (r"\bdan toc thieu so\b", "ethnic_minority"),
    (r"\bkhong giu chuc vu lanh dao\b|\bkhong (?:la |phai la )lanh dao\b", "not_leader"),
)


def grounds_of_plan(preferred: Iterable[str], plan: str = "") -> tuple[Ground, ...]:
    """Words of a plan that prefer somebody (`thidua.rules.from_plan`, parts that are `preferred`) as grounds.

    Words without any known group are a ground of their own, of which only a person can say who has it.
    """
    found: dict[str, Ground] = {}
    for words in preferred:
        said = search_key(words)
        groups = [group for pattern, group in _WORDS if re.search(pattern, said)] or [f"plan.{slug(said)}"]
        basis = Basis(instrument=plan or None, quote=words, verified=True)
        for group in groups:
            found.setdefault(group, Ground(group=group, text=words, basis=basis))
    return tuple(found.values())


def has(one: Equal, group: str) -> bool | None:
    """Whether a ground is one's own; None where that is not known."""
    if one.subject in _OTHER_SUBJECTS.get(group, ()):
        return False
    if group == "women_collective" and one.women is not None:
        return one.women >= WOMEN_OF_COLLECTIVE
    if group == "not_leader" and "leader" in one.known:
        return not one.known["leader"]
    return one.known.get(group)


# --- Order ------------------------------------------------------------------------------------------------------------


def preferred_order(
    standing: Sequence[Sequence[Equal]], grounds: Sequence[Ground], *, ranked: bool = False
) -> tuple[Place, ...]:
    """`standing`: who was ranked so far, the best first, those who are tied together.

    `ranked`: the grounds stand in their order of weight; else none of them outweighs another.
    """
    places: list[Place] = []
    for tied in standing:
        places.extend(_among(tied, grounds, len(places), ranked=ranked))
    return tuple(places)


def _among(tied: Sequence[Equal], grounds: Sequence[Ground], before: int, *, ranked: bool) -> list[Place]:
    held = {one.ref: tuple(has(one, ground.group) for ground in grounds) for one in tied}
    goes = _goes_before_ranked if ranked else _goes_before
    ahead = {one.ref: [other.ref for other in tied if goes(held[other.ref], held[one.ref])] for one in tied}
    found = []
    for one in tied:
        is_open = [
            other.ref
            for other in tied
            if other.ref != one.ref and other.ref not in ahead[one.ref] and one.ref not in ahead[other.ref]
        ]
        reasons = _reasons(held[one.ref], grounds, len(tied), is_open)
        place = before + 1 + len(ahead[one.ref])
        found.append(Place(ref=one.ref, place=place, open_with=tuple(is_open), reasons=tuple(reasons)))
    return sorted(found, key=lambda place: place.place)


def _goes_before(one: Sequence[bool | None], other: Sequence[bool | None]) -> bool:
    """Has surely every ground that the other may have, and surely one that the other has not."""
    covers = all(mine is True or theirs is False for mine, theirs in zip(one, other, strict=True))
    return covers and any(mine is True and theirs is False for mine, theirs in zip(one, other, strict=True))


def _goes_before_ranked(one: Sequence[bool | None], other: Sequence[bool | None]) -> bool:
    """Has the weightiest ground in which they differ; nothing follows behind one that is not known."""
    for mine, theirs in zip(one, other, strict=True):
        if mine is True and theirs is False:
            return True
        if mine is None or theirs is None or mine != theirs:
            return False
    return False


def _reasons(
    held: Sequence[bool | None], grounds: Sequence[Ground], tied: int, is_open: Sequence[str]
) -> Iterable[Finding]:
    if tied == 1:
        yield Finding(code="preferring.alone", outcome=Outcome.MET)
        return
    for answer, ground in zip(held, grounds, strict=True):
        if answer is not False:
            code = ground.group if ground.group in GROUPS else "plan"
            outcome = Outcome.MET if answer else Outcome.UNKNOWN
            yield Finding(code=f"preferring.{code}", outcome=outcome, params={"text": ground.text}, basis=ground.basis)
    if not any(answer is not False for answer in held):
        yield Finding(code="preferring.none", outcome=Outcome.NOT_MET)
    if is_open:
        yield Finding(code="preferring.open", outcome=Outcome.UNKNOWN, params={"others": list(is_open)})
