"""Reminders of steps that a unit has missed with a campaign that it was sent; each is said once, until it is taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua.deployment import Step, lapses
from thidua.plans.working_days import due_day
from thidua_web.campaigns.models import Deployment
from thidua_web.campaigns.queries.deployments import standing_of
from thidua_web.campaigns.reminders import LATE_FOR, LONGEST
from thidua_web.campaigns.telling import step_key
from thidua_web.notices.actions import Told, notify_each
from thidua_web.notices.recipients import who_may

KINDS = {
    Step.RECEIVED: "deployment.not_received",
    Step.PLANNED: "deployment.not_planned",
    Step.LAUNCHED: "deployment.not_launched",
}
# A step is expected within 20 working days after another; what began longer ago was said.
RECENT = datetime.timedelta(days=90)


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
    """Of units that have not launched a campaign that still runs; one query, however many there are."""
    since = at - RECENT
    rows = Deployment.objects.standing().filter(Q(sent_at__gte=since) | Q(received_at__gte=since))
    rows = rows.filter(launched_at__isnull=True).exclude(campaign__end__lt=today)
    for row in rows.select_related("campaign", "unit").order_by("pk"):
        for lapse in lapses(standing_of(row), on=today):
            step = next((step for step, kind in KINDS.items() if kind == lapse.code), None)
            if step is not None and today - lapse.params["due"] <= LATE_FOR:
                yield row, step, lapse.params["due"]


def _told(user: int, row: Deployment, step: Step, due: datetime.date) -> Told:
    title = " ".join(row.campaign.title.split())
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    href = f"{reverse('campaigns:board', args=[row.campaign_id])}#own"
    return Told(user, {"unit": row.unit.name, "title": title, "due": due.isoformat()}, href, step_key(row.pk, step))
