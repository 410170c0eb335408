"""A reading while people compare it with the document: what was read, what stands now, and how far they have come.

Nothing here writes: a review is a sequence of `Reviewed`, every function gives a new one. `key` names a fact for as
long as its review lives ("targets-3", "header-number", "added-2"), whatever is done to the others.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import chain, count
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from thidua.plans.fields import HEADER_FIELDS, build_fact, change_fact, values_of
from thidua.plans.quoting import find_words
from thidua.plans.reading import KINDS, Fact, Header, Reading
from thidua.vietnamese.folding import search_key


class Verdict(StrEnum):
    """What a person has said of a fact."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"


class Reviewed(Struct, frozen=True, kw_only=True):
    """One fact under review. `kind` is a list of the reading or "header"; `read` is None for what a person added."""

    key: str
    kind: str
    fact: Fact
    read: Fact | None
    verdict: Verdict = Verdict.PENDING


class Meter(Struct, frozen=True, kw_only=True):
    """How far a review has come. `kinds` holds (total, decided) of each kind there is, in the order of the reading."""

    total: int
    decided: int
    kinds: Mapping[str, tuple[int, int]]

    @property
    def share(self) -> float:
        """Decided of total, 0..1; 1 where there is nothing to decide."""
        return self.decided / self.total if self.total else 1.0


class Carried(Struct, frozen=True, kw_only=True):
    """A review of what is read now that holds the decisions made before.

    `kept` counts the decisions that found their fact; `lost` are all others, as they were.
    """

    items: tuple[Reviewed, ...]
    lost: tuple[Reviewed, ...]
    kept: int


def begin(reading: Reading) -> tuple[Reviewed, ...]:
    """All facts pending: the header's fields, then list by list as they were read. `Header.draft` is no fact."""
    header = ((name, getattr(reading.header, name)) for name in HEADER_FIELDS)
    named = [(f"header-{name}", "header", fact) for name, fact in header if fact is not None]
    listed = [
        (f"{kind}-{place}", kind, fact) for kind in KINDS for place, fact in enumerate(getattr(reading, kind), start=1)
    ]
    return tuple(Reviewed(key=key, kind=kind, fact=fact, read=fact) for key, kind, fact in (*named, *listed))


def confirmed(items: Iterable[Reviewed], *, draft: bool = False) -> Reading:
    """The reading of all that is not rejected, every list in the order of the text. `draft` goes into the header."""
    standing = [item for item in items if item.verdict is not Verdict.REJECTED]
    header = {_header_field(item): item.fact for item in standing if item.kind == "header"}
    lists: dict[str, list[Fact]] = {kind: [] for kind in KINDS}
    for item in standing:
        if item.kind != "header":
            lists[item.kind].append(item.fact)
    ordered: dict[str, Any] = {kind: tuple(sorted(facts, key=_start)) for kind, facts in lists.items()}
    return Reading(header=Header(draft=draft, **header), **ordered)  # type: ignore[arg-type]


def meter(items: Iterable[Reviewed]) -> Meter:
    """Counts of facts; one is decided when it is not pending."""
    counts = {kind: [0, 0] for kind in ("header", *KINDS)}
    for item in items:
        counts[item.kind][0] += 1
        counts[item.kind][1] += item.verdict is not Verdict.PENDING
    kinds = {kind: (total, decided) for kind, (total, decided) in counts.items() if total}
    return Meter(
        total=sum(total for total, _ in kinds.values()), decided=sum(done for _, done in kinds.values()), kinds=kinds
    )


def is_decided(items: Iterable[Reviewed]) -> bool:
    return all(item.verdict is not Verdict.PENDING for item in items)


def accept(item: Reviewed) -> Reviewed:
    """The fact stands as it is now: a corrected one stays corrected, an added one added, also out of rejection."""
    return replace(item, verdict=_standing(item))


def reject(item: Reviewed) -> Reviewed:
    """The fact does not stand; what it says is kept, so that it can be accepted again."""
    return replace(item, verdict=Verdict.REJECTED)


def correct(item: Reviewed, values: Mapping[str, Any], *, raw: str, span: tuple[int, int] | None = None) -> Reviewed:
    """The fact with other values (those left out stay), on the words raw[span] where `span` is given.

    What comes back to what was read is accepted, not corrected. Raises as `build_fact`.
    """
    told = values_of(item.fact) | dict(values)
    if item.read is not None and told == values_of(item.read) and (span or item.fact.span) == item.read.span:
        return replace(item, fact=item.read, verdict=Verdict.ACCEPTED)
    name = _header_field(item) if item.kind == "header" else None
    if span is None:
        fact = change_fact(item.kind, item.fact, told, header_field=name)
    else:
        fact = build_fact(item.kind, told, raw=raw, span=span, header_field=name)
    return accept(_with_fact(item, fact))


def restore(item: Reviewed) -> Reviewed:
    """Undecided and as it was read. What a person added was never read: it stands again as added."""
    if item.read is None:
        return replace(item, verdict=Verdict.ADDED)
    return replace(item, fact=item.read, verdict=Verdict.PENDING)


def add(kind: str, values: Mapping[str, Any], *, quote_span: tuple[int, int], raw: str, key: str) -> Reviewed:
    """A fact that was not read, on the words raw[quote_span]. Raises as `build_fact`.

    `key` is new in its review; for the header it is "header-" and the field, so a field that was read is corrected
    and never added.
    """
    name = key.removeprefix("header-") if kind == "header" else None
    fact = build_fact(kind, values, raw=raw, span=quote_span, header_field=name)
    return Reviewed(key=key, kind=kind, fact=fact, read=None, verdict=Verdict.ADDED)


def carry_over(before: Sequence[Reviewed], now: Sequence[Reviewed], *, raw_before: str, raw_now: str) -> Carried:
    """`now` (just begun) with the decisions of `before`: after reading again, or for an amended plan.

    A decision is kept for the fact that was read with the same values from the same words (folded), one for one in
    order; a correction moves to where these words stand now. What was corrected or added and is now read just so is
    accepted. What was added stays added where its words stand in `raw_now`, with its key unless that is taken.
    """
    items = list(now)
    homes: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, item in enumerate(now):
        homes[_identity(item, item.fact)].append(place)
    homeless = []
    for old in before:
        if old.read is not None and (places := homes[_identity(old, old.read)]):
            place = places.popleft()
            items[place] = _carried(old, items[place], raw_now if raw_now != raw_before else None)
        elif old.verdict is not Verdict.PENDING:
            homeless.append(old)
    lost = []
    for old in homeless:
        if old.fact != old.read and (places := homes[_identity(old, old.fact)]):
            place = places.popleft()
            items[place] = replace(items[place], verdict=_carried_verdict(old, items[place]))
        elif moved := _moved(old, raw_before, raw_now, taken={item.key for item in items}):
            items.append(moved)
        else:
            lost.append(old)
    decided = sum(item.verdict is not Verdict.PENDING for item in before)
    return Carried(items=tuple(items), lost=tuple(lost), kept=decided - len(lost))


def _identity(item: Reviewed, fact: Fact) -> Hashable:
    """What stays the same when a document is read again: what is said, and by which words."""
    field = item.key if item.kind == "header" else ""
    return item.kind, field, replace(fact, quote=search_key(fact.quote), span=(0, 0), sureness=1.0)


def _carried(old: Reviewed, new: Reviewed, raw: str | None) -> Reviewed:
    """`new` decided as `old`, which was read just so. `raw` is the new text, None where it is the old one."""
    if old.verdict is Verdict.PENDING or old.read is None:
        return new
    if old.fact != old.read:
        new = _with_fact(new, old.fact if raw is None else _on_new_words(old.fact, old.read, new.fact, raw))
    return replace(new, verdict=_carried_verdict(old, new))


def _carried_verdict(old: Reviewed, new: Reviewed) -> Verdict:
    return old.verdict if old.verdict is Verdict.REJECTED else _standing(new)


def _on_new_words(corrected: Fact, read: Fact, read_now: Fact, raw: str) -> Fact:
    """The correction on its own words where a person chose other ones and they are still there, else on those read."""
    if corrected.span != read.span:
        near = read_now.span[0] + corrected.span[0] - read.span[0]
        if span := find_words(raw, corrected.quote, near=near):
            return replace(corrected, quote=raw[slice(*span)], span=span)
    return replace(corrected, quote=read_now.quote, span=read_now.span)


def _moved(old: Reviewed, raw_before: str, raw_now: str, *, taken: Container[str]) -> Reviewed | None:
    """What a person added, on its words in the new text; None where they are gone or a header field is read now."""
    if old.read is not None or (old.kind == "header" and old.key in taken):
        return None
    fact = old.fact
    if raw_now != raw_before:
        span = find_words(raw_now, fact.quote, near=fact.span[0])
        if span is None:
            return None
        fact = replace(fact, quote=raw_now[slice(*span)], span=span)
    keys = chain([old.key], (f"{old.key}-{number}" for number in count(2)))
    return replace(old, key=next(key for key in keys if key not in taken), fact=fact)


def _with_fact(item: Reviewed, fact: Fact) -> Reviewed:
    """What differs from what was read in its sureness alone is what was read."""
    same = item.read is not None and replace(fact, sureness=item.read.sureness) == item.read
    return replace(item, fact=item.read if same else fact)


def _standing(item: Reviewed) -> Verdict:
    if item.read is None:
        return Verdict.ADDED
    return Verdict.ACCEPTED if item.fact == item.read else Verdict.CORRECTED


def _header_field(item: Reviewed) -> str:
    return item.key.removeprefix("header-")


def _start(fact: Fact) -> int:
    return fact.span[0]
