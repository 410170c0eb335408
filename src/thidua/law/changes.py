"""What changed in the law between two days: entries that ended, began, or took another's place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from thidua.law.criteria import Entry
from thidua.law.law import Law, Rule


class Change(Struct, frozen=True):
    """`on`: the first day on which it holds. A "replaced" has both sides."""

    kind: Literal["began", "ended", "replaced", "doubted"]
    on: datetime.date
    before: Rule | None
    after: Rule | None

    @property
    def rule(self) -> Rule:
        rule = self.after or self.before
        if rule is None:
            raise ValueError("a change has a side")
        return rule


def changes(law: Law, first: datetime.date, last: datetime.date) -> tuple[Change, ...]:
    """What holds on `last` and did not on `first`, or the other way round, by day and in the order of the statutes."""
    if first > last:
        raise ValueError(f"{first} comes after {last}")
    began = [r for r in law.rules(Entry) if not r.entry.in_force(first) and r.entry.in_force(last)]
    ended = [r for r in law.rules(Entry) if r.entry.in_force(first) and not r.entry.in_force(last)]
    return tuple(sorted(_paired(began, ended), key=lambda change: change.on))


def _paired(began: list[Rule], ended: list[Rule]) -> Iterator[Change]:
    left = list(began)
    for old in ended:
        new = next((rule for rule in left if subject_of(rule.entry) == subject_of(old.entry)), None)
        if new is None:
            yield Change("ended", _day_after(old.entry), old, None)
        else:
            left.remove(new)
            yield Change("replaced", new.entry.since, old, new)
    for rule in left:
        doubt = type(rule.entry).__name__ == "Doubt"
        yield Change("doubted" if doubt else "began", rule.entry.since, None, rule)


def _day_after(entry: Entry) -> datetime.date:
    return (entry.until or datetime.date.max - datetime.timedelta(days=1)) + datetime.timedelta(days=1)


def subject_of(entry: Entry) -> tuple[object, ...]:
    """What an entry rules, by which the next one that rules the same is found."""
    named = ("award", "awards", "subjects", "subject", "step", "group", "of", "merits", "topic", "council")
    return (type(entry), *(getattr(entry, name, None) for name in named))
