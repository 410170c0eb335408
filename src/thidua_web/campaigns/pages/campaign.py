"""What the page of a campaign shows, put together from its rows; no request, no database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.urls import reverse

from thidua.plans import campaign as core
from thidua.plans import reading
from thidua.plans.campaign import ConditionItem, PledgeRule, Work
from thidua_web.campaigns.models import Campaign, Edition, Offer, Phase, Target
from thidua_web.campaigns.pages import facts, parts
from thidua_web.campaigns.pages.parts import Line, ShownPhase
from thidua_web.campaigns.pages.timeline import Band, Drawing, Flag, draw


@dataclass(frozen=True)
class Papers:
    """Where the words of a campaign stand: the page of each edition's document."""

    campaign: int
    numbers: Mapping[int, int]

    @classmethod
    def of(cls, campaign: Campaign, editions: Iterable[Edition]) -> Papers:
        return cls(campaign.pk, {edition.document_id: edition.number for edition in editions})

    def page(self, document: int) -> str:
        return reverse("campaigns:campaign_paper", args=[self.campaign, self.numbers[document]])

    def words(self, document: int, key: str) -> str:
        return f"{self.page(document)}#w-{key}"


def phases(rows: Iterable[Phase], papers: Papers, today: datetime.date) -> list[ShownPhase]:
    return [
        ShownPhase(
            label=parts.name(row.label),
            level=row.level,
            when=parts.span(row.start, row.end),
            state=parts.state_of(row.start, row.end, today),
            href=papers.words(row.document_id, row.key),
        )
        for row in rows
    ]


def flags(days: Iterable[Mapping[str, Any]], today: datetime.date, *, judged: bool) -> list[Flag]:
    """One for every day on which something is due; only where `judged` it says whether all units have done it."""
    return [Flag(day["due"], day["what"], _state(day, today, judged), count=day["n"]) for day in days]


def _state(day: Mapping[str, Any], today: datetime.date, judged: bool) -> str:
    state = parts.flag_state(day["due"], today)
    if not judged:
        return state
    if not day["open"]:
        return "done"
    return "late" if state == "past" else state


def drawing(rows: Iterable[Phase], shown: Sequence[Flag], today: datetime.date) -> Drawing | None:
    bands = [Band(row.key, parts.name(row.label), row.start, row.end, row.level) for row in rows]
    return draw(bands, shown, today=today)


def targets(rows: Iterable[Target], papers: Papers) -> list[Line]:
    return [_target(row, papers.words(row.document_id, row.key)) for row in rows]


def _target(row: Target, href: str) -> Line:
    fact = reading.Target(
        quote=row.quote,
        span=(row.span_start, row.span_end),
        indicator=row.indicator,
        op=row.op,  # type: ignore[arg-type]
        value=row.value,
        value_max=row.value_max,
        unit=row.unit or None,
        strict=row.strict,
    )
    headline, details = facts.SAYS["targets"](fact)
    return Line(headline, tuple(details), href)


def offers(rows: Iterable[Offer], papers: Papers) -> list[parts.ShownOffer]:
    return [
        parts.offer(msgspec.convert(row.terms, core.Offer), lambda _, row=row: papers.words(row.document_id, row.key))
        for row in rows
    ]


def works(frozen: Mapping[str, Any], words: parts.WordsOf) -> dict[str, list[Line]]:
    return {
        "works": [parts.work(one, words) for one in msgspec.convert(frozen["works"], list[Work])],
        "pledges": [parts.pledge(one, words) for one in msgspec.convert(frozen["pledges"], list[PledgeRule])],
        "conditions": [
            parts.condition(one, words) for one in msgspec.convert(frozen["conditions"], list[ConditionItem])
        ],
    }


def documents(frozen: Mapping[str, Any]) -> dict[str, list[Line]]:
    """The bases and the documents cited in the newest edition."""
    bases, cited = (
        msgspec.convert(frozen[name], list[reading.Document]) for name in ("legal_basis", "cited_documents")
    )
    return {"bases": [_document(one) for one in bases], "cited": [_document(one) for one in cited]}


def _document(fact: reading.Document) -> Line:
    headline, details = facts.SAYS["legal_basis"](fact)
    return Line(headline, tuple(details), "")
