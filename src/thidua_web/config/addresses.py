"""Addresses of pages of which a list has hundreds: all but the last number is asked of the resolver once."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse

# No key of any row; what stands before and behind it in an address is alike for all.
_MARK = 8_888_888_888_888_888


@lru_cache(maxsize=1_000)
def _around(view: str, before: tuple[int, ...]) -> tuple[str, str]:
    head, _, tail = reverse(view, args=[*before, _MARK]).partition(str(_MARK))
    return head, tail


def address(view: str, *numbers: int) -> str:
    """As `reverse` says it. Raises NoReverseMatch for a view without so many numbers."""
    head, tail = _around(view, numbers[:-1])
    return f"{head}{numbers[-1]}{tail}"
