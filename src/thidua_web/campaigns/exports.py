"""What was read, as files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from thidua.plans.calendar import to_ical
from thidua.plans.exchange import to_json, to_toml
from thidua_web.campaigns.models import PlanDocument, PlanReading
from thidua_web.campaigns.pages.plan import reading_of

Make = Callable[[PlanDocument, PlanReading], bytes]


def as_json(document: PlanDocument, result: PlanReading) -> bytes:
    return to_json(reading_of(result), indent=2)


def as_toml(document: PlanDocument, result: PlanReading) -> bytes:
    return to_toml(reading_of(result)).encode()


def as_calendar(document: PlanDocument, result: PlanReading) -> bytes:
    return to_ical(reading_of(result), name=result.title or document.name, stamp=result.read_at)


FORMATS: dict[str, tuple[str, Make]] = {
    "json": ("application/json", as_json),
    "toml": ("application/toml", as_toml),
    "ics": ("text/calendar; charset=utf-8", as_calendar),
}


def stem(document: PlanDocument) -> str:
    return PurePath(document.name).stem or "ke-hoach"
