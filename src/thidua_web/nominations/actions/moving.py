"""One act on a nomination: made by one of two who are at it, journaled with the revision it came to.

Every act is one conditional update on the state and on the revision that was on the screen, so that of two who act at
once one wins and the other is told. Sent twice by one person, it is done once.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from thidua.findings import Finding
from thidua_web.accounts.models import User
from thidua_web.journal.actions import record
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.stages import JOURNALED, NOMINATION_MOVES


class Acted(StrEnum):
    """What became of an act. Repeated: the same person had done it a moment before. Moved: somebody acted since the
    page was shown. Closed: it stands in a list that was signed. Refused: a rule forbids it.
    """

    DONE = "done"
    REPEATED = "repeated"
    MOVED = "moved"
    CLOSED = "closed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Done:
    """`findings` say why it was refused, and what would do."""

    standing: Acted
    findings: Sequence[Finding] = ()

    @property
    def is_made(self) -> bool:
        return self.standing in (Acted.DONE, Acted.REPEATED)


DONE = Done(Acted.DONE)


def move(act: str, nomination: Nomination, *, seen: int, by: User, **fields: Any) -> Done:
    """Make the move where the table allows it now, and nobody acted since `seen`."""
    step = NOMINATION_MOVES[act]
    return change(JOURNALED[act], nomination, seen=seen, among=step.from_, by=by, state=step.to, **fields)


def change(act: str, nomination: Nomination, *, seen: int, among: Collection[str], by: User, **fields: Any) -> Done:
    """The same for an act that leaves the state as it is; `act` is that of the journal. The row is read again."""
    rows = Nomination.objects.filter(pk=nomination.pk, revision=seen, state__in=among)
    made = rows.update(revision=seen + 1, **fields)
    nomination.refresh_from_db(fields=["state", "revision", *fields])
    if made:
        return DONE
    return Done(Acted.REPEATED if _was_made(act, nomination, seen, by) else Acted.MOVED)


def _was_made(act: str, nomination: Nomination, seen: int, by: User) -> bool:
    """Whether this very act by the same person is what came after the page was shown."""
    lines = JournalLine.objects.filter(subject_kind="nomination", subject=str(nomination.pk), act=act, actor=by.pk)
    return lines.filter(details__revision=seen + 1).exists()


def note(act: str, nomination: Nomination, *, unit_id: int, by: User, at: datetime.datetime, **details: Any) -> None:
    """The last thing that an act does."""
    record(
        act=act,
        by=by,
        at=at,
        unit_id=unit_id,
        subject=("nomination", nomination.pk),
        label=f"{nomination.name}: {award_title(nomination.award, nomination.lodged_on or at.date())}",
        details={"revision": nomination.revision, **details},
    )
