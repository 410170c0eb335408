"""A consultation and a publication as pages and papers show them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thidua.explain import sentence
from thidua.findings import Basis
from thidua.nominations.silence import silence
from thidua.papers import opinions
from thidua.papers.nominees import Nominee
from thidua.papers.paper import Paper
from thidua.papers.wording import movement
from thidua_web.nominations.models import (
    Answer,
    Consultation,
    ConsultationItem,
    Nomination,
    Publication,
    PublicationItem,
    Silence,
)
from thidua_web.nominations.pages.issuing import issue_of
from thidua_web.nominations.pages.wording import wording_of
from thidua_web.nominations.queries.offers import award_title
from thidua_web.register.models import Unit

TONES = {Answer.AGREE: "met", Answer.DISAGREE: "fault", Answer.OTHER: "doubt", "": "waiting"}


@dataclass(frozen=True)
class Item:
    row: ConsultationItem
    award: str
    tone: str


def items(rows: Iterable[ConsultationItem], on: datetime.date) -> list[Item]:
    """Those that do not agree first, then those that have not answered."""
    order = [Answer.DISAGREE, Answer.OTHER, "", Answer.AGREE]
    made = [Item(row, award_title(row.nomination.award, on), TONES[row.answer]) for row in rows]  # type: ignore[index]
    return sorted(made, key=lambda one: order.index(one.row.answer))  # type: ignore[arg-type]


def silent(row: Consultation, on: datetime.date, language: str) -> str:
    """How it stands with those who have not answered, in words."""
    consent = Basis(quote=row.basis) if row.silence == Silence.AGREES else None
    found = silence(asked_on=row.asked_on, due=row.due_on, on=on, consent=consent)
    return sentence(found, language)


def merit(row: Nomination) -> str:
    """One sentence: what it says first."""
    words = " ".join(row.summary.split())
    first, stop, _ = words.partition(". ")
    return f"{first}." if stop else words


@dataclass(frozen=True)
class Shown:
    """What everybody may read of one nominee."""

    key: int
    name: str
    unit: str
    award: str
    merit: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


def shown(rows: Iterable[PublicationItem], on: datetime.date) -> list[Shown]:
    found = [row.nomination for row in rows]
    return [
        Shown(one.pk, one.name, one.unit_name or one.unit.name, award_title(one.award, on), merit(one)) for one in found
    ]


# --- Papers -----------------------------------------------------------------------------------------------------------


def letter(row: Consultation, rows: Sequence[ConsultationItem]) -> Paper:
    asked = tuple(line for line in (words.strip(" -+\t") for words in row.question.splitlines()) if line)
    consent = f"Quá thời hạn trên mà không có ý kiến thì coi là đồng ý, theo {row.basis}."
    return opinions.consultation_letter(
        opinions.Consultation(
            issue=issue_of(row.unit, ""),
            to=(row.asked_name,),
            occasion=_occasion([one.nomination for one in rows]),
            nominees=_nominees(row.unit, rows, row.asked_on),
            asked=asked,
            by=row.due_on,
            silence=consent if row.silence == Silence.AGREES else "",
        )
    )


def notice(row: Publication, rows: Sequence[PublicationItem], address: str) -> Paper:
    """`address`: of the public page."""
    posted = f"Trang {address}" + (f"; {row.where}" if row.where else "")
    return opinions.publication_notice(
        opinions.Publication(
            issue=issue_of(row.unit, "TB"),
            occasion=_occasion([one.nomination for one in rows]),
            nominees=_nominees(row.unit, rows, row.since),
            since=row.since,
            until=row.until,
            posted=posted,
            ways=(f"trên trang {address}", f"gửi văn bản hoặc trực tiếp đến {row.unit.name}"),
            bases=(f"Căn cứ {row.basis}",) if row.basis else (),
        )
    )


def _occasion(rows: Sequence[Nomination]) -> str:
    campaigns = dict.fromkeys(row.submission.campaign.title for row in rows if row.submission.campaign)
    if len(campaigns) == 1 and all(row.submission.campaign for row in rows):
        return f"trong {movement(next(iter(campaigns)))}"
    years = sorted({row.year for row in rows})
    return f"năm {years[0]}" if len(years) == 1 else f"các năm {', '.join(map(str, years))}"


def _nominees(unit: Unit, rows: Iterable[ConsultationItem | PublicationItem], on: datetime.date) -> tuple[Nominee, ...]:
    wording = wording_of(unit)
    return tuple(wording.nominee(one.nomination, on, merit=merit(one.nomination)) for one in rows)
