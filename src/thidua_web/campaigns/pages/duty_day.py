"""Which units have done a day of a duty and which have not, in the order in which officials list units."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from thidua.vietnamese.collation import Key, collation_key
from thidua_web.campaigns.models import DutyDone
from thidua_web.register.models import Unit, UnitKind

KINDS = {kind.value: place for place, kind in enumerate(UnitKind)}


@dataclass(frozen=True)
class Line:
    """`late` where it was marked after the day that was due."""

    unit: Unit
    done: DutyDone | None = None
    late: bool = False


@dataclass(frozen=True)
class Kind:
    """The units of one kind, by name."""

    label: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Who:
    """Those that have not done it, those that have, and what ended units had done, for which their heirs count now."""

    open: list[Kind]
    done: list[Kind]
    before: list[DutyDone]


def who_did(units: Sequence[Unit], marks: Iterable[DutyDone], due: datetime.date | None) -> Who:
    said, addressed = {mark.unit_id: mark for mark in marks}, {unit.pk for unit in units}
    open_ = [Line(unit) for unit in units if unit.pk not in said]
    done = [Line(mark.unit, mark, _late(mark, due)) for mark in said.values() if mark.unit_id in addressed]
    before = [mark for mark in said.values() if mark.unit_id not in addressed]
    return Who(_by_kind(open_), _by_kind(done), sorted(before, key=lambda mark: _order(mark.unit)))


def _late(mark: DutyDone, due: datetime.date | None) -> bool:
    return due is not None and timezone.localdate(mark.at) > due


def _by_kind(lines: Iterable[Line]) -> list[Kind]:
    ordered = sorted(lines, key=lambda line: _order(line.unit))
    kinds = groupby(ordered, key=lambda line: line.unit.kind)
    return [Kind(str(UnitKind(kind).label), tuple(some)) for kind, some in kinds]


def _order(unit: Unit) -> tuple[int, Key, int]:
    return KINDS[unit.kind], collation_key(unit.name), unit.pk
