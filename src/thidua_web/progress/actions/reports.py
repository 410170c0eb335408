"""Every write to reports. Each act is one conditional update: of two at once, one wins and the other is told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.deployments import note_report
from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.models import DutyDay
from thidua_web.journal.actions import record
from thidua_web.progress.completeness import lacking
from thidua_web.progress.models import PledgedWork, Report, ReportedValue, ReportedWork
from thidua_web.progress.models.cells import (
    NARRATIVE,
    OF_TARGET,
    OF_WORK,
    Cells,
    cells_of,
    empty,
    is_empty,
    place,
)
from thidua_web.progress.queries import reports as queries
from thidua_web.progress.report_news import settle_waiting, tell_of_presenting, tell_of_return
from thidua_web.progress.stages import REPORT_MOVES, ReportState
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import name_on

EDITABLE = (ReportState.DRAFT, ReportState.RETURNED)


class Saved(StrEnum):
    """What became of what was sent. Stale: somebody else has changed the report since; nothing was written."""

    SAVED = "saved"
    SAME = "same"
    STALE = "stale"
    CLOSED = "closed"


class Moved(StrEnum):
    """Done; already so (a second click); or not: the report is not what was on the screen, or lacks something."""

    DONE = "done"
    ALREADY = "already"
    STALE = "stale"
    LACKING = "lacking"


@dataclass(frozen=True)
class Saving:
    """`report` as it stands now, None while nobody has written anything; `before` is what the changed cells held."""

    outcome: Saved
    report: Report | None
    before: Cells = field(default_factory=dict)


def open_report(*, day: DutyDay, unit: Unit, by: User, at: datetime.datetime) -> Report:
    """The row, made with the first thing that is written."""
    report, new = Report.objects.get_or_create(day=day, unit=unit, defaults={"edited_by": by, "edited_at": at})
    if new:
        _journal("report.begun", report, by, at)
    return report


@transaction.atomic
def save(  # noqa: PLR0913 - what was written, and on which screen
    *, day: DutyDay, unit: Unit, cells: Mapping[str, Any], seen: int, tab: str, by: User, at: datetime.datetime
) -> Saving:
    """Write the cells that differ. `seen` is the revision that was on the screen, `tab` names the open page.

    A page whose last answer got lost may go on from what it knows: it was itself who wrote since.
    """
    report = queries.report_of(day.pk, unit.pk)
    changes = _changes(cells, cells_of(report))
    if not changes:
        return Saving(Saved.SAME, report)
    if report is None:
        report = open_report(day=day, unit=unit, by=by, at=at)
    mine = Q(revision=seen) | (Q(edited_in=tab) if tab else Q(pk__in=()))
    sitting = bool(tab) and report.edited_in == tab
    here = Report.objects.filter(mine, pk=report.pk, state__in=EDITABLE)
    if not here.update(revision=F("revision") + 1, edited_by=by, edited_at=at, edited_in=tab):
        report.refresh_from_db()
        return Saving(Saved.STALE if report.state in EDITABLE else Saved.CLOSED, report)
    before = cells_of(report)
    changes = _changes(cells, before)
    _write(report, before, changes)
    report.refresh_from_db()
    if not sitting:
        _journal("report.edited", report, by, at, revision=report.revision)
    return Saving(Saved.SAVED, report, {cell: before.get(cell, empty(cell)) for cell in changes})


def _changes(cells: Mapping[str, Any], stored: Cells) -> Cells:
    return {cell: value for cell, value in cells.items() if value != stored.get(cell, empty(cell))}


def _write(report: Report, stored: Cells, changes: Cells) -> None:
    after = stored | changes
    if NARRATIVE in changes:
        Report.objects.filter(pk=report.pk).update(narrative=changes[NARRATIVE])
    _write_rows(ReportedValue, "target_id", OF_TARGET, report, after, changes)
    _write_rows(ReportedWork, "work_id", OF_WORK, report, after, changes)


def _write_rows(  # noqa: PLR0913, PLR0917 - one table of two
    model: type[ReportedValue | ReportedWork],
    owner: str,
    letters: Mapping[str, str],
    report: Report,
    after: Cells,
    changes: Cells,
) -> None:
    """One row for each target or work of which anything is written; a row that is emptied goes."""
    touched = {place(cell)[1] for cell in changes if cell[0] in letters}
    rows, gone = [], []
    for number in sorted(touched):
        held = {name: after.get(f"{key}{number}", empty(key)) for key, name in letters.items()}
        if all(is_empty(value) for value in held.values()):
            gone.append(number)
        else:
            rows.append(model(report=report, **{owner: number}, **held))
    model.objects.filter(**{"report": report, f"{owner}__in": gone}).delete()
    fields = list(letters.values())
    unique = ["report", owner.removesuffix("_id")]
    model.objects.bulk_create(rows, update_conflicts=True, update_fields=fields, unique_fields=unique, batch_size=500)


@transaction.atomic
def present(*, report: Report, seen: int, by: User, at: datetime.datetime) -> Moved:
    """Lay it before the head."""
    if _lacks(report, "present"):
        return Moved.LACKING
    moved = _move("present", report, seen, presented_by=by, presented_at=at)
    if moved is Moved.DONE:
        tell_of_presenting(report, by, at=at)
        _journal("report.presented", report, by, at)
    return moved


@transaction.atomic
def withdraw(*, report: Report, seen: int, by: User, at: datetime.datetime) -> Moved:
    moved = _move("withdraw", report, seen)
    if moved is Moved.DONE:
        settle_waiting(report, at=at)
        _journal("report.withdrawn", report, by, at)
    return moved


@transaction.atomic
def hand_back(*, report: Report, seen: int, by: User, at: datetime.datetime, reason: str) -> Moved:
    """The head does not sign; `reason` says what to mend."""
    moved = _give_back("hand_back", report, seen, by, at, reason)
    if moved is Moved.DONE:
        _journal("report.handed_back", report, by, at, reason=reason)
    return moved


@transaction.atomic
def send_back(*, report: Report, seen: int, by: User, at: datetime.datetime, reason: str) -> Moved:
    """The unit that launched the campaign wants it mended. When it first came stays what counts."""
    moved = _give_back("send_back", report, seen, by, at, reason)
    if moved is Moved.DONE:
        _journal("report.sent_back", report, by, at, reason=reason)
    return moved


def _give_back(  # noqa: PLR0913, PLR0917 - two acts of one shape
    act: str, report: Report, seen: int, by: User, at: datetime.datetime, reason: str
) -> Moved:
    if not reason.strip():
        raise ValueError("a return says why")
    moved = _move(act, report, seen, returned_by=by, returned_at=at, reason=reason.strip())
    if moved is Moved.DONE:
        settle_waiting(report, at=at)
        tell_of_return(report, by, reason.strip(), at=at)
    return moved


@transaction.atomic
def sign(*, report: Report, seen: int, by: User, at: datetime.datetime) -> Moved:
    """Sign and send in one: the unit's name of that day, the duty's day done, the works' days, the deployment's step.

    What is signed must be what was on the screen (`seen`), and whole.
    """
    if _lacks(report, "sign"):
        return Moved.LACKING
    today = timezone.localdate(at)
    name = name_on(report.unit, today)
    fields = {"signed_by": by, "signed_at": at, "signed_as": name, "sent_on": Coalesce("sent_on", today)}
    moved = _move("sign", report, seen, **fields)
    if moved is not Moved.DONE:
        return moved
    settle_waiting(report, at=at)
    _take_over_days(report)
    mark_done(day=report.day, unit=report.unit, by=by, at=at)
    _note_deployment(report, at)
    _journal("report.signed", report, by, at, signed_as=name, revision=report.revision)
    return moved


def _lacks(report: Report, act: str) -> bool:
    """Asked only where the move is open: a second click on what is done already finds nothing lacking."""
    if not Report.objects.filter(pk=report.pk, state__in=REPORT_MOVES[act].from_).exists():
        return False
    return bool(lacking(queries.content(report.day, report.unit_id, report)))


def _take_over_days(report: Report) -> None:
    """A work has begun, or is finished, on the day that the latest report gives: what the list of works goes by."""
    said = list(ReportedWork.objects.filter(report=report).exclude(started_on=None, finished_on=None))
    later = ReportedWork.objects.filter(
        work__in=[row.work_id for row in said],
        report__sent_on__isnull=False,
        report__day__due__gt=report.day.due or datetime.date.max,
    )
    newer = set(later.exclude(started_on=None, finished_on=None).values_list("work_id", flat=True))
    works = {work.pk: work for work in PledgedWork.objects.filter(pk__in=[row.work_id for row in said])}
    for row in said:
        if row.work_id not in newer:
            works[row.work_id].started_on, works[row.work_id].finished_on = row.started_on, row.finished_on
    PledgedWork.objects.bulk_update(works.values(), ["started_on", "finished_on"], batch_size=500)


def _note_deployment(report: Report, at: datetime.datetime) -> None:
    campaign, final = report.day.duty.campaign, queries.is_final(report.day)
    note_report(campaign=campaign, unit=report.unit, at=at, final=final, signed_by=report.signed_by)


def _move(act: str, report: Report, seen: int, **fields: Any) -> Moved:
    """Make the move where the table allows it now and the report is the one that was seen."""
    move = REPORT_MOVES[act]
    now = Report.objects.filter(pk=report.pk)
    if now.filter(revision=seen, state__in=move.from_).update(state=move.to, **fields):
        report.refresh_from_db()
        return Moved.DONE
    return Moved.ALREADY if now.filter(revision=seen, state=move.to).exists() else Moved.STALE


def _journal(act: str, report: Report, by: User, at: datetime.datetime, **details: object) -> None:
    day = report.day
    record(
        act=act,
        by=by,
        at=at,
        unit_id=report.unit_id,
        subject=("report", report.pk),
        label=day.duty.what,
        details={
            "campaign": day.duty.campaign_id,
            "day": day.pk,
            "unit": report.unit_id,
            **({"due": day.due.isoformat()} if day.due else {}),
            **details,
        },
    )
