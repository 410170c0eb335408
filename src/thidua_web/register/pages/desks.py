"""The rows of the desks, and the addresses that lead on from them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from thidua_web.register.models import UnitKind, UnitPeriod
from thidua_web.register.queries import unit_desk as queries
from thidua_web.register.queries.paging import Page
from thidua_web.register.queries.searching import words_of

PAGED = ("sau", "truoc")


@dataclass(frozen=True)
class UnitRow:
    """A unit as it was on the day. `also`: by which other name or code the search found it."""

    key: int
    code: str
    name: str
    kind: str
    parent: str
    people: int
    branches: int
    ended: datetime.date | None
    also: str = ""


def unit_rows(periods: Iterable[UnitPeriod], *, on: datetime.date, text: str = "") -> list[UnitRow]:
    """The same five queries for one row and for fifty."""
    periods = list(periods)
    keys = [period.unit_id for period in periods]
    parents = queries.names_on({period.parent_id for period in periods if period.parent_id}, on)
    people, branches = queries.people_in(keys), queries.branches(keys, on)
    shown = {period.unit_id: f"{period.folded} {period.unit.folded}" for period in periods}
    also = queries.found_by(shown, words_of(text)) if text else {}
    return [
        UnitRow(
            key=period.unit_id,
            code=period.unit.code,
            name=period.name,
            kind=str(UnitKind(period.kind).label),
            parent=parents.get(period.parent_id or 0, ""),
            people=people.get(period.unit_id, 0),
            branches=branches.get(period.unit_id, 0),
            ended=period.unit.valid_to if period.unit.valid_to and period.unit.valid_to < on else None,
            also=also.get(period.unit_id, ""),
        )
        for period in periods
    ]


def address(asked: QueryDict, **changes: Any) -> str:
    """The query of this address with some of it changed, from the first page of it; empty parts are left out."""
    query = asked.copy()
    for name in (*PAGED, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = str(value)
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        kept.setlist(name, [value for value in values if value])
    return "?" + "&".join(filter(None, kept.urlencode().split("&")))


def pager(asked: QueryDict, page: Page) -> dict[str, str]:
    """Where the pages before and after stand."""
    return {
        "before": address(asked, truoc=page.before) if page.before else "",
        "after": address(asked, sau=page.after) if page.after else "",
    }


def say_count(page: Page, number: str) -> str:
    """ "2.310", or "hơn 10.000" where no more were counted; `number` is the figure in the page's language."""
    return gettext("hơn %(number)s") % {"number": number} if page.counted.more else number
