"""Ratings by year and awards, as unit and person pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua_web.register.models import Person, Rating, Unit
from thidua_web.register.models.records import Level, Track

TONES = {Level.EXCELLENT: "met", Level.GOOD: "met", Level.DONE: "note", Level.NOT_DONE: "fault"}


@dataclass(frozen=True)
class RatingRow:
    rating: Rating
    tone: str
    is_party: bool


def rating_rows(ratings: Sequence[Rating], *, kind: str = "") -> list[RatingRow]:
    return [RatingRow(one, TONES[Level(one.level)], one.track == Track.PARTY) for one in ratings]


# Words that people write most often; anything else may be written too.
TITLES = (
    "Lao động tiên tiến",
    "Chiến sĩ thi đua cơ sở",
    "Chiến sĩ thi đua cấp bộ, ban, ngành, tỉnh",
    "Chiến sĩ thi đua toàn quốc",
    "Tập thể Lao động tiên tiến",
    "Tập thể Lao động xuất sắc",
    "Cờ thi đua của Ủy ban nhân dân tỉnh",
    "Cờ thi đua của Chính phủ",
    "Giấy khen",
    "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "Bằng khen của Thủ tướng Chính phủ",
    "Huân chương Lao động hạng Ba",
    "Huân chương Lao động hạng Nhì",
    "Huân chương Lao động hạng Nhất",
    "Kỷ niệm chương",
)


def scheme_code(of: Person | Unit, year: int, track: str) -> str:
    """The scheme in force that year for such a person or unit; empty where none is known."""
    return ""
