"""What a scoring table is made of. `table` reads and writes it, `checks` says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct

from thidua.scoring.decimals import RoundingRule
from thidua.scoring.formula import Node
from thidua.scoring.parsing import parse

InputSource = Literal["value", "target", "percent", "count", "yes_no", "survey"]
CriterionKind = Literal["standard", "bonus", "deduction"]
TieBy = Literal["section", "criterion", "deductions", "bonus", "first_report", "count", "council"]
Order = Literal["most", "fewest"]
JUDGED = "judged"


class Rounding(Struct, frozen=True, kw_only=True):
    """How the points of each criterion are rounded, once, after everything else. Totals are sums of rounded points."""

    places: int = 2
    rule: RoundingRule = "half_up"


class Section(Struct, frozen=True, kw_only=True):
    """A part of the table; the full points of its standard criteria come to `max_points`."""

    key: str
    label: str
    max_points: Decimal


class Input(Struct, frozen=True, kw_only=True):
    """A figure that a criterion asks for; a survey's is the share of those content, 0 to 100; yes is 1, no is 0."""

    key: str
    label: str
    unit: str = ""
    source: InputSource = "value"


class Criterion(Struct, frozen=True, kw_only=True, dict=True):
    """`formula`: JUDGED, or a formula of the inputs. `max_points` is the standard, `chuẩn`, of the formula.

    `cap`: the most that can be had, or taken off, where that is not `max_points`. `survey_share`: so many percent of
    the points come from the survey. A deduction reckons what is taken off; its points are negative.
    """

    key: str
    label: str
    max_points: Decimal
    section: str = ""
    formula: str = JUDGED
    inputs: tuple[Input, ...] = ()
    evidence_required: bool = False
    kind: CriterionKind = "standard"
    cap: Decimal | None = None
    survey_share: Decimal = Decimal(0)

    @property
    def limit(self) -> Decimal:
        """The most points that the criterion gives or takes, never negative."""
        return self.max_points if self.cap is None else self.cap

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the most points it may come to."""
        return (-self.limit, Decimal(0)) if self.kind == "deduction" else (Decimal(0), self.limit)

    @cached_property
    def tree(self) -> Node | None:
        """None where points are judged. Raises FormulaError; a table that was loaded has none."""
        return None if self.formula == JUDGED else parse(self.formula)

    @cached_property
    def survey(self) -> Input | None:
        return next((given for given in self.inputs if given.source == "survey"), None)


class TieBreaker(Struct, frozen=True, kw_only=True):
    """One link of the chain that parts units of equal total.

    section, criterion: more points there (`of`). deductions: fewer taken off. bonus: more bonus. first_report: the
    earlier day. count: the figure `of` of the unit, most or fewest first. council: nobody but the council decides.
    """

    by: TieBy
    of: str = ""
    label: str = ""
    order: Order = "most"


class ScoringTable(Struct, frozen=True, kw_only=True, dict=True):
    """`total`: what the sections are said to come to; None where the table does not say it.

    `bonus_cap`, `deduction_cap`: the most that all bonuses give and all deductions take together.
    """

    title: str
    total: Decimal | None = None
    rounding: Rounding = Rounding()
    bonus_cap: Decimal | None = None
    deduction_cap: Decimal | None = None
    sections: tuple[Section, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    tie_breakers: tuple[TieBreaker, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Criterion]:
        return {criterion.key: criterion for criterion in self.criteria}

    @cached_property
    def chain(self) -> tuple[TieBreaker, ...]:
        """The tie-breakers that compare; the council is not one of them."""
        return tuple(link for link in self.tie_breakers if link.by != "council")

    @cached_property
    def labels(self) -> dict[str, str]:
        """What sections and criteria are called, by key."""
        sections = {section.key: section.label for section in self.sections}
        return sections | {criterion.key: criterion.label for criterion in self.criteria}

    def of_section(self, key: str) -> Iterator[Criterion]:
        return (criterion for criterion in self.criteria if criterion.section == key)
