"""Other bodies are asked to confirm that duties are fulfilled; what they answer is a fact of the nominee."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.eligibility.actions.facts import record_fact, withdraw_fact
from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.journal.actions import record
from thidua_web.nominations.actions.moving import note
from thidua_web.nominations.models import Confirmation, Nomination, Submission
from thidua_web.nominations.queries.dossiers import ANSWERABLE, WRITABLE
from thidua_web.register.nominees import Nominee, whose_is


@dataclass(frozen=True)
class Asking:
    """Whom to ask, by when: `body` is a code of Confirmer, `asked_of` the name on the letter."""

    body: str
    asked_of: str
    asked_on: datetime.date
    due_on: datetime.date | None = None


@dataclass(frozen=True)
class Answer:
    yes: bool
    answered_on: datetime.date
    paper: str = ""
    note: str = ""


@transaction.atomic
def ask(*, nomination: Nomination, asking: Asking, by: User, at: datetime.datetime) -> Confirmation | None:
    """None where the dossier is closed. While the body has not answered it is asked once: another letter to it takes
    the place of the first.
    """
    if not Nomination.objects.select_for_update().filter(WRITABLE, pk=nomination.pk).order_by().exists():
        return None
    made, new = Confirmation.objects.update_or_create(
        nomination=nomination, body=asking.body, yes=None, defaults=_asked(asking, by)
    )
    details = {"confirmation": made.pk, "body": asking.body, "of": asking.asked_of, "again": not new}
    note("confirmation.asked", nomination, unit_id=nomination.unit_id, by=by, at=at, **details)
    return made


def _asked(asking: Asking, by: User) -> dict[str, Any]:
    return {"asked_of": asking.asked_of, "asked_on": asking.asked_on, "due_on": asking.due_on, "asked_by": by}


@transaction.atomic
def ask_many(
    *, submission: Submission, keys: Collection[int], asking: Asking, by: User, at: datetime.datetime
) -> Sequence[Nomination]:
    """One letter for many nominees: those that may be written in and do not wait for this body yet."""
    rows = Nomination.objects.select_for_update().filter(WRITABLE, submission=submission, pk__in=keys)
    waiting = set(
        Confirmation.objects.filter(nomination__submission=submission, body=asking.body, yes=None).values_list(
            "nomination", flat=True
        )
    )
    asked = [row for row in rows.order_by("place", "pk") if row.pk not in waiting]
    Confirmation.objects.bulk_create(
        (Confirmation(nomination=row, body=asking.body, **_asked(asking, by)) for row in asked), batch_size=500
    )
    if asked:
        record(
            act="confirmation.asked",
            by=by,
            at=at,
            unit_id=submission.unit_id,
            subject=("submission", submission.pk),
            label=submission.title,
            details={"body": asking.body, "of": asking.asked_of, "nominations": [row.pk for row in asked]},
        )
    return asked


@transaction.atomic
def withdraw(*, confirmation: Confirmation, nomination: Nomination, by: User, at: datetime.datetime) -> bool:
    """It was asked by mistake; False where it was answered, or the dossier is closed. Its files stay in the dossier."""
    if not _is_open(nomination):
        return False
    row = Confirmation.objects.select_for_update().filter(pk=confirmation.pk, yes=None).first()
    if row is None:
        return False
    row.files.update(confirmation=None)
    row.delete()
    details = {"confirmation": confirmation.pk, "body": confirmation.body}
    note("confirmation.withdrawn", nomination, unit_id=nomination.unit_id, by=by, at=at, **details)
    return True


@transaction.atomic
def answer(
    *, confirmation: Confirmation, nomination: Nomination, said: Answer, by: User, at: datetime.datetime
) -> bool:
    """Record what the body answered: a fact of the nominee for the year of the merit. False where somebody recorded an
    answer meanwhile, or the dossier is closed. Raises ValueError where it answered before it was asked.
    """
    if said.answered_on < confirmation.asked_on:
        raise ValueError("an answer comes after the question")
    if not _is_open(nomination):
        return False
    rows = Confirmation.objects.filter(pk=confirmation.pk, yes=None)
    fields = {"yes": said.yes, "answered_on": said.answered_on, "paper": said.paper, "note": said.note}
    if not rows.update(**fields, answered_by=by):
        return _is_said(confirmation, said)
    confirmation.refresh_from_db()
    _record(confirmation, nomination, by, at)
    details = {"confirmation": confirmation.pk, "body": confirmation.body, "yes": said.yes, "paper": said.paper}
    note("confirmation.answered", nomination, unit_id=nomination.unit_id, by=by, at=at, **details)
    return True


def _is_said(confirmation: Confirmation, said: Answer) -> bool:
    """A second click finds what the first one recorded."""
    fields = {"yes": said.yes, "answered_on": said.answered_on, "paper": said.paper, "note": said.note}
    return Confirmation.objects.filter(pk=confirmation.pk, **fields).exists()


@transaction.atomic
def take_back_answer(*, confirmation: Confirmation, nomination: Nomination, by: User, at: datetime.datetime) -> bool:
    """What was recorded was wrong: it waits again, and its fact is taken back."""
    if not _is_open(nomination):
        return False
    row = Confirmation.objects.select_for_update().filter(pk=confirmation.pk, yes__isnull=False).first()
    if row is None or Confirmation.objects.filter(nomination=nomination, body=row.body, yes=None).exists():
        return False
    fact = RecordedFact.objects.standing().filter(**_fact(row, nomination)).first()
    if fact is not None:
        withdraw_fact(fact=fact, by=by, at=at)
    row.yes, row.answered_on, row.paper, row.note, row.answered_by = None, None, "", "", None
    row.save()
    details = {"confirmation": row.pk, "body": row.body}
    note("confirmation.taken_back", nomination, unit_id=nomination.unit_id, by=by, at=at, **details)
    return True


def _record(confirmation: Confirmation, nomination: Nomination, by: User, at: datetime.datetime) -> None:
    fact = _fact(confirmation, nomination)
    whose = _nominee(nomination)
    values = {key: value for key, value in fact.items() if key not in ("kind", "person", "unit", "household")}
    record_fact(of=whose, kind=FactKind.CONFIRMATION, by=by, at=at, **values)


def _fact(confirmation: Confirmation, nomination: Nomination) -> dict[str, Any]:
    return {
        **whose_is(_nominee(nomination)),
        "kind": FactKind.CONFIRMATION,
        "code": confirmation.body,
        "year": nomination.year,
        "yes": confirmation.yes,
        "paper": confirmation.paper,
        "decided_on": confirmation.answered_on,
    }


def _nominee(nomination: Nomination) -> Nominee:
    return nomination.nominee


def _is_open(nomination: Nomination) -> bool:
    return Nomination.objects.select_for_update().filter(ANSWERABLE, pk=nomination.pk).order_by().exists()
