"""What doubtful rows would do, worked out when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from thidua_web.register.lists.changes import Change
from thidua_web.register.lists.kinds import planner
from thidua_web.register.lists.planner import Said
from thidua_web.register.models import ImportRow, ImportRun, RowOutcome


def planned(run: ImportRun, rows: Sequence[ImportRow]) -> dict[tuple[int, int], list[Change]]:
    """By row and candidate; rows without candidates are left out."""
    asked = [
        (row, one["id"])
        for row in rows
        if row.outcome == RowOutcome.DOUBT and not row.written
        for one in row.candidates
    ]
    if not asked:
        return {}
    plans = planner(run, today=timezone.localdate(run.at)).plan(
        [Said(row.number, row.values, {}, candidate) for row, candidate in asked]
    )
    return {
        (row.pk, candidate): plan for (row, candidate), plan in zip(asked, plans, strict=True) if isinstance(plan, list)
    }
