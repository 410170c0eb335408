"""Days that people set where the plan leaves them open."""

from __future__ import annotations

import datetime

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.parts import Writing, write_parts
from thidua_web.campaigns.models import Campaign, Question
from thidua_web.campaigns.queries import launches as queries
from thidua_web.campaigns.stages import EditionState


@transaction.atomic
def answer(  # noqa: PLR0913 - what an answer is
    *,
    question: Question,
    start: datetime.date | None,
    end: datetime.date | None,
    basis: str,
    by: User,
    at: datetime.datetime,
) -> None:
    """Set the days, on the document `basis`; the newest answer counts. A launched campaign follows at once."""
    campaign = Campaign.objects.select_for_update().get(pk=question.edition.campaign_id)
    given = {"start": start, "end": end, "basis": basis}
    same = Question.objects.filter(pk=question.pk, answered_at__isnull=False, **given).exists()
    if same:
        return
    Question.objects.filter(pk=question.pk).update(answered_by=by, answered_at=at, **given)
    edition = type(question.edition).objects.defer("reading", "plan").get(pk=question.edition_id)
    if edition.state == EditionState.LAUNCHED:
        _follow(campaign)


def _follow(campaign: Campaign) -> None:
    """Every day anew: a phase that got its last day may give recurring duties theirs."""
    now = queries.standing(campaign.pk)
    if now is None:
        return
    newest = queries.launched_editions(campaign.pk)[-1]
    write_parts(Writing(campaign, newest, now.plan, now.sources, kept=now.sources))
    Campaign.objects.filter(pk=campaign.pk).update(start=now.plan.start, end=now.plan.end)
