"""Who is told of what happens to plans and campaigns. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from thidua.deployment import Step
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, DutyUnit, Edition, PlanDocument, PlanReading
from thidua_web.notices.actions import Told, notify, notify_each, settle
from thidua_web.notices.recipients import who_may
from thidua_web.register.models import Unit

LONGEST_TITLE = 160


class Sent(NamedTuple):
    """Units to which a campaign came with a launch, and those that it is no business of any more."""

    new: frozenset[int]
    gone: frozenset[int]


def tell_of_reading(document: PlanDocument, result: PlanReading | None, *, at: datetime.datetime) -> None:
    """Whoever uploaded the plan waits for it; read again it is told again. `result` is None where it failed."""
    kind, params = "plan.unreadable", {"name": document.name}
    if result is not None:
        kind, params = "plan.read", {"name": document.name, "facts": str(result.facts)}
    key = f"plan:{document.pk}:read:{int(at.timestamp())}"
    notify([document.uploaded_by_id], kind, params, href=document.get_absolute_url(), key=key, at=at)


def tell_of_preparing(edition: Edition, by: User, *, at: datetime.datetime) -> None:
    """Those who may launch it, but for whoever prepared it."""
    unit = edition.document.unit_id
    heads = who_may("campaign.launch", [unit], on=timezone.localdate(at)).get(unit, set()) - {by.pk}
    params = {"by": by.full_name, "title": _title(edition.campaign)}
    notify(heads, "launch.waiting", params, href=_launch_page(edition), key=_waiting(edition, at), at=at)


def tell_of_preparing_anew(edition: Edition, by: User, before: datetime.datetime, *, at: datetime.datetime) -> None:
    """What was laid there `before` is out of date."""
    settle(keys=[_waiting(edition, before)], at=at)
    tell_of_preparing(edition, by, at=at)


def tell_of_return(edition: Edition, by: User, reason: str, *, at: datetime.datetime) -> None:
    """Whoever prepared it, unless they took it back themselves; nobody need launch it any more."""
    settle(keys=[_waiting(edition, edition.prepared_at)], at=at)
    if by.pk == edition.prepared_by_id or not reason:
        return
    params = {"by": by.full_name, "title": _title(edition.campaign), "reason": _short(reason)}
    key = f"launch:{edition.pk}:returned:{int(at.timestamp())}"
    notify([edition.prepared_by_id], "launch.returned", params, href=_launch_page(edition), key=key, at=at)


def tell_of_launch(
    campaign: Campaign, edition: Edition, by: User, *, amended: Sent | None, at: datetime.datetime
) -> None:
    """Whoever prepared it, and in every addressed unit those who will say that its duties are done. Where it `amended`
    the campaign, those to whom it came only now hear of a launch, and those from whom it was withdrawn that it was.
    """
    settle(keys=[_waiting(edition, edition.prepared_at)], at=at)
    campaign.refresh_from_db(fields=["title"])
    title, page = _title(campaign), campaign.get_absolute_url()
    if by.pk != edition.prepared_by_id:
        params = {"by": by.full_name, "title": title}
        key = f"launch:{edition.pk}:done"
        notify([edition.prepared_by_id], "launch.done", params, href=page, key=key, at=at)
    duties = DutyUnit.objects.filter(duty__campaign=campaign, duty__ended_by__isnull=True)
    addressed = set(duties.values_list("unit_id", flat=True))
    told, key = {by.pk, edition.prepared_by_id}, f"campaign:{campaign.pk}:{edition.number}"
    before = addressed - amended.new if amended else set()
    for kind, units in (
        ("campaign.amended", before),
        ("campaign.launched", addressed - before),
        ("campaign.withdrawn", amended.gone - addressed if amended else set()),
    ):
        rows = _told(campaign, units, told, key, at)
        notify_each(rows, kind, at=at)
        told |= {row.user_id for row in rows}


def _told(
    campaign: Campaign, units: Collection[int], but: Collection[int], key: str, at: datetime.datetime
) -> list[Told]:
    """Whoever works for two of the units is told once."""
    issuer, title, page = campaign.unit.name, _title(campaign), campaign.get_absolute_url()
    people = who_may("duty.mark", units, on=timezone.localdate(at))
    names = dict(Unit.objects.filter(pk__in=list(people)).values_list("pk", "name"))
    told: dict[int, Told] = {}
    for unit in sorted(people):
        for user in people[unit] - set(but):
            params = {"by": issuer, "title": title, "unit": names[unit]}
            told.setdefault(user, Told(user, params, page, key))
    return list(told.values())


def settle_steps(deployments: Collection[int], steps: Collection[Step], *, at: datetime.datetime) -> None:
    """These steps were taken: nobody need be reminded of them any more."""
    settle(keys=[step_key(pk, step) for pk in deployments for step in steps], at=at)


def step_key(deployment_id: int, step: Step) -> str:
    return f"deployment:{deployment_id}:{step}"


def settle_duty(day_id: int, unit_id: int, *, at: datetime.datetime) -> None:
    """It is done: no reminder of it need be read any more."""
    settle(keys=duty_keys(day_id, unit_id), at=at)


TIMES = ("7", "3", "1", "0", "late")
"""When a reminder is said: working days before, on the day, once after it."""


def duty_keys(day_id: int, unit_id: int) -> list[str]:
    return [duty_key(day_id, unit_id, when) for when in TIMES]


def duty_key(day_id: int, unit_id: int, when: str) -> str:
    return f"duty:{day_id}:{unit_id}:{when}"


def _waiting(edition: Edition, prepared_at: datetime.datetime) -> str:
    return f"launch:{edition.pk}:waiting:{int(prepared_at.timestamp())}"


def _launch_page(edition: Edition) -> str:
    return reverse("campaigns:launch", args=[edition.document_id])


def _title(campaign: Campaign) -> str:
    return _short(campaign.title)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
