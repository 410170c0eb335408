"""What a person may fill in for each kind of fact, and the fact made of it.

`FIELDS` follows the types of `thidua.plans.reading`: a field or a kind added there is here at once.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, NoneType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from thidua.errors import Fault, InvalidFactError, ThiduaError
from thidua.plans.reading import KINDS, Fact, Header, HeaderField, Reading, Relative
from thidua.plans.recurring import first_occurrence, parse_rule

Shape = Literal[
    "text",
    "long",
    "day",
    "partial_day",
    "number",
    "whole",
    "choice",
    "flag",
    "year",
    "years",
    "rule",
    "relative",
    "clock",
]
Values = Mapping[str, Any]


class Field(Struct, frozen=True, kw_only=True):
    """One value of a fact. `name` is the attribute's; a `required` one may not be left blank.

    By `shape` a value is: str (text, long, choice), a `datetime.date` or its ISO form (day), "2025", "2025-09" or
    "2025-09-30" (partial_day), float (number), int from 0 on (whole), a calendar year (year), bool (flag), first
    and last year (years), an iCalendar RRULE (rule), "HH:MM" (clock), a `Relative` or its values by name (relative;
    `RELATIVE_FIELDS`). None is what the plan does not tell.
    """

    name: str
    shape: Shape
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None


# What a `str` or an `int` holds is not told by its type.
_OWN_SHAPES: Mapping[tuple[str, str], Shape] = {
    ("Anniversary", "date"): "partial_day",
    ("Anniversary", "origin"): "partial_day",
    ("Condition", "text"): "long",
    ("Condition", "year"): "year",
    ("Criterion", "text"): "long",
    ("Deadline", "recurrence"): "rule",
    ("Deadline", "time"): "clock",
    ("Deadline", "what"): "long",
    ("Project", "by"): "partial_day",
    ("Subject", "text"): "long",
    ("Task", "text"): "long",
}
_SHAPES: Mapping[Any, Shape] = {
    str: "text",
    bool: "flag",
    int: "whole",
    float: "number",
    datetime.date: "day",
    tuple[int, int]: "years",
    Relative: "relative",
}
_HEADER_SHAPES: Mapping[str, Shape] = {"date": "day", "date_partial": "partial_day", "title": "long"}


def _fields(struct: type[Struct]) -> tuple[Field, ...]:
    infos = msgspec.structs.fields(struct)
    return tuple(_field(struct.__name__, info) for info in infos if info.name not in Fact.__struct_fields__)


def _field(struct: str, info: msgspec.structs.FieldInfo) -> Field:
    hints = get_args(info.type) if NoneType in get_args(info.type) else (info.type,)
    hint = next(hint for hint in hints if hint is not NoneType)
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    return Field(
        name=info.name,
        shape="choice" if choices else _OWN_SHAPES.get((struct, info.name), _SHAPES[hint]),
        required=NoneType not in hints and hint is not bool,
        choices=choices,
        default=None if info.required else info.default,
    )


STRUCTS: Mapping[str, type[Fact]] = MappingProxyType(
    {"header": HeaderField}
    | {info.name: get_args(info.type)[0] for info in msgspec.structs.fields(Reading) if info.name in KINDS}
)
FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType({kind: _fields(struct) for kind, struct in STRUCTS.items()})
RELATIVE_FIELDS = _fields(Relative)
"""The values of a relative deadline; its `days` may be negative, unlike other whole numbers."""
HEADER_FIELDS: tuple[str, ...] = tuple(name for name in Header.__struct_fields__ if name != "draft")


def fields_of(kind: str, header_field: str | None = None) -> tuple[Field, ...]:
    """The fields of a kind; the one of a header field has that field's shape. KeyError where there is no such kind."""
    if kind == "header":
        return (Field(name="value", shape=_HEADER_SHAPES.get(header_field or "", "text"), required=True),)
    return FIELDS[kind]


def main_field(kind: str) -> str:
    """The field that says what a fact is: its first text, a required one before others."""
    texts = [field for field in FIELDS[kind] if field.shape in ("text", "long")]
    return min(texts, key=lambda field: not field.required).name


def values_of(fact: Fact) -> dict[str, Any]:
    """What the fact says, without its words and its sureness."""
    own = (name for name in fact.__struct_fields__ if name not in Fact.__struct_fields__)
    return {name: getattr(fact, name) for name in own}


def build_fact(kind: str, values: Values, *, raw: str, span: tuple[int, int], header_field: str | None = None) -> Fact:
    """A fact as a person says it, standing on raw[span]; what `values` leave out is not told. Its sureness is 1.

    Raises InvalidFactError with all faults at once, TypeError where `values` name a field that the kind has not.
    """
    kept, faults = _read(fields_of(kind, header_field), values, kind)
    start, end = span
    if not (0 <= start < end <= len(raw) and raw[start:end].strip()):
        faults.append(Fault("quote", "fact.no_words", {}))
    if faults:
        raise InvalidFactError(*faults)
    return _make(kind, kept, raw[start:end], (start, end))


def change_fact(kind: str, fact: Fact, values: Values, *, header_field: str | None = None) -> Fact:
    """`fact` on the same words with other values (all of them given). Its sureness is 1. Raises as `build_fact`."""
    kept, faults = _read(fields_of(kind, header_field), values, kind)
    if faults:
        raise InvalidFactError(*faults)
    return _make(kind, kept, fact.quote, fact.span)


def _make(kind: str, kept: dict[str, Any], quote: str, span: tuple[int, int]) -> Fact:
    if kind == "header" and isinstance(day := kept["value"], datetime.date):
        kept = {"value": day.isoformat()}
    return STRUCTS[kind](quote=quote, span=span, **kept)


def _read(fields: tuple[Field, ...], values: Values, kind: str) -> tuple[dict[str, Any], list[Fault]]:
    """The values that can stand, and what is wrong with the others and with all of them together."""
    if unknown := values.keys() - {field.name for field in fields}:
        raise TypeError(f"{kind} has no {', '.join(sorted(unknown))}")
    kept: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in fields:
        try:
            kept[field.name] = _value(field, values.get(field.name, field.default))
        except ThiduaError as error:
            faults.append(Fault(field.name, error.code, error.params))
    wrong = {fault.field for fault in faults}
    together = _TOGETHER.get(kind, _nothing_together)(kept)
    return kept, faults + [fault for fault in together if fault.field not in wrong]


def _value(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        if field.required:
            raise ThiduaError("fact.missing")
        return field.default
    return _READERS[field.shape](field, value)


def _text(_field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise ThiduaError("fact.not_text", value=str(value))
    return value


def _day(_field: Field, value: Any) -> datetime.date:
    try:
        return value if type(value) is datetime.date else datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ThiduaError("fact.not_a_day", value=str(value)) from error


_PARTIAL_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


def _partial_day(_field: Field, value: Any) -> str:
    try:
        if not _PARTIAL_DAY.fullmatch(value):
            raise ValueError(value)
        datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except (TypeError, ValueError) as error:
        raise ThiduaError("fact.not_a_partial_day", value=str(value)) from error
    return str(value)


def _number(_field: Field, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ThiduaError("fact.not_a_number", value=str(value))
    return float(value)


def _whole(_field: Field, value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ThiduaError("fact.not_whole", value=str(value))
    return value


def _choice(field: Field, value: Any) -> str:
    if value not in field.choices:
        raise ThiduaError("fact.not_a_choice", value=str(value), choices=field.choices)
    return str(value)


def _flag(_field: Field, value: Any) -> bool:
    return bool(value)


def _year(_field: Field, value: Any) -> int:
    if type(value) is not int or not 1900 <= value <= 2100:
        raise ThiduaError("fact.not_a_year", value=str(value))
    return value


def _years(_field: Field, value: Any) -> tuple[int, int]:
    try:
        first, last = value
        if not (type(first) is type(last) is int and 1900 <= first <= 2100 and 1900 <= last <= 2100):
            raise ValueError(value)
    except (TypeError, ValueError) as error:
        raise ThiduaError("fact.not_years", value=str(value)) from error
    if first > last:
        raise ThiduaError("fact.years_order", first=str(first), last=str(last))
    return first, last


_RULE = re.compile(r"FREQ=[A-Z]+(?:;[A-Z]+=[-+A-Z0-9,]+)*;?")
# Any day: it begins eight years with two leap days in them.
_FROM = datetime.date(2024, 1, 1)


def _rule(_field: Field, value: Any) -> str:
    """A rule that `recurring.first_occurrence` takes and that names a day at all."""
    try:
        if not _RULE.fullmatch(value):
            raise ValueError(value)
        days = ";".join(f"{name}={part}" for name, part in parse_rule(value).items() if name != "UNTIL")
        first = first_occurrence(days, _FROM)
    except (TypeError, ValueError, IndexError) as error:
        raise ThiduaError("fact.not_a_rule", value=str(value)) from error
    if first is None:
        raise ThiduaError("fact.rule_without_day", value=value)
    return str(value)


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _clock(_field: Field, value: Any) -> str:
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise ThiduaError("fact.not_a_clock", value=str(value))
    return value


def _relative(_field: Field, value: Any) -> Relative | None:
    """None where neither the count nor the event is told."""
    if isinstance(value, Relative):
        value = {name: getattr(value, name) for name in Relative.__struct_fields__}
    if unknown := value.keys() - set(Relative.__struct_fields__):
        raise TypeError(f"relative has no {', '.join(sorted(unknown))}")
    days, event = value.get("days"), (value.get("from_") or "").strip() or None
    unit: Any = value.get("unit") or "day"
    if days is not None and type(days) is not int:
        raise ThiduaError("fact.not_a_count", value=str(days))
    if unit not in ("day", "working_day"):
        raise ThiduaError("fact.not_a_choice", value=str(unit), choices=["day", "working_day"])
    return Relative(days=days, unit=unit, from_=event) if days is not None or event else None


_READERS: Mapping[Shape, Callable[[Field, Any], Any]] = {
    "text": _text,
    "long": _text,
    "day": _day,
    "partial_day": _partial_day,
    "number": _number,
    "whole": _whole,
    "choice": _choice,
    "flag": _flag,
    "year": _year,
    "years": _years,
    "rule": _rule,
    "relative": _relative,
    "clock": _clock,
}


def _nothing_together(_kept: Values) -> Iterator[Fault]:
    return iter(())


def _period(kept: Values) -> Iterator[Fault]:
    start, end = kept.get("start"), kept.get("end")
    if start and end and start > end:
        yield Fault("end", "fact.end_before_start", {"start": start, "end": end})


def _target(kept: Values) -> Iterator[Fault]:
    op, low, high = kept.get("op"), kept.get("value"), kept.get("value_max")
    if op == "range":
        if low is None:
            yield Fault("value", "fact.range_without_bound", {})
        if high is None:
            yield Fault("value_max", "fact.range_without_bound", {})
        if low is not None and high is not None and low > high:
            yield Fault("value_max", "fact.range_order", {"low": low, "high": high})
    elif high is not None:
        yield Fault("value_max", "fact.bound_without_range", {"high": high})


def _anniversary(kept: Values) -> Iterator[Fault]:
    origin, kept_on = kept.get("origin"), kept.get("date")
    # ISO forms compare as far as both are exact.
    if origin and kept_on and origin[: len(kept_on)] > kept_on[: len(origin)]:
        yield Fault("date", "fact.date_before_origin", {"origin": origin, "date": kept_on})


def _condition(kept: Values) -> Iterator[Fault]:
    year = kept.get("year")
    if year is not None and kept.get("kind") not in (None, "floor"):
        yield Fault("year", "fact.year_without_floor", {"value": str(year)})


_TOGETHER: Mapping[str, Callable[[Values], Iterator[Fault]]] = {
    "periods": _period,
    "targets": _target,
    "anniversaries": _anniversary,
    "conditions": _condition,
}
