"""Rules over more than one cell of a row, and over rows of one sheet (`unique`, `agree`, `needs`… of kinds.toml)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from thidua.findings import Finding, not_met, unknown
from thidua.register.cells import Value
from thidua.register.kinds import Agree, SheetKind, Unique, When
from thidua.vietnamese.folding import search_key

Rule = TypeVar("Rule")
Said = tuple[Value | None, ...]


class Rules:
    """Looks at rows as they go by and remembers what must not come twice. `letters` are the columns that are there."""

    def __init__(self, kind: SheetKind, letters: Mapping[str, str]) -> None:
        self._kind = kind
        self._letters = letters
        self._unique = _with_memory(kind.unique, [rule.columns[0] in letters for rule in kind.unique])
        self._agree = _with_memory(kind.agree, [rule.key in letters for rule in kind.agree])

    def look(self, number: int, values: Mapping[str, Value], faulty: set[str]) -> Iterator[Finding]:
        """All that is wrong with the row; cells that are at fault themselves (`faulty`) are not told a second time."""
        yield from self._order(number, values)
        yield from self._needs(number, values, faulty)
        yield from self._blank(number, values)
        yield from self._single(number, values)
        twice = False
        for unique, seen in self._unique:
            for finding in self._twice(number, values, unique, seen):
                if unique.sure or not twice:
                    yield finding
                twice = True
        for agree, known in self._agree:
            yield from self._at_odds(number, values, agree, known)

    def _place(self, number: int, key: str) -> dict[str, Any]:
        return {"row": number, "column": self._letters.get(key, ""), "header": self._kind.by_key[key].header}

    def _order(self, number: int, values: Mapping[str, Value]) -> Iterator[Finding]:
        for rule in self._kind.order:
            first, last = values.get(rule.first), values.get(rule.last)
            if first is not None and last is not None and first > last:  # type: ignore[operator]
                earlier = self._kind.by_key[rule.first].header
                yield not_met("row.order", **self._place(number, rule.last), first=first, last=last, earlier=earlier)

    def _needs(self, number: int, values: Mapping[str, Value], faulty: set[str]) -> Iterator[Finding]:
        for rule in self._kind.needs:
            if _holds(rule.when, values) and not any(key in values or key in faulty for key in rule.one_of):
                headers = [self._kind.by_key[key].header for key in rule.one_of]
                yield not_met("row.needs", **self._place(number, rule.one_of[0]), headers=headers)

    def _blank(self, number: int, values: Mapping[str, Value]) -> Iterator[Finding]:
        for rule in self._kind.blank:
            filled = [key for key in rule.columns if key in values]
            if filled and _holds(rule.when, values):
                headers = [self._kind.by_key[key].header for key in filled]
                said = _label(self._kind, next(iter(rule.when)), values)
                yield not_met("row.blank", **self._place(number, filled[0]), headers=headers, who=said)

    def _single(self, number: int, values: Mapping[str, Value]) -> Iterator[Finding]:
        for rule in self._kind.single:
            several = values.get(rule.column)
            if isinstance(several, tuple) and len(several) > 1 and _holds(rule.when, values):
                said = _label(self._kind, next(iter(rule.when)), values)
                yield not_met("row.single", **self._place(number, rule.column), what=said)

    def _twice(self, number: int, values: Mapping[str, Value], rule: Unique, seen: dict[Any, int]) -> Iterator[Finding]:
        if rule.columns[0] not in values:
            return
        # The hash alone is kept: of 100,000 rows two unlike ones share one in about one list of three thousand million.
        key = hash(tuple(_alike(values.get(column)) for column in rule.columns))
        first = seen.setdefault(key, number)
        if first == number:
            return
        headers = [self._kind.by_key[column].header for column in rule.columns if column in values]
        make, code = (not_met, "row.twice") if rule.sure else (unknown, "row.perhaps_twice")
        yield make(code, **self._place(number, rule.columns[0]), headers=headers, first=str(first))

    def _at_odds(
        self, number: int, values: Mapping[str, Value], rule: Agree, known: dict[Any, tuple[int, Said]]
    ) -> Iterator[Finding]:
        if rule.key not in values:
            return
        key, said = _alike(values[rule.key]), tuple(map(values.get, rule.on))
        first, before = known.setdefault(key, (number, said))
        if first == number:
            return
        for name, earlier, now in zip(rule.on, before, said, strict=True):
            if earlier is not None and now is not None and _differ(earlier, now):
                same = self._kind.by_key[rule.key].header
                yield not_met("row.at_odds", **self._place(number, name), same=same, first=str(first))
        if None in before:
            filled = (now if earlier is None else earlier for earlier, now in zip(before, said, strict=True))
            known[key] = (first, tuple(filled))


def _with_memory(rules: Iterable[Rule], there: Iterable[bool]) -> list[tuple[Rule, dict[Any, Any]]]:
    return [(rule, {}) for rule, used in zip(rules, there, strict=True) if used]


def _holds(when: When, values: Mapping[str, Value]) -> bool:
    return all(values.get(key) in among for key, among in when.items())


def _alike(value: Value | None) -> Any:
    """Text as it is compared: marks count ("Hòa" is not "Hoa"), case and spaces do not."""
    if isinstance(value, str):
        return value.casefold()
    return value


def _differ(one: Value, other: Value) -> bool:
    """Whether they cannot be the same: of a day and a year only the years are compared, of words the folded ones."""
    if isinstance(one, str) and isinstance(other, str):
        return search_key(one) != search_key(other)
    if isinstance(one, datetime.date) != isinstance(other, datetime.date):
        return _year(one) != _year(other)
    return one != other


def _year(value: Value) -> Value:
    return value.year if isinstance(value, datetime.date) else value


def _label(kind: SheetKind, key: str, values: Mapping[str, Value]) -> str:
    return next((choice.label for choice in kind.by_key[key].choices if choice.code == values.get(key)), "")
