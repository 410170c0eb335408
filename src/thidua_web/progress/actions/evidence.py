"""Every write to the files that prove something."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.db.models import Sum

from thidua.errors import UnreadableError
from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.archive.evidence import MOST_BYTES, check_evidence, check_room
from thidua_web.archive.models import StoredFile
from thidua_web.archive.names import clean_name
from thidua_web.campaigns.models import DutyDay
from thidua_web.journal.actions import record
from thidua_web.progress.actions.reports import EDITABLE, open_report
from thidua_web.progress.models import Evidence, PledgedTarget, PledgedWork, Report
from thidua_web.register.models import Unit

KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".docx": "docx", ".xlsx": "xlsx"}


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
    name = clean_name(name)
    data = source.read(MOST_BYTES + 1)
    try:
        kind = check_evidence(data, name)
        name = _with_its_ending(name, kind)
        _check_room(day, unit, name, len(data))
    except UnreadableError as error:
        return Adding(name, error=error)
    report = open_report(day=day, unit=unit, by=by, at=at)
    if not Report.objects.select_for_update().filter(pk=report.pk, state__in=EDITABLE).exists():
        return Adding(name, closed=True)
    stored = keep_content(data, kind=kind)
    about = {
        "target": of if isinstance(of, PledgedTarget) else None,
        "work": of if isinstance(of, PledgedWork) else None,
    }
    fields = {"name": name, "uploaded_by": by, "uploaded_at": at}
    evidence, new = Evidence.objects.get_or_create(report=report, file=stored, **about, defaults=fields)
    if new:
        _journal("evidence.added", evidence, by, at)
    return Adding(name, evidence=evidence, known=not new)


def _with_its_ending(name: str, kind: str) -> str:
    """The name tells what the file is: one that lies gets its own ending behind."""
    stem, dot, ending = name.rpartition(".")
    if dot and stem and KINDS.get(f".{ending.lower()}") == kind:
        return name
    return f"{name[:190]}.{kind}"


def _check_room(day: DutyDay, unit: Unit, name: str, size: int) -> None:
    held = Evidence.objects.filter(report__day=day, report__unit=unit)
    sizes = StoredFile.objects.filter(pk__in=held.values("file_id")).aggregate(all=Sum("size"))
    check_room(name, size, files=held.count(), together=sizes["all"] or 0)


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
