"""Writes the rows of a list into the register, a batch in a transaction, and takes a written list back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from thidua.findings import Finding
from thidua_web.journal.actions import record
from thidua_web.register.actions import imports
from thidua_web.register.actions.carrying_out import Job, carry_out, take_back
from thidua_web.register.actions.import_reading import fault, owner
from thidua_web.register.lists.changes import Change, refers_to
from thidua_web.register.lists.kinds import planner
from thidua_web.register.lists.planner import Planner, Said
from thidua_web.register.models import ImportRow, ImportRun, ImportState, RowOutcome, Unit
from thidua_web.register.sealing import unseal

BATCH = 1000
Clock = Callable[[], datetime.datetime]


def write(*, run: ImportRun, token: str, clock: Clock) -> bool:
    """Write what is ready. False where it was stopped meanwhile; what was written until then stays written."""
    plan = planner(run, today=timezone.localdate(run.at))
    last, done = 0, 0
    while True:
        with transaction.atomic():
            _take_turns(run)
            rows = list(imports.ready(run).filter(pk__gt=last).order_by("pk")[:BATCH])
            if not rows:
                return _written(run, token, clock)
            _write_batch(plan, rows)
            last, done = rows[-1].pk, done + len(rows)
            if not imports.advance(run_id=run.pk, token=token, done=done, at=clock()):
                transaction.set_rollback(True)
                return False


def _take_turns(run: ImportRun) -> None:
    """Writers to one tree of units write one batch after the other: each sees what the one before has written."""
    root = int(run.unit.path.split("/")[1])
    Unit.objects.select_for_update(no_key=True).filter(pk=root).first()


def _write_batch(plan: Planner, rows: Sequence[ImportRow]) -> None:
    jobs = _jobs(plan, rows)
    late = plan.twice([(job.number, job.changes) for job in jobs if not job.refused])
    for job in jobs:
        if job.number in late:
            job.refused = "write.now_there"
    carry_out(jobs, _targets(plan.run, jobs))
    _mark(rows, jobs)


def _jobs(plan: Planner, rows: Sequence[ImportRow]) -> list[Job]:
    """Rows as they were staged; doubts as they were settled, planned now."""
    jobs = [_job(plan.run, row) for row in rows]
    settled = [(job, row) for job, row in zip(jobs, rows, strict=True) if row.outcome == RowOutcome.DOUBT]
    plans = plan.plan([Said(row.number, row.values, job.secret, job.target) for job, row in settled])
    for (job, _), changes in zip(settled, plans, strict=True):
        if isinstance(changes, Finding):
            job.refused = changes.code
        else:
            job.changes = changes
    return jobs


def _job(run: ImportRun, row: ImportRow) -> Job:
    target = row.target if row.choice in ("", "accept") else None
    if row.choice.startswith("same:"):
        target = int(row.choice.removeprefix("same:"))
    secret = unseal(row.sealed, owner=owner(run.pk, row.number)) if row.sealed else {}
    return Job(row.number, msgspec.convert(row.changes, list[Change]), target, secret)


def _targets(run: ImportRun, jobs: Sequence[Job]) -> dict[int, int]:
    """What the rows that these refer to have come to be."""
    values = (value for job in jobs for change in job.changes for value in change.now.values())
    numbers = {number for value in values if (number := refers_to(value)) is not None}
    rows = ImportRow.objects.filter(run=run, number__in=numbers - {job.number for job in jobs}, target__isnull=False)
    done = rows.exclude(outcome=RowOutcome.FAULT).exclude(outcome=RowOutcome.DOUBT, written=False)
    return dict(done.values_list("number", "target"))


UPDATE = (
    "UPDATE register_importrow SET target = %s, changes = %s, findings = %s, outcome = %s, written = %s WHERE id = %s"
)


def _mark(rows: Sequence[ImportRow], jobs: Sequence[Job]) -> None:
    """One statement for all rows: Django's bulk_update builds a sentence of a thousand cases for each column."""
    marks = []
    for row, job in zip(rows, jobs, strict=True):
        findings, outcome = row.findings, row.outcome
        if job.refused:
            findings = [*findings, fault(job.refused, row=row.number, first=str(row.values.get("first", "")))]
            outcome = RowOutcome.FAULT.value
        changes = row.changes if job.refused else msgspec.to_builtins(job.changes)
        marks.append((job.target, _json(changes), _json(findings), outcome, not job.refused, row.pk))
    with connection.cursor() as cursor:
        cursor.executemany(UPDATE, marks)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _written(run: ImportRun, token: str, clock: Clock) -> bool:
    at = clock()
    imports.count(run)
    if not imports.settle(run_id=run.pk, token=token, state=ImportState.DONE, written_at=at):
        return False
    told = {name: run.counts[name] for name in ("written", "fault", "undecided", "left_out")}
    _journal("list.written", run, at, told)
    return True


def _journal(act: str, run: ImportRun, at: datetime.datetime, counts: dict[str, int]) -> None:
    run.refresh_from_db(fields=["acted_by", "acted_by_name"])
    by = SimpleNamespace(pk=run.acted_by, full_name=run.acted_by_name)
    details: dict[str, Any] = {"kind": run.kind, **counts}
    record(act=act, by=by, at=at, unit_id=run.unit_id, subject=("list", run.pk), label=run.name, details=details)


# ------------------------------------------------------------------------------------------------ taking back


def undo(*, run: ImportRun, token: str, clock: Clock) -> bool:
    """Take back every written row, the last first; what somebody has changed or used since is left alone."""
    next_, done, left = None, 0, 0
    while True:
        with transaction.atomic():
            _take_turns(run)
            rows = ImportRow.objects.filter(run=run, written=True).order_by("-pk")
            batch = list((rows.filter(pk__lt=next_) if next_ is not None else rows)[:BATCH])
            if not batch:
                return _undone(run, token, clock, left)
            jobs = [Job(row.number, msgspec.convert(row.changes, list[Change]), row.target) for row in batch]
            take_back(jobs)
            left += _mark_undone(batch, jobs)
            next_, done = batch[-1].pk, done + len(batch)
            if not imports.advance(run_id=run.pk, token=token, done=done, at=clock()):
                transaction.set_rollback(True)
                return False


def _mark_undone(rows: Sequence[ImportRow], jobs: Sequence[Job]) -> int:
    gone = [row.pk for row, job in zip(rows, jobs, strict=True) if not job.refused]
    ImportRow.objects.filter(pk__in=gone).update(written=False)
    kept = [(row, job) for row, job in zip(rows, jobs, strict=True) if job.refused]
    for row, job in kept:
        row.findings = [one for one in row.findings if not one["code"].startswith("undo.")]
        row.findings.append(fault(job.refused, row=row.number))
    ImportRow.objects.bulk_update([row for row, _ in kept], ["findings"], batch_size=500)
    return len(kept)


def _undone(run: ImportRun, token: str, clock: Clock, left: int) -> bool:
    at, before = clock(), run.counts.get("written", 0)
    imports.count(run)
    run.counts |= {"undone": before - run.counts["written"], "kept": run.counts["written"]}
    counts = {"undone": run.counts["undone"], "kept": run.counts["kept"]}
    if not imports.settle(run_id=run.pk, token=token, state=ImportState.UNDONE, counts=run.counts):
        return False
    _journal("list.undone", run, at, counts)
    return True
