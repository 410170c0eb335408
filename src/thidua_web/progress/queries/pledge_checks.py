"""What the core finds in a pledge: of its rows, and by the rules of the plan."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua.findings import Finding, Outcome, unknown
from thidua.progress.likeness import WorkFacts
from thidua.progress.pledging import check_against_plan, check_left_out, check_number, check_pledge
from thidua.progress.targets import check_target
from thidua.progress.works import check_work
from thidua_web.progress.measure import target_of, work_of
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork
from thidua_web.progress.queries import pledges as queries
from thidua_web.progress.queries.likeness import Family, Other, family, others_of
from thidua_web.progress.queries.pledge_asked import Asked, asked

# With these a pledge is handed in without a word more: the first is marked by itself, the others the plan's own words
# bring along.
LATE = "pledge.late"
NUMBER_OPEN = "pledge.number_open"
OF_THE_PLAN = frozenset({"target.no_number", "target.direction_unsaid"})


@dataclass(frozen=True)
class Checked:
    """`of_rows` by the row's token; `by_rules` what the plan's rules and conditions say of the whole; `others` are the
    works that look like one of the pledge's, by its key.
    """

    by_rules: Sequence[Finding]
    of_rows: dict[str, tuple[Finding, ...]]
    others: dict[int, list[Other]]

    @property
    def faults(self) -> list[Finding]:
        """What is wrong in a row, or not written yet: with these it is not handed in."""
        rows = [one for found in self.of_rows.values() for one in found]
        return [one for one in rows if one.outcome is Outcome.NOT_MET or one.code == NUMBER_OPEN]

    @property
    def is_faulty(self) -> bool:
        """Something is wrong; what is only not written yet is not."""
        return any(one.outcome is Outcome.NOT_MET for one in self.faults)

    @property
    def unmet(self) -> list[Finding]:
        """Rules that are not met: with these it is handed in only where somebody says why."""
        return [one for one in self.by_rules if one.outcome is Outcome.NOT_MET and one.code != LATE]

    @property
    def doubts(self) -> list[Finding]:
        """What whoever accepts it should look at."""
        rows = [one for found in self.of_rows.values() for one in found]
        return [one for one in (*self.by_rules, *rows) if one.outcome is not Outcome.MET]


def check(pledge: Pledge, *, on: datetime.date) -> Checked:
    """As it stands in the database; a pledge that was handed in is judged by that day."""
    works = queries.works_of(pledge)
    within = family(pledge.campaign)
    others = others_of(works, within) if any(work.alike for work in works) else {}
    due = queries.due_of(pledge.campaign_id, pledge.unit_id)
    return check_rows(
        pledge.unit_id,
        queries.targets_of(pledge),
        works,
        others=others,
        by=asked(pledge.campaign, on=on, edition=within.edition),
        within=within,
        due=due,
        on=on,
    )


def check_rows(  # noqa: PLR0913 - a pledge is all of this
    unit: int,
    targets: Sequence[PledgedTarget],
    works: Sequence[PledgedWork],
    *,
    others: dict[int, list[Other]],
    by: Asked,
    within: Family,
    due: datetime.date | None,
    on: datetime.date,
) -> Checked:
    taken = [row for row in targets if not row.left_out]
    found = check_pledge(
        rules=by.rules_of(unit),
        conditions=by.conditions_of(unit),
        targets=[target_of(row) for row in taken],
        works=[WorkFacts(key=key, name=work.name, place=work.where) for key, work in enumerate(works, 1)],
        due=due,
        on=on,
        named=within.facts(),
        left_out=len(targets) - len(taken),
    )
    of_rows = {str(row.token): tuple(_of_target(row)) for row in targets}
    of_rows |= {str(work.token): check_work(work_of(work)) for work in works}
    behind = (
        check_against_plan(target_of(row), row.source.value, row.source.quote) for row in taken if row.source
    )  # fmt: skip
    return Checked([*found, *filter(None, behind), *_unlike(works, others)], of_rows, others)


def _of_target(row: PledgedTarget) -> Iterator[Finding]:
    if row.left_out:
        # With its reason the row says all of it itself.
        one = check_left_out(row.indicator, row.why)
        if one.outcome is not Outcome.MET:
            yield one
        return
    number = check_number(target_of(row), row.source.value) if row.source else None
    if number:
        yield number
    for one in check_target(target_of(row)):
        if not (row.source_id and one.code in OF_THE_PLAN):
            yield one


def _unlike(works: Sequence[PledgedWork], others: dict[int, list[Other]]) -> Iterator[Finding]:
    """Works that look like another's, where nobody has said what is different about them."""
    for work in works:
        if others.get(work.pk) and not work.unlike.strip():
            other = others[work.pk][0]
            yield unknown("pledge.looks_alike", name=work.name, other=other.name, owner=other.owner)
