"""Who is told of what happens to a nomination. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.offers import award_title
from thidua_web.notices.actions import notify, settle
from thidua_web.notices.recipients import who_may

LONGEST = 160


def tell_unit(kind: str, nomination: Nomination, by: User, *, at: datetime.datetime, **params: Any) -> None:
    """Those who prepare the dossier, and the head who signed; of an ended unit, those who go on for it."""
    units = {nomination.unit_id, nomination.unit.heir_id} - {None}
    _tell(kind, nomination, _who("nomination.edit", units, at), by, at, by=nomination.to_unit.name, **params)


def tell_desk(kind: str, nomination: Nomination, by: User, *, at: datetime.datetime, **params: Any) -> None:
    """The appraiser who has it, else all of the unit that appraises."""
    people = _who("appraisal.act", {nomination.to_unit_id}, at)
    if nomination.appraiser_id in people:
        people = {nomination.appraiser_id}
    _tell(kind, nomination, people, by, at, unit=nomination.unit.name, **params)


def tell_agreeing(nomination: Nomination, by: User, *, at: datetime.datetime, clause: str, key: str) -> None:
    """Everybody who may be the second person."""
    people = _who("appraisal.agree", {nomination.to_unit_id}, at)
    _tell("appraisal.override_waits", nomination, people, by, at, by=by.full_name, clause=_short(clause), about=key)


def tell_one(kind: str, user: User, nomination: Nomination, by: User, *, at: datetime.datetime, **params: Any) -> None:
    _tell(kind, nomination, {user.pk}, by, at, by=by.full_name, **params)


def settle_desk(nomination: Nomination, *, at: datetime.datetime) -> None:
    """What waited for the appraiser is done, or is done with."""
    kinds = ("nomination.lodged_again", "appraisal.answered")
    revisions = range(max(0, nomination.revision - 5), nomination.revision + 1)
    settle(keys=[_key(kind, nomination, revision) for kind in kinds for revision in revisions], at=at)


def settle_override(nomination: Nomination, key: str, *, at: datetime.datetime) -> None:
    settle(keys=[f"appraisal.override_waits:{nomination.pk}:{key}"], at=at)


def _who(permission: str, units: Any, at: datetime.datetime) -> set[int]:
    found = who_may(permission, units, on=timezone.localdate(at))
    return {user for users in found.values() for user in users}


def _tell(
    kind: str, nomination: Nomination, people: set[int], by_user: User, at: datetime.datetime, **params: Any
) -> None:
    about = params.pop("about", None)
    key = f"{kind}:{nomination.pk}:{about}" if about else _key(kind, nomination, nomination.revision)
    said = {"name": _short(nomination.name), "award": award_title(nomination.award, at.date())}
    said |= {name: _short(value) if isinstance(value, str) else value for name, value in params.items()}
    notify(people - {by_user.pk}, kind, said, href=nomination.get_absolute_url(), key=key, at=at)


def _key(kind: str, nomination: Nomination, revision: int) -> str:
    return f"{kind}:{nomination.pk}:{revision}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
