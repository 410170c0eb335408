"""The duties of a campaign as a desk: filtered, counted by state, a page at a time; as many queries for any number."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.collation import collation_key
from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.models import DutyDay, DutyDone, DutyUnit
from thidua_web.campaigns.stages import SOON
from thidua_web.register.models import Unit

ON_A_PAGE = 50


class DutyState(models.TextChoices):
    """Where a day of duty stands for the units that are asked about; the order is that of the desk."""

    LATE = "late", _("Quá hạn")
    SOON = "soon", _("Sắp đến hạn")
    LATER = "later", _("Sắp tới")
    DONE = "done", _("Đã làm")
    UNDATED = "undated", _("Không có ngày")


@dataclass(frozen=True)
class Filter:
    """What the address of the desk says; `unit` is None for all units together."""

    unit: int | None = None
    state: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Desk:
    """One page of days; `counts` are those of every state under the other filters."""

    days: Sequence[DutyDay]
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
        return self.first + len(self.days) - 1


def desk(campaign_id: int, asked: Filter, *, today: datetime.date) -> Desk:
    days = _filtered(campaign_id, asked, today)
    counts = dict(days.order_by().values_list("state").annotate(n=Count("pk")))
    chosen = days.filter(state=asked.state) if asked.state else days
    total = counts.get(asked.state, 0) if asked.state else sum(counts.values())
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, asked.page), pages)
    start = (page - 1) * ON_A_PAGE
    shown = chosen.select_related("duty").order_by(F("due").asc(nulls_last=True), "duty__place", "pk")
    return Desk(list(shown[start : start + ON_A_PAGE]), counts, total, page, pages)


def pressing(campaign_id: int, unit: int | None, *, today: datetime.date, most: int) -> tuple[list[DutyDay], int]:
    """What is late or due soon, the most late first, and how many there are."""
    days = _filtered(campaign_id, Filter(unit=unit), today).filter(state__in=(DutyState.LATE, DutyState.SOON))
    shown = list(days.select_related("duty").order_by("due", "duty__place", "pk")[: most + 1])
    return shown[:most], len(shown) if len(shown) <= most else days.count()


def by_due(campaign_id: int, unit: int | None, *, today: datetime.date) -> list[dict[str, object]]:
    """Every day on which something is due: how much, the first of it, and how much is not done yet."""
    days = _filtered(campaign_id, Filter(unit=unit), today).filter(due__isnull=False)
    open_ = Count("pk", filter=~Q(state=DutyState.DONE))
    return list(days.order_by("due").values("due").annotate(n=Count("pk"), what=Min("duty__what"), open=open_))


def _filtered(campaign_id: int, asked: Filter, today: datetime.date) -> QuerySet[DutyDay]:
    days = DutyDay.objects.in_force().filter(duty__campaign_id=campaign_id, duty__ended_by__isnull=True)
    if asked.unit is not None:
        days = days.filter(duty__addressed__unit_id=asked.unit)
    if asked.first:
        days = days.filter(due__gte=asked.first)
    if asked.last:
        days = days.filter(due__lte=asked.last)
    for word in search_key(asked.words).split()[:8]:
        days = days.filter(duty__folded__contains=word)
    return with_state(days, asked.unit, today)


def with_state(days: QuerySet[DutyDay], unit: int | None, today: datetime.date) -> QuerySet[DutyDay]:
    """For one unit what it has said; for all together, done is what every addressed unit has done.

    A unit that was addressed and has ended counts no more: its heirs do, and what it had done counts for them.
    """
    if unit is not None:
        days = days.annotate(done_here=Exists(DutyDone.objects.filter(day=OuterRef("pk"), unit_id=unit)))
        done = Q(done_here=True)
    else:
        days = days.annotate(
            units=_count(DutyUnit.objects.filter(duty=OuterRef("duty_id")), "duty"),
            units_done=_count(_of_addressed(DutyDone.objects.filter(day=OuterRef("pk"))), "day"),
        )
        done = Q(units__gt=0, units_done__gte=F("units"))
    return days.annotate(
        state=Case(
            When(done, then=Value(DutyState.DONE.value)),
            When(due__isnull=True, then=Value(DutyState.UNDATED.value)),
            When(due__lt=today, then=Value(DutyState.LATE.value)),
            When(due__lte=today + SOON, then=Value(DutyState.SOON.value)),
            default=Value(DutyState.LATER.value),
            output_field=models.CharField(),
        )
    )


def _of_addressed(marks: QuerySet[DutyDone]) -> QuerySet[DutyDone]:
    addressed = DutyUnit.objects.filter(duty=OuterRef("day__duty_id"), unit=OuterRef("unit_id"))
    return marks.filter(Exists(addressed))


def _count(rows: QuerySet, by: str) -> Coalesce:
    one = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)


def addressed_units(campaign_id: int) -> list[Unit]:
    """All units that have a duty here, by name."""
    duties = DutyUnit.objects.filter(duty__campaign_id=campaign_id, duty__ended_by__isnull=True)
    units = Unit.objects.filter(pk__in=duties.values("unit_id"))
    return sorted(units, key=lambda unit: collation_key(unit.name))


def done_marks(days: Sequence[DutyDay], unit_id: int) -> dict[int, DutyDone]:
    """What a unit has said of these days, by the day's key."""
    rows = DutyDone.objects.filter(day__in=[day.pk for day in days], unit_id=unit_id).select_related("by")
    return {row.day_id: row for row in rows}
