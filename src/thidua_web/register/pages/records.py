"""Ratings by year and awards, as unit and person pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thidua.findings import Basis
from thidua.law.ratings import rating_schemes, scheme_for
from thidua_web.register.models import Household, Person, Rating, Unit, UnitKind
from thidua_web.register.models.records import Level, Track
from thidua_web.register.nominees import Nominee

# Kinds whose ratings the law orders as those of public non-business units, and of administrative agencies.
PUBLIC_UNITS = frozenset({UnitKind.SCHOOL, UnitKind.HOSPITAL})
AGENCIES = frozenset(
    {
        UnitKind.PROVINCE,
        UnitKind.DEPARTMENT,
        UnitKind.DISTRICT,
        UnitKind.COMMUNE,
        UnitKind.WARD,
        UnitKind.TOWNSHIP,
        UnitKind.SPECIAL_ZONE,
    }
)
TONES = {Level.EXCELLENT: "met", Level.GOOD: "met", Level.DONE: "note", Level.NOT_DONE: "fault"}


@dataclass(frozen=True)
class RatingRow:
    """`scheme`: the instrument under which the year was rated, and whether its words were verified.

    `elsewhere`: what the unit was called then, where it is called otherwise now.
    """

    rating: Rating
    tone: str
    is_party: bool
    scheme: str
    verified: bool
    elsewhere: str


def rating_rows(ratings: Sequence[Rating], *, unit: Unit) -> list[RatingRow]:
    """`unit`: the one that is rated, or that of the person, as it is called now."""
    schemes = {scheme.code: scheme.basis for scheme in rating_schemes()}
    return [_row(one, schemes.get(one.scheme), unit.name) for one in ratings]


def _row(one: Rating, basis: Basis | None, name: str) -> RatingRow:
    elsewhere = one.unit_name if one.unit_name != name else ""
    said = basis.citation if basis else ""
    return RatingRow(
        one, TONES[Level(one.level)], one.track == Track.PARTY, said, bool(basis and basis.verified), elsewhere
    )


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


HOUSEHOLD_TITLES = (
    "Gia đình văn hóa",
    "Giấy khen",
    "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "Bằng khen của Thủ tướng Chính phủ",
)


def titles(of: Nominee) -> tuple[str, ...]:
    return HOUSEHOLD_TITLES if isinstance(of, Household) else TITLES


def scheme_code(of: Person | Unit, year: int, track: str) -> str:
    """The scheme in force that year for such a person or unit; empty where none is known."""
    scheme = scheme_for(Track(track).value, _who(of, track), year)
    return scheme.code if scheme else ""


def _who(of: Person | Unit, track: str) -> Any:
    """What the law asks of whom it rates, as far as the register knows it."""
    if not isinstance(of, Unit):
        return "person"
    if track == Track.STATE and of.kind in PUBLIC_UNITS:
        return "public_unit"
    return "agency" if track == Track.STATE and of.kind in AGENCIES else "unit"
