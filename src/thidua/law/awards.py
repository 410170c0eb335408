"""Titles and awards by code: their names, whom they are given to, who decides (awards.toml)."""

from __future__ import annotations

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from thidua.law.criteria import Mark, Subject
from thidua.vietnamese.folding import fold

Kind = Literal["title", "commendation"]
Level = Literal["state", "government", "province", "base"]


class Name(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an award is called from a day on, as it is printed."""

    name: str
    since: datetime.date
    source: str = ""


class Decider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who decides from a day on; `instrument` and `place` say where that stands."""

    by: str
    since: datetime.date
    place: str
    instrument: str = "06/2022/QH15"
    source: str = ""


class Award(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kind` tells a title (danh hiệu thi đua) from a commendation (hình thức khen thưởng): never mixed.

    `printed` is the name with the quotation marks that the law gives it, `short` what desks write, `place` where the
    law defines it, `decided_by` who decides and `decided_in` the clause that says so; `names` and `decided_later` hold
    what changed since. `in_province` is what papers within a province call it, {province} being its committee.
    `folded` are the ways to write it, patterns over folded words.
    """

    code: str
    kind: Kind
    level: Level
    name: str
    printed: str = ""
    in_province: str = ""
    short: str = ""
    subjects: tuple[Subject, ...]
    place: str
    decided_by: str
    decided_in: str
    names: tuple[Name, ...] = ()
    decided_later: tuple[Decider, ...] = ()
    folded: tuple[str, ...] = ()
    mark: Mark = "verified"
    source: str = "Toàn văn Luật 06/2022/QH15"

    def name_on(self, on: datetime.date, *, province: str = "") -> str:
        """The name in force on a day: some changed when districts ended. Under a province's committee ("Ủy ban nhân dân
        tỉnh Minh Giang") by its name, where the law has one name for what ministries and provinces give.
        """
        if province and self.in_province:
            return self.in_province.format(province=province)
        earlier = [entry for entry in self.names if entry.since <= on]
        return max(earlier, key=lambda entry: entry.since).name if earlier else self.name

    def decided_on(self, on: datetime.date) -> Decider:
        """Who decides on a day: powers of districts went to communes."""
        first = Decider(by=self.decided_by, since=_LAW_SINCE, place=self.decided_in)
        earlier = [entry for entry in self.decided_later if entry.since <= on]
        return max(earlier, key=lambda entry: entry.since, default=first)


_LAW_SINCE = datetime.date(2024, 1, 1)


@cache
def awards() -> Mapping[str, Award]:
    """By code, in the order of the law."""
    return {award.code: award for award in msgspec.convert(_tree()["award"], tuple[Award, ...])}


def find_award(text: str, *, granted_by: str = "") -> Award | None:
    """The award that a register or a plan writes; accents, case and punctuation do not matter.

    `granted_by` is who gives it, where that stands apart: "Bằng khen" alone says too little. None where no award is
    named ("Cờ thi đua" of whom?), or more than one ("hạng Nhất, hạng Nhì").
    """
    named = _named(f"{text} của {granted_by}") if granted_by else frozenset()
    codes = named if len(named) == 1 else _named(text)
    return awards()[next(iter(codes))] if len(codes) == 1 else None


def _named(text: str) -> frozenset[str]:
    """Codes of all awards named, without those within the longer name of another."""
    words = _words(text)
    found = {(match.span(), code) for code, pattern in _patterns() for match in pattern.finditer(words)}
    spans = {span for span, _ in found}
    return frozenset(code for span, code in found if not any(_within(span, other) for other in spans))


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _words(text: str) -> str:
    """Folded words with single spaces, i for y where spelling wavers: "chiến sỹ", "kỉ niệm chương"."""
    letters = re.sub(r"[^0-9a-z]+", " ", fold(unicodedata.normalize("NFC", text)))
    return re.sub(r"\b(s|k)y\b", r"\1i", letters).strip()


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    shared = _tree()["words"]
    for award in awards().values():
        ways = "|".join(f"(?:{_filled(way, shared)})" for way in award.folded)
        yield award.code, re.compile(rf"\b(?:{ways})\b")


def _filled(way: str, shared: Mapping[str, str]) -> str:
    """A pattern with the shared parts, `{tinh}`, written out."""
    return re.sub(r"\{(\w*[a-z]\w*)\}", lambda match: _filled(shared[match[1]], shared), way)


@cache
def _tree() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("awards.toml").read_text("utf-8"))
