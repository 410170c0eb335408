"""What changed in the law between two days, by day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.law.awards import awards
from thidua.law.changes import Change, changes
from thidua.law.instruments import instruments
from thidua.law.law import Law, Rule
from thidua_web.law.linking import award_href, instrument_href
from thidua_web.law.pages.award import Said, say
from thidua_web.law.pages.instrument import KINDS, words_of

WORDS: dict[str, Promise] = {
    "began": _("Bắt đầu"),
    "ended": _("Hết hiệu lực"),
    "replaced": _("Thay thế"),
    "doubted": _("Có sửa đổi chưa đối chiếu"),
}

SHOWN_OPEN = 5
"""More changes of one kind on one day are folded in."""


@dataclass(frozen=True)
class Side:
    said: Said
    words: str
    amount: str


@dataclass(frozen=True)
class Line:
    kind: str
    word: Promise
    what: Promise
    award: str
    href: str
    before: Side | None
    after: Side | None


@dataclass(frozen=True)
class InstrumentChange:
    citation: str
    title: str
    href: str
    began: bool
    verified: bool


@dataclass(frozen=True)
class Kind:
    """Changes of one kind of rule on a day; many of them are folded in."""

    what: Promise
    lines: tuple[Line, ...]
    open: bool


@dataclass(frozen=True)
class Day:
    on: datetime.date
    instruments: tuple[InstrumentChange, ...]
    kinds: tuple[Kind, ...]


def days(law: Law, first: datetime.date, last: datetime.date) -> list[Day]:
    """The latest day first."""
    lines: dict[datetime.date, list[Line]] = defaultdict(list)
    for change in changes(law, first, last):
        lines[change.on].append(_line(change))
    of_instruments = _instruments(first, last)
    return [
        Day(on, tuple(of_instruments.get(on, ())), tuple(_kinds(lines.get(on, ()))))
        for on in sorted({*lines, *of_instruments}, reverse=True)
    ]


def _kinds(lines: Iterable[Line]) -> Iterator[Kind]:
    by_kind: dict[Promise, list[Line]] = defaultdict(list)
    for line in lines:
        by_kind[line.what].append(line)
    for what, found in by_kind.items():
        yield Kind(what, tuple(found), len(found) <= SHOWN_OPEN)


def _instruments(first: datetime.date, last: datetime.date) -> dict[datetime.date, list[InstrumentChange]]:
    found: dict[datetime.date, list[InstrumentChange]] = defaultdict(list)
    for one in instruments():
        ended = one.until + datetime.timedelta(days=1) if one.until else None
        for on, began in ((one.in_force, True), (ended, False)):
            if on is not None and first < on <= last:
                href = instrument_href(one.number)
                found[on].append(InstrumentChange(one.citation, one.title, href, began, one.verified))
    return found


def _line(change: Change) -> Line:
    entry = change.rule.entry
    code = getattr(entry, "award", "")
    known = awards().get(code)
    return Line(
        change.kind,
        WORDS[change.kind],
        KINDS[type(entry)],
        known.name_on(change.on) if known else "",
        award_href(code, change.on) if known else "",
        _side(change.before, change.on),
        _side(change.after, change.on),
    )


def _side(rule: Rule | None, on: datetime.date) -> Side | None:
    if rule is None:
        return None
    amount = getattr(rule.entry, "amount", None) or getattr(rule.entry, "rate", None)
    day = on if rule.entry.in_force(on) else rule.entry.until or on
    said_amount = f"{amount:,}".translate(str.maketrans(",.", ".,")) if amount else ""
    return Side(say(rule, day), words_of(rule.entry), said_amount)
