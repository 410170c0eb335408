"""Points and measured values: exact numbers in, rounded once, written as people write them.

Half a point decides a rank, so nothing here is ever a float. A formula is reckoned in fractions, and only its
outcome is rounded, by the rule of the table.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

RoundingRule = Literal["half_up", "half_even", "down"]

# No indicator of a province is larger, in whatever unit; what is larger was typed wrongly.
LARGEST = 10**15
_PLACES_READ = 12
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def parse_decimal(text: str) -> Decimal | None:
    """A number as people type it: 1,5 · 1.5 · 12.500 (twelve thousand five hundred) · −2; None where it is none.

    One point before three digits groups thousands, as in Vietnamese, unless a zero leads (0.125).
    """
    words = text.strip().replace(" ", "").replace("\u00a0", "").replace("−", "-")
    sign, digits = ("-", words[1:]) if words.startswith("-") else ("", words.removeprefix("+"))
    if _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        digits = digits.replace(".", "")
    elif not _PLAIN.fullmatch(digits):
        return None
    number = Decimal(sign + digits.replace(",", "."))
    return number if sane(number) else None


def sane(number: Decimal) -> bool:
    """A finite number of a size and length that a measured value has."""
    if not number.is_finite() or abs(number) > LARGEST:
        return False
    return decimals_of(number) <= _PLACES_READ


def decimals_of(number: Decimal) -> int:
    """How many decimals a finite number needs: 2 for 1.50 is 1."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: Fraction, places: int, rule: RoundingRule = "half_up") -> Decimal:
    """To so many places; half away from zero, half to even, or cut off. `value` is within ±LARGEST."""
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    twice = 2 * rest - value.denominator
    up = (rule == "half_up" and twice >= 0) or (rule == "half_even" and (twice > 0 or (twice == 0 and whole % 2 == 1)))
    return from_steps((whole + up) * (-1 if value < 0 else 1), places)


def from_steps(steps: int, places: int) -> Decimal:
    """So many of the smallest steps of a table, as points: 905 steps of two places are 9.05."""
    return Decimal(f"{steps}E-{places}")


def to_steps(points: Decimal, places: int) -> int:
    """Points that stand on the grid of the table, in its smallest steps. Raises ValueError where they do not."""
    numerator, denominator = points.as_integer_ratio()
    grid: int = 10**places
    steps, rest = divmod(numerator * grid, denominator)
    if rest:
        raise ValueError(f"{points} has more than {places} decimals")
    return steps


def in_words(number: Decimal, language: str = "vi", *, grouped: bool = True) -> str:
    """9,05 and 12.500 in Vietnamese, 9.05 and 12,500 in English; a minus is −. Decimals stay as they are given."""
    text = f"{abs(number):,f}" if grouped else f"{abs(number):f}"
    if language == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"−{text}" if number < 0 else text
