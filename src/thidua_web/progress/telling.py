"""Who is told of what happens to pledges. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime

from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.notices.actions import notify, settle
from thidua_web.notices.recipients import who_may
from thidua_web.progress.models import Pledge

LONGEST = 160


def tell_of_submission(pledge: Pledge, by: User, *, at: datetime.datetime) -> None:
    """Those of the unit that launched who decide about it."""
    above = pledge.campaign.unit_id
    people = who_may("pledge.decide", [above], on=timezone.localdate(at)).get(above, set()) - {by.pk}
    params = {"unit": pledge.unit.name, "title": _short(pledge.campaign.title)}
    notify(people, "pledge.submitted", params, href=pledge.get_absolute_url(), key=_waiting(pledge), at=at)


def settle_submission(pledge: Pledge, *, at: datetime.datetime) -> None:
    """Nobody need look at it any more."""
    settle(keys=[_waiting(pledge)], at=at)


def tell_of_return(pledge: Pledge, by: User, reason: str, *, at: datetime.datetime) -> None:
    _tell_unit(pledge, by, "pledge.returned", {"reason": _short(reason)}, at)


def tell_of_acceptance(pledge: Pledge, by: User, *, at: datetime.datetime) -> None:
    settle(keys=[_decided(pledge, "pledge.returned")], at=at)
    _tell_unit(pledge, by, "pledge.accepted", {}, at)


def _tell_unit(pledge: Pledge, by: User, kind: str, more: dict[str, str], at: datetime.datetime) -> None:
    """Those who may change it."""
    people = who_may("pledge.edit", [pledge.unit_id], on=timezone.localdate(at)).get(pledge.unit_id, set())
    params = {
        "by": pledge.campaign.unit.name,
        "unit": pledge.unit.name,
        "title": _short(pledge.campaign.title),
        **more,
    }
    href = pledge.get_absolute_url()
    notify(people - {by.pk}, kind, params, href=href, key=_decided(pledge, kind), at=at)


def _waiting(pledge: Pledge) -> str:
    return f"pledge:{pledge.pk}:waiting:{pledge.revision}"


def _decided(pledge: Pledge, kind: str) -> str:
    return f"{kind}:{pledge.pk}:{pledge.revision}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
