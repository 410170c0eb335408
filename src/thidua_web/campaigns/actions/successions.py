"""What ran in a unit goes on in its heir: campaigns, plans under way, calendars, duties, how far it had come with what
it was sent. What is over stays.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from thidua_web.campaigns.actions import deployment_heirs
from thidua_web.campaigns.actions.deployment_heirs import carry_on
from thidua_web.campaigns.actions.handing_on import BATCH, hand_on
from thidua_web.campaigns.models import CalendarAddress, Campaign, DutyDone, DutyUnit, PlanDocument
from thidua_web.campaigns.queries import successions as queries
from thidua_web.campaigns.queries.successions import not_over
from thidua_web.config.bulk import batched, set_each
from thidua_web.register import signals
from thidua_web.register.signals import Moved, Reorganised

Heirs = Mapping[int, int]
Gone = list[tuple[int, int]]
"""Row and the unit that it was taken from."""


def connect() -> None:
    """Called once when the apps are ready."""
    for signal, receiver in (
        (signals.reorganised, follow),
        (signals.put_back, go_back),
        (signals.foreseen, queries.foresee),
        (signals.standing_upon, queries.standing_upon),
    ):
        signal.connect(receiver, weak=False, dispatch_uid=f"{__name__}.{receiver.__name__}")


def follow(*, change: Reorganised, **sent: Any) -> Moved:
    """Carry everything over; the answer is what `go_back` needs."""
    heirs = change.heirs
    campaigns = _give(Campaign, queries.running(heirs, on=change.on), heirs)
    plans = _give(PlanDocument, _unfinished(heirs, change.on), heirs)
    calendars, ended = _calendars(change)
    handed = hand_on(list(queries.duties_owed(change.names, on=change.on)), change.successors)
    return {
        "campaigns": campaigns,
        "plans": plans,
        "calendars": calendars,
        "calendars_ended": ended,
        "duties": handed._asdict(),
        "deployments": carry_on(change),
    }


def go_back(*, handovers: Mapping[str, Moved], **sent: Any) -> None:
    """As if it had never been carried over. Nobody has done anything on it since, or the reform could not be undone."""
    moved = handovers["campaigns"]
    for model, rows in ((Campaign, "campaigns"), (PlanDocument, "plans"), (CalendarAddress, "calendars")):
        set_each(model, ["unit"], moved[rows])
    CalendarAddress.objects.filter(pk__in=moved["calendars_ended"]).update(ended_at=None)
    if "deployments" in moved:
        deployment_heirs.go_back(moved["deployments"])
    duties = moved["duties"]
    for model, pks in ((DutyDone, duties["marks"]), (DutyUnit, duties["added"])):
        for some in batched(pks):
            model.objects.filter(pk__in=some).delete()
    DutyUnit.objects.bulk_create(
        (DutyUnit(duty_id=duty, unit_id=unit, inherited_from_id=before) for duty, unit, before in duties["dropped"]),
        batch_size=BATCH,
    )


def _unfinished(units: Heirs, on: datetime.date) -> list[PlanDocument]:
    """An heir that has the same file keeps its own; so does the first of two that would come. The others stay where
    they were, and the heir's people reach them there.
    """
    plans = queries.plans_under_way(units, on=on).only("unit_id", "file_id")
    there = set(PlanDocument.objects.filter(unit__in=set(units.values())).values_list("unit_id", "file_id"))
    found = []
    for plan in plans.order_by(F("edition").asc(nulls_last=True), "uploaded_at", "pk"):
        place = (units[plan.unit_id], plan.file_id)
        if place not in there:
            there.add(place)
            found.append(plan)
    return found


def _calendars(change: Reorganised) -> tuple[Gone, list[int]]:
    """Secret addresses lead to the heir's duties. Of two that would say the same the older one goes on."""
    heirs = change.heirs
    standing = CalendarAddress.objects.filter(ended_at__isnull=True)
    there = set(standing.filter(unit__in=set(heirs.values())).values_list("user_id", "unit_id", "campaign_id"))
    going = standing.filter(Q(campaign__isnull=True) | not_over("campaign__", change.on), unit__in=list(heirs))
    moved, double = [], []
    for row in going.order_by("created_at", "pk"):
        place = (row.user_id, heirs[row.unit_id], row.campaign_id)
        (double if place in there else moved).append(row)
        there.add(place)
    ended = [row.pk for row in double]
    CalendarAddress.objects.filter(pk__in=ended).update(ended_at=change.at)
    return _give(CalendarAddress, moved, heirs), ended


def _give(model: Any, rows: Any, heirs: Heirs) -> Gone:
    rows = list(rows)
    gone = [(row.pk, row.unit_id) for row in rows]
    set_each(model, ["unit"], ((pk, heirs[unit]) for pk, unit in gone))
    return gone
