"""Awards of one nominee that may be for one deed: nominee by nominee, so that a long register streams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from thidua.rules.deeds import Commended, Deed, Reuse, reuse
from thidua_web.eligibility.queries.rows import came_from
from thidua_web.register.models import AwardRecord, Unit
from thidua_web.register.nominees import kind_of, nominee_of

AT_ONCE = 300
"""Nominees whose awards are read together."""
MOST_READ = 6_000
"""Nominees after which a page ends, found or not, and says where it goes on."""
ORDER = ("person", "unit", "household")
Key = tuple[str, int]


@dataclass(frozen=True)
class Found:
    """`go_on`: the nominee behind whom the next page begins, None at the end."""

    reuses: list[Reuse]
    awards: Mapping[str, AwardRecord]
    go_on: str | None


def doubles(reach: QuerySet[Unit], after: str = "", *, most: int = 50) -> Found:
    """Reuses in reach behind the nominee `after` ("person-17", "" for the beginning), at least `most` or to the end."""
    found: list[Reuse] = []
    awards: dict[str, AwardRecord] = {}
    read = 0
    last: Key | None = None
    for batch in _batches(reach, _key(after)):
        rows = awards_of(batch)
        awards |= {_ref(row): row for row in rows}
        found += reuse(map(deed_of, rows), map(commended_of, rows), heirs_of(batch))
        read, last = read + len(batch), batch[-1]
        if len(found) >= most or read >= MOST_READ:
            return Found(found, awards, f"{last[0]}-{last[1]}")
    return Found(found, awards, None)


def _key(after: str) -> Key:
    kind, _, number = after.partition("-")
    return (kind, int(number)) if kind in ORDER and number.isdecimal() else (ORDER[0], 0)


def _batches(reach: QuerySet[Unit], after: Key) -> Iterator[list[Key]]:
    """Only those with at least two awards that say what they were for."""
    for kind in ORDER[ORDER.index(after[0]) :]:
        begin = after[1] if kind == after[0] else 0
        while True:
            keys = list(_nominees(kind, reach, begin)[:AT_ONCE])
            if not keys:
                break
            yield [(kind, key) for key in keys]
            begin = keys[-1]


SAID = Q(note__deed__isnull=False) | ~Q(merit="")


def _nominees(kind: str, reach: QuerySet[Unit], begin: int) -> QuerySet[AwardRecord, int]:
    """Numbers in order. A unit that came from others is read with theirs, so one award of its own is enough."""
    place = "unit__in" if kind == "unit" else f"{kind}__unit__in"
    rows = AwardRecord.objects.filter(SAID, **{place: reach, f"{kind}__gt": begin})
    least = 1 if kind == "unit" else 2
    return rows.values(kind).annotate(n=Count("pk")).filter(n__gte=least).order_by(kind).values_list(kind, flat=True)


def awards_of(batch: list[Key]) -> list[AwardRecord]:
    kind = batch[0][0]
    keys = {key for _, key in batch}
    if kind == "unit":
        keys |= {old for before in came_from(keys).values() for old in before}
    rows = AwardRecord.objects.filter(SAID, **{f"{kind}__in": keys})
    return list(rows.select_related("note__deed", "person__unit", "unit", "household__unit"))


def heirs_of(batch: list[Key]) -> dict[str, list[str]]:
    if batch[0][0] != "unit":
        return {}
    heirs: dict[str, list[str]] = defaultdict(list)
    for new, before in came_from([key for _, key in batch]).items():
        for old in before:
            heirs[f"unit-{old}"].append(f"unit-{new}")
    return heirs


def _ref(row: AwardRecord) -> str:
    return f"award-{row.pk}"


def _noted(row: AwardRecord) -> object | None:
    note = getattr(row, "note", None)
    return note.deed if note else None


def _deed_code(row: AwardRecord) -> str:
    deed = _noted(row)
    return f"deed-{deed.pk}" if deed else _ref(row)  # type: ignore[attr-defined]


def deed_of(row: AwardRecord) -> Deed:
    """The deed that an award is for; without one the words of its decision stand for it."""
    deed, of = _noted(row), nominee_of(row)
    place = of if isinstance(of, Unit) else of.unit
    return Deed(
        code=_deed_code(row),
        nominee=f"{kind_of(of)}-{of.pk}",
        words=deed.title if deed else row.merit,  # type: ignore[attr-defined]
        unit=row.unit_name or place.name,
        since=deed.since if deed else None,  # type: ignore[attr-defined]
        until=deed.until if deed else None,  # type: ignore[attr-defined]
    )


def commended_of(row: AwardRecord) -> Commended:
    note = getattr(row, "note", None)
    code = row.award or (note.code if note else "")
    decided = row.decision or str(row.decided_on or row.year)
    return Commended(ref=_ref(row), deed=_deed_code(row), award=code or row.title, year=row.year, decided=decided)
