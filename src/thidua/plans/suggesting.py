"""What to put into the form when a person selects words that the reader did not take for a fact."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from typing import Any

from thidua.plans.facts.header import read_header
from thidua.plans.facts.source import Source
from thidua.plans.fields import Field, fields_of, main_field, values_of
from thidua.plans.quoting import trim_span
from thidua.plans.read import read_text
from thidua.plans.reading import Fact
from thidua.vietnamese.dates import DateWords, find_dates
from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import normalise_line
from thidua.vietnamese.numbers import NUMBER, parse_number

# The part of a plan where the reader looks for a kind: words alone do not tell under which heading they stand.
_PARTS: Mapping[str, str] = {
    "periods": "Thời gian",
    "targets": "Chỉ tiêu",
    "subjects": "Đối tượng",
    "projects": "Công trình",
    "award_forms": "Hình thức khen thưởng",
    "criteria": "Tiêu chuẩn",
    "quotas": "Số lượng khen thưởng",
    "dossier": "Hồ sơ",
    "programme": "Chương trình",
    "tasks": "Tổ chức thực hiện",
    "deadlines": "Tổ chức thực hiện",
}
_TEXTS = ("text", "long")
_BULLET = re.compile(r"^(?:[-+•*]|\d{1,2}[.)]|[a-zđ][.)])\s+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGITS = re.compile(NUMBER)


def suggest(kind: str, raw: str, span: tuple[int, int], *, header_field: str | None = None) -> dict[str, Any]:
    """Values for the fields of `kind` as raw[span] tells them; only what it tells, {} where it is blank.

    The reader's own grammar reads the words as a clause of the part where such facts stand. Where it takes nothing,
    the words are the main text, and their first dates and numbers the values of such fields. A guess for a form:
    nothing is checked here.
    """
    start, end = trim_span(raw, span)
    words = _BULLET.sub("", " ".join(normalise_line(line, 0).text for line in raw[start:end].splitlines()).strip())
    if not words:
        return {}
    issued = _issued(raw)
    fact = _read_alone(kind, words, issued)
    values = values_of(fact) if fact else _told(kind, words.replace("|", " ").rstrip(" ;,."), issued, header_field)
    return {name: value for name, value in values.items() if value is not None}


@functools.lru_cache(maxsize=4)
def _issued(raw: str) -> datetime.date | None:
    """The plan's own day, which completes days without a year; read once while words of one plan are selected."""
    field = read_header(Source(raw)).date
    return datetime.date.fromisoformat(field.value) if field else None


def _read_alone(kind: str, words: str, issued: datetime.date | None) -> Fact | None:
    """The first fact of the kind in a small plan whose only clause is `words`."""
    if kind == "header":
        return None
    head = f"ngày {issued:%d} tháng {issued:%m} năm {issued:%Y}\nKẾ HOẠCH\nTổ chức thi đua\n\n" if issued else ""
    if kind == "legal_basis":
        before = head + "Căn cứ "
        words = re.sub(r"^Căn cứ\s+", "", words, flags=re.IGNORECASE)
    else:
        before = f"{head}I. {_PARTS.get(kind, 'Nội dung')}\n- "
    facts: tuple[Fact, ...] = getattr(read_text(before + words), kind)
    return next((fact for fact in facts if fact.span[1] > len(before)), None)


def _told(kind: str, words: str, issued: datetime.date | None, header_field: str | None) -> dict[str, Any]:
    """The words themselves and what is plain in them."""
    fields, main = fields_of(kind, header_field), main_field(kind)
    folded = fold(words)
    dates = find_dates(folded)
    year = issued.year if issued else None
    told: dict[str, Any] = {field.name: words for field in fields if field.name == main and field.shape in _TEXTS}
    told |= dict(zip(_names(fields, "day"), (date.within(year)[0] for date in dates), strict=False))
    told |= dict(zip(_names(fields, "partial_day"), (_partial(date, year) for date in dates), strict=False))
    left = _without(folded, dates)
    numbers = [parse_number(match.group()) for match in _DIGITS.finditer(left)]
    told |= dict(zip(_names(fields, "number"), numbers[:1], strict=False))
    told |= dict(zip(_names(fields, "whole"), (int(number) for number in numbers if number.is_integer()), strict=False))
    years = [int(match.group()) for match in _YEAR.finditer(folded)]
    told |= dict.fromkeys(_names(fields, "year"), years[0] if years else None)
    return told | dict.fromkeys(_names(fields, "years"), (years[0], years[-1]) if years else None)


def _names(fields: tuple[Field, ...], shape: str) -> list[str]:
    return [field.name for field in fields if field.shape == shape]


def _partial(date: DateWords, year: int | None) -> str | None:
    """As exact as the words; a quarter or a half year is its last day."""
    first, last = date.within(year)
    if first is None or last is None:
        return None
    exact = {"day": first.isoformat(), "month": f"{first:%Y-%m}", "year": f"{first:%Y}"}
    return exact.get(date.grain, last.isoformat())


def _without(folded: str, dates: list[DateWords]) -> str:
    for date in reversed(dates):
        folded = folded[: date.start] + " " + folded[date.end :]
    return folded
