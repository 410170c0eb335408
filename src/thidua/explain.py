"""Sentences for codes: one catalogue (messages/*.toml), Vietnamese first, English second.

A catalogue entry is `[code]` with `vi` and `en`, each a `str.format` template. Dates are written 09/10/2024, numbers
1.234,5 in Vietnamese and 1,234.5 in English, lists with commas, what is given by language (`{"vi": …, "en": …}`) in
that language. A finding takes the sentence of its own outcome, `[code.met]`, `[code.not_met]` or `[code.unknown]`,
where the catalogue has one.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from thidua.findings import Finding

LANGUAGES = ("vi", "en")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def say(code: str, params: Mapping[str, Any], language: str = "vi") -> str:
    """The sentence for a code. Raises KeyError where the catalogue lacks the code or `params` a placeholder."""
    template = catalogue()[code][language]
    return template.format_map({key: _in_words(value, language) for key, value in params.items()})


def sentence(finding: Finding, language: str = "vi") -> str:
    """What is wrong, why, and what to do."""
    own = f"{finding.code}.{finding.outcome}"
    return say(own if own in catalogue() else finding.code, finding.params, language)


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All templates by code. Raises ValueError where two files define one code."""
    entries: dict[str, Mapping[str, str]] = {}
    for file in files("thidua").joinpath("messages").iterdir():
        if not file.name.endswith(".toml"):
            continue
        for code, entry in _entries(tomllib.loads(file.read_text("utf-8"))):
            if code in entries:
                raise ValueError(f"{file.name}: {code} is already in the catalogue")
            entries[code] = entry
    return entries


def _entries(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Codes of nested tables: `[form.ending]` and `["form.ending"]` are the same code."""
    texts = {key: value for key, value in tree.items() if isinstance(value, str)}
    if texts:
        yield prefix, texts
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _entries(value, f"{prefix}.{key}" if prefix else key)


def _in_words(value: Any, language: str) -> str:
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        raise TypeError("a yes or no has no words of its own: use two codes")
    if isinstance(value, int | float | Decimal):
        return _number(value, language)
    if isinstance(value, Mapping):
        return str(value[language])
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(item, language) for item in value)
    day = _ISO_DAY.fullmatch(str(value))
    return f"{day[3]}/{day[2]}/{day[1]}" if day else str(value)


def _number(value: float | Decimal, language: str) -> str:
    if isinstance(value, Decimal):
        text = f"{value:,f}"  # decimals as they are given: 9,50 points are not 9,5
    else:
        text = f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text
