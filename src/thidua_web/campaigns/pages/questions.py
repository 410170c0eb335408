"""Open questions of a launch as pages show them, each with its small form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from thidua.plans.campaign import CampaignPlan
from thidua.plans.campaign import Question as Asked
from thidua_web.campaigns.forms.launches import AnswerForm
from thidua_web.campaigns.models import Edition, Question
from thidua_web.campaigns.pages import parts
from thidua_web.campaigns.pages.wording import say_span
from thidua_web.campaigns.queries.questions import questions_of


class Sent(NamedTuple):
    """An answer that came back with errors."""

    question: int
    form: AnswerForm


@dataclass(frozen=True)
class ShownQuestion:
    """`row` is None before the plan is prepared: then nobody can answer yet."""

    shown: parts.ShownQuestion
    row: Question | None
    form: AnswerForm | None
    days: str = ""

    @property
    def answered(self) -> bool:
        return self.row is not None and self.row.answered_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its form stands open: nobody answered yet, or the answer came back with errors."""
        return not self.answered or (self.form is not None and self.form.is_bound)


def of_edition(
    edition: Edition | None, plan: CampaignPlan, page: str, sent: Sent | None, language: str
) -> list[ShownQuestion]:
    """Those of an edition, or before there is one those that the plan will ask."""
    if edition is None:
        return [
            ShownQuestion(parts.question(one, lambda key: f"{page}#w-{key}", language), None, None)
            for one in plan.questions
        ]
    return shown(questions_of(edition.pk), {edition.pk: page}, sent, language)


def shown(rows: Sequence[Question], pages: dict[int, str], sent: Sent | None, language: str) -> list[ShownQuestion]:
    """`pages` are where the words of each edition stand."""
    return [_shown(row, pages[row.edition_id], sent, language) for row in rows]


def _shown(row: Question, page: str, sent: Sent | None, language: str) -> ShownQuestion:
    asked = msgspec.convert(row.question, Asked)
    form = sent.form if sent and sent.question == row.pk else form_for(row, asked)
    question = parts.question(asked, lambda key: f"{page}#w-{key}", language)
    return ShownQuestion(question, row, form, say_span(row.start, row.end))


def form_for(row: Question, asked: Asked | None = None, data: object = None) -> AnswerForm:
    """Its fields have names and ids of their own: several such forms stand on a page."""
    asked = asked or msgspec.convert(row.question, Asked)
    initial = {"start": row.start, "end": row.end, "basis": row.basis}
    return AnswerForm(data, asks=asked.asks, initial=initial, auto_id=f"id_{row.pk}_%s")
