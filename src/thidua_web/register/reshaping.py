"""What a reform makes of the units, as plain values: between the core's plan, the writes and the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from thidua.findings import Finding


class Place(NamedTuple):
    """What a unit is called, is, and stands under (`parent`: a code, empty at the top)."""

    name: str
    kind: str
    parent: str


@dataclass(frozen=True)
class Begun:
    code: str
    after: Place


@dataclass(frozen=True)
class Changed:
    """`follows`: only because the unit above it ended."""

    pk: int
    code: str
    before: Place
    after: Place
    follows: bool = False


@dataclass(frozen=True)
class Ended:
    """`successors` begin with the heir, where there is one."""

    pk: int
    code: str
    before: Place
    successors: tuple[str, ...] = ()

    @property
    def heir(self) -> str:
        return self.successors[0] if self.successors else ""


@dataclass(frozen=True)
class Shape:
    """All that a reform does, in the order of its acts. With `faults` nothing is done; `warnings` only tell."""

    begun: Sequence[Begun] = ()
    changed: Sequence[Changed] = ()
    ended: Sequence[Ended] = ()
    faults: Sequence[Finding] = ()
    warnings: Sequence[Finding] = ()

    @property
    def size(self) -> int:
        return len(self.begun) + len(self.changed) + len(self.ended)

    @cached_property
    def heirs(self) -> frozenset[str]:
        """Codes of all who go on for another."""
        return frozenset(code for one in self.ended for code in one.successors)
