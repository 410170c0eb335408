"""Every write of a review. An act is a step with a number; a fact remembers the step that last touched it.

Whoever acts names the revision that was on the screen. A fact that somebody else has touched since is left as it is
and comes back as `stale`, so that of two people at work on one plan none overwrites the other. `token` is made by the
page, one for each act: sent twice (a double click, a retry after a lost answer) it is done once.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F, Max, QuerySet

from thidua.plans import review
from thidua.plans.reading import Reading
from thidua.plans.review import Reviewed, Verdict
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import PlanDocument, PlanReading, ReviewedFact, ReviewStep
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.queries.reviews import facts_of, gone_of, item, items
from thidua_web.campaigns.stages import EditionState, PlanState
from thidua_web.journal.actions import record

ONE_FACT: Mapping[ReviewAct, Callable[[Reviewed], Reviewed]] = {
    ReviewAct.ACCEPT: review.accept,
    ReviewAct.REJECT: review.reject,
    ReviewAct.RESTORE: review.restore,
}
WHOLE_KIND = {ReviewAct.ACCEPT_KIND: review.accept, ReviewAct.REJECT_KIND: review.reject}


@dataclass
class Done:
    """What became of an act: the facts it touched, those it left because somebody else had, and those it took away
    with the span of their words.

    `closed` where the review is sealed or the plan is being read; `nothing` where there was nothing to undo.
    """

    changed: list[ReviewedFact] = field(default_factory=list)
    stale: list[ReviewedFact] = field(default_factory=list)
    gone: dict[str, tuple[int, int]] = field(default_factory=dict)
    closed: bool = False
    nothing: bool = False


class _ClosedError(Exception):
    pass


@dataclass(frozen=True)
class Actor:
    """Who acts, when, and the page's token for this one act."""

    by: User
    at: datetime.datetime
    token: uuid.UUID


def decide(*, document: PlanDocument, act: ReviewAct, key: str, seen: int, actor: Actor) -> Done:
    """Accept, reject or restore one fact."""
    return _act(document, act, actor, [key], seen, lambda row: ONE_FACT[act](item(row)))


def decide_kind(*, document: PlanDocument, act: ReviewAct, kind: str, seen: int, actor: Actor) -> Done:
    """Accept or reject what is still pending of a kind; facts touched after step `seen` are left as they are."""
    pending = ReviewedFact.objects.filter(document=document, kind=kind, verdict=Verdict.PENDING)
    keys = list(pending.filter(revision__lte=seen).values_list("key", flat=True))
    return _act(document, act, actor, keys, None, lambda row: WHOLE_KIND[act](item(row)))


def correct(  # noqa: PLR0913 - what a correction is
    *,
    document: PlanDocument,
    key: str,
    values: Mapping[str, Any],
    span: tuple[int, int] | None,
    seen: int,
    actor: Actor,
) -> Done:
    """Give a fact other values, and other words where `span` is given. Raises InvalidFactError."""
    raw = document.result.raw

    def change(row: ReviewedFact) -> Reviewed:
        return review.correct(item(row), values, raw=raw, span=span)

    return _act(document, ReviewAct.CORRECT, actor, [key], seen, change)


def add(  # noqa: PLR0913 - what an addition is
    *,
    document: PlanDocument,
    kind: str,
    values: Mapping[str, Any],
    span: tuple[int, int],
    actor: Actor,
    header_field: str | None = None,
) -> Done:
    """Add a fact on the words raw[span]. Raises InvalidFactError."""

    def add_it(number: int) -> Done:
        key = f"header-{header_field}" if kind == "header" else _new_key(document)
        if taken := list(ReviewedFact.objects.filter(document=document, key=key)):
            return Done(stale=taken)
        new = review.add(kind, values, quote_span=span, raw=document.result.raw, key=key)
        row = ReviewedFact(document=document, key=key, kind=kind, place=_last_place(document) + 1)
        _write(row, new, number, actor.by, actor.at)
        row.save()
        _record(document, ReviewAct.ADD, number, actor, {key: None})
        return Done(changed=[row])

    return _step(document, actor, add_it)


def undo(*, document: PlanDocument, actor: Actor) -> Done:
    """Take back this person's newest act, unless somebody has touched one of its facts since."""

    def take_it_back(number: int) -> Done:
        last = _standing_steps(document).filter(by=actor.by).order_by("-number").first()
        return _take_back(document, last, number, actor) if last else Done(nothing=True)

    return _step(document, actor, take_it_back)


def _standing_steps(document: PlanDocument) -> QuerySet[ReviewStep]:
    """Steps that no undo has taken back, the undoing ones themselves left out."""
    return ReviewStep.objects.filter(document=document, undone__isnull=True).exclude(act=ReviewAct.UNDO)


def _take_back(document: PlanDocument, step: ReviewStep, number: int, actor: Actor) -> Done:
    rows = list(ReviewedFact.objects.filter(document=document, key__in=step.before))
    later = _standing_steps(document).filter(number__gt=step.number)
    touched = {key for other in later for key in other.before}
    if stale := [row for row in rows if row.key in touched]:
        return Done(stale=stale)
    before = {row.key: _snapshot(row) for row in rows}
    gone = [row for row in rows if step.before[row.key] is None]
    kept = [row for row in rows if step.before[row.key] is not None]
    for row in kept:
        _put_back(row, step.before[row.key], number)
    ReviewedFact.objects.bulk_update(kept, WRITTEN)
    ReviewedFact.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _record(document, ReviewAct.UNDO, number, actor, before, undoes=step)
    return Done(changed=kept, gone={row.key: tuple(row.fact["span"]) for row in gone})


def _act(  # noqa: PLR0913, PLR0917 - one door for every act on facts that are there
    document: PlanDocument,
    act: ReviewAct,
    actor: Actor,
    keys: Sequence[str],
    seen: int | None,
    change: Callable[[ReviewedFact], Reviewed],
) -> Done:
    def do(number: int) -> Done:
        rows = list(ReviewedFact.objects.filter(document=document, key__in=keys))
        stale = [row for row in rows if seen is not None and row.revision != seen]
        if stale or not rows:
            return Done(stale=stale, nothing=not rows)
        before = {row.key: _snapshot(row) for row in rows}
        for row in rows:
            _write(row, change(row), number, actor.by, actor.at)
        ReviewedFact.objects.bulk_update(rows, WRITTEN)
        _record(document, act, number, actor, before)
        return Done(changed=rows)

    return _step(document, actor, do)


def _step(document: PlanDocument, actor: Actor, do: Callable[[int], Done]) -> Done:
    """One step under the next number, whole or not at all; one that was done before is told again."""
    try:
        with transaction.atomic():
            number = _begin_step(document)
            return _told_already(document, actor.token) or do(number)
    except _ClosedError:
        return Done(closed=True)


# So many facts of one step a line of the journal names; the step itself holds them all.
NAMED = 20
WRITTEN = ("fact", "verdict", "revision", "decided_by", "decided_at")


def _begin_step(document: PlanDocument) -> int:
    """The next number. It also locks the document's row, so that the steps of a plan come one after the other."""
    rows = PlanDocument.objects.filter(pk=document.pk, state=PlanState.READ, sealed=False)
    if not rows.update(revision=F("revision") + 1):
        raise _ClosedError
    return PlanDocument.objects.values_list("revision", flat=True).get(pk=document.pk)


def _told_already(document: PlanDocument, token: uuid.UUID) -> Done | None:
    """The outcome of an act that was done before: its facts as they stand now."""
    step = ReviewStep.objects.filter(document=document, token=token).first()
    if step is None:
        return None
    rows = list(ReviewedFact.objects.filter(document=document, key__in=step.before))
    return Done(changed=rows, gone=gone_of(step, {row.key for row in rows}))


def _write(row: ReviewedFact, now: Reviewed, number: int, by: User, at: datetime.datetime) -> None:
    row.fact = msgspec.to_builtins(now.fact)
    row.verdict = now.verdict.value
    row.revision = number
    decided = now.verdict is not Verdict.PENDING
    row.decided_by, row.decided_at = (by, at) if decided else (None, None)


def _snapshot(row: ReviewedFact) -> dict[str, Any]:
    at = row.decided_at.isoformat() if row.decided_at else None
    return {"fact": row.fact, "verdict": row.verdict, "decided_by": row.decided_by_id, "decided_at": at}


def _put_back(row: ReviewedFact, was: Mapping[str, Any], number: int) -> None:
    row.fact, row.verdict, row.revision = was["fact"], was["verdict"], number
    row.decided_by_id = was["decided_by"]
    row.decided_at = datetime.datetime.fromisoformat(was["decided_at"]) if was["decided_at"] else None


def _record(  # noqa: PLR0913, PLR0917 - what a step is
    document: PlanDocument,
    act: ReviewAct,
    number: int,
    actor: Actor,
    before: Mapping[str, Any],
    undoes: ReviewStep | None = None,
) -> None:
    ReviewStep.objects.create(
        document=document,
        number=number,
        token=actor.token,
        act=act,
        by=actor.by,
        at=actor.at,
        before=dict(before),
        undoes=undoes,
    )
    undone = {"undoes": undoes.number, "undone": undoes.act} if undoes else {}
    record(
        act=f"review.{act.value}",
        by=actor.by,
        at=actor.at,
        unit_id=document.unit_id,
        subject=("plan", document.pk),
        label=document.name,
        details={"step": number, "facts": len(before), "keys": list(before)[:NAMED], **undone},
    )


def _new_key(document: PlanDocument) -> str:
    """One more than was ever added, so that what an undo took away and a later addition never share a key."""
    return f"added-{ReviewStep.objects.filter(document=document, act=ReviewAct.ADD).count() + 1}"


def _last_place(document: PlanDocument) -> int:
    return ReviewedFact.objects.filter(document=document).aggregate(last=Max("place"))["last"] or 0


def open_review(*, document: PlanDocument, result: PlanReading, reading: Reading, was: str = "") -> None:
    """Lay the facts of a new reading out for review. Inside the transaction that stores the reading.

    Decisions made before carry over where the fact is the same: when a document is read again (`was` is its text
    before), and when it amends a campaign, from the plan in force. What finds no place is told on the page.
    """
    source = document if was else _amended(document)
    rows = facts_of(source.pk) if source else []
    now = review.begin(reading)
    if rows and source:
        raw_before = was or source.result.raw
        carried = review.carry_over(items(rows), now, raw_before=raw_before, raw_now=result.raw)
        now = carried.items
        # Of a plan in force only what the amendment repeats matters: the rest stays in force without it.
        lost = [one for one in carried.lost if one.verdict is not Verdict.REJECTED] if was else []
        result.lost = msgspec.to_builtins(lost)
        result.save(update_fields=["lost"])
    ReviewStep.objects.filter(document=document).delete()
    ReviewedFact.objects.filter(document=document).delete()
    ReviewedFact.objects.bulk_create(_rows(document, now, rows))
    PlanDocument.objects.filter(pk=document.pk).update(revision=F("revision") + 1)


def _amended(document: PlanDocument) -> PlanDocument | None:
    """The plan in force of the campaign that this document amends."""
    if document.amends_id is None:
        return None
    launched = PlanDocument.objects.filter(edition__campaign=document.amends_id, edition__state=EditionState.LAUNCHED)
    return launched.select_related("result").order_by("-edition__number").first()


def _rows(document: PlanDocument, now: Iterable[Reviewed], before: Iterable[ReviewedFact]) -> Iterator[ReviewedFact]:
    """New rows; a decision that carried over keeps who made it, and when."""
    deciders = {_same(row.kind, row.fact, row.verdict): row for row in before}
    for place, one in enumerate(now, 1):
        fact = msgspec.to_builtins(one.fact)
        decider = deciders.get(_same(one.kind, fact, one.verdict.value))
        yield ReviewedFact(
            document=document,
            key=one.key,
            kind=one.kind,
            place=place,
            fact=fact,
            read=None if one.read is None else msgspec.to_builtins(one.read),
            verdict=one.verdict.value,
            decided_by=decider.decided_by if decider else None,
            decided_at=decider.decided_at if decider else None,
        )


def _same(kind: str, fact: Mapping[str, Any], verdict: str) -> str:
    values = {name: value for name, value in fact.items() if name not in ("quote", "span", "sureness")}
    return f"{kind} {verdict} {json.dumps(values, sort_keys=True)}"
