"""Reforms of units: drafted, changed, ordered, carried out on their day, undone as long as nothing stands on them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from thidua.findings import Finding
from thidua_web.journal.actions import Actor, record
from thidua_web.register import signals
from thidua_web.register.actions.moving_people import move_back, move_people
from thidua_web.register.actions.reforming import bring_back, place_all, remember, unmake, write_shape
from thidua_web.register.models import Handover, Reform, Unit
from thidua_web.register.models.reforms import ReformPart, ReformState
from thidua_web.register.queries import reforms as queries
from thidua_web.register.reshaping import Shape

Acts = list[dict[str, Any]]
OWN = "register"


@dataclass(frozen=True)
class Carried:
    """`done` where this call, or one before it, carried the reform out; else the `faults` that keep it from it."""

    done: bool
    faults: Sequence[Finding] = ()


@dataclass(frozen=True)
class Undone:
    """`done` where it is undone now; else what stands on it, in a few words each."""

    done: bool
    reasons: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def draft(  # noqa: PLR0913 - what a reform is
    *,
    unit: Unit,
    title: str,
    on: datetime.date,
    document: str,
    by: Actor,
    at: datetime.datetime,
    acts: Acts | None = None,
    run: int | None = None,
) -> Reform:
    """A reform that nobody carries out yet. Said twice (a form sent twice), it is the same one."""
    same = Reform.objects.filter(unit=unit, title=title, on=on, document=document, state=ReformState.DRAFT)
    standing = same.filter(by=by.pk, acts=acts or []).first()
    if standing:
        return standing
    reform = Reform.objects.create(
        unit=unit, title=title, on=on, document=document, acts=acts or [], run_id=run,
        by=by.pk, by_name=str(by.full_name)[:120], at=at,
    )  # fmt: skip
    _journal("reform.drafted", reform, by, at, acts=len(reform.acts))
    return reform


@transaction.atomic
def change(*, reform: Reform, by: Actor, at: datetime.datetime, **fields: Any) -> bool:
    """Set `title`, `on`, `document` or `acts`. False where it is a draft no more, or nothing is different."""
    held = _held(reform, ReformState.DRAFT)
    different = {name: value for name, value in fields.items() if held and getattr(held, name) != value}
    if held is None or not different:
        return False
    for name, value in different.items():
        setattr(held, name, value)
    held.stopped_at = None
    held.save(update_fields=[*different, "stopped_at"])
    _journal("reform.changed", held, by, at, changed=sorted(different), acts=len(held.acts))
    return True


@transaction.atomic
def add_act(*, reform: Reform, act: dict[str, Any], by: Actor, at: datetime.datetime) -> bool:
    """One more act of a draft; one that it has already changes nothing."""
    held = _held(reform, ReformState.DRAFT)
    return bool(held) and act not in held.acts and change(reform=held, by=by, at=at, acts=[*held.acts, act])


@transaction.atomic
def drop_act(*, reform: Reform, act: dict[str, Any], by: Actor, at: datetime.datetime) -> bool:
    held = _held(reform, ReformState.DRAFT)
    kept = [one for one in held.acts if one != act] if held else []
    return bool(held) and change(reform=held, by=by, at=at, acts=kept)


@transaction.atomic
def discard(*, reform: Reform, by: Actor, at: datetime.datetime) -> bool:
    """Throw a draft away. False where it is none any more."""
    held = _held(reform, ReformState.DRAFT)
    if held is None:
        return False
    _journal("reform.discarded", held, by, at, acts=len(held.acts))
    held.delete()
    return True


@transaction.atomic
def order(*, reform: Reform, by: Actor, at: datetime.datetime) -> bool:
    """From now on it waits for its day, or for a worker where the day has come. False where it is no draft."""
    held = _held(reform, ReformState.DRAFT)
    if held is None:
        return False
    held.state, held.stopped_at = ReformState.WAITING, None
    held.ordered_by, held.ordered_by_name, held.ordered_at = by.pk, str(by.full_name)[:120], at
    held.save(update_fields=["state", "stopped_at", "ordered_by", "ordered_by_name", "ordered_at"])
    _journal("reform.ordered", held, by, at)
    return True


@transaction.atomic
def recall(*, reform: Reform, by: Actor, at: datetime.datetime) -> bool:
    """It waits no more and can be changed again. False where it does not wait, or was carried out meanwhile."""
    held = _held(reform, ReformState.WAITING)
    if held is None:
        return False
    held.state = ReformState.DRAFT
    held.save(update_fields=["state"])
    _journal("reform.recalled", held, by, at)
    return True


@transaction.atomic
def carry_out(*, reform: Reform, at: datetime.datetime, today: datetime.date) -> Carried:
    """Make the reform of one that waits and whose day has come; all of it, or nothing.

    The units are changed, people and what runs in them move, in one transaction. A reform with faults is a draft
    again and says so. Whoever calls second is told that it is done.
    """
    held = Reform.objects.select_for_update().get(pk=reform.pk)
    if held.state != ReformState.WAITING or held.on > today:
        return Carried(held.state == ReformState.DONE)
    shape = queries.shape_of(held)
    ordered = Orderer(held.ordered_by, held.ordered_by_name)
    if shape.faults:
        held.state, held.stopped_at = ReformState.DRAFT, at
        held.save(update_fields=["state", "stopped_at"])
        _journal("reform.stopped", held, ordered, at, faults=[finding.code for finding in shape.faults][:20])
        return Carried(False, shape.faults)
    _make(held, shape, at)
    _journal(
        "reform.carried_out", held, ordered, at,
        begun=len(shape.begun), changed=len(shape.changed), ended=len(shape.ended), on=held.on.isoformat(),
    )  # fmt: skip
    return Carried(True)


def _make(reform: Reform, shape: Shape, at: datetime.datetime) -> None:
    before = remember(shape) | {"outlook": queries.totals(queries.outlook(shape, on=reform.on))}
    change = write_shape(reform, shape, at=at)
    moved = {OWN: before | move_people(change)} | signals.follow(change)
    Handover.objects.bulk_create(Handover(reform=reform, app=app, moved=what) for app, what in moved.items())
    reform.state, reform.done_at = ReformState.DONE, at
    reform.save(update_fields=["state", "done_at"])


@transaction.atomic
def undo(*, reform: Reform, by: Actor, at: datetime.datetime) -> Undone:
    """Everything as it was before the reform. Refused where something stands on it."""
    held = Reform.objects.select_for_update().get(pk=reform.pk)
    if held.state != ReformState.DONE:
        return Undone(held.state == ReformState.UNDONE)
    reasons = queries.reasons_against_undoing(held)
    if reasons:
        return Undone(False, reasons)
    try:
        with transaction.atomic():
            _unmake(held)
    except ProtectedError as error:
        return Undone(False, queries.what_hangs_on(error.protected_objects))
    held.state, held.undone_by_name, held.undone_at = ReformState.UNDONE, str(by.full_name)[:120], at
    held.save(update_fields=["state", "undone_by_name", "undone_at"])
    _journal("reform.undone", held, by, at, on=held.on.isoformat())
    return Undone(True)


def _unmake(reform: Reform) -> None:
    handovers = dict(Handover.objects.filter(reform=reform).values_list("app", "moved"))
    signals.put_back.send(sender=Reform, handovers=handovers)
    move_back(handovers[OWN])
    bring_back(handovers[OWN])
    begun = list(reform.units.filter(part=ReformPart.BEGUN).values_list("unit_id", flat=True))
    reform.units.all().delete()
    reform.handovers.all().delete()
    unmake(begun)
    place_all()


def draft_from_rows(
    *, rows: Iterable[Mapping[str, Any]], unit: Unit, by: Actor, at: datetime.datetime, run: int | None = None
) -> list[Reform]:
    """Drafts out of the rows of a list (the columns of thidua.register.kinds "reforms"): one for every day and
    document, in the order in which they come first.
    """
    groups: dict[tuple[datetime.date, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault((_day(row["on"]), str(row.get("document") or "")), []).append(row)
    return [
        draft(
            unit=unit, title=queries.title_for(on, document), on=on, document=document,
            acts=queries.acts_of_rows(some), by=by, at=at, run=run,
        )
        for (on, document), some in groups.items()
    ]  # fmt: skip


def _day(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


@dataclass(frozen=True)
class Orderer:
    """Whoever ordered a reform that a worker carries out on its day."""

    pk: Any
    full_name: Any


def _held(reform: Reform, state: ReformState) -> Reform | None:
    return Reform.objects.select_for_update().filter(pk=reform.pk, state=state).first()


def _journal(act: str, reform: Reform, by: Actor, at: datetime.datetime, **details: Any) -> None:
    said = {"document": reform.document, **details}
    record(
        act=act, by=by, at=at, unit_id=reform.unit_id, subject=("reform", reform.pk), label=reform.title, details=said
    )
