"""The law of a day: which standards, principles and rules are in force, national ones and an installation's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, TypeVar

from thidua.findings import Basis
from thidua.law.criteria import Criterion, Entry, Mark, Principle, Standard, Subject, basis, cite
from thidua.law.statute import Statute, parse_statute, read_statute

E = TypeVar("E", bound=Entry)


class Rule(NamedTuple):
    """An entry with the statute it stands in."""

    statute: Statute
    entry: Entry

    @property
    def own_mark(self) -> Mark:
        """Whether the entry was verified when it was written, whatever was amended since."""
        return self.entry.mark or self.statute.mark

    def basis(self, on: datetime.date, criterion: Criterion | None = None, above: str = "") -> Basis:
        """Where it stands; a criterion within it adds its own part of the citation, or has a mark of its own."""
        mark, source = self.statute.mark_of(self.entry, on), self.statute.source_of(self.entry)
        if criterion is not None and mark != "open":
            mark, source = criterion.mark or mark, criterion.source or source
        return basis(self.statute.instrument, cite(above, self.entry.place), mark, source)


class Law:
    """Statutes together. Entries come in the order of the files, national ones first."""

    def __init__(self, statutes: Iterable[Statute]) -> None:
        self.statutes = tuple(sorted(statutes, key=lambda statute: statute.level != "national"))
        self._kept: dict[tuple[str, Subject, datetime.date], tuple[Rule, ...]] = {}
        self._of_kind: dict[type[Entry], tuple[Rule, ...]] = {}

    def standards(self, award: str, subject: Subject, on: datetime.date) -> tuple[Rule, ...]:
        """What is asked for the award on a day: every one of them must be met."""
        key = (award, subject, on)
        if key not in self._kept:
            self._kept[key] = tuple(self._asked(award, subject, on))
        return self._kept[key]

    def _asked(self, award: str, subject: Subject, on: datetime.date) -> Iterator[Rule]:
        yield from self._standing(award, subject, on)
        for rule in self.rules(Principle, on):
            entry = rule.entry
            if isinstance(entry, Principle) and entry.concerns(award, subject):
                yield rule

    def _standing(self, award: str, subject: Subject, on: datetime.date) -> list[Rule]:
        """Standards of the award; one that leaves the matter to local regulations only while there is none."""
        found = [rule for rule in self.rules(Standard, on) if _sets(rule.entry, award, subject)]
        own = [rule for rule in found if not (isinstance(rule.entry, Standard) and rule.entry.detailed_locally)]
        return own if any(rule.statute.level == "local" for rule in own) else found

    def rules(self, kind: type[E], on: datetime.date | None = None) -> Iterator[Rule]:
        """Entries of a kind, in force on a day or ever."""
        if kind not in self._of_kind:
            every = (Rule(statute, entry) for statute in self.statutes for entry in statute.entries())
            self._of_kind[kind] = tuple(rule for rule in every if isinstance(rule.entry, kind))
        return (rule for rule in self._of_kind[kind] if on is None or rule.entry.in_force(on))

    def with_local(self, statutes: Iterable[Statute]) -> Law:
        return Law((*self.statutes, *statutes))


def _sets(entry: Entry, award: str, subject: Subject) -> bool:
    return isinstance(entry, Standard) and entry.award == award and subject in entry.subjects


@cache
def national_law() -> Law:
    """The law that comes with the project and holds everywhere."""
    return Law(_packaged("statutes"))


@cache
def sector_statutes() -> tuple[Statute, ...]:
    """Regulations of a ministry for its own sector: not in the national law, added `with_local` where they hold."""
    return _packaged("sectors")


def _packaged(folder: str) -> tuple[Statute, ...]:
    held = files(__package__).joinpath(folder)
    names = sorted(file.name for file in held.iterdir() if file.name.endswith(".toml"))
    return tuple(parse_statute(held.joinpath(name).read_text("utf-8")) for name in names)


def local_law(folder: Path) -> Law:
    """The national law with the regulations in a folder."""
    return national_law().with_local(read_statute(path) for path in sorted(folder.glob("*.toml")))
