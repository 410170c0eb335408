"""Works that may be one: how like their names are, and why.

Words of every work (xây dựng, đầu tư, dự án) weigh little, kinds of works (cầu, đường, trường) something, names most.
Two works are never one where both have names of their own and these differ (cầu Ba Si, cầu Láng Thé), where a number by
which they are called differs (giai đoạn 1 and 2, đường huyện 10 and 11), or a letter (trường A, trường B). Counts may
differ (34 cống, 30 cống): works grow and shrink. Nothing is decided here: who pledges sees what is alike, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from rapidfuzz.distance import OSA

from thidua.findings import Finding, met, not_met, unknown
from thidua.progress.work_names import Token, WorkName, take_apart
from thidua.vietnamese.folding import search_key

ENOUGH = 60
"""So alike (of 100) two works must be to be shown. Measured on tests/progress/works_alike.toml."""
MOST_WORDS = 6
# Names this long may differ by one letter.
_SLIP_FROM = 5
_OTHER_KIND, _OTHER_WORDS, _OTHER_MARKS, _OTHER_COUNT = 0.72, 0.85, 0.88, 0.92


class WorkFacts(Struct, frozen=True, kw_only=True):
    """A work by its name; `owner` is who takes it on, `place` where it is, "" where that is not said."""

    key: int
    name: str
    owner: str = ""
    place: str = ""


class Likeness(Struct, frozen=True, kw_only=True):
    """Another work (`key`) that may be the same. `score` runs from `ENOUGH` to 100 and orders.

    `reasons` speak for it (met), against it (not_met), or say what is not known.
    """

    key: int
    score: int
    reasons: tuple[Finding, ...]


class _Pairing(Struct, frozen=True):
    """Which tokens of two names are the same, and which are left on either side."""

    same: tuple[tuple[Token, Token], ...]
    slips: tuple[tuple[Token, Token], ...]
    here: tuple[Token, ...]
    there: tuple[Token, ...]


def alike(one: WorkFacts, other: WorkFacts) -> Likeness | None:
    """How like `other` (whose key it bears) is to `one`; None where they are two works. The same in both directions."""
    here, there = take_apart(one.name), take_apart(other.name)
    if not here.tokens or not there.tokens:
        return None
    pairs = _pair(here, there)
    if _names_differ(here, there, pairs) or _calls_differ(here, there) or _is_elsewhere(one.place, other.place):
        return None
    if _is_common(here) and _is_common(there) and _differ(one.owner, other.owner):
        return None
    score = _score(pairs)
    if score < ENOUGH:
        return None
    return Likeness(key=other.key, score=score, reasons=tuple(_reasons(one, other, pairs)))


def nearest(new: WorkFacts, known: Iterable[WorkFacts], *, most: int = 5) -> tuple[Likeness, ...]:
    """The likest of the known but for itself (by key), the likest first; of equals in the order of their keys."""
    found = (likeness for work in known if work.key != new.key and (likeness := alike(new, work)))
    return tuple(sorted(found, key=lambda likeness: (-likeness.score, likeness.key))[:most])


def search_words(name: str) -> tuple[str, ...]:
    """The folded words by which a database fetches works to compare with: the most telling first, `MOST_WORDS` at most.

    Names and numbers before kinds of works; any word where there is nothing else. A phrase is one word ("nha_van_hoa").
    A work that is `alike` has one of them among its own `folded_words`, but for a slip of typing in a name of one word.
    """
    parts = take_apart(name)
    own = sorted(map(_joined, parts.of("own")), key=lambda word: -len(word))
    numbers = [token.folded for token in parts.of("number") if len(token.folded) > 1]
    kinds = sorted(map(_joined, parts.of("kinds", "plain")), key=lambda word: -len(word))
    telling = [*own, *numbers, *kinds] or [_joined(token) for token in parts.tokens]
    return tuple(dict.fromkeys(telling))[:MOST_WORDS]


def folded_words(name: str) -> str:
    """All words of a name as `search_words` writes them, one space between: what a database keeps to search in."""
    return " ".join(_joined(token) for token in take_apart(name).tokens)


def _joined(token: Token) -> str:
    return token.folded.replace(" ", "_")


# --- word by word -------------------------------------------------------------------------------------------------


def _pair(here: WorkName, there: WorkName) -> _Pairing:
    both_marked = here.is_marked and there.is_marked
    left, same, slips = list(there.tokens), [], []
    over = []
    for token in here.tokens:
        is_there = token.folded in there.folded
        twin = next((other for other in left if _is_same(token, other, both_marked)), None) if is_there else None
        if twin:
            left.remove(twin)
            same.append((token, twin))
        else:
            over.append(token)
    for token in filter(_may_slip, tuple(over)):
        near = next((other for other in left if _is_slip(token, other)), None)
        if near:
            left.remove(near)
            over.remove(token)
            slips.append((token, near))
    return _Pairing(tuple(same), tuple(slips), tuple(over), tuple(left))


def _is_same(one: Token, other: Token, both_marked: bool) -> bool:
    """Kinds that differ in their marks are two (cống, cổng); names may be written carelessly."""
    if one.folded != other.folded or (one.sort == "number") != (other.sort == "number"):
        return False
    if one.sort == "number":
        return one.label == other.label
    is_name = one.sort == "own" and other.sort == "own"
    return is_name or not both_marked or one.marks == other.marks


def _is_slip(one: Token, other: Token) -> bool:
    return _may_slip(one) and _may_slip(other) and OSA.distance(one.folded, other.folded, score_cutoff=1) <= 1


def _may_slip(token: Token) -> bool:
    return token.sort == "own" and len(token.folded) >= _SLIP_FROM


def _names_differ(here: WorkName, there: WorkName, pairs: _Pairing) -> bool:
    """Both have a name that the other has not, or the same words name another place the other way round."""
    if _of(pairs.here, "own") and _of(pairs.there, "own"):
        return True
    forth, back = _neighbours(here), _neighbours(there)
    return any((second, first) in back and (first, second) not in back for first, second in forth if first != second)


def _neighbours(name: WorkName) -> set[tuple[str, str]]:
    tokens = name.tokens
    return {
        (first.folded, second.folded)
        for first, second in pairwise(tokens)
        if first.sort == "own" and second.sort == "own"
    }


def _calls_differ(here: WorkName, there: WorkName) -> bool:
    """Whether a number or letter that both are called by differs."""
    one, other = _calls(here), _calls(there)
    return any(one[label].isdisjoint(other[label]) for label in one.keys() & other.keys())


def _calls(name: WorkName) -> dict[str, set[str]]:
    calls: dict[str, set[str]] = {}
    for token in name.of("number"):
        if not token.label.startswith("#"):
            calls.setdefault(token.label, set()).add(token.folded)
    return calls


def _is_elsewhere(one: str, other: str) -> bool:
    """Two places of one level (xã, ấp...) with other names or numbers; a commune may lie in the other's district."""
    here, there = take_apart(one), take_apart(other)
    levels = [next(iter(name.of("levels")), None) for name in (here, there)]
    if None in levels or levels[0].folded != levels[1].folded:  # type: ignore[union-attr]
        return False
    names = [{token.folded for token in name.of("own", "kinds", "number")} for name in (here, there)]
    return not (names[0] <= names[1] or names[1] <= names[0])


def _is_common(name: WorkName) -> bool:
    """Whether any body may have one of these: no name, no number, and not the province's only one."""
    return not name.of("own", "number") and all(token.folded != "tinh" for token in name.of("levels"))


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and search_key(one) != search_key(other)


def _of(tokens: Iterable[Token], *sorts: str) -> tuple[Token, ...]:
    return tuple(token for token in tokens if token.sort in sorts)


# --- how alike, and why -------------------------------------------------------------------------------------------


def _score(pairs: _Pairing) -> int:
    """What both have as a share of what they say together; where both bear one name, half of it by the shorter one."""
    shared = sum(min(one.weight, other.weight) for one, other in (*pairs.same, *pairs.slips))
    weights = [shared + sum(token.weight for token in left) for left in (pairs.here, pairs.there)]
    share = 2 * shared / sum(weights)
    if any(one.sort in ("own", "number") and not one.label.startswith("#") for one, _ in pairs.same):
        share = (share + min(1.0, shared / min(weights))) / 2
    if _of(pairs.here, "kinds") and _of(pairs.there, "kinds"):
        share *= _OTHER_KIND
    elif _of(pairs.here, "kinds", "plain") and _of(pairs.there, "kinds", "plain"):
        share *= _OTHER_WORDS
    if _other_marks(pairs):
        share *= _OTHER_MARKS
    if _other_counts(pairs):
        share *= _OTHER_COUNT
    return min(99 if pairs.here or pairs.there or pairs.slips else 100, round(100 * share))


def _other_marks(pairs: _Pairing) -> list[tuple[Token, Token]]:
    is_marked = [any(_has_marks(pair[side]) for pair in pairs.same) for side in (0, 1)]
    return [pair for pair in pairs.same if pair[0].marks != pair[1].marks] if all(is_marked) else []


def _has_marks(token: Token) -> bool:
    return token.said.lower() != token.folded


def _other_counts(pairs: _Pairing) -> list[tuple[Token, Token]]:
    """ "34 cống" here and "30 cống" there."""
    return [
        (one, other)
        for one in _of(pairs.here, "number")
        for other in _of(pairs.there, "number")
        if one.label == other.label
    ]


def _reasons(one: WorkFacts, other: WorkFacts, pairs: _Pairing) -> Iterator[Finding]:
    yield _name_reason(one, other, pairs)
    names = [mine.said for mine, _ in pairs.same if mine.sort == "own"]
    if names:
        yield met("alike.same_own", words=" ".join(names))
    for mine, _ in pairs.same:
        if mine.sort == "number":
            yield met("alike.same_number", number=mine.said)
    for mine, theirs in _other_counts(pairs):
        yield not_met("alike.other_count", here=mine.said, there=theirs.said)
    for mine, theirs in (*pairs.slips, *_other_marks(pairs)):
        yield unknown("alike.spelt_otherwise", here=mine.said, there=theirs.said)
    if one.place and other.place and search_key(one.place) == search_key(other.place):
        yield met("alike.same_place", place=other.place)
    if one.owner and other.owner:
        is_other = _differ(one.owner, other.owner)
        yield (
            not_met("alike.other_owner", owner=other.owner) if is_other else met("alike.same_owner", owner=other.owner)
        )


def _name_reason(one: WorkFacts, other: WorkFacts, pairs: _Pairing) -> Finding:
    here, there = _told(one.name, pairs.here), _told(other.name, pairs.there)
    if search_key(one.name) == search_key(other.name):
        return met("alike.same_name", name=other.name)
    if here and there:
        return unknown("alike.words_differ", here=here, there=there)
    if here or there:
        return unknown("alike.says_more" if here else "alike.says_less", words=here or there)
    return unknown("alike.nearly_same", name=other.name) if pairs.slips else met("alike.same_words", name=other.name)


def _told(name: str, left: tuple[Token, ...]) -> str:
    """Words that are left, but those that say little; neighbours together."""
    runs: list[str] = []
    is_open = False
    for token in take_apart(name).tokens:
        is_told = token.sort != "generic" and any(token is one for one in left)
        if is_told and is_open:
            runs[-1] += f" {token.said}"
        elif is_told:
            runs.append(token.said)
        is_open = is_told
    return ", ".join(runs)
