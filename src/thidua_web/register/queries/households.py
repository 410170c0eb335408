"""The desk of households: those of communes in reach, found by any part of the head's name, the address or the code."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua_web.register.models import Household, Unit
from thidua_web.register.queries.paging import Page, page_of
from thidua_web.register.queries.searching import FEW, few, few_in, found_in, holding, words_of
from thidua_web.register.queries.units import everything

MOST_COUNTED, MOST_COUNTED_BY_TEXT = 10_000, 1_000


@dataclass(frozen=True)
class Wanted:
    """What the desk's sentence says. `unit`: with all below it; `left`: those too that are none there any more."""

    on: datetime.date
    text: str = ""
    unit: Unit | None = None
    left: bool = False


def households(wanted: Wanted, paths: list[str], *, after: int | None = None, before: int | None = None) -> Page:
    """By the head's given name. `paths` are those of the units in reach."""
    rows, most = _rows(wanted, [wanted.unit.path] if wanted.unit else paths)
    return page_of(rows.prefetch_related("unit"), most=most, after=after, before=before)


def _rows(wanted: Wanted, paths: list[str]) -> tuple[QuerySet[Household], int]:
    """As at the desk of people: the words first where few hold them, else the communes where few live."""
    rows = Household.objects.all() if wanted.left else Household.objects.valid(on=wanted.on)
    words, inside, near = words_of(wanted.text), Q(), None
    if not everything(paths):
        units = Unit.objects.within(paths).order_by()
        inside, near = Q(Exists(units.filter(pk=OuterRef("unit_id")))), Q(unit__in=units.values("pk"))
    if words and few_in(Household, words):
        return rows.filter(inside & found_in(Household, words)), FEW
    if near is not None and few(Household.objects.filter(near)):
        return rows.filter(near & holding(words)), FEW
    return rows.filter(inside & holding(words)), MOST_COUNTED_BY_TEXT if words else MOST_COUNTED


def number_in(unit: Unit, on: datetime.date) -> int:
    return Household.objects.valid(on=on).filter(unit=unit).count()
