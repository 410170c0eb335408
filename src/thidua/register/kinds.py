"""The kinds of list that come in as workbooks, with their columns (kinds.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import msgspec
from msgspec import Struct

from thidua.vietnamese.folding import search_key

CellType = Literal["text", "name", "code", "codes", "date", "date_or_year", "year", "choice", "flag", "identity"]
KINDS = ("units", "people", "households", "ratings", "awards", "reforms")


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    label: str
    also: tuple[str, ...] = ()


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column: see the head of kinds.toml. `choices` are in the order in which they are offered."""

    key: str
    header: str
    type: CellType
    hint: str
    example: str
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    required: bool = False
    sensitive: bool = False
    past: bool = False
    longest: int = 400
    digits: tuple[int, ...] = ()


When = dict[str, tuple[str, ...]]


class Unique(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No two rows are alike in all these columns. `sure` False: such rows are only asked about."""

    columns: tuple[str, ...]
    sure: bool = True


class Agree(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows alike in `key` are alike in `on`, as far as both say it."""

    key: str
    on: tuple[str, ...]


class Needs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    one_of: tuple[str, ...]
    when: When = {}


class Blank(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    columns: tuple[str, ...]
    when: When = {}


class Single(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of several codes has but one."""

    column: str
    when: When = {}


class Order(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    first: str
    last: str


class SheetKind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One kind of list: the sheet's name and title, its columns in order, and rules over more than one cell."""

    kind: str
    sheet: str
    title: str
    column: tuple[Column, ...]
    unique: tuple[Unique, ...] = ()
    agree: tuple[Agree, ...] = ()
    needs: tuple[Needs, ...] = ()
    blank: tuple[Blank, ...] = ()
    single: tuple[Single, ...] = ()
    order: tuple[Order, ...] = ()
    ignored: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.column}

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Keys of the columns that are shown to few, sealed at rest and masked in every finding."""
        return frozenset(column.key for column in self.column if column.sensitive)

    @cached_property
    def headers(self) -> dict[str, Column | None]:
        """Every spelling of a header (see `header_key`); None for columns that are passed over."""
        known: dict[str, Column | None] = {header_key(name): None for name in self.ignored}
        return known | {header_key(name): column for column in self.column for name in (column.header, *column.also)}


def header_key(text: str) -> str:
    """A header as it is compared: folded words without signs; what stands in brackets counts only if it is all."""
    key = search_key(text)
    short = re.sub(r"\([^)]*\)?", " ", key)
    return " ".join(re.findall(r"\w+", short)) or " ".join(re.findall(r"\w+", key))


@cache
def sheet_kinds() -> dict[str, SheetKind]:
    """All kinds by name, in the order in which an office fills them."""
    tree = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return {kind: _kind(kind, tree) for kind in KINDS}


def _kind(kind: str, tree: dict[str, Any]) -> SheetKind:
    columns = [
        column | ({"choices": tree["choices"][column["choices"]]} if "choices" in column else {})
        for column in tree[kind]["column"]
    ]
    return msgspec.convert(tree[kind] | {"kind": kind, "column": columns, "ignored": tree["ignored"]}, SheetKind)
