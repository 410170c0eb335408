"""One award on a day: what is asked of whom, who decides, how it is voted on, its papers, clocks and money."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from thidua.explain import sentence
from thidua.law.awards import Award
from thidua.law.bonus import Bonus, bonus
from thidua.law.criteria import Entry, Principle, Standard, Subject
from thidua.law.instruments import find_instrument
from thidua.law.law import Law, Rule
from thidua.law.statute import Ceiling as CeilingRule
from thidua.law.statute import Deadline, DossierRule, Preference, VoteRule
from thidua.law.texts import InstrumentText
from thidua_web.law.linking import award_href, basis_href, instrument_href
from thidua_web.law.pages.clauses import Row, clauses, rows
from thidua_web.law.pages.lists import LEVELS, SUBJECTS

Texts = Callable[[str], InstrumentText | None]


@dataclass(frozen=True)
class Asked:
    """A standard or a principle with where it stands; `doubts`: amendments that nobody read, with their addresses."""

    rule: Rule
    citation: str
    href: str
    subjects: tuple[Promise, ...]
    rows: list[Row]
    local: bool
    worded: bool
    doubts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    """Any other rule: its entry with a citation and whether it was verified."""

    entry: Entry
    citation: str
    href: str
    verified: bool
    source: str
    local: bool


@dataclass(frozen=True)
class Money:
    """The bonus of a decision signed on the day; `why_not` where a part of the sum is not known."""

    subject: Promise
    bonus: Bonus | None
    why_not: str
    bases: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Version:
    """Days between which the standards of an award stayed as they were."""

    since: datetime.date
    until: datetime.date | None
    href: str
    current: bool
    citation: str


def award_page(award: Award, law: Law, on: datetime.date, texts: Texts) -> dict[str, Any]:
    standards = _standards(award, law, on)
    principles = [rule for rule in law.rules(Principle, on) if _concerns(rule.entry, award)]
    return {
        "award": award,
        "name": award.name_on(on),
        "level": LEVELS[award.level],
        "subjects": tuple(SUBJECTS[subject] for subject in award.subjects),
        "standards": [_asked(rule, on, texts) for rule in standards],
        "principles": [_asked(rule, on, texts) for rule in principles],
        "votes": said(law, VoteRule, award.code, on),
        "deadlines": said(law, Deadline, award.code, on),
        "dossiers": said(law, DossierRule, award.code, on),
        "preferences": said(law, Preference, award.code, on),
        "ceilings": said(law, CeilingRule, award.code, on),
        "bonuses": [_money(award, subject, law, on) for subject in award.subjects],
        "versions": _versions(award, law, on),
    }


def _standards(award: Award, law: Law, on: datetime.date) -> list[Rule]:
    """Those that a nominee is judged by: what the law leaves to a regulation steps back where there is one."""
    asked = [rule for subject in award.subjects for rule in law.standards(award.code, subject, on)]
    return list({id(rule.entry): rule for rule in asked if isinstance(rule.entry, Standard)}.values())


def _concerns(entry: Entry, award: Award) -> bool:
    return isinstance(entry, Principle) and any(entry.concerns(award.code, subject) for subject in award.subjects)


def _asked(rule: Rule, on: datetime.date, texts: Texts) -> Asked:
    text = texts(rule.statute.instrument)
    subjects: Iterable[str] = getattr(rule.entry, "subjects", ())
    return Asked(
        rule,
        cited(rule),
        instrument_href(rule.statute.instrument, rule.entry.place),
        tuple(SUBJECTS[subject] for subject in subjects),
        rows(clauses(rule, on, text)),
        rule.statute.level == "local",
        text is not None,
        tuple((one.text, instrument_href(one.by)) for one in rule.statute.doubt if one.in_force(on)),
    )


def cited(rule: Rule) -> str:
    """ "Điều 23 Luật số 06/2022/QH15"."""
    known = find_instrument(rule.statute.instrument)
    name = known.citation if known else rule.statute.title or rule.statute.instrument
    return f"{rule.entry.place}, {name}" if rule.entry.place else name


def said(law: Law, kind: type[Entry], code: str, on: datetime.date) -> list[Said]:
    """Rules of a kind on the day that name the award, or none in particular."""
    found = (rule for rule in law.rules(kind, on))
    return [say(rule, on) for rule in found if code in (named := getattr(rule.entry, "awards", ())) or not named]


def say(rule: Rule, on: datetime.date) -> Said:
    basis = rule.basis(on)
    return Said(
        rule.entry,
        cited(rule),
        instrument_href(rule.statute.instrument, rule.entry.place),
        basis.verified,
        basis.source or "",
        rule.statute.level == "local",
    )


def _money(award: Award, subject: Subject, law: Law, on: datetime.date) -> Money:
    found = bonus(award.code, subject, on, law)
    if not isinstance(found, Bonus):
        return Money(SUBJECTS[subject], None, sentence(found, get_language() or "vi"), ())
    bases = tuple((basis.citation, basis_href(basis), basis.verified) for basis in found.bases)
    return Money(SUBJECTS[subject], found, "", bases)


def _versions(award: Award, law: Law, on: datetime.date) -> list[Version]:
    rules = [rule for rule in law.rules(Standard) if rule.entry.award == award.code]  # type: ignore[attr-defined]
    return [
        Version(
            rule.entry.since,
            rule.entry.until,
            award_href(award.code, rule.entry.since),
            rule.entry.in_force(on),
            cited(rule),
        )
        for rule in sorted(rules, key=lambda rule: rule.entry.since)
    ]
