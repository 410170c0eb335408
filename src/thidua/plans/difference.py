"""What an amendment changes in a campaign, and the campaign with it.

Two plans share no keys: items are matched by what they say. First those that say all the same, then those of the
same name, then of the same name but for its dates, then the likest names; every item once, and only within its own
list (a task never becomes a deadline). A question goes with the phase or the duty that it asks about.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import Indel

from thidua.findings import Finding
from thidua.plans.calendar import campaign_span
from thidua.plans.campaign import CampaignPlan, Duty, Item, Occurrence, Phase
from thidua.plans.fields import values_of
from thidua.plans.reading import Fact, Period, Reading
from thidua.vietnamese.dates import find_dates
from thidua.vietnamese.folding import search_key

LIKENESS = 0.75
"""How like two names must be, as the share of words that both have in the same order (days left out).

Measured on the plans of the tests: at 0.75 one item in fifty has another item of its own plan that is as like, and
would be taken for it if one of the two went and the other came; at 0.65 one in thirty. A sentence of four words
with one of them exchanged is still the same.
"""
_LIKEST = 20
# "Đợt 1" is never "đợt 2", nor the first half of a year the last, however like they are; counts may change.
_NUMBER = re.compile(
    r"\b(?:dot|giai doan|chang|buoc|ky|lan|quy|so|thon|to|khoi|cum|khu|lop) (?:so |thu )?(?:\d+|i{1,3}|iv|v|ix|x)\b"
    r"|\b(?:thang|giai doan|ky) (?:dau|cuoi)\b"
)

HEAD = ("title", "number", "issuer", "issued_on", "start", "end")
NAMES: Mapping[str, tuple[str, ...]] = {
    "phases": ("label", "level"),
    "duties": ("what", "who"),
    "targets": ("indicator", "unit"),
    "works": ("name", "milestone"),
    "pledges": ("who", "of"),
    "conditions": ("kind", "text"),
    "offers": ("award", "granted_by", "for_"),
}
"""The lists of a campaign and the values that name an item of each; `questions` follow what they ask about."""
_SAID: Mapping[type[Struct], tuple[str, ...]] = {Occurrence: ("day",), Finding: ("code",)}
_UNSAID = frozenset(Fact.__struct_fields__)
_OWN = frozenset({"key", "words", "within"})

T = TypeVar("T")
Places = tuple[int, int]
"""Where an item stands in its list of the plan before, and of the plan after."""


class FieldChange(Struct, frozen=True, kw_only=True):
    """One value before and after. Of a list (days, parties, criteria...) both hold only what the other has not."""

    name: str
    before: Any
    after: Any


class Changed(Struct, frozen=True, kw_only=True):
    """An item that says something else than before; `fields` in the order of its struct."""

    before: Item
    after: Item
    fields: tuple[FieldChange, ...]


class Changes(Struct, frozen=True, kw_only=True):
    """One list of the campaign: every item of both plans stands in it once (`unchanged` counts pairs)."""

    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: int = 0


class Difference(Struct, frozen=True, kw_only=True):
    """`head` are the values of the plan itself, `lists` all lists of a `CampaignPlan` by name."""

    head: tuple[FieldChange, ...]
    lists: Mapping[str, Changes]

    @property
    def is_empty(self) -> bool:
        return not self.head and not any(one.added or one.removed or one.changed for one in self.lists.values())


def difference(before: CampaignPlan, after: CampaignPlan) -> Difference:
    """What is new, gone and other in `after`. Values count, not words, places or keys."""
    lists = {
        name: _changes(getattr(before, name), getattr(after, name), places)
        for name, places in _match(before, after).items()
    }
    head = ((name, getattr(before, name), getattr(after, name)) for name in HEAD)
    return Difference(head=tuple(_compare(head)), lists=lists)


def matches(before: CampaignPlan, after: CampaignPlan) -> dict[str, str]:
    """Keys of `before` by the keys of `after` for all items that are the same, changed or not.

    Questions have the keys of what they ask about, and so need no entry of their own.
    """
    return _same(before, after, _match(before, after))


def amended_keys(before: CampaignPlan, part: CampaignPlan, *, drop: Collection[str] = ()) -> dict[str, str]:
    """The key under which `amend` puts every item of `part`: that of the item it replaces, or one new to `before`."""
    keys = matches(_without(before, drop), part)
    taken = {item.key for item in _items(before)}
    for item in _items(part):
        if item.key not in keys:
            keys[item.key] = next(key for key in _variants(item.key) if key not in taken)
            taken.add(keys[item.key])
    return keys


def amend(before: CampaignPlan, part: CampaignPlan, *, drop: Collection[str] = ()) -> CampaignPlan:
    """`before` with the clauses that `part` states anew ("sửa đổi, bổ sung một số nội dung").

    An item that `part` has too is replaced where it stands, what is new follows at the end of its list, all else
    stays but the keys in `drop` (these are not matched either). Keys live on: a replaced item keeps its key over
    editions; `amended_keys` says which ones come from `part` and so stand on the words of the amending document.
    Title, number, issuer and day stay those of `before`; first and last day follow the phases where these change.
    Raises KeyError where `drop` names what is not in `before`.
    """
    if missing := set(drop) - {item.key for item in _items(before)}:
        raise KeyError(*sorted(missing))
    kept = _without(before, drop)
    keys = amended_keys(before, part, drop=drop)
    lists = {name: _merge(getattr(kept, name), getattr(part, name), keys) for name in NAMES}
    restated = {keys[item.key] for item in _items(part)}
    open_ = [question for question in kept.questions if question.key not in restated]
    amended = replace(kept, **lists, questions=(*open_, *(_renamed(item, keys) for item in part.questions)))
    return amended if amended.phases == before.phases else replace(amended, **_span(amended.phases))


# --- which item is which ------------------------------------------------------------------------------------------


def _match(before: CampaignPlan, after: CampaignPlan) -> dict[str, list[Places]]:
    """The places of all pairs, list by list, in the order of the list after."""
    places = {name: _match_list(getattr(before, name), getattr(after, name), names) for name, names in NAMES.items()}
    same = _same(before, after, places)
    old, new = dict(enumerate(before.questions)), dict(enumerate(after.questions))
    places["questions"] = sorted(_equal(old, new, lambda item: item.key, lambda item: same.get(item.key)), key=_by_new)
    return places


def _same(before: CampaignPlan, after: CampaignPlan, places: Mapping[str, Iterable[Places]]) -> dict[str, str]:
    return {
        getattr(after, name)[new].key: getattr(before, name)[old].key for name in NAMES for old, new in places[name]
    }


def _match_list(before: Sequence[Item], after: Sequence[Item], names: tuple[str, ...]) -> list[Places]:
    natures = {_nature(item) for item in (*before, *after)}
    return sorted((pair for nature in natures for pair in _match_nature(before, after, nature, names)), key=_by_new)


def _by_new(places: Places) -> int:
    return places[1]


def _match_nature(
    before: Sequence[Item], after: Sequence[Item], nature: str, names: tuple[str, ...]
) -> Iterator[Places]:
    old = {place: item for place, item in enumerate(before) if _nature(item) == nature}
    new = {place: item for place, item in enumerate(after) if _nature(item) == nature}
    yield from _equal(old, new, _said_by, _said_by)
    old_names = {place: _name(item, names) for place, item in old.items()}
    new_names = {place: _name(item, names) for place, item in new.items()}
    yield from _equal(old_names, new_names, str, str)
    old_names = {place: dateless for place, name in old_names.items() if (dateless := _dateless(name))}
    new_names = {place: dateless for place, name in new_names.items() if (dateless := _dateless(name))}
    yield from _equal(old_names, new_names, str, str)
    numbered = _by_numbers(new_names)
    for numbers, names_of_old in _by_numbers(old_names).items():
        yield from _likest(names_of_old, numbered.get(numbers, {}))


def _nature(item: Item) -> str:
    return str(getattr(item, "nature", ""))


def _equal(
    old: dict[int, T], new: dict[int, T], of_old: Callable[[T], Hashable], of_new: Callable[[T], Hashable]
) -> Iterator[Places]:
    """Pairs of equal identity, in order; they are taken out of both sides."""
    homes: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, one in old.items():
        homes[of_old(one)].append(place)
    for place, one in list(new.items()):
        if places := homes.get(of_new(one)):
            del new[place], old[places[0]]
            yield places.popleft(), place


def _likest(old: dict[int, str], new: dict[int, str]) -> Iterator[Places]:
    """Best first among the likest few of every name; whose few are all taken, takes the likest that is left."""
    letters: dict[str, str] = {}
    choices = {place: _write(name, letters) for place, name in old.items()}
    queries = {place: _write(name, letters) for place, name in new.items()}
    found = {place: _alike(query, choices, _LIKEST) for place, query in queries.items()}
    ranked = sorted(
        (-like, abs(place - old_place), place, old_place) for place in found for old_place, like in found[place]
    )
    for _, _, place, old_place in ranked:
        if place in queries and old_place in choices:
            del queries[place], choices[old_place]
            yield old_place, place
    for place, query in queries.items():
        for old_place, _ in _alike(query, choices, 1) if len(found[place]) == _LIKEST else ():
            del choices[old_place]
            yield old_place, place


def _alike(query: str, choices: Mapping[int, str], limit: int) -> list[tuple[int, float]]:
    found = process.extract(query, choices, scorer=Indel.normalized_similarity, score_cutoff=LIKENESS, limit=limit)
    return [(place, likeness) for _, likeness, place in found]


def _dateless(name: str) -> str:
    """Without its days, which are values of their own; a quarter or a half year is often what a thing is called by."""
    for date in reversed(find_dates(name)):
        if date.grain == "day":
            name = name[: date.start] + name[date.end :]
    return " ".join(name.split())


def _by_numbers(names: Mapping[int, str]) -> dict[tuple[str, ...], dict[int, str]]:
    """The names apart by the numbers that they are called by."""
    groups: defaultdict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for place, name in names.items():
        groups[tuple(_NUMBER.findall(name))][place] = name
    return dict(groups)


def _write(name: str, letters: dict[str, str]) -> str:
    """One letter a word, so that words are compared as fast as letters."""
    return "".join(letters.setdefault(word, chr(len(letters))) for word in name.split())


def _name(item: Item, names: tuple[str, ...]) -> str:
    told = _values(item)
    return search_key(" ".join(str(told[name]) for name in names if told[name] is not None))


# --- what an item says --------------------------------------------------------------------------------------------


def _values(item: Item) -> dict[str, Any]:
    """All that an item says, the values of its fact among its own."""
    told: dict[str, Any] = {}
    for name in item.__struct_fields__:
        value = getattr(item, name)
        if isinstance(value, Fact):
            told |= values_of(value)
        elif name not in _OWN:
            told[name] = value
    return told


def _said_by(item: Item) -> Hashable:
    return tuple((name, _said(value)) for name, value in _values(item).items())


def _said(value: Any) -> Hashable:
    """What is compared: text without its spacing, case and last sign, lists without order, nothing of the words."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split()).rstrip(" .,;:").casefold()
    if isinstance(value, tuple):
        return frozenset(Counter(map(_said, value)).items())
    if isinstance(value, Struct):
        names = _SAID.get(type(value)) or (name for name in value.__struct_fields__ if name not in _UNSAID)
        return tuple(_said(getattr(value, name)) for name in names)
    return value  # type: ignore[no-any-return]


def _changes(before: Sequence[Item], after: Sequence[Item], places: Iterable[Places]) -> Changes:
    pairs = list(places)
    olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
    changed = [
        Changed(before=before[old], after=after[new], fields=fields)
        for old, new in pairs
        if (fields := _field_changes(before[old], after[new]))
    ]
    return Changes(
        added=tuple(item for place, item in enumerate(after) if place not in news),
        removed=tuple(item for place, item in enumerate(before) if place not in olds),
        changed=tuple(changed),
        unchanged=len(pairs) - len(changed),
    )


def _field_changes(before: Item, after: Item) -> tuple[FieldChange, ...]:
    old, new = _values(before), _values(after)
    return tuple(_compare((name, old[name], new[name]) for name in old))


def _compare(values: Iterable[tuple[str, Any, Any]]) -> Iterator[FieldChange]:
    for name, old, new in values:
        if _said(old) == _said(new):
            continue
        if isinstance(old, tuple):
            yield FieldChange(name=name, before=_only(old, new), after=_only(new, old))
        else:
            yield FieldChange(name=name, before=old, after=new)


def _only(some: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    """Those of `some` that `others` have not, as often as they have them not; of days the day itself."""
    left = Counter(map(_said, others))
    only = []
    for one in some:
        left[_said(one)] -= 1
        if left[_said(one)] < 0:
            only.append(one.day if isinstance(one, Occurrence) else one)
    return tuple(only)


# --- the amended plan ---------------------------------------------------------------------------------------------


def _items(plan: CampaignPlan) -> Iterator[Item]:
    """All items but the questions, which have the keys of others."""
    for name in NAMES:
        yield from getattr(plan, name)


def _variants(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{number}" for number in count(2))


def _without(plan: CampaignPlan, drop: Collection[str]) -> CampaignPlan:
    lists: dict[str, Any] = {
        name: tuple(item for item in getattr(plan, name) if item.key not in drop) for name in (*NAMES, "questions")
    }
    lists["duties"] = tuple(replace(duty, within=None) if duty.within in drop else duty for duty in lists["duties"])
    return replace(plan, **lists)


def _renamed(item: Any, keys: Mapping[str, str]) -> Any:
    item = replace(item, key=keys.get(item.key, item.key))
    return replace(item, within=keys.get(item.within or "")) if isinstance(item, Duty) else item


def _merge(before: Sequence[Item], part: Sequence[Item], keys: Mapping[str, str]) -> tuple[Item, ...]:
    restated = {keys[item.key]: _renamed(item, keys) for item in part}
    stays = [restated.pop(item.key, item) for item in before]
    return (*stays, *restated.values())


def _span(phases: Iterable[Phase]) -> dict[str, Any]:
    periods = (
        Period(quote=phase.words.quote, span=phase.words.span, start=phase.start, end=phase.end) for phase in phases
    )
    return dict(zip(("start", "end"), campaign_span(Reading(periods=tuple(periods))), strict=True))
