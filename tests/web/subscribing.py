"""Calendar addresses as a person makes them, and what a calendar program reads there."""

from __future__ import annotations

import re

import icalendar
from django.test import Client


def subscribe(client: Client, **data: object) -> str:
    """Make a calendar on the page, and take its address from there."""
    answer = client.post("/lich/tao/", data)
    page = client.get("/lich/").content.decode()
    pk = answer["Location"].rpartition("lich-")[2]
    return re.findall(rf'value="http://testserver(/lich/{pk}-[^"]+\.ics)"', page)[0]


def events(answer) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def titles(answer) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(answer)]
