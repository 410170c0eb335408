"""Reforms out of a workbook: read whole, every fault by row and column at once; then drafts, and nothing more."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from thidua.errors import UnreadableError
from thidua.findings import Finding, Outcome, not_met
from thidua.register.kinds import sheet_kinds
from thidua.register.sheets import read_sheet
from thidua_web.journal.actions import Actor
from thidua_web.register.actions.reforms import draft_from_rows
from thidua_web.register.models import Reform, Unit
from thidua_web.register.workbooks.reading import read_workbook
from thidua_web.register.workbooks.recognise import check_workbook

KIND = "reforms"
# A whole country has not so many units to merge; more is a mistake, and a page waits for it.
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Taken:
    """The drafts that the list became, or every fault in it (with row and column); `doubts` only tell."""

    drafts: Sequence[Reform] = ()
    faults: Sequence[Finding] = ()
    doubts: Sequence[Finding] = ()


def take_list(*, data: bytes, name: str, unit: Unit, by: Actor, at: datetime.datetime) -> Taken:
    """One draft for every day and document. With a single fault there is none: a reform is whole or is not."""
    try:
        check_workbook(data, name, limit=settings.MAX_FILE_BYTES)
        rows, findings = _read(data, name)
    except UnreadableError as error:
        return Taken(faults=[not_met(error.code, None, **error.params)])
    faults = [one for one in findings if one.outcome is Outcome.NOT_MET]
    doubts = [one for one in findings if one.outcome is Outcome.UNKNOWN]
    if faults or not rows:
        return Taken(faults=faults or [not_met("list.no_rows", None, file=name)], doubts=doubts)
    return Taken(draft_from_rows(rows=rows, unit=unit, by=by, at=at), doubts=doubts)


def _read(data: bytes, name: str) -> tuple[list[dict[str, Any]], list[Finding]]:
    sheet = read_workbook(data, name, KIND)
    if sheet.height > MOST_ROWS:
        raise UnreadableError("list.too_many_rows", file=name, rows=sheet.height, limit=MOST_ROWS)
    header, found = read_sheet(sheet_kinds()[KIND], sheet.rows())
    rows: list[dict[str, Any]] = []
    findings = list(header.findings)
    for row in found:
        findings.extend(row.findings)
        if row.data:
            rows.append(dict(row.values))
    return rows, findings
