"""Days that an RRULE (RFC 5545) names. Duties fall on days, so a rule that names hours is none here."""

from __future__ import annotations

import datetime
from itertools import islice

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_CLOCK = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_COUNTS = frozenset({"INTERVAL", "COUNT"})
_DAYS = frozenset({"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"})
_LAST_MONTHS = {"3": "3,6,9,12", "6": "6,12"}
_SEARCHED = datetime.timedelta(days=8 * 366)


def parse_rule(rule: str) -> dict[str, str]:
    """The parts of a rule by name; ValueError where it is none."""
    pairs = [part.partition("=") for part in rule.strip(";").split(";")]
    parts = {key.upper(): value for key, _, value in pairs}
    if parts.get("FREQ") not in _FREQUENCIES or parts.keys() & _CLOCK:
        raise ValueError(rule)
    if any(int(value) < 1 for key, value in parts.items() if key in _COUNTS):
        raise ValueError(rule)
    _last_day(parts, datetime.date.max)
    return parts


def settle(rule: str) -> str:
    """A rule that names no day falls on the last of its week (Friday), month, quarter, half or year.

    ValueError where it is no rule.
    """
    parts = parse_rule(rule)
    if parts.keys() & _DAYS or parts["FREQ"] == "DAILY":
        return rule
    if parts["FREQ"] == "WEEKLY":
        return _write(parts | {"BYDAY": "FR"})
    months = "12" if parts["FREQ"] == "YEARLY" else _LAST_MONTHS.get(parts.get("INTERVAL", ""))
    return _write(({"BYMONTH": months} if months else {}) | parts | {"BYMONTHDAY": "-1"})


def first_occurrence(rule: str, start: datetime.date) -> datetime.date | None:
    """First day from `start` on that the RRULE names, None where eight years hold none; ValueError where it is no rule.

    The interval counts from that day on and is left aside here: "every 3 months, in March, June, September, December"
    begins in the next of these.
    """
    parts = {key: value for key, value in parse_rule(rule).items() if key not in _COUNTS}
    return next(iter(_days(parts, start, _last_day(parts, start + _SEARCHED), most=1)), None)


def unroll(rule: str, start: datetime.date, end: datetime.date, *, most: int) -> list[datetime.date]:
    """The first `most` days from `start` to `end`, both included; ValueError where it is no rule."""
    first = first_occurrence(rule, start)
    if first is None or first > end:
        return []
    parts = parse_rule(rule)
    most = min(most, int(parts.pop("COUNT", most)))
    return _days(parts, first, _last_day(parts, end), most=most)


def _last_day(parts: dict[str, str], end: datetime.date) -> datetime.date:
    return min(end, datetime.date.fromisoformat(parts["UNTIL"][:8])) if "UNTIL" in parts else end


def _days(parts: dict[str, str], start: datetime.date, end: datetime.date, *, most: int) -> list[datetime.date]:
    rule = _write(parts | {"UNTIL": f"{end:%Y%m%d}"})
    try:
        times = rrulestr(rule, dtstart=datetime.datetime.combine(start, datetime.time()))
        return [time.date() for time in islice(times, most)]
    except IndexError as error:  # what dateutil raises for a ninth Monday of a month
        raise ValueError(rule) from error


def _write(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={value}" for key, value in parts.items())
