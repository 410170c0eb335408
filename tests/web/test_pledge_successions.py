"""What a unit has taken on goes on in its heir; its own pledge stays as evidence; blocs end with the unit."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork, Report, ReportedValue
from thidua_web.register import signals
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Bloc, BlocHead, BlocMember, Unit, UnitKind
from thidua_web.register.signals import Reorganised
from web.cast import LONG_AGO, Cast, make_user
from web.launched import in_days, today
from web.pledging import asking, make_pledge, page_of
from web.test_successions import reorganise


@dataclass
class Land:
    """Two departments that are merged into a third."""

    one: Unit
    two: Unit
    heir: Unit
    clerk: User


@pytest.fixture
def land(cast: Cast) -> Land:
    one, two, heir = (
        create_unit(code=code, name=name, kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
        for code, name in (("A", "Sở Giao thông"), ("B", "Sở Xây dựng"), ("C", "Sở Hạ tầng"))
    )
    clerk = make_user("hatang")
    give_role(user=clerk, unit=one, role=Role.CLERK, on=LONG_AGO)
    return Land(one, two, heir, clerk)


@pytest.fixture
def campaign(cast: Cast, land: Land) -> Campaign:
    return asking(cast)


def merge(land: Land) -> dict[str, signals.Moved]:
    return reorganise({land.one: [land.heir], land.two: [land.heir]})


def test_the_heir_takes_over_targets_and_works_of_all_with_whom_they_come_from(
    client: Client, campaign: Campaign, land: Land
) -> None:
    make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si", state="accepted")
    make_pledge(campaign, land.two, land.clerk, "Trạm bơm Tân Lộc", state="accepted")
    merge(land)
    pledge = Pledge.objects.get(campaign=campaign, unit=land.heir)
    assert (pledge.state, pledge.inherited_from) == ("accepted", land.one)
    assert sorted(pledge.works.values_list("name", "came_from__name")) == [
        ("Cầu kênh Ba Si", "Sở Giao thông"),
        ("Trạm bơm Tân Lộc", "Sở Xây dựng"),
    ]
    client.force_login(land.clerk)
    page = client.get(page_of(campaign, land.heir)).content.decode()
    assert ("Tiếp nhận từ Sở Giao thông" in page, "Tiếp nhận từ Sở Xây dựng" in page) == (True, True)


def test_a_share_of_the_campaign_is_taken_over_once_and_a_count_from_each(campaign: Campaign, land: Land) -> None:
    for unit in (land.one, land.two):
        make_pledge(campaign, unit, land.clerk, "Cầu kênh " + unit.name)
    merge(land)
    rows = PledgedTarget.objects.filter(pledge__unit=land.heir).values_list("value", flat=True)
    assert sorted(rows) == [99.0, 200.0, 200.0]


def test_the_old_pledge_stays_under_its_own_name_and_is_closed(
    client: Client, campaign: Campaign, land: Land, cast: Cast
) -> None:
    old = make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si", state="accepted")
    merge(land)
    old.refresh_from_db()
    assert (old.unit, old.state, old.closed_at is not None, old.works.count()) == (land.one, "accepted", True, 1)
    client.force_login(cast.users["clerk"])
    page = client.get(page_of(campaign, land.one)).content.decode()
    assert ("được giữ làm căn cứ" in page, "Trả lại để sửa" in page) == (True, False)


def test_nothing_is_accepted_by_a_reform(campaign: Campaign, land: Land) -> None:
    make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si", state="accepted")
    make_pledge(campaign, land.two, land.clerk, "Trạm bơm Tân Lộc", state="submitted")
    merge(land)
    assert Pledge.objects.get(unit=land.heir).state == "submitted"


def test_an_heir_with_a_pledge_of_its_own_keeps_it_and_it_grows(campaign: Campaign, land: Land) -> None:
    own = make_pledge(campaign, land.heir, land.clerk, "Đường tránh Tân Hòa")
    make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    merge(land)
    grown = Pledge.objects.get(unit=land.heir)
    assert (grown.pk, grown.revision) == (own.pk, own.revision + 1)
    assert sorted(grown.works.values_list("name", flat=True)) == ["Cầu kênh Ba Si", "Đường tránh Tân Hòa"]


def test_pledges_of_campaigns_that_are_over_stay(campaign: Campaign, land: Land) -> None:
    old = make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    Campaign.objects.filter(pk=campaign.pk).update(end=in_days(-1))
    merge(land)
    old.refresh_from_db()
    assert (old.closed_at, Pledge.objects.filter(unit=land.heir).exists()) == (None, False)


def test_without_an_heir_it_is_only_closed(campaign: Campaign, land: Land) -> None:
    make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    reorganise({land.one: []})
    assert Pledge.objects.get().closed_at is not None


def draft_report(campaign: Campaign, unit: Unit, by: User, pledge: Pledge, value: float) -> Report:
    day = DutyDay.objects.filter(duty__campaign=campaign).order_by("-due").first()
    report = Report.objects.create(day=day, unit=unit, edited_by=by, edited_at=timezone.now())
    ReportedValue.objects.create(report=report, target=pledge.targets.first(), value=value)
    return report


def test_a_report_that_was_being_written_goes_on_with_the_heirs_targets(campaign: Campaign, land: Land) -> None:
    old = make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    report = draft_report(campaign, land.one, land.clerk, old, 97)
    merge(land)
    report.refresh_from_db()
    assert (report.unit, report.inherited_from) == (land.heir, land.one)
    assert report.values.get().target.pledge.unit == land.heir


def test_what_was_sent_stays_with_who_sent_it(campaign: Campaign, land: Land) -> None:
    old = make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    report = draft_report(campaign, land.one, land.clerk, old, 97)
    Report.objects.filter(pk=report.pk).update(state="sent", sent_on=today())
    merge(land)
    report.refresh_from_db()
    assert (report.unit, report.values.get().target.pledge) == (land.one, old)


def test_membership_in_a_bloc_ends_and_the_heir_is_in_none(land: Land, cast: Cast) -> None:
    bloc = Bloc.objects.create(unit=cast.province, name="Khối các sở", valid_from=LONG_AGO)
    BlocMember.objects.create(bloc=bloc, unit=land.one, valid_from=LONG_AGO)
    BlocMember.objects.create(bloc=bloc, unit=land.two, valid_from=in_days(90))
    BlocHead.objects.create(bloc=bloc, unit=land.one, valid_from=LONG_AGO)
    merge(land)
    assert list(BlocMember.objects.values_list("unit", "valid_to")) == [(land.one.pk, in_days(-1))]
    assert BlocHead.objects.get().valid_to == in_days(-1)


def test_a_bloc_that_an_ended_unit_made_goes_on_with_the_heir(land: Land) -> None:
    bloc = Bloc.objects.create(unit=land.one, name="Khối trực thuộc", valid_from=LONG_AGO)
    merge(land)
    bloc.refresh_from_db()
    assert bloc.unit == land.heir


# Back -----------------------------------------------------------------------------------------------------------------


def snapshot() -> list[object]:
    tables = (Pledge, PledgedTarget, PledgedWork, Report, ReportedValue, Bloc, BlocMember, BlocHead)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_put_back_everything_is_as_it_was(campaign: Campaign, land: Land, cast: Cast) -> None:
    old = make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si", state="accepted")
    make_pledge(campaign, land.two, land.clerk, "Trạm bơm Tân Lộc")
    make_pledge(campaign, land.heir, land.clerk, "Đường tránh Tân Hòa")
    draft_report(campaign, land.one, land.clerk, old, 97)
    bloc = Bloc.objects.create(unit=land.one, name="Khối các sở", valid_from=LONG_AGO)
    BlocMember.objects.create(bloc=bloc, unit=land.one, valid_from=LONG_AGO)
    BlocMember.objects.create(bloc=bloc, unit=land.two, valid_from=in_days(90))
    before = snapshot()
    handovers = merge(land)
    assert snapshot() != before
    signals.put_back.send(sender=Reorganised, handovers=handovers)
    assert snapshot() == before


def test_what_came_is_told_before(campaign: Campaign, land: Land, cast: Cast) -> None:
    make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    lines = [
        line
        for outlook in signals.foresee(on=today(), ended=[land.one.pk, land.two.pk], leading=[])
        for line in outlook.lines
    ]
    assert {land.one.pk: 1} in [dict(line.counts) for line in lines if "Đăng ký" in str(line.label)]


def test_what_was_done_on_it_since_keeps_the_reform(campaign: Campaign, land: Land) -> None:
    make_pledge(campaign, land.one, land.clerk, "Cầu kênh Ba Si")
    handovers = merge(land)
    since = timezone.now()
    assert signals.reasons_against(units=[land.heir.pk], handovers=handovers, since=since) == []
    Pledge.objects.filter(unit=land.heir).update(edited_at=since + datetime.timedelta(seconds=5))
    reasons = signals.reasons_against(units=[land.heir.pk], handovers=handovers, since=since)
    assert any("đăng ký thi đua" in reason for reason in reasons)
