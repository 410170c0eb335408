"""The unit answers what the appraiser asked for, and the dossier goes back to them."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations import case_news as news
from thidua_web.nominations.actions import clocks
from thidua_web.nominations.actions.moving import DONE, Done, move, note
from thidua_web.nominations.models import EvidenceRequest, Nomination


@transaction.atomic
def answer(*, nomination: Nomination, words: str, seen: int, by: User, at: datetime.datetime) -> Done:
    """What was asked for has been added; the clock goes on. Raises ValueError for no words."""
    if not words.strip():
        raise ValueError("an answer says what was added")
    done = move("answer", nomination, seen=seen, by=by)
    if done is DONE:
        open_ = EvidenceRequest.objects.filter(nomination=nomination, answered_at=None, undone_at=None)
        keys = list(open_.values_list("pk", flat=True))
        open_.update(answer=words, answered_by=by, answered_at=at)
        clocks.resume([nomination], on=timezone.localdate(at), at=at, why="answer")
        news.tell_desk("appraisal.answered", nomination, by, at=at, words=words)
        note("appraisal.answered", nomination, unit_id=nomination.unit_id, by=by, at=at, requests=keys)
    return done
