"""The same unit across lists: by its codes, else by its name of now or of before, with committees and short forms.

A code settles it where the names agree. A name settles it where the list gives no code and only one unit bears it, or
only one below the same parent. A name that is near, or that two units bear, is a doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz, process

from thidua.findings import Finding, met, not_met, unknown
from thidua.register.matching.answers import MOST, Candidate, Match, decide
from thidua.register.matching.person_names import Name
from thidua.register.unit_names import bare, but_for_a_place, named

# Names are near from this likeness on (0 to 100).
_NEAR = 88


class UnitFacts(Struct, frozen=True, kw_only=True):
    """A known unit (`key`: the register's number) or a unit that a list names (`key`: the row).

    `former` are names of before. `identifiers` are codes that others gave (national identifier, tax, administrative).
    `parent` is the number of the unit above, None where it is not known.
    """

    key: int
    name: str = ""
    former: tuple[str, ...] = ()
    code: str = ""
    identifiers: tuple[str, ...] = ()
    parent: int | None = None


class _Names(StrEnum):
    """The nearest first. Case, short forms and the committee count for nothing; WRITTEN: nor do marks."""

    SAME = "same"
    WRITTEN = "written"
    FORMER = "former"
    PLACE = "place"
    NEAR = "near"


class UnitIndex:
    """Known units, ready to be compared with; built once for a list."""

    def __init__(self, known: Iterable[UnitFacts]) -> None:
        self._units: dict[int, UnitFacts] = {}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_identifier: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_head: dict[str, list[int]] = defaultdict(list)
        for unit in known:
            self.add(unit)

    def add(self, unit: UnitFacts) -> None:
        self._units[unit.key] = unit
        if unit.code:
            self._by_code[unit.code.casefold()].append(unit.key)
        for identifier in unit.identifiers:
            self._by_identifier[identifier.casefold()].append(unit.key)
        for name in {_key(name) for name in (unit.name, *unit.former)} - {""}:
            self._by_name[name].append(unit.key)
        for head in _heads(unit.name):
            self._by_head[head].append(unit.key)

    def match(self, unit: UnitFacts, *, but: int | None = None) -> Match:
        """Which of the known this is; `but`: one that is not meant."""
        nearby = dict.fromkeys(key for key in self._nearby(unit) if key != but)
        candidates = [found for key in nearby if (found := compare(self._units[key], unit)) is not None]
        return decide(_settled(candidates, unit, self._units))

    def _nearby(self, unit: UnitFacts) -> Iterator[int]:
        if unit.code:
            yield from self._by_code.get(unit.code.casefold(), ())
        for identifier in unit.identifiers:
            yield from self._by_identifier.get(identifier.casefold(), ())
        key = _key(unit.name)
        if not key:
            return
        yield from self._by_name.get(key, ())
        for name in (named(unit.name), *_heads(unit.name)):
            yield from self._by_head.get(name, ())
            yield from self._by_name.get(name, ())
        if key not in self._by_name:
            for name in self._near(key):
                yield from self._by_name[name]

    def _near(self, key: str) -> list[str]:
        found = process.extract(key, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=MOST)
        return [name for name, _, _ in found]


def compare(known: UnitFacts, new: UnitFacts) -> Candidate | None:
    """None where nothing points from one to the other. A name alone is never `exact` here: others may bear it too."""
    same_code = bool(known.code) and known.code.casefold() == new.code.casefold()
    shared = {code.casefold() for code in known.identifiers} & {code.casefold() for code in new.identifiers}
    names = _likeness(known, new)
    proven = same_code or bool(shared)
    if not proven and (names is None or _told_apart(known, new, names)):
        return None
    exact = proven and (names is not None or not new.name)
    reasons = tuple(_reasons(known, new, names, same_code=same_code, shared=bool(shared)))
    return Candidate(known.key, _score(known, new, names, proven=proven), reasons, exact)


def _told_apart(known: UnitFacts, new: UnitFacts, names: _Names) -> bool:
    """Every department has its "Phòng Tổ chức": with codes of their own, only the same name in one place is doubted."""
    if not (known.code and new.code):
        return False
    elsewhere = known.parent is not None and new.parent is not None and known.parent != new.parent
    return elsewhere or names in (_Names.PLACE, _Names.NEAR)


def _settled(candidates: list[Candidate], new: UnitFacts, known: dict[int, UnitFacts]) -> Iterable[Candidate]:
    """Where the list gives no code: the one unit of that name, or the one of that name below the same parent."""
    if new.code or any(candidate.exact for candidate in candidates):
        return candidates
    for names in (_Names.SAME, _Names.WRITTEN, _Names.FORMER):
        bearers = [candidate for candidate in candidates if _likeness(known[candidate.key], new) is names]
        if not bearers:
            continue
        there = [c for c in bearers if new.parent is None or known[c.key].parent in (None, new.parent)]
        if len(there) == 1:
            return [Candidate(there[0].key, there[0].score, there[0].reasons, exact=True)]
        return candidates
    return candidates


@lru_cache(maxsize=100_000)
def _key(name: str) -> str:
    return bare(named(name))


def _heads(name: str) -> list[str]:
    """What stands before a place: "so noi vu" of "Sở Nội vụ tỉnh Minh Giang"."""
    words = named(name).split()
    heads = (" ".join(words[:end]) for end in range(1, len(words)))
    return [head for head in heads if but_for_a_place(" ".join(words), head)]


def _likeness(known: UnitFacts, new: UnitFacts) -> _Names | None:
    wanted = _key(new.name)
    if not wanted:
        return None
    current = _key(known.name)
    if current == wanted:
        return _Names.SAME if _same_marks(known.name, new.name) else _Names.WRITTEN
    if wanted in map(_key, known.former):
        return _Names.FORMER
    if but_for_a_place(named(known.name), named(new.name)):
        return _Names.PLACE
    near = max(
        (fuzz.ratio(name, wanted, score_cutoff=_NEAR) for name in (current, *map(_key, known.former))), default=0
    )
    return _Names.NEAR if near and _numbers(current) == _numbers(wanted) else None


def _same_marks(one: str, other: str) -> bool:
    """Whether the words at their ends, as far as they are the same, have the same marks: there the name proper is."""
    for word, another in zip(reversed(_words(one)), reversed(_words(other)), strict=False):
        if word.folded != another.folded:
            break
        if word.exact != another.exact:
            return False
    return True


def _words(name: str) -> list[Name]:
    return [Name.of(word) for word in re.findall(r"\w+", unicodedata.normalize("NFC", name))]


def _numbers(name: str) -> list[str]:
    """ "Phường 1" is not "Phường 2", however alike."""
    return [word for word in name.split() if word.isdecimal() or set(word) <= set("ivx")]


_SCORES = {_Names.SAME: 70, _Names.WRITTEN: 66, _Names.FORMER: 60, _Names.PLACE: 56, _Names.NEAR: 45}


def _score(known: UnitFacts, new: UnitFacts, names: _Names | None, *, proven: bool) -> int:
    score = (_SCORES[names] if names else 0) + (15 if new.parent is not None and known.parent == new.parent else 0)
    return max(score, 60 + score // 3) if proven else score


def _reasons(
    known: UnitFacts, new: UnitFacts, names: _Names | None, *, same_code: bool, shared: bool
) -> Iterator[Finding]:
    if shared:
        yield met("match.same_identifier")
    elif known.identifiers and new.identifiers:
        yield not_met("match.other_identifier")
    if known.code and new.code:
        yield (
            met("match.same_unit_code", code=new.code)
            if same_code
            else not_met("match.other_unit_code", known=known.code, new=new.code)
        )
    if names is _Names.SAME:
        yield met("match.same_unit_name", name=known.name)
    elif names:
        yield unknown(f"match.unit_name_{names}", known=known.name, new=new.name)
    elif new.name:
        yield not_met("match.other_unit_name", known=known.name, new=new.name)
    if new.parent is None or known.parent is None:
        yield unknown("match.parent_unknown")
    else:
        yield met("match.same_parent") if known.parent == new.parent else not_met("match.other_parent")
