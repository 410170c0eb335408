"""The simulated province as a site, and what its database holds at the end.

It is played once a run and copied; `found` runs inside the site's own process.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from web.processes import Site

PLANS = Path(os.environ.get("THIDUA_SHARED", Path(__file__).parents[3] / "shared")) / "plans"
NAMES = ("tra-vinh-128", "hau-giang-du-thao", "thai-nguyen-dai-hoi")
RUN = "from web import province_site; "


class ProvinceSite(Site):
    """Not started; where the real plans are absent it is skipped, and fails in CI."""

    def __init__(self, folder: Path, *, server_database: str, demo: bool = False) -> None:
        if missing := [name for name in NAMES if not (PLANS / f"{name}.txt").exists()]:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"no plans {missing} at {PLANS}")
        super().__init__(folder, server_database=server_database, demo=demo)

    @property
    def template(self) -> str:
        return "province"

    def make(self) -> None:
        super().make()
        self.run(f"{RUN}province_site.play()")

    def found(self) -> dict[str, Any]:
        return self._ask("found")

    def places(self) -> dict[str, Any]:
        return self._ask("places")

    def _ask(self, what: str) -> Any:
        return json.loads(self.run(f"{RUN}import json; print(json.dumps(province_site.{what}()))").splitlines()[-1])


def play() -> None:
    from web import province_year

    province_year.play({name: (PLANS / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES})


# Inside the site -----------------------------------------------------------------------------------------------------


def found() -> dict[str, Any]:
    """By what it is about; units by code, campaigns by the plan's own words."""
    from django.utils import timezone

    from thidua_web.journal.models import JournalLine
    from thidua_web.journal.verifying import check_journal
    from thidua_web.notices.models import Notice
    from thidua_web.progress.models import Scoring
    from thidua_web.register.models import Unit

    hau_giang, thai_nguyen, tra_vinh = _three()
    scoring = Scoring.objects.get()
    return {
        "units": Unit.objects.count(),
        "deployed": {name: _steps(pk) for name, pk in (("tv", tra_vinh), ("hg", hau_giang), ("tn", thai_nguyen))},
        "levels": _levels(thai_nguyen),
        "reached": _reached(tra_vinh),
        "phases": _phases(hau_giang),
        "gate": _gate(hau_giang),
        "floor": _floor(hau_giang),
        "targets": _targets(tra_vinh),
        "pledges": _pledges(tra_vinh),
        "heir": _heir(tra_vinh),
        "coming": _coming(tra_vinh),
        "totals": _totals(tra_vinh),
        "ahead": _ahead(tra_vinh),
        "signed": JournalLine.objects.filter(act="report.signed").count(),
        "waiting": Notice.objects.filter(kind__in=("report.waiting", "pledge.submitted"), read_at=None).count(),
        "ranks": [[row["name"], row["rank"], row["total"]] for row in scoring.result["rows"]],
        "state": scoring.state,
        "faults": check_journal(at=timezone.now(), whole=True).faults,
    }


def places() -> dict[str, Any]:
    """Numbers in addresses: campaigns, the scoring, every unit by code, the day of the last quarter's report."""
    from thidua_web.campaigns.models import Campaign
    from thidua_web.progress.models import Scoring
    from thidua_web.progress.queries.report_list import periods
    from thidua_web.register.models import Unit

    hau_giang, thai_nguyen, tra_vinh = _three()
    below = Campaign.objects.filter(parent=tra_vinh).values_list("unit__code", "pk")
    return {
        **dict(Unit.objects.values_list("code", "pk")),
        **{f"own_{code}": pk for code, pk in below},
        "hg": hau_giang,
        "tn": thai_nguyen,
        "tv": tra_vinh,
        "scoring": Scoring.objects.get().pk,
        "last_day": periods(Campaign.objects.get(pk=tra_vinh))[-1].day.pk,
    }


def _three() -> tuple[int, int, int]:
    """Those that the province launched."""
    from thidua_web.campaigns.models import Campaign

    top = dict(Campaign.objects.filter(unit__code="MG").order_by("start").values_list("pk", "title"))
    words = ("đợt thi đua đặc biệt", "Tổ chức Đại hội", "Phát động đợt thi đua lập thành tích")
    return tuple(next(pk for pk, title in top.items() if word in title) for word in words)  # type: ignore[return-value]


def _steps(campaign: int) -> dict[str, int]:
    from django.db.models import Count

    from thidua_web.campaigns.models import Deployment

    names = ("sent_at", "received_at", "planned_at", "launched_at", "reported_at", "summarised_at")
    rows = Deployment.objects.standing().filter(campaign=campaign)
    return rows.aggregate(**{name.removesuffix("_at"): Count(name) for name in names})


def _levels(campaign: int) -> list[list[int]]:
    """Of every level: how many campaigns, to how many units sent, by how many launched on."""
    from thidua_web.campaigns.models import Deployment
    from thidua_web.campaigns.queries.deployments import levels_below

    found = []
    for level in ([campaign], *levels_below(campaign)):
        rows = Deployment.objects.standing().filter(campaign__in=level)
        found.append([len(level), rows.count(), rows.filter(child__isnull=False).count()])
    return found


def _reached(campaign: int) -> int:
    """Units that the campaign and all below it were sent to, each once."""
    from thidua_web.campaigns.models import Deployment
    from thidua_web.campaigns.queries.deployments import levels_below

    every = [campaign, *(pk for level in levels_below(campaign) for pk in level)]
    return Deployment.objects.filter(campaign__in=every).values("unit").distinct().count()


def _phases(campaign: int) -> list[list[str]]:
    from thidua_web.campaigns.models import Phase

    rows = Phase.objects.in_force().filter(campaign=campaign, level__gt="").order_by("start", "end")
    return [[row.level, row.start.isoformat(), row.end.isoformat()] for row in rows if row.start and row.end]


def _gate(campaign: int) -> dict[str, str]:
    """By unit what bars it from proposing, by the plan's own condition."""
    import datetime

    import msgspec

    from thidua.deployment import gate
    from thidua.plans.campaign import ConditionItem
    from thidua_web.campaigns.models import Deployment
    from thidua_web.campaigns.queries.campaigns import frozen_parts
    from thidua_web.campaigns.queries.deployments import gate_facts

    items = msgspec.convert(frozen_parts(campaign)["conditions"], list[ConditionItem])
    asked = next(one for one in items if one.condition.kind == "gate")
    rows = Deployment.objects.standing().filter(campaign=campaign)
    codes = dict(rows.values_list("unit", "unit__code"))
    end = datetime.date(2025, 7, 31)
    facts = gate_facts(campaign, codes)
    findings = {codes[unit]: gate(standing, asked.words.quote, on=end, by=end) for unit, standing in facts.items()}
    return {code: one.code for code, one in sorted(findings.items()) if one.code != "gate.passed"}


def _floor(campaign: int) -> list[list[Any]]:
    """Of every enterprise's pledge: how many targets, how many of them below 2023, whether it is accepted."""
    from thidua_web.progress.models import Pledge

    rows = Pledge.objects.filter(campaign=campaign, unit__kind="enterprise").order_by("unit__code")
    return [
        [
            row.unit.code,
            row.targets.taken().count(),
            sum(one.value < one.baseline for one in row.targets.taken()),
            row.state,
        ]
        for row in rows.select_related("unit")
    ]


def _targets(campaign: int) -> int:
    from thidua_web.campaigns.models import Target

    return Target.objects.in_force().filter(campaign=campaign).count()


def _pledges(campaign: int) -> dict[str, list[Any]]:
    """By unit: state, targets taken on, works, of these gathered from below; without those of ended units."""
    from thidua_web.progress.models import Pledge

    rows = Pledge.objects.filter(campaign=campaign, closed_at=None).select_related("unit")
    return {
        row.unit.code: [
            row.state,
            row.targets.taken().count(),
            row.works.taken().count(),
            row.works.taken().filter(part_of__isnull=False).count(),
        ]
        for row in rows
    }


def _heir(campaign: int) -> dict[str, Any]:
    """The pledge of the merged department, and what stays of the one that ended."""
    from thidua_web.progress.models import Pledge, Report

    heir, old = (Pledge.objects.get(campaign=campaign, unit__code=code) for code in ("S02", "S03"))
    return {
        "works": sorted(heir.works.taken().values_list("name", flat=True)),
        "from": sorted(set(heir.works.filter(came_from__isnull=False).values_list("came_from__code", flat=True))),
        "closed": old.closed_at is not None,
        "old_reports": Report.objects.filter(unit__code="S03", day__duty__campaign=campaign, state="sent").count(),
        "reports": Report.objects.filter(unit__code="S02", day__duty__campaign=campaign, state="sent").count(),
    }


def _coming(campaign: int) -> list[dict[str, int]]:
    """Quarter by quarter how the reports of the units that are asked stand."""
    from django.utils import timezone

    from thidua_web.campaigns.models import Campaign, DutyUnit
    from thidua_web.progress.queries import report_list as queries

    periods = [one for one in queries.periods(Campaign.objects.get(pk=campaign)) if "hằng quý" in one.day.duty.what]
    units = set(DutyUnit.objects.filter(duty__in=[one.day.duty_id for one in periods]).values_list("unit", flat=True))
    came = queries.came_of(periods, units, today=timezone.localdate())
    return [dict(Counter(state for (day, _), state in came.items() if day == one.day.pk)) for one in periods]


def _totals(campaign: int) -> dict[str, list[float]]:
    """Of the last quarter, by indicator: units that pledged, units that reported, those that reached it."""
    from thidua_web.campaigns.models import Campaign
    from thidua_web.progress.queries import report_list as queries

    last = queries.periods(Campaign.objects.get(pk=campaign))[-1]
    rows = queries.totals(campaign, last.day.pk)
    return {row.indicator: [row.pledged, row.reported, row.reached] for row in rows}


def _ahead(campaign: int) -> int:
    from thidua_web.progress.queries.report_list import works_ahead

    return works_ahead(campaign, None).count()
