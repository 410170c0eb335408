"""Every read of a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from thidua.plans.reading import Fact
from thidua.plans.review import FACT_TYPES, Reviewed, Verdict
from thidua_web.campaigns.models import ReviewedFact


def facts_of(document_id: int) -> Sequence[ReviewedFact]:
    """All facts of a plan's review, in the order of the reading."""
    return list(ReviewedFact.objects.filter(document_id=document_id).select_related("decided_by"))


def items_of(document_id: int) -> tuple[Reviewed, ...]:
    """The same as the core knows them."""
    return items(ReviewedFact.objects.filter(document_id=document_id))


def items(rows: Iterable[ReviewedFact]) -> tuple[Reviewed, ...]:
    return tuple(item(row) for row in rows)


def item(row: ReviewedFact) -> Reviewed:
    return Reviewed(
        key=row.key,
        kind=row.kind,
        fact=_fact(row.kind, row.fact),
        read=None if row.read is None else _fact(row.kind, row.read),
        verdict=Verdict(row.verdict),
    )


def _fact(kind: str, value: object) -> Fact:
    return msgspec.convert(value, FACT_TYPES[kind])
