"""One deed, one award: deeds that awards are linked to, and where one deed was commended twice.

"Không khen thưởng nhiều lần, nhiều hình thức cho một thành tích đạt được" (Luật 06/2022/QH15 Điều 5 khoản 2 điểm c).
One deed may be that of several: a collective and its members are each commended for it. So reuse is the same deed for
the same nominee, or for the unit that took over from it. Two deeds that are only alike, in words, period and nominee,
are shown to a person with what speaks for it and against it; nothing is refused for being alike.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from rapidfuzz import fuzz

from thidua.findings import Basis, Finding, Outcome, met, not_met, unknown
from thidua.law.awards import awards as known_awards
from thidua.progress.likeness import WorkFacts, alike
from thidua.vietnamese.folding import search_key

BASIS = Basis(instrument="06/2022/QH15", place="điểm c khoản 2 Điều 5", verified=True)
ENOUGH = 60
"""So alike (of 100) two deeds of one nominee must be to be shown."""
_SAME_PERIOD, _OTHER_PERIOD = 1.0, 0.8
_LONGEST_NAME = 25
"""Words up to which a deed reads like the name of a work (`thidua.progress.likeness`)."""

# What every commendation says.
_FORMULA = re.compile(
    r"\b(?:da |co )?(?:nhieu )?thanh tich(?: dac biet)?(?: xuat sac| tieu bieu| noi bat)*\b|\btrong (?:phong trao"
    r"|dot|nam|giai doan)\b"
    r"|\bphong trao(?: thi dua)?\b|\bthi dua\b|\bhoan thanh (?:tot |xuat sac )?(?:nhiem vu|chi tieu)\b|\bgop phan\b"
    r"|\bthuc hien\b|\bcong tac\b|\bvao su nghiep\b"
)


class Deed(Struct, frozen=True, kw_only=True):
    """A merit: whose (`nominee`, a person's or unit's code), of which `unit`, what, when (both days included)."""

    code: str
    nominee: str
    words: str
    unit: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


class Commended(Struct, frozen=True, kw_only=True):
    """An award for a deed, given by the paper `decided`, or proposed ("")."""

    ref: str
    deed: str
    award: str
    year: int
    decided: str = ""


class Side(Struct, frozen=True, kw_only=True):
    deed: Deed
    award: Commended


class Reuse(Struct, frozen=True, kw_only=True):
    """One deed commended twice, or perhaps: the earlier side first. `score` runs to 100, the same deed's own."""

    first: Side
    second: Side
    score: int
    finding: Finding
    reasons: tuple[Finding, ...] = ()


Successors = Mapping[str, Sequence[str]]
"""By the code of a unit that ended, those that took over from it; of a person's old code, the new one."""


def reuse(
    deeds: Iterable[Deed],
    commended: Iterable[Commended],
    successors: Successors | None = None,
    *,
    of: str | None = None,
) -> tuple[Reuse, ...]:
    """Deeds that were commended twice, those that are sure first, then the likest; `of` one award alone, by its ref.

    Awards of deeds that are not given are left out.
    """
    known = {deed.code: deed for deed in deeds}
    sides = [Side(deed=known[award.deed], award=award) for award in commended if award.deed in known]
    found = (_reuse(*pair) for pair in _pairs(sides, successors or {}, of))
    return tuple(sorted((one for one in found if one), key=_weight))


def _weight(one: Reuse) -> tuple[int, str, str]:
    return -one.score, one.first.award.ref, one.second.award.ref


def _pairs(sides: Iterable[Side], heirs: Successors, of: str | None) -> Iterator[tuple[Side, Side]]:
    """Awards of one nominee, or of a unit and those that took over from it; each pair once, the earlier first."""
    kept: dict[str, list[Side]] = {}
    for side in sides:
        for code in line_of(side.deed.nominee, heirs):
            kept.setdefault(code, []).append(side)
    seen = set()
    for together in kept.values():
        for one, other in combinations(together, 2):
            refs = tuple(sorted((one.award.ref, other.award.ref)))
            if refs in seen or refs[0] == refs[1] or (of is not None and of not in refs):
                continue
            seen.add(refs)
            yield (one, other) if _order(one) <= _order(other) else (other, one)


def _order(side: Side) -> tuple[bool, int, str]:
    return not side.award.decided, side.award.year, side.award.ref


def line_of(code: str, heirs: Successors) -> tuple[str, ...]:
    """A nominee's code and those of all that took over from it, the nearest first."""
    line = [code]
    for one in line:
        line.extend(heir for heir in heirs.get(one, ()) if heir not in line)
    return tuple(line)


def _reuse(first: Side, second: Side) -> Reuse | None:
    if first.deed.code == second.deed.code:
        return _same_deed(first, second)
    score, reasons = _likeness(first.deed, second.deed)
    if score < ENOUGH:
        return None
    finding = unknown("deeds.alike", BASIS, **_params(first, second))
    return Reuse(first=first, second=second, score=min(score, 99), finding=finding, reasons=reasons)


def _same_deed(first: Side, second: Side) -> Reuse:
    """A title beside a commendation may be in order: the title is for the year, not for the deed."""
    kinds = {_kind(first.award.award), _kind(second.award.award)}
    make = unknown if kinds == {"title", "commendation"} else not_met
    code = "deeds.title_beside" if kinds == {"title", "commendation"} else "deeds.same"
    reasons = (met("deeds.same_code", deed=first.deed.code), *_of_nominee(first.deed, second.deed))
    return Reuse(
        first=first, second=second, score=100, finding=make(code, BASIS, **_params(first, second)), reasons=reasons
    )


def _kind(award: str) -> str:
    found = known_awards().get(award)
    return found.kind if found else "commendation"


def _params(first: Side, second: Side) -> dict[str, object]:
    return {
        "words": first.deed.words,
        "other_words": second.deed.words,
        "award": _name(first.award),
        "other_award": _name(second.award),
        "year": str(first.award.year),
        "other_year": str(second.award.year),
    }


def _name(award: Commended) -> str:
    known = known_awards().get(award.award)
    name = known.name if known else award.award
    return f"{name} ({award.decided})" if award.decided else name


# --- Alike ------------------------------------------------------------------------------------------------------------


def _likeness(one: Deed, other: Deed) -> tuple[int, tuple[Finding, ...]]:
    score, of_words = _words_alike(one, other)
    if not score:
        return 0, ()
    of_period = _of_period(one, other)
    factor = _OTHER_PERIOD if of_period.outcome is Outcome.NOT_MET else _SAME_PERIOD
    return round(score * factor), (*_of_nominee(one, other), of_period, *of_words)


def _words_alike(one: Deed, other: Deed) -> tuple[int, tuple[Finding, ...]]:
    """Short words as works are told apart, by names and numbers; longer ones by the words they share."""
    here, there = _own_words(one.words), _own_words(other.words)
    if not here or not there:
        return 0, ()
    if max(len(here.split()), len(there.split())) <= _LONGEST_NAME:
        work = alike(_as_work(1, one), _as_work(2, other))
        return (work.score, work.reasons) if work else (0, ())
    shared = round(fuzz.token_sort_ratio(here, there))
    return (shared, (met("deeds.words_shared", share=shared),)) if shared >= _SHARED_WORDS else (0, ())


_SHARED_WORDS = 80


def _own_words(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+(?:[.,]\d+)*", _FORMULA.sub(" ", search_key(words))))


def _as_work(key: int, deed: Deed) -> WorkFacts:
    return WorkFacts(key=key, name=deed.words)


def _of_nominee(one: Deed, other: Deed) -> Iterator[Finding]:
    if one.nominee != other.nominee:
        yield met("deeds.successor")
    elif one.unit and other.unit and one.unit != other.unit:
        yield met("deeds.same_nominee_elsewhere")
    else:
        yield met("deeds.same_nominee")


def _of_period(one: Deed, other: Deed) -> Finding:
    """A side without its days may have been at the same time."""
    if None in (one.since, one.until, other.since, other.until):
        return unknown("deeds.period_unknown")
    overlap = one.since <= other.until and other.since <= one.until  # type: ignore[operator]
    days = {"since": one.since, "until": one.until, "other_since": other.since, "other_until": other.until}
    return met("deeds.same_period", **days) if overlap else not_met("deeds.other_period", **days)
