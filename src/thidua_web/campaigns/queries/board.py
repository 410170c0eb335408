"""The board of a campaign: how far its units have come, the stillest first; as many queries for any number of units."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Case, Count, F, Max, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.deployment import STEPS, Step
from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.models import Campaign, Deployment
from thidua_web.campaigns.queries.deployments import MOMENTS as ROW_MOMENTS
from thidua_web.campaigns.queries.deployments import Days, levels_below
from thidua_web.register.models import Unit, UnitKind

ON_A_PAGE = 50
MOST_WITHDRAWN = 200


class Level(models.TextChoices):
    """Units that officials speak of together; the order is that of the board."""

    PROVINCE = "province", _("Cấp tỉnh")
    DEPARTMENTS = "departments", _("Sở, ban, ngành, đoàn thể")
    DISTRICTS = "districts", _("Cấp huyện")
    COMMUNES = "communes", _("Cấp xã")
    OFFICES = "offices", _("Phòng, đơn vị trực thuộc")
    SCHOOLS = "schools", _("Trường học, cơ sở y tế")
    ENTERPRISES = "enterprises", _("Doanh nghiệp, hợp tác xã")


KINDS: Mapping[Level, frozenset[UnitKind]] = {
    Level.PROVINCE: frozenset({UnitKind.PROVINCE}),
    Level.DEPARTMENTS: frozenset({UnitKind.DEPARTMENT, UnitKind.PARTY, UnitKind.FRONT, UnitKind.UNION}),
    Level.DISTRICTS: frozenset({UnitKind.DISTRICT}),
    Level.COMMUNES: frozenset({UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE}),
    Level.OFFICES: frozenset({UnitKind.OFFICE}),
    Level.SCHOOLS: frozenset({UnitKind.SCHOOL, UnitKind.HOSPITAL}),
    Level.ENTERPRISES: frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE}),
}
LEVEL_OF = {kind.value: level for level, kinds in KINDS.items() for kind in kinds}
MOMENTS = {step: f"{step.value}_at" for step in STEPS}

HEADS: Mapping[Step, Promise] = {
    Step.SENT: _("Đã gửi"),
    Step.RECEIVED: _("Đã nhận"),
    Step.PLANNED: _("Kế hoạch riêng"),
    Step.LAUNCHED: _("Đã phát động"),
    Step.REPORTED: _("Báo cáo đầu"),
    Step.SUMMARISED: _("Đã tổng kết"),
}
"""The columns."""

REACHED: Mapping[Step, Promise] = {
    Step.SENT: _("Mới gửi, chưa xác nhận đã nhận"),
    Step.RECEIVED: _("Đã nhận, chưa có kế hoạch"),
    Step.PLANNED: _("Có kế hoạch, chưa phát động"),
    Step.LAUNCHED: _("Đã phát động, chưa báo cáo"),
    Step.REPORTED: _("Đã báo cáo, chưa tổng kết"),
    Step.SUMMARISED: _("Đã tổng kết"),
}
"""Where a unit stands, in words."""


@dataclass(frozen=True)
class Scope:
    """Whose rows a person sees: all of the campaign's, or those at or below these paths."""

    campaign: int
    paths: tuple[str, ...] | None = None

    def rows(self) -> QuerySet[Deployment]:
        rows = Deployment.objects.filter(campaign_id=self.campaign)
        if self.paths is None:
            return rows
        wanted = Q(pk__in=())
        for path in self.paths:
            wanted |= Q(unit__path__below=path)
        return rows.filter(wanted)


@dataclass(frozen=True)
class Filter:
    """What the address of the board says; `parent` and `unit` are units by number."""

    level: str = ""
    step: str = ""
    parent: int | None = None
    unit: int | None = None
    words: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.level or self.step or self.parent or self.unit or self.words)


@dataclass(frozen=True)
class Board:
    """One page of rows under the filters, and the counts of everything in the scope by level and step."""

    rows: Sequence[Deployment]
    counts: Mapping[tuple[str, str], int]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def all(self) -> int:
        return sum(self.counts.values())


def board(scope: Scope, asked: Filter) -> Board:
    rows = filtered(scope, asked)
    all_ = counts(scope)
    total = rows.count() if asked.narrowed else sum(all_.values())
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, asked.page), pages)
    start = (page - 1) * ON_A_PAGE
    # Keys first: a database that sorts thousands of whole rows to show the last fifty takes twice as long.
    keys = list(_shown(rows).values_list("pk", flat=True)[start : start + ON_A_PAGE])
    return Board(list(_shown(with_step(Deployment.objects.filter(pk__in=keys)))), all_, total, page, pages)


def filtered(scope: Scope, asked: Filter) -> QuerySet[Deployment]:
    rows = with_step(scope.rows().standing())
    if asked.level in KINDS:
        rows = rows.filter(unit__kind__in=KINDS[Level(asked.level)])
    if asked.step:
        rows = rows.filter(reached=asked.step)
    if asked.parent is not None:
        rows = rows.filter(unit__parent_id=asked.parent)
    if asked.unit is not None:
        rows = rows.filter(unit_id=asked.unit)
    for word in search_key(asked.words).split()[:8]:
        rows = rows.filter(unit__folded__contains=word)
    return rows


def everything(scope: Scope, asked: Filter) -> Iterator[Deployment]:
    """All rows under the filters, for a workbook."""
    return _shown(filtered(scope, asked)).iterator(chunk_size=1000)


def with_step(rows: QuerySet[Deployment]) -> QuerySet[Deployment]:
    """Each with the furthest step that was `reached`."""
    far = [When(**{f"{MOMENTS[step]}__isnull": False}, then=Value(step.value)) for step in reversed(STEPS)]
    return rows.annotate(reached=Case(*far, default=Value(Step.SENT.value), output_field=models.CharField()))


def _shown(rows: QuerySet[Deployment]) -> QuerySet[Deployment]:
    """The stillest first; what is summed up rests at the end. Each with the number of faults of its own plan."""
    over = Case(When(summarised_at__isnull=False, then=Value(1)), default=Value(0))
    rows = rows.annotate(over=over, faults=F("plan__result__faults"))
    units = ("unit__name", "unit__kind", "unit__path", "unit__parent__name", "inherited_from__name")
    return (
        rows.select_related("unit__parent", "inherited_from")
        .only(*(field.attname for field in Deployment._meta.fields), *units)
        .order_by("over", "moved_at", "unit__sort_text", "unit_id")
    )


def counts(scope: Scope) -> dict[tuple[str, str], int]:
    """How many units of every level have reached every step."""
    found: Counter[tuple[str, str]] = Counter()
    rows = with_step(scope.rows().standing()).order_by().values_list("unit__kind", "reached")
    for kind, step, n in rows.annotate(n=Count("pk")):
        found[LEVEL_OF[kind].value, step] += n
    return dict(found)


def withdrawn(scope: Scope) -> list[Deployment]:
    """What was withdrawn from units that the plan addresses no more, or that have ended; the newest first."""
    rows = scope.rows().filter(withdrawn_at__isnull=False).select_related("unit")
    return list(rows.order_by("-withdrawn_at", "unit__sort_text")[:MOST_WITHDRAWN])


def parents(scope: Scope) -> list[tuple[int, str]]:
    """The units right above those of the scope, by name."""
    below = scope.rows().standing().values("unit__parent_id")
    units = Unit.objects.filter(pk__in=below).order_by("sort_text", "pk")
    return list(units.values_list("pk", "name"))


class Below(NamedTuple):
    """Of a campaign that carries this one out: how many units it was sent to, and how many of them launched it."""

    units: int
    launched: int


def below(campaigns: Collection[int]) -> dict[int, Below]:
    rows = Deployment.objects.standing().filter(campaign__in=list(campaigns)).order_by().values_list("campaign_id")
    counted = rows.annotate(n=Count("pk"), launched=Count("launched_at"))
    return {campaign: Below(n, launched) for campaign, n, launched in counted}


class LevelDown(NamedTuple):
    """One level of campaigns that carry this one out (1: itself), with the units they were sent to by step."""

    depth: int
    campaigns: int
    steps: Mapping[str, int]

    @property
    def units(self) -> int:
        return sum(self.steps.values())


def levels_down(campaign: Campaign) -> list[LevelDown]:
    """The campaign and every level below it, two queries a level; nothing where no campaign carries it out."""
    below_it = levels_below(campaign.pk)
    found = []
    for depth, campaigns in enumerate([[campaign.pk], *below_it] if below_it else [], 1):
        rows = with_step(Deployment.objects.standing().filter(campaign__in=campaigns))
        steps = dict(rows.order_by().values_list("reached").annotate(n=Count("pk")))
        if steps:
            found.append(LevelDown(depth, len(campaigns), steps))
    return found


def units_in_all(campaign: Campaign) -> int:
    """How many units the campaign and all below it were sent to, each counted once."""
    family = [campaign.pk, *(pk for level in levels_below(campaign.pk) for pk in level)]
    rows = Deployment.objects.standing().filter(campaign__in=family)
    return rows.aggregate(n=Count("unit_id", distinct=True))["n"] or 0


class Cell(NamedTuple):
    """A unit on the heat map, with the days of its steps in their order."""

    unit: int
    name: str
    kind: str
    parent: int | None
    days: tuple[datetime.date | None, ...]


def cells(scope: Scope) -> list[Cell]:
    """Every unit of the scope by name. One query; no rows are made of it, for there may be thousands."""
    fields = ("unit_id", "unit__name", "unit__kind", "unit__parent_id", *ROW_MOMENTS)
    rows = scope.rows().standing().order_by("unit__sort_text", "unit_id").values_list(*fields)
    days = Days()
    return [Cell(unit, name, kind, parent, days.of(rest)) for unit, name, kind, parent, *rest in rows]


def version(scope: Scope) -> str:
    """Other words whenever a unit of the scope has moved, come or gone."""
    counted = {f"n{place}": Count(name) for place, name in enumerate(MOMENTS.values())}
    last = {f"m{place}": Max(name) for place, name in enumerate(("moved_at", "pk", "launched_on"))}
    found = scope.rows().standing().aggregate(n=Count("pk"), **counted, **last)
    return "|".join(str(found[name]) for name in sorted(found))


def names(units: Iterable[int | None]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in={pk for pk in units if pk}).values_list("pk", "name"))
