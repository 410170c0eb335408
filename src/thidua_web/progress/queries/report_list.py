"""The reports that a campaign asks for, unit by unit: filtered, counted, a page at a time; as many queries for any
number.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from thidua.plans.working_days import count_working_days, due_day
from thidua.progress.reporting import EARLY_BY, ReportPeriod
from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.models import Campaign, DutyDay, DutyUnit
from thidua_web.progress.models import PledgedTarget, PledgedWork, Report, ReportedValue
from thidua_web.progress.queries import sums
from thidua_web.progress.queries.reports import HANDED_IN, period_of, report_duties
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit

ON_A_PAGE = 50


class Coming(models.TextChoices):
    """Where a unit's report stands; in the order in which somebody who waits for it looks."""

    MISSING = "missing", _("Quá hạn, chưa gửi")
    LATE = "late", _("Gửi muộn")
    WRITING = "writing", _("Đang soạn")
    OPEN = "open", _("Chưa bắt đầu")
    ON_TIME = "on_time", _("Gửi đúng hạn")
    EARLY = "early", _("Gửi sớm")


TONES = {
    Coming.MISSING: "fault",
    Coming.LATE: "doubt",
    Coming.WRITING: "waiting",
    Coming.OPEN: "unknown",
    Coming.ON_TIME: "met",
    Coming.EARLY: "met",
}


@dataclass(frozen=True)
class Period:
    """One day on which reports are due, with the days that part early, in time and late."""

    day: DutyDay
    period: ReportPeriod | None
    last: datetime.date
    early: datetime.date

    @property
    def due(self) -> datetime.date:
        return self.last


def periods(campaign: Campaign) -> list[Period]:
    """Every day on which a report is due, the first one first."""
    duties = {duty.pk: duty for duty in report_duties(campaign.pk)}
    days = DutyDay.objects.in_force().filter(duty__in=list(duties), due__isnull=False).order_by("due", "pk")
    found = []
    for day in days:
        day.duty = duties[day.duty_id]
        last = due_day(day.due)
        found.append(Period(day, period_of(day, campaign), last, count_working_days(last, -EARLY_BY)))
    return found


def current(found: Sequence[Period], *, today: datetime.date) -> Period | None:
    """The one that people ask about today: the nearest, be it over or to come."""
    return min(found, key=lambda one: (abs((one.due - today).days), -one.due.toordinal()), default=None)


@dataclass(frozen=True)
class Filter:
    """What the address says; `paths` are the units within reach, None for all."""

    state: str = ""
    kind: str = ""
    words: str = ""
    page: int = 1
    paths: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ReportPage:
    """Units with `came` (Coming), `report_id`, `report_state`, `sent_on`; `counts` of every state under the other
    filters.
    """

    units: Sequence[Unit]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def first(self) -> int:
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.units) - 1


def page_of(period: Period, asked: Filter, *, today: datetime.date) -> ReportPage:
    units = filtered(period, asked, today=today)
    counts = dict(units.order_by().values_list("came").annotate(n=Count("pk")))
    total = counts.get(asked.state, 0) if asked.state else sum(counts.values())
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, asked.page), pages)
    start = (page - 1) * ON_A_PAGE
    return ReportPage(list(in_state(units, asked)[start : start + ON_A_PAGE]), counts, total, page, pages)


def in_state(units: QuerySet[Unit], asked: Filter) -> QuerySet[Unit]:
    """Those that are asked about, whoever is waited for first."""
    order = Case(*(When(came=state.value, then=Value(place)) for place, state in enumerate(Coming)))
    chosen = units.filter(came=asked.state) if asked.state else units
    return chosen.alias(order=order).order_by("order", "sort_text", "pk")


def filtered(period: Period, asked: Filter, *, today: datetime.date) -> QuerySet[Unit]:
    units = with_coming(_addressed(period, asked.paths), period, today=today)
    if asked.kind:
        units = units.filter(kind=asked.kind)
    for word in search_key(asked.words).split():
        units = units.filter(folded__contains=word)
    return units


def _addressed(period: Period, paths: tuple[str, ...] | None) -> QuerySet[Unit]:
    units = Unit.objects.filter(pk__in=DutyUnit.objects.filter(duty=period.day.duty_id).values("unit_id"))
    return units if paths is None else units.within(list(paths))


def with_coming(units: QuerySet[Unit], period: Period, *, today: datetime.date) -> QuerySet[Unit]:
    sent = Q(its__sent_on__isnull=False)
    return units.annotate(its=FilteredRelation("reports", condition=Q(reports__day=period.day.pk))).annotate(
        report_id=F("its__pk"),
        report_state=F("its__state"),
        sent_on=F("its__sent_on"),
        edited_at=F("its__edited_at"),
        came=Case(
            When(sent & Q(its__sent_on__lte=period.early), then=Value(Coming.EARLY.value)),
            When(sent & Q(its__sent_on__lte=period.last), then=Value(Coming.ON_TIME.value)),
            When(sent, then=Value(Coming.LATE.value)),
            *([When(Q(pk__isnull=False), then=Value(Coming.MISSING.value))] if today > period.last else []),
            When(its__pk__isnull=False, then=Value(Coming.WRITING.value)),
            default=Value(Coming.OPEN.value),
            output_field=CharField(),
        ),
    )


def kinds_of(period: Period, paths: tuple[str, ...] | None) -> list[str]:
    return sorted(set(_addressed(period, paths).order_by().values_list("kind", flat=True)))


def counts_by_period(
    found: Sequence[Period], paths: tuple[str, ...] | None, *, today: datetime.date
) -> dict[int, dict[str, int]]:
    """How many reports of each day stand how; one query a day, of which a campaign has few."""
    return {
        one.day.pk: dict(
            with_coming(_addressed(one, paths), one, today=today).order_by().values_list("came").annotate(n=Count("pk"))
        )
        for one in found
    }


def latest_sent(found: Sequence[Period], units: QuerySet[Unit] | None = None) -> Period | None:
    """The last one for which anything was sent: the one with numbers to look at."""
    rows = Report.objects.filter(day__in=[one.day.pk for one in found], state=ReportState.SENT)
    if units is not None:
        rows = rows.filter(unit__in=units)
    days = set(rows.order_by().values_list("day_id", flat=True).distinct())
    return next((one for one in reversed(found) if one.day.pk in days), None)


def came_of(found: Sequence[Period], units: Collection[int], *, today: datetime.date) -> dict[tuple[int, int], str]:
    """How the reports of these units stand, by day and unit; units that a day does not ask are left out."""
    days = {one.day.pk: one for one in found}
    asked = DutyUnit.objects.filter(duty__in={one.day.duty_id for one in found}, unit__in=units)
    by_duty: dict[int, set[int]] = {}
    for duty, unit in asked.values_list("duty_id", "unit_id"):
        by_duty.setdefault(duty, set()).add(unit)
    rows = Report.objects.filter(day__in=list(days), unit__in=units).values_list("day_id", "unit_id", "sent_on")
    sent = {(day, unit): on for day, unit, on in rows}
    return {
        (day, unit): _came((day, unit) in sent, sent.get((day, unit)), one, today)
        for day, one in days.items()
        for unit in by_duty.get(one.day.duty_id, ())
    }


def _came(begun: bool, sent: datetime.date | None, period: Period, today: datetime.date) -> str:
    if sent is not None:
        late = Coming.LATE if sent > period.last else Coming.ON_TIME
        return (Coming.EARLY if sent <= period.early else late).value
    if today > period.last:
        return Coming.MISSING.value
    return (Coming.WRITING if begun else Coming.OPEN).value


# Aggregates ----------------------------------------------------------------------------------------------------------

# A target of the campaign is one for all units; of own targets, those of one name and measure.
ONE = ("source_id", "own", "measure")
OWN = Case(When(source__isnull=True, then=F("indicator")), default=Value(""), output_field=models.TextField())
REACHED = (
    Q(target__op=">=", target__strict=False, value__gte=F("target__value"))
    | Q(target__op=">=", target__strict=True, value__gt=F("target__value"))
    | Q(target__op="<=", target__strict=False, value__lte=F("target__value"))
    | Q(target__op="<=", target__strict=True, value__lt=F("target__value"))
    | Q(target__op="=", value=F("target__value"))
    | Q(target__op="range", value__gte=F("target__value"), value__lte=F("target__value_max"))
)
"""Surely reached. A result beyond "=" or a range is a person's to judge, and not counted."""


@dataclass
class Total:
    """What one target comes to over the units that took it on. `aims`, `values`, `bases` are sums, each over as many
    units as its number beside it says.
    """

    source: int | None
    indicator: str
    measure: str
    op: str
    pledged: int
    aims: float
    aimed: int
    bases: float
    based: int
    reported: int = 0
    valued: int = 0
    values: float = 0.0
    reached: int = 0


Units = QuerySet[Unit] | None


def totals(campaign_id: int, day: int | None, units: Units = None) -> list[Total]:
    """Over the results sent for one day; in the order in which units name their targets."""
    found: dict[tuple[object, ...], Total] = {}
    aims = (
        sums.of_pledges(campaign_id, lambda: _aims(campaign_id, None)) if units is None else _aims(campaign_id, units)
    )
    for row in aims:
        found[tuple(row[name] for name in ONE)] = Total(
            source=row["source_id"],
            indicator=row["indicator"],
            measure=row["measure"],
            op=row["ops"],
            pledged=row["n"],
            aims=row["aims"] or 0.0,
            aimed=row["aimed"],
            bases=row["bases"] or 0.0,
            based=row["based"],
        )
    for row in _by_day(campaign_id, [day] if day else [], units):
        total = found.get(tuple(row[name] for name in ONE))
        if total is not None:
            total.reported, total.valued = row["n"], row["valued"]
            total.values, total.reached = row["sum"] or 0.0, row["reached"]
    return list(found.values())


def trend(campaign_id: int, days: Sequence[int], units: Units = None) -> dict[tuple[object, ...], dict[int, Total]]:
    """What each target came to on each day."""
    found: dict[tuple[object, ...], dict[int, Total]] = {}
    for row in _by_day(campaign_id, days, units):
        key = tuple(row[name] for name in ONE)
        total = Total(row["source_id"], row["own"], row["measure"], "", row["n"], 0.0, 0, 0.0, 0)
        total.reported, total.valued, total.values = row["n"], row["valued"], row["sum"] or 0.0
        found.setdefault(key, {})[row["report__day_id"]] = total
    return found


def _aims(campaign_id: int, units: Units) -> QuerySet:
    rows = _pledged(campaign_id, units).annotate(own=OWN).values(*ONE)
    rows = rows.annotate(
        n=Count("pk"),
        aims=Sum("value"),
        aimed=Count("value"),
        bases=Sum("baseline"),
        based=Count("baseline"),
        indicator=Coalesce(Min("source__indicator"), Min("indicator")),
        ops=Min("op"),
        first=Min("place"),
    )
    return rows.order_by("first", "source_id", "own")


def _by_day(campaign_id: int, days: Sequence[int], units: Units) -> Iterable[Mapping[str, Any]]:
    if units is not None:
        return _summed(campaign_id, days, units)
    return sums.by_day(campaign_id, days, lambda missing: _summed(campaign_id, missing, None))


def _pledged(campaign_id: int, units: Units) -> QuerySet[PledgedTarget]:
    rows = PledgedTarget.objects.taken().filter(pledge__campaign=campaign_id, pledge__state__in=HANDED_IN)
    rows = rows.filter(pledge__closed_at__isnull=True)
    return rows if units is None else rows.filter(pledge__unit__in=units)


def _summed(campaign_id: int, days: Sequence[int], units: Units) -> QuerySet:
    rows = ReportedValue.objects.filter(report__day__in=days, report__state=ReportState.SENT, target__left_out=False)
    rows = rows.filter(target__pledge__campaign=campaign_id)
    if units is not None:
        rows = rows.filter(report__unit__in=units)
    own = Case(
        When(target__source__isnull=True, then=F("target__indicator")),
        default=Value(""),
        output_field=models.TextField(),
    )
    rows = rows.annotate(source_id=F("target__source"), own=own, measure=F("target__measure"))
    rows = rows.values("report__day_id", *ONE).order_by()
    return rows.annotate(n=Count("pk"), valued=Count("value"), sum=Sum("value"), reached=Count("pk", filter=REACHED))


def results_by_unit(campaign_id: int, day: int | None, units: Units = None) -> QuerySet[Unit]:
    """Units with a pledge: `pledged`, `reported` and `reached` targets of each."""
    pledged = _pledged(campaign_id, units).filter(pledge__unit=OuterRef("pk")).order_by().values("pledge__unit")
    values = ReportedValue.objects.filter(report__day=day, report__state=ReportState.SENT, report__unit=OuterRef("pk"))
    values = values.filter(target__pledge__campaign=campaign_id).order_by().values("report__unit")
    found = Unit.objects.filter(pk__in=_pledged(campaign_id, units).values("pledge__unit"))
    return found.annotate(
        pledged=_number(pledged.annotate(n=Count("pk"))),
        reported=_number(values.annotate(n=Count("value"))),
        reached=_number(values.annotate(n=Count("pk", filter=REACHED))),
    ).order_by("sort_text", "pk")


def _number(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=models.IntegerField()), 0)


# Works ahead of schedule ---------------------------------------------------------------------------------------------

AHEAD = Q(finish_due__isnull=False, finished_on__lt=F("finish_due")) | Q(
    finish_due__isnull=True, started_on__lt=F("start_due")
)


def works_ahead(campaign_id: int, paths: tuple[str, ...] | None) -> QuerySet[PledgedWork]:
    """Works whose pledged milestone was reached before its day: the finish, where one was pledged."""
    rows = PledgedWork.objects.taken().filter(AHEAD, campaign=campaign_id, pledge__closed_at__isnull=True)
    if paths is not None:
        rows = rows.filter(pledge__unit__in=Unit.objects.within(list(paths)))
    gained = Case(
        When(finish_due__isnull=False, then=F("finish_due") - F("finished_on")),
        default=F("start_due") - F("started_on"),
        output_field=models.DurationField(),
    )
    rows = rows.select_related("pledge__unit").annotate(gained=gained)
    return rows.order_by("-gained", "pledge__unit__sort_text", "pk")
