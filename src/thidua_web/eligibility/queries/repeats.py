"""Reports that may repeat one another, and those that were noted to."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from thidua.rules.repeats import COMMON_AT_LEAST, COMMON_PER_THOUSAND
from thidua_web.eligibility.models import Deed, DeedPrint, DeedRepeat
from thidua_web.register.models import Unit

MOST_LIKELY = 30


def likely(values: Collection[int], *, but: Deed) -> list[Deed]:
    """The reports that share most of these kept hashes, hashes of official language left aside; three queries."""
    texts = DeedPrint.objects.order_by().values("deed").distinct().count()
    common_from = max(COMMON_AT_LEAST, texts * COMMON_PER_THOUSAND // 1000)
    held = DeedPrint.objects.filter(value__in=values, deed__withdrawn_at__isnull=True).exclude(deed=but).order_by()
    rare = held.values("value").annotate(n=Count("deed")).filter(n__lte=common_from).values("value")
    shared = held.filter(value__in=rare).values("deed").annotate(n=Count("pk")).order_by("-n", "deed")[:MOST_LIKELY]
    order = [row["deed"] for row in shared]
    found = Deed.objects.in_bulk(order)
    return [found[key] for key in order]


def noted(reach: QuerySet[Unit]) -> QuerySet[DeedRepeat]:
    """Pairs of reports that stand, both sides in reach, those that share most first."""
    both = _within("deed", reach) & _within("other", reach)
    standing = Q(deed__withdrawn_at__isnull=True, other__withdrawn_at__isnull=True)
    pairs = DeedRepeat.objects.filter(standing & both)
    named = ("person__unit", "unit", "household__unit")
    return pairs.select_related(*(f"{side}__{name}" for side in ("deed", "other") for name in named))


def _within(side: str, reach: QuerySet[Unit]) -> Q:
    own, theirs = Q(**{f"{side}__unit__in": reach}), Q(**{f"{side}__person__unit__in": reach})
    return own | theirs | Q(**{f"{side}__household__unit__in": reach})
