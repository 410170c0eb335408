"""Reads of blocs: which somebody sees, who is in them on a day, how that came about."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua_web.register.models import Bloc, BlocHead, BlocMember, Unit, UnitPeriod
from thidua_web.register.queries.searching import holding, words_of
from thidua_web.register.queries.unit_desk import Reach, State


class Wanted(NamedTuple):
    """What the list's sentence says. `on`: the day whose members and heads are shown."""

    on: datetime.date
    text: str = ""
    state: str = ""


class Member(NamedTuple):
    """A member as it was called on the day. `head`: since when it leads the bloc, if it does."""

    unit: Unit
    name: str
    since: datetime.date
    until: datetime.date | None
    head: datetime.date | None


class Elsewhere(NamedTuple):
    """A member that is also in another bloc of the same unit on the day."""

    unit: Unit
    bloc: Bloc


def seen_by(reach: Reach) -> QuerySet[Bloc]:
    """Blocs made in reach, and those that a unit in reach is or was a member of."""
    units = reach.units().values("pk")
    inside = BlocMember.objects.filter(bloc=OuterRef("pk"), unit__in=units)
    return Bloc.objects.filter(Q(unit__in=units) | Exists(inside))


def sees_bloc(reach: Reach, bloc: Bloc) -> bool:
    return seen_by(reach).filter(pk=bloc.pk).exists()


def bloc(bloc_id: int) -> Bloc | None:
    return Bloc.objects.select_related("unit").filter(pk=bloc_id).first()


def blocs(wanted: Wanted, reach: Reach) -> QuerySet[Bloc]:
    """By the unit that made them, then by name."""
    rows = seen_by(reach).filter(holding(words_of(wanted.text), "folded")).select_related("unit")
    if wanted.state == State.LIVING:
        rows = rows.valid(on=wanted.on)
    elif wanted.state == State.ENDED:
        rows = rows.filter(valid_to__lt=wanted.on)
    return rows.order_by("unit__path", "sort_text", "pk")


def counts(blocs: Iterable[Bloc], on: datetime.date) -> dict[int, int]:
    """How many members each has on the day."""
    found: defaultdict[int, int] = defaultdict(int)
    for pk in BlocMember.objects.valid(on=on).filter(bloc__in=list(blocs)).values_list("bloc_id", flat=True):
        found[pk] += 1
    return dict(found)


def heads(blocs: Iterable[Bloc], on: datetime.date) -> dict[int, Unit]:
    rows = BlocHead.objects.valid(on=on).filter(bloc__in=list(blocs)).select_related("unit")
    return {row.bloc_id: row.unit for row in rows}


def head(bloc: Bloc, on: datetime.date) -> BlocHead | None:
    return BlocHead.objects.valid(on=on).filter(bloc=bloc).select_related("unit").first()


def members(bloc: Bloc, on: datetime.date) -> list[Member]:
    """By name, under the names of the day."""
    rows = list(BlocMember.objects.valid(on=on).filter(bloc=bloc).select_related("unit"))
    names = names_on([row.unit_id for row in rows], on)
    leading = head(bloc, on)
    leads = {leading.unit_id: leading.valid_from} if leading else {}
    found = [
        Member(row.unit, names.get(row.unit_id, row.unit.name), row.valid_from, row.valid_to, leads.get(row.unit_id))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.unit.sort_text, one.unit.pk))


def names_on(units: Iterable[int], on: datetime.date) -> dict[int, str]:
    return dict(UnitPeriod.objects.valid(on=on).filter(unit__in=list(units)).values_list("unit_id", "name"))


def elsewhere(bloc: Bloc, units: Iterable[Unit], on: datetime.date) -> list[Elsewhere]:
    """Nothing forbids it, but a unit that is scored twice by one standing body is worth a look."""
    rows = BlocMember.objects.valid(on=on).filter(unit__in=list(units), bloc__unit=bloc.unit_id)
    rows = rows.exclude(bloc=bloc).select_related("unit", "bloc")
    found = [Elsewhere(row.unit, row.bloc) for row in rows]
    return sorted(found, key=lambda one: (one.unit.sort_text, one.bloc.sort_text))


def spans(bloc: Bloc) -> tuple[list[BlocMember], list[BlocHead]]:
    """All members and heads that ever were."""
    first, second = (model.objects.filter(bloc=bloc).select_related("unit") for model in (BlocMember, BlocHead))
    return list(first.order_by("valid_from", "pk")), list(second.order_by("valid_from", "pk"))


def blocs_of(unit: Unit, on: datetime.date) -> list[Bloc]:
    """Those that the unit is a member of on the day."""
    rows = BlocMember.objects.valid(on=on).filter(unit=unit).select_related("bloc")
    return sorted((row.bloc for row in rows), key=lambda one: (one.sort_text, one.pk))
