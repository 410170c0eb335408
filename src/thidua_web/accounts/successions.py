"""Roles, delegations and invitations of a unit that ends go on in its heir from the next day."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from django.core.serializers import deserialize, serialize
from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Delegation, Invitation, Membership
from thidua_web.config.bulk import batched, set_each
from thidua_web.register import signals
from thidua_web.register.signals import Foreseen, Moved, Outlook, Reorganised

BATCH = 500


def connect() -> None:
    """Called once when the apps are ready."""
    for signal, receiver in (
        (signals.reorganised, follow),
        (signals.put_back, go_back),
        (signals.foreseen, foresee),
        (signals.standing_upon, standing_upon),
    ):
        signal.connect(receiver, weak=False, dispatch_uid=f"{__name__}.{receiver.__name__}")


def follow(*, change: Reorganised, **sent: Any) -> Moved:
    """What a person holds in the heir already is not given twice; without an heir a role ends with its unit."""
    return {
        "memberships": _carry(Membership, _memberships(change.names, change.on), change),
        "delegations": _carry(Delegation, _delegations(change.names, change.on), change),
        "invitations": _move_invitations(change),
    }


def go_back(*, handovers: Mapping[str, Moved], **sent: Any) -> None:
    moved = handovers["accounts"]
    for model, name in ((Membership, "memberships"), (Delegation, "delegations")):
        _restore(model, moved[name])
    set_each(Invitation, ["unit"], moved["invitations"])


def foresee(*, on: datetime.date, ended: Collection[int], leading: Collection[int], **sent: Any) -> Outlook:
    """Roles by unit; who leads which unit of those that go on, or end, on that day."""
    roles = _counted(_memberships(ended, on).filter(valid_from__lte=on))
    lent = _counted(_delegations(ended, on))
    heads: dict[int, list[str]] = {}
    leaders = Membership.objects.valid(on=on).filter(unit__in=leading, role=Role.HEAD, user__is_active=True)
    for unit, name in leaders.order_by("pk").values_list("unit_id", "user__full_name"):
        heads.setdefault(unit, []).append(name)
    return Outlook((Foreseen(_("Vai trò"), roles), Foreseen(_("Ủy quyền"), lent)), heads)


def standing_upon(*, units: Collection[int], handovers: Mapping[str, Moved], **sent: Any) -> list[str]:
    """Roles that people were given in the new units meanwhile."""
    moved = handovers["accounts"]
    made = set(moved["memberships"]["made"]) | {row["pk"] for row in json.loads(moved["memberships"]["before"])}
    there = Membership.objects.filter(unit__in=units).values_list("pk", flat=True)
    given = sum(pk not in made for pk in there)
    return [gettext("%(n)s vai trò đã giao ở đơn vị mới") % {"n": given}] if given else []


def _memberships(units: Iterable[int], on: datetime.date) -> Any:
    return Membership.objects.filter(_lasts(on), unit__in=list(units))


def _delegations(units: Iterable[int], on: datetime.date) -> Any:
    return Delegation.objects.filter(_lasts(on), unit__in=list(units), revoked_at__isnull=True)


def _lasts(on: datetime.date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=on)


def _counted(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("pk")))


def _carry(model: Any, rows: Any, change: Reorganised) -> Moved:
    """End what lasts with the unit's last day and begin it in the heir; what begins later only moves there."""
    rows = list(rows.order_by("valid_from", "pk"))
    before = serialize("json", rows)
    held = {_said(row, row.unit_id) for row in model.objects.filter(_lasts(change.on), unit__in=_living(change))}
    new, ended, moved, gone = [], [], [], []
    for row in rows:
        heir = change.heirs.get(row.unit_id)
        goes_on = heir is not None and _said(row, heir) not in held
        if goes_on:
            held.add(_said(row, heir))
        if row.valid_from < change.on:
            new.extend([_going_on(row, heir, change.on)] if goes_on else ())
            ended.append(row.pk)
        elif goes_on:
            moved.append((row.pk, heir))
        else:
            gone.append(row.pk)
    for some in batched(ended):
        model.objects.filter(pk__in=some).update(valid_to=change.last_day)
    set_each(model, ["unit"], moved)
    _delete(model, gone)
    made = model.objects.bulk_create(new, batch_size=BATCH)
    return {"before": before, "made": [row.pk for row in made]}


def _living(change: Reorganised) -> set[int]:
    return set(change.heirs.values())


def _said(row: Any, unit: int) -> tuple[Any, ...]:
    """What makes two rows say the same."""
    if isinstance(row, Membership):
        return unit, row.role, row.user_id
    return unit, row.role, row.giver_id, row.to_id, row.valid_to


def _going_on(row: Any, unit: int | None, on: datetime.date) -> Any:
    new = copy(row)
    new.pk, new.unit_id, new.valid_from = None, unit, on
    new._state = type(row._state)()
    return new


def _move_invitations(change: Reorganised) -> list[tuple[int, int]]:
    """Those that still may be answered; without an heir they are left, and refused when they are."""
    open_ = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=change.at)
    rows = list(open_.filter(unit__in=list(change.heirs)))
    set_each(Invitation, ["unit"], ((row.pk, change.heirs[row.unit_id]) for row in rows))
    return [(row.pk, row.unit_id) for row in rows]


def _restore(model: Any, moved: Moved) -> None:
    rows = [one.object for one in deserialize("json", moved["before"])]
    _delete(model, [*moved["made"], *(row.pk for row in rows)])
    model.objects.bulk_create(rows, batch_size=BATCH)


def _delete(model: Any, pks: Sequence[int]) -> None:
    for some in batched(pks):
        model.objects.filter(pk__in=some).delete()
