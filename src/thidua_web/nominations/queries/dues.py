"""By when a campaign's plan wants dossiers: the day of its duty to send them, with the plan's words."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.register.models import Unit

SENDING = re.compile(r"\bho so\b.*\b(?:khen thuong|de nghi|xet|tang|tuyen duong)|\bde nghi (?:xet )?khen thuong\b")
NOT_BY_UNITS = re.compile(r"\b(?:tham dinh|hop hoi dong|trinh chu tich|thong bao ket qua)\b")
LONGEST = 300


class Due(NamedTuple):
    on: datetime.date
    words: str


def due_of_campaign(campaign: Campaign, on: datetime.date, unit: Unit | None = None) -> Due | None:
    """The next such day, else the last one; a duty addressed to the unit counts before others. None without any."""
    days = DutyDay.objects.in_force().filter(
        duty__campaign=campaign, duty__ended_by=None, duty__nature="deadline", due__isnull=False
    )
    rows = days.filter(duty__folded__contains="ho so") | days.filter(duty__folded__contains="de nghi")
    found = [
        day
        for day in rows.select_related("duty").prefetch_related("duty__addressed").order_by("due", "pk")
        if SENDING.search(day.duty.folded) and not NOT_BY_UNITS.search(day.duty.folded)
    ]
    own = [day for day in found if unit and any(one.unit_id == unit.pk for one in day.duty.addressed.all())]
    listed = own or found
    chosen = next((day for day in listed if day.due and day.due >= on), listed[-1] if listed else None)
    if chosen is None or chosen.due is None:
        return None
    return Due(chosen.due, " ".join(chosen.duty.quote.split())[:LONGEST])
