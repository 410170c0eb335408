"""What an act does to many nominations in one go, and what takes it back: the writes of a part of a batch.

The same as the act on one (`appraising`), with as many queries for a hundred as for one. Rows come locked, checked, and
with what `loading.nominations` selects.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import F, Model

from thidua.findings import Outcome
from thidua_web.accounts.models import User
from thidua_web.nominations.actions import clocks
from thidua_web.nominations.actions.assessing import store_all
from thidua_web.nominations.models import ClockEvent, EvidenceRequest, Moment, Nomination, Opinion, Return
from thidua_web.nominations.queries.allowed import ASSIGN
from thidua_web.nominations.queries.checking import Checked
from thidua_web.nominations.stages import NOMINATION_MOVES

RESTORED = ("state", "received_on", "appraiser_id", "clock_due", "returns", "outcome", "defects", "listed_id")
CLOCKS: Mapping[str, Callable[..., None]] = {
    "accept": clocks.start,
    "send_back": clocks.end,
    "ask": clocks.pause,
    "recommend": clocks.end,
    "not_recommend": clocks.end,
}
MADE: Mapping[str, type[Model]] = {"return": Return, "request": EvidenceRequest, "opinion": Opinion}


@dataclass(frozen=True)
class Acting:
    """Who does what, with what was filled in, when. `found`: fresh checks of the rows, where the act asks for them."""

    act: str
    params: Mapping[str, Any]
    by: User
    at: datetime.datetime
    on: datetime.date
    found: Mapping[int, Checked]


def apply(rows: Sequence[Nomination], acting: Acting) -> dict[int, dict[str, Any]]:
    """Do it to all of them; by number what each was, as JSON, and what was made beside it."""
    before = {row.pk: _was(row) for row in rows}
    _move(rows, acting)
    for name, key, number in _beside(rows, acting):
        before[number][name] = key
    if acting.act in CLOCKS:
        CLOCKS[acting.act](rows, on=acting.on, at=acting.at, why=acting.act)
        events = ClockEvent.objects.filter(nomination__in=[row.pk for row in rows], at=acting.at, why=acting.act)
        for event, number in events.values_list("pk", "nomination_id"):
            before[number]["clock"] = event
    _judge(rows, acting)
    return before


def _was(row: Nomination) -> dict[str, Any]:
    return {name: _json(getattr(row, name)) for name in RESTORED}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _move(rows: Sequence[Nomination], acting: Acting) -> None:
    fields: dict[str, Any] = {"revision": F("revision") + 1}
    if acting.act == ASSIGN:
        fields["appraiser_id"] = acting.params["appraiser"]
    else:
        fields["state"] = NOMINATION_MOVES[acting.act].to
    if acting.act == "send_back":
        fields["returns"] = F("returns") + 1
    if acting.act == "accept":
        fields["received_on"] = acting.on
    every = Nomination.objects.filter(pk__in=[row.pk for row in rows])
    if acting.act == "accept":
        every.filter(appraiser__isnull=True).update(appraiser=acting.by)
    every.update(**fields)


def _beside(rows: Sequence[Nomination], acting: Acting) -> list[tuple[str, int, int]]:
    """The return, request or opinion of each: what it is called, its number, and the nomination's."""
    said = acting.params
    words, due = str(said.get("words", "")), _day(said.get("due_on"))
    made: list[Any]
    if acting.act == "send_back":
        common: dict[str, Any] = {"codes": list(said["codes"]), "words": words, "due_on": due, "on": acting.on}
        made = [Return(nomination=row, by=acting.by, at=acting.at, **common) for row in rows]
        return [("return", one.pk, one.nomination_id) for one in Return.objects.bulk_create(made)]
    if acting.act == "ask":
        made = [
            EvidenceRequest(nomination=row, words=words, due_on=due, asked_by=acting.by, asked_at=acting.at)
            for row in rows
        ]
        return [("request", one.pk, one.nomination_id) for one in EvidenceRequest.objects.bulk_create(made)]
    if acting.act in ("recommend", "not_recommend"):
        yes = acting.act == "recommend"
        common = {"recommends": yes, "words": words, "by": acting.by, "at": acting.at}
        made = [Opinion(nomination=row, reasons=[] if yes else _reasons(row, acting), **common) for row in rows]
        return [("opinion", one.pk, one.nomination_id) for one in Opinion.objects.bulk_create(made)]
    return []


def _reasons(row: Nomination, acting: Acting) -> list[Any]:
    """What fails, as the checks say it at this moment."""
    known = acting.found.get(row.pk)
    return [msgspec.to_builtins(one) for one in known.findings if one.outcome is Outcome.NOT_MET] if known else []


def _day(text: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _judge(rows: Sequence[Nomination], acting: Acting) -> None:
    """What the checks said at this moment is kept for good."""
    moment = {"accept": Moment.ACCEPTED, "recommend": Moment.CONCLUDED, "not_recommend": Moment.CONCLUDED}
    if acting.act in moment:
        store_all(rows, moment=moment[acting.act], on=acting.on, by=acting.by, at=acting.at, found=acting.found or None)


# --- Taken back -------------------------------------------------------------------------------------------------------


def restore(rows: Sequence[Nomination], before: Mapping[int, Mapping[str, Any]], at: datetime.datetime) -> None:
    """Each as it was, one act further. Returns, requests and opinions stay on record as taken back; the clock runs as
    if nothing had been.
    """
    for row in rows:
        was = before[row.pk]
        for name in RESTORED:
            value = was[name]
            setattr(row, name, _day(value) if name in ("received_on", "clock_due") else value)
        row.revision += 1
    fields = [name.removesuffix("_id") for name in RESTORED]
    Nomination.objects.bulk_update(rows, [*fields, "revision"], batch_size=200)
    for name, model in MADE.items():
        keys = [was[name] for was in before.values() if name in was]
        if keys:
            model._default_manager.filter(pk__in=keys).update(undone_at=at)
    events = [was["clock"] for was in before.values() if "clock" in was]
    ClockEvent.objects.filter(pk__in=events).delete()
