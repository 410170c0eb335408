"""Reports that repeat another's text: passages found in a store of many texts, side by side with their offsets.

A text is its words, folded, whatever its Unicode form, spacing and punctuation. Of every run of `SHINGLE` words a hash
is taken, and of every `WINDOW` neighbouring hashes the least is kept (winnowing): two texts that share
`SHORTEST` words in a row share a kept hash, and a quarter of all hashes is enough. What many reports share is official
language and no copy: a hash that stands in more than `common_from` texts finds nothing. Nothing here judges: who reads
sees both sides.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from msgspec import Struct
from rapidfuzz.distance import Indel

from thidua.findings import Finding, unknown
from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import normalise_line

SHINGLE = 6
WINDOW = 7
SHORTEST = SHINGLE + WINDOW - 1
"""Words in a row, from which on a repetition is found for sure."""
SHOWN = 20
"""Words that a text must share to be shown: a dozen may be the same by chance, as the name of one work is."""
GAP = 6
"""So many words may be changed, put in or left out between two pieces of one passage."""
COMMON_AT_LEAST, COMMON_PER_THOUSAND = 8, 5
"""A hash in more texts than this is a formula: eight, and of large stores five in a thousand."""

_PRIME, _BASE = (1 << 61) - 1, 1_000_003
_MIXER = 0x9E3779B97F4A7C15
_HASH_BITS, _TEXT_BITS = 40, 24
_PARTS = 256
_PART_SHIFT = _HASH_BITS - 8
_WORD = re.compile(r"[^\W_]+")
_NEEDS_REPAIR = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff*`_#<Α-Ωα-ωА-я]")


class Words(Struct, frozen=True):
    """Folded words of a text and where each stands in it, [start, end)."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` to before `last` stand in the raw text."""
        return self.starts[first], self.ends[last - 1]


class Passage(Struct, frozen=True, kw_only=True):
    """Words that stand in both texts: at `here` in the one asked about, at `there` in the other, as raw offsets.

    `same` percent of the words agree; `words` are those that do.
    """

    here: tuple[int, int]
    there: tuple[int, int]
    words: int
    same: int


class Repeat(Struct, frozen=True, kw_only=True):
    """Another text (`ref`) with what it shares: so many `words`, `share` percent of those of the asked text."""

    ref: str
    passages: tuple[Passage, ...]
    words: int
    share: int


def finding(repeat: Repeat, other: str) -> Finding:
    """A repeat as a sentence; `other` is how the other report is called. It decides nothing."""
    params = {"words": repeat.words, "share": repeat.share, "passages": len(repeat.passages), "other": other}
    return unknown("repeats.shared", None, **params)


# --- Words and hashes -------------------------------------------------------------------------------------------------


def words_of(raw: str) -> Words:
    """Words with their offsets in the raw text, whatever its Unicode form; marks of formatting are passed over."""
    found = list(_plain(raw) if _is_plain(raw) else _repaired(raw))
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Words(words, starts, ends)


def _is_plain(raw: str) -> bool:
    return unicodedata.is_normalized("NFC", raw) and not _NEEDS_REPAIR.search(raw)


def _plain(raw: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(fold(raw)):
        yield match.group(), match.start(), match.end()


def _repaired(raw: str) -> Iterator[tuple[str, int, int]]:
    start = 0
    for line in raw.splitlines(keepends=True):
        normal = normalise_line(line, start)
        for match in _WORD.finditer(normal.folded):
            begin, end = normal.span(match.start(), match.end(), raw)
            yield match.group(), begin, end
        start += len(line)


@lru_cache(maxsize=1 << 18)
def _code(word: str) -> int:
    return crc32(word.encode()) + 1


def hashes(words: Sequence[str]) -> list[int]:
    """The hash of every run of `SHINGLE` words, by its first word: the same in every process and on every machine."""
    out, leaves = pow(_BASE, SHINGLE, _PRIME), [_code(word) for word in words]
    value, found = 0, []
    for at, code in enumerate(leaves):
        value = (value * _BASE + code) % _PRIME
        if at >= SHINGLE:
            value = (value - leaves[at - SHINGLE] * out) % _PRIME
        if at >= SHINGLE - 1:
            found.append((value * _MIXER >> 13) & ((1 << _HASH_BITS) - 1))
    return found


def fingerprints(words: Sequence[str]) -> list[tuple[int, int]]:
    """The kept hashes with the number of their first word, in order; what a database keeps of a text to search in."""
    values = hashes(words)
    kept: list[tuple[int, int]] = []
    at = -1
    for end in range(WINDOW, max(len(values), WINDOW) + 1):
        begin = end - WINDOW
        if at < begin:
            window = values[begin:end]
            if not window:
                break
            least = min(window)
            at = begin + len(window) - 1 - window[::-1].index(least)
        elif end <= len(values) and values[end - 1] <= values[at]:
            at = end - 1
        if not kept or kept[-1][1] != at:
            kept.append((values[at], at))
    return kept


# --- Two texts --------------------------------------------------------------------------------------------------------


def compare(one: Words, other: Words) -> tuple[Passage, ...]:
    """Passages of `SHORTEST` words and more that stand in both, in the order of the first; none overlap there."""
    return tuple(_passage(one, other, blocks) for blocks in _passages(one, other))


_Block = tuple[int, int, int]
"""First word here, first word there, how many."""


def _passages(one: Words, other: Words) -> Iterator[list[_Block]]:
    together: list[_Block] = []
    for block in _blocks(one.words, other.words):
        if together and not _goes_on(together[-1], block):
            yield from _long_enough(together)
            together = []
        together.append(block)
    yield from _long_enough(together)


def _long_enough(blocks: list[_Block]) -> Iterator[list[_Block]]:
    if sum(length for _, _, length in blocks) >= SHORTEST:
        yield blocks


def _goes_on(last: _Block, block: _Block) -> bool:
    here, there = block[0] - last[0] - last[2], block[1] - last[1] - last[2]
    return here <= GAP and 0 <= there <= GAP


def _blocks(here: Sequence[str], there: Sequence[str]) -> Iterator[_Block]:
    """Runs of the same words, as long as they go; of several places there, the longest run."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(there) - SHINGLE + 1):
        places.setdefault(tuple(there[at : at + SHINGLE]), []).append(at)
    at = 0
    while at <= len(here) - SHINGLE:
        found = places.get(tuple(here[at : at + SHINGLE]))
        if not found:
            at += 1
            continue
        length, place = max((_run(here, there, at, start), -start) for start in found[:_MOST_PLACES])
        yield at, -place, length
        at += length


_MOST_PLACES = 8


def _run(here: Sequence[str], there: Sequence[str], at: int, start: int) -> int:
    length = SHINGLE
    while at + length < len(here) and start + length < len(there) and here[at + length] == there[start + length]:
        length += 1
    return length


def _passage(one: Words, other: Words, blocks: Sequence[_Block]) -> Passage:
    first, last = blocks[0], blocks[-1]
    here, there = (first[0], last[0] + last[2]), (first[1], last[1] + last[2])
    same = Indel.normalized_similarity(one.words[slice(*here)], other.words[slice(*there)])
    return Passage(
        here=one.span(*here), there=other.span(*there), words=sum(length for *_, length in blocks),
        same=int(100 * same),
    )  # fmt: skip


# --- Many texts -------------------------------------------------------------------------------------------------------


class Store:
    """Texts by their reference, found by what they share; `read` gives a text again when it is compared.

    A kept hash and the number of its text are one number, 40 bits and 24, in one of `_PARTS` sorted arrays: about two
    bytes a word, and no text is held.
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._refs: list[str] = []
        self._kept = [array("Q") for _ in range(_PARTS)]
        self._new = [array("Q") for _ in range(_PARTS)]

    def __len__(self) -> int:
        return len(self._refs)

    @property
    def common_from(self) -> int:
        """A hash that stands in more texts than this is a formula."""
        return max(COMMON_AT_LEAST, len(self) * COMMON_PER_THOUSAND // 1000)

    def add(self, ref: str, raw: str) -> None:
        self.add_prints(ref, (value for value, _ in fingerprints(words_of(raw).words)))

    def add_prints(self, ref: str, values: Iterable[int]) -> None:
        """A text of which the kept hashes are known already."""
        number = len(self._refs)
        self._refs.append(ref)
        for value in set(values):
            self._new[value >> _PART_SHIFT].append(value << _TEXT_BITS | number)

    def settle(self) -> None:
        """Sort in what was added; done by itself before the next question."""
        for part, new in enumerate(self._new):
            if new:
                self._kept[part] = array("Q", sorted([*self._kept[part], *new]))
                self._new[part] = array("Q")

    def texts_with(self, value: int) -> Sequence[int] | None:
        """Numbers of the texts that a kept hash stands in; None where these are so many that it is a formula."""
        kept = self._kept[value >> _PART_SHIFT]
        begin = bisect_left(kept, value << _TEXT_BITS)
        end = bisect_left(kept, (value + 1) << _TEXT_BITS, begin)
        if end - begin > self.common_from:
            return None
        return [entry & ((1 << _TEXT_BITS) - 1) for entry in kept[begin:end]]

    def repeats(
        self, raw: str, *, but: Iterable[str] = (), most: int = 10, at_least: int = SHOWN
    ) -> tuple[Repeat, ...]:
        """Texts that share `at_least` words with this one in passages, those that share most first.

        `but`: references left out, as those of its own versions.
        """
        self.settle()
        asked = words_of(raw)
        left_out = set(but)
        found = self._shared(asked)
        shared = {number: at for number, at in found.rare.items() if self._refs[number] not in left_out}
        likely = sorted(shared, key=lambda n: (-len(shared[n]), self._refs[n]))[: most * _TRIED]
        repeats = (self._repeat(asked, number, shared[number], found.stretches) for number in likely)
        kept = [one for one in repeats if one and one.words >= at_least]
        kept.sort(key=lambda one: (-one.words, one.ref))
        return tuple(kept[:most])

    def _shared(self, asked: Words) -> _Shared:
        rare: dict[int, list[int]] = {}
        common = []
        for value, at in fingerprints(asked.words):
            texts = self.texts_with(value)
            if texts is None:
                common.append(at)
            for number in texts or ():
                rare.setdefault(number, []).append(at)
        return _Shared(rare, tuple(_between(common, len(asked.words))))

    def _repeat(
        self, asked: Words, number: int, rare: Sequence[int], stretches: Sequence[tuple[int, int]]
    ) -> Repeat | None:
        """None where all they share are formulae."""
        other = words_of(self._read(self._refs[number]))
        kept = [own for blocks in _passages(asked, other) for own in _own(blocks, rare, stretches)]
        if not kept:
            return None
        words = sum(length for blocks in kept for *_, length in blocks)
        passages = tuple(_passage(asked, other, blocks) for blocks in kept)
        share = 100 * words // len(asked.words)
        return Repeat(ref=self._refs[number], passages=passages, words=words, share=share)


_TRIED = 3


class _Shared(Struct, frozen=True):
    """`rare`: by the number of another text, where hashes stand that both keep and that are no formula.

    `stretches`: the words of the asked text between its formulae, as [first, last).
    """

    rare: dict[int, list[int]]
    stretches: tuple[tuple[int, int], ...]


def _between(common: Sequence[int], words: int) -> Iterator[tuple[int, int]]:
    begin = 0
    for at in common:
        if at > begin:
            yield begin, at
        begin = at + SHINGLE
    if words > begin:
        yield begin, words


def _own(blocks: Sequence[_Block], rare: Sequence[int], stretches: Sequence[tuple[int, int]]) -> Iterator[list[_Block]]:
    """A passage without the formulae at its ends, where it has words of its own.

    Where two formulae meet, up to `SHORTEST` words lie between their kept hashes, and the hash across is rare: beside a
    formula, more than that must be repeated.
    """
    first, last = blocks[0][0], blocks[-1][0] + blocks[-1][2]
    own = [cut for begin, end in stretches if (cut := _cut(blocks, begin, end)) and _has_rare(cut, rare)]
    has_formula = not any(begin <= first and last <= end for begin, end in stretches)
    if own and sum(length for cut in own for *_, length in cut) >= SHORTEST + has_formula:
        ends = own[-1][-1]
        yield _cut(blocks, own[0][0][0], ends[0] + ends[2])


def _cut(blocks: Sequence[_Block], begin: int, end: int) -> list[_Block]:
    return [piece for block in blocks if (piece := _clipped(block, begin, end))]


def _clipped(block: _Block, begin: int, end: int) -> _Block | None:
    here, there, length = block
    start, stop = max(here, begin), min(here + length, end)
    return (start, there + start - here, stop - start) if stop > start else None


def _has_rare(blocks: Sequence[_Block], rare: Sequence[int]) -> bool:
    """Whether a hash that both keep and that is no formula stands in the piece, or reaches into it."""
    first, last = blocks[0][0], blocks[-1][0] + blocks[-1][2]
    at = bisect_left(rare, first - SHINGLE + 1)
    return at < len(rare) and rare[at] < last
