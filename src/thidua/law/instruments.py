"""Instruments that plans cite, and the days on which each is in force (instruments.toml)."""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Instrument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until` is the last day in force; a date that is None is not known.

    `names` are folded ways to cite the instrument without its number. `self_expiry`: it ends by itself on that day,
    replaced or not. `transition` says which rule a case keeps that is under way when the instrument comes or goes.
    """

    number: str
    type: str
    title: str
    issuer: str
    source: str
    names: tuple[str, ...] = ()
    signed: datetime.date | None = None
    in_force: datetime.date | None = None
    until: datetime.date | None = None
    replaced_by: str | None = None
    self_expiry: bool = False
    amended_by: tuple[str, ...] = ()
    transition: str = ""
    verified: bool = False

    @property
    def citation(self) -> str:
        return f"{self.type} số {self.number}"

    def ruled_on(self, on: datetime.date) -> bool | None:
        """Whether it was in force on a day; None where its first day is not known."""
        if self.until is not None and on > self.until:
            return False
        return None if self.in_force is None else self.in_force <= on


@cache
def instruments() -> tuple[Instrument, ...]:
    tree = tomllib.loads(files(__package__).joinpath("instruments.toml").read_text("utf-8"))
    return msgspec.convert(tree["instrument"], tuple[Instrument, ...])


def replaced_by(number: str) -> tuple[Instrument, ...]:
    """What this instrument took the place of."""
    return tuple(instrument for instrument in instruments() if instrument.replaced_by == number)


def find_instrument(number: str, *, year: int | None = None) -> Instrument | None:
    """The instrument of this number and symbol.

    `year` is that of the date written with the number: "39/CT-TTg" begins anew every year, "152/2025/NĐ-CP" does not.
    """
    number = "".join(number.split()).casefold()
    for instrument in instruments():
        if instrument.number.casefold() == number and (_holds_year(number) or _signed_in(instrument, year)):
            return instrument
    return None


def _holds_year(number: str) -> bool:
    return re.search(r"/(19|20)\d\d/", number) is not None


def _signed_in(instrument: Instrument, year: int | None) -> bool:
    return instrument.signed is not None and instrument.signed.year == year
