"""Hypothesis strategies for the core's records, built from their own field types."""

from __future__ import annotations

import datetime
import functools
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from thidua.plans.reading import Fact, Reading

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip)
SPANS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(lambda pair: tuple(sorted(pair)))
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
PARTIAL_DATES = DAYS.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", day.isoformat()]))


@functools.cache  # looked through once, not at every draw
def readings() -> st.SearchStrategy[Reading]:
    return _of(inspect.type_info(Reading), None)


def _of(kind: inspect.Type, shape: st.SearchStrategy[str] | None) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            parts = {field.name: _of(field.type, _SHAPES.get((cls.__name__, field.name), shape)) for field in fields}
            if issubclass(cls, Fact):
                parts |= {"quote": WORDS, "span": SPANS, "sureness": st.floats(0, 1)}
            return st.builds(cls, **parts)
        case inspect.UnionType(types=types):
            return st.one_of(*(_of(one, shape) for one in types))
        case inspect.LiteralType(values=values):
            return st.sampled_from(sorted(values))
        case inspect.VarTupleType(item_type=item):
            return st.lists(_of(item, shape), max_size=2).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(_of(item, shape) for item in items))
    return shape if shape is not None and isinstance(kind, inspect.StrType) else _PLAIN[type(kind)]


_PLAIN: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.NoneType: st.none(),
    inspect.BoolType: st.booleans(),
    inspect.IntType: st.integers(0, 5_000),
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.StrType: st.text(st.characters(codec="utf-8"), max_size=40),
    inspect.DateType: DAYS,
}

_SHAPES: dict[tuple[str, str], st.SearchStrategy[str]] = {
    ("Project", "by"): PARTIAL_DATES,
    ("Anniversary", "origin"): PARTIAL_DATES,
    ("Anniversary", "date"): PARTIAL_DATES,
    ("Header", "date"): PARTIAL_DATES,
    ("Deadline", "time"): TIMES,
}
