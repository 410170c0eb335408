"""The lists of the law browser: awards by kind and level, instruments with their days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.law.awards import Award, awards
from thidua.law.criteria import Standard
from thidua.law.instruments import Instrument, instruments
from thidua.law.law import Law
from thidua.vietnamese.folding import search_key
from thidua_web.law.linking import award_href, instrument_href
from thidua_web.law.models import LawText
from thidua_web.law.pages.timeline import drawings, in_force

GROUPS: tuple[tuple[str, Promise], ...] = (
    ("title", _("Danh hiệu thi đua")),
    ("commendation", _("Hình thức khen thưởng")),
)
LEVELS: dict[str, Promise] = {
    "state": _("cấp Nhà nước"),
    "government": _("Chính phủ, Thủ tướng Chính phủ"),
    "province": _("bộ, ban, ngành, tỉnh"),
    "base": _("cơ sở"),
}
SUBJECTS: dict[str, Promise] = {
    "individual": _("cá nhân"),
    "collective": _("tập thể"),
    "household": _("hộ gia đình"),
}


@dataclass(frozen=True)
class Line:
    """`asked`: whether Thidua holds its standard on the day; else who is proposed is for people alone to judge."""

    award: Award
    name: str
    href: str
    level: Promise
    subjects: tuple[Promise, ...]
    asked: bool


@dataclass(frozen=True)
class Group:
    kind: str
    title: Promise
    lines: tuple[Line, ...]


def groups(law: Law, on: datetime.date, words: str) -> list[Group]:
    """Awards whose name or code holds the words, accents and case ignored."""
    held = {rule.entry.award for rule in law.rules(Standard, on) if isinstance(rule.entry, Standard)}
    sought = search_key(words)
    lines = [_line(one, on, one.code in held) for one in awards().values() if sought in _key(one, on)]
    found = (Group(kind, title, tuple(x for x in lines if x.award.kind == kind)) for kind, title in GROUPS)
    return [group for group in found if group.lines]


def _key(award: Award, on: datetime.date) -> str:
    return search_key(f"{award.name_on(on)} {award.short} {award.code}")


def _line(award: Award, on: datetime.date, asked: bool) -> Line:
    subjects = tuple(SUBJECTS[subject] for subject in award.subjects)
    return Line(award, award.name_on(on), award_href(award.code, on), LEVELS[award.level], subjects, asked)


@dataclass(frozen=True)
class InstrumentLine:
    instrument: Instrument
    href: str
    in_force: bool
    coming: bool
    loaded: bool
    used: bool


def instruments_page(law: Law, on: datetime.date, words: str, texts: Mapping[str, LawText]) -> dict[str, Any]:
    """`used`: Thidua judges by it. The drawing holds those only whose first day is known."""
    used = {statute.instrument for statute in law.statutes}
    sought = search_key(words)
    found = [one for one in instruments() if sought in search_key(f"{one.type} {one.number} {one.title}")]
    found.sort(key=lambda one: (one.in_force or one.signed or datetime.date.max, one.number))
    lines = [
        InstrumentLine(
            one,
            instrument_href(one.number),
            in_force(one, on),
            one.in_force is not None and one.in_force > on,
            one.number in texts,
            one.number in used,
        )
        for one in found
    ]
    drawn = [line.instrument for line in lines if line.used and line.instrument.in_force]
    years = range(2023, max(on.year, 2027) + 2)
    return {
        "lines": lines,
        "drawings": drawings(drawn, on, years) if drawn else (),
        "narrowed": bool(words),
        "local": [statute for statute in law.statutes if statute.level == "local"],
    }
