"""Going through a journal line by line: what was changed, taken out, put in, moved, renumbered or cut off.

The lines stream, two at a time in memory, in the order in which they are kept. A fault does not end the search: the
seal that a doubtful line bears is taken as the one to go on from, so that the faults behind it are found too.
"""

from __future__ import annotations

import hmac
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from thidua.findings import Finding, not_met, unknown
from thidua.journal.lines import START, Head, Sealed, seal

# By how many lines a renumbered rest is looked for behind a fault.
_FARTHEST_SHIFT = 8


@dataclass
class _Gap:
    """Numbers that no line has borne so far, and the seals that a line behind `before` may follow."""

    first: int
    last: int
    seals: tuple[str, ...]
    before: int
    after: int


class _Gaps:
    """Gaps in the order of their numbers, found by halving: a journal that was shuffled has as many gaps as lines."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._gaps: list[_Gap] = []

    def __iter__(self) -> Iterator[_Gap]:
        return iter(self._gaps)

    def add(self, gap: _Gap) -> None:
        place = bisect_right(self._firsts, gap.first)
        self._firsts.insert(place, gap.first)
        self._gaps.insert(place, gap)

    def around(self, number: int) -> _Gap | None:
        place = bisect_right(self._firsts, number) - 1
        return self._gaps[place] if place >= 0 and number <= self._gaps[place].last else None

    def fill(self, gap: _Gap, entry: Sealed, claimed: int) -> None:
        """The line was found after all; what is left of the gap stays."""
        place = bisect_right(self._firsts, gap.first) - 1
        parts = [
            _Gap(gap.first, claimed - 1, gap.seals, gap.before, entry.line.number),
            _Gap(claimed + 1, gap.last, (entry.seal,), entry.line.number, gap.after),
        ]
        left = [part for part in parts if part.first <= part.last]
        self._gaps[place : place + 1] = left
        self._firsts[place : place + 1] = [part.first for part in left]


@dataclass(frozen=True)
class _Stray:
    """A line that did not belong where it stood, with the numbers beside it."""

    entry: Sealed
    near: list[int]


def verify(lines: Iterable[Sealed], key: bytes, head: Head | None = None, *, after: Head = START) -> Iterator[Finding]:
    """All faults of a journal, none where it is whole; see `Verifier`."""
    return Verifier(key, head=head, after=after).run(lines)


class Verifier:
    """Checks lines that follow `after` against their seals and against the `head` kept apart.

    Without a head nobody can see that a tail was cut off. A head older than the lines is good up to its own count.
    `reached` tells afterwards how far the chain went, `lines` how many were read.
    """

    def __init__(self, key: bytes, *, head: Head | None = None, after: Head = START) -> None:
        self.lines = 0
        self._key = key
        self._head = head
        self._number = after.count
        self._seals: tuple[str, ...] = (after.seal,)
        self._sure = True
        self._shift = 0
        self._gaps = _Gaps()
        self._strays: dict[int, _Stray] = {}

    @property
    def reached(self) -> Head:
        return Head(self._number, self._seals[0])

    def run(self, lines: Iterable[Sealed]) -> Iterator[Finding]:
        """Every fault, with the number of the line (`number`, or `first` to `last`) and those beside it (`near`)."""
        for entry, following in pairwise(chain(lines, [None])):
            if entry is None:
                continue
            self.lines += 1
            yield from self._place(entry, following)
            yield from self._place_strays()
        yield from self._end()

    def _place(self, entry: Sealed, following: Sealed | None) -> Iterator[Finding]:
        due = self._number + 1
        if self._fits(entry, due, self._seals):
            yield from self._prove(entry, due, following)
            return
        near = [number for number in (self._number, following and following.line.number) if number]
        claimed = entry.line.number - self._shift
        if claimed < due:
            yield from self._place_late(entry, claimed, near)
        elif self._does_not_belong(claimed, due, following):
            yield from self._set_aside(entry, claimed, near)
        elif claimed > due:
            self._gaps.add(_Gap(due, claimed - 1, self._seals, self._number, entry.line.number))
            yield from self._go_on(entry, claimed, sure=False)
        else:
            yield from self._doubt(entry, due, near)

    def _does_not_belong(self, claimed: int, due: int, following: Sealed | None) -> bool:
        """The next line follows on from the one before; or nothing follows, and the head does not reach so far."""
        if following is not None:
            return self._fits(following, due, self._seals)
        return self._head is not None and claimed > self._head.count

    def _prove(self, entry: Sealed, due: int, following: Sealed | None) -> Iterator[Finding]:
        shift = entry.line.number - due
        if shift != self._shift:
            if shift:
                yield not_met("journal.renumbered", number=entry.line.number, true=due)
            if not shift or (following is not None and following.line.number - due - 1 == shift):
                self._shift = shift
        yield from self._go_on(entry, due, sure=True)

    def _doubt(self, entry: Sealed, due: int, near: list[int]) -> Iterator[Finding]:
        """The line bears the number that is due, but its seal does not fit."""
        if self._sure:
            yield not_met("journal.changed", number=entry.line.number, near=near)
            own = self._expected(entry, due)
            yield from self._go_on(entry, due, sure=False, also=own)
            return
        true = next((n for n in _shifted(due) if self._fits(entry, n, self._seals)), None)
        if true is None:
            yield unknown("journal.unproven", number=entry.line.number, near=near)
            yield from self._go_on(entry, due, sure=False)
            return
        yield not_met("journal.renumbered", number=entry.line.number, true=true)
        self._shift = entry.line.number - true
        yield from self._go_on(entry, true, sure=True)

    def _place_late(self, entry: Sealed, claimed: int, near: list[int]) -> Iterator[Finding]:
        """A number that had its turn: moved behind others, or put in a second time."""
        gap = self._gaps.around(claimed)
        if gap is None:
            yield not_met("journal.inserted", number=entry.line.number, near=near)
            return
        yield not_met("journal.moved", number=entry.line.number, near=near)
        if claimed == gap.first and not self._fits(entry, claimed, gap.seals):
            yield not_met("journal.changed", number=entry.line.number, near=near)
        self._gaps.fill(gap, entry, claimed)

    def _set_aside(self, entry: Sealed, claimed: int, near: list[int]) -> Iterator[Finding]:
        if claimed in self._strays:
            yield not_met("journal.inserted", number=entry.line.number, near=near)
        else:
            self._strays[claimed] = _Stray(entry, near)

    def _place_strays(self) -> Iterator[Finding]:
        """A line set aside whose turn it is now stood too early."""
        while self._strays:
            due = self._number + 1
            stray = self._strays.get(due)
            if stray is None or not self._fits(stray.entry, due, self._seals):
                return
            del self._strays[due]
            yield not_met("journal.moved", number=stray.entry.line.number, near=stray.near)
            yield from self._go_on(stray.entry, due, sure=True)

    def _go_on(self, entry: Sealed, number: int, *, sure: bool, also: str | None = None) -> Iterator[Finding]:
        self._number, self._sure = number, sure
        self._seals = (entry.seal,) if also is None else (entry.seal, also)
        head = self._head
        if head is not None and number == head.count and not _same(entry.seal, head.seal):
            yield not_met("journal.head_differs", number=number)

    def _end(self) -> Iterator[Finding]:
        for stray in self._strays.values():
            yield not_met("journal.inserted", number=stray.entry.line.number, near=stray.near)
        for gap in self._gaps:
            yield _removed(gap)
        if self._head is not None and self._number < self._head.count:
            first, last = self._number + 1, self._head.count
            yield not_met(
                "journal.cut", numbers=_numbers(first, last), first=first, last=last, near=[self._number or "—"]
            )

    def _fits(self, entry: Sealed, number: int, previous: tuple[str, ...]) -> bool:
        return any(
            expected is not None and _same(expected, entry.seal)
            for expected in (self._expected(entry, number, before) for before in previous)
        )

    def _expected(self, entry: Sealed, number: int, before: str | None = None) -> str | None:
        """None for a line that could never have been sealed."""
        try:
            return seal(entry.line, self._seals[0] if before is None else before, self._key, number=number)
        except (TypeError, ValueError):
            return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _shifted(due: int) -> Iterator[int]:
    for distance in range(1, _FARTHEST_SHIFT + 1):
        yield from (due + distance, due - distance)


def _removed(gap: _Gap) -> Finding:
    near = [number for number in (gap.before, gap.after) if number]
    return not_met(
        "journal.removed", numbers=_numbers(gap.first, gap.last), first=gap.first, last=gap.last, near=near
    )  # fmt: skip


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
