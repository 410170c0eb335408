"""What the sources enter on their sheets: saved as it is typed, sent, taken back; evidence of what a unit claims.

Who saves says which revision was on the screen: of two tabs, or two people, none overwrites the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import IO, Any, NamedTuple

from django.db import transaction
from django.db.models import F, Sum

from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.archive.evidence import MOST_BYTES, check_evidence, check_room
from thidua_web.archive.names import clean_name
from thidua_web.journal.actions import record
from thidua_web.progress.models import ScoreEntry, ScoreEvidence, ScoreSheet, Scoring, Source
from thidua_web.progress.score_news import settle_sent
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import Unit

# In which step of the scoring each source enters its points.
STEP_OF = {
    Source.OWN: ScoringState.OWN,
    Source.PEER: ScoringState.PEER,
    Source.STANDING: ScoringState.STANDING,
}


class Given(NamedTuple):
    """What a source says of one criterion."""

    inputs: Mapping[str, Decimal | None]
    points: Decimal | None
    note: str

    @property
    def plain(self) -> dict[str, str | None]:
        return {key: None if value is None else str(value) for key, value in self.inputs.items()}


class Came(Enum):
    """What became of a sheet that was sent in."""

    SAVED = "saved"
    # Somebody else's figures stand there now.
    OVERTAKEN = "overtaken"
    # Its step is over, or it was sent.
    CLOSED = "closed"


class Saved(NamedTuple):
    came: Came
    sheet: ScoreSheet | None = None


@transaction.atomic
def save_sheet(  # noqa: PLR0913 - what a sheet is
    *,
    scoring: Scoring,
    unit: Unit,
    source: Source,
    scorer: Unit,
    revision: int,
    given: Mapping[str, Given],
    by: User,
    at: datetime.datetime,
) -> Saved:
    """Write what differs. Nothing differs: nothing is written, whatever the revision."""
    sheet = _open_sheet(scoring, unit, source, scorer)
    if sheet is None:
        return Saved(Came.CLOSED)
    known = {entry.criterion: entry for entry in sheet.entries.all()}
    changed = {key: one for key, one in given.items() if _differs(known.get(key), one)}
    if not changed:
        return Saved(Came.SAVED, sheet)
    standing = ScoreSheet.objects.filter(pk=sheet.pk, sent_at=None, revision=revision)
    if not standing.update(revision=F("revision") + 1):
        return Saved(Came.OVERTAKEN, sheet)
    for key, one in changed.items():
        fields = {"inputs": one.plain, "points": one.points, "note": one.note, "edited_by": by, "edited_at": at}
        ScoreEntry.objects.update_or_create(sheet=sheet, criterion=key, defaults=fields)
    if source == Source.STANDING:
        _journal("score.standing_given", sheet, by, at, {"criteria": sorted(changed)})
    sheet.refresh_from_db()
    return Saved(Came.SAVED, sheet)


def _open_sheet(scoring: Scoring, unit: Unit, source: Source, scorer: Unit) -> ScoreSheet | None:
    """The sheet as long as its step lasts, None when that is over, it was sent, or another checks the unit."""
    now = Scoring.objects.select_for_update().get(pk=scoring.pk)
    if now.state != STEP_OF[source]:
        return None
    sheet = ScoreSheet.objects.select_related("scoring", "unit").filter(scoring=now, unit=unit, source=source).first()
    if sheet is None and source != Source.PEER:
        sheet = ScoreSheet.objects.create(scoring=now, unit=unit, source=source, scorer=scorer)
    if sheet is None or sheet.sent_at or (source == Source.PEER and sheet.scorer_id != scorer.pk):
        return None
    return sheet


def _differs(entry: ScoreEntry | None, given: Given) -> bool:
    if entry is None:
        return bool(given.note or given.points is not None or any(v is not None for v in given.inputs.values()))
    same = (dict(entry.inputs), entry.points, entry.note) == (given.plain, given.points, given.note)
    return not same


@transaction.atomic
def send_sheet(*, sheet: ScoreSheet, total: Decimal | None, by: User, at: datetime.datetime) -> bool:
    """It counts from now on and is closed. False where it was sent, or its step is over."""
    now = Scoring.objects.select_for_update().get(pk=sheet.scoring_id)
    rows = ScoreSheet.objects.filter(pk=sheet.pk, sent_at=None)
    if now.state != STEP_OF[Source(sheet.source)] or not rows.update(sent_at=at, sent_by=by):
        return False
    act = "score.own_sent" if sheet.source == Source.OWN else "score.peer_sent"
    _journal(act, sheet, by, at, {"total": None if total is None else str(total)})
    settle_sent(sheet, at=at)
    return True


@transaction.atomic
def take_back_sheet(*, sheet: ScoreSheet, by: User, at: datetime.datetime) -> bool:
    """Open again, as long as its step lasts. False otherwise."""
    now = Scoring.objects.select_for_update().get(pk=sheet.scoring_id)
    rows = ScoreSheet.objects.filter(pk=sheet.pk, sent_at__isnull=False)
    if now.state != STEP_OF[Source(sheet.source)] or not rows.update(sent_at=None, sent_by=None):
        return False
    _journal("score.taken_back", sheet, by, at)
    return True


# Evidence -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_evidence(  # noqa: PLR0913 - what a file comes with
    *, scoring: Scoring, unit: Unit, criterion: str, source: IO[bytes], name: str, by: User, at: datetime.datetime
) -> ScoreEvidence | None:
    """Keep the file where its content is what evidence may be. None where the unit's own sheet is closed.

    The same content twice is one. Raises UnreadableError.
    """
    name, data = clean_name(name), source.read(MOST_BYTES + 1)
    kind = check_evidence(data, name)
    sheet = _open_sheet(scoring, unit, Source.OWN, unit)
    if sheet is None:
        return None
    _check_room(sheet, name, len(data))
    stored = keep_content(data, kind=kind)
    blank = {"edited_by": by, "edited_at": at}
    entry, _ = ScoreEntry.objects.get_or_create(sheet=sheet, criterion=criterion, defaults=blank)
    fields = {"name": _named(name, kind), "uploaded_by": by, "uploaded_at": at}
    evidence, new = ScoreEvidence.objects.get_or_create(entry=entry, file=stored, defaults=fields)
    if new:
        _journal("score.evidence_added", sheet, by, at, {"criterion": criterion, "sha256": stored.sha256})
    return evidence


def _named(name: str, kind: str) -> str:
    """The ending tells what the file is, whatever it was called."""
    stem = PurePath(name).stem or name
    return f"{stem[:190]}.{kind}"


def _check_room(sheet: ScoreSheet, name: str, size: int) -> None:
    held = ScoreEvidence.objects.filter(entry__sheet=sheet)
    sizes = held.aggregate(all=Sum("file__size"))
    check_room(name, size, files=held.count(), together=sizes["all"] or 0)


@transaction.atomic
def remove_evidence(*, evidence: ScoreEvidence, by: User, at: datetime.datetime) -> bool:
    """False where the sheet is closed, or the file was removed before. The content goes with the nightly clean-up."""
    sheet = evidence.entry.sheet
    if _open_sheet(sheet.scoring, sheet.unit, Source.OWN, sheet.unit) is None:
        return False
    gone, _ = ScoreEvidence.objects.filter(pk=evidence.pk).delete()
    if gone:
        details = {"criterion": evidence.entry.criterion, "sha256": evidence.file.sha256}
        _journal("score.evidence_removed", sheet, by, at, details)
    return bool(gone)


def _journal(
    act: str, sheet: ScoreSheet, by: User, at: datetime.datetime, details: dict[str, Any] | None = None
) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=sheet.scorer_id,
        subject=("scoring", sheet.scoring_id),
        label=sheet.unit.name,
        details={"unit": sheet.unit_id, **(details or {})},
    )
