"""Who is told of consultations, objections and conflicts of interest. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations.models import Consultation, Nomination, Objection
from thidua_web.notices.actions import notify, settle
from thidua_web.notices.recipients import who_may

LONGEST = 160


def tell_asked(row: Consultation, n: int, by: User, *, at: datetime.datetime) -> None:
    """Those who answer for the body, where the register holds it; of an ended unit, those who go on for it."""
    if row.asked is None:
        return
    people = _who("consultation.answer", {row.asked_id, row.asked.heir_id}, at) - {by.pk}
    params = {"by": row.unit.name, "unit": row.asked_name, "n": n, "due": row.due_on.isoformat()}
    href = reverse("nominations:answer_consultation", args=[row.pk])
    notify(people, "consultation.asked", params, href=href, key=_asked(row), at=at)


def settle_asked(row: Consultation, *, at: datetime.datetime) -> None:
    settle(keys=[_asked(row)], at=at)


def tell_answered(row: Consultation, done: int, whole: int, by: User, *, at: datetime.datetime) -> None:
    """Whoever asked."""
    params = {"name": row.asked_name[:LONGEST], "done": done, "n": whole}
    key = f"consultation.answered:{row.pk}:{done}"
    notify({row.by_id} - {by.pk}, "consultation.answered", params, href=row.get_absolute_url(), key=key, at=at)


def tell_of_objection(row: Objection, by: User | None, *, at: datetime.datetime) -> None:
    """Those who handle them. Neither words nor names: a notice goes by mail, and is read by the nominee's kin too."""
    unit = row.nomination.to_unit
    people = _who("objection.handle", {unit.pk, unit.heir_id}, at) - {by.pk if by else None}
    key = f"objection.received:{row.pk}"
    notify(people, "objection.received", {"unit": unit.name}, href=row.get_absolute_url(), key=key, at=at)  # type: ignore[arg-type]


def settle_objection(row: Objection, *, at: datetime.datetime) -> None:
    settle(keys=[f"objection.received:{row.pk}"], at=at)


def tell_of_conflict(nomination: Nomination, declared: int, by: User, *, at: datetime.datetime) -> None:
    """Those who may give the nomination to somebody else, where whoever declares has it in hand."""
    people = _who("appraisal.act", {nomination.to_unit_id}, at) | _who("appraisal.agree", {nomination.to_unit_id}, at)
    params = {"by": by.full_name, "name": nomination.name[:LONGEST]}
    key = f"conflict.declared:{declared}"
    notify(people - {by.pk}, "conflict.declared", params, href=nomination.get_absolute_url(), key=key, at=at)


def _asked(row: Consultation) -> str:
    return f"consultation.asked:{row.pk}"


def _who(permission: str, units: Iterable[int | None], at: datetime.datetime) -> set[int]:
    found = who_may(permission, {unit for unit in units if unit}, on=timezone.localdate(at))
    return {user for users in found.values() for user in users}
