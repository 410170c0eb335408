"""Changes to what is known of a nominee, as data: a record more, one less, one in the place of another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from thidua.explain import say
from thidua.rules.facts import AnswerFact, Facts, HonourFact, MeasureFact, RatingFact, Record, SpellFact, WorkFact
from thidua.rules.words import Words, alike

_FIELDS: Mapping[type[Record], str] = {
    RatingFact: "ratings", HonourFact: "honours", WorkFact: "works",
    SpellFact: "spells", AnswerFact: "answers", MeasureFact: "measures",
}  # fmt: skip


class Added(Struct, frozen=True, tag=True):
    record: RatingFact | HonourFact | WorkFact | SpellFact | AnswerFact | MeasureFact


class Removed(Struct, frozen=True, tag=True):
    record: RatingFact | HonourFact | WorkFact | SpellFact | AnswerFact | MeasureFact


class Replaced(Struct, frozen=True, tag=True):
    """`new` of the same kind stands in the place of `old`."""

    old: RatingFact | HonourFact | WorkFact | SpellFact | AnswerFact | MeasureFact
    new: RatingFact | HonourFact | WorkFact | SpellFact | AnswerFact | MeasureFact


class Completed(Struct, frozen=True, tag=True):
    """All records of these kinds are at hand from a year on."""

    kinds: tuple[str, ...]
    since: int


class Grouped(Struct, frozen=True, tag=True):
    """The nominee belongs to a group, besides those known."""

    group: str


Change = Added | Removed | Replaced | Completed | Grouped


def changed(facts: Facts, changes: Iterable[Change]) -> Facts:
    """Raises ValueError for a record that is not there to go, and where two facts then say the same thing."""
    for change in changes:
        facts = _changed(facts, change)
    return facts


def _changed(facts: Facts, change: Change) -> Facts:
    if isinstance(change, Completed):
        known = {kind: min(change.since, facts.complete.get(kind, change.since)) for kind in change.kinds}
        return structs.replace(facts, complete={**facts.complete, **known})
    if isinstance(change, Grouped):
        return structs.replace(facts, groups=(facts.groups or frozenset()) | {change.group})
    if isinstance(change, Added):
        return _with(facts, type(change.record), (), (change.record,))
    if isinstance(change, Removed):
        return _with(facts, type(change.record), (change.record,), ())
    return _with(facts, type(change.old), (change.old,), (change.new,))


def _with(facts: Facts, kind: type[Record], gone: tuple[Record, ...], come: tuple[Record, ...]) -> Facts:
    if any(type(row) is not kind for row in come):
        raise ValueError("a record is replaced by one of its kind")
    rows = list(getattr(facts, _FIELDS[kind]))
    for row in gone:
        rows.remove(row)  # ValueError where it is not there
    return structs.replace(facts, **{_FIELDS[kind]: (*rows, *come)})


def joined(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same in the end without a record that comes only to be replaced."""
    kept: list[Change] = []
    for change in changes:
        before = next((item for item in kept if _brings(item, change)), None)
        if before is None:
            kept.append(change)
        elif isinstance(change, Replaced):
            new = change.new
            kept[kept.index(before)] = Replaced(before.old, new) if isinstance(before, Replaced) else Added(new)
    return tuple(kept)


def _brings(change: Change, later: Change) -> bool:
    """Whether the later one replaces what this one brings."""
    brought = change.record if isinstance(change, Added) else change.new if isinstance(change, Replaced) else None
    return isinstance(later, Replaced) and brought is not None and later.old == brought


def is_open(change: Change, facts: Facts, on: datetime.date) -> bool:
    """Whether a change may still come or be found: nothing that is on record as settled would be otherwise."""
    if isinstance(change, Added):
        return _may_come(change.record, facts, on)
    if isinstance(change, Replaced):
        ends = isinstance(change.old, SpellFact) and change.old.until is None
        measured = isinstance(change.old, MeasureFact) and (change.old.year or on.year) >= on.year
        return ends or measured
    return not isinstance(change, Removed)


def _may_come(record: Record, facts: Facts, on: datetime.date) -> bool:
    if isinstance(record, HonourFact):
        return record.year >= on.year or not facts.is_complete("honours", record.year)
    if isinstance(record, WorkFact):
        return record.year >= on.year or not facts.is_complete("works", record.year)
    return True


def changes_words(changes: Iterable[Change], on: datetime.date, language: str = "vi") -> tuple[str, ...]:
    """Several at once: years of one level and honours of one award are told in one line, where the first of them is."""
    lines: dict[object, list[Change]] = {}
    for change in changes:
        lines.setdefault(alike(change.record) if isinstance(change, Added) else object(), []).append(change)
    return tuple(_together(same, on, language) for same in lines.values())


def _together(changes: list[Change], on: datetime.date, language: str) -> str:
    if len(changes) == 1:
        return change_words(changes[0], on, language)
    rows = [change.record for change in changes if isinstance(change, Added)]
    return say("rules.change.added", {"fact": Words(language, on).facts(rows)}, language)


def change_words(change: Change, on: datetime.date, language: str = "vi") -> str:
    """For a screen: "Thêm: danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025"."""
    words = Words(language, on)
    if isinstance(change, Added):
        return say("rules.change.added", {"fact": words.fact(change.record)}, language)
    if isinstance(change, Removed):
        return say("rules.change.removed", {"fact": words.fact(change.record)}, language)
    if isinstance(change, Replaced):
        said = {"old": words.fact(change.old), "new": words.fact(change.new)}
        return say("rules.change.replaced", said, language)
    if isinstance(change, Grouped):
        return say("rules.change.grouped", {"group": words.name("group", change.group)}, language)
    kinds = [words.name("records", kind) for kind in change.kinds]
    return say("rules.change.completed", {"kinds": kinds, "since": str(change.since)}, language)
