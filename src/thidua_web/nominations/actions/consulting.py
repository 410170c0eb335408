"""Another body is asked what it thinks; it answers, or its letter is recorded; the asking ends."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations import consulting_news as news
from thidua_web.nominations.actions import clocks
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import Answer, Consultation, ConsultationItem, Nomination, Silence
from thidua_web.nominations.stages import NominationState
from thidua_web.register.models import Unit


@dataclass(frozen=True)
class Asking:
    """What is asked of whom. `asked` where the register holds the body; `basis`: what sets the days and what silence
    means; `pauses`: the appraisal's clock stands still meanwhile.
    """

    asked: Unit | None
    asked_name: str
    question: str
    due_on: datetime.date
    silence: str = Silence.NOTHING
    basis: str = ""
    pauses: bool = False


@dataclass(frozen=True)
class Said:
    """Of one nomination; `words` must be there but for consent."""

    answer: str
    words: str = ""


@transaction.atomic
def ask(
    *, unit: Unit, rows: Sequence[Nomination], asking: Asking, by: User, at: datetime.datetime
) -> tuple[Consultation, bool]:
    """The consultation, and whether it is new: the same asked again on a day is the one that is there.

    Raises ValueError where nothing is asked about, and where silence is to be consent without a rule that says so.
    """
    if not rows or (asking.silence == Silence.AGREES and not asking.basis.strip()):
        raise ValueError("a consultation is about something, and silence is consent by a rule alone")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    on = timezone.localdate(at)
    said = vars(asking) | {"unit": unit, "asked_on": on}
    keys = {row.pk for row in rows}
    for known in Consultation.objects.filter(**said, closed_at__isnull=True):
        if set(known.items.values_list("nomination", flat=True)) == keys:
            return known, False
    row = Consultation.objects.create(**said, by=by, at=at)
    ConsultationItem.objects.bulk_create(
        (ConsultationItem(consultation=row, nomination_id=key) for key in sorted(keys)), batch_size=1000
    )
    if row.pauses:
        clocks.pause(_in_hand(keys), on=on, at=at, why="consultation")
    news.tell_asked(row, len(keys), by, at=at)
    journal("consultation.asked", row, by, at, n=len(keys), due=row.due_on.isoformat(), silence=str(row.silence))
    return row, True


def _in_hand(keys: Iterable[int]) -> list[Nomination]:
    rows = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.filter(state=NominationState.IN_APPRAISAL).order_by("pk"))


@transaction.atomic
def answer(  # noqa: PLR0913 - who says what, when, in which letter
    *,
    consultation: Consultation,
    said: Mapping[int, Said],
    rest: Said | None,
    name: str,
    on: datetime.date,
    by: User,
    at: datetime.datetime,
    paper: str = "",
    recorded: bool = False,
) -> int | None:
    """How many nominations have a new answer; None where the asking has ended.

    `said` by the number of the item, `rest` of all that have no answer and are not named. `recorded`: an appraiser
    enters the body's letter. What was answered may be answered otherwise until the asking ends.
    """
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if row.closed_at is not None:
        return None
    items = list(ConsultationItem.objects.filter(consultation=row))
    changed = [item for item in items if _answered(item, said.get(item.pk) or (rest if not item.answer else None))]
    for item in changed:
        item.answered_by_name, item.answered_on, item.paper = name[:200], on, paper[:80]
    if not changed:
        return 0
    fields = ["answer", "words", "answered_by_name", "answered_on", "paper"]
    ConsultationItem.objects.bulk_update(changed, fields, batch_size=500)
    done = sum(1 for item in items if item.answer)
    if done == len(items):
        news.settle_asked(row, at=at)
    if not recorded:
        news.tell_answered(row, done, len(items), by, at=at)
    unit = row.unit_id if recorded else row.asked_id
    counts = {kind: sum(1 for item in changed if item.answer == kind) for kind in Answer.values}
    journal("consultation.answered", row, by, at, unit=unit, recorded=recorded, **counts)
    return len(changed)


def _answered(item: ConsultationItem, said: Said | None) -> bool:
    """Whether it says something that it did not say before."""
    if said is None or (item.answer, item.words) == (said.answer, said.words):
        return False
    if said.answer != Answer.AGREE and not said.words.strip():
        raise ValueError("whoever does not agree says why")
    item.answer, item.words = said.answer, said.words
    return True


@transaction.atomic
def close(*, consultation: Consultation, by: User, at: datetime.datetime) -> bool:
    """The asking ends, whoever has answered; the clocks that stood still for it go on."""
    if not Consultation.objects.filter(pk=consultation.pk, closed_at__isnull=True).update(closed_at=at):
        return False
    items = list(ConsultationItem.objects.filter(consultation=consultation).values_list("nomination", "answer"))
    if consultation.pauses:
        clocks.resume(_in_hand(key for key, _ in items), on=timezone.localdate(at), at=at, why="consultation")
    news.settle_asked(consultation, at=at)
    silent = sum(1 for _, answer in items if not answer)
    journal("consultation.closed", consultation, by, at, n=len(items), silent=silent)
    return True


def note_export(*, consultation: Consultation, form: str, by: User, at: datetime.datetime) -> None:
    journal("consultation.exported", consultation, by, at, form=form)
