"""Reads a list that came in, row by row, and keeps what each row will do. All faults are found, not the first."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from thidua.errors import UnreadableError
from thidua.findings import Finding, unknown
from thidua.register.sheets import Header, Row, column_letter, read_sheet
from thidua.vietnamese.folding import search_key
from thidua_web.archive.queries import content
from thidua_web.register.actions import imports
from thidua_web.register.lists.changes import MODELS, Staged
from thidua_web.register.lists.kinds import planner
from thidua_web.register.lists.planner import Planner
from thidua_web.register.models import ImportRow, ImportRun, ImportState, ListKind
from thidua_web.register.queries.exports import MASK
from thidua_web.register.sealing import seal, unseal_file
from thidua_web.register.workbooks.reading import Sheet, read_workbook

BATCH = 1000
# Notes on lines that are none of the list: so many are kept.
MOST_NOTES = 50
# Columns by which several rows may be about one.
KEYS: dict[str, tuple[str, ...]] = defaultdict(tuple, {ListKind.PEOPLE: ("code", "register_number")})


class StoppedError(Exception):
    """The work was stopped, or another worker took it over."""


def read(*, run: ImportRun, token: str, clock: Callable[[], datetime.datetime]) -> bool:
    """Read a claimed list. False where it was stopped meanwhile; its rows are then dropped by whoever comes next."""
    try:
        _forget(run, token, clock)
        _read(run, token, clock)
    except StoppedError:
        return False
    except UnreadableError as error:
        fault = {"code": error.code, "outcome": "not_met", "params": msgspec.to_builtins(error.params)}
        return imports.settle(run_id=run.pk, token=token, state=ImportState.UNREADABLE, findings=[fault])
    return True


def _forget(run: ImportRun, token: str, clock: Callable[[], datetime.datetime]) -> None:
    """Rows of a reading that was cut off, a few thousand at a time."""
    while ids := list(ImportRow.objects.filter(run=run).values_list("pk", flat=True)[: BATCH * 5]):
        ImportRow.objects.filter(pk__in=ids).delete()
        if not imports.renew(run_id=run.pk, token=token, at=clock()):
            raise StoppedError


def _read(run: ImportRun, token: str, clock: Callable[[], datetime.datetime]) -> None:
    today = timezone.localdate(run.at)
    run.counts = {"newest": _newest()}
    sheet = read_workbook(unseal_file(content(run.file)), run.name, run.kind)
    plan = planner(run, today=today)
    header, rows = read_sheet(plan.sheet, _unmasked(sheet.rows(), plan), today=today)
    if not header.usable:
        findings = [fault("list.no_header", file=run.name), *map(msgspec.to_builtins, header.findings)]
        imports.settle(run_id=run.pk, token=token, state=ImportState.UNREADABLE, findings=findings)
        return
    plan.letters = {column.key: column_letter(index) for index, column in header.columns.items()}
    plan.again = _several(sheet, run, header)
    notes: list[Finding] = [*header.findings, *_left_out(run, plan, header)]
    run.sensitive = run.sensitive and any(column.sensitive for column in header.columns.values())
    total = max(0, sheet.height - header.row)
    said = {"total": total, "counts": run.counts, "sensitive": run.sensitive}
    ImportRun.objects.filter(pk=run.pk, token=token).update(**said)
    done = _keep_all(run, sheet.name, _staged(plan, rows, notes), token, clock)
    if not done:
        raise UnreadableError("list.no_rows", file=run.name)
    _finish(run, token, notes)


def _newest() -> dict[str, int]:
    """The highest number in each table that lists add to: what is above it came later."""
    names = ("unit", "person", "household", "rating", "award")
    return {name: MODELS[name]._default_manager.aggregate(last=Max("pk"))["last"] or 0 for name in names}


def _several(sheet: Sheet, run: ImportRun, header: Header) -> frozenset[str]:
    """The codes that several rows have."""
    keys = {index: column.key for index, column in header.columns.items() if column.key in KEYS[run.kind]}
    found = Counter(
        f"{key}:{''.join(str(row[index]).split())}".casefold()
        for row in (sheet.rows() if keys else ())
        for index, key in keys.items()
        if index < len(row) and row[index]
    )
    return frozenset(key for key, times in found.items() if times > 1)


def _unmasked(rows: Iterable[list[Any]], plan: Planner) -> Iterator[list[Any]]:
    for row in rows:
        yield [None if cell == MASK else cell for cell in row] if MASK in row else row


def _left_out(run: ImportRun, plan: Planner, header: Header) -> list[Finding]:
    """Sensitive columns of a sender who may not write them."""
    columns = [column.header for column in header.columns.values() if column.sensitive]
    return [unknown("list.sensitive_left", headers=columns)] if columns and not run.sensitive else []


def _staged(plan: Planner, rows: Iterator[Row], notes: list[Finding]) -> Iterator[list[Staged]]:
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            if not row.data and len(notes) < MOST_NOTES:
                notes.extend(row.findings)
        yield plan.stage([row for row in batch if row.data])
    yield from plan.finish()


def _keep_all(
    run: ImportRun,
    sheet: str,
    staged: Iterable[list[Staged]],
    token: str,
    clock: Callable[[], datetime.datetime],
) -> int:
    done = 0
    for batch in staged:
        with transaction.atomic():
            ImportRow.objects.bulk_create([_row(run, sheet, one) for one in batch], batch_size=500)
            done += len(batch)
            if not imports.advance(run_id=run.pk, token=token, done=done, at=clock()):
                raise StoppedError
    return done


def _row(run: ImportRun, sheet: str, one: Staged) -> ImportRow:
    return ImportRow(
        run=run,
        sheet=sheet[:60],
        number=one.number,
        outcome=one.outcome,
        label=one.label,
        values=one.values,
        sealed=seal(one.secret, owner=owner(run.pk, one.number)) if one.secret else "",
        findings=one.findings,
        candidates=msgspec.to_builtins(one.candidates),
        target=one.target,
        doubt=one.doubt,
        changes=msgspec.to_builtins(one.changes),
        folded=search_key(f"{one.label} {one.values.get('unit_name', '')} {one.values.get('unit_code', '')}")[:300],
    )


def owner(run_id: int, number: int) -> str:
    """Whose sealed text it is while it waits."""
    return f"import:{run_id}:{number}"


@transaction.atomic
def _finish(run: ImportRun, token: str, notes: Sequence[Finding]) -> None:
    held = ImportRun.objects.select_for_update().filter(pk=run.pk, token=token).first()
    if held is None:
        raise StoppedError
    imports.count(run)
    done = run.counts["all"]
    found = [msgspec.to_builtins(finding) for finding in notes]
    fields = {"findings": found, "done": done, "total": done}
    imports.settle(run_id=run.pk, token=token, state=ImportState.CHECKED, **fields)


def fault(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "outcome": "not_met", "params": params}
