"""Every read of one pledge: itself, its rows, what it would begin with."""

from __future__ import annotations

import datetime
import uuid
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet

from thidua_web.campaigns.models import Campaign, DutyDay, Target
from thidua_web.config.lookup import only
from thidua_web.progress.measure import offered
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork

TARGET_FIELDS = (
    "indicator", "op", "value", "value_max", "measure", "baseline", "base_year", "due", "left_out", "why"
)  # fmt: skip
WORK_FIELDS = ("name", "where", "start_due", "finish_due", "note", "unlike")


def pledge_of(campaign_id: int, unit_id: int) -> Pledge | None:
    """Its campaign and unit are in most hands that ask for it: they are not fetched along."""
    rows = Pledge.objects.select_related("edited_by", "submitted_by", "decided_by")
    return only(rows.filter(campaign_id=campaign_id, unit_id=unit_id))


def targets_of(pledge: Pledge) -> list[PledgedTarget]:
    return in_place(pledge.targets.select_related("source", "came_from"))


def in_place(rows: QuerySet) -> list[Any]:
    """In their own order, which costs less here than a database's asked for beside all columns of joined tables."""
    return sorted(rows.order_by(), key=attrgetter("place", "pk"))


def works_of(pledge: Pledge) -> list[PledgedWork]:
    """Works that were taken out of a pledge and stand as evidence of what was reported are not among them."""
    works = in_place(pledge.works.taken().select_related("came_from"))
    parts = {work.part_of_id for work in works} - {None}
    wholes = PledgedWork.objects.select_related("pledge__unit").in_bulk(parts) if parts else {}
    for work in works:
        work.pledge, work.part_of = pledge, wholes.get(work.part_of_id)
    return works


def first_targets(campaign: Campaign) -> list[PledgedTarget]:
    """What a pledge begins with: the campaign's targets, one row each, not saved. Their tokens are always the same."""
    rows = Target.objects.in_force().filter(campaign=campaign)
    return [_first(target, place, campaign.end) for place, target in enumerate(rows)]


def _first(target: Target, place: int, due: datetime.date | None) -> PledgedTarget:
    row = offered(target, due=due)
    return PledgedTarget(
        source=target,
        token=uuid.uuid5(uuid.NAMESPACE_URL, f"thidua:target:{target.pk}"),
        place=place,
        indicator=row.indicator,
        op=row.op,
        value=row.value,
        value_max=row.value_max,
        measure=row.unit or "",
        strict=row.strict,
        due=row.due,
    )


def target_values(row: PledgedTarget) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in TARGET_FIELDS}
    return values | {"token": row.token, "source": row.source_id, "came_from": row.came_from_id, "row": row}


def work_values(row: PledgedWork) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in WORK_FIELDS}
    return values | {"token": row.token, "came_from": row.came_from_id, "row": row}


def due_of(campaign_id: int, unit_id: int | None) -> datetime.date | None:
    """The day by which the plan asks for pledges: the first of a duty that says so, the unit's own before others'."""
    days = DutyDay.objects.in_force().filter(duty__campaign_id=campaign_id, duty__ended_by__isnull=True)
    asking = days.filter(due__isnull=False, duty__folded__contains="dang ky", duty__nature="deadline")
    asking = asking.filter(~Q(duty__folded__contains="dang ky khen"))
    asking = asking.order_by("due", "pk").values_list("due", flat=True)
    own = asking.filter(duty__addressed__unit_id=unit_id).first() if unit_id else None
    return own or asking.filter(duty__addressed__isnull=True).first() or (None if unit_id else asking.first())


def work_key(campaign_id: int, unit_id: int, token: str) -> int | None:
    """The key of a work of the unit's pledge by its name on the page."""
    try:
        name = uuid.UUID(token)
    except ValueError:
        return None
    works = PledgedWork.objects.filter(pledge__campaign=campaign_id, pledge__unit=unit_id, token=name)
    return works.order_by("pk").values_list("pk", flat=True).first()
