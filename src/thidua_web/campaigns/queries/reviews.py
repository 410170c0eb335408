"""Every read of a review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from thidua.plans.fields import STRUCTS
from thidua.plans.reading import Fact
from thidua.plans.review import Reviewed, Verdict
from thidua_web.campaigns.models import ReviewedFact, ReviewStep


def facts_of(document_id: int) -> Sequence[ReviewedFact]:
    """All facts of a plan's review, in the order of the reading."""
    return list(ReviewedFact.objects.filter(document_id=document_id).select_related("decided_by"))


def items_of(document_id: int) -> tuple[Reviewed, ...]:
    """The same as the core knows them."""
    return items(ReviewedFact.objects.filter(document_id=document_id))


def fact(document_id: int, key: str) -> ReviewedFact | None:
    return ReviewedFact.objects.filter(document_id=document_id, key=key).select_related("decided_by").first()


def changed_since(document_id: int, number: int) -> tuple[set[str], dict[str, tuple[int, int]]]:
    """Keys of the facts touched after step `number`, and those taken away since with the span of their words."""
    rows = ReviewedFact.objects.filter(document_id=document_id)
    there = set(rows.values_list("key", flat=True))
    gone: dict[str, tuple[int, int]] = {}
    for step in ReviewStep.objects.filter(document_id=document_id, number__gt=number, undoes__isnull=False):
        gone |= gone_of(step, there)
    return set(rows.filter(revision__gt=number).values_list("key", flat=True)), gone


def gone_of(step: ReviewStep, there: Collection[str]) -> dict[str, tuple[int, int]]:
    """What the step touched and what is not there any more."""
    spans = {key: was["fact"]["span"] for key, was in step.before.items() if was and key not in there}
    return {key: (span[0], span[1]) for key, span in spans.items()}


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
    return msgspec.convert(value, STRUCTS[kind])
