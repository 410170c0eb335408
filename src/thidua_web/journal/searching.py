"""What of the journal one person sees and asks for: by words, act, unit and days, fifty lines at a time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone

from thidua.vietnamese.folding import search_key
from thidua_web.journal.models import JournalLine

ON_A_PAGE = 50
MOST_WORDS = 8
# So many units are named one by one, which every database answers from its index; more are asked for by their tree.
NAMED_UNITS = 200
PERMISSION = "journal.see"


class Reaching(Protocol):
    """What of `request.access` is needed here; access itself stands above the journal."""

    def reach(self, permission: str) -> QuerySet[Any]: ...

    def at_the_top(self, permission: str) -> bool: ...


@dataclass(frozen=True)
class Asked:
    """`subject` is kind and key of one object; `unit` words of a unit's name; `before` the last number of a page."""

    words: str = ""
    act: str = ""
    unit: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    subject: tuple[str, str] | None = None
    before: int | None = None


@dataclass(frozen=True)
class Page:
    """`older` is where the next page begins, None on the last."""

    lines: list[JournalLine]
    older: int | None


def seen_by(access: Reaching) -> QuerySet[JournalLine]:
    """Lines of the units in reach; those of no unit (signing in, what the system does) are seen from the top."""
    units = _in_reach(access.reach(PERMISSION))
    seen = Q(unit__in=units)
    return JournalLine.objects.filter(seen | Q(unit__isnull=True) if access.at_the_top(PERMISSION) else seen)


def _in_reach(units: QuerySet[Any]) -> Any:
    keys = units.order_by().values("pk")
    named = list(keys.values_list("pk", flat=True)[: NAMED_UNITS + 1])
    return named if len(named) <= NAMED_UNITS else keys


def find(access: Reaching, asked: Asked) -> QuerySet[JournalLine]:
    """What is asked for, without the page."""
    lines = seen_by(access)
    for word in search_key(asked.words).split()[:MOST_WORDS]:
        lines = lines.filter(folded__contains=word)
    if asked.act:
        lines = lines.filter(act=asked.act)
    if asked.subject:
        lines = lines.filter(subject_kind=asked.subject[0], subject=asked.subject[1])
    if words := search_key(asked.unit).split()[:MOST_WORDS]:
        units = access.reach(PERMISSION)
        for word in words:
            units = units.filter(folded__contains=word)
        lines = lines.filter(unit__in=_in_reach(units))
    if asked.first:
        lines = lines.filter(at__gte=_midnight(asked.first))
    if asked.last:
        lines = lines.filter(at__lt=_midnight(asked.last + datetime.timedelta(days=1)))
    return lines


def page(access: Reaching, asked: Asked) -> Page:
    """The newest first."""
    lines = find(access, asked).order_by("-number")
    if asked.before is not None:
        lines = lines.filter(number__lt=asked.before)
    rows = list(lines[: ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    return Page(shown, shown[-1].number if len(rows) > ON_A_PAGE else None)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
