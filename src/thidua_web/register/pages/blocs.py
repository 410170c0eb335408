"""What the list of blocs and the page of one show."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext

from thidua_web.register.models import Bloc, Unit
from thidua_web.register.queries import blocs as queries

ONE_DAY = datetime.timedelta(days=1)


class Row(NamedTuple):
    bloc: Bloc
    members: int
    head: Unit | None
    ended: bool


class Group(NamedTuple):
    unit: Unit
    rows: list[Row]


def groups(blocs: Iterable[Bloc], on: datetime.date) -> list[Group]:
    """By the unit that made them; two queries for one and for fifty."""
    blocs = list(blocs)
    members, heads = queries.counts(blocs, on), queries.heads(blocs, on)
    rows = [
        Row(one, members.get(one.pk, 0), heads.get(one.pk), one.valid_to is not None and one.valid_to < on)
        for one in blocs
    ]
    return [Group(unit, list(some)) for unit, some in groupby(rows, key=lambda row: row.bloc.unit)]


@dataclass(frozen=True)
class Event:
    """What became of the bloc on a day; `names` are units."""

    on: datetime.date
    order: int
    words: str
    names: tuple[str, ...] = ()


def bloc_page(bloc: Bloc, *, on: datetime.date, sees: Callable[[Unit], bool]) -> dict[str, Any]:
    members = queries.members(bloc, on)
    return {
        "bloc": bloc,
        "on": on,
        "members": [(one, sees(one.unit)) for one in members],
        "head": next((one for one in members if one.head), None),
        "elsewhere": queries.elsewhere(bloc, [one.unit for one in members], on),
        "history": history(bloc),
    }


def history(bloc: Bloc) -> list[Event]:
    """The newest first."""
    members, heads = queries.spans(bloc)
    events = [Event(bloc.valid_from, 0, gettext("Lập cụm, khối"))]
    events += _gathered(gettext("Vào:"), 2, [(row.valid_from, row.unit.name) for row in members])
    events += [Event(row.valid_from, 3, gettext("Trưởng:"), (row.unit.name,)) for row in heads]
    events += _gathered(
        gettext("Thôi là thành viên sau ngày này:"),
        1,
        [(row.valid_to, row.unit.name) for row in members if row.valid_to and row.valid_to != bloc.valid_to],
    )
    if bloc.valid_to:
        events.append(Event(bloc.valid_to, 9, gettext("Ngày cuối của cụm, khối")))
    return sorted(events, key=lambda event: (event.on, event.order), reverse=True)


def _gathered(words: str, order: int, pairs: Iterable[tuple[datetime.date, str]]) -> list[Event]:
    """One event a day, whatever the number of units."""
    rows = sorted(pairs, key=lambda pair: pair[0])
    return [
        Event(day, order, words, tuple(name for _, name in some)) for day, some in groupby(rows, key=lambda p: p[0])
    ]


def say_elsewhere(rows: Iterable[queries.Elsewhere]) -> str:
    """After members were added: who is in another bloc of the same unit too."""
    said = [gettext("“%(unit)s” cũng ở %(bloc)s") % {"unit": one.unit.name, "bloc": one.bloc.name} for one in rows]
    return "; ".join(said)
