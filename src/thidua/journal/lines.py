"""A line of the journal as a value, its canonical bytes and its seal."""

from __future__ import annotations

import datetime
import hmac
import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

# Stands in the sealed bytes: lines of another form can never pass for lines of this one.
_FORM = "thidua-journal-1"


class Line(Struct, frozen=True, kw_only=True):
    """One act. `number` counts from 1 without gaps; `at` is an instant with its zone.

    `actor` and `on_behalf_of` are numbers of accounts (None: the system itself), `unit` the number of the unit in
    whose name it was done, `subject_kind` and `subject_key` say on what. `details` hold what JSON holds.
    """

    number: int
    at: datetime.datetime
    act: str
    actor: int | None = None
    on_behalf_of: int | None = None
    unit: int | None = None
    subject_kind: str = ""
    subject_key: str = ""
    details: Mapping[str, Any] = {}


class Sealed(Struct, frozen=True):
    """A line as it was stored, with its seal (64 hexadecimal digits)."""

    line: Line
    seal: str


class Head(Struct, frozen=True):
    """How far a journal reaches: how many lines, and the seal of the last. Kept apart from the lines."""

    count: int
    seal: str


START = Head(0, "")


def seal(line: Line, previous: str, key: bytes, *, number: int | None = None) -> str:
    """The seal of a line that stands behind the one sealed `previous` ("" for the first line).

    `number` seals it as that line instead of the number it bears. Raises ValueError, TypeError as `canonical` does,
    and ValueError where the key is shorter than 32 bytes.
    """
    if len(key) < 32:
        raise ValueError("a journal key has 32 bytes or more")
    return hmac.digest(key, previous.encode("ascii") + b"\n" + canonical(line, number=number), "sha256").hex()


def canonical(line: Line, *, number: int | None = None) -> bytes:
    """The same bytes for the same line, whatever database or program kept it.

    Text is composed (NFC), the instant is told in UTC to the microsecond, a number without fraction is an integer,
    keys are sorted. Raises ValueError for an instant without zone, a number that is none, keys that are one when
    composed, a lone surrogate; TypeError for what JSON does not hold.
    """
    if line.at.tzinfo is None:
        raise ValueError("the instant of a journal line has no time zone")
    values = (
        _FORM,
        line.number if number is None else number,
        line.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        line.actor,
        line.on_behalf_of,
        line.unit,
        line.act,
        line.subject_kind,
        line.subject_key,
        line.details,
    )
    plain = [_plain(value) for value in values]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _plain(value: Any) -> Any:
    """JSON values with one spelling each: databases give 1 for 1.0, programs lists for tuples."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number in a journal line is not finite")
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"JSON holds no {type(value).__name__}")


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    if not all(isinstance(key, str) for key in value):
        raise TypeError("keys in a journal line are text")
    plain = {_plain(key): _plain(item) for key, item in value.items()}
    if len(plain) != len(value):
        raise ValueError("two keys of a journal line are one when composed")
    return plain
