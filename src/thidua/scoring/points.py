"""Points with their reasons: one criterion, a whole sheet, and the three who give points (`sources` settles them).

Unknown is not nought: a criterion without a figure, a judgement or its evidence has no points, but an interval in which
they must lie. A bonus or a deduction that nobody entered is nought.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from thidua.findings import Finding, met, not_met, unknown
from thidua.scoring.decimals import LARGEST, rounded, sane
from thidua.scoring.formula import Lack, Name, Node, evaluate
from thidua.scoring.parts import Criterion, Input, Rounding, ScoringTable
from thidua.scoring.wording import formula_text
from thidua.scoring.working import Working

PointSource = Literal["own", "peer", "standing"]
_ZERO = Decimal(0)


class Entry(Struct, frozen=True, kw_only=True):
    """What one source enters for one criterion. `evidence`: there is evidence, and whoever enters took it for such."""

    inputs: dict[str, Decimal | None] = {}
    judged: Decimal | None = None
    evidence: bool = False

    @property
    def blank(self) -> bool:
        return self.judged is None and all(value is None for value in self.inputs.values())


class Points(Struct, frozen=True, kw_only=True):
    """`points`: None where unknown. `least`, `most`: what they may come to; alike where nothing is in doubt.

    `claimed`: what they would be once the evidence is there. `given`: somebody entered something. `source`: who of the
    three gave the points that count.
    """

    criterion: str
    points: Decimal | None
    least: Decimal
    most: Decimal
    working: Working
    claimed: Decimal | None = None
    given: bool = True
    source: PointSource | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def in_doubt(self) -> bool:
        return self.points is None or self.least != self.most


class Score(Struct, frozen=True, kw_only=True):
    """A unit's sheet. `total`: None as long as a criterion is unknown; `known`: of what is known so far.

    `bonus` and `deducted` (never negative) are after the caps of the table. `least`, `most`: what the total may be.
    """

    unit: str
    total: Decimal | None
    known: Decimal
    least: Decimal
    most: Decimal
    bonus: Decimal
    deducted: Decimal
    by_section: dict[str, Decimal]
    by_criterion: dict[str, Points]
    findings: tuple[Finding, ...] = ()
    first_report: datetime.date | None = None
    counts: dict[str, Decimal] = {}

    @property
    def complete(self) -> bool:
        return self.total is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the criteria that have no points yet."""
        return tuple(key for key, points in self.by_criterion.items() if points.points is None)


class UnitFacts(Struct, frozen=True, kw_only=True):
    """What the chain of tie-breakers asks beside points: the day of the first report, figures by their name."""

    first_report: datetime.date | None = None
    counts: dict[str, Decimal] = {}


# --- One criterion -------------------------------------------------------------------------------------------------


def score_criterion(
    criterion: Criterion,
    inputs: Mapping[str, Decimal | None],
    judged: Decimal | None = None,
    *,
    evidence: bool = True,
    rounding: Rounding = Rounding(),  # noqa: B008 - frozen
) -> Points:
    """Points of one criterion, capped, rounded once, with how they were computed and what stands in the way."""
    said = tuple((key, None if value is None else str(value)) for key, value in inputs.items())
    return _kept(criterion, said, None if judged is None else str(judged), evidence, rounding)


@lru_cache(maxsize=8_000)
def _kept(
    criterion: Criterion,
    said: tuple[tuple[str, str | None], ...],
    judged: str | None,
    evidence: bool,
    rounding: Rounding,
) -> Points:
    """Kept by what was said, letter for letter: a sheet of which one figure changes is not reckoned anew as a whole.

    1.5 and 1.50 are one number, but told in different words.
    """
    inputs = {key: None if text is None else Decimal(text) for key, text in said}
    entry = Entry(inputs=inputs, judged=None if judged is None else Decimal(judged), evidence=evidence)
    if entry.blank:
        return _nothing_entered(criterion)
    return _Scoring(criterion, entry, rounding).points()


def _nothing_entered(criterion: Criterion) -> Points:
    standard = criterion.kind == "standard"
    working = Working(criterion=criterion, values={}, judged=None, outcome=None if standard else _ZERO)
    if not standard:
        return Points(criterion=criterion.key, points=_ZERO, least=_ZERO, most=_ZERO, given=False, working=working)
    finding = unknown("scoring.not_entered", criterion=criterion.label)
    low, high = criterion.bounds
    return Points(
        criterion=criterion.key, points=None, least=low, most=high, given=False, working=working, findings=(finding,)
    )


class _Scoring:
    """One criterion on its way to points; `_findings` gathers what is noticed."""

    def __init__(self, criterion: Criterion, entry: Entry, rounding: Rounding) -> None:
        self._criterion = criterion
        self._entry = entry
        self._rounding = rounding
        self._findings: list[Finding] = []
        self._before_bounds: Decimal | None = None
        self._values: dict[str, Decimal | None] = dict(self._usable(entry.inputs))

    def points(self) -> Points:
        low, high = self._interval()
        ends = [self._rounded(low)] if low == high else sorted((self._rounded(low), self._rounded(high)))
        least, most = ends[0], ends[-1]
        points = least if low == high else None
        criterion = self._criterion
        working = Working(
            criterion=criterion,
            values=self._values,
            judged=self._entry.judged,
            reckoned=self._before_bounds,
            outcome=points,
        )
        claimed = None
        if criterion.evidence_required and not self._entry.evidence and (least, most) != (_ZERO, _ZERO):
            claimed = points
            self._findings.append(unknown("scoring.needs_evidence", criterion=criterion.label))
            points, least, most = None, min(least, _ZERO), max(most, _ZERO)
        return Points(
            criterion=criterion.key,
            points=points,
            least=least,
            most=most,
            claimed=claimed,
            working=working,
            findings=tuple(self._findings),
        )

    def _usable(self, inputs: Mapping[str, Decimal | None]) -> Iterator[tuple[str, Decimal]]:
        asked = {given.key: given for given in self._criterion.inputs}
        for key, value in inputs.items():
            if value is None:
                continue
            if key not in asked:
                self._findings.append(unknown("scoring.input_not_asked", said=key, criterion=self._criterion.label))
            elif not _possible(asked[key], value):
                self._findings.append(unknown("scoring.input_impossible", input=asked[key].label, said=str(value)))
            else:
                yield key, value

    def _interval(self) -> tuple[Fraction, Fraction]:
        """What the amount may be, before rounding and without a sign; both alike where it is known."""
        share = Fraction(self._criterion.survey_share) / 100
        low, high = self._own_part()
        if not share:
            return low, high
        survey_low, survey_high = self._survey_part()
        return low * (1 - share) + survey_low * share, high * (1 - share) + survey_high * share

    def _own_part(self) -> tuple[Fraction, Fraction]:
        everything = Fraction(0), Fraction(self._criterion.limit)
        outcome = self._judged() if self._criterion.tree is None else self._reckoned(self._criterion.tree)
        if outcome is None:
            return everything
        outcome = self._within(outcome, *everything)
        return outcome, outcome

    def _judged(self) -> Fraction | None:
        judged = self._entry.judged
        if judged is not None and sane(judged):
            return Fraction(judged)
        self._findings.append(unknown("scoring.not_judged", criterion=self._criterion.label))
        return None

    def _reckoned(self, tree: Node) -> Fraction | None:
        outcome = evaluate(tree, self._values, self._criterion.max_points)
        if isinstance(outcome, Lack):
            self._findings.extend(self._lacking(outcome))
            return None
        if abs(outcome) > LARGEST:
            self._findings.append(unknown("scoring.too_large", criterion=self._criterion.label))
            return None
        return outcome

    def _lacking(self, lack: Lack) -> Iterator[Finding]:
        label = {given.key: given.label for given in self._criterion.inputs}
        if lack.missing:
            names = [label.get(key, key) for key in sorted(lack.missing)]
            yield unknown("scoring.missing_inputs", criterion=self._criterion.label, inputs=names)
        for node in dict.fromkeys(lack.divided_by):
            said = label.get(node.key, node.key) if isinstance(node, Name) else formula_text(node)
            yield unknown("scoring.divided_by_zero", criterion=self._criterion.label, divisor=said)

    def _within(self, outcome: Fraction, low: Fraction, high: Fraction) -> Fraction:
        """Held within the bounds, saying so. What a deduction takes off may be typed with a minus or without."""
        criterion = self._criterion
        if criterion.kind == "deduction":
            outcome = abs(outcome)
        make, how = (not_met, "judged") if criterion.tree is None else (met, "reckoned")
        self._before_bounds = self._shown(outcome)
        params = {"criterion": criterion.label, "said": self._before_bounds, "limit": criterion.limit}
        if outcome > high:
            self._findings.append(make(f"scoring.above_{how}", **params))
        elif outcome < low:
            self._findings.append(make(f"scoring.below_{how}", **params))
        return min(max(outcome, low), high)

    def _survey_part(self) -> tuple[Fraction, Fraction]:
        survey = self._criterion.survey
        value = self._values.get(survey.key) if survey else None
        full = Fraction(self._criterion.max_points)
        if value is None:
            labels = [survey.label] if survey else []
            self._findings.append(unknown("scoring.missing_inputs", criterion=self._criterion.label, inputs=labels))
            return Fraction(0), full
        part = full * Fraction(value) / 100
        return part, part

    def _shown(self, amount: Fraction) -> Decimal:
        return rounded(amount, self._rounding.places, self._rounding.rule)

    def _rounded(self, amount: Fraction) -> Decimal:
        points = rounded(amount, self._rounding.places, self._rounding.rule)
        return -points if self._criterion.kind == "deduction" and points else points


def _possible(given: Input, value: Decimal) -> bool:
    if not sane(value):
        return False
    match given.source:
        case "survey":
            return 0 <= value <= 100
        case "yes_no":
            return value in (0, 1)
        case "count":
            return value >= 0 and value == int(value)
        case _:
            return True


# --- A sheet -------------------------------------------------------------------------------------------------------


def score_sheet(
    table: ScoringTable, entries: Mapping[str, Entry], *, unit: str = "", facts: UnitFacts | None = None
) -> Score:
    """The score of one sheet: `entries` by the key of the criterion; a criterion without one is not entered."""
    points = {
        criterion.key: _scored(criterion, entries.get(criterion.key, Entry()), table.rounding)
        for criterion in table.criteria
    }
    strange = [unknown("scoring.strange_criterion", said=key) for key in entries if key not in points]
    return summed(table, points, unit=unit, facts=facts, findings=strange)


def _scored(criterion: Criterion, entry: Entry, rounding: Rounding) -> Points:
    return score_criterion(criterion, entry.inputs, entry.judged, evidence=entry.evidence, rounding=rounding)


def summed(
    table: ScoringTable,
    points: Mapping[str, Points],
    *,
    unit: str = "",
    facts: UnitFacts | None = None,
    findings: Iterable[Finding] = (),
) -> Score:
    """The sheet of points for every criterion of the table: sections, bonus and deductions under their caps, total."""
    facts = facts or UnitFacts()
    known = {key: part.points or _ZERO for key, part in points.items()}
    standard, bonus, deducted = amounts(table, known)
    capped = [*_capped(table, known)]
    total = standard + bonus - deducted
    return Score(
        unit=unit,
        total=None if any(part.points is None for part in points.values()) else total,
        known=total,
        least=_total(table, {key: part.least for key, part in points.items()}),
        most=_total(table, {key: part.most for key, part in points.items()}),
        bonus=bonus,
        deducted=deducted,
        by_section={
            section.key: sum((known[c.key] for c in table.of_section(section.key)), _ZERO) for section in table.sections
        },
        by_criterion=dict(points),
        findings=(*findings, *capped, *(finding for part in points.values() for finding in part.findings)),
        first_report=facts.first_report,
        counts=dict(facts.counts),
    )


def amounts(table: ScoringTable, points: Mapping[str, Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Standard points, bonus and deductions (both never negative), the last two under the table's caps."""
    standard, bonus, deducted = _gross(table, points)
    if table.bonus_cap is not None:
        bonus = min(bonus, table.bonus_cap)
    if table.deduction_cap is not None:
        deducted = min(deducted, table.deduction_cap)
    return standard, bonus, deducted


def _gross(table: ScoringTable, points: Mapping[str, Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    sums = {"standard": _ZERO, "bonus": _ZERO, "deduction": _ZERO}
    for criterion in table.criteria:
        sums[criterion.kind] += points[criterion.key]
    return sums["standard"], sums["bonus"], abs(sums["deduction"])


def _capped(table: ScoringTable, points: Mapping[str, Decimal]) -> Iterator[Finding]:
    _, bonus, deducted = _gross(table, points)
    if table.bonus_cap is not None and bonus > table.bonus_cap:
        yield met("scoring.bonus_capped", sum=bonus, cap=table.bonus_cap)
    if table.deduction_cap is not None and deducted > table.deduction_cap:
        yield met("scoring.deductions_capped", sum=deducted, cap=table.deduction_cap)


def _total(table: ScoringTable, points: Mapping[str, Decimal]) -> Decimal:
    standard, bonus, deducted = amounts(table, points)
    return standard + bonus - deducted
