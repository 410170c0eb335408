"""Every read of one report: what asks for it, what it is about, what was reported before."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import F, Q, QuerySet

from thidua.plans import campaign as core
from thidua.progress import reporting
from thidua_web.campaigns.models import Campaign, Duty, DutyDay, DutyUnit
from thidua_web.config.lookup import only
from thidua_web.progress.models import (
    Evidence,
    Pledge,
    PledgedTarget,
    PledgedWork,
    Report,
    ReportedValue,
    ReportedWork,
    ReportSheet,
)
from thidua_web.progress.models.cells import Cells, cells_of
from thidua_web.progress.queries.pledges import in_place
from thidua_web.progress.stages import PledgeState, ReportState
from thidua_web.register.models import Unit

# A pledge counts from the day on which it is handed in.
HANDED_IN = (PledgeState.SUBMITTED, PledgeState.ACCEPTED)
# What a duty that asks for a report has in its words, folded or not; the core decides.
MENTIONED = Q(folded__contains="bao cao") | Q(what__contains="áo cáo") | Q(what__contains="ÁO CÁO")


@lru_cache(maxsize=4096)
def _asks(nature: str, what: str) -> bool:
    return reporting.is_report(_as_core(nature, what))


def _as_core(nature: str, what: str, *, rule: str = "", days: Iterable[datetime.date] = ()) -> core.Duty:
    return core.Duty(
        key="-",
        words=core.Words(quote=what, span=(0, len(what))),
        what=what,
        nature=nature,  # type: ignore[arg-type]
        rule=rule or None,
        days=tuple(core.Occurrence(day=day, due=day) for day in days),
    )


def is_report(duty: Duty) -> bool:
    return _asks(duty.nature, duty.what)


def report_duties(campaign_id: int) -> list[Duty]:
    """Duties in force that ask for a report, in the order of the plan."""
    rows = Duty.objects.in_force().filter(MENTIONED, campaign_id=campaign_id, nature="deadline")
    return [duty for duty in rows if is_report(duty)]


def kind_of(duty: Duty, days: Iterable[datetime.date], campaign: Campaign) -> reporting.ReportKind | None:
    asked = _as_core(duty.nature, duty.what, rule=duty.rule, days=days)
    return reporting.report_kind(asked, campaign_end=campaign.end)


def period_of(day: DutyDay, campaign: Campaign) -> reporting.ReportPeriod | None:
    """None where the duty has no day yet. A rule too long for its column is cut, and is then read as none."""
    if day.day is None:
        return None
    span = {"campaign_start": campaign.start, "campaign_end": campaign.end}
    try:
        return reporting.period_of(day.duty.rule or None, day.day, **span)
    except ValueError:
        return reporting.period_of(None, day.day, **span)


def day_of_unit(day_id: int, unit_id: int) -> DutyDay | None:
    """A day that asks this unit for a report: one in force, or one on which it has written already."""
    days = DutyDay.objects.filter(pk=day_id, duty__campaign__launched_at__isnull=False)
    standing = Q(ended_by__isnull=True, duty__ended_by__isnull=True)
    addressed = DutyUnit.objects.filter(unit_id=unit_id).values("duty_id")
    written = Report.objects.filter(day_id=day_id, unit_id=unit_id).values("day_id")
    found = days.filter(Q(standing, duty_id__in=addressed) | Q(pk__in=written))
    day = only(found.select_related("duty__campaign__unit"))
    return day if day is not None and is_report(day.duty) else None


def is_final(day: DutyDay) -> bool:
    days = list(DutyDay.objects.in_force().filter(duty=day.duty, day__isnull=False).values_list("day", flat=True))
    return kind_of(day.duty, days, day.duty.campaign) == "final"


def report_of(day_id: int, unit_id: int) -> Report | None:
    people = ("edited_by", "presented_by", "signed_by", "returned_by", "inherited_from")
    rows = Report.objects.filter(day_id=day_id, unit_id=unit_id).select_related(*people)
    return only(rows)


@dataclass
class Before:
    """What a unit reported last before a day, by the number of its target or work; each with the day its report was
    `due`.
    """

    values: dict[int, ReportedValue] = field(default_factory=dict)
    works: dict[int, ReportedWork] = field(default_factory=dict)


@dataclass
class Content:
    """All that a report's page shows."""

    report: Report | None
    pledge: Pledge | None
    targets: list[PledgedTarget]
    works: list[PledgedWork]
    cells: Cells
    before: Before
    evidence: list[Evidence]
    sheets: list[ReportSheet]

    @property
    def of_target(self) -> Mapping[int, PledgedTarget]:
        return {row.pk: row for row in self.targets}

    @property
    def of_work(self) -> Mapping[int, PledgedWork]:
        return {row.pk: row for row in self.works}


def content(day: DutyDay, unit_id: int, report: Report | None) -> Content:
    pledge = only(Pledge.objects.filter(campaign_id=day.duty.campaign_id, unit_id=unit_id))
    targets, works = _pledged(pledge, report)
    return Content(
        report=report,
        pledge=pledge,
        targets=targets,
        works=works,
        cells=cells_of(report),
        before=_before(day, unit_id),
        evidence=list(report.evidence.select_related("file", "uploaded_by").order_by("pk")) if report else [],
        sheets=list(report.sheets.select_related("uploaded_by", "written_by")[:5]) if report else [],
    )


def _pledged(pledge: Pledge | None, report: Report | None) -> tuple[list[PledgedTarget], list[PledgedWork]]:
    """Of a pledge that is handed in; of one that is being mended, what the report has taken up already."""
    if pledge is None:
        return [], []
    targets, works = (
        PledgedTarget.objects.taken().filter(pledge=pledge),
        PledgedWork.objects.taken().filter(pledge=pledge),
    )
    if pledge.state not in HANDED_IN:
        targets = targets.filter(values__report=report) if report else targets.none()
        works = works.filter(reported__report=report) if report else works.none()
    return in_place(targets.select_related("source")), in_place(works)


def _before(day: DutyDay, unit_id: int) -> Before:
    """The latest of each, from reports that were sent and were due earlier."""
    before = Before()
    if day.due is None:
        return before
    sent = Report.objects.filter(unit_id=unit_id, sent_on__isnull=False, day__due__lt=day.due)
    sent = sent.filter(day__duty__campaign_id=day.duty.campaign_id)
    for value in _in_order(ReportedValue.objects.filter(report__in=sent)):
        before.values[value.target_id] = value
    for work in _in_order(ReportedWork.objects.filter(report__in=sent)):
        before.works[work.work_id] = work
    return before


def _in_order(rows: QuerySet) -> QuerySet:
    return rows.annotate(due=F("report__day__due")).order_by("due", "report_id")


def evidence(evidence_id: int) -> Evidence | None:
    return Evidence.objects.filter(pk=evidence_id).select_related("file", "report__day__duty__campaign").first()


def sheet(sheet_id: int) -> ReportSheet | None:
    people = ("report__day__duty__campaign__unit", "report__unit", "uploaded_by", "written_by", "file")
    return ReportSheet.objects.filter(pk=sheet_id).select_related(*people).first()


def waiting_to_be_signed(unit_id: int) -> list[Report]:
    rows = Report.objects.filter(
        unit_id=unit_id, state=ReportState.PRESENTED, day__duty__campaign__launched_at__isnull=False
    )
    return list(rows.select_related("day__duty__campaign", "presented_by").order_by("presented_at", "pk"))


def returned(unit_id: int) -> list[Report]:
    rows = Report.objects.filter(unit_id=unit_id, state=ReportState.RETURNED)
    return list(rows.select_related("day__duty__campaign", "returned_by").order_by("returned_at", "pk"))


def report_days(days: Sequence[DutyDay]) -> list[DutyDay]:
    """Those that ask for a report."""
    return [day for day in days if day.due and is_report(day.duty)]


def states_of(days: Sequence[DutyDay], unit: Unit) -> dict[int, str]:
    rows = Report.objects.filter(unit=unit, day__in=[day.pk for day in days])
    return dict(rows.values_list("day_id", "state"))


def newest_sent(campaign_id: int, units: Collection[int]) -> dict[int, int]:
    """The day of the latest report that each of these units has sent on the campaign."""
    sent = Report.objects.filter(day__duty__campaign=campaign_id, unit__in=units, state=ReportState.SENT)
    return dict(sent.order_by("day__due", "pk").values_list("unit_id", "day_id"))
