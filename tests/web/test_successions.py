"""When units end: what ran goes on in the heir, what is over keeps its unit, nothing is lost and nothing doubled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from thidua.plans.campaign import Party
from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import Delegation, Membership, User
from thidua_web.campaigns.actions.calendars import open_address
from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.actions.launches import launch
from thidua_web.campaigns.models import CalendarAddress, Campaign, Duty, DutyDay, DutyDone, DutyUnit, PlanDocument
from thidua_web.campaigns.queries.launches import register_of
from thidua_web.campaigns.queries.work import duties_open
from thidua_web.register import signals
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Unit, UnitKind
from thidua_web.register.signals import Moved, Reorganised
from web.cast import LONG_AGO, Cast, make_user
from web.launched import ago, in_days, make_campaign, make_duty, make_plan, today
from web.launching import PLAN, launched, prepared, reviewed


@dataclass
class Land:
    """Two communes of the province that will end, each with a clerk, and who takes their place."""

    tan_loc: Unit
    tan_hoa: Unit
    loc_hoa: Unit
    clerk: User
    head: User


@pytest.fixture
def land(cast: Cast) -> Land:
    tan_loc, tan_hoa, loc_hoa = (
        create_unit(code=code, name=name, kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
        for code, name in (("TL", "UBND xã Tân Lộc"), ("TH", "UBND xã Tân Hòa"), ("LH", "UBND xã Lộc Hòa"))
    )
    clerk, head = make_user("tan-loc"), make_user("tan-hoa")
    give_role(user=clerk, unit=tan_loc, role=Role.CLERK, on=LONG_AGO)
    give_role(user=head, unit=tan_hoa, role=Role.HEAD, on=LONG_AGO)
    return Land(tan_loc, tan_hoa, loc_hoa, clerk, head)


def reorganise(ended: dict[Unit, Sequence[Unit]], *, on: datetime.date | None = None) -> dict[str, Moved]:
    """The units end on the day before (yesterday), each with its heir first."""
    on = on or today()
    for unit, heirs in ended.items():
        end_unit(unit=unit, on=on - datetime.timedelta(days=1), successors=list(heirs))
    return signals.follow(
        Reorganised(
            on=on,
            at=timezone.now(),
            names={unit.pk: unit.name for unit in ended},
            heirs={unit.pk: heirs[0].pk for unit, heirs in ended.items() if heirs},
            successors={unit.pk: [heir.pk for heir in heirs] for unit, heirs in ended.items() if heirs},
        )
    )


def addressed(*units: Unit) -> list[int]:
    return sorted(DutyUnit.objects.filter(unit__in=units).values_list("unit_id", flat=True))


# Campaigns and plans ------------------------------------------------------------------------------------------------


def test_a_running_campaign_goes_on_in_the_heir_and_keeps_the_name_of_its_launch(
    client: Client, cast: Cast, land: Land
) -> None:
    campaign = make_campaign(land.tan_loc, land.clerk)
    campaign.refresh_from_db()
    assert campaign.launched_as == "UBND xã Tân Lộc"
    reorganise({land.tan_loc: [land.loc_hoa]})
    campaign.refresh_from_db()
    assert campaign.unit == land.loc_hoa
    client.force_login(land.clerk)
    page = client.get(f"/phong-trao/{campaign.pk}/").content.decode()
    assert "UBND xã Lộc Hòa" in page
    assert "phát động khi là UBND xã Tân Lộc" in page
    assert "phát động khi là UBND xã Tân Lộc" in client.get("/phong-trao/").content.decode()


def test_a_campaign_that_is_over_keeps_its_unit_and_its_people_still_see_it(client: Client, land: Land) -> None:
    campaign = make_campaign(land.tan_loc, land.clerk, end=in_days(-1))
    reorganise({land.tan_loc: [land.loc_hoa]})
    campaign.refresh_from_db()
    client.force_login(land.clerk)
    assert (campaign.unit, client.get(f"/phong-trao/{campaign.pk}/").status_code) == (land.tan_loc, 200)


def test_the_last_day_of_a_campaign_is_a_day_of_it(land: Land) -> None:
    campaign = make_campaign(land.tan_loc, land.clerk, end=today())
    reorganise({land.tan_loc: [land.loc_hoa]})
    campaign.refresh_from_db()
    assert campaign.unit == land.loc_hoa


def test_plans_under_way_go_on_in_the_heir_and_those_of_what_is_over_stay(land: Land) -> None:
    plan = make_plan(land.tan_loc, land.clerk)
    over = make_campaign(land.tan_loc, land.clerk, end=in_days(-1)).editions.get().document
    runs = make_campaign(land.tan_loc, land.clerk).editions.get().document
    reorganise({land.tan_loc: [land.loc_hoa]})
    units = [PlanDocument.objects.get(pk=one.pk).unit for one in (plan, over, runs)]
    assert units == [land.loc_hoa, land.tan_loc, land.loc_hoa]


def test_of_two_plans_with_the_same_file_one_goes_and_both_stay_within_reach(client: Client, land: Land) -> None:
    first, second = make_plan(land.tan_loc, land.clerk), make_plan(land.tan_hoa, land.clerk)
    PlanDocument.objects.filter(pk=second.pk).update(file=first.file)
    reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    units = [PlanDocument.objects.get(pk=one.pk).unit for one in (first, second)]
    assert units == [land.loc_hoa, land.tan_hoa]
    client.force_login(land.clerk)
    assert [client.get(f"/ke-hoach/{one.pk}/").status_code for one in (first, second)] == [200, 200]


# Duties -------------------------------------------------------------------------------------------------------------


def test_an_open_duty_is_addressed_to_the_heir_once(cast: Cast, land: Land) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    make_duty(campaign, in_days(-3), in_days(5), units=[land.tan_loc, land.tan_hoa])
    reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    assert addressed(land.tan_loc, land.tan_hoa, land.loc_hoa) == [land.loc_hoa.pk]
    assert [day.due for day in duties_open(land.loc_hoa.pk, on=today())] == [in_days(-3), in_days(5)]


def test_an_heir_that_was_addressed_itself_is_addressed_no_second_time(cast: Cast, land: Land) -> None:
    make_duty(make_campaign(cast.province, cast.users["head"]), in_days(5), units=[land.tan_loc, land.loc_hoa])
    reorganise({land.tan_loc: [land.loc_hoa]})
    assert addressed(land.tan_loc, land.loc_hoa) == [land.loc_hoa.pk]


def test_a_split_asks_every_successor(cast: Cast, land: Land) -> None:
    make_duty(make_campaign(cast.province, cast.users["head"]), in_days(5), units=[land.loc_hoa])
    reorganise({land.loc_hoa: [land.tan_loc, land.tan_hoa]})
    assert addressed(land.loc_hoa, land.tan_loc, land.tan_hoa) == sorted([land.tan_loc.pk, land.tan_hoa.pk])


def test_what_was_done_stays_under_the_old_name_and_is_not_asked_for_again(
    client: Client, cast: Cast, land: Land
) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    duty = make_duty(campaign, in_days(-3), in_days(5), units=[land.tan_loc, cast.office])
    first, second = duty.days.order_by("due")
    mark_done(day=first, unit=land.tan_loc, by=land.clerk, at=ago(4))
    reorganise({land.tan_loc: [land.loc_hoa]})
    assert [day.pk for day in duties_open(land.loc_hoa.pk, on=today())] == [second.pk]
    assert DutyDone.objects.filter(day=first, unit=land.tan_loc).exists()
    client.force_login(cast.users["clerk"])
    page = client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/{first.pk}/").content.decode()
    assert "UBND xã Tân Lộc đã làm" in page
    assert "UBND xã Tân Lộc" in page[page.index('id="before-title"') :]
    desk = client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/").content.decode()
    assert ("1/2 đơn vị đã làm" in desk, "0/2 đơn vị đã làm" in desk) == (True, True)


def test_what_only_one_of_two_had_done_is_still_asked_for(cast: Cast, land: Land) -> None:
    duty = make_duty(make_campaign(cast.province, cast.users["head"]), in_days(5), units=[land.tan_loc, land.tan_hoa])
    more = make_duty(duty.campaign, in_days(6), in_days(9), units=[land.tan_loc, land.tan_hoa])
    both = more.days.order_by("due").first()
    mark_done(day=duty.days.get(), unit=land.tan_loc, by=land.clerk, at=ago(1))
    for unit in (land.tan_loc, land.tan_hoa):
        mark_done(day=both, unit=unit, by=land.clerk, at=ago(1))
    reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    assert [day.due for day in duties_open(land.loc_hoa.pk, on=today())] == [in_days(5), in_days(9)]


def test_a_duty_wholly_done_stays_with_who_did_it(cast: Cast, land: Land) -> None:
    duty = make_duty(make_campaign(cast.province, cast.users["head"]), in_days(5), units=[land.tan_loc])
    mark_done(day=duty.days.get(), unit=land.tan_loc, by=land.clerk, at=ago(1))
    reorganise({land.tan_loc: [land.loc_hoa]})
    assert addressed(land.tan_loc, land.loc_hoa) == [land.tan_loc.pk]


def test_duties_of_campaigns_that_are_over_stay_where_they_were(cast: Cast, land: Land) -> None:
    campaign = make_campaign(cast.province, cast.users["head"], end=in_days(-1))
    make_duty(campaign, in_days(-3), units=[land.tan_loc])
    reorganise({land.tan_loc: [land.loc_hoa]})
    assert addressed(land.tan_loc, land.loc_hoa) == [land.tan_loc.pk]


def test_a_unit_that_nobody_goes_on_for_owes_nothing_any_more(cast: Cast, land: Land) -> None:
    make_duty(make_campaign(cast.province, cast.users["head"]), in_days(5), units=[land.tan_loc])
    reorganise({land.tan_loc: []})
    assert addressed(land.tan_loc, land.loc_hoa) == []


def test_the_heirs_people_mark_it_done(client: Client, cast: Cast, land: Land) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    duty = make_duty(campaign, in_days(5), units=[land.tan_loc], what="Tập huấn")
    reorganise({land.tan_loc: [land.loc_hoa]})
    client.force_login(land.clerk)
    day = duty.days.get()
    assert client.post(f"/nhiem-vu/{day.pk}/da-lam/", {"next": "/"}).status_code == 302
    assert DutyDone.objects.get(day=day).unit == land.loc_hoa


# Calendars ----------------------------------------------------------------------------------------------------------


def test_a_calendar_reads_on_for_the_heir_and_two_become_one(land: Land) -> None:
    first = open_address(unit=land.tan_loc, campaign=None, by=land.clerk, at=ago(9))
    second = open_address(unit=land.tan_hoa, campaign=None, by=land.clerk, at=ago(8))
    reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    rows = [CalendarAddress.objects.get(pk=one.pk) for one in (first, second)]
    assert [(row.unit, row.ended_at is None) for row in rows] == [(land.loc_hoa, True), (land.tan_hoa, False)]
    assert rows[0].nonce == first.nonce


# People's roles -----------------------------------------------------------------------------------------------------


def test_roles_end_with_the_unit_and_go_on_in_the_heir_the_next_day(land: Land) -> None:
    reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    yesterday = in_days(-1)
    rows = Membership.objects.filter(user=land.clerk).order_by("valid_from")
    assert list(rows.values_list("unit", "role", "valid_from", "valid_to")) == [
        (land.tan_loc.pk, "clerk", LONG_AGO, yesterday),
        (land.loc_hoa.pk, "clerk", today(), None),
    ]


def test_a_role_held_in_both_is_given_once(land: Land) -> None:
    give_role(user=land.clerk, unit=land.tan_hoa, role=Role.CLERK, on=LONG_AGO)
    reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    assert Membership.objects.filter(user=land.clerk, unit=land.loc_hoa).count() == 1


def test_a_role_that_begins_after_the_reform_begins_in_the_heir(land: Land) -> None:
    give_role(user=land.clerk, unit=land.tan_loc, role=Role.HEAD, on=in_days(20))
    reorganise({land.tan_loc: [land.loc_hoa]}, on=in_days(10))
    row = Membership.objects.get(user=land.clerk, role=Role.HEAD)
    assert (row.unit, row.valid_from) == (land.loc_hoa, in_days(20))


def test_roles_that_were_over_stay_as_they_were(land: Land) -> None:
    Membership.objects.filter(user=land.clerk).update(valid_to=in_days(-100))
    reorganise({land.tan_loc: [land.loc_hoa]})
    assert Membership.objects.get(user=land.clerk).valid_to == in_days(-100)


def test_without_an_heir_a_role_ends(client: Client, land: Land) -> None:
    reorganise({land.tan_loc: []})
    assert Membership.objects.get(user=land.clerk).valid_to == in_days(-1)


def test_a_delegation_goes_on_with_the_role_that_it_lends(cast: Cast, land: Land) -> None:
    lent = Delegation.objects.create(
        giver=land.head, to=land.clerk, unit=land.tan_hoa, role=Role.HEAD, given_at=ago(3),
        valid_from=in_days(-3), valid_to=in_days(4),
    )  # fmt: skip
    reorganise({land.tan_hoa: [land.loc_hoa]})
    lent.refresh_from_db()
    on = Delegation.objects.in_force(on=today()).get()
    assert (lent.valid_to, on.unit, on.valid_from, on.valid_to) == (in_days(-1), land.loc_hoa, today(), in_days(4))


# Back ---------------------------------------------------------------------------------------------------------------


def snapshot() -> list[object]:
    tables = (Campaign, PlanDocument, CalendarAddress, Membership, Delegation)
    rows: list[object] = [list(table.objects.order_by("pk").values()) for table in tables]
    rows.append(sorted(DutyUnit.objects.values_list("duty", "unit", "inherited_from")))
    rows.append(sorted(DutyDone.objects.values_list("day", "unit", "by", "at")))
    return rows


def test_put_back_everything_is_as_it_was(cast: Cast, land: Land) -> None:
    make_campaign(land.tan_loc, land.clerk)
    make_plan(land.tan_hoa, land.clerk)
    for unit in (land.tan_loc, land.tan_hoa):
        open_address(unit=unit, campaign=None, by=land.clerk, at=ago(9))
        give_role(user=land.clerk, unit=unit, role=Role.MEMBER, on=LONG_AGO)
    give_role(user=land.clerk, unit=land.tan_loc, role=Role.HEAD, on=in_days(3))
    duty = make_duty(
        make_campaign(cast.province, cast.users["head"]), in_days(-3), in_days(5), units=[land.tan_loc, land.tan_hoa]
    )
    for unit in (land.tan_loc, land.tan_hoa):
        mark_done(day=duty.days.order_by("due").first(), unit=unit, by=land.clerk, at=ago(1))
    before = snapshot()
    handovers = reorganise({land.tan_loc: [land.loc_hoa], land.tan_hoa: [land.loc_hoa]})
    assert snapshot() != before
    signals.put_back.send(sender=Reorganised, handovers=handovers)
    assert snapshot() == before


# An amendment after it ----------------------------------------------------------------------------------------------


def test_an_old_name_in_a_plan_leads_to_who_alone_goes_on(cast: Cast, land: Land) -> None:
    reorganise({land.tan_loc: [land.loc_hoa]})
    reached = register_of(cast.province.pk, on=today()).reach(Party(name="Ủy ban nhân dân xã Tân Lộc"))
    assert [body.pk for body in reached.units] == [land.loc_hoa.pk]


def test_an_old_name_of_several_successors_leads_to_none(cast: Cast, land: Land) -> None:
    reorganise({land.loc_hoa: [land.tan_loc, land.tan_hoa]})
    assert register_of(cast.province.pk, on=today()).reach(Party(name="UBND xã Lộc Hòa")).units == ()


def test_an_amendment_leaves_a_duty_with_those_who_took_it_over(cast: Cast) -> None:
    """Split, so that the old name leads to nobody any more; the words that give the duty are the same."""
    campaign = launched(cast)
    new = [
        create_unit(code=code, name=name, kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
        for code, name in (("A", "Sở Mới"), ("B", "Sở Khác"))
    ]
    reorganise({cast.office: new})
    report = Duty.objects.get(campaign=campaign, what__contains="Sở Thử báo cáo", nature="deadline")
    text = PLAN.replace("7/KH", "30/KH").replace("20 tháng 12 năm 2030", "25 tháng 12 năm 2030")
    edition = prepared(reviewed(cast, text, amends=campaign), cast)
    assert launch(edition=edition, by=cast.users["head"], at=timezone.now())
    report.refresh_from_db()
    assert sorted(report.addressed.values_list("unit", flat=True)) == sorted(unit.pk for unit in new)
    assert [day.due.isoformat() for day in report.days.filter(ended_by__isnull=True)] == ["2030-12-25"]


def test_an_amendment_asks_an_heir_for_nothing_that_was_done(cast: Cast) -> None:
    """The departments are meant as a group: the heir is one of them now, and the old unit none any more."""
    campaign = launched(cast)
    sent = DutyDay.objects.get(duty__campaign=campaign, duty__what__contains="gửi kế hoạch")
    mark_done(day=sent, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    new = create_unit(code="A", name="Sở Mới", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    reorganise({cast.office: [new]})
    text = PLAN.replace("7/KH", "30/KH").replace("99%", "99,5%")
    edition = prepared(reviewed(cast, text, amends=campaign), cast)
    assert launch(edition=edition, by=cast.users["head"], at=timezone.now())
    assert list(DutyDone.objects.filter(day=sent).order_by("pk").values_list("unit", "inherited_from")) == [
        (cast.office.pk, None),
        (new.pk, cast.office.pk),
    ]
