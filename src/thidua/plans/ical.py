"""Events as an iCalendar file (RFC 5545): whole days, or an hour in Vietnamese time, with alarms days before them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import icalendar
from msgspec import Struct

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PHASE, DEADLINE = "Đợt thi đua", "Thời hạn"


class Event(Struct, frozen=True, kw_only=True):
    """`end` is the last day itself; `time` is local; `rule` an RRULE with its UNTIL; `alarms` are days before it."""

    uid: str
    category: str
    summary: str
    description: str
    start: datetime.date
    end: datetime.date | None = None
    time: datetime.time | None = None
    rule: str | None = None
    alarms: tuple[int, ...] = ()


def write_calendar(events: Iterable[Event], *, name: str, stamp: datetime.datetime) -> bytes:
    """The calendar `name`; `stamp` (aware) is the DTSTAMP of every event. Same events and stamp, same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Thidua//thidua//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_component(event, stamp))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _component(event: Event, stamp: datetime.datetime) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", stamp.astimezone(datetime.UTC))
    component.add("summary", event.summary)
    component.add("description", event.description)
    component.add("categories", [event.category])
    component.add("transp", "TRANSPARENT")
    if event.time:
        component.add("dtstart", datetime.datetime.combine(event.start, event.time, ZONE))
    else:
        component.add("dtstart", event.start)
        component.add("dtend", (event.end or event.start) + datetime.timedelta(days=1))
    if event.rule:
        component.add("rrule", icalendar.vRecur.from_ical(event.rule))
    for days in event.alarms:
        component.add_component(_alarm(event, days))
    return component


def _alarm(event: Event, days: int) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Còn {days} ngày: {event.summary}")
    alarm.add("trigger", -datetime.timedelta(days=days))
    return alarm
