"""What was counted holds until somebody acts.

Every act writes its line, and lines are written one after another: between two of them a count cannot change. Each
process keeps what it counted under the seal of the last line.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from thidua_web.journal.models import JournalHead

P = ParamSpec("P")
Counted = TypeVar("Counted")
MOST = 1_000


def until_next_act(count: Callable[P, Counted]) -> Callable[P, Counted]:
    """For counts whose arguments (hashable) name all that they rest on besides what acts change, such as the day.

    Nobody may alter what comes back. In the middle of a transaction everything is counted: its line is still to come.
    """

    @lru_cache(maxsize=MOST)
    def kept(_seal: str, args: tuple[Hashable, ...], named: frozenset[tuple[str, Hashable]]) -> Counted:
        return count(*args, **dict(named))  # type: ignore[call-arg]

    @wraps(count)
    def counted(*args: P.args, **named: P.kwargs) -> Counted:
        seal = "" if transaction.get_connection().in_atomic_block else last_seal()
        if not seal:
            return count(*args, **named)
        return kept(seal, args, frozenset(named.items()))  # type: ignore[arg-type]

    return counted


def last_seal() -> str:
    """Empty before the first line."""
    return JournalHead.objects.values_list("seal", flat=True).first() or ""
