"""What signed reports say of a unit, as figures that criteria ask for."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from thidua_web.eligibility.queries.campaign_facts import figures
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.register.models import Unit
from web.cast import Cast
from web.launched import in_days
from web.reported import Told, make_pledge, make_target, make_told, send


@pytest.fixture
def told(cast: Cast) -> Told:
    """A report is due in three days; the office pledged 99 %, from 90 % of the base year."""
    return make_told(cast)


def of_office(told: Told, on: datetime.date) -> dict[str, Decimal]:
    return dict(figures(told.campaign, on, [told.unit.pk]).get(told.unit.pk, {}))


def test_before_anything_is_due_nothing_is_said(told: Told) -> None:
    assert of_office(told, timezone.localdate()) == {}


def test_a_report_that_did_not_come_counts_against_the_unit(told: Told) -> None:
    said = of_office(told, in_days(30))
    assert said == {"reports.sent.share": Decimal(0), "reports.on_time.share": Decimal(0)}


def test_targets_and_the_base_year_are_held_against_what_was_signed(told: Told) -> None:
    send(told, **{f"v{told.target.pk}": 99.5, f"p{told.work.pk}": 40, "t0": "Lời"})
    said = of_office(told, in_days(30))
    assert said["targets.met.share"] == 100
    assert said["baseline.least"] == Decimal("110.5556")
    assert said["reports.sent.share"] == said["reports.on_time.share"] == 100


def test_what_is_missed_and_what_is_below_the_base_year(told: Told) -> None:
    send(told, **{f"v{told.target.pk}": 81.0, f"p{told.work.pk}": 40, "t0": "Lời"})
    said = of_office(told, in_days(30))
    assert (said["targets.met.share"], said["baseline.least"]) == (0, 90)


def test_a_late_report_is_sent_but_not_on_time(told: Told) -> None:
    send(told, on=in_days(20), **{f"v{told.target.pk}": 99.5, f"p{told.work.pk}": 40, "t0": "Lời"})
    said = of_office(told, in_days(30))
    assert (said["reports.sent.share"], said["reports.on_time.share"]) == (100, 0)


def test_the_figures_stand_among_the_facts_of_a_collective_alone(told: Told) -> None:
    send(told, **{f"v{told.target.pk}": 99.5, f"p{told.work.pk}": 40, "t0": "Lời"})
    year = timezone.localdate().year
    known = facts_of(Asked("collective", year, told.campaign, in_days(30)), [told.unit.pk])[told.unit.pk]
    assert "targets.met.share" in {row.key for row in known.measures}


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow_with_units(cast: Cast, django_assert_num_queries, more: int) -> None:
    others = [
        Unit.objects.create(name=f"Sở {n}", code=f"S{n}", kind="department", valid_from=datetime.date(2000, 1, 1))
        for n in range(more)
    ]
    told = make_told(cast, units=others)
    for unit in others:
        make_target(make_pledge(told.campaign, unit, told.clerk), "Số cây", value=10, measure="cây")
    send(told, **{f"v{told.target.pk}": 99.5, f"p{told.work.pk}": 40, "t0": "Lời"})
    with django_assert_num_queries(8):
        figures(told.campaign, in_days(30))
