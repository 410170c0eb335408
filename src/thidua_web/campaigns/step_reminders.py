"""Reminders of steps that a unit has missed with a campaign that it was sent; each is said once, until it is taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua.deployment import Step, lapses
from thidua.plans.reminding import LATE_FOR, short
from thidua.plans.working_days import due_day
from thidua_web.campaigns.models import Deployment
from thidua_web.campaigns.queries.deployments import standing_of
from thidua_web.campaigns.queries.expectations import campaigns_naming, expecting, of_house
from thidua_web.campaigns.telling import step_key
from thidua_web.notices.actions import Told, notify_each
from thidua_web.notices.recipients import who_may

KINDS = {
    Step.RECEIVED: "deployment.not_received",
    Step.PLANNED: "deployment.not_planned",
    Step.LAUNCHED: "deployment.not_launched",
}
STEP_OF = {f"{kind}{by}": step for step, kind in KINDS.items() for by in ("", "_by_plan")}
"""Of what the core finds: with the days of this installation, and with a plan's."""


def remind(*, at: datetime.datetime) -> int:
    """What was missed lately, told to those who may take the step; nothing on a day off. Returns how many are new."""
    today = timezone.localdate(at)
    if due_day(today) != today:
        return 0
    missed = list(_missed(today, at))
    people = who_may("deployment.act", {row.unit_id for row, _, _ in missed}, on=today)
    new = 0
    for wanted, kind in KINDS.items():
        told = (
            _told(user, row, step, due)
            for row, step, due in missed
            if step is wanted
            for user in people.get(row.unit_id, ())
        )
        new += notify_each(told, kind, at=at)
    return new


def _missed(today: datetime.date, at: datetime.datetime) -> Iterator[tuple[Deployment, Step, datetime.date]]:
    """Of units that have not launched a campaign that still runs; as many queries for any number of them."""
    since = at - _recent()
    named = campaigns_naming(today - LATE_FOR, today)
    rows = Deployment.objects.standing().filter(
        Q(sent_at__gte=since) | Q(received_at__gte=since) | Q(campaign__in=named)
    )
    rows = rows.filter(launched_at__isnull=True).exclude(campaign__end__lt=today)
    found = list(rows.select_related("campaign", "unit").order_by("pk"))
    expected = expecting(found)
    for row in found:
        for lapse in lapses(standing_of(row), on=today, expectations=expected.of(row)):
            step = STEP_OF.get(lapse.code)
            if step is not None and today - lapse.params["due"] <= LATE_FOR:
                yield row, step, lapse.params["due"]


def _recent() -> datetime.timedelta:
    """Steps that this installation counts from longer ago were said: its longest wait with its days off, and as long
    as anything is said.
    """
    longest = max((one.within or 0 for one in of_house()), default=0)
    return datetime.timedelta(days=2 * longest + 36) + LATE_FOR


def _told(user: int, row: Deployment, step: Step, due: datetime.date) -> Told:
    title = short(" ".join(row.campaign.title.split()))
    href = f"{reverse('campaigns:board', args=[row.campaign_id])}#own"
    return Told(user, {"unit": row.unit.name, "title": title, "due": due.isoformat()}, href, step_key(row.pk, step))
