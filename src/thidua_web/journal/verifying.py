"""Goes through the journal and says what is wrong with it."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from thidua.findings import Finding, not_met
from thidua.journal import START, Head, Sealed, Verifier
from thidua_web.journal.actions import journal_key
from thidua_web.journal.lines import head, kept_lines, sealed
from thidua_web.journal.models import JournalCheck

KEPT_FAULTS = 200
SEAL = re.compile(r"[0-9a-f]{64}")


@dataclass
class Reader:
    """Lets lines pass and remembers what a verdict on them needs: their acts, and the seal at an anchor."""

    lines: Iterable[Sealed]
    anchor: Head | None = None
    seen: Callable[[], None] = lambda: None
    acts: dict[int, str] = field(default_factory=dict)
    at_anchor: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Sealed]:
        for entry in self.lines:
            number = entry.line.number
            self.acts[number] = entry.line.act
            if len(self.acts) > 64:
                del self.acts[next(iter(self.acts))]
            if self.anchor is not None and number == self.anchor.count:
                self.at_anchor.append(entry.seal)
            self.seen()
            yield entry


@dataclass(frozen=True)
class Fault:
    """A finding, and what the line that it names says was done ("" where there is no such line)."""

    finding: Finding
    act: str = ""


@dataclass
class Verdict:
    """`reached` is how far the seals held; `lines` how many there were."""

    reached: Head = START
    lines: int = 0


def faults_of(  # noqa: PLR0913 - what a verdict depends on
    lines: Iterable[Sealed],
    *,
    kept_apart: Head | None,
    anchor: Head | None = None,
    after: Head = START,
    verdict: Verdict,
    seen: Callable[[], None] = lambda: None,
) -> Iterator[Fault]:
    """Every fault as it is found; `verdict` is filled when all lines are through.

    `anchor` was noted somewhere else: it finds a journal that was rewritten together with its head and its key.
    """
    reader = Reader(lines, anchor, seen)
    verifier = Verifier(journal_key(), head=kept_apart, after=after)
    for finding in verifier.run(reader):
        yield Fault(finding, reader.acts.get(finding.params.get("number", 0), ""))
    verdict.reached, verdict.lines = verifier.reached, verifier.lines
    if anchor is not None:
        yield from _at_anchor(anchor, reader.at_anchor, verdict)


def _at_anchor(anchor: Head, seals: list[str], verdict: Verdict) -> Iterator[Fault]:
    if anchor.count == 0:
        return
    if not seals:
        yield Fault(not_met("journal.anchor_missing", number=anchor.count, last=verdict.reached.count))
    elif anchor.seal not in seals:
        yield Fault(not_met("journal.anchor_differs", number=anchor.count))


def check_journal(*, at: datetime.datetime, whole: bool) -> JournalCheck:
    """Go through the journal and keep the outcome: all of it, or what is new since the last check that found nothing.

    After a check that found something the next one is whole, so that a fault is not forgotten.
    """
    begun, last = time.monotonic(), JournalCheck.objects.first()
    after = Head(last.last, last.seal) if last and not whole and not last.fault_count else START
    kept_apart, verdict = head(), Verdict()
    rows = sealed(kept_lines(after=after.count or None))
    found, count = [], 0
    for fault in faults_of(rows, kept_apart=kept_apart, after=after, verdict=verdict):
        count += 1
        if count <= KEPT_FAULTS:
            found.append({**msgspec.to_builtins(fault.finding), "act": fault.act})
    return JournalCheck.objects.create(
        at=at,
        whole=after is START,
        first=after.count + 1,
        last=verdict.reached.count,
        seal=verdict.reached.seal,
        faults=found,
        fault_count=count,
        seconds=time.monotonic() - begun,
    )


def last_check() -> JournalCheck | None:
    return JournalCheck.objects.first()


def say_anchor(anchor: Head) -> str:
    return f"{anchor.count}:{anchor.seal}"


def parse_anchor(text: str) -> Head | None:
    """COUNT:SEAL as it was printed; None for anything else."""
    count, _, seal = text.strip().partition(":")
    if not count.isascii() or not count.isdecimal() or len(count) > 18:
        return None
    if int(count) == 0:
        return START if not seal else None
    return Head(int(count), seal) if SEAL.fullmatch(seal) else None
