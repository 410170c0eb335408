"""Every write to plan documents. Each act is a conditional update on the state: of two at once, one wins."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from thidua.errors import UnreadableError
from thidua.findings import Finding, Outcome
from thidua.plans import checks
from thidua.plans.formats import PlanText, extract_isolated, find_unread_pages
from thidua.plans.formats.unread import UNREAD_PAGES
from thidua.plans.read import read_text
from thidua.plans.reading import Reading
from thidua.plans.review import begin, confirmed
from thidua_web.accounts.models import User
from thidua_web.archive import actions as archive
from thidua_web.archive.names import clean_name
from thidua_web.archive.queries import content
from thidua_web.campaigns.actions.answers import move_answers
from thidua_web.campaigns.actions.deployments import note_family, note_plan
from thidua_web.campaigns.actions.reviews import open_review
from thidua_web.campaigns.models import Campaign, PlanDocument, PlanReading
from thidua_web.campaigns.queries.deployments import above
from thidua_web.campaigns.queries.plans import plan_carried_out, plan_of_campaign
from thidua_web.campaigns.queries.reviews import items_of
from thidua_web.campaigns.stages import MOVES, PROGRESS, PlanState, ReadingStep
from thidua_web.campaigns.telling import tell_of_reading
from thidua_web.config.queue import enqueue
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit

MOST_ATTEMPTS = 3
EVERY = Q()
READ_PLAN = "thidua_web.campaigns.tasks.read_plan"


@dataclass(frozen=True)
class Upload:
    """What became of one file: `document`, or `error`; `known` where the unit already had this content."""

    name: str
    document: PlanDocument | None = None
    known: bool = False
    error: UnreadableError | None = None


def upload_plan(  # noqa: PLR0913 - what a plan comes with
    *,
    source: IO[bytes],
    name: str,
    unit: Unit,
    by: User,
    at: datetime.datetime,
    amends: Campaign | None = None,
    amends_in_part: bool = False,
    carries_out: Campaign | None = None,
) -> Upload:
    """Keep the file and queue its reading, both or neither. A file that the unit has already is shown, not added.

    `amends` is the campaign that this document changes: as a whole, or only in what it states anew; `carries_out` the
    campaign of a unit above whose plan it is checked against, whatever it names itself.
    """
    name = clean_name(name)
    try:
        stored = archive.keep_file(source=source, name=name)
    except UnreadableError as error:
        return Upload(name, error=error)
    fields = {"name": name, "uploaded_by": by, "uploaded_at": at, "queued_at": at}
    fields |= {"amends": amends, "amends_in_part": amends_in_part}
    fields["parent"] = plan_of_campaign(carries_out.pk) if carries_out else None
    with transaction.atomic():
        document, created = PlanDocument.objects.get_or_create(unit=unit, file=stored, defaults=fields)
        if carries_out is not None and not created:
            _carry_out(document, carries_out, by, at)
        if created:
            enqueue(READ_PLAN, document.pk)
            _journal("plan.amendment_uploaded" if amends else "plan.uploaded", document, by, at, **_amended(document))
    return Upload(name, document=document, known=not created)


def _carry_out(document: PlanDocument, campaign: Campaign, by: User, at: datetime.datetime) -> None:
    """A plan that the unit sent before, of which it now says whose it carries out. What is known of it stays."""
    own = Campaign.objects.filter(editions__document=document, launched_at__isnull=False).first()
    family = above(campaign.pk)
    parent = plan_of_campaign(campaign.pk)
    if parent is None or document.parent_id or document.amends_id or (own is not None and own.pk in family):
        return
    document.parent = parent
    document.save(update_fields=["parent"])
    if own is not None and own.parent_id is None:
        Campaign.objects.filter(pk=own.pk).update(parent=campaign)
        note_family(campaign=own, at=at)
    if document.state == PlanState.READ:
        note_plan(document=document, at=at)
        if not document.sealed:
            check_again(document=document, result=document.result, by=by, at=at)


def _amended(document: PlanDocument) -> dict[str, object]:
    return {"campaign": document.amends_id, "in_part": document.amends_in_part} if document.amends_id else {}


@transaction.atomic
def stop_reading(*, document: PlanDocument, by: User, at: datetime.datetime) -> bool:
    """Stop a reading that waits or runs; what it has read so far is dropped. False where it is settled already."""
    stopped = _move("stop_reading", document.pk, run=None, lease_until=None, settled_at=at)
    if stopped:
        _journal("plan.reading_stopped", document, by, at)
    return stopped


@transaction.atomic
def read_again(*, document: PlanDocument, by: User, at: datetime.datetime) -> bool:
    """Queue a settled document once more; the last result stays until the new one is there.

    False where its review is sealed: what a head has before them, or has launched, is not read anew.
    """
    moved = _move(
        "read_again",
        document.pk,
        only=Q(sealed=False),
        step="",
        progress=0,
        attempts=0,
        queued_at=at,
        settled_at=None,
        error_code="",
        error_params={},
    )
    if moved:
        enqueue(READ_PLAN, document.pk)
        _journal("plan.read_again", document, by, at)
    return moved


def begin_reading(*, document_id: int, at: datetime.datetime) -> uuid.UUID | None:
    """Claim the reading: None where someone alive has it, it is settled, or it has killed its worker too often."""
    free = Q(state=PlanState.WAITING) | Q(state=PlanState.READING, lease_until__lt=at)
    run = uuid.uuid4()
    claimed = PlanDocument.objects.filter(free, pk=document_id, attempts__lt=MOST_ATTEMPTS).update(
        state=MOVES["begin_reading"].to,
        run=run,
        attempts=F("attempts") + 1,
        lease_until=at + lease(),
        step=ReadingStep.EXTRACT,
        progress=PROGRESS[ReadingStep.EXTRACT],
    )
    return run if claimed else None


def renew_lease(*, document_id: int, run: uuid.UUID, at: datetime.datetime) -> bool:
    """The reading says that it is alive. False where it was stopped or given to another."""
    return bool(_of_run(document_id, run).update(lease_until=at + lease()))


def lease() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.READING_LEASE_SECONDS)


class StoppedError(Exception):
    """The reading was stopped, or another worker took it over."""


def read_document(*, document: PlanDocument, run: uuid.UUID, clock: Callable[[], datetime.datetime]) -> bool:
    """Read a claimed document and store the outcome. False where it was stopped meanwhile; then nothing is stored."""

    def step(now: ReadingStep) -> None:
        changed = _of_run(document.pk, run).update(step=now, progress=PROGRESS[now], lease_until=clock() + lease())
        if not changed:
            raise StoppedError

    try:
        text = extract_isolated(content(document.file), document.name)
        step(ReadingStep.READ)
        reading = read_text(text.raw)
        step(ReadingStep.CHECK)
        above = plan_carried_out(document, reading)
        parent = msgspec.convert(above.reading, Reading) if above else None
        found = checks.check(reading, text.raw, parent=parent, on=timezone.localdate(clock()))
        findings = (*find_unread_pages(text), *found)
    except StoppedError:
        return False
    except UnreadableError as error:
        return give_up(document_id=document.pk, run=run, at=clock(), code=error.code, params=error.params)
    return finish_reading(
        document=document, run=run, at=clock(), text=text, reading=reading, findings=findings, parent=above
    )


@transaction.atomic
def check_again(*, document: PlanDocument, result: PlanReading, by: User, at: datetime.datetime) -> tuple[Finding, ...]:
    """Work the checks out once more, on the facts as the review has them now. Returns the findings there were."""
    before = msgspec.convert(result.findings, tuple[Finding, ...])
    reading = confirmed(items_of(document.pk), draft=msgspec.convert(result.reading, Reading).header.draft)
    above = plan_carried_out(document, reading)
    parent = msgspec.convert(above.reading, Reading) if above else None
    of_file = tuple(finding for finding in before if finding.code == UNREAD_PAGES)
    findings = (*of_file, *checks.check(reading, result.raw, parent=parent, on=timezone.localdate(at)))
    result.findings = msgspec.to_builtins(findings)
    result.faults = _faults(findings)
    result.checked_revision = document.revision
    result.save(update_fields=["findings", "faults", "checked_revision"])
    _journal("plan.checked_again", document, by, at, findings=len(findings))
    return before


@transaction.atomic
def finish_reading(  # noqa: PLR0913 - everything that a reading gives
    *,
    document: PlanDocument,
    run: uuid.UUID,
    at: datetime.datetime,
    text: PlanText,
    reading: Reading,
    findings: tuple[Finding, ...],
    parent: PlanReading | None,
) -> bool:
    """Store the outcome, once: only the run that holds the document may, and the document is settled with it."""
    fields = {"progress": 100, "lease_until": None, "settled_at": at, "parent": parent and parent.document_id}
    if not _move("finish_reading", document.pk, run=run, **fields):
        return False
    was = PlanReading.objects.filter(document_id=document.pk).values_list("raw", flat=True).first() or ""
    result, _ = PlanReading.objects.update_or_create(
        document_id=document.pk,
        defaults={
            # PostgreSQL cannot store U+0000; the formats never give one, and a space keeps every offset if they did.
            "raw": text.raw.replace("\0", " "),
            "format": text.format,
            "pages": list(text.pages),
            "reading": msgspec.to_builtins(reading),
            "findings": msgspec.to_builtins(findings),
            "lost": [],
            "read_at": at,
            **_summary(reading, findings),
        },
    )
    open_review(document=document, result=result, reading=reading, was=was)
    if was:
        move_answers(document)
    document.parent_id = parent.document_id if parent else None
    note_plan(document=document, at=at)
    tell_of_reading(document, result, at=at)
    _journal("plan.read", document, None, at, facts=result.facts, faults=result.faults)
    return True


@transaction.atomic
def give_up(*, document_id: int, run: uuid.UUID, at: datetime.datetime, code: str, params: dict[str, object]) -> bool:
    """The document cannot be read; `code` and `params` make the sentence that says why."""
    fields = {"error_code": code, "error_params": msgspec.to_builtins(params), "lease_until": None, "settled_at": at}
    moved = _move("give_up", document_id, run=run, **fields)
    if moved:
        document = PlanDocument.objects.get(pk=document_id)
        tell_of_reading(document, None, at=at)
        _journal("plan.unreadable", document, None, at, code=code)
    return moved


def recover_lost(*, at: datetime.datetime) -> int:
    """Queue again what lost its worker; give up on what took its worker down too often. Returns how many."""
    lost = PlanDocument.objects.filter(state=PlanState.READING, lease_until__lt=at)
    recovered = 0
    for document in lost.only("pk", "attempts", "run"):
        if document.attempts >= MOST_ATTEMPTS and document.run:
            give_up(document_id=document.pk, run=document.run, at=at, code="reading_failed", params={})
        else:
            recovered += _requeue(document.pk, at)
    return recovered


@transaction.atomic
def _requeue(document_id: int, at: datetime.datetime) -> bool:
    """Only while it is lost: of two workers that notice, one queues it."""
    move = MOVES["put_back"]
    lost = PlanDocument.objects.filter(pk=document_id, state__in=move.from_, lease_until__lt=at)
    requeued = bool(lost.update(state=move.to, run=None, step="", progress=0, lease_until=None))
    if requeued:
        enqueue(READ_PLAN, document_id)
    return requeued


def _move(act: str, document_id: int, *, run: uuid.UUID | None = None, only: Q = EVERY, **fields: object) -> bool:
    """Make the move where the table allows it now; with `run`, only where that run still holds the document."""
    move = MOVES[act]
    rows = PlanDocument.objects.filter(only, pk=document_id, state__in=move.from_)
    if run is not None:
        rows = rows.filter(run=run)
    return bool(rows.update(state=move.to, **fields))


def _journal(act: str, document: PlanDocument, by: User | None, at: datetime.datetime, **details: object) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=document.unit_id,
        subject=("plan", document.pk),
        label=document.name,
        details=details,
    )


def _of_run(document_id: int, run: uuid.UUID) -> QuerySet[PlanDocument]:
    return PlanDocument.objects.filter(pk=document_id, run=run, state=PlanState.READING)


def _summary(reading: Reading, findings: tuple[Finding, ...]) -> dict[str, object]:
    header = reading.header
    number, symbol = header.number, header.symbol
    parts = [field.value for field in (number, symbol) if field]
    return {
        "title": header.title.value if header.title else "",
        "number": "/".join(parts)[:80],
        "issuer": header.issuer.value if header.issuer else "",
        "dated": _day(header.date.value) if header.date else None,
        "facts": len(begin(reading)),
        "faults": _faults(findings),
    }


def _faults(findings: tuple[Finding, ...]) -> int:
    """How many findings say that something must be put right."""
    wrong = [finding for finding in findings if finding.outcome is Outcome.NOT_MET]
    return sum(finding.params["severity"] == checks.Severity.ERROR for finding in wrong)


def _day(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None
