"""A word that changes whenever an act touches what screening looks at: the seal of the last such line of the journal.

Every write of the register and of recorded facts has its line, so that nothing is counted and compared. From one page
to the next only the lines that came since are looked through.
"""

from __future__ import annotations

import threading

from django.db.models import Q

from thidua_web.journal.models import JournalHead, JournalLine

TOUCHING = (
    "rating.", "award.", "person.", "unit.", "appointment.", "list.written", "list.undone", "reform.carried_out",
    "reform.undone", "fact.", "completeness.", "deed.", "score.published", "deployment.", "report.signed",
    "report.sent_back", "campaign.",
)  # fmt: skip

_lock = threading.Lock()
_seen: dict[str, tuple[int, str, str]] = {}
"""Up to which line the journal was looked through: its number, its seal, and the stamp so far."""


def stamp() -> str:
    head = JournalHead.objects.order_by("pk").values_list("number", "seal").first()
    if head is None:
        return ""
    with _lock:
        known = _seen.get("journal")
        if known is not None and known[:2] == head:
            return known[2]
        found = _since(known)
        _seen["journal"] = (*head, found)
        return found


def _since(known: tuple[int, str, str] | None) -> str:
    """The last line that touches anything; of a journal that is another than the one known, from its beginning."""
    lines = JournalLine.objects.all()
    stands = known is not None and lines.filter(number=known[0], seal=known[1]).exists()
    wanted = Q()
    for act in TOUCHING:
        wanted |= Q(act__startswith=act) if act.endswith(".") else Q(act=act)
    rows = lines.filter(wanted).order_by("-number")
    if known is not None and stands:
        newest = rows.filter(number__gt=known[0]).values_list("seal", flat=True).first()
        return newest or known[2]
    return rows.values_list("seal", flat=True).first() or "empty"
