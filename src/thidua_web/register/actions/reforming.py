"""The writes of one reform to the units, in bulk: rows, periods, paths, heirs; and the same taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers import deserialize, serialize
from django.db.models import Q

from thidua_web.config.bulk import batched, set_each
from thidua_web.register.models import Reform, ReformUnit, Unit, UnitPeriod
from thidua_web.register.models.reforms import ReformPart
from thidua_web.register.reshaping import Place, Shape
from thidua_web.register.signals import Moved, Reorganised

BATCH = 500
REMEMBERED = ("pk", "code", "name", "kind", "parent_id", "valid_from", "valid_to", "heir_id")


def write_shape(reform: Reform, shape: Shape, *, at: datetime.datetime) -> Reorganised:
    """Make, change and end the units with their periods, paths and heirs; note each in the reform."""
    units = _make(shape, reform.on)
    _note(reform, shape, units)
    _change(shape, units, reform.on)
    change = _end(shape, units, reform.on, at)
    place_all()
    return change


def _make(shape: Shape, on: datetime.date) -> dict[str, Unit]:
    """All units that the reform names, by code; the new ones are written, without their parents yet."""
    new = [
        Unit(code=one.code, name=one.after.name, kind=one.after.kind, valid_from=on, path=f"/new/{n}/")
        for n, one in enumerate(shape.begun)
    ]
    for unit in new:
        unit.fill_keys()
    Unit.objects.bulk_create(new, batch_size=BATCH)
    units = {unit.code: unit for unit in new}
    places = [(one.pk, one.before, one.after) for one in shape.changed]
    parents = {place.parent for _, before, after in places for place in (before, after)}
    parents |= {one.after.parent for one in shape.begun} | {one.before.parent for one in shape.ended} | shape.heirs
    pks = [pk for pk, _, _ in places] + [one.pk for one in shape.ended]
    for some in batched(pks):
        units |= {unit.code: unit for unit in Unit.objects.filter(pk__in=some)}
    for codes in batched(sorted(parents - units.keys() - {""})):
        units |= {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    set_each(Unit, ["parent"], ((units[one.code].pk, _parent(one.after, units)) for one in shape.begun))
    UnitPeriod.objects.bulk_create(
        (_period(units[one.code], one.after, units, on) for one in shape.begun), batch_size=BATCH
    )
    return units


def _parent(place: Place, units: Mapping[str, Unit]) -> int | None:
    return units[place.parent].pk if place.parent else None


def _period(unit: Unit, place: Place, units: Mapping[str, Unit], on: datetime.date) -> UnitPeriod:
    parent = _parent(place, units)
    return UnitPeriod(unit=unit, name=place.name, kind=place.kind, parent_id=parent, valid_from=on)


def _change(shape: Shape, units: Mapping[str, Unit], on: datetime.date) -> None:
    rows = []
    for one in shape.changed:
        unit = units[one.code]
        unit.name = one.after.name
        unit.fill_keys()
        parent = _parent(one.after, units)
        rows.append((unit.pk, unit.name, one.after.kind, parent, unit.sort_text, unit.folded))
    set_each(Unit, ["name", "kind", "parent", "sort_text", "folded"], rows)
    for some in batched([one.pk for one in shape.changed]):
        _close(some, on)
    UnitPeriod.objects.bulk_create(
        (_period(units[one.code], one.after, units, on) for one in shape.changed), batch_size=BATCH
    )


def _close(units: Iterable[int], on: datetime.date) -> None:
    lasting = UnitPeriod.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), unit__in=units)
    lasting.update(valid_to=on - datetime.timedelta(days=1))


def _end(shape: Shape, units: Mapping[str, Unit], on: datetime.date, at: datetime.datetime) -> Reorganised:
    change = Reorganised(
        on=on,
        at=at,
        names={one.pk: one.before.name for one in shape.ended},
        heirs={one.pk: units[one.heir].pk for one in shape.ended if one.heir},
        successors={one.pk: [units[code].pk for code in one.successors] for one in shape.ended if one.successors},
    )
    set_each(Unit, ["valid_to", "heir"], ((pk, change.last_day, change.heirs.get(pk)) for pk in change.names))
    for some in batched(list(change.names)):
        _close(some, on)
    link = Unit.successors.through
    link.objects.bulk_create(
        (link(from_unit_id=pk, to_unit_id=heir) for pk, heirs in change.successors.items() for heir in heirs),
        batch_size=BATCH,
    )
    return change


def _note(reform: Reform, shape: Shape, units: Mapping[str, Unit]) -> None:
    """What every unit was and is, for whoever reads its history."""
    rows = [_touched(reform, units[one.code], ReformPart.BEGUN, after=one.after._asdict()) for one in shape.begun]
    rows += [
        _touched(reform, units[one.code], ReformPart.CHANGED, one.before._asdict(), one.after._asdict())
        for one in shape.changed
    ]
    rows += [
        _touched(reform, units[one.code], ReformPart.ENDED, one.before._asdict(), {"successors": list(one.successors)})
        for one in shape.ended
    ]
    ReformUnit.objects.bulk_create(rows, batch_size=BATCH)


def _touched(
    reform: Reform, unit: Unit, part: ReformPart, before: dict[str, Any] | None = None, after: Any = None
) -> ReformUnit:
    return ReformUnit(reform=reform, unit=unit, part=part, before=before or {}, after=after or {})


def place_all() -> None:
    """Write every path that is not what the parents say. An ended unit stays under the parent of its last day."""
    units = {unit.pk: unit for unit in Unit.objects.only("pk", "parent_id", "path")}
    paths: dict[int | None, str] = {None: "/"}
    moved = []
    for unit in units.values():
        line: list[int] = []
        above: int | None = unit.pk
        while above is not None and above not in paths:
            line.append(above)
            above = units[above].parent_id
        for pk in reversed(line):
            paths[pk] = f"{paths[units[pk].parent_id]}{pk}/"
        if unit.path != paths[unit.pk]:
            moved.append((unit.pk, paths[unit.pk]))
    set_each(Unit, ["path"], moved)


def remember(shape: Shape) -> Moved:
    """The units that will change or end with their periods, as they are: for the way back."""
    pks = [one.pk for one in (*shape.changed, *shape.ended)]
    link = Unit.successors.through.objects
    units: list[Any] = []
    periods, successors = [], []
    for some in batched(pks):
        units += Unit.objects.filter(pk__in=some).values_list(*REMEMBERED)
        periods += UnitPeriod.objects.filter(unit__in=some)
        successors += link.filter(from_unit__in=some).values_list("from_unit_id", "to_unit_id")
    return {
        "units": [[_plain(value) for value in row] for row in units],
        "periods": serialize("json", periods),
        "successors": successors,
    }


def bring_back(moved: Moved) -> None:
    """What `remember` kept. Raises ProtectedError where anything hangs on a unit that the reform made."""
    pks = [row[0] for row in moved["units"]]
    rows = []
    for row in moved["units"]:
        unit = Unit(**dict(zip(REMEMBERED, row, strict=True)))
        unit.fill_keys()
        rows.append((*row, unit.sort_text, unit.folded))
    fields = [name.removesuffix("_id") for name in REMEMBERED[1:]]
    set_each(Unit, [*fields, "sort_text", "folded"], rows)
    link = Unit.successors.through
    for some in batched(pks):
        UnitPeriod.objects.filter(unit__in=some).delete()
        link.objects.filter(from_unit__in=some).delete()
    UnitPeriod.objects.bulk_create([one.object for one in deserialize("json", moved["periods"])], batch_size=BATCH)
    link.objects.bulk_create(
        (link(from_unit_id=ended, to_unit_id=heir) for ended, heir in moved["successors"]), batch_size=BATCH
    )


def unmake(units: Sequence[int]) -> None:
    """Take away the units that a reform made. Raises ProtectedError where anything hangs on one of them."""
    for some in batched(units):
        UnitPeriod.objects.filter(unit__in=some).delete()
        Unit.objects.filter(pk__in=some).update(parent=None)
    for some in batched(units):
        Unit.objects.filter(pk__in=some).delete()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
