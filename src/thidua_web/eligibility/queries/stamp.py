"""Words that change whenever an act touches what screening looks at: the seals of the last such lines of the journal.

Every write of the register and of recorded facts has its line, so that nothing is counted and compared. From one page
to the next only the lines that came since are looked through. Ratings, awards, facts
and people have words of their own: what an act does not touch stays in memory.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

from django.db.models import Q, QuerySet

from thidua_web.journal.models import JournalHead, JournalLine

LISTS = ("list.written", "list.undone", "person.merged", "person.parted")
RATINGS = ("rating.", *LISTS)
HONOURS = ("award.", "deed.", *LISTS)
FACTS = ("fact.", "person.merged", "person.parted")
PEOPLE = (
    "person.",
    "household.",
    "unit.",
    "appointment.",
    "list.written",
    "list.undone",
    "reform.carried_out",
    "reform.undone",
)
TOUCHING = (
    "rating.", "award.", "deed.", "list.written", "list.undone", "person.", "household.", "unit.", "appointment.",
    "reform.carried_out", "reform.undone", "fact.", "completeness.", "score.published", "deployment.", "report.signed",
    "report.sent_back", "campaign.",
)  # fmt: skip


ACTS = (TOUCHING, RATINGS, HONOURS, FACTS, PEOPLE)
"""As the fields of a stamp."""


class Stamp(NamedTuple):
    """`all` is that of anything at all."""

    all: str
    ratings: str
    honours: str
    facts: str
    people: str


_lock = threading.Lock()
_seen: dict[str, tuple[int, str, Stamp]] = {}
"""Up to which line the journal was looked through: its number, its seal, and the stamp so far."""


def stamp() -> Stamp:
    head = JournalHead.objects.order_by("pk").values_list("number", "seal").first()
    if head is None:
        return Stamp(*([""] * len(ACTS)))
    with _lock:
        known = _seen.get("journal")
        if known is not None and known[:2] == head:
            return known[2]
        found = _since(known)
        _seen["journal"] = (*head, found)
        return found


def _since(known: tuple[int, str, Stamp] | None) -> Stamp:
    """The last lines; of a journal that is another than the one known, from its beginning."""
    lines = JournalLine.objects.order_by("-number")
    if known is None or not lines.filter(number=known[0], seal=known[1]).exists():
        return Stamp(*(_last(lines, acts) or "empty" for acts in ACTS))
    new, before = lines.filter(number__gt=known[0]), known[2]
    if _last(new, TOUCHING) is None:
        return before
    return Stamp(*(_last(new, acts) or kept for acts, kept in zip(ACTS, before, strict=True)))


def _last(lines: QuerySet[JournalLine], acts: tuple[str, ...]) -> str | None:
    wanted = Q()
    for act in acts:
        wanted |= Q(act__startswith=act) if act.endswith(".") else Q(act=act)
    return lines.filter(wanted).values_list("seal", flat=True).first()
