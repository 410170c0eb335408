"""The stage strip of a nomination, drawn from its stage table: where it has been, where it stands, the way ahead."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import BatchRow, Nomination, RowState
from thidua_web.nominations.stages import CONCLUDED, JOURNALED, NOMINATION_MOVES, NominationState

GOAL = NominationState.RECOMMENDED
ENDS = CONCLUDED | {NominationState.WITHDRAWN}
REACHED = {JOURNALED[act]: move.to for act, move in NOMINATION_MOVES.items() if act in JOURNALED}
"""By the act of the journal, the state that it led to."""


@dataclass(frozen=True)
class Step:
    """`state` is past, now or later."""

    label: str
    state: str
    day: datetime.date | None = None
    who: str = ""


def route(start: str, end: str) -> tuple[str, ...]:
    """The shortest way through the stage table, both ends included; both ends alone where there is none."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        if way[-1] == end:
            return way
        for move in NOMINATION_MOVES.values():
            if way[-1] in move.from_ and move.to not in seen:
                seen.add(move.to)
                ways.append((*way, move.to))
    return (start, end)


def strip(nomination: Nomination, lines: Iterable[JournalLine], batches: Iterable[BatchRow] = ()) -> list[Step]:
    now = NominationState(nomination.state)
    past, ahead = _past(nomination), () if now in ENDS else route(now, GOAL)[1:]
    known = _known(nomination, lines, batches)
    steps = [(state, "past") for state in past] + [(now, "now")] + [(state, "later") for state in ahead]
    return [
        Step(str(NominationState(state).label), when, *(known.get(state, ()) if when != "later" else ()))
        for state, when in steps
    ]


def _past(nomination: Nomination) -> Iterable[str]:
    """What it went through: prepared, lodged, received, and what the table needs in between."""
    stops = [NominationState.DRAFT]
    stops += [NominationState.LODGED] if nomination.lodged_on else []
    stops += [NominationState.IN_APPRAISAL] if nomination.received_on else []
    way: list[str] = [stops[0].value]
    for stop in (*stops[1:], nomination.state):
        way += route(way[-1], stop)[1:] if way[-1] != stop else ()
    return way[:-1]


def _known(
    nomination: Nomination, lines: Iterable[JournalLine], batches: Iterable[BatchRow]
) -> Mapping[str, tuple[datetime.date | None, str]]:
    """Since when it was in a state, and by whom; the last time counts."""
    sent = nomination.submission
    known: dict[str, tuple[datetime.date | None, str]] = {
        NominationState.DRAFT.value: (timezone.localdate(sent.prepared_at), ""),
        NominationState.LODGED.value: (nomination.lodged_on, sent.signed_by.full_name if sent.signed_by else ""),
    }
    acts = [(line.at, line.act, line.actor_name) for line in lines]
    acts += [
        (row.batch.done_at or row.batch.at, JOURNALED.get(row.batch.act, ""), row.batch.by.full_name)
        for row in batches
        if row.state == RowState.DONE
    ]
    for at, act, who in sorted(acts):
        if act in REACHED:
            known[REACHED[act]] = (timezone.localdate(at), who)
    return known


@dataclass(frozen=True)
class Holder:
    """Whose turn it is: a unit, and the person in it where one has the case."""

    unit: str
    person: str = ""


def holder(nomination: Nomination) -> Holder | None:
    """By the next move of the table; None where the way has ended."""
    if nomination.state in ENDS:
        return None
    ahead = route(nomination.state, GOAL)
    moves = NOMINATION_MOVES.values()
    step = next((move for move in moves if nomination.state in move.from_ and move.to == ahead[1]), None)
    if step is None or not step.above:
        return Holder(nomination.unit.name)
    return Holder(nomination.to_unit.name, nomination.appraiser.full_name if nomination.appraiser else "")
