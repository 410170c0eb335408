"""A clause held to have another outcome than the facts say: asked for by one person, agreed to by another."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from thidua.findings import Outcome, not_met
from thidua.nominations.criteria_keys import Keyed, keyed
from thidua.rules.phrases import text_of
from thidua_web.accounts.models import User
from thidua_web.nominations import case_news as news
from thidua_web.nominations.actions.appraising import judge_again
from thidua_web.nominations.actions.moving import DONE, Acted, Done, change, note
from thidua_web.nominations.models import Nomination, Override
from thidua_web.nominations.queries.checking import checked
from thidua_web.nominations.stages import NominationState

OVERRIDING = frozenset({NominationState.IN_APPRAISAL, NominationState.ASKED})


def clause_of(nomination: Nomination, key: str, on: datetime.date) -> Keyed | None:
    """The clause of today's assessment, as the facts alone have it; None where it is not there."""
    plain = checked(nomination, on).plain
    return next((item for item in keyed(plain) if item.key == key), None) if plain else None


def words_of(item: Keyed) -> str:
    """The clause in brief, or the first of what it is made of."""
    return text_of(item.result) or next((text for one in item.result.tests() if (text := text_of(one))), item.number)


@transaction.atomic
def ask_override(  # noqa: PLR0913 - what is held to be what, and why
    *, nomination: Nomination, key: str, becomes: str, reason: str, seen: int, by: User, at: datetime.datetime
) -> Done:
    """Ask that a clause be held to have another outcome. It counts once a second person agrees.

    Raises ValueError for no reason.
    """
    if not reason.strip():
        raise ValueError("an override needs a reason")
    item = clause_of(nomination, key, timezone.localdate(at))
    if item is None:
        return Done(Acted.REFUSED, (not_met("appraising.clause_gone"),))
    if item.result.outcome == Outcome(becomes):
        return Done(Acted.REFUSED, (not_met("appraising.outcome_same"),))
    done = change("appraisal.override_asked", nomination, seen=seen, among=OVERRIDING, by=by)
    if done is not DONE:
        return done
    if _standing(nomination, key):
        transaction.set_rollback(True)
        return Done(Acted.REFUSED, (not_met("appraising.override_stands"),))
    clause, was = words_of(item), item.result.outcome.value
    said = {"clause": clause, "was": was, "becomes": becomes, "reason": reason}
    row = Override.objects.create(nomination=nomination, key=key, by=by, at=at, **said)
    news.tell_agreeing(nomination, by, at=at, clause=clause, key=str(row.pk))
    unit = nomination.to_unit_id
    note("appraisal.override_asked", nomination, unit_id=unit, by=by, at=at, override=row.pk, **said)
    return done


def _standing(nomination: Nomination, key: str) -> bool:
    rows = Override.objects.filter(nomination=nomination, key=key, withdrawn_at__isnull=True)
    return rows.exclude(agreed=False).exists()


@transaction.atomic
def answer_override(  # noqa: PLR0913 - who answers what
    *, override: Override, agreed: bool, words: str, seen: int, by: User, at: datetime.datetime
) -> Done:
    """The second person's word, never that of whoever asked. To refuse takes words (ValueError without)."""
    if by.pk == override.by_id:
        return Done(Acted.REFUSED, (not_met("appraising.same_person"),))
    if not agreed and not words.strip():
        raise ValueError("a refusal says why")
    act = "appraisal.override_agreed" if agreed else "appraisal.override_refused"
    nomination = override.nomination
    done = change(act, nomination, seen=seen, among=OVERRIDING, by=by)
    if done is not DONE:
        return done
    waiting = Override.objects.filter(pk=override.pk, agreed__isnull=True, withdrawn_at__isnull=True)
    if not waiting.update(agreed=agreed, second=by, second_at=at, second_words=words):
        transaction.set_rollback(True)
        return Done(Acted.MOVED)
    if agreed:
        judge_again(nomination, timezone.localdate(at))
    news.settle_override(nomination, str(override.pk), at=at)
    news.tell_one(act, override.by, nomination, by, at=at, clause=override.clause, words=words)
    details = {"override": override.pk, "clause": override.clause, "words": words}
    note(act, nomination, unit_id=nomination.to_unit_id, by=by, at=at, **details)
    return done


@transaction.atomic
def withdraw_override(*, override: Override, seen: int, by: User, at: datetime.datetime) -> Done:
    """Whoever asked takes it back, before or after it was agreed to: the facts count again."""
    act, nomination = "appraisal.override_withdrawn", override.nomination
    done = change(act, nomination, seen=seen, among=OVERRIDING, by=by)
    if done is not DONE:
        return done
    standing = Override.objects.filter(pk=override.pk, withdrawn_at__isnull=True).exclude(agreed=False)
    if not standing.update(withdrawn_at=at):
        transaction.set_rollback(True)
        return Done(Acted.MOVED)
    judge_again(nomination, timezone.localdate(at))
    news.settle_override(nomination, str(override.pk), at=at)
    details = {"override": override.pk, "clause": override.clause}
    note(act, nomination, unit_id=nomination.to_unit_id, by=by, at=at, **details)
    return done
