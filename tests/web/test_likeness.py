"""Works that look alike: found among all of the campaign's family and in its plan, shown with why and whose."""

from __future__ import annotations

import pytest
from django.test import Client

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, Edition
from thidua_web.progress.models import PledgedWork
from thidua_web.progress.queries.likeness import family, near
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitKind
from web.cast import LONG_AGO, Cast, make_user
from web.launched import make_campaign
from web.pledging import asking, fields, make_pledge, offered, page_of, work


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return asking(cast)


@pytest.fixture
def other(cast: Cast) -> Unit:
    return create_unit(
        code="X", name="Sở Giao thông", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO
    )


@pytest.fixture
def somebody(other: Unit) -> User:
    user = make_user("giaothong")
    give_role(user=user, unit=other, role=Role.CLERK, on=LONG_AGO)
    return user


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def ask(client: Client, campaign: Campaign, cast: Cast, name: str, **more: str) -> str:
    return client.get(page_of(campaign, cast.office, "giong/"), {"ten": name, **more}).content.decode()


def test_while_a_name_is_written_others_like_it_are_shown_with_whose_and_why(
    unit: Client, campaign: Campaign, cast: Cast, other: Unit, somebody: User
) -> None:
    make_pledge(campaign, other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    said = ask(unit, campaign, cast, "Đầu tư xây mới cầu Ba Si")
    assert ("Xây dựng cầu Ba Si xã Tân Lộc" in said, "Sở Giao thông" in said, "reason-for" in said) == (True,) * 3


def test_another_bridge_is_another_work(
    unit: Client, campaign: Campaign, cast: Cast, other: Unit, somebody: User
) -> None:
    make_pledge(campaign, other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    assert "alike" not in ask(unit, campaign, cast, "Xây dựng cầu Láng Thé")


def test_without_marks_it_is_found_too(
    unit: Client, campaign: Campaign, cast: Cast, other: Unit, somebody: User
) -> None:
    make_pledge(campaign, other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    assert "Sở Giao thông" in ask(unit, campaign, cast, "xay dung cau ba si")


def test_the_unit_above_is_led_to_the_pledge_and_a_unit_beside_is_not(
    unit: Client, campaign: Campaign, cast: Cast, other: Unit, somebody: User
) -> None:
    make_pledge(campaign, other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    above = Client()
    above.force_login(cast.users["clerk"])
    page = page_of(campaign, other)
    assert f'href="{page}' in ask(above, campaign, cast, "Cầu Ba Si, xã Tân Lộc")
    assert f'href="{page}' not in ask(unit, campaign, cast, "Cầu Ba Si, xã Tân Lộc")


def test_ones_own_row_is_not_like_itself(unit: Client, campaign: Campaign, cast: Cast) -> None:
    pledge = make_pledge(campaign, cast.office, cast.users["neighbour"], "Xây dựng cầu Ba Si")
    row = pledge.works.get()
    assert "alike" not in ask(unit, campaign, cast, "Xây dựng cầu Ba Si", dong=str(row.token))
    assert "alike" in ask(unit, campaign, cast, "Xây dựng cầu Ba Si")


def test_works_that_the_plan_names_are_looked_at_too(unit: Client, campaign: Campaign, cast: Cast) -> None:
    edition = Edition.objects.get(campaign=campaign)
    words = {"document": edition.document_id, "quote": "Khởi công Sân vận động tỉnh", "span": [0, 27]}
    item = {
        "key": "projects-1",
        "words": words,
        "project": {"quote": words["quote"], "span": [0, 27], "name": "Sân vận động (mới) tỉnh", "milestone": "start"},
    }
    Edition.objects.filter(pk=edition.pk).update(plan={**edition.plan, "works": [item]})
    said = ask(unit, campaign, cast, "Xây dựng sân vận động tỉnh")
    assert ("Sân vận động (mới) tỉnh" in said, campaign.number in said) == (True, True)


def test_the_whole_family_of_campaigns_is_searched(campaign: Campaign, cast: Cast, other: Unit, somebody: User) -> None:
    below = make_campaign(other, somebody)
    Campaign.objects.filter(pk=below.pk).update(parent=campaign)
    make_pledge(Campaign.objects.get(pk=below.pk), other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    apart = make_campaign(cast.office, cast.users["neighbour"])
    assert near("Cầu Ba Si xã Tân Lộc", within=family(campaign))
    assert not near("Cầu Ba Si xã Tân Lộc", within=family(apart))


def test_a_save_keeps_what_it_looks_like_and_the_word_about_it(
    unit: Client, campaign: Campaign, cast: Cast, other: Unit, somebody: User
) -> None:
    make_pledge(campaign, other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    row = work("Cầu Ba Si xã Tân Lộc")
    unit.post(page_of(campaign, cast.office, "luu/"), fields(offered(campaign), [row]))
    page = unit.get(page_of(campaign, cast.office)).content.decode()
    assert ("Giống 1 công trình đã có" in page, "Đề nghị ghi khác ở chỗ nào" in page) == (True, True)
    told = fields(offered(campaign), [{**row, "unlike": "Cầu dành cho người đi bộ"}], seen=1)
    unit.post(page_of(campaign, cast.office, "luu/"), told)
    page = unit.get(page_of(campaign, cast.office)).content.decode()
    assert ("Cầu dành cho người đi bộ" in page, "Đề nghị ghi khác ở chỗ nào" in page) == (True, False)


def test_a_work_that_is_renamed_is_found_by_its_new_name(campaign: Campaign, other: Unit, somebody: User) -> None:
    make_pledge(campaign, other, somebody, "Xây dựng cầu Ba Si xã Tân Lộc")
    row = PledgedWork.objects.get()
    row.name = "Trạm bơm Láng Thé"
    row.save()
    assert not near("Cầu Ba Si xã Tân Lộc", within=family(campaign))
    assert near("Trạm bơm Láng Thé", within=family(campaign))
    row.delete()
    assert not near("Trạm bơm Láng Thé", within=family(campaign))
