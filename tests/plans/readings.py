"""Readings for tests: made from labels, so that checks can be tried without the reader; and the reader's, each once."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

import msgspec

from thidua.plans.read import read_text
from thidua.plans.reading import KINDS, Header, Reading

_HEADER = tuple(name for name in Header.__struct_fields__ if name != "draft")


@functools.cache
def read_once(text: str) -> Reading:
    """What the reader reads, once a run: the same plans under the same noises are measured, and checked."""
    return read_text(text)


def reading_of(labels: dict[str, Any], text: str) -> Reading:
    """`labels` as in the labelled plans: plain header values, recipients as strings, `relative` perhaps just true."""
    tree: dict[str, Any] = {"header": _header(labels.get("header", {}), text)}
    for kind in KINDS:
        tree[kind] = [_fact(item, text) for item in labels.get(kind, [])]
    return msgspec.convert(tree, Reading)


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Where the words stand; white space and letter case may differ."""
    words = [re.escape(word) for word in quote.split()]
    match = re.search(r"[\s*|]+".join(words), text, re.IGNORECASE) if words else None
    return match.span() if match else None


def _header(header: dict[str, Any], text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"draft": bool(header.get("draft"))}
    for name in _HEADER:
        value = header.get(name)
        if value is not None:
            start, end = find_quote(_as_written(name, value), text) or _first_words(text)
            fields[name] = {"value": value, "quote": text[start:end], "span": (start, end)}
    return fields


def _as_written(name: str, value: str) -> str:
    if name == "date" and (match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)):
        return f"năm {match[1]}"
    return value


def _fact(item: Any, text: str) -> dict[str, Any]:
    if isinstance(item, str):
        item = {"name": item, "quote": item}
    fact = {key: value for key, value in item.items() if key not in {"optional", "recurrence_words", "co_signer"}}
    if not isinstance(fact.get("relative"), dict):
        fact.pop("relative", None)
        fact |= {"relative": {}} if item.get("relative") else {}
    quote = fact.get("quote") or fact.get("name") or fact["what"]
    span = find_quote(quote, text) or find_quote(unicodedata.normalize("NFC", quote), text)
    if span is None:
        raise ValueError(f"words not in the text: {quote}")
    return {**fact, "quote": text[slice(*span)], "span": span}


def _first_words(text: str) -> tuple[int, int]:
    match = re.search(r"\S.*", text)
    return match.span() if match else (0, 0)
