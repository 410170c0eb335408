"""What is known of nominees, as the core's facts: of few with all they stand on, of everybody in columns.

Both are made of the same rows (`rows`), with the same number of queries for one nominee as for a hundred thousand.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from msgspec import structs

from thidua.law.criteria import Subject
from thidua.rules.facts import (
    LEVELS,
    AnswerFact,
    Facts,
    HonourFact,
    MeasureFact,
    RatingFact,
    SpellFact,
    WorkFact,
)
from thidua_web.campaigns.models import Campaign
from thidua_web.eligibility.models import FactKind
from thidua_web.eligibility.queries import campaign_facts, members, ranks, rows
from thidua_web.eligibility.queries.rows import KINDS_OF_SPELLS, KINDS_OF_WORKS, FactRow, Nearest, Stood, by_key
from thidua_web.register.models import Person

QUESTIONS = (FactKind.ANSWER.value, FactKind.CONFIRMATION.value)
LEVEL_ORDER = {level: place for place, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class Asked:
    """Of which kind, for which year figures are gathered, and in which campaign where the award is offered in one."""

    subject: Subject
    year: int
    campaign: Campaign | None = None
    on: datetime.date | None = None

    @property
    def day(self) -> datetime.date:
        """Up to which reports count: the day asked about, else the last of the year."""
        return self.on or datetime.date(self.year, 12, 31)


def facts_of(asked: Asked, keys: Collection[int]) -> dict[int, Facts]:
    """By the number of the person, unit or household."""
    if asked.subject == "household":
        paths, found = _of_households(keys)
    else:
        paths, found = _of_people(keys) if asked.subject == "individual" else _of_units(asked, keys)
    if asked.campaign is None:
        return found
    done = campaign_facts.done(asked.campaign)
    if asked.subject == "collective":
        figures = campaign_facts.figures(asked.campaign, asked.day, list(found))
        found = {key: _with_figures(facts, asked.campaign, figures.get(key, {})) for key, facts in found.items()}
    return {key: _with_campaign(facts, asked.campaign, paths[key], done) for key, facts in found.items()}


def _with_figures(facts: Facts, campaign: Campaign, figures: Mapping[str, Decimal]) -> Facts:
    """What a person wrote of a figure stands before what the reports say."""
    said = {row.key for row in facts.measures}
    cited = campaign.number or campaign.title
    told = (
        MeasureFact(key=key, value=value, cited=cited, ref=f"campaign:{campaign.pk}")
        for key, value in figures.items()
        if key not in said
    )
    return structs.replace(facts, measures=(*facts.measures, *told))


def _with_campaign(facts: Facts, campaign: Campaign, path: str, done: Mapping[int, campaign_facts.Done]) -> Facts:
    """What a person wrote for any year stands before what the campaign's board knows."""
    said = {row.question for row in facts.answers if row.year is None}
    cited = campaign.number or campaign.title
    told = (
        AnswerFact(question=question, yes=yes, cited=cited, ref=f"campaign:{campaign.pk}")
        for question, yes in campaign_facts.answers(path, done).items()
        if question not in said
    )
    return structs.replace(facts, answers=(*facts.answers, *told))


# --- People ---------------------------------------------------------------------------------------------------------


Found = tuple[dict[int, str], dict[int, Facts]]


def _of_people(keys: Collection[int]) -> Found:
    nearest = Nearest()
    paths = dict(Person.objects.filter(pk__in=keys).values_list("pk", "unit__path"))
    rated, honoured = by_key(rows.ratings("individual", keys)), by_key(rows.honours("individual", keys))
    recorded = by_key(rows.recorded("individual", keys))
    return paths, {
        key: Facts(
            subject="individual",
            groups=groups_of(recorded.get(key, ())) or nearest.group_for(path),
            ratings=tuple(_rating(row) for row in rated.get(key, ())),
            honours=tuple(_honour(row) for row in honoured.get(key, ())),
            complete=nearest.complete_for(path),
            **_said(recorded.get(key, ())),
        )
        for key, path in paths.items()
    }


# --- Households -----------------------------------------------------------------------------------------------------


def _of_households(keys: Collection[int]) -> Found:
    """What a commune says of how complete its records are holds for its households too."""
    nearest, listed = Nearest(), rows.households(keys)
    honoured, recorded = by_key(rows.honours("household", keys)), by_key(rows.recorded("household", keys))
    return {row.of: row.path for row in listed}, {
        row.of: Facts(
            subject="household",
            groups=groups_of(recorded.get(row.of, ())),
            honours=tuple(_honour(one) for one in honoured.get(row.of, ())),
            complete=nearest.complete_for(row.path),
            **_said(recorded.get(row.of, ()), _lived_there(row)),
        )
        for row in listed
    }


def _lived_there(row: rows.HouseholdRow) -> list[SpellFact]:
    """Nothing where nobody wrote since when it is a household of the commune."""
    return [SpellFact(kind="in_being", since=row.since, until=row.until)] if row.since else []


# --- Units ----------------------------------------------------------------------------------------------------------


def _of_units(asked: Asked, keys: Collection[int]) -> Found:
    nearest, before = Nearest(), rows.came_from(keys)
    family = {*keys, *(old for olds in before.values() for old in olds)}
    paths = {key: path for key, path in rows.place_of_units(family).items() if key in keys}
    rated, honoured = by_key(rows.ratings("collective", family)), by_key(rows.honours("collective", family))
    recorded = by_key(rows.recorded("collective", keys))
    days = {unit: (since, until) for unit, since, until in rows.days_of_units(family)}
    figures = by_key([*members.figures(paths, asked.year, nearest), *ranks.figures(keys)])
    return paths, {
        key: Facts(
            subject="collective",
            groups=groups_of(recorded.get(key, ())),
            ratings=_ratings(key, before.get(key, ()), rated),
            honours=(
                *(_honour(row) for row in honoured.get(key, ())),
                *(_honour(row, inherited=True) for old in before.get(key, ()) for row in honoured.get(old, ())),
            ),
            complete=nearest.complete_for(path),
            **_said(recorded.get(key, ()), _in_being(key, before.get(key, ()), days), figures.get(key, ())),
        )
        for key, path in paths.items()
    }


def _ratings(key: int, before: Iterable[int], rated: Mapping[int, list[Any]]) -> tuple[RatingFact, ...]:
    """The unit's own, and for other years the best of those it came from, which counts as possible alone."""
    own = [_rating(row) for row in rated.get(key, ())]
    settled = {(row.year, row.track) for row in own}
    older: dict[tuple[int, str], RatingFact] = {}
    for row in (_rating(row, inherited=True) for old in before for row in rated.get(old, ())):
        best = older.get((row.year, row.track))
        if best is None or LEVEL_ORDER[row.level] > LEVEL_ORDER[best.level]:
            older[row.year, row.track] = row
    return (*own, *(row for place, row in older.items() if place not in settled))


def _in_being(key: int, before: Iterable[int], days: Mapping[int, Any]) -> list[SpellFact]:
    found = [(days[key], False)] if key in days else []
    found += [(days[old], True) for old in before if old in days]
    return [SpellFact(kind="in_being", since=d[0], until=d[1], inherited=inherited) for d, inherited in found]


# --- Records --------------------------------------------------------------------------------------------------------


def _rating(row: rows.RatingRow, *, inherited: bool = False) -> RatingFact:
    said: dict[str, Any] = {"year": row.year, "level": row.level, "track": row.track}
    return RatingFact(**said, **_stood(row.stood), inherited=inherited)


def _honour(row: rows.HonourRow, *, inherited: bool = False) -> HonourFact:
    said: dict[str, Any] = {"award": row.award, "year": row.year, "merit": row.merit, "deed": row.deed}
    return HonourFact(**said, **_stood(row.stood), inherited=inherited)


def _stood(stood: Stood) -> dict[str, str]:
    """How the record is cited: the number and day of its paper."""
    day = f" ngày {stood.day:%d/%m/%Y}" if stood.day else ""
    return {"cited": f"{stood.paper}{day}" if stood.paper else "", "ref": stood.ref}


def groups_of(recorded: Iterable[FactRow]) -> frozenset[str] | None:
    return frozenset(row.code for row in recorded if row.kind == FactKind.GROUP) or None


def _said(
    recorded: Iterable[FactRow], spells: Iterable[SpellFact] = (), figures: Iterable[members.Figure] = ()
) -> dict[str, Any]:
    """Works, spells, answers, measures. What a person wrote stands before what was added up."""
    found: dict[str, Any] = {"works": [], "spells": list(spells)}
    answers: dict[tuple[str, int | None], AnswerFact] = {}
    measures: dict[tuple[str, int | None], MeasureFact] = {}
    for row in recorded:
        stood = _stood(row.stood)
        if row.kind in KINDS_OF_WORKS:
            found["works"].append(_work(row, stood))
        elif row.kind in KINDS_OF_SPELLS:
            found["spells"].append(_spell(row, stood))
        elif row.kind in QUESTIONS:
            key = (question(row), row.year)
            answers.setdefault(key, AnswerFact(question=key[0], yes=bool(row.yes), year=row.year, **stood))
        elif row.kind == FactKind.MEASURE and row.value is not None:
            fact = MeasureFact(key=row.code, value=row.value, year=row.year, **stood)
            measures.setdefault((row.code, row.year), fact)
    for figure in figures:
        fact = MeasureFact(key=figure.key, value=Decimal(figure.value), year=figure.year)
        measures.setdefault((figure.key, figure.year), fact)
    found |= {"answers": answers.values(), "measures": measures.values()}
    return {name: tuple(values) for name, values in found.items()}


def _work(row: FactRow, stood: dict[str, str]) -> WorkFact:
    said: dict[str, Any] = {"kind": row.kind, "year": row.year, "scope": row.scope or "base", "used_for": row.used_for}
    return WorkFact(**said, **(stood | {"cited": stood["cited"] or row.title}))


def _spell(row: FactRow, stood: dict[str, str]) -> SpellFact:
    said: dict[str, Any] = {"kind": row.kind, "since": row.since, "until": row.until, "form": row.code}
    return SpellFact(**said, cleared=row.cleared, **stood)


def question(row: FactRow) -> str:
    return f"confirmed.{row.code}" if row.kind == FactKind.CONFIRMATION else row.code
