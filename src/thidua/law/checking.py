"""Whether statute files hold together: days, references, sources, words. Nothing here judges what the law says."""

from __future__ import annotations

import datetime
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from thidua.findings import Finding, not_met
from thidua.law.awards import awards
from thidua.law.criteria import Criterion, Entry, Principle, Standard, Subject, Test
from thidua.law.instruments import Instrument, instruments
from thidua.law.law import Rule
from thidua.law.statute import (
    BaseSalary,
    BonusRate,
    Ceiling,
    Deadline,
    DossierRule,
    Doubt,
    Provision,
    Rounding,
    Statute,
    VoteRule,
    read_statute,
)

Understood = Callable[[Test], object]
"""Raises ValueError for a predicate or parameters that there are not (`thidua.rules.predicates.predicate`)."""
_DAY = datetime.timedelta(days=1)
_CODES = ("award", "awards", "after", "or_awards")
"""Parameters of tests that name awards."""


def read_statutes(paths: Iterable[Path]) -> tuple[tuple[Statute, ...], tuple[Finding, ...]]:
    """The files that can be read, and what is wrong with the others."""
    read: list[Statute] = []
    wrong: list[Finding] = []
    for path in paths:
        try:
            read.append(read_statute(path))
        except (msgspec.ValidationError, tomllib.TOMLDecodeError, ValueError) as error:
            wrong.append(not_met("law.check.file", file=path.name, error=str(error)))
    return tuple(read), tuple(wrong)


def check_law(statutes: Iterable[Statute], understood: Understood) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the files; nothing where the files hold together."""
    found = tuple(statutes)
    rules = [Rule(statute, entry) for statute in found for entry in statute.entries()]
    return (
        *(wrong for statute in found for wrong in _instrument(statute)),
        *(wrong for rule in rules for wrong in _entry(rule)),
        *(wrong for rule in rules for wrong in _criteria(rule, rules, understood)),
        *_questions(rules),
        *_days_between(rules),
    )


def where(rule: Rule) -> str:
    """How a finding names an entry: "06/2022/QH15, Điều 29, XPTB, 01/07/2025"."""
    entry = rule.entry
    award = getattr(entry, "award", "") or ", ".join(getattr(entry, "awards", ())[:3])
    place, day = entry.place or type(entry).__name__, f"{entry.since:%d/%m/%Y}"
    return ", ".join(part for part in (rule.statute.instrument, place, award, day) if part)


def _wrong(code: str, rule: Rule, /, **params: Any) -> Finding:
    return not_met(f"law.check.{code}", rule.basis(rule.entry.since), where=where(rule), **params)


# --- Files and entries ----------------------------------------------------------------------------------------


def _instrument(statute: Statute) -> Iterator[Finding]:
    """National statutes and what amends them are on the timeline; local regulations are not."""
    if statute.level == "local":
        return
    cited = [statute.instrument, *(doubt.by for doubt in statute.doubt)]
    for number in cited:
        if _known(number) is None:
            yield not_met("law.check.instrument", where=statute.instrument, number=number)


def _known(number: str) -> Instrument | None:
    return next((known for known in instruments() if known.number == number), None)


def _entry(rule: Rule) -> Iterator[Finding]:
    statute, entry = rule
    if entry.until is not None and entry.until < entry.since:
        yield _wrong("dates", rule, since=entry.since, until=entry.until)
    if rule.own_mark == "verified" and not statute.source_of(entry):
        yield _wrong("source", rule)
    if isinstance(entry, Standard | Principle) and not entry.place and rule.own_mark != "open":
        yield _wrong("place", rule)
    yield from _within_instrument(rule)
    for code in _codes_of(entry):
        if code not in awards():
            yield _wrong("award", rule, code=code)
    yield from _subjects(rule)


def _within_instrument(rule: Rule) -> Iterator[Finding]:
    """An entry is in force only while its instrument is."""
    entry, known = rule.entry, _known(rule.statute.instrument)
    if known is None or isinstance(entry, Doubt):
        return
    first, last = known.in_force, known.until
    if first is not None and entry.since < first:
        yield _wrong("instrument_days", rule, day=entry.since, number=known.number)
    if last is not None and (entry.until is None or entry.until > last):
        yield _wrong("instrument_days", rule, day=entry.until or last + _DAY, number=known.number)


def _codes_of(entry: Entry) -> Iterator[str]:
    """Award codes that an entry itself names; those in its criteria come with them."""
    if isinstance(entry, Standard | BonusRate):
        yield entry.award
    elif isinstance(entry, Principle):
        yield from (*entry.awards, *entry.except_)
    elif isinstance(entry, VoteRule | Deadline | Ceiling | Provision):
        yield from entry.awards
    elif isinstance(entry, DossierRule):
        yield from (*entry.awards, *(code for part in entry.parts for code in part.only_for))


def _subjects(rule: Rule) -> Iterator[Finding]:
    entry = rule.entry
    asked = entry.subjects if isinstance(entry, Standard) else (entry.subject,) if isinstance(entry, BonusRate) else ()
    known = awards().get(getattr(entry, "award", ""))
    for subject in asked:
        if known is not None and subject not in known.subjects:
            yield _wrong("subject", rule, code=known.code, subject=subject)


# --- Criteria -------------------------------------------------------------------------------------------------


def _criteria(rule: Rule, rules: list[Rule], understood: Understood) -> Iterator[Finding]:
    entry = rule.entry
    if not isinstance(entry, Standard | Principle):
        return
    subjects = entry.subjects
    for node in (node for top in entry.all for node in nodes(top)):
        if not node.text:
            yield _wrong("text", rule)
        if node.mark == "verified" and not (node.source or rule.statute.source_of(entry)):
            yield _wrong("source", rule)
        if node.test is not None:
            yield from _test(rule, node.test, understood)
        if node.meets and not any(_has_standard(code, subject, rules) for code in node.meets for subject in subjects):
            yield _wrong("meets", rule, code=", ".join(node.meets))


def _questions(rules: list[Rule]) -> Iterator[Finding]:
    """A question is answered once for a nominee, so it is worded once."""
    worded: dict[tuple[object, Subject], str] = {}
    for rule in rules:
        entry = rule.entry
        for node in (node for top in getattr(entry, "all", ()) for node in nodes(top)):
            if node.test is None or node.test.predicate != "judged":
                continue
            question = dict(node.test.params).get("question")
            for subject in getattr(entry, "subjects", ()):
                first = worded.setdefault((question, subject), node.text)
                if first != node.text:
                    yield _wrong("question", rule, question=question, first=first, text=node.text)


def nodes(criterion: Criterion) -> Iterator[Criterion]:
    """A criterion and all beneath it, in reading order."""
    yield criterion
    for part in criterion.parts:
        yield from nodes(part)


def _test(rule: Rule, test: Test, understood: Understood) -> Iterator[Finding]:
    try:
        understood(test)
    except ValueError as error:
        yield _wrong("predicate", rule, error=str(error))
    named = [value for key, value in test.params if key in _CODES]
    codes = [code for value in named for code in (value if isinstance(value, tuple) else (value,))]
    for code in codes:
        if code not in awards():
            yield _wrong("award", rule, code=code)


def _has_standard(code: str, subject: Subject, rules: list[Rule]) -> bool:
    entries = (rule.entry for rule in rules)
    return any(isinstance(e, Standard) and e.award == code and subject in e.subjects for e in entries)


# --- Days -----------------------------------------------------------------------------------------------------


def _days_between(rules: list[Rule]) -> Iterator[Finding]:
    """Of what can hold only once at a time: two at once, and days on which none holds."""
    lines: defaultdict[tuple[object, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        for key in _holds_once(rule):
            lines[key].append(rule)
    said: set[tuple[int, int]] = set()
    for line in lines.values():
        for before, after in pairwise(sorted(line, key=lambda rule: rule.entry.since)):
            pair = (id(before.entry), id(after.entry))
            if pair not in said:
                said.add(pair)
                yield from _between(before, after)


def _between(before: Rule, after: Rule) -> Iterator[Finding]:
    ends, begins = before.entry.until, after.entry.since
    if ends is None or ends >= begins:
        yield _wrong("overlap", after, other=where(before), since=begins)
    elif ends + _DAY < begins and not after.entry.gap:
        yield _wrong("gap", after, other=where(before), since=ends + _DAY, until=begins - _DAY)


def _holds_once(rule: Rule) -> Iterator[tuple[object, ...]]:
    """What an entry rules alone while it is in force; each local regulation, and each instrument's standards, apart."""
    statute, entry = rule
    apart = statute.level == "local" or isinstance(entry, Standard)
    for line in _lines(entry):
        yield (type(entry), statute.instrument if apart else "", *line)


def _lines(entry: Entry) -> Iterator[tuple[str, ...]]:
    if isinstance(entry, Standard):
        yield from ((entry.award, subject, entry.place) for subject in entry.subjects)
    elif isinstance(entry, BonusRate):
        yield (entry.award, entry.subject)
    elif isinstance(entry, BaseSalary | Rounding):
        yield ()
    elif isinstance(entry, VoteRule):
        yield from ((entry.council, code) for code in entry.awards or ("",))
    elif isinstance(entry, Ceiling):
        yield from ((entry.of, code) for code in entry.awards)
    elif isinstance(entry, Deadline):
        yield from ((entry.step, code, merit) for code in entry.awards or ("",) for merit in entry.merits or ("",))
