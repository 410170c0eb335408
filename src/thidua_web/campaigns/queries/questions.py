"""Every read of open and answered questions."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_web.campaigns.models import Question
from thidua_web.campaigns.stages import EditionState


def questions_of(edition_id: int) -> Sequence[Question]:
    return list(Question.objects.filter(edition_id=edition_id).select_related("answered_by"))


def questions_of_campaign(campaign_id: int) -> Sequence[Question]:
    """All of the editions launched so far, open ones first."""
    rows = Question.objects.filter(edition__campaign_id=campaign_id, edition__state=EditionState.LAUNCHED)
    rows = rows.select_related("answered_by", "edition").defer("edition__reading", "edition__plan")
    return sorted(rows, key=lambda row: (row.answered_at is not None, row.pk))


def question(question_id: int) -> Question | None:
    rows = Question.objects.select_related("edition__campaign", "edition__document")
    return rows.defer("edition__reading", "edition__plan").filter(pk=question_id).first()
