"""Confirmations of one nominee, and of all nominees of a submission by body."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thidua_web.eligibility.models.facts import Confirmer
from thidua_web.nominations.forms.confirmations import AnswerForm
from thidua_web.nominations.models import Confirmation, DossierFile, Nomination
from thidua_web.nominations.pages.dossiers import BasisLine, Checklist, confirmation_state


@dataclass(frozen=True)
class ShownConfirmation:
    row: Confirmation
    tone: str
    said: str
    files: tuple[DossierFile, ...]
    form: Any = None


def lines(
    rows: Iterable[Confirmation], files: Iterable[DossierFile], today: datetime.date, sent: AnswerForm | None = None
) -> list[ShownConfirmation]:
    of: dict[int, list[DossierFile]] = defaultdict(list)
    for file in files:
        if file.confirmation_id:
            of[file.confirmation_id].append(file)
    return [
        ShownConfirmation(row, *confirmation_state(row, today), tuple(of[row.pk]), _form(row, sent)) for row in rows
    ]


def _form(row: Confirmation, sent: AnswerForm | None) -> AnswerForm | None:
    if row.yes is not None:
        return None
    return sent if sent and sent.confirmation.pk == row.pk else AnswerForm(confirmation=row)


@dataclass(frozen=True)
class Wanted:
    """A body that the rules of the day name, and that was not asked yet."""

    code: str
    name: str
    basis: BasisLine


def wanted(papers: Checklist, bodies: Mapping[str, tuple[str, ...]], rows: Iterable[Confirmation]) -> list[Wanted]:
    """`bodies` by the code of the paper that asks for them."""
    asked = {row.body for row in rows}
    return [
        Wanted(body, str(Confirmer(body).label), paper.basis)
        for paper in papers.papers
        for body in bodies.get(paper.code, ())
        if body not in asked
    ]


@dataclass(frozen=True)
class ManyLine:
    """A nominee of a submission with how each body stands."""

    row: Nomination
    states: tuple[tuple[str, str, str], ...]
    may_ask: bool


def many_lines(
    rows: Iterable[Nomination], confirmations: Iterable[Confirmation], writable: Iterable[int], today: datetime.date
) -> list[ManyLine]:
    """Each with its newest confirmation of every body that was asked: body, tone, words."""
    newest: dict[int, dict[str, Confirmation]] = defaultdict(dict)
    for one in confirmations:
        newest[one.nomination_id][one.body] = one
    open_ = set(writable)
    return [
        ManyLine(
            row,
            tuple(
                (str(Confirmer(body).label), *confirmation_state(one, today)) for body, one in newest[row.pk].items()
            ),
            row.pk in open_,
        )
        for row in rows
    ]
