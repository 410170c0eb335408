"""Open questions of a launch as pages show them, each with its small form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from thidua.plans.campaign import Question as Asked
from thidua_web.campaigns.forms.launches import AnswerForm
from thidua_web.campaigns.models import Question
from thidua_web.campaigns.pages import parts
from thidua_web.campaigns.pages.wording import say_span


class Sent(NamedTuple):
    """An answer that came back with errors."""

    document: int
    key: str
    form: AnswerForm


@dataclass(frozen=True)
class ShownQuestion:
    shown: parts.ShownQuestion
    row: Question
    form: AnswerForm
    days: str

    @property
    def answered(self) -> bool:
        return self.row.answered_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its form stands open: nobody answered yet, or the answer came back with errors."""
        return not self.answered or self.form.is_bound


def shown(
    rows: Sequence[Question], page_of: Callable[[int], str], sent: Sent | None, language: str
) -> list[ShownQuestion]:
    """`page_of` says where the words of a document stand."""
    return [_shown(row, page_of(row.document_id), sent, language) for row in rows]


def _shown(row: Question, page: str, sent: Sent | None, language: str) -> ShownQuestion:
    asked = msgspec.convert(row.question, Asked)
    form = sent.form if sent and sent[:2] == (row.document_id, row.key) else form_for(row, asked)
    question = parts.question(asked, lambda key: f"{page}#w-{key}", language)
    return ShownQuestion(question, row, form, say_span(row.start, row.end))


def form_for(row: Question, asked: Asked | None = None, data: object = None) -> AnswerForm:
    """Its fields have names and ids of their own: several such forms stand on a page."""
    asked = asked or msgspec.convert(row.question, Asked)
    initial = {"start": row.start, "end": row.end, "basis": row.basis}
    return AnswerForm(data, asks=asked.asks, initial=initial, auto_id=f"id_{row.document_id}_{row.key}_%s")
