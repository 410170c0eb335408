"""Ratings by year and awards, as unit and person pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua_web.register.models import Rating
from thidua_web.register.models.records import Level, Track

TONES = {Level.EXCELLENT: "met", Level.GOOD: "met", Level.DONE: "note", Level.NOT_DONE: "fault"}


@dataclass(frozen=True)
class RatingRow:
    rating: Rating
    tone: str
    is_party: bool


def rating_rows(ratings: Sequence[Rating], *, kind: str = "") -> list[RatingRow]:
    return [RatingRow(one, TONES[Level(one.level)], one.track == Track.PARTY) for one in ratings]
