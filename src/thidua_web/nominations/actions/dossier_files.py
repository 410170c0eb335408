"""Files of a dossier: taken in by their content, named, taken out again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.db.models import Q

from thidua.errors import UnreadableError
from thidua_web.accounts.models import User
from thidua_web.archive.names import clean_name
from thidua_web.archive.taking import contents, take, with_its_ending
from thidua_web.nominations.actions.moving import note
from thidua_web.nominations.models import Claim, Confirmation, DossierFile, EvidenceRequest, Nomination
from thidua_web.nominations.queries.dossiers import ANSWERABLE, WRITABLE
from thidua_web.nominations.stages import NominationState


@dataclass(frozen=True)
class About:
    """What a file is of: a paper that the rule asks for (its code), a claim, a confirmation, what an appraiser asked
    for; nothing of these: the dossier as a whole.
    """

    paper: str = ""
    claim: Claim | None = None
    confirmation: Confirmation | None = None
    request: EvidenceRequest | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "paper": self.paper,
            "claim": self.claim,
            "confirmation": self.confirmation,
            "request": self.request,
        }


WHOLE = About()


@dataclass(frozen=True)
class Adding:
    """What became of one file: `file`, or `error`; `known` where the same content was there for the same thing;
    `closed` where the dossier takes no files any more.
    """

    name: str
    file: DossierFile | None = None
    known: bool = False
    error: UnreadableError | None = None
    closed: bool = False


def open_for(about: About) -> Q:
    """In which states of a dossier a file of that kind comes in, and goes again.

    What answers the appraiser comes while it is asked for; another body's answer comes when it comes.
    """
    if about.request is not None:
        return Q(state=NominationState.ASKED)
    if about.confirmation is not None:
        return ANSWERABLE
    return WRITABLE


@transaction.atomic
def add_file(  # noqa: PLR0913 - what a file comes with
    *, nomination: Nomination, source: IO[bytes], name: str, about: About = WHOLE, by: User, at: datetime.datetime
) -> Adding:
    """Keep the file where its content is what evidence may be, and the dossier still open."""
    rows = Nomination.objects.select_for_update().filter(open_for(about), pk=nomination.pk).order_by()
    if not rows.exists():
        return Adding(clean_name(name), closed=True)
    held = DossierFile.objects.filter(nomination=nomination)
    try:
        taken = take(source, name, held=contents(held.values("file_id")), files=held.count())
    except UnreadableError as error:
        return Adding(clean_name(name), error=error)
    fields = {"name": taken.name, "uploaded_by": by, "uploaded_at": at}
    file, new = DossierFile.objects.get_or_create(
        submission_id=nomination.submission_id,
        nomination=nomination,
        file=taken.keep(),
        **about.fields,
        defaults=fields,
    )
    if new:
        _journal("nomination.file_added", file, nomination, by, at)
    return Adding(taken.name, file=file, known=not new)


@transaction.atomic
def remove_file(*, file: DossierFile, nomination: Nomination, by: User, at: datetime.datetime) -> bool:
    """False where the dossier is closed, or the file was removed before. The content goes with the nightly clean-up."""
    if not _is_open(file, nomination):
        return False
    gone, _ = DossierFile.objects.filter(pk=file.pk).delete()
    if gone:
        _journal("nomination.file_removed", file, nomination, by, at)
    return bool(gone)


@transaction.atomic
def rename_file(  # noqa: PLR0913 - what a file is called
    *,
    file: DossierFile,
    nomination: Nomination,
    name: str,
    dated: datetime.date | None,
    by: User,
    at: datetime.datetime,
) -> bool:
    """Another name, and the day that stands on the paper; the ending stays that of its content."""
    if not _is_open(file, nomination):
        return False
    name = with_its_ending(clean_name(name), file.file.kind)
    if (name, dated) == (file.name, file.dated):
        return True
    before = file.name
    DossierFile.objects.filter(pk=file.pk).update(name=name, dated=dated)
    file.name, file.dated = name, dated
    _journal("nomination.file_renamed", file, nomination, by, at, before=before)
    return True


def _is_open(file: DossierFile, nomination: Nomination) -> bool:
    about = About(file.paper, file.claim, file.confirmation, file.request)
    if about.request is not None and about.request.answered_at is not None:
        return False
    rows = Nomination.objects.select_for_update().filter(open_for(about), pk=nomination.pk)
    return rows.order_by().exists()


def _journal(act: str, file: DossierFile, nomination: Nomination, by: User, at: datetime.datetime, **more: Any) -> None:
    links = {name: getattr(file, f"{name}_id") for name in ("claim", "confirmation", "request")}
    details = {name: key for name, key in links.items() if key} | ({"paper": file.paper} if file.paper else {})
    note(
        act,
        nomination,
        unit_id=nomination.unit_id,
        by=by,
        at=at,
        file=file.name,
        sha256=file.file.sha256,
        **details,
        **more,
    )
