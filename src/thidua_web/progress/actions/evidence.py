"""Every write to the files that prove something."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import IO

from django.db import transaction

from thidua.errors import UnreadableError
from thidua_web.accounts.models import User
from thidua_web.archive.names import clean_name
from thidua_web.archive.taking import contents, take
from thidua_web.campaigns.models import DutyDay
from thidua_web.journal.actions import record
from thidua_web.progress.actions.reports import EDITABLE, open_report
from thidua_web.progress.models import Evidence, PledgedTarget, PledgedWork, Report
from thidua_web.register.models import Unit


@dataclass(frozen=True)
class Adding:
    """What became of one file: `evidence`, or `error`; `known` where the same content was there for the same thing."""

    name: str
    evidence: Evidence | None = None
    known: bool = False
    error: UnreadableError | None = None
    closed: bool = False


@transaction.atomic
def add_evidence(  # noqa: PLR0913 - what a file comes with
    *,
    source: IO[bytes],
    name: str,
    day: DutyDay,
    unit: Unit,
    of: PledgedTarget | PledgedWork | None,
    by: User,
    at: datetime.datetime,
) -> Adding:
    """Keep the file where its content is what evidence may be, and the report still open."""
    held = Evidence.objects.filter(report__day=day, report__unit=unit)
    try:
        taken = take(source, name, held=contents(held.values("file_id")), files=held.count())
    except UnreadableError as error:
        return Adding(clean_name(name), error=error)
    report = open_report(day=day, unit=unit, by=by, at=at)
    if not Report.objects.select_for_update().filter(pk=report.pk, state__in=EDITABLE).exists():
        return Adding(taken.name, closed=True)
    stored = taken.keep()
    about = {
        "target": of if isinstance(of, PledgedTarget) else None,
        "work": of if isinstance(of, PledgedWork) else None,
    }
    fields = {"name": taken.name, "uploaded_by": by, "uploaded_at": at}
    evidence, new = Evidence.objects.get_or_create(report=report, file=stored, **about, defaults=fields)
    if new:
        _journal("evidence.added", evidence, by, at)
    return Adding(taken.name, evidence=evidence, known=not new)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: datetime.datetime) -> bool:
    """False where the report is closed, or the file was removed before. The content goes with the nightly clean-up."""
    if not Report.objects.select_for_update().filter(pk=evidence.report_id, state__in=EDITABLE).exists():
        return False
    gone, _ = Evidence.objects.filter(pk=evidence.pk).delete()
    if gone:
        _journal("evidence.removed", evidence, by, at)
    return bool(gone)


def _journal(act: str, evidence: Evidence, by: User, at: datetime.datetime) -> None:
    report = evidence.report
    record(
        act=act,
        by=by,
        at=at,
        unit_id=report.unit_id,
        subject=("report", report.pk),
        label=evidence.name,
        details={
            "campaign": report.day.duty.campaign_id,
            "day": report.day_id,
            "unit": report.unit_id,
            "sha256": evidence.file.sha256,
            **({"target": evidence.target_id} if evidence.target_id else {}),
            **({"work": evidence.work_id} if evidence.work_id else {}),
        },
    )
