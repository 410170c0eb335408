"""Sums over reports are kept until something of them changes, day by day."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.campaigns.models import DutyDay
from thidua_web.progress.actions import pledges, reports
from thidua_web.progress.models import ReportedValue
from thidua_web.progress.queries.report_list import totals, trend
from web.cast import Cast
from web.launched import in_days
from web.reported import Told, make_told, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def queries(told: Told) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        figure(told)
    return [one["sql"] for one in asked.captured_queries if "progress_reportedvalue" in one["sql"]]


def figure(told: Told, day: DutyDay | None = None) -> tuple[int, float]:
    """Of the one target: how many have taken it on, and what was reported of it."""
    [one] = totals(told.campaign.pk, (day or told.day).pk)
    return one.pledged, one.values


def test_what_was_added_up_once_is_not_added_up_again(told: Told) -> None:
    send(told)
    assert figure(told) == (1, 95.0)
    assert queries(told) == []


def test_a_report_that_is_returned_and_sent_with_another_figure_counts_with_that(told: Told) -> None:
    row = send(told)
    assert figure(told) == (1, 95.0)
    now = timezone.now()
    reports.send_back(report=row, seen=row.revision, reason="Xem lại", by=told.clerk, at=now)
    assert figure(told) == (1, 0.0)
    cells = {f"v{told.target.pk}": 97.0}
    saved = reports.save(day=told.day, unit=told.unit, cells=cells, seen=row.revision, tab="", by=told.clerk, at=now)
    assert saved.report is not None
    assert reports.sign(report=saved.report, seen=saved.report.revision, by=told.head, at=now) is reports.Moved.DONE
    assert figure(told) == (1, 97.0)


def test_another_days_sums_stay(told: Told) -> None:
    """A report that comes in costs one day."""
    later = DutyDay.objects.create(duty=told.duty, day=in_days(9), due=in_days(9))
    send(told)
    days = [told.day.pk, later.pk]
    assert [len(one) for one in trend(told.campaign.pk, days).values()] == [1]
    send(told, day=later)
    with CaptureQueriesContext(connection) as asked:
        assert [len(one) for one in trend(told.campaign.pk, days).values()] == [2]
    [sql] = [one["sql"] for one in asked.captured_queries if "progress_reportedvalue" in one["sql"]]
    assert f"IN ({later.pk})" in sql


def test_a_pledge_that_changes_is_seen(told: Told, cast: Cast) -> None:
    send(told)
    assert figure(told) == (1, 95.0)
    pledge = told.target.pledge
    assert pledges.send_back(pledge=pledge, reason="Sửa", by=cast.users["clerk"], at=timezone.now())
    assert totals(told.campaign.pk, told.day.pk) == []


def test_values_are_only_ever_changed_while_their_report_is_open(told: Told) -> None:
    """What the keeping stands on: a sent report takes nothing more."""
    row = send(told)
    saved = reports.save(
        day=told.day, unit=told.unit, cells={f"v{told.target.pk}": 1.0}, seen=row.revision, tab="", by=told.clerk,
        at=timezone.now(),
    )  # fmt: skip
    assert saved.outcome is reports.Saved.CLOSED
    assert ReportedValue.objects.get().value == 95.0
