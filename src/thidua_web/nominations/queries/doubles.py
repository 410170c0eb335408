"""What else the same nominee was, or is to be, commended for, and whose report a report repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Q

from thidua.law.awards import awards
from thidua.nominations.values import Double, Repeated
from thidua.rules.deeds import Commended, Deed, Reuse, Side, reuse
from thidua_web.eligibility.models import DeedRepeat
from thidua_web.eligibility.queries.doubles import Key, awards_of, commended_of, deed_of, heirs_of
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.loading import code_of
from thidua_web.nominations.stages import NominationState

WORDS_OF_A_SHARE = 100
KINDS = {"person": "person_id", "unit": "collective_id", "household": "household_id"}


def doubles_of(rows: Sequence[Nomination]) -> dict[int, tuple[Double, ...]]:
    """By nomination: awards and other nominations that may be for the same deed. Four queries a kind of nominee."""
    found: dict[int, list[Double]] = defaultdict(list)
    for kind, column in KINDS.items():
        keys = {key for row in rows if (key := getattr(row, column))}
        if keys:
            for pk, double in _of_kind(kind, keys, rows):
                found[pk].append(double)
    return {pk: tuple(doubles) for pk, doubles in found.items()}


def _of_kind(kind: str, keys: set[int], rows: Sequence[Nomination]) -> Iterator[tuple[int, Double]]:
    batch: list[Key] = [(kind, key) for key in sorted(keys)]
    awarded = awards_of(batch)
    proposed = _proposed(kind, keys)
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


def _proposed(kind: str, keys: set[int]) -> list[Nomination]:
    """Every nomination of these nominees that stands, with words to compare."""
    column = KINDS[kind].removesuffix("_id")
    said = Q(deed__isnull=False) | ~Q(summary="")
    rows = Nomination.objects.filter(said, **{f"{column}__in": keys}).exclude(state=NominationState.WITHDRAWN)
    return list(rows.select_related("deed").defer("sections"))


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
