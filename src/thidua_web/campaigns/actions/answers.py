"""Days that people set where the plan leaves them open."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db import transaction

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.parts import Writing, write_parts
from thidua_web.campaigns.models import Campaign, Edition, PlanDocument, Question, ReviewedFact
from thidua_web.campaigns.queries import launches as queries
from thidua_web.campaigns.queries import questions
from thidua_web.campaigns.stages import EditionState
from thidua_web.journal.actions import record


@transaction.atomic
def answer(  # noqa: PLR0913 - what an answer is
    *,
    document: PlanDocument,
    key: str,
    start: datetime.date | None,
    end: datetime.date | None,
    basis: str,
    by: User,
    at: datetime.datetime,
) -> bool:
    """Set the days, on the document `basis`; the newest answer counts. A launched campaign follows at once.

    False where the plan does not ask that any more.
    """
    PlanDocument.objects.select_for_update().get(pk=document.pk)
    campaign = Campaign.objects.select_for_update().filter(editions__document=document).first()
    row = questions.question(document, key)
    if row is None:
        return False
    given = {"start": start, "end": end, "basis": basis}
    if row.answered_at and all(getattr(row, name) == value for name, value in given.items()):
        return True
    for name, value in {**given, "answered_by": by, "answered_at": at}.items():
        setattr(row, name, value)
    row.save()
    if Edition.objects.filter(document=document, state=EditionState.LAUNCHED).exists():
        _follow(campaign)
    days = {name: day.isoformat() for name, day in (("start", start), ("end", end)) if day}
    record(
        act="campaign.answered",
        by=by,
        at=at,
        unit_id=document.unit_id,
        subject=("plan", document.pk),
        label=document.name,
        details={"question": key, "basis": basis, **days},
    )
    return True


def _follow(campaign: Campaign) -> None:
    """Every day anew: a phase that got its last day may give recurring duties theirs."""
    now = queries.standing(campaign.pk)
    if now is None:
        return
    newest = queries.launched_editions(campaign.pk)[-1]
    write_parts(Writing(campaign, newest, now.plan, now.sources, kept=now.sources))
    Campaign.objects.filter(pk=campaign.pk).update(start=now.plan.start, end=now.plan.end)


def move_answers(document: PlanDocument) -> None:
    """After reading again keys may name other facts: an answer goes with the words it was given for, or is dropped."""
    homes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in ReviewedFact.objects.filter(document=document).only("kind", "key", "fact"):
        homes[fact.kind, search_key(fact.fact["quote"])].append(fact.key)
    moved: dict[str, Question] = {}
    for row in Question.objects.filter(document=document):
        kind, quote = row.key.partition("-")[0], search_key(row.question["words"]["quote"])
        free = [key for key in homes[kind, quote] if key not in moved]
        if free:
            row.pk, row.key = None, row.key if row.key in free else free[0]
            moved[row.key] = row
    Question.objects.filter(document=document).delete()
    Question.objects.bulk_create(moved.values())
