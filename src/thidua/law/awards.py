"""Titles and awards by code: their names, whom they are given to, who decides (awards.toml)."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from thidua.law.criteria import Mark, Subject

Kind = Literal["title", "commendation"]
Level = Literal["state", "government", "province", "base"]


class Name(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an award is called from a day on, as it is printed."""

    name: str
    since: datetime.date


class Award(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kind` tells a title (danh hiệu thi đua) from a commendation (hình thức khen thưởng): never mixed.

    `printed` is the name with the quotation marks that the law gives it, `short` what desks write, `place` where the
    law defines it, `decided_by` who decides and `decided_in` the clause that says so.
    """

    code: str
    kind: Kind
    level: Level
    name: str
    printed: str = ""
    short: str = ""
    subjects: tuple[Subject, ...]
    place: str
    decided_by: str
    decided_in: str
    names: tuple[Name, ...] = ()
    folded: tuple[str, ...] = ()
    mark: Mark = "verified"
    source: str = ""

    def name_on(self, on: datetime.date) -> str:
        """The name in force on a day: some changed when districts ended."""
        earlier = [entry for entry in self.names if entry.since <= on]
        return max(earlier, key=lambda entry: entry.since).name if earlier else self.name


@cache
def awards() -> Mapping[str, Award]:
    """By code, in the order of the law."""
    tree = tomllib.loads(files(__package__).joinpath("awards.toml").read_text("utf-8"))
    return {award.code: award for award in msgspec.convert(tree["award"], tuple[Award, ...])}
