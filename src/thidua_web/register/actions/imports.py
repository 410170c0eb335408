"""Every act on a list that came in. Each is a conditional update on its state: of two at once, one wins."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from thidua.errors import UnreadableError
from thidua.register.kinds import sheet_kinds
from thidua.register.sheets import choose_sheet
from thidua_web.archive import actions as archive
from thidua_web.archive.names import clean_name
from thidua_web.config.queue import enqueue
from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import ImportRow, ImportRun, ImportState, RowOutcome, Unit
from thidua_web.register.sealing import seal_file
from thidua_web.register.workbooks.recognise import check_workbook

MOST_ATTEMPTS = 3
# What the worker does in each state, and where that leads when it is done.
TASKS = {
    ImportState.RECEIVED: "thidua_web.register.tasks.read_list",
    ImportState.READING: "thidua_web.register.tasks.read_list",
    ImportState.WRITING: "thidua_web.register.tasks.write_list",
    ImportState.UNDOING: "thidua_web.register.tasks.undo_list",
}
OPEN = (ImportState.RECEIVED, ImportState.READING, ImportState.CHECKED, ImportState.WRITING)
BEGINNINGS = {
    ImportState.WRITING: ("list.write_ordered", (ImportState.CHECKED, ImportState.STOPPED, ImportState.DONE)),
    ImportState.UNDOING: ("list.undo_ordered", (ImportState.DONE, ImportState.STOPPED)),
}
STOPPABLE = (ImportState.RECEIVED, ImportState.READING, ImportState.WRITING, ImportState.UNDOING)


@dataclass(frozen=True)
class Upload:
    """What became of one file: `run`, or `error`; `known` where somebody is at this very content already."""

    name: str
    run: ImportRun | None = None
    known: bool = False
    error: UnreadableError | None = None


def upload_list(  # noqa: PLR0913 - what a list comes with
    *, source: IO[bytes], name: str, kind: str, unit: Unit, by: Actor, at: datetime.datetime, sensitive: bool
) -> Upload:
    """Keep the file sealed and queue its reading. `sensitive`: the sender may write sensitive columns.

    A file whose sheets are named like another kind's list is not taken for this one.
    """
    name = clean_name(name)
    data = source.read(settings.MAX_FILE_BYTES + 1)
    try:
        _refuse_other_kind(check_workbook(data, name, limit=settings.MAX_FILE_BYTES), kind, name)
    except UnreadableError as error:
        return Upload(name, error=error)
    digest = hashlib.sha256(data).hexdigest()
    stored = archive.keep_content(seal_file(data), kind="list")
    with transaction.atomic():
        # Two at once take turns here: the second finds what the first has begun.
        Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        same = ImportRun.objects.filter(unit=unit, kind=kind, digest=digest, state__in=OPEN).first()
        if same is not None:
            return Upload(name, run=same, known=True)
        run = ImportRun.objects.create(
            kind=kind, unit=unit, file=stored, name=name, digest=digest, sensitive=sensitive, at=at, **_signed("by", by)
        )
        enqueue(TASKS[ImportState.RECEIVED], run.pk)
        _journal("list.received", run, by, at)
    return Upload(name, run=run)


def _refuse_other_kind(sheets: Sequence[str], kind: str, name: str) -> None:
    kinds = sheet_kinds()
    if choose_sheet(kinds[kind], [*sheets, ""]) is not None:
        return
    other = next((one for one in kinds.values() if choose_sheet(one, [*sheets, ""]) is not None), None)
    if other is not None:
        raise UnreadableError("list.other_kind", file=name, other=other.title, wanted=kinds[kind].title)


def _signed(field: str, by: Actor) -> dict[str, Any]:
    return {field: by.pk, f"{field}_name": str(by.full_name)[:120]}


def _journal(act: str, run: ImportRun, by: Actor | None, at: datetime.datetime, **details: Any) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=run.unit_id,
        subject=("list", run.pk),
        label=run.name,
        details={"kind": run.kind, **details},
    )


# -------------------------------------------------------------------------------------- what people press


@transaction.atomic
def stop(*, run: ImportRun, by: Actor, at: datetime.datetime) -> bool:
    """Stop what runs; what was written until now stays written. False where nothing runs."""
    stopped = ImportRun.objects.filter(pk=run.pk, state__in=STOPPABLE)
    if not stopped.update(state=ImportState.STOPPED, token="", lease=None):
        return False
    _journal("list.stopped", run, by, at)
    return True


@transaction.atomic
def read_again(*, run: ImportRun, by: Actor, at: datetime.datetime) -> bool:
    """Compare with the register as it is now. Only before anything was written."""
    free = ImportRun.objects.filter(
        pk=run.pk, state__in=(ImportState.CHECKED, ImportState.STOPPED, ImportState.UNREADABLE), written_at=None
    )
    if not free.update(state=ImportState.RECEIVED, attempts=0, done=0, total=0, counts={}, findings=[]):
        return False
    enqueue(TASKS[ImportState.RECEIVED], run.pk)
    _journal("list.read_again", run, by, at)
    return True


@transaction.atomic
def drop(*, run: ImportRun, by: Actor, at: datetime.datetime) -> bool:
    """The list will not be written: its rows are forgotten, the line that it came in stays."""
    free = ImportRun.objects.filter(pk=run.pk, state__in=(ImportState.CHECKED, ImportState.STOPPED), written_at=None)
    if not free.update(state=ImportState.STOPPED, counts={}, done=0, total=0):
        return False
    ImportRow.objects.filter(run=run).delete()
    _journal("list.dropped", run, by, at)
    return True


def write(*, run: ImportRun, by: Actor, at: datetime.datetime) -> bool:
    """Begin, or go on, writing what is clean and settled. False where somebody else has begun, or nothing is ready."""
    return _begin(run, by, at, ImportState.WRITING)


def undo(*, run: ImportRun, by: Actor, at: datetime.datetime) -> bool:
    """Begin taking the whole list back."""
    return _begin(run, by, at, ImportState.UNDOING)


@transaction.atomic
def _begin(run: ImportRun, by: Actor, at: datetime.datetime, to: ImportState) -> bool:
    act, from_ = BEGINNINGS[to]
    free = ImportRun.objects.filter(pk=run.pk, state__in=from_).filter(counts__has_key="all")
    total = ready(run).count() if to is ImportState.WRITING else run.rows.filter(written=True).count()
    if not total or not free.update(
        state=to, done=0, total=total, attempts=0, lease=at + lease(), token="", **_signed("acted_by", by)
    ):
        return False
    enqueue(TASKS[to], run.pk)
    _journal(act, run, by, at, rows=total)
    return True


SETTLED = Q(outcome=RowOutcome.DOUBT) & ~Q(choice__in=("", "skip"))


READY = (Q(outcome__in=(RowOutcome.NEW, RowOutcome.CHANGED)) | SETTLED) & Q(written=False)


def ready(run: ImportRun) -> QuerySet[ImportRow]:
    """Rows that will be written."""
    return ImportRow.objects.filter(READY, run=run)


@transaction.atomic
def choose(*, run: ImportRun, number: int, sheet: str, choice: str) -> bool:
    """Settle one doubt: "same:17", "new", "accept", "skip", or "" to open it again. False where that cannot be."""
    if not _is_open(run):
        return False
    row = ImportRow.objects.filter(run=run, number=number, sheet=sheet, outcome=RowOutcome.DOUBT, written=False).first()
    if row is None or choice not in choices(row):
        return False
    row.choice = choice
    row.save(update_fields=["choice"])
    count(run)
    return True


def choices(row: ImportRow) -> list[str]:
    known = [f"same:{one['id']}" for one in row.candidates]
    return [*known, "new", "skip", ""] if known else ["accept", "skip", ""]


@transaction.atomic
def choose_all(*, run: ImportRun, doubt: str, choice: str) -> int:
    """Settle all open doubts of a kind alike; "same" where there is one candidate only. Returns how many."""
    if not _is_open(run):
        return 0
    rows = ImportRow.objects.filter(run=run, outcome=RowOutcome.DOUBT, doubt=doubt, choice="", written=False)
    settled = []
    for row in rows.only("candidates", "choice").iterator(2000):
        meant = f"same:{row.candidates[0]['id']}" if choice == "same" and len(row.candidates) == 1 else choice
        if meant in choices(row) and meant:
            row.choice = meant
            settled.append(row)
    ImportRow.objects.bulk_update(settled, ["choice"], batch_size=500)
    count(run)
    return len(settled)


def _is_open(run: ImportRun) -> bool:
    """Taken while nobody writes: the row is locked until the end of the transaction."""
    states = (ImportState.CHECKED, ImportState.STOPPED, ImportState.DONE)
    return ImportRun.objects.select_for_update().filter(pk=run.pk, state__in=states).exists()


def count(run: ImportRun) -> dict[str, int]:
    """Count the rows by outcome and keep the counts with the run."""
    fresh = ImportRun.objects.get(pk=run.pk)
    doubt = Q(outcome=RowOutcome.DOUBT)
    wanted = {outcome.value: Q(outcome=outcome) for outcome in RowOutcome} | {
        "undecided": doubt & Q(choice=""),
        "left_out": doubt & Q(choice="skip"),
        "ready": READY,
        "written": Q(written=True),
    }
    counts = ImportRow.objects.filter(run=run).aggregate(
        all=Count("pk"), **{f"n_{name}": Count("pk", filter=which) for name, which in wanted.items()}
    )
    counts = {name.removeprefix("n_"): number for name, number in counts.items()}
    kept = {key: fresh.counts[key] for key in ("newest", "undone", "kept") if key in fresh.counts}
    run.counts = counts | kept
    ImportRun.objects.filter(pk=run.pk).update(counts=run.counts)
    return run.counts


# ------------------------------------------------------------------------------------------ what the worker does


def lease() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.READING_LEASE_SECONDS)


def claim(*, run_id: int, doing: ImportState, at: datetime.datetime) -> str | None:
    """Take the work in hand: None where someone alive has it, it is settled, or it took its worker down too often."""
    token = uuid.uuid4().hex
    if doing is ImportState.READING:
        free = Q(state=ImportState.RECEIVED) | Q(state=ImportState.READING, lease__lt=at)
    else:
        free = Q(state=doing, lease__lt=at) | Q(state=doing, token="")
    claimed = ImportRun.objects.filter(free, pk=run_id, attempts__lt=MOST_ATTEMPTS).update(
        state=doing, token=token, lease=at + lease(), attempts=F("attempts") + 1
    )
    return token if claimed else None


def renew(*, run_id: int, token: str, at: datetime.datetime) -> bool:
    """The worker says that it is alive. False where it was stopped or the work given to another."""
    return bool(ImportRun.objects.filter(pk=run_id, token=token).update(lease=at + lease()))


def advance(*, run_id: int, token: str, done: int, at: datetime.datetime) -> bool:
    """So many rows are done; said in the transaction of their batch, so that a batch is done once."""
    held = ImportRun.objects.filter(pk=run_id, token=token)
    return bool(held.update(done=done, lease=at + lease(), attempts=1))


def settle(*, run_id: int, token: str, state: ImportState, **fields: Any) -> bool:
    return bool(ImportRun.objects.filter(pk=run_id, token=token).update(state=state, token="", lease=None, **fields))


def give_up(*, run_id: int, state: ImportState, findings: list[dict[str, Any]]) -> bool:
    """The work cannot be done; the findings say why. Before anything was written: unreadable, later: stopped."""
    return bool(
        ImportRun.objects.filter(pk=run_id, state__in=STOPPABLE).update(
            state=state, token="", lease=None, findings=findings
        )
    )


def recover_lost(*, at: datetime.datetime) -> int:
    """Queue again what lost its worker; give up on what took its worker down too often. Returns how many."""
    lost = ImportRun.objects.filter(
        state__in=(ImportState.READING, ImportState.WRITING, ImportState.UNDOING), lease__lt=at
    )
    recovered = 0
    for run in lost.only("pk", "state", "attempts", "name", "written_at"):
        if run.attempts >= MOST_ATTEMPTS:
            end = ImportState.UNREADABLE if run.state == ImportState.READING else ImportState.STOPPED
            give_up(run_id=run.pk, state=end, findings=[failed(run.name)])
        else:
            recovered += _requeue(run, at)
    return recovered


@transaction.atomic
def _requeue(run: ImportRun, at: datetime.datetime) -> bool:
    """Only while it is lost: of two workers that notice, one queues it. The lease gives the queue its time."""
    still = ImportRun.objects.filter(pk=run.pk, state=run.state, lease__lt=at)
    fields: dict[str, Any] = {"token": "", "lease": at + lease()}
    if run.state == ImportState.READING:
        fields = {"token": "", "lease": None, "state": ImportState.RECEIVED}
    if not still.update(**fields):
        return False
    enqueue(TASKS[ImportState(run.state)], run.pk)
    return True


def failed(name: str) -> dict[str, Any]:
    return {"code": "list.failed", "outcome": "not_met", "params": {"file": name}}
