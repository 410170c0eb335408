"""How well a reading agrees with a careful reader's labels.

A found item and a labelled one agree where every comparison of their kind holds (`KINDS`); agreements are counted as
a largest one-to-one matching. A label marked `optional` costs nothing, found or not. A kind that the labels do not
name is not judged, documents always are. White space, case, Unicode form, quotation marks and Markdown marks never
count as a difference.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]
Agreement = Callable[[Item, Item], bool]

_MARKS = re.compile(r"[*_#|\"“”'’‘`]+")
_LOOSE_HEADER = frozenset({"title", "issuer", "theme", "slogan", "signer_position"})
HEADER = (
    "number",
    "symbol",
    "issuer",
    "place",
    "date",
    "type",
    "title",
    "theme",
    "slogan",
    "signer",
    "signer_position",
)


@functools.lru_cache(maxsize=50_000)
def fold(text: object) -> str:
    """The form in which two texts are compared; None is ""."""
    plain = _MARKS.sub("", unicodedata.normalize("NFC", str(text or "")))
    return " ".join(plain.split()).strip(" .;:,-–").casefold()


@functools.lru_cache(maxsize=50_000)
def likeness(one: object, other: object) -> float:
    """0..1; a text that contains the other is at least 0.85 like it."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return max(0.85, min(len(a), len(b)) / max(len(a), len(b)))
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


@functools.lru_cache(maxsize=50_000)
def same_place(one: object, other: object) -> bool:
    """One quote lies in the other, or they share one run of half the shorter."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    shared = difflib.SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    return 2 * shared >= min(len(a), len(b))


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def _spaceless(value: object) -> str:
    return fold(value).replace(" ", "")


def _pair(value: Sequence[int] | None) -> tuple[int, ...] | None:
    return tuple(value) if value else None


def _equal(key: str, *, by: Callable[[Any], object] = lambda value: value) -> Agreement:
    return lambda found, label: by(found.get(key)) == by(label.get(key))


def _like(key: str, least: float, *, absent: str = "") -> Agreement:
    return lambda found, label: likeness(found.get(key) or absent, label.get(key) or absent) >= least


def _recurs(item: Item) -> bool:
    return bool(item.get("recurrence")) and not item.get("relative")


def _recur_alike(found: Item, label: Item) -> bool:
    return _recurs(found) == _recurs(label)


def _place(found: Item, label: Item) -> bool:
    return same_place(found.get("quote"), label.get("quote"))


KINDS: dict[str, tuple[Agreement, ...]] = {
    "documents": (_equal("number", by=_spaceless), _equal("date")),
    "periods": (_equal("start"), _equal("end"), _place),
    "targets": (
        _equal("value", by=_number),
        _equal("value_max", by=_number),
        _equal("op", by=lambda op: op or "="),
        _like("unit", 0.5, absent="none"),
        _place,
    ),
    "award_forms": (_like("name", 0.7),),
    "criteria": (_equal("rating_years", by=_pair), _equal("min_excellent_years"), _place),
    "quotas": (_equal("max", by=_number), _like("unit", 0.6), _place),
    "dossier": (_place,),
    "deadlines": (_equal("date"), _recur_alike, _place),
    "tasks": (_place,),
    "movements": (_like("name", 0.85),),
    "subjects": (_place,),
    "projects": (_equal("milestone"), _equal("by"), _place),
    "pledges": (_equal("min", by=_number), _place),
    "conditions": (_equal("kind"), _equal("year"), _place),
    "anniversaries": (_equal("origin"), _equal("date"), _place),
    "programme": (_place,),
    "recipients": (_like("name", 0.85),),
}


@dataclass(frozen=True)
class Tally:
    """Items that agree, items found, items labelled."""

    agreed: int = 0
    found: int = 0
    labelled: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.agreed + other.agreed, self.found + other.found, self.labelled + other.labelled)

    @property
    def precision(self) -> float:
        return self.agreed / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.agreed / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        both = self.found + self.labelled
        return 2 * self.agreed / both if both else 0.0


@dataclass(frozen=True)
class Misses:
    """Labels that nothing agreed with, and found items that no label wanted, of one kind in one document."""

    kind: str
    missed: list[Item]
    wrong: list[Item]


@dataclass(frozen=True)
class Score:
    kinds: dict[str, Tally] = field(default_factory=dict)
    header: Tally = Tally()
    quotes: Tally = Tally()
    misses: list[Misses] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        return sum(self.kinds.values(), Tally())

    @property
    def micro_f1(self) -> float:
        return self.total.f1

    @property
    def header_accuracy(self) -> float:
        return self.header.recall

    @property
    def literal_quotes(self) -> float:
        """Share of the found quotes that stand in the text; 0 where none was found."""
        return self.quotes.precision


def score(reading: Item, labels: Item, text: str) -> Score:
    """Compare one reading (as its JSON object) with its labels; `text` is the raw text that quotes must stand in."""
    kinds, misses, quoted = {}, [], []
    for kind, agreements in KINDS.items():
        if kind != "documents" and kind not in labels:
            continue
        found = _items(reading, kind)
        kinds[kind], missed = _compare(kind, found, _items(labels, kind), agreements)
        misses.append(missed)
        quoted += [item["quote"] for item in found if item.get("quote")]
    flat = fold(text)
    literal = sum(fold(quote) in flat for quote in quoted)
    header, wrong_header = _compare_header(reading.get("header") or {}, labels.get("header") or {})
    return Score(kinds, header, Tally(literal, len(quoted), len(quoted)), [wrong_header, *misses])


def add(scores: Iterable[Score]) -> Score:
    """All documents counted as one."""
    kinds: dict[str, Tally] = {}
    header = quotes = Tally()
    for one in scores:
        header, quotes = header + one.header, quotes + one.quotes
        for kind, tally in one.kinds.items():
            kinds[kind] = kinds.get(kind, Tally()) + tally
    return Score(kinds, header, quotes)


def _items(reading: Item, kind: str) -> list[Item]:
    if kind == "documents":
        return [*(reading.get("legal_basis") or ()), *(reading.get("cited_documents") or ())]
    return [item if isinstance(item, dict) else {"name": item} for item in reading.get(kind) or ()]


def _compare(
    kind: str, found: list[Item], labels: list[Item], agreements: tuple[Agreement, ...]
) -> tuple[Tally, Misses]:
    required = [label for label in labels if not label.get("optional")]
    optional = [label for label in labels if label.get("optional")]
    taken = _match(found, required, agreements)
    rest = [item for index, item in enumerate(found) if index not in taken.values()]
    excused = _match(rest, optional, agreements)
    wrong = [item for index, item in enumerate(rest) if index not in excused.values()]
    missed = [label for index, label in enumerate(required) if index not in taken]
    return Tally(len(taken), len(found) - len(excused), len(required)), Misses(kind, missed, wrong)


def _match(found: list[Item], labels: list[Item], agreements: tuple[Agreement, ...]) -> dict[int, int]:
    """Largest one-to-one matching by augmenting paths (Kuhn): index of the label -> index of the found item."""
    wanted = [
        [j for j, label in enumerate(labels) if all(agree(item, label) for agree in agreements)] for item in found
    ]
    holder: dict[int, int] = {}

    def seat(item: int, tried: set[int]) -> bool:
        for label in wanted[item]:
            if label in tried:
                continue
            tried.add(label)
            if label not in holder or seat(holder[label], tried):
                holder[label] = item
                return True
        return False

    for item in range(len(found)):
        seat(item, set())
    return holder


def _compare_header(found: Item, labels: Item) -> tuple[Tally, Misses]:
    """Fields that are null on both sides, or that the labels do not name, are not asked."""
    right, missed, wrong = 0, [], []
    asked = [name for name in HEADER if name in labels]
    values = {name: _field_value(found.get(name)) for name in asked}
    asked = [name for name in asked if labels[name] is not None or values[name] is not None]
    for name in asked:
        want, got = labels[name], values[name]
        if fold(want) == fold(got) or (name in _LOOSE_HEADER and likeness(want, got) >= 0.9):
            right += 1
        else:
            missed.append({name: want})
            wrong.append({name: got})
    return Tally(right, len(asked), len(asked)), Misses("header", missed, wrong)


def _field_value(value: object) -> object:
    return value.get("value") if isinstance(value, dict) else value
