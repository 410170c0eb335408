"""What if: which doubtful point, alone, would change the order of units, and how little it takes to change a rank.

Points stand on the grid of the table's rounding, so they are counted in whole steps, and more points for a unit never
put it behind: both ends of an interval tell all that happens between them. Nothing is sampled, nothing is missed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from thidua.findings import Finding, met, unknown
from thidua.scoring.decimals import from_steps, to_steps
from thidua.scoring.parts import Criterion, ScoringTable, TieBreaker
from thidua.scoring.points import Points, Score
from thidua.scoring.ranking import compared

Reason = Literal["evidence", "missing", "disagreement"]
# What is counted for points that are not known.
Counted = Literal["least", "most"]
_Key = tuple[int | tuple[int, Decimal], ...]


class Doubt(Struct, frozen=True, kw_only=True):
    """Points that are not sure, everything else left as it is counted.

    `counted` of them now, where the unit has `rank`; at `least` it would have `rank_least`, at `most` `rank_most`.
    `passes`: units it would draw level with or leave behind if the points rose; `passed_by`: those that would if they
    fell. `turns_up`, `turns_down`: the nearest points at which the order changes. `first`: the first places change.
    """

    unit: str
    criterion: str
    reason: Reason
    counted: Decimal
    least: Decimal
    most: Decimal
    rank: int
    rank_least: int
    rank_most: int
    passes: tuple[str, ...]
    passed_by: tuple[str, ...]
    turns_up: Decimal | None
    turns_down: Decimal | None
    first: bool
    finding: Finding

    @property
    def matters(self) -> bool:
        """Some value in the interval changes the order of the unit and another."""
        return bool(self.passes or self.passed_by)

    def touches(self, other: str) -> bool:
        """Some value in the interval changes the order of the unit and `other`."""
        return other in self.passes or other in self.passed_by


class Change(Struct, frozen=True, kw_only=True):
    """The least change of one criterion that gives a unit another rank, and the criteria where so little is enough.

    None and () where no change of one criterion does.
    """

    unit: str
    rank: int
    up: Decimal | None
    up_rank: int | None
    up_on: tuple[str, ...]
    down: Decimal | None
    down_rank: int | None
    down_on: tuple[str, ...]


def what_if(  # noqa: PLR0913 - what a question is
    table: ScoringTable,
    scores: Iterable[Score],
    *,
    first: int = 3,
    counted: Counted = "least",
    dissolved: Collection[str] = (),
    units: Collection[str] | None = None,
) -> tuple[Doubt, ...]:
    """Every doubtful point with what it would change, those that change the `first` places before all others.

    `units`: only points of these, among all scores. Points that are not known count at their `counted` end meanwhile,
    so units without a complete score take part too.
    Scores are of this table. Raises ValueError where points are not on the grid of its rounding.
    """
    field = _Field(table, [score for score in scores if score.unit not in dissolved], counted)
    asked = field.units if units is None else [unit for unit in field.units if unit.name in units]
    doubts = [doubt for unit in asked for doubt in _doubts(field, unit, first)]
    return tuple(sorted(doubts, key=_weight))


def smallest_change(table: ScoringTable, scores: Iterable[Score], unit: str, *, counted: Counted = "least") -> Change:
    """How little, on one criterion within its bounds, would move the unit up or down in rank among `scores`.

    Raises KeyError for a unit that has no score.
    """
    field = _Field(table, list(scores), counted)
    return _change(field, field.by_name[unit])


def smallest_changes(table: ScoringTable, scores: Iterable[Score], *, counted: Counted = "least") -> tuple[Change, ...]:
    """The same for all units at once."""
    field = _Field(table, list(scores), counted)
    return tuple(_change(field, unit) for unit in field.units)


class _Unit:
    """A unit's points in steps, and its key with the points of one criterion put at another value."""

    def __init__(self, table: ScoringTable, score: Score, counted: Counted) -> None:
        places = table.rounding.places
        self.score = score
        self.name = score.unit
        self.steps = {key: to_steps(_counted(part, counted), places) for key, part in score.by_criterion.items()}
        self._caps = (_cap(table.bonus_cap, places), _cap(table.deduction_cap, places))
        self._chain = table.chain
        self._sums = {"standard": 0, "bonus": 0, "deduction": 0}
        self._sections = {section.key: 0 for section in table.sections}
        for criterion in table.criteria:
            self._sums[criterion.kind] += self.steps[criterion.key]
            if criterion.section:
                self._sections[criterion.section] += self.steps[criterion.key]
        self._fixed = {link: compared(score, link) for link in table.chain if link.by in ("first_report", "count")}

    def key(self, criterion: Criterion | None = None, steps: int = 0) -> _Key:
        more = 0
        standard, bonus, deducted = self._sums["standard"], self._sums["bonus"], -self._sums["deduction"]
        if criterion is not None:
            more = steps - self.steps[criterion.key]
            standard += more if criterion.kind == "standard" else 0
            bonus += more if criterion.kind == "bonus" else 0
            deducted -= more if criterion.kind == "deduction" else 0
        if self._caps[0] is not None:
            bonus = min(bonus, self._caps[0])
        if self._caps[1] is not None:
            deducted = min(deducted, self._caps[1])
        links = [self._link(link, criterion, more, bonus, deducted) for link in self._chain]
        return (standard + bonus - deducted, *links)

    def _link(
        self, link: TieBreaker, criterion: Criterion | None, more: int, bonus: int, deducted: int
    ) -> int | tuple[int, Decimal]:
        match link.by:
            case "section":
                return self._sections[link.of] + (more if criterion and criterion.section == link.of else 0)
            case "criterion":
                return self.steps[link.of] + (more if criterion and criterion.key == link.of else 0)
            case "deductions":
                return -deducted
            case "bonus":
                return bonus
            case _:
                return self._fixed[link]


def _counted(part: Points, counted: Counted) -> Decimal:
    if part.points is not None:
        return part.points
    return part.least if counted == "least" else part.most


def _cap(cap: Decimal | None, places: int) -> int | None:
    return None if cap is None else to_steps(cap, places)


class _Field:
    """All units, with the others of each in order."""

    def __init__(self, table: ScoringTable, scores: list[Score], counted: Counted) -> None:
        self.table = table
        self.units = [_Unit(table, score, counted) for score in sorted(scores, key=lambda score: score.unit)]
        self.by_name = {unit.name: unit for unit in self.units}
        self._ordered = sorted((unit.key(), unit.name) for unit in self.units)

    def others(self, unit: _Unit) -> _Others:
        return _Others([pair for pair in self._ordered if pair[1] != unit.name])


class _Others:
    """The other units from the last to the first."""

    def __init__(self, ordered: list[tuple[_Key, str]]) -> None:
        self.keys = [key for key, _ in ordered]
        self._names = [name for _, name in ordered]

    def rank(self, key: _Key) -> int:
        return 1 + len(self.keys) - bisect_right(self.keys, key)

    def meets(self, low: _Key, high: _Key) -> bool:
        """Whether there are any such; see `between`."""
        return low != high and bisect_left(self.keys, low) < bisect_right(self.keys, high)

    def ahead(self, key: _Key) -> int:
        """By how many steps the total of the next one, level or ahead, is larger; 0 where there is none."""
        place = bisect_left(self.keys, key)
        return _total(self.keys[place]) - _total(key) if place < len(self.keys) else 0

    def behind(self, key: _Key) -> int:
        """By how many steps the total of the next one, level or behind, is smaller; 0 where there is none."""
        place = bisect_right(self.keys, key)
        return _total(key) - _total(self.keys[place - 1]) if place else 0

    def between(self, low: _Key, high: _Key) -> tuple[str, ...]:
        """Whose order with a unit differs when it goes from one key to the other: from behind or level on."""
        if low == high:
            return ()
        return tuple(self._names[bisect_left(self.keys, low) : bisect_right(self.keys, high)])


def _total(key: _Key) -> int:
    first = key[0]
    assert isinstance(first, int)  # noqa: S101 - a key begins with the total
    return first


# --- Doubts --------------------------------------------------------------------------------------------------------


def _doubts(field: _Field, unit: _Unit, first: int) -> Iterator[Doubt]:
    others = field.others(unit)
    for key, part in unit.score.by_criterion.items():
        if part.in_doubt:
            yield _doubt(field.table, unit, field.table.by_key[key], part, others, first)


def _doubt(  # noqa: PLR0913, PLR0917 - what a doubt stands on
    table: ScoringTable, unit: _Unit, criterion: Criterion, part: Points, others: _Others, first: int
) -> Doubt:
    places = table.rounding.places
    low, now, high = to_steps(part.least, places), unit.steps[criterion.key], to_steps(part.most, places)
    keys = {steps: unit.key(criterion, steps) for steps in (low, now, high)}
    ranks = {steps: others.rank(key) for steps, key in keys.items()}
    passes, passed_by = others.between(keys[now], keys[high]), others.between(keys[low], keys[now])
    up = down = None
    if passes:
        near = others.ahead(keys[now])
        up = _first_at(now, high, lambda steps: others.meets(keys[now], unit.key(criterion, steps)), near)
    if passed_by:
        near = others.behind(keys[now])
        down = _first_at(now, low, lambda steps: others.meets(unit.key(criterion, steps), keys[now]), near)
    params = {"criterion": criterion.label, "least": part.least, "most": part.most}
    moved = {"rank_least": ranks[low], "rank_most": ranks[high]}
    make, code = (unknown, "scoring.doubt_matters") if passes or passed_by else (met, "scoring.doubt_idle")
    return Doubt(
        unit=unit.name,
        criterion=criterion.key,
        reason=_reason(part),
        counted=from_steps(now, places),
        least=part.least,
        most=part.most,
        rank=ranks[now],
        **moved,
        passes=passes,
        passed_by=passed_by,
        turns_up=None if up is None else from_steps(up, places),
        turns_down=None if down is None else from_steps(down, places),
        first=bool((passes and ranks[high] <= first) or (passed_by and ranks[now] <= first)),
        finding=make(code, **params, **moved, rank=ranks[now]),
    )


def _reason(part: Points) -> Reason:
    if any(finding.code == "scoring.needs_evidence" for finding in part.findings):
        return "evidence"
    return "missing" if part.points is None else "disagreement"


def _weight(doubt: Doubt) -> tuple[object, ...]:
    moved = doubt.rank_least - doubt.rank_most
    touched = len(doubt.passes) + len(doubt.passed_by)
    return not doubt.first, -moved, -touched, doubt.least - doubt.most, doubt.unit, doubt.criterion


def _first_at(start: int, end: int, holds: Callable[[int], bool], near: int | None = None) -> int | None:
    """The value nearest to `start`, towards `end`, from which on `holds` is true; None: not even at the end.

    `near`: about how far from `start` that is, if somebody can tell: without caps it is there, or one step further.
    """
    if not holds(end):
        return None
    way = 1 if end >= start else -1
    low, high = 0, abs(end - start)  # holds at high
    probes = [] if near is None else [near - 1, near + 1, near]
    while low < high:
        middle = probes.pop() if probes else (low + high) // 2
        if low <= middle < high:
            low, high = (low, middle) if holds(start + way * middle) else (middle + 1, high)
    return start + way * low


# --- The smallest change -------------------------------------------------------------------------------------------


def _change(field: _Field, unit: _Unit) -> Change:
    others = field.others(unit)
    rank = others.rank(unit.key())
    places = field.table.rounding.places
    ends = {c.key: tuple(to_steps(bound, places) for bound in c.bounds) for c in field.table.criteria}
    ups = dict(
        _turns(field.table, unit, {key: high for key, (_, high) in ends.items()}, lambda key: others.rank(key) < rank)
    )
    downs = dict(
        _turns(field.table, unit, {key: low for key, (low, _) in ends.items()}, lambda key: others.rank(key) > rank)
    )
    up, up_on = _least(ups)
    down, down_on = _least(downs)
    return Change(
        unit=unit.name,
        rank=rank,
        up=None if up is None else from_steps(up, places),
        up_rank=_rank_after(field, unit, others, up_on, up),
        up_on=up_on,
        down=None if down is None else from_steps(down, places),
        down_rank=_rank_after(field, unit, others, down_on, None if down is None else -down),
        down_on=down_on,
    )


def _turns(
    table: ScoringTable, unit: _Unit, ends: Mapping[str, int], moved: Callable[[_Key], bool]
) -> Iterator[tuple[str, int]]:
    """How many steps of each criterion are needed, where its bounds leave room enough."""
    for criterion in table.criteria:
        now = unit.steps[criterion.key]
        turn = _first_at(now, ends[criterion.key], _then(unit, criterion, moved))
        if turn is not None:
            yield criterion.key, abs(turn - now)


def _then(unit: _Unit, criterion: Criterion, moved: Callable[[_Key], bool]) -> Callable[[int], bool]:
    return lambda steps: moved(unit.key(criterion, steps))


def _least(turns: Mapping[str, int]) -> tuple[int | None, tuple[str, ...]]:
    least = min(turns.values(), default=None)
    return least, tuple(key for key, steps in turns.items() if steps == least)


def _rank_after(field: _Field, unit: _Unit, others: _Others, on: tuple[str, ...], more: int | None) -> int | None:
    """The best, or the worst, rank it is enough for: on different criteria the chain may decide differently."""
    if more is None:
        return None
    ranks = [others.rank(unit.key(field.table.by_key[key], unit.steps[key] + more)) for key in on]
    return min(ranks) if more > 0 else max(ranks)
