"""Deployments of units that have ended, carried on by those that go on for them, and back where a reform is undone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from thidua_web.campaigns.models import Deployment
from thidua_web.campaigns.queries.successions import deployments_under_way
from thidua_web.config.bulk import batched, set_each
from thidua_web.register.signals import Reorganised

BATCH = 500
STEPS: tuple[tuple[str, ...], ...] = (
    ("received_at", "received_by_id"),
    ("planned_at", "plan_id"),
    ("launched_at", "child_id", "launched_on", "paper"),
    ("reported_at",),
    ("summarised_at",),
)
"""Each step: the moment by which the best is found, then what goes with it."""
KEPT = ("inherited_from_id", "sent_at", *(name for step in STEPS for name in step), "moved_at")
Place = tuple[int, int]
"""A campaign and a unit."""


class Carried(TypedDict):
    """`changed`: rows that heirs had of their own, with what they said before."""

    withdrawn: list[int]
    added: list[int]
    changed: list[list[Any]]


def carry_on(change: Reorganised) -> Carried:
    """What runs goes on under every successor; of several that become one, the best of each step is kept."""
    ended = list(deployments_under_way(change.names, on=change.on).select_related("campaign"))
    before: dict[Place, list[Deployment]] = {}
    for row in ended:
        for heir in change.successors.get(row.unit_id, ()):
            if heir != row.campaign.unit_id:
                before.setdefault((row.campaign_id, heir), []).append(row)
    for some in batched([row.pk for row in ended]):
        Deployment.objects.filter(pk__in=some).update(withdrawn_at=change.at)
    own = _own(before)
    changed = [[row.pk, *_as_json(row)] for row in own.values()]
    new = [_heir(place, rows) for place, rows in before.items() if place not in own]
    for place, row in own.items():
        _take_best(row, before[place])
    names = [name.removesuffix("_id") for name in KEPT]
    set_each(Deployment, names, ((row.pk, *(getattr(row, name) for name in KEPT)) for row in own.values()))
    added = Deployment.objects.bulk_create(new, batch_size=BATCH)
    return Carried(withdrawn=[row.pk for row in ended], added=[row.pk for row in added], changed=changed)


def go_back(carried: Carried) -> None:
    for some in batched(carried["added"]):
        Deployment.objects.filter(pk__in=some).delete()
    set_each(Deployment, [name.removesuffix("_id") for name in KEPT], (tuple(row) for row in carried["changed"]))
    for some in batched(carried["withdrawn"]):
        Deployment.objects.filter(pk__in=some).update(withdrawn_at=None)


def _own(before: Mapping[Place, Sequence[Deployment]]) -> dict[Place, Deployment]:
    """The rows that heirs have themselves."""
    rows = Deployment.objects.standing().filter(campaign__in={campaign for campaign, _ in before})
    rows = rows.filter(unit__in={unit for _, unit in before})
    return {place: row for row in rows if (place := (row.campaign_id, row.unit_id)) in before}


def _heir(place: Place, rows: Sequence[Deployment]) -> Deployment:
    campaign, unit = place
    sent = min(row.sent_at for row in rows)
    heir = Deployment(campaign_id=campaign, unit_id=unit, sent_at=sent, moved_at=sent)
    heir.inherited_from_id = min(row.unit_id for row in rows)
    _take_best(heir, rows)
    return heir


def _take_best(heir: Deployment, rows: Iterable[Deployment]) -> None:
    """A step that one of them has taken is taken, since the day of the first; whoever came furthest is named."""
    furthest = -1
    for place, step in enumerate(STEPS):
        taken = [row for row in (heir, *rows) if getattr(row, step[0]) is not None]
        if not taken:
            continue
        best = min(taken, key=lambda row: (getattr(row, step[0]), row.pk or 0))
        if best is heir:
            furthest = place
            continue
        for name in step:
            setattr(heir, name, getattr(best, name))
        if place > furthest:
            furthest, heir.inherited_from_id = place, best.unit_id
    heir.moved_at = heir.last_moment()


def _as_json(row: Deployment) -> list[Any]:
    values = (getattr(row, name) for name in KEPT)
    return [value.isoformat() if isinstance(value, datetime.date) else value for value in values]
