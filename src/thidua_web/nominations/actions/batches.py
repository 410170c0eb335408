"""One act on many nominations: prepared without changing anything, carried out, stopped, taken back as one.

Few are done within the request, many by the worker, a part at a time; each part is one transaction, with the batch
held. Whoever has it in hand holds a lease; what lost its worker is put back (`recover_lost`).
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.config.queue import enqueue
from thidua_web.journal.actions import Lender, record
from thidua_web.nominations import batch_news as news
from thidua_web.nominations.actions import bulk
from thidua_web.nominations.models import Batch, BatchRow, BatchState, Nomination, RowState
from thidua_web.nominations.queries.allowed import ASSIGN, Standing, standings, why_not
from thidua_web.nominations.queries.barring import HANDS, barred_among
from thidua_web.nominations.queries.checking import Checked, checked_of
from thidua_web.nominations.queries.loading import nominations
from thidua_web.register.models import Unit

AT_ONCE, CHECKED_AT_ONCE = 499, 100
"""So many are done while the page waits; of acts that check every dossier anew, fewer."""
CHECKED = frozenset({"accept", "recommend", "not_recommend"})
CHUNK = 100
PLANNED_AT_ONCE = 1_000
MOST_ATTEMPTS = 3
LENDER, UNDO_LENDER = "lender", "undo_lender"
FRESH = ("recommend", "not_recommend")
"""Concluded on what the checks say at this moment, not on what they said when it was stored."""
TASKS = {
    BatchState.RUNNING: "thidua_web.nominations.batch_tasks.run_batch",
    BatchState.UNDOING: "thidua_web.nominations.batch_tasks.undo_batch",
}


# --- Preparing --------------------------------------------------------------------------------------------------------


@transaction.atomic
def prepare(*, to_unit: Unit, act: str, keys: Sequence[int], by: User, at: datetime.datetime) -> Batch:
    """What the act would do to these, in their order. What the same person prepared before and left is forgotten."""
    Batch.objects.filter(by=by, to_unit=to_unit, state=BatchState.PREPARED).delete()
    batch = Batch.objects.create(to_unit=to_unit, act=act, by=by, at=at)
    _plan(batch, keys, by, timezone.localdate(at))
    return batch


@transaction.atomic
def give_to(*, batch: Batch, appraiser: User, at: datetime.datetime) -> bool:
    """Say who is to appraise; whom a conflict of interest bars is left out. False where it was begun already."""
    free = Batch.objects.filter(pk=batch.pk, state=BatchState.PREPARED, act=ASSIGN)
    params = {"appraiser": appraiser.pk, "name": appraiser.full_name}
    if not free.update(params=params):
        return False
    batch.params = params
    keys = list(batch.rows.values_list("nomination_id", flat=True))  # type: ignore[attr-defined]
    batch.rows.all().delete()  # type: ignore[attr-defined]
    _plan(batch, keys, appraiser, timezone.localdate(at))
    return True


def _plan(batch: Batch, keys: Sequence[int], judge: User, on: datetime.date) -> None:
    """`judge` is whose conflicts of interest count."""
    planned: list[BatchRow] = []
    for first in range(0, len(keys), PLANNED_AT_ONCE):
        part = keys[first : first + PLANNED_AT_ONCE]
        rows = Nomination.objects.select_related("listed", *HANDS).defer("sections").filter(pk__in=part)
        found = {row.pk: row for row in rows.filter(to_unit=batch.to_unit_id, lodged_on__isnull=False)}
        why = reasons(batch, list(found.values()), judge, on)
        planned += [_row(batch, found[key], place, why[key]) for place, key in enumerate(part, first) if key in found]
    BatchRow.objects.bulk_create(planned, batch_size=500)
    Batch.objects.filter(pk=batch.pk).update(total=sum(row.state == RowState.PLANNED for row in planned))


def _row(batch: Batch, of: Nomination, place: int, why: str) -> BatchRow:
    state = RowState.LEFT_OUT if why else RowState.PLANNED
    return BatchRow(batch=batch, nomination=of, place=place, state=state, why=why, seen=of.revision)


def reasons(
    batch: Batch,
    rows: Sequence[Nomination],
    judge: User,
    on: datetime.date,
    found: Mapping[int, Checked] | None = None,
) -> dict[int, str]:
    """By number why it is left out, "" where it is not. `found`: fresh checks, which count instead of stored ones."""
    barred = barred_among(judge, rows, on)
    known = standings(rows, on, () if batch.act == ASSIGN else barred)
    return {row.pk: _why(batch, row, known[row.pk], row.pk in barred, (found or {}).get(row.pk)) for row in rows}


def _why(batch: Batch, row: Nomination, standing: Standing, barred: bool, fresh: Checked | None) -> str:
    if fresh is not None:
        standing = Standing(**{**standing.__dict__, "outcome": fresh.outcome, "defects": len(fresh.defects)})
    against = why_not(batch.act, standing)
    if against:
        return against[0]
    if batch.act == ASSIGN and barred and batch.params:
        return "their_conflict"
    if batch.act == ASSIGN and row.appraiser_id is not None and row.appraiser_id == batch.params.get("appraiser"):
        return "same"
    return ""


# --- Carrying out -----------------------------------------------------------------------------------------------------


def carry_out(*, batch: Batch, params: Mapping[str, Any], by: User, at: datetime.datetime) -> bool:
    """Begin it, or go on where it was stopped; few are done when this returns, many are the worker's.

    False where somebody has begun it, or nothing is left to do.
    """
    fields = {"params": batch.params | dict(params) | _lent(LENDER, by)}
    states = (BatchState.PREPARED, BatchState.STOPPED)
    free = Batch.objects.filter(pk=batch.pk, by=by, state__in=states)
    return _begin(free, BatchState.RUNNING, RowState.PLANNED, at, fields)


def undo(*, batch: Batch, by: User, at: datetime.datetime) -> bool:
    """Begin taking all of it back. False where that was begun already, or there is nothing to take back."""
    free = Batch.objects.filter(pk=batch.pk, state__in=(BatchState.DONE, BatchState.STOPPED))
    fields = {"undone_by": by, "params": batch.params | _lent(UNDO_LENDER, by)}
    return _begin(free, BatchState.UNDOING, RowState.DONE, at, fields)


def _lent(name: str, by: User) -> dict[str, Any]:
    """Whose role it is that lets them."""
    lender = getattr(by, "acts_for", None)
    return {name: list(lender) if lender else None}


def _begin(free: QuerySet[Batch], to: BatchState, rows: RowState, at: datetime.datetime, fields: Any) -> bool:
    with transaction.atomic():
        batch = free.first()
        left = BatchRow.objects.filter(batch=batch, state=rows).count() if batch else 0
        fields |= {"state": to, "total": left, "done": 0, "token": "", "lease": at + _lease(), "attempts": 0}
        if batch is None or not left or not free.update(**fields):
            return False
        at_once = CHECKED_AT_ONCE if to is BatchState.RUNNING and batch.act in CHECKED else AT_ONCE
        if left > at_once:
            enqueue(TASKS[to], batch.pk)
    if left <= at_once:
        work(batch.pk, to)
    return True


@transaction.atomic
def stop(*, batch: Batch, at: datetime.datetime) -> bool:
    """What was done stays done, and can be taken back; the rest can still be done. False where nothing runs."""
    held = Batch.objects.select_for_update().filter(pk=batch.pk, state=BatchState.RUNNING).first()
    if held is None:
        return False
    _finish(held, BatchState.STOPPED, at)
    return True


def work(batch_id: int, doing: BatchState) -> bool:
    """All parts, one after the other. True where this call did the last of them."""
    token = claim(batch_id, doing, timezone.now())
    if token is None:
        return False
    part = _do_part if doing is BatchState.RUNNING else _undo_part
    while (goes_on := part(batch_id, token, timezone.now())) is True:
        pass
    return goes_on is False


def _held(batch_id: int, token: str) -> Batch | None:
    """Held until the end of the transaction, while the work is still this worker's."""
    rows = Batch.objects.select_for_update(of=("self",)).select_related("by", "to_unit", "undone_by")
    return rows.filter(pk=batch_id, token=token).first()


@transaction.atomic
def _do_part(batch_id: int, token: str, at: datetime.datetime) -> bool | None:
    """True: there may be more; False: all is done; None: the work is somebody else's now, or was stopped."""
    batch = _held(batch_id, token)
    if batch is None:
        return None
    part = list(batch.rows.filter(state=RowState.PLANNED)[:CHUNK])  # type: ignore[attr-defined]
    if not part:
        _finish(batch, BatchState.DONE, at)
        return False
    on = timezone.localdate(at)
    rows = _locked([one.nomination_id for one in part])
    found = checked_of(list(rows.values()), on) if batch.act in FRESH else {}
    why = _still(batch, part, rows, found, on)
    done = [rows[key] for key, reason in why.items() if not reason]
    acting = bulk.Acting(batch.act, batch.params, batch.by, at, on, {row.pk: found[row.pk] for row in done if found})
    before = bulk.apply(done, acting) if done else {}
    news.settle(done, at=at)
    for one in part:
        one.why = why.get(one.nomination_id, "state")
        one.state = RowState.LEFT_OUT if one.why else RowState.DONE
        if not one.why:
            one.before, one.revision = before[one.nomination_id], one.seen + 1
    BatchRow.objects.bulk_update(part, ["state", "why", "before", "revision"], batch_size=CHUNK)
    Batch.objects.filter(pk=batch.pk).update(done=F("done") + len(part), lease=at + _lease(), attempts=1)
    return True


def _locked(keys: Collection[int]) -> dict[int, Nomination]:
    """In the order of their numbers, so that two batches do not wait for each other."""
    return {row.pk: row for row in nominations().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}


def _still(
    batch: Batch,
    part: Sequence[BatchRow],
    rows: Mapping[int, Nomination],
    found: Mapping[int, Checked],
    on: datetime.date,
) -> dict[int, str]:
    """As at the preview, unless somebody acted since."""
    judge = User.objects.get(pk=batch.params["appraiser"]) if batch.act == ASSIGN else batch.by
    why = reasons(batch, list(rows.values()), judge, on, found)
    seen = {one.nomination_id: one.seen for one in part}
    return {key: "changed" if rows[key].revision != seen[key] else reason for key, reason in why.items()}


@transaction.atomic
def _undo_part(batch_id: int, token: str, at: datetime.datetime) -> bool | None:
    batch = _held(batch_id, token)
    if batch is None:
        return None
    part = list(batch.rows.filter(state=RowState.DONE)[:CHUNK])  # type: ignore[attr-defined]
    if not part:
        _finish(batch, BatchState.UNDONE, at)
        return False
    rows = _locked([one.nomination_id for one in part])
    signed = {key for key, one in standings(list(rows.values()), timezone.localdate(at)).items() if one.signed}
    back = {}
    for one in part:
        row = rows.get(one.nomination_id)
        free = row is not None and row.revision == one.revision and row.pk not in signed
        one.state = RowState.UNDONE if free else RowState.KEPT
        one.why = "" if free else "signed" if one.nomination_id in signed else "changed"
        if free:
            back[one.nomination_id] = one.before
    bulk.restore([rows[key] for key in back], back, at)
    BatchRow.objects.bulk_update(part, ["state", "why"], batch_size=CHUNK)
    Batch.objects.filter(pk=batch.pk).update(done=F("done") + len(part), lease=at + _lease(), attempts=1)
    return True


def _finish(batch: Batch, state: BatchState, at: datetime.datetime) -> None:
    """Settled, told to the units, and one line in the journal with the numbers of all that it did since the last."""
    undone = state is BatchState.UNDONE
    told = [] if undone else batch.params.get("told", [])
    did, left = _did(batch, undone=undone)
    done = [key for key in did if key not in set(told)]
    moment = {"undone_at": at} if undone else {"done_at": at}
    params = batch.params if undone else batch.params | {"told": [*told, *done]}
    Batch.objects.filter(pk=batch.pk).update(state=state, token="", lease=None, params=params, **moment)
    by = batch.undone_by if undone and batch.undone_by else batch.by
    lender = batch.params.get(UNDO_LENDER if undone else LENDER)
    by.acts_for = Lender(*lender) if lender else None  # the worker knows the person alone
    news.tell(batch, done, by, part=len(told), undone=undone, at=at)
    said = {name: batch.params[name] for name in ("codes", "words", "due_on", "appraiser") if name in batch.params}
    said |= {"stopped": True} if state is BatchState.STOPPED else {}
    record(
        act="appraisal.batch_undone" if undone else "appraisal.batch",
        by=by,
        at=at,
        unit_id=batch.to_unit_id,
        subject=("batch", batch.pk),
        label=str(news.act_label(batch.act)),
        details={"act": batch.act, "nominations": done, "left_out": left, **said},
    )


def _did(batch: Batch, *, undone: bool) -> tuple[list[int], dict[str, int]]:
    """Numbers of what it did, in order, and how many it left out, by the reason."""
    wanted = RowState.UNDONE if undone else RowState.DONE
    did: list[int] = []
    left: dict[str, int] = {}
    for state, why, key in batch.rows.values_list("state", "why", "nomination_id"):  # type: ignore[attr-defined]
        if state == wanted:
            did.append(key)
        elif why:
            left[why] = left.get(why, 0) + 1
    return did, left


# --- The worker -------------------------------------------------------------------------------------------------------


def _lease() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.READING_LEASE_SECONDS)


def claim(batch_id: int, doing: BatchState, at: datetime.datetime) -> str | None:
    """Take it in hand; None where somebody alive has it, or it took its worker down too often."""
    token = uuid.uuid4().hex
    free = Q(token="") | Q(lease__lt=at)
    rows = Batch.objects.filter(free, pk=batch_id, state=doing, attempts__lt=MOST_ATTEMPTS)
    claimed = rows.update(token=token, lease=at + _lease(), attempts=F("attempts") + 1)
    return token if claimed else None


def recover_lost(*, at: datetime.datetime) -> int:
    """Queue again what lost its worker; what took it down too often stands as stopped. Returns how many."""
    found = 0
    for batch in Batch.objects.filter(state__in=list(TASKS), lease__lt=at).select_related("by", "to_unit", "undone_by"):
        if batch.attempts >= MOST_ATTEMPTS:
            Batch.objects.filter(pk=batch.pk, lease__lt=at).update(state=BatchState.STOPPED, token="", lease=None)
        else:
            still = Batch.objects.filter(pk=batch.pk, state=batch.state, lease=batch.lease)
            if still.update(token="", lease=at + _lease()):
                enqueue(TASKS[BatchState(batch.state)], batch.pk)
                found += 1
    return found
