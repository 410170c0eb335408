"""What the page of a report says: its clock, its targets and works with what they come to."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.forms import BoundField
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua.findings import Outcome
from thidua.progress import targets, works
from thidua.progress.reporting import Punctuality, ReportPeriod, judge_report, punctuality
from thidua_web.campaigns.models import DutyDay
from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.progress.forms.reports import ReportForm
from thidua_web.progress.measure import target_of, work_of
from thidua_web.progress.models import Evidence, PledgedTarget, PledgedWork, Report
from thidua_web.progress.models.cells import NARRATIVE, Cells
from thidua_web.progress.pages.bullets import Bullet, bullet
from thidua_web.progress.queries.reports import Before, Content, period_of


class Came(models.TextChoices):
    """How a report came, in a word that stands beside its icon."""

    EARLY = Punctuality.EARLY.value, _("Sớm")
    ON_TIME = Punctuality.ON_TIME.value, _("Đúng hạn")
    LATE = Punctuality.LATE.value, _("Muộn")
    MISSING = Punctuality.MISSING.value, _("Quá hạn, chưa gửi")
    OPEN = Punctuality.OPEN.value, _("Chưa đến hạn")


CAME_TONES = {
    Came.EARLY: "met",
    Came.ON_TIME: "met",
    Came.LATE: "doubt",
    Came.MISSING: "fault",
    Came.OPEN: "waiting",
}
REACHED = {
    "target.reached": ("met", _("Đạt")),
    "target.missed": ("fault", _("Chưa đạt, đã hết hạn")),
    "target.under_way": ("waiting", _("Đang thực hiện")),
    "target.not_reported": ("unknown", _("Chưa có số")),
    "target.no_number": ("unknown", _("Không có con số, cần người xác nhận")),
    "target.direction_open": ("unknown", _("Cần người xác nhận đạt hay chưa")),
}
WORK_TONES = {Outcome.MET: "met", Outcome.NOT_MET: "fault", Outcome.UNKNOWN: "waiting"}
WORK_WORDS = {
    works.WorkState.NOT_STARTED: _("Chưa khởi công, chưa đến hạn"),
    works.WorkState.LATE_TO_START: _("Chậm khởi công %(days)d ngày"),
    works.WorkState.STARTED: _("Đã khởi công đúng đăng ký"),
    works.WorkState.STARTED_AHEAD: _("Khởi công sớm %(days)d ngày"),
    works.WorkState.STARTED_LATE: _("Khởi công muộn %(days)d ngày"),
    works.WorkState.UNDER_WAY: _("Đang làm, chưa đến hạn"),
    works.WorkState.LATE_TO_FINISH: _("Chậm hoàn thành %(days)d ngày"),
    works.WorkState.FINISHED: _("Hoàn thành đúng đăng ký"),
    works.WorkState.FINISHED_AHEAD: _("Hoàn thành vượt tiến độ %(days)d ngày"),
    works.WorkState.FINISHED_LATE: _("Hoàn thành muộn %(days)d ngày"),
}
SIGNS = {(">=", False): "≥", (">=", True): ">", ("<=", False): "≤", ("<=", True): "<"}


@dataclass(frozen=True)
class Clock:
    """When it is due and how it came, in working days."""

    period: str
    due: datetime.date | None
    came: Came
    tone: str
    said: str


def clock(day: DutyDay, period: ReportPeriod | None, report: Report | None, *, today: datetime.date) -> Clock:
    sent = report.sent_on if report else None
    came = Came(punctuality(day.due, sent, today=today).value)
    said = explain.sentence(judge_report(day.due, sent, today=today), get_language() or "vi") if day.due else ""
    return Clock(say_period(period), day.due, came, CAME_TONES[came], said)


def say_period(period: ReportPeriod | None) -> str:
    return period.words(get_language() or "vi") if period else gettext("không có kỳ")


def say_result(value: float | None, measure: str) -> str:
    if value is None:
        return ""
    return f"{say_number(value)}{_unit(measure)}"


def _unit(measure: str) -> str:
    return "" if not measure else measure if measure.startswith(("%", "/")) else f" {measure}"


def say_aim(row: PledgedTarget) -> str:
    """ "≥ 70%", "10–11%", "2.500 doanh nghiệp"; of a target without a number, that."""
    if row.value is None:
        return gettext("không có con số")
    unit = _unit(row.measure)
    if row.op == "range" and row.value_max is not None:
        return f"{say_number(row.value)}–{say_number(row.value_max)}{unit}"
    sign = SIGNS.get((row.op, row.strict), "")
    return f"{sign} {say_number(row.value)}{unit}".strip()


@dataclass(frozen=True)
class Judged:
    """What a result comes to: `share` of the way in whole percent, None where no way can be measured."""

    tone: str
    said: str
    share: int | None
    bullet: Bullet | None

    @property
    def way(self) -> str:
        return "" if self.share is None else gettext("%(n)s%% chặng đường") % {"n": say_number(self.share)}


def judged(row: PledgedTarget, value: float | None, *, on: datetime.date, width: int = 240) -> Judged:
    target = target_of(row)
    tone, said = REACHED[targets.judge(target, value, on=on).code]
    share = targets.share(target, value)
    # 99,7 percent of the way is not all of it.
    whole = None if share is None else int(share * 100)
    return Judged(tone, str(said), whole, bullet(target, value, width=width))


@dataclass
class TargetRow:
    row: PledgedTarget
    aim: str
    base: str
    judged: Judged
    value: BoundField | None
    note: BoundField | None
    written: str
    words: str
    before: str
    evidence: list[Evidence] = field(default_factory=list)


@dataclass
class WorkRow:
    row: PledgedWork
    tone: str
    said: str
    percent: int | None
    fields: list[BoundField]
    note: BoundField | None
    started: datetime.date | None
    finished: datetime.date | None
    words: str
    before: str
    evidence: list[Evidence] = field(default_factory=list)


LABELS = {
    "v": _("Kết quả"),
    "n": _("Lời, lý do"),
    "p": _("Đã làm (%)"),
    "s": _("Ngày khởi công"),
    "f": _("Ngày hoàn thành"),
    "w": _("Lời, lý do"),
    NARRATIVE[0]: _("Kết quả nổi bật, cách làm hay, khó khăn, kiến nghị"),
}
"""Of cells, by their first letter."""


@dataclass
class Sheet:
    """The page's content: rows of targets and works, the narrative, the papers of the report itself."""

    targets: list[TargetRow]
    works: list[WorkRow]
    narrative: BoundField | None
    written: str
    evidence: list[Evidence]


def sheet(content: Content, form: ReportForm | None, *, on: datetime.date) -> Sheet:
    """`form` is None where it is only read."""
    of_target, of_work, own = _evidence(content.evidence)
    about = {row.pk: row.indicator for row in content.targets}, {work.pk: work.name for work in content.works}
    bound = {cell: _labelled(form[cell], cell, about) for cell in form.cells} if form else {}
    return Sheet(
        [_target_row(row, content, bound, of_target[row.pk], on) for row in content.targets],
        [_work_row(row, content, bound, of_work[row.pk], on) for row in content.works],
        bound.get(NARRATIVE),
        content.cells.get(NARRATIVE, ""),
        own,
    )


Files = defaultdict[int, list[Evidence]]


def _evidence(rows: list[Evidence]) -> tuple[Files, Files, list[Evidence]]:
    of_target: Files = defaultdict(list)
    of_work: Files = defaultdict(list)
    own: list[Evidence] = []
    for row in rows:
        (of_target[row.target_id] if row.target_id else of_work[row.work_id] if row.work_id else own).append(row)
    return of_target, of_work, own


def _target_row(
    row: PledgedTarget, content: Content, bound: Mapping[str, BoundField], files: list[Evidence], on: datetime.date
) -> TargetRow:
    value = content.cells.get(f"v{row.pk}")
    return TargetRow(
        row=row,
        aim=say_aim(row),
        base=say_result(row.baseline, row.measure),
        judged=judged(row, value, on=on),
        value=bound.get(f"v{row.pk}"),
        note=bound.get(f"n{row.pk}"),
        written=say_result(value, row.measure),
        words=content.cells.get(f"n{row.pk}", ""),
        before=_value_before(row, content.before),
        evidence=files,
    )


def _value_before(row: PledgedTarget, before: Before) -> str:
    last = before.values.get(row.pk)
    if last is None:
        return ""
    said = say_result(last.value, row.measure) or last.note[:60]
    return f"{said} ({_when(last.due)})"


def _when(due: datetime.date) -> str:
    return gettext("báo cáo hạn %(day)s") % {"day": say_day(due)}


def reported_work(row: PledgedWork, cells: Cells) -> PledgedWork:
    """The work as this report has it; where it says nothing, as it stands."""
    started, finished = cells.get(f"s{row.pk}", row.started_on), cells.get(f"f{row.pk}", row.finished_on)
    return PledgedWork(
        name=row.name, start_due=row.start_due, finish_due=row.finish_due, started_on=started, finished_on=finished
    )


def say_work(row: PledgedWork, *, on: datetime.date) -> tuple[str, str]:
    """Tone and words of how a work stands."""
    finding = works.state(work_of(row), on=on)
    word = WORK_WORDS[works.work_state(work_of(row), on=on)]
    return WORK_TONES[finding.outcome], str(word) % {"days": finding.params["days"]}


def _work_row(
    row: PledgedWork, content: Content, bound: Mapping[str, BoundField], files: list[Evidence], on: datetime.date
) -> WorkRow:
    now = reported_work(row, content.cells)
    tone, said = say_work(now, on=on)
    fields = [bound[f"{letter}{row.pk}"] for letter in "psf"] if bound else []
    return WorkRow(
        row=row,
        tone=tone,
        said=said,
        percent=content.cells.get(f"p{row.pk}"),
        fields=fields,
        note=bound.get(f"w{row.pk}"),
        started=now.started_on,
        finished=now.finished_on,
        words=content.cells.get(f"w{row.pk}", ""),
        before=_work_before(row, content.before),
        evidence=files,
    )


def _labelled(bound: BoundField, cell: str, about: tuple[Mapping[int, str], Mapping[int, str]]) -> BoundField:
    """With its words, and which target or work it is about."""
    bound.label = LABELS[cell[0]]
    if cell != NARRATIVE:
        targets, works = about
        bound.about = (targets if cell[0] in "vn" else works)[int(cell[1:])]  # type: ignore[attr-defined]
    return bound


def _work_before(row: PledgedWork, before: Before) -> str:
    last = before.works.get(row.pk)
    if last is None:
        return ""
    said = f"{last.percent}%" if last.percent is not None else last.note[:60] or gettext("không ghi phần trăm")
    return f"{said} ({_when(last.due)})"


# What is wrong, and what is missing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """One line of the list on top, leading to its field."""

    anchor: str
    said: str


def faults(form: ReportForm, content: Content) -> list[Fault]:
    said = names_of(content)
    return [
        Fault(f"r_{cell}", f"{said.get(cell, '')}: {error}")
        for cell in form.cells
        if cell in form.errors
        for error in form.errors[cell]
    ]


def lacks(cells: list[str], content: Content) -> list[Fault]:
    said = names_of(content)
    words = {
        "v": gettext("chưa có kết quả; không có số thì ghi lý do ở ô lời."),
        "n": gettext("chưa ghi lời: chỉ tiêu không có con số thì nói rõ đã làm đến đâu."),
        "p": gettext("chưa ghi đã làm đến đâu; chưa làm thì ghi 0 hoặc lý do."),
        "t": gettext("chưa có lời báo cáo, cũng chưa có văn bản đính kèm."),
    }
    return [Fault(f"r_{cell}", f"{said[cell]}: {words[cell[0]]}") for cell in cells]


def names_of(content: Content) -> dict[str, str]:
    """What each cell is about, as people call it."""
    found = {NARRATIVE: gettext("Lời báo cáo")}
    for place, row in enumerate(content.targets, 1):
        found |= {f"{letter}{row.pk}": _named(gettext("Chỉ tiêu"), place, row.indicator) for letter in "vn"}
    for place, work in enumerate(content.works, 1):
        found |= {f"{letter}{work.pk}": _named(gettext("Công trình"), place, work.name) for letter in "psfw"}
    return found


def _named(kind: str, place: int, name: str) -> str:
    short = name if len(name) <= 60 else f"{name[:59]}…"
    return f"{kind} {place}, “{short}”"


def say_counts(content: Content) -> str:
    """ "12 chỉ tiêu, 3 công trình"."""
    parts = []
    if n := len(content.targets):
        parts.append(ngettext("%(n)d chỉ tiêu", "%(n)d chỉ tiêu", n) % {"n": n})
    if n := len(content.works):
        parts.append(ngettext("%(n)d công trình", "%(n)d công trình", n) % {"n": n})
    return ", ".join(parts)


def period_words(day: DutyDay) -> str:
    return say_period(period_of(day, day.duty.campaign))
