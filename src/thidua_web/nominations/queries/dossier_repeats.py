"""Reports that share passages with one that is being written: other dossiers, and reports of deeds in the register.

Only those that whoever asks may read are looked at: what is found is shown with its words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from thidua.nominations.reports import text_of
from thidua.rules.repeats import COMMON_AT_LEAST, COMMON_PER_THOUSAND, Repeat, Store
from thidua_web.eligibility.models import Deed, DeedPrint
from thidua_web.nominations.models import Nomination, ReportPrint
from thidua_web.nominations.stages import NominationState
from thidua_web.register.models import Unit

MOST_LIKELY, MOST_READ, MOST_SHOWN = 60, 12, 5
DOSSIER, DEED = "dossier", "deed"


@dataclass(frozen=True)
class Reach:
    """Units whose dossiers and whose deeds may be read, and those that appraise and may be read for it."""

    dossiers: QuerySet[Unit]
    deeds: QuerySet[Unit]
    received: Collection[int] = ()


@dataclass(frozen=True)
class Found:
    """A report that shares passages; `kind` with `row` says which."""

    kind: str
    row: Any
    repeat: Repeat


def report_of(nomination: Nomination) -> str:
    return text_of(nomination.sections, nomination.subject, nomination.merit)  # type: ignore[arg-type]


def found(nomination: Nomination, reach: Reach) -> list[Found]:
    """Those that share most first; a handful of queries whatever there is."""
    values = list(nomination.prints.values_list("value", flat=True))
    if not values:
        return []
    dossiers = {f"{DOSSIER}-{row.pk}": row for row in _dossiers(nomination, values, reach)}
    lodged = [row.deed_id for row in dossiers.values() if row.deed_id]
    deeds = {f"{DEED}-{row.pk}": row for row in _deeds(nomination, values, reach) if row.pk not in lodged}
    texts = {ref: report_of(row) for ref, row in dossiers.items()} | {ref: row.text for ref, row in deeds.items()}
    store = Store(texts.__getitem__)
    for ref, text in texts.items():
        store.add(ref, text)
    repeats = store.repeats(report_of(nomination), most=MOST_SHOWN)
    rows = dossiers | deeds
    return [Found(one.ref.partition("-")[0], rows[one.ref], one) for one in repeats]


def other(nomination: Nomination, kind: str, key: int, reach: Reach) -> Any:
    """The report to be laid beside, None where there is none in reach."""
    if kind == DOSSIER:
        return next(iter(_readable(nomination, reach).filter(pk=key).select_related("unit")[:1]), None)
    rows = Deed.objects.standing().filter(_of_units(reach.deeds), pk=key)
    return next(iter(rows.select_related("person__unit", "unit", "household__unit")[:1]), None)


def _dossiers(nomination: Nomination, values: list[int], reach: Reach) -> list[Nomination]:
    texts = Nomination.objects.exclude(sections={}).order_by().count()
    keys = _likely(ReportPrint, "nomination", values, texts, nomination.pk)
    return _first(_readable(nomination, reach).select_related("unit"), keys)


def _first(rows: QuerySet[Any], keys: list[int]) -> list[Any]:
    """Of those that may be read, the likeliest."""
    readable = set(rows.filter(pk__in=keys).order_by().values_list("pk", flat=True))
    chosen = [key for key in keys if key in readable][:MOST_READ]
    return sorted(rows.filter(pk__in=chosen), key=lambda row: chosen.index(row.pk))


def _readable(nomination: Nomination, reach: Reach) -> QuerySet[Nomination]:
    """Other dossiers that stand. Of one nominee in one submission, for two awards, the report is one."""
    nominee = {name: getattr(nomination, name) for name in ("person", "collective", "household")}
    own = Q(submission=nomination.submission_id, **nominee)
    may_read = Q(unit__in=reach.dossiers) | Q(to_unit__in=list(reach.received), lodged_on__isnull=False)
    rows = Nomination.objects.filter(may_read).exclude(own).exclude(pk=nomination.pk)
    return rows.exclude(state=NominationState.WITHDRAWN)


def _deeds(nomination: Nomination, values: list[int], reach: Reach) -> list[Deed]:
    texts = Deed.objects.exclude(text="").order_by().count()
    keys = _likely(DeedPrint, "deed", values, texts, nomination.deed_id)
    rows = Deed.objects.standing().filter(_of_units(reach.deeds))
    return _first(rows.select_related("person__unit", "unit", "household__unit"), keys)


def _of_units(units: QuerySet[Unit]) -> Q:
    return Q(unit__in=units) | Q(person__unit__in=units) | Q(household__unit__in=units)


def _likely(model: type[Model], name: str, values: list[int], texts: int, but: int | None) -> list[int]:
    """Numbers of the reports that share most of these kept hashes, hashes of official language left aside."""
    common_from = max(COMMON_AT_LEAST, texts * COMMON_PER_THOUSAND // 1000)
    held = model._default_manager.filter(value__in=values).exclude(**{name: but}).order_by()
    rare = held.values("value").annotate(n=Count("pk")).filter(n__lte=common_from).values_list("value", flat=True)
    kept = list(rare)
    shared = held.filter(value__in=kept).values(name).annotate(n=Count("pk")).order_by("-n", name)[:MOST_LIKELY]
    return [row[name] for row in shared]
