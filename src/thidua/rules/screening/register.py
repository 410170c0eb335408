"""A register in columns: one row a person, and a long table for each kind of fact.

The names are those of `thidua.rules.facts`. What a table leaves out has the value that the fact has by default; a
table without `inherited` holds nothing inherited, and is counted faster.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeAlias

import polars as pl
from msgspec import structs

from thidua.rules.facts import LEVELS, SCOPES, Facts

Frame: TypeAlias = pl.DataFrame | pl.LazyFrame

LEVEL, SCOPE = pl.Enum(LEVELS), pl.Enum(SCOPES)
VALUE = pl.Decimal(38, 4)
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "ratings": {"year": pl.Int32, "level": LEVEL, "track": pl.String},
    "honours": {"award": pl.String, "year": pl.Int32, "merit": pl.String, "deed": pl.String},
    "works": {"kind": pl.String, "year": pl.Int32, "scope": SCOPE, "used_for": pl.String},
    "spells": {"kind": pl.String, "since": pl.Date, "until": pl.Date, "form": pl.String, "cleared": pl.Boolean},
    "answers": {"question": pl.String, "yes": pl.Boolean, "year": pl.Int32},
    "measures": {"key": pl.String, "value": VALUE, "year": pl.Int32},
}
_DEFAULTS: Mapping[str, Any] = {
    "track": "state", "merit": "", "deed": "", "scope": "base", "used_for": "", "until": None, "form": "",
    "cleared": False, "year": None,
}  # fmt: skip
_ORDERED = {"level": LEVEL, "scope": SCOPE, "value": VALUE}
TABLES = tuple(_SHAPES)


class Register:
    """`people`: `id`, `subject`, `groups` (a list, null where not known), `complete.honours` and so on (a year).

    The other tables refer to `id` as `person`; a year and track has one rating, a question or key and year one row.
    Frames may be lazy, over files larger than memory; what is not lazy gets its types here, once. Text may be
    categorical. Raises ValueError for a table or a column that is missing, Polars its own for a level there is not.
    """

    def __init__(self, people: Frame, **tables: Frame) -> None:
        if unknown := tables.keys() - _SHAPES.keys():
            raise ValueError(f"no such tables: {', '.join(sorted(unknown))}")
        self.people = _people(people).lazy()
        self._rows = {name: _rows(name, frame).lazy() for name, frame in tables.items()}
        self._columns = {name: frozenset(frame.collect_schema().names()) for name, frame in self._rows.items()}
        self.known = frozenset(
            name.removeprefix("complete.")
            for name in self.people.collect_schema().names()
            if name.startswith("complete.")
        )

    def has(self, table: str) -> bool:
        return table in self._rows

    def rows(self, table: str) -> pl.LazyFrame:
        """Empty where the register has no such table."""
        if table in self._rows:
            return self._rows[table]
        return (
            self.people.select(pl.col("id").alias("person"))
            .head(0)
            .with_columns(pl.lit(None, kind).alias(name) for name, kind in _SHAPES[table].items())
        )

    def has_inherited(self, table: str) -> bool:
        return "inherited" in self._columns.get(table, ())


def _people(frame: Frame) -> Frame:
    there = frame.collect_schema().names()
    if "id" not in there:
        raise ValueError("people have no id")
    added = {"subject": pl.lit("individual"), "groups": pl.lit(None, pl.List(pl.String))}
    return frame.with_columns(**{name: value for name, value in added.items() if name not in there})


def _rows(table: str, frame: Frame) -> Frame:
    """With what was left out, and with the columns that have an order in that order; nothing else is touched."""
    there = frame.collect_schema()
    missing = [name for name in ("person", *_SHAPES[table]) if name not in there and name not in _optional(table)]
    if missing:
        raise ValueError(f"{table} without {', '.join(missing)}")
    added = {name: pl.lit(_DEFAULTS[name], kind) for name, kind in _SHAPES[table].items() if name not in there}
    ordered = {
        name: pl.col(name).cast(kind) for name, kind in _ORDERED.items() if name in there and there[name] != kind
    }
    return frame.with_columns(**added, **ordered)


def _optional(table: str) -> frozenset[str]:
    """A year may be left out only where it need not be known."""
    dated = table in {"answers", "measures"}
    return frozenset(_DEFAULTS) - (frozenset() if dated else {"year"})


def register_of(people: Iterable[tuple[Hashable, Facts]]) -> Register:
    """A register of records, for few people: ids are numbers or texts, each once."""
    known = list(people)
    kinds = sorted({kind for _, facts in known for kind in facts.complete})
    listed = {
        "id": [person for person, _ in known],
        "subject": [facts.subject for _, facts in known],
        "groups": pl.Series([_listed(facts.groups) for _, facts in known], dtype=pl.List(pl.String)),
        **{f"complete.{kind}": pl.Series([f.complete.get(kind) for _, f in known], dtype=pl.Int32) for kind in kinds},
    }
    frame = pl.DataFrame(listed)
    return Register(frame, **{table: _table(table, known, frame.schema["id"]) for table in TABLES})


def _listed(groups: frozenset[str] | None) -> list[str] | None:
    return None if groups is None else sorted(groups)


def _table(table: str, people: list[tuple[Hashable, Facts]], id_type: pl.DataType) -> pl.DataFrame:
    shape = {"person": id_type, **_SHAPES[table], "inherited": pl.Boolean}
    rows = [(person, structs.asdict(row)) for person, facts in people for row in getattr(facts, table)]
    columns = {name: [row[name] for _, row in rows] for name in shape if name != "person"}
    return pl.DataFrame({"person": [person for person, _ in rows], **columns}, schema=shape)
