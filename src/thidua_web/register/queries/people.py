"""The desk of people: whoever works at or below the units in reach, found by any part of a name or code."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua_web.register.models import Person, Unit
from thidua_web.register.queries.paging import Page, page_of
from thidua_web.register.queries.searching import FEW, few, few_in, found_in, holding, words_of
from thidua_web.register.queries.units import everything

MOST_COUNTED, MOST_COUNTED_BY_TEXT = 10_000, 1_000


@dataclass(frozen=True)
class Wanted:
    """What the desk's sentence says. `unit`: with all below it; `account` None: with one or without."""

    text: str = ""
    unit: Unit | None = None
    sex: str = ""
    account: bool | None = None


def people(wanted: Wanted, paths: list[str], *, after: int | None = None, before: int | None = None) -> Page:
    """By given name. `paths` are those of the units in reach."""
    rows, most = _rows(wanted, [wanted.unit.path] if wanted.unit else paths)
    return page_of(rows.prefetch_related("unit", "user"), most=most, after=after, before=before)


def _rows(wanted: Wanted, paths: list[str]) -> tuple[QuerySet[Person], int]:
    """The words first where few rows hold them, else the units where few people work there, else down the list.

    Both are counted out beforehand, because SQLite keeps no numbers by which it could choose well itself. The second
    value is how far the rows can be counted quickly.
    """
    rows, words, inside, near = _narrowed(wanted), words_of(wanted.text), Q(), None
    if not everything(paths):
        units = Unit.objects.within(paths).order_by()
        inside, near = Q(Exists(units.filter(pk=OuterRef("unit_id")))), Q(unit__in=units.values("pk"))
    if words and few_in(Person, words):
        return rows.filter(inside & found_in(Person, words)), FEW
    if near is not None and few(Person.objects.filter(near)):
        return rows.filter(near & holding(words)), FEW
    return rows.filter(inside & holding(words)), MOST_COUNTED_BY_TEXT if words else MOST_COUNTED


def _narrowed(wanted: Wanted) -> QuerySet[Person]:
    rows = Person.objects.filter(merged_into=None)
    if wanted.sex:
        rows = rows.filter(sex=wanted.sex)
    if wanted.account is None:
        return rows
    accounts = Person._meta.get_field("user").related_model._default_manager.filter(person__isnull=False)
    if wanted.account:
        return rows.filter(pk__in=accounts.values("person"))
    return rows.exclude(Exists(accounts.filter(person=OuterRef("pk"))))
