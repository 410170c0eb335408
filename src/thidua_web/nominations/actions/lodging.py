"""Acts of the proposing unit's head on one nomination: lodged again, pulled."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from thidua.findings import Finding, not_met
from thidua_web.accounts.models import User
from thidua_web.nominations import case_news as news
from thidua_web.nominations.actions import clocks, signing
from thidua_web.nominations.actions.moving import DONE, Acted, Done, move, note
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.checking import gate_of
from thidua_web.nominations.stages import JOURNALED


def stops_of(nomination: Nomination, on: datetime.date) -> tuple[Finding, ...]:
    """What keeps this one nomination from being lodged, exceptions left out."""
    gate = gate_of(nomination.submission, on)
    return tuple(stop.finding for stop in gate.standing if stop.ref == str(nomination.pk))


def lodge_again(*, nomination: Nomination, seen: int, by: User, at: datetime.datetime) -> Done:
    """The head lodges one dossier again that was sent back; the gate is asked anew. See `signing.lodge_again`."""
    made = signing.lodge_again(submission=nomination.submission, seen=[(nomination.pk, seen)], by=by, at=at)
    if made.again:
        nomination.refresh_from_db(fields=["state", "revision"])
        return DONE
    if made.gate is not None:
        ref = str(nomination.pk)
        stops = (stop.finding for stop in made.gate.standing if stop.ref == ref)
        return Done(Acted.REFUSED, (not_met("appraising.gate_shut"), *stops))
    return Done(Acted.MOVED)


@transaction.atomic
def pull(*, nomination: Nomination, words: str, seen: int, by: User, at: datetime.datetime) -> Done:
    """The head takes the nomination back for good. Raises ValueError where a lodged one is pulled without words."""
    was_lodged, on = nomination.lodged_on is not None, timezone.localdate(at)
    if was_lodged and not words.strip():
        raise ValueError("a withdrawal says why")
    done = move("pull", nomination, seen=seen, by=by)
    if done is DONE:
        if was_lodged:
            clocks.end([nomination], on=on, at=at, why="pull")
            news.settle_desk(nomination, at=at)
            news.tell_desk("nomination.pulled", nomination, by, at=at, words=words)
        _note("pull", nomination, by, at, reason=words)
    return done


def _note(act: str, nomination: Nomination, by: User, at: datetime.datetime, **details: Any) -> None:
    note(JOURNALED[act], nomination, unit_id=nomination.unit_id, by=by, at=at, **details)
