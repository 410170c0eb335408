"""The rows, counts and gates of a campaign's board, put together from what the queries found; no database."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua import deployment as core
from thidua import explain
from thidua.deployment import STEPS, Expectation, Standing, Step
from thidua.findings import Finding, Outcome
from thidua.plans.gates import gate_requirements
from thidua.plans.reading import Condition
from thidua_web.campaigns.models import Deployment
from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.campaigns.queries.board import HEADS, REACHED, Below, Level, LevelDown
from thidua_web.campaigns.queries.deployments import standing_of
from thidua_web.config.addresses import address

STILL_FROM = 15
"""Working days without a move after which a unit is said to stand still where no day was missed."""


@dataclass(frozen=True)
class Cell:
    """One step of a unit: its day, a word where there is more to say, and where it leads."""

    label: str
    day: datetime.date | None
    note: str = ""
    href: str = ""
    link: str = ""
    faulty: bool = False

    @property
    def shown(self) -> str:
        return say_day(self.day) if self.day else ""


@dataclass(frozen=True)
class Row:
    """`lapse` says which step was expected by when; `quiet` are working days without a move (None once all is done)."""

    deployment: Deployment
    cells: Sequence[Cell]
    reached: str
    tone: str
    quiet: int | None
    lapse: str
    child: str = ""
    below: Below | None = None

    @property
    def said_quiet(self) -> SafeString:
        days = self.quiet or 0
        said = ngettext("<b>%(days)s</b> ngày làm việc", "<b>%(days)s</b> ngày làm việc", days)
        return mark_safe(said % {"days": say_number(days)})  # noqa: S308 - a number in words of our own


@dataclass(frozen=True)
class Links:
    """Where the cells of a unit may lead: this person's rights, and pages of other apps; and by when which step is
    expected of it.
    """

    may: Callable[[str, Deployment], bool]
    reports: Mapping[int, str]
    below: Mapping[int, Below]
    expected: Callable[[Deployment], Sequence[Expectation]]


def rows(deployments: Iterable[Deployment], links: Links, *, on: datetime.date) -> list[Row]:
    labels = heads()
    return [_row(one, links, labels, on) for one in deployments]


def heads() -> dict[Step, str]:
    """The words of the columns, asked once for all rows."""
    return {step: str(HEADS[step]) for step in STEPS}


def _row(row: Deployment, links: Links, labels: Mapping[Step, str], on: datetime.date) -> Row:
    standing = standing_of(row)
    reached = core.step_reached(standing) or Step.SENT
    still = core.still(standing, on=on)
    lapses = core.lapses(standing, on=on, expectations=links.expected(row))
    child = row.child_id if row.child_id and links.may("campaign.see", row) else None
    return Row(
        deployment=row,
        cells=[_cell(row, step, label, standing, links) for step, label in labels.items()],
        reached=str(REACHED[reached]),
        tone=tone(reached, late=bool(lapses)),
        quiet=still.working_days if still else None,
        lapse=_overdue(lapses[-1]) if lapses else "",
        child=address("campaigns:board", child) if child else "",
        below=links.below.get(row.child_id or 0),
    )


def _overdue(lapse: Finding) -> str:
    due, days = lapse.params["due"], lapse.params["days"]
    if lapse.code.endswith("_by_plan"):
        return ngettext(
            "kế hoạch ghi hạn %(due)s, quá %(n)d ngày làm việc",
            "kế hoạch ghi hạn %(due)s, quá %(n)d ngày làm việc",
            days,
        ) % {"n": days, "due": say_day(due)}
    return ngettext("hạn %(due)s, quá %(n)d ngày làm việc", "hạn %(due)s, quá %(n)d ngày làm việc", days) % {
        "n": days,
        "due": say_day(due),
    }


def tone(reached: Step, *, late: bool) -> str:
    if reached is Step.SUMMARISED:
        return "met"
    return "fault" if late else "waiting"


def _cell(row: Deployment, step: Step, label: str, standing: Standing, links: Links) -> Cell:
    day = standing.day(step)
    href, link, note = _leads(row, step, links) if day else ("", "", "")
    return Cell(
        label=label,
        day=day,
        note=note,
        href=href,
        link=link,
        faulty=step is Step.PLANNED and bool(row.plan_id and row.faults),  # type: ignore[attr-defined]
    )


def _leads(row: Deployment, step: Step, links: Links) -> tuple[str, str, str]:
    """Address, its words, and a note."""
    if step is Step.PLANNED and row.plan_id:
        href = address("campaigns:plan", row.plan_id) if links.may("plan.see", row) else ""
        return href, gettext("Xem kế hoạch"), _faults(row)
    if step is Step.LAUNCHED and row.child_id:
        href = address("campaigns:campaign", row.child_id) if links.may("campaign.see", row) else ""
        return href, gettext("Xem phong trào"), ""
    if step is Step.LAUNCHED:
        return "", "", gettext("văn bản giấy %(paper)s") % {"paper": row.paper} if row.launched_on else ""
    if step in (Step.REPORTED, Step.SUMMARISED) and row.unit_id in links.reports:
        return links.reports[row.unit_id] if links.may("report.see", row) else "", gettext("Xem báo cáo"), ""
    return "", "", ""


def _faults(row: Deployment) -> str:
    faults = row.faults  # type: ignore[attr-defined]
    if faults is None:
        return ""
    return gettext("%(n)s chỗ cần sửa") % {"n": faults} if faults else gettext("không có chỗ cần sửa")


# Counts ---------------------------------------------------------------------------------------------------------------


class CountCell(NamedTuple):
    """A number, and the filter that shows those units."""

    step: str
    head: str
    n: int
    level: str


class CountLine(NamedTuple):
    label: str
    level: str
    cells: Sequence[CountCell]
    total: int


def count_lines(counts: Mapping[tuple[str, str], int]) -> list[CountLine]:
    """A line for every level that has units, then the sum where there are several."""
    levels = [level for level in Level if any(counts.get((level.value, step.value)) for step in STEPS)]
    lines = [_count_line(str(level.label), level.value, counts) for level in levels]
    if len(lines) > 1:
        total = {("", step.value): sum(counts.get((level.value, step.value), 0) for level in levels) for step in STEPS}
        lines.append(_count_line(gettext("Cộng"), "", total))
    return lines


def _count_line(label: str, level: str, counts: Mapping[tuple[str, str], int]) -> CountLine:
    cells = [CountCell(step.value, str(REACHED[step]), counts.get((level, step.value), 0), level) for step in STEPS]
    return CountLine(label, level, cells, sum(cell.n for cell in cells))


class Down(NamedTuple):
    label: str
    campaigns: int
    units: int
    steps: Sequence[tuple[str, int]]


def downs(levels: Sequence[LevelDown]) -> list[Down]:
    return [
        Down(
            gettext("Cấp triển khai thứ %(n)s") % {"n": level.depth},
            level.campaigns,
            level.units,
            [(str(REACHED[step]), level.steps.get(step.value, 0)) for step in STEPS],
        )
        for level in levels
    ]


# The unit's own -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """What one unit has done with the campaign, and the one step that is next ("receive", "plan", "launch", "")."""

    deployment: Deployment
    steps: Sequence[Cell]
    reached: str
    next: str
    lapse: str
    may_act: bool
    may_plan: bool
    plan: str = ""

    @property
    def on_paper(self) -> bool:
        return self.deployment.launched_on is not None


NEXT = {Step.SENT: "receive", Step.RECEIVED: "plan", Step.PLANNED: "launch"}


def own(row: Deployment, links: Links, *, on: datetime.date, language: str) -> Own:
    """`row` comes with `faults`."""
    standing = standing_of(row)
    reached = core.step_reached(standing) or Step.SENT
    lapses = core.lapses(standing, on=on, expectations=links.expected(row))
    return Own(
        deployment=row,
        steps=[_cell(row, step, label, standing, links) for step, label in heads().items()],
        reached=str(REACHED[reached]),
        next=NEXT.get(reached, ""),
        lapse=explain.sentence(lapses[-1], language) if lapses else "",
        may_act=links.may("deployment.act", row),
        may_plan=links.may("plan.upload", row),
        plan=reverse("campaigns:plan", args=[row.plan_id]) if row.plan_id else "",
    )


# Gates ----------------------------------------------------------------------------------------------------------------


class Failing(NamedTuple):
    """A unit that would not pass now, and what it lacks."""

    unit: int
    name: str
    lacks: str


@dataclass(frozen=True)
class Gate:
    """A condition of the plan, in its words; `failing` are the first of `total` units of `judged` that do not pass.

    `open` while what is lacking may still come; `requires` is empty where a person must judge it. `unplaced` are names
    that fit no unit of the register.
    """

    text: str
    who: str
    requires: Sequence[str]
    failing: Sequence[Failing] = ()
    total: int = 0
    judged: int = 0
    open: bool = True
    unplaced: Sequence[str] = ()

    @property
    def more(self) -> int:
        return self.total - len(self.failing)


REQUIRED: Mapping[str, Promise] = {
    "launched": _("đã phát động"),
    "summarised": _("đã tổng kết"),
    "registered": _("đã đăng ký thi đua"),
    "reported": _("đã báo cáo"),
}
LACKS: Mapping[str, Promise] = {
    "gate.no_launch": _("chưa phát động"),
    "gate.no_summary": _("chưa tổng kết"),
    "gate.no_pledge": _("chưa đăng ký thi đua"),
    "gate.no_report": _("chưa báo cáo"),
}
MOST_FAILING = 100


def gate(
    condition: Condition,
    facts: Mapping[int, Standing],
    names: Mapping[int, str],
    *,
    on: datetime.date,
    by: datetime.date | None,
) -> Gate:
    """Which of the units `names` (by number, in the order shown) would not pass; `by` is the last day for all of it."""
    text, who = condition.text, condition.who or ""
    requires = [word for word in REQUIRED if word in gate_requirements(condition)]
    shown = [str(REQUIRED[word]) for word in requires]
    if not requires:
        return Gate(text, who, shown)
    judged = {
        standing: core.gate(standing, text, requires=requires, on=on, by=by)  # type: ignore[arg-type]
        for standing in {facts[unit] for unit in names}
    }
    found = ((unit, judged[facts[unit]]) for unit in names)
    failing = [Failing(unit, names[unit], _lacks(one)) for unit, one in found if one.outcome is not Outcome.MET]
    still = by is None or on <= by
    return Gate(text, who, shown, failing[:MOST_FAILING], len(failing), len(names), open=still)


def _lacks(finding: Finding) -> str:
    codes = finding.params.get("missing", [finding.code])
    return ", ".join(str(LACKS[code]) for code in codes)
