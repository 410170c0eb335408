"""What a demand is read in, and how numbers of it are written as data."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from thidua.law.criteria import Criterion
from thidua.rules.facts import Track
from thidua.rules.plan_words.years import Years

Rank = Literal["central", "province", "district", "unit"]


class Frame(Struct, frozen=True, kw_only=True):
    """What a demand is read in: the track of its ratings, who runs the plan's blocs, the ratings named before it.

    `judge` makes a question for a person out of folded words.
    """

    judge: Callable[[str], Criterion]
    track: Track = "state"
    rank: Rank | None = None
    rated: Years | None = None
    confirmed: tuple[int, int] | None = None
    excellent: int | None = None


Reader = Callable[[str, Frame], Criterion | None]
"""Folded words of one demand; None where they are not of the reader's form."""


def amount(digits: str) -> int | str:
    return plain(Decimal(digits.replace(".", "").replace(",", ".") if "," in digits or len(digits) > 4 else digits))


def plain(value: Decimal) -> int | str:
    """As data write it: 98, "4.2"."""
    return int(value) if value == value.to_integral_value() else str(value.normalize())
