"""The desk of units and their tree, as they were called and stood on any one day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from thidua_web.register.models import Person, Unit, UnitCode, UnitPeriod
from thidua_web.register.queries.paging import Page, page_of
from thidua_web.register.queries.searching import few, few_in, found_in, holding, words_of
from thidua_web.register.queries.units import everything

MOST_COUNTED, MOST_COUNTED_BY_TEXT = 10_000, 1_000
MOST_BRANCHES = 200
BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT CAST(%s AS bigint)
    UNION SELECT period.unit_id FROM register_unitperiod period JOIN below ON period.parent_id = below.id
    WHERE period.valid_from <= %s AND (period.valid_to IS NULL OR period.valid_to >= %s)
) SELECT id FROM below
"""


class State(models.TextChoices):
    """In the address; the words are the desk's."""

    LIVING = "", "dang-hoat-dong"
    ENDED = "ket-thuc"
    ALL = "tat-ca"


@dataclass(frozen=True)
class Wanted:
    """What the desk's sentence says. `on` is the day whose names, kinds and places are shown."""

    on: datetime.date
    text: str = ""
    kind: str = ""
    under: Unit | None = None
    state: str = ""


@dataclass(frozen=True)
class Reach:
    """The units that somebody sees: those at or below `paths`, and the ended ones whose work they go on with."""

    paths: list[str]
    ended: frozenset[int] = frozenset()

    def units(self) -> QuerySet[Unit]:
        within = Unit.objects.within(self.paths)
        return within | Unit.objects.filter(pk__in=self.ended) if self.ended else within


def units(wanted: Wanted, reach: Reach, *, after: int | None = None, before: int | None = None) -> Page:
    """Periods of units, by the name that each had on the day."""
    rows = UnitPeriod.objects.filter(_standing(wanted)).select_related("unit")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if not everything(reach.paths):
        seen = reach.units().order_by()
        rows = (
            rows.filter(unit__in=seen.values("pk"))
            if few(seen)
            else rows.filter(Exists(seen.filter(pk=OuterRef("unit_id"))))
        )
    if wanted.under:
        rows = rows.filter(unit__in=RawSQL(BELOW, [wanted.under.pk, wanted.on, wanted.on])).exclude(unit=wanted.under)  # noqa: S611
    words, most = words_of(wanted.text), MOST_COUNTED
    if words and all(few_in(model, words) for model in (Unit, UnitPeriod, UnitCode)):
        rows = rows.filter(_called(words))
    elif words:
        rows, most = rows.filter(_called_by_looking(words)), MOST_COUNTED_BY_TEXT
    return page_of(rows, most=most, after=after, before=before)


def _standing(wanted: Wanted) -> Q:
    """An ended unit stands in the list with the last of its names."""
    living = Q(valid_from__lte=wanted.on) & (Q(valid_to=None) | Q(valid_to__gte=wanted.on))
    ended = Q(valid_to__lt=wanted.on, unit__valid_to=F("valid_to"))
    return {State.LIVING: living, State.ENDED: ended}.get(State(wanted.state), living | ended)


def _called(words: tuple[str, ...]) -> Q:
    """By the name and code of now, by any name it ever had, by any code that others gave it."""
    names = UnitPeriod.objects.filter(found_in(UnitPeriod, words)).values("unit")
    codes = UnitCode.objects.filter(found_in(UnitCode, words)).values("unit")
    now = Unit.objects.filter(found_in(Unit, words)).values("pk")
    return Q(unit__in=now) | Q(unit__in=names) | Q(unit__in=codes)


def _called_by_looking(words: tuple[str, ...]) -> Q:
    """The same, down the list until a page is full: for words that many names hold."""
    names = UnitPeriod.objects.filter(holding(words), unit=OuterRef("unit"))
    codes = UnitCode.objects.filter(holding(words), unit=OuterRef("unit"))
    return holding(words) | holding(words, "unit__folded") | Q(Exists(names)) | Q(Exists(codes))


def names_on(keys: Iterable[int], on: datetime.date) -> dict[int, str]:
    """What units were called on a day; one that did not stand then is called by its latest name."""
    keys = set(keys)
    latest = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
    return latest | dict(UnitPeriod.objects.valid(on=on).filter(unit__in=keys).values_list("unit", "name"))


def people_in(keys: Iterable[int]) -> dict[int, int]:
    """How many people work in each unit itself."""
    rows = Person.objects.filter(unit__in=list(keys), merged_into=None).order_by().values("unit")
    return dict(rows.annotate(number=Count("pk")).values_list("unit", "number"))


def branches(parents: Iterable[int], on: datetime.date) -> dict[int, int]:
    """How many units stood directly under each on the day."""
    rows = UnitPeriod.objects.valid(on=on).filter(parent__in=list(parents)).order_by().values("parent")
    return dict(rows.annotate(number=Count("pk")).values_list("parent", "number"))


def below(parents: Iterable[int], on: datetime.date) -> list[UnitPeriod]:
    """Periods of the units directly under these on the day."""
    rows = UnitPeriod.objects.valid(on=on).filter(parent__in=list(parents)).select_related("unit")
    return list(rows.order_by("sort_text", "pk")[: MOST_BRANCHES * 5])


def roots(paths: list[str], on: datetime.date) -> list[UnitPeriod]:
    """The topmost of the units in reach, as they were on the day; one that did not stand yet is left out."""
    highest = [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]
    rows = UnitPeriod.objects.valid(on=on).filter(unit__path__in=highest).select_related("unit")
    return list(rows.order_by("sort_text", "pk"))


def found_by(shown: dict[int, str], words: tuple[str, ...]) -> dict[int, str]:
    """For units whose shown name and code do not hold the words: the other name or code that does.

    `shown`: by unit, what is searched of what the list shows.
    """
    hidden = [key for key, text in shown.items() if not all(word in text for word in words)]
    names = UnitPeriod.objects.filter(holding(words), unit__in=hidden).values_list("unit", "name")
    codes = UnitCode.objects.filter(holding(words), unit__in=hidden).values_list("unit", "code")
    return dict(codes) | dict(names)
