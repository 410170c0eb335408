"""What all units below have taken on together: targets summed, works counted, by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from thidua.progress.targets import is_share
from thidua_web.campaigns.models import Campaign
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork
from thidua_web.progress.stages import PledgeState
from thidua_web.register.models import UnitKind

HANDED_IN = (PledgeState.SUBMITTED, PledgeState.ACCEPTED)
MOST_LISTED = 300


def handed_in(campaign: Campaign, *, accepted: bool = False) -> QuerySet[Pledge]:
    """Of the units below; `accepted` alone where that is asked for."""
    rows = Pledge.objects.filter(campaign=campaign, closed_at__isnull=True).exclude(unit=campaign.unit_id)
    return rows.filter(state=PledgeState.ACCEPTED) if accepted else rows.filter(state__in=HANDED_IN)


@dataclass(frozen=True)
class TargetTotal:
    """One target over all units of a level (`kind`, "" for all): how many took it on, with what numbers.

    `source` is None for what units added of their own.
    """

    source: int | None
    indicator: str
    measure: str
    op: str
    kind: str
    units: int
    left_out: int
    total: float | None
    least: float | None
    most: float | None

    @property
    def is_share(self) -> bool:
        """Shares are not added up."""
        return is_share(self.indicator, self.measure)

    @property
    def level_label(self) -> str:
        return str(dict(UnitKind.choices).get(self.kind, self.kind))

    @property
    def sum(self) -> float | None:
        return None if self.is_share or self.op in ("<=", "range") else self.total


def targets(campaign: Campaign) -> list[TargetTotal]:
    """Those of the campaign first, in their order, then what units added, by words."""
    rows = PledgedTarget.objects.filter(pledge__in=handed_in(campaign))
    keys = ("source_id", "source__place", "indicator", "measure", "op", "pledge__unit__kind")
    found = (
        rows.order_by()
        .values(*keys)
        .annotate(
            units=Count("pledge", filter=Q(left_out=False), distinct=True),
            gone=Count("pledge", filter=Q(left_out=True), distinct=True),
            total=Sum("value", filter=Q(left_out=False)),
            least=Min("value", filter=Q(left_out=False)),
            most=Max("value", filter=Q(left_out=False)),
        )
    )
    ordered = sorted(
        found, key=lambda row: (row["source_id"] is None, row["source__place"] or 0, row["indicator"], row["measure"])
    )
    return [
        TargetTotal(
            source=row["source_id"],
            indicator=row["indicator"],
            measure=row["measure"],
            op=row["op"],
            kind=row["pledge__unit__kind"],
            units=row["units"],
            left_out=row["gone"],
            total=row["total"],
            least=row["least"],
            most=row["most"],
        )
        for row in ordered
    ]


def works_by_level(campaign: Campaign) -> dict[str, tuple[int, int]]:
    """By the kind of unit: how many works, of how many units."""
    rows = PledgedWork.objects.taken().filter(pledge__in=handed_in(campaign)).order_by().values("pledge__unit__kind")
    found = rows.annotate(n=Count("pk"), units=Count("pledge", distinct=True))
    return {row["pledge__unit__kind"]: (row["n"], row["units"]) for row in found}


def works(campaign: Campaign, *, most: int = MOST_LISTED) -> list[PledgedWork]:
    rows = PledgedWork.objects.taken().filter(pledge__in=handed_in(campaign))
    return list(rows.select_related("pledge__unit").order_by("pledge__unit__sort_text", "place", "pk")[:most])


def pledges_by_level(campaign: Campaign) -> dict[str, tuple[int, int]]:
    """By the kind of unit: how many handed in, how many of them accepted."""
    rows = handed_in(campaign).order_by().values("unit__kind")
    found = rows.annotate(n=Count("pk"), accepted=Count("pk", filter=Q(state=PledgeState.ACCEPTED)))
    return {row["unit__kind"]: (row["n"], row["accepted"]) for row in found}


def target_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    """Every target of every pledge, for a workbook of any length."""
    rows = PledgedTarget.objects.filter(pledge__in=handed_in(campaign))
    fields = (
        "pledge__unit__name", "pledge__unit__kind", "indicator", "op", "value", "value_max", "measure", "due",
        "base_year", "baseline", "left_out", "why",
    )  # fmt: skip
    return rows.order_by("pledge__unit__sort_text", "place", "pk").values_list(*fields).iterator(2000)


def work_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    rows = PledgedWork.objects.taken().filter(pledge__in=handed_in(campaign))
    fields = ("pledge__unit__name", "pledge__unit__kind", "name", "where", "start_due", "finish_due", "note", "unlike")
    return rows.order_by("pledge__unit__sort_text", "place", "pk").values_list(*fields).iterator(2000)


def to_gather(campaign: Campaign) -> tuple[Sequence[PledgedTarget], Sequence[PledgedWork]]:
    """What was accepted below: what goes up into one's own pledge."""
    pledges = handed_in(campaign, accepted=True)
    return (
        list(PledgedTarget.objects.taken().filter(pledge__in=pledges).order_by("place", "pk")),
        list(
            PledgedWork.objects.taken()
            .filter(pledge__in=pledges)
            .select_related("pledge__unit")
            .order_by("pledge__unit__sort_text", "place", "pk")
        ),
    )
