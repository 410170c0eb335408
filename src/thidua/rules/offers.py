"""What is asked about: an award for a kind of nominee, the year and kind of merit, the movement it is offered in."""

from __future__ import annotations

from msgspec import Struct

from thidua.law.criteria import Criterion, Subject
from thidua.rules.facts import Merit, Movement


class Offer(Struct, frozen=True, kw_only=True):
    """`year` is the last year of the merit; `deed` names the merit, so that it is commended once.

    `criteria` are those that a plan adds, each with its own words; `plan` is how to cite it.
    """

    award: str
    subject: Subject
    year: int
    merit: Merit = "yearly"
    deed: str = ""
    movement: Movement | None = None
    criteria: tuple[Criterion, ...] = ()
    plan: str = ""
