"""What was recorded of one person, unit or household, for its page."""

from __future__ import annotations

from django.db.models import QuerySet

from thidua_web.eligibility.models import Completeness, Deed, FactEvidence, RecordedFact
from thidua_web.eligibility.models.facts import SENSITIVE, RecordKind
from thidua_web.register.models import AwardRecord, Unit
from thidua_web.register.nominees import Nominee, whose_is
from thidua_web.register.queries.units import units_above

MOST_AWARDS = 200


def facts(of: Nominee, *, sensitive: bool) -> list[RecordedFact]:
    """Those taken back too; `sensitive` ones only where they are asked for."""
    rows = RecordedFact.objects.filter(**whose_is(of))
    rows = rows if sensitive else rows.exclude(kind__in=SENSITIVE)
    return list(rows.prefetch_related("evidence"))


def fact(fact_id: int) -> RecordedFact | None:
    return RecordedFact.objects.select_related("person__unit", "unit", "household__unit").filter(pk=fact_id).first()


def evidence(evidence_id: int) -> FactEvidence | None:
    rows = FactEvidence.objects.select_related("file", "fact__person__unit", "fact__unit", "fact__household__unit")
    return rows.filter(pk=evidence_id).first()


def deeds(of: Nominee) -> list[Deed]:
    return list(Deed.objects.standing().filter(**whose_is(of)).prefetch_related("awards__award"))


def deed(deed_id: int) -> Deed | None:
    return Deed.objects.select_related("person__unit", "unit", "household__unit").filter(pk=deed_id).first()


def awards(of: Nominee) -> QuerySet[AwardRecord]:
    rows = AwardRecord.objects.filter(**whose_is(of)).select_related("note__deed")
    return rows.order_by("-year", "-decided_on", "pk")[:MOST_AWARDS]


def award(award_id: int) -> AwardRecord | None:
    return (
        AwardRecord.objects.select_related("person__unit", "unit", "household__unit", "note")
        .filter(pk=award_id)
        .first()
    )


def completeness_of(of: Nominee) -> dict[str, Completeness]:
    """By kind what holds for the unit, or that of the person or household: its own word, else of the nearest above."""
    unit = of if isinstance(of, Unit) else of.unit
    order = [unit.pk, *units_above(unit)]
    rows = Completeness.objects.standing().filter(unit__in=order).select_related("unit")
    found = sorted(rows, key=lambda row: order.index(row.unit_id), reverse=True)
    nearest = {row.kind: row for row in found}
    return {kind: nearest[kind] for kind in RecordKind.values if kind in nearest}


def own_completeness(unit: Unit) -> list[Completeness]:
    return list(Completeness.objects.filter(unit=unit).order_by("kind", "-at", "-pk"))


def completeness(row_id: int) -> Completeness | None:
    return Completeness.objects.select_related("unit").filter(pk=row_id).first()
