"""Works that look like one, as a page shows them: what, whose, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from thidua import explain
from thidua.findings import Outcome
from thidua_web.progress.queries.likeness import Other

SURE = 85
TONES = {Outcome.MET: "for", Outcome.NOT_MET: "against", Outcome.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class ShownOther:
    """`reasons` are sentences with their class; `strong` where hardly anything speaks against it."""

    name: str
    owner: str
    where: str
    score: int
    strong: bool
    reasons: tuple[tuple[str, str], ...]
    href: str = ""


def shown(others: Iterable[Other], language: str, *, linked: bool = False) -> list[ShownOther]:
    """The likest first; `linked` for those who may open the pledges of others."""
    return [
        ShownOther(
            name=other.name,
            owner=other.owner,
            where=other.where,
            score=other.likeness.score,
            strong=other.likeness.score >= SURE,
            reasons=tuple((TONES[one.outcome], explain.sentence(one, language)) for one in other.likeness.reasons),
            href=_page(other) if linked else "",
        )
        for other in others
    ]


def _page(other: Other) -> str:
    return f"{other.work.pledge.get_absolute_url()}#w-{other.work.token}" if other.work else ""
