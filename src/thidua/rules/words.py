"""Codes of the rules as words: levels, awards, years, facts used, where a rule stands. The words are in rules.toml."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from thidua.explain import catalogue, say
from thidua.findings import Basis
from thidua.law.awards import awards
from thidua.law.criteria import Criterion, Principle, Standard
from thidua.law.instruments import find_instrument
from thidua.law.law import national_law
from thidua.rules.facts import (
    AnswerFact,
    HonourFact,
    MeasureFact,
    RatingFact,
    Record,
    SpellFact,
    WorkFact,
)


class Words(Struct, frozen=True):
    """The vocabulary of one language on one day: an award is called what it was called then."""

    language: str
    on: datetime.date

    def say(self, code: str, **params: Any) -> str:
        return say(f"rules.words.{code}", params, self.language)

    def name(self, group: str, code: str) -> str:
        """The word for a code of one group ("level", "scope"); a code without a word stands for itself."""
        return self.say(f"{group}.{code}") if f"rules.words.{group}.{code}" in catalogue() else code

    def number(self, value: int) -> str:
        """Official papers write 03, not 3."""
        return f"{value:02d}" if self.language == "vi" else str(value)

    def amount(self, value: Decimal) -> str | Decimal:
        """A whole number as papers write it, any other as it is."""
        whole = value == value.to_integral_value() and 0 < value < 10
        return self.number(int(value)) if whole else short(value)

    def times(self, count: int) -> str:
        """ "03 lần"; "once", "twice", "3 times"."""
        if self.language == "vi" or count > 2:
            return self.say("times", count=self.number(count))
        return self.say("once" if count == 1 else "twice") if count else self.say("times", count="0")

    def award(self, code: str) -> str:
        """As the law prints it; a title says that it is one."""
        award = awards().get(code)
        if award is None:
            return code
        printed = award.name_on(self.on) if award.names else award.printed or award.name
        return printed if award.kind != "title" or _is_flag(printed) else self.say("title", name=printed)

    def awards(self, codes: Iterable[str]) -> str:
        return self.either(self.award(code) for code in codes)

    def either(self, words: Iterable[str]) -> str:
        *first, last = words
        return self.say("or").join([", ".join(first), last]) if first else last

    def year(self, *years: int) -> str:
        """ "năm 2023, 2025"; more than three years running are "từ năm 2020 đến năm 2024"."""
        first, last = min(years, default=0), max(years, default=0)
        if len(years) > 3 and sorted(years) == list(range(first, last + 1)):
            return self.say("from_to", first=str(first), last=str(last))
        return self.say("year", years=", ".join(map(str, sorted(years))))

    def span(self, first: int | None, last: int) -> str:
        if first is None:
            return self.say("up_to", last=str(last))
        return self.year(last) if first == last else self.say("from_to", first=str(first), last=str(last))

    def form_bound(self, form: str) -> str:
        """Behind "kỷ luật": nothing where any counts."""
        if form == "reprimand":
            return ""
        return self.say("one_form" if form == "dismissal" else "form_or_graver", form=self.name("form", form))

    def level_bound(self, level: str, track: str = "state") -> str:
        """The least level asked for; above excellent there is none."""
        words = self.name("level", level)
        words = words if level == "excellent" else self.say("or_better", level=words)
        return words if track == "state" else self.say("party", level=words)

    def bound(self, op: str, value: str | Decimal) -> str:
        code = {">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"}.get(op, "exactly")
        return self.say(code, value=value)

    def percent(self, value: Decimal) -> str:
        return self.say("percent", value=short(value))

    def spell(self, spell: SpellFact) -> str:
        what = self.name("spell_kind", spell.kind)
        if spell.kind == "discipline":
            form = self.name("form", spell.form)
            what = self.say("discipline", form=form) if spell.form else self.say("discipline_unknown")
        if spell.until is None:
            return self.say("open_spell", what=what, since=spell.since)
        words = self.say("spell", what=what, since=spell.since, until=spell.until)
        return self.say("cleared", what=words) if spell.cleared else words

    def fact(self, record: Record) -> str:
        """A fact used, without the paper it stands on."""
        words = self._fact(record)
        return self.say("former_unit", fact=words) if record.inherited else words

    def facts(self, records: Iterable[Record]) -> str:
        """Several without the papers: ratings of one level and honours of one award stand together."""
        groups: dict[object, list[Record]] = {}
        for record in records:
            groups.setdefault(alike(record), []).append(record)
        return "; ".join(self._together(rows) for rows in groups.values())

    def _together(self, rows: list[Record]) -> str:
        years = self.year(*(getattr(row, "year", 0) for row in rows))
        row = rows[0]
        if len(rows) == 1:
            return self.fact(row)
        words = ""
        if isinstance(row, RatingFact):
            words = self.say("rating", years=years, level=self._level(row))
        elif isinstance(row, HonourFact):
            words = self.say("honours", award=self.award(row.award), years=years)
        return self.say("former_unit", fact=words) if row.inherited else words

    def _level(self, row: RatingFact) -> str:
        level = self.name("level", row.level)
        return level if row.track == "state" else self.say("party", level=level)

    def _fact(self, record: Record) -> str:
        if isinstance(record, RatingFact):
            return self.say("rating", years=self.year(record.year), level=self._level(record))
        if isinstance(record, HonourFact):
            return self.say("honour", award=self.award(record.award), year=str(record.year))
        if isinstance(record, WorkFact):
            return self._work(record)
        if isinstance(record, SpellFact):
            return self.spell(record)
        return self._said(record)

    def _work(self, work: WorkFact) -> str:
        kind, scope = self.name("work_kind", work.kind), self.name("scope", work.scope)
        words = self.say("work", kind=kind, year=str(work.year), scope=scope)
        return self.say("work_used", work=words, award=self.award(work.used_for)) if work.used_for else words

    def _said(self, record: Record) -> str:
        """An answer or a measured value."""
        if isinstance(record, AnswerFact):
            words = self.say("answer_yes" if record.yes else "answer_no", what=self._question(record.question))
        elif isinstance(record, MeasureFact):
            words = self.say("measure", value=short(record.value))
        else:
            raise TypeError(f"no words for {type(record).__name__}")
        return words if record.year is None else self.say("of_year", fact=words, year=str(record.year))

    def _question(self, question: str) -> str:
        """What an answer is about; a question of the national law with its clause."""
        body = question.removeprefix("confirmed.")
        if body != question:
            return self.name("body", body)
        if question in _OF_CAMPAIGNS:
            return self.say(_OF_CAMPAIGNS[question])
        text = _clauses().get(question, "")
        return self.say("judged_clause", text=text) if text else self.say("judged_answer")

    def basis(self, basis: Basis) -> str:
        """Where it stands, with a plan's own words; "" where nothing is cited."""
        words = _cited(self, basis)
        if basis.quote:
            words = self.say("cited_words", basis=words or self.say("plan"), quote=basis.quote)
        return words if basis.verified or not words else self.say("unverified", basis=words)


_OF_CAMPAIGNS = {"campaign.launched": "launched", "campaign.summarised": "summarised"}


@cache
def _clauses() -> Mapping[str, str]:
    """By question of the national law what is to be judged."""
    law, found = national_law(), dict[str, str]()
    for rule in (*law.rules(Standard), *law.rules(Principle)):
        for criterion in getattr(rule.entry, "all", ()):
            for node in _nodes(criterion):
                if node.test is not None and node.test.predicate == "judged":
                    found.setdefault(str(dict(node.test.params)["question"]), node.text)
    return found


def _nodes(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    for part in criterion.parts:
        yield from _nodes(part)


@cache
def _citation(number: str) -> str:
    known = find_instrument(number)
    return known.citation if known else number


def _cited(words: Words, basis: Basis) -> str:
    instrument = _citation(basis.instrument) if basis.instrument else ""
    return words.say("cited", place=basis.place, instrument=instrument) if basis.place else instrument


def alike(record: Record) -> object:
    """What may stand in one phrase; a record that is neither a rating nor an honour stands alone."""
    if isinstance(record, RatingFact):
        return RatingFact, record.level, record.track, record.inherited
    if isinstance(record, HonourFact):
        return HonourFact, record.award, record.inherited
    return object()


def _is_flag(printed: str) -> bool:
    return printed.lstrip("“").casefold().startswith("cờ")


def short(value: Decimal) -> Decimal:
    """Without zeros behind the last digit: 70 % and not 70,00 %."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
