"""A reading as JSON and TOML, and back again unchanged.

JSON is the contract (docs/reference/reading.md): every field and every list is there, what is not known is null.
TOML is the same for people's eyes and editors; it has no null, so what is not known is left out.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from typing import Any

import msgspec
import tomli_w

from thidua.errors import InvalidReadingError
from thidua.plans.reading import KINDS, Fact, Header, HeaderField, Reading

_PLACE = re.compile(r" - at `\$\.?(.*)`$")
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
# A reading written before these lists came has none of them.
_ADDED_LATER = frozenset({"conditions", "open_days"})
_PARTIAL_DATES = {"projects": ("by",), "anniversaries": ("origin", "date")}


def to_json(reading: Reading, *, indent: int = 0) -> bytes:
    """One JSON object in UTF-8; `indent` 0 puts it on one line."""
    line = msgspec.json.encode(reading)
    return msgspec.json.format(line, indent=indent) if indent else line


def from_json(data: bytes) -> Reading:
    """Raises InvalidReadingError where `data` is no JSON, or not a reading."""
    try:
        tree = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidReadingError("reading.malformed", format="JSON", detail=str(error)) from error
    return _to_reading(tree)


def to_toml(reading: Reading) -> str:
    tree = msgspec.to_builtins(reading, builtin_types=(datetime.date,))
    return tomli_w.dumps(_without_nulls(tree))


def from_toml(text: str | bytes) -> Reading:
    """Raises InvalidReadingError where `text` (bytes: UTF-8) is no TOML, or not a reading."""
    try:
        tree = tomllib.loads(text if isinstance(text, str) else text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidReadingError("reading.malformed", format="TOML", detail=str(error)) from error
    return _to_reading(tree)


def _without_nulls(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without_nulls(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list | tuple):
        return [_without_nulls(value) for value in tree]
    return tree


def _to_reading(tree: Any) -> Reading:
    if not isinstance(tree, dict):
        raise InvalidReadingError("reading.not_an_object")
    for name in ("header", *KINDS):
        if name not in tree and name not in _ADDED_LATER:
            raise InvalidReadingError("reading.missing_field", place=name)
    try:
        reading = msgspec.convert(tree, Reading)
    except msgspec.ValidationError as error:
        message = str(error)
        place = _PLACE.search(message)
        raise InvalidReadingError(
            "reading.wrong_value", place=place[1] if place else "", detail=_PLACE.sub("", message)
        ) from error
    _check_facts(reading)
    return reading


def _check_facts(reading: Reading) -> None:
    """What types alone do not say: words under every fact, spans and sureness in bounds, dates that are dates."""
    for name in Header.__struct_fields__:
        if isinstance(field := getattr(reading.header, name), HeaderField):
            _check_fact(field, f"header.{name}")
    for kind in KINDS:
        for index, fact in enumerate(getattr(reading, kind)):
            place = f"{kind}[{index}]"
            _check_fact(fact, place)
            for key in _PARTIAL_DATES.get(kind, ()):
                _check_partial_date(getattr(fact, key), f"{place}.{key}")
    for index, deadline in enumerate(reading.deadlines):
        if deadline.time is not None and not _TIME.fullmatch(deadline.time):
            raise InvalidReadingError("reading.wrong_time", place=f"deadlines[{index}].time", value=deadline.time)
    if reading.header.date:
        _check_partial_date(reading.header.date.value, "header.date.value")


def _check_fact(fact: Fact, place: str) -> None:
    if not fact.quote.strip():
        raise InvalidReadingError("reading.no_quote", place=f"{place}.quote")
    if not 0 <= fact.span[0] <= fact.span[1]:
        raise InvalidReadingError("reading.wrong_span", place=f"{place}.span", value=list(fact.span))
    if not 0 <= fact.sureness <= 1:
        raise InvalidReadingError("reading.wrong_sureness", place=f"{place}.sureness", value=fact.sureness)


def _check_partial_date(value: str | None, place: str) -> None:
    if value is not None and not _PARTIAL_DATE.fullmatch(value):
        raise InvalidReadingError("reading.wrong_date", place=place, value=value)
