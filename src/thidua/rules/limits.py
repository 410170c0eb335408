"""How many may still be proposed: quotas of a plan, ceilings of law, shares of a list, as live meters.

A limit says whom it counts and how many it allows; a meter is a limit with what stands on the list now. Whether a
candidate counts may not be known (a unit of unknown kind, a group nobody recorded), and a percentage may lack the
number it is taken of: then the meter has a lower and an upper count, or no bound, and says what is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from msgspec import Struct, structs

from thidua.findings import Basis, Finding, Outcome
from thidua.law.criteria import Subject
from thidua.law.law import Law
from thidua.law.ratings import RatingScheme, levels
from thidua.law.statute import Ceiling
from thidua.rules.plan_words.whom import own_groups
from thidua.rules.tally import Tally
from thidua.vietnamese.folding import search_key

Per = Literal["unit", "named", "all"]
"""Counted apart for each unit of a kind; for the units named; for the whole list."""

NOMINATED = "nominated"
"""Percentages of the list itself: "nominated.individual" is the number of individuals on it."""


class Candidate(Struct, frozen=True, kw_only=True):
    """One proposed. `units` are the names of the unit and of those above it, the unit's first, former names behind.

    `group` is the unit's kind as `thidua.plans.parties` names it, `groups` what is known of the nominee (leader, women,
    direct, ...); None where not known. `award` is "" where the list is of one award.
    """

    ref: str
    subject: Subject
    units: tuple[str, ...] = ()
    group: str | None = None
    groups: frozenset[str] | None = None
    award: str = ""


class Limit(Struct, frozen=True, kw_only=True):
    """At most `most`, or `percent` percent of the number `of`; with `at_least` no fewer than that.

    `strict`: the bound itself will not do. `subjects`, `awards`, `marks` narrow who counts (empty: everyone), `marks`
    being groups of nominees. Of units: `per` says how they are counted, `names` which, `group` of which kind, `groups`
    of which kinds with their Party organisations, `nouns` what their names open with ("phuong"), `other_than` who has a
    limit of its own. `unsure`: the words set a condition on the unit that no record decides; `raised` is what the plan
    allows those that meet such a condition, instead of this.
    """

    code: str
    label: str
    most: int | None = None
    percent: Decimal | None = None
    of: str = ""
    at_least: bool = False
    strict: bool = False
    subjects: frozenset[Subject] = frozenset()
    awards: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    per: Per = "all"
    names: tuple[str, ...] = ()
    group: str | None = None
    groups: frozenset[str] = frozenset()
    nouns: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    unsure: bool = False
    raised: int | None = None
    basis: Basis = Basis()


class Meter(Struct, frozen=True, kw_only=True):
    """A limit now. `used` count for sure, `possible` at most; `limit` is None where `missing` is not known.

    Of a ceiling `left` may still come and `over` are too many; of an `at_least` share `left` are still lacking.
    `binding`: no other limit leaves less room (`next_one`).
    """

    code: str
    label: str
    used: int
    possible: int
    limit: int | None
    left: int | None
    over: int
    basis: Basis
    unit: str = ""
    at_least: bool = False
    missing: str = ""
    binding: bool = False

    @property
    def outcome(self) -> Outcome:
        if self.limit is None:
            return Outcome.UNKNOWN
        tally = Tally(sure=self.used, possible=self.possible)
        return tally.at_least(self.limit) if self.at_least else tally.at_most(self.limit)

    @property
    def is_full(self) -> bool:
        """Whether one more would be too many for sure."""
        return not self.at_least and self.left == 0


Numbers = Mapping[tuple[str, str], int]
"""Numbers that percentages are taken of, by unit ("" for the whole list) and name: ("Sở Y tế", "LDTT")."""


# --- Who counts -------------------------------------------------------------------------------------------------------


def counts(limit: Limit, one: Candidate) -> bool | None:
    """Whether a candidate counts against a limit; None where that is not known."""
    if limit.subjects and one.subject not in limit.subjects:
        return False
    if limit.awards and one.award and one.award not in limit.awards:
        return False
    is_placed = limit.per != "unit" or bool(one.units)
    answers = [_of_unit(limit, one), _of_marks(limit, one), True if is_placed and not limit.unsure else None]
    return False if False in answers else None if None in answers else True


def _of_unit(limit: Limit, one: Candidate) -> bool | None:
    if limit.per == "all" and limit.group is None:
        return True
    own = {search_key(name) for name in one.units}
    if limit.names:
        return not own.isdisjoint(map(search_key, limit.names)) if own else None
    if not own.isdisjoint(map(search_key, limit.other_than)):
        return False
    return _of_kind(limit, one)


def _of_kind(limit: Limit, one: Candidate) -> bool | None:
    if limit.groups:
        kinds = own_groups(one.group, one.units)
        return None if not kinds or kinds == {"party"} else bool(kinds & limit.groups)
    if limit.group in (None, "all"):
        return True
    if one.group != limit.group:
        return None if one.group is None else False
    return not limit.nouns or not one.units or search_key(one.units[0]).startswith(limit.nouns)


def _of_marks(limit: Limit, one: Candidate) -> bool | None:
    if not limit.marks:
        return True
    return None if one.groups is None else not limit.marks.isdisjoint(one.groups)


def _place(limit: Limit, one: Candidate) -> str:
    """The unit whose own meter a candidate counts in; "" where all share one, or where the unit is not known."""
    return one.units[0] if limit.per == "unit" and one.units else ""


def _in_place(limit: Limit, place: str, listed: Iterable[Candidate]) -> list[bool | None]:
    """How those count who are in a place, or of an unknown unit and so perhaps in it; without those who do not."""
    here = (one for one in listed if _place(limit, one) in ("", place))
    return [answer for one in here if (answer := counts(limit, one)) is not False]


# --- Meters -----------------------------------------------------------------------------------------------------------


def meters(limits: Iterable[Limit], listed: Sequence[Candidate], numbers: Numbers | None = None) -> tuple[Meter, ...]:
    """Every limit as it stands with this list; one counted by units has a meter for each unit on the list."""
    return tuple(meter for limit in limits for meter in _meters(limit, listed, numbers or {}))


def _meters(limit: Limit, listed: Sequence[Candidate], numbers: Numbers) -> Iterator[Meter]:
    counted = [one for one in listed if counts(limit, one) is not False]
    places = dict.fromkeys(_place(limit, one) for one in counted)
    if limit.per != "unit":
        places = {"": None}
    elif len(places) > 1:
        places.pop("", None)
    for place in places:
        yield _meter(limit, place, _in_place(limit, place, listed), _bound(limit, place, listed, numbers))


def _meter(limit: Limit, place: str, answers: Sequence[bool | None], bound: int | None) -> Meter:
    used = sum(answer is True for answer in answers)
    if limit.raised is not None and bound is not None and used <= limit.raised:
        # The others count there, where the condition is met.
        used = min(used, bound)
    return Meter(
        code=limit.code,
        label=limit.label,
        used=used,
        possible=len(answers),
        limit=bound,
        left=None if bound is None else max(0, bound - used),
        over=0 if bound is None or limit.at_least else max(0, used - bound),
        basis=limit.basis,
        unit=place,
        at_least=limit.at_least,
        missing=limit.of if bound is None else "",
    )


def _bound(limit: Limit, place: str, listed: Sequence[Candidate], numbers: Numbers) -> int | None:
    """A ceiling's percentage is cut down to whole ones, a floor's goes up."""
    if limit.percent is None:
        return limit.most
    number = _number(limit.of, place, listed, numbers)
    if number is None:
        return None
    exact = limit.percent * number / 100
    bound = int(exact.to_integral_value(ROUND_CEILING if limit.at_least else ROUND_FLOOR))
    if limit.strict and bound == exact:
        return bound + 1 if limit.at_least else max(0, bound - 1)
    return bound


def _number(of: str, place: str, listed: Sequence[Candidate], numbers: Numbers) -> int | None:
    if of.split(".", maxsplit=1)[0] != NOMINATED:
        return numbers.get((place, of))
    subject = of.partition(".")[2]
    return sum(subject in ("", one.subject) for one in listed if not place or place in one.units[:1])


# --- The next one -----------------------------------------------------------------------------------------------------


class Room(Struct, frozen=True, kw_only=True):
    """Room for one more: `meters` that it would count in, the tightest first and marked `binding`.

    `left`: how many more of the kind, None where no limit says; `outcome`: whether one more fits.
    """

    outcome: Outcome
    left: int | None
    meters: tuple[Meter, ...]


def next_one(
    limits: Iterable[Limit], listed: Sequence[Candidate], one: Candidate, numbers: Numbers | None = None
) -> Room:
    """What stands in the way of one more candidate. A limit it may not count in is no bar, but leaves it open."""
    found: list[tuple[Meter, bool | None]] = []
    for limit in limits:
        answer = counts(limit, one)
        if answer is False or limit.at_least:
            continue
        place = _place(limit, one)
        bound = _bound(limit, place, [*listed, one], numbers or {})
        meter = _meter(limit, place, _in_place(limit, place, listed), bound)
        may_be_raised = limit.raised is not None and meter.is_full and meter.possible < limit.raised
        found.append((meter, None if may_be_raised else answer))
    return _room(found)


def _room(found: Sequence[tuple[Meter, bool | None]]) -> Room:
    known = [meter.left for meter, answer in found if answer and meter.left is not None]
    least = min(known, default=None)
    marked = [
        structs.replace(meter, binding=bool(answer) and meter.left is not None and meter.left == least)
        for meter, answer in found
    ]
    marked.sort(key=lambda meter: (not meter.binding, meter.left is None, meter.left or 0))
    return Room(outcome=_fits(found), left=least, meters=tuple(marked))


def _fits(found: Sequence[tuple[Meter, bool | None]]) -> Outcome:
    """Not where a limit is full for sure; open where one has no bound, or perhaps holds others already."""
    if any(answer and meter.is_full for meter, answer in found):
        return Outcome.NOT_MET
    sure = all(
        (answer or not meter.is_full) and meter.limit is not None and meter.possible < meter.limit
        for meter, answer in found
    )
    return Outcome.MET if sure else Outcome.UNKNOWN


# --- Limits of law ----------------------------------------------------------------------------------------------------


def limits_of_law(law: Law, on: datetime.date, awards: Iterable[str] | None = None) -> tuple[Limit, ...]:
    """Ceilings in force on a day, each for every unit by itself; only those of these awards where they are named."""
    wanted = None if awards is None else frozenset(awards)
    found = []
    for rule in law.rules(Ceiling, on):
        entry = rule.entry
        if isinstance(entry, Ceiling) and (wanted is None or not wanted.isdisjoint(entry.awards)):
            found.append(
                Limit(
                    code=f"ceiling.{'_'.join(entry.awards)}",
                    label=entry.text,
                    percent=Decimal(entry.percent),
                    of=entry.of,
                    awards=frozenset(entry.awards),
                    per="unit",
                    basis=rule.basis(on),
                )
            )
    return tuple(found)


def rating_meter(given: Mapping[str, int], scheme: RatingScheme, *, exceptional: bool = False) -> Meter:
    """How many of a group may still be rated excellent; `given`: how many were rated each level."""
    cap = scheme.cap
    share = cap.exceptional if exceptional and cap.exceptional else cap.share
    rated = sum(given.get(code, 0) for code in cap.of)
    used = given.get("excellent", 0)
    bound = None if share is None else rated * share // 100
    name = next(level.name for level in levels() if level.code == "excellent")
    return Meter(
        code=f"rating.{scheme.code}",
        label=name,
        used=used,
        possible=used,
        limit=bound,
        left=None if bound is None else max(0, bound - used),
        over=0 if bound is None else max(0, used - bound),
        basis=scheme.cap_basis,
        missing="rating.cap" if bound is None else "",
    )


# --- In words ---------------------------------------------------------------------------------------------------------


def finding(meter: Meter) -> Finding:
    """A meter as a sentence of `messages/limits.toml`."""
    params = {
        "label": f"{meter.label} – {meter.unit}" if meter.unit else meter.label,
        "used": meter.used,
        "possible": meter.possible,
        "limit": meter.limit if meter.limit is not None else "",
        "left": meter.left if meter.left is not None else "",
        "over": meter.over,
        "missing": meter.missing,
    }
    return Finding(code=f"limits.{_code(meter)}", outcome=meter.outcome, params=params, basis=meter.basis)


def _code(meter: Meter) -> str:
    if meter.limit is None:
        return "no_number"
    if meter.at_least:
        return "share_reached" if meter.left == 0 else "share_short"
    if meter.over:
        return "over"
    if meter.outcome is Outcome.UNKNOWN:
        return "perhaps_over"
    return "full" if meter.left == 0 else "left"


def room_finding(room: Room) -> Finding:
    """Whether one more fits, and which limit decides."""
    first = room.meters[0] if room.meters else None
    if first is None:
        return Finding(code="limits.no_limit", outcome=Outcome.MET)
    full = next((meter for meter in room.meters if meter.is_full), first)
    told = full if room.outcome is Outcome.NOT_MET else first
    code = {Outcome.MET: "fits", Outcome.NOT_MET: "does_not_fit", Outcome.UNKNOWN: "fits_perhaps"}[room.outcome]
    params = {"label": told.label, "used": told.used, "limit": told.limit if told.limit is not None else "?"}
    return Finding(
        code=f"limits.{code}", outcome=room.outcome, params=params | {"left": told.left or 0}, basis=told.basis
    )
