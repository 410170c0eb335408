"""What else the same nominee was, or is to be, commended for, and whose report a report repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from thidua.law.awards import awards
from thidua.nominations.values import Double, Proposed, Repeated
from thidua.rules.deeds import Commended, Deed, Reuse, Side, reuse
from thidua_web.eligibility.models import DeedRepeat
from thidua_web.eligibility.queries.doubles import Key, awards_of, commended_of, deed_of, heirs_of
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.loading import code_of
from thidua_web.nominations.stages import UNDER_APPRAISAL, NominationState

WORDS_OF_A_SHARE = 100
LODGED = UNDER_APPRAISAL | {NominationState.RECOMMENDED}
"""States in which a nomination is before the authority; what was returned or refused stands in nobody's way."""
KINDS = {"person": "person_id", "unit": "collective_id", "household": "household_id"}


def standing_of(rows: Sequence[Nomination]) -> list[Nomination]:
    """Every nomination of their nominees that stands, wherever it was made. A query for each kind of nominee."""
    found: list[Nomination] = []
    for kind, column in KINDS.items():
        keys = {key for row in rows if (key := getattr(row, column))}
        if keys:
            found += _standing(kind, keys)
    return found


def _standing(kind: str, keys: set[int]) -> Iterator[Nomination]:
    rows = Nomination.objects.filter(**{f"{KINDS[kind]}__in": keys}).exclude(state=NominationState.WITHDRAWN)
    yield from rows.select_related("deed", "submission", "unit").defer("sections")


# --- One deed ---------------------------------------------------------------------------------------------------------


def doubles_of(rows: Sequence[Nomination], standing: Sequence[Nomination]) -> dict[int, tuple[Double, ...]]:
    """By nomination: awards and other nominations that may be for the same deed, of those `standing_of` them. Three
    queries a kind of nominee.
    """
    found: dict[int, list[Double]] = defaultdict(list)
    for kind, column in KINDS.items():
        keys = {key for row in rows if (key := getattr(row, column))}
        if keys:
            told = [row for row in standing if getattr(row, column) and (row.deed_id or row.summary)]
            for pk, double in _of_kind(kind, keys, rows, told):
                found[pk].append(double)
    return {pk: tuple(doubles) for pk, doubles in found.items()}


def _of_kind(
    kind: str, keys: set[int], rows: Sequence[Nomination], proposed: Sequence[Nomination]
) -> Iterator[tuple[int, Double]]:
    batch: list[Key] = [(kind, key) for key in sorted(keys)]
    awarded = awards_of(batch)
    asked = {_ref(row) for row in rows}
    deeds = [*map(deed_of, awarded), *map(_deed, proposed)]
    commended = [*map(commended_of, awarded), *map(_commended, proposed)]
    for one in reuse(deeds, commended, heirs_of(batch)):
        yield from _sides(one, asked)


def _sides(one: Reuse, asked: set[str]) -> Iterator[tuple[int, Double]]:
    """A pair seen from each nomination that was asked about."""
    for own, other in ((one.first, one.second), (one.second, one.first)):
        if own.award.ref in asked:
            yield int(own.award.ref.removeprefix("nomination-")), _double(one, other)


def _double(one: Reuse, other: Side) -> Double:
    award = other.award
    known = awards().get(award.award)
    name = known.name if known else award.award
    return Double(award=name, year=award.year, words=other.deed.words, decided=award.decided, sure=one.score == 100)


def _ref(row: Nomination) -> str:
    return f"nomination-{row.pk}"


def _deed_code(row: Nomination) -> str:
    return f"deed-{row.deed_id}" if row.deed_id else _ref(row)


def _deed(row: Nomination) -> Deed:
    deed = row.deed
    return Deed(
        code=_deed_code(row),
        nominee=code_of(row),
        words=deed.title if deed else row.summary,
        unit=row.unit_name,
        since=(deed.since if deed else None) or row.since,
        until=(deed.until if deed else None) or row.until,
    )


def _commended(row: Nomination) -> Commended:
    return Commended(ref=_ref(row), deed=_deed_code(row), award=row.award, year=row.year)


# --- One award --------------------------------------------------------------------------------------------------------


def proposed_before(rows: Sequence[Nomination], standing: Sequence[Nomination]) -> dict[int, tuple[Proposed, ...]]:
    """By nomination: other lists, lodged before, that propose the nominee for the same award and work."""
    same: dict[tuple[Any, ...], list[Nomination]] = defaultdict(list)
    for other in standing:
        if other.state in LODGED and other.lodged_on:
            same[_asked_for(other)].append(other)
    return {row.pk: tuple(_before(row, same[_asked_for(row)])) for row in rows if _asked_for(row) in same}


def _asked_for(row: Nomination) -> tuple[Any, ...]:
    return (code_of(row), row.award, row.year, row.merit, row.submission.campaign_id, row.to_unit_id)


def _before(row: Nomination, others: Sequence[Nomination]) -> Iterator[Proposed]:
    for other in others:
        is_later = row.lodged_on is not None and (row.lodged_on, row.pk) < (other.lodged_on, other.pk)
        if other.submission_id != row.submission_id and not is_later:
            yield Proposed(unit=other.unit.name, on=other.lodged_on)


# --- One report -------------------------------------------------------------------------------------------------------


def repeats_of(rows: Sequence[Nomination]) -> dict[int, tuple[Repeated, ...]]:
    """By nomination: reports of others that its report repeats, as noted when it was lodged."""
    by_deed = {row.deed_id: row for row in rows if row.deed_id}
    noted = DeedRepeat.objects.filter(deed__in=by_deed, other__withdrawn_at__isnull=True)
    found: dict[int, list[Repeated]] = defaultdict(list)
    for repeat in noted.select_related("deed", "other__person", "other__unit", "other__household"):
        words = len(repeat.deed.text.split()) * repeat.share // WORDS_OF_A_SHARE
        of = repeat.other.person or repeat.other.unit or repeat.other.household
        found[by_deed[repeat.deed_id].pk].append(Repeated(other=str(of), words=words, share=repeat.share))
    return {pk: tuple(repeats) for pk, repeats in found.items()}
