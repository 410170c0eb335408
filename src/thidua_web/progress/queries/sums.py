"""Sums over what was reported and pledged, kept until something of it changes: a province's two hundred thousand values
are added up once, not for every page. A day's sums are kept apart, so that a report that comes in costs one day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Max, Sum

from thidua_web.progress.models import Pledge, Report
from thidua_web.progress.stages import ReportState

Row = Mapping[str, Any]
KEPT_SECONDS = 24 * 60 * 60


def by_day(campaign_id: int, days: Sequence[int], summed: Callable[[list[int]], Iterable[Row]]) -> list[Row]:
    """`summed` is asked at once for all days of which nothing is kept; its rows name theirs as `report__day_id`."""
    said = _pledged(campaign_id)
    sent = _sent(days)
    keys = {day: _key("day", campaign_id, day, said, sent.get(day)) for day in days}
    kept: dict[str, list[Row]] = caches["process"].get_many(list(keys.values()))
    missing = [day for day in days if keys[day] not in kept]
    if missing:
        new: dict[str, list[Row]] = {keys[day]: [] for day in missing}
        for row in summed(missing):
            new[keys[row["report__day_id"]]].append(row)
        caches["process"].set_many(new, KEPT_SECONDS)
        kept |= new
    return [row for day in days for row in kept[keys[day]]]


def of_pledges(campaign_id: int, summed: Callable[[], Iterable[Any]], *, what: str = "sums") -> list[Any]:
    """As long as no pledge of the campaign changes; `what` keeps one kind of rows from another."""
    key = _key("pledges", what, campaign_id, _pledged(campaign_id))
    rows: list[Any] | None = caches["process"].get(key)
    if rows is None:
        rows = list(summed())
        caches["process"].set(key, rows, KEPT_SECONDS)
    return rows


def _pledged(campaign_id: int) -> tuple[Any, ...]:
    """Other figures whenever a pledge is saved, moved, closed or made; and for another campaign of that number."""
    rows = Pledge.objects.filter(campaign=campaign_id).order_by()
    found = rows.aggregate(
        n=Count("pk"),
        revisions=Sum("revision"),
        closed=Count("closed_at"),
        last=Max("pk"),
        launched=Max("campaign__launched_at"),
    )
    return tuple(found[name] for name in sorted(found))


def _sent(days: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """What a report says changes only while it is not sent: its sending and its return are seen here."""
    rows = Report.objects.filter(day__in=days, state=ReportState.SENT).order_by().values("day")
    counted = rows.annotate(n=Count("pk"), last=Max("signed_at"))
    return {row["day"]: (row["n"], row["last"]) for row in counted}


def _key(*said: Any) -> str:
    return f"sums:{hashlib.sha256(repr(said).encode()).hexdigest()}"
