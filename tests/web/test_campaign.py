"""The page of a launched campaign, the list of campaigns, and the documents behind them."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.campaigns.models import Campaign, Edition, PlanDocument
from thidua_web.register.actions.units import create_unit
from web.cast import LONG_AGO, Cast, make_user
from web.launching import PLAN, launched, prepared, reviewed


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return launched(cast)


def page_of(client: Client, cast: Cast, user: str, path: str) -> str:
    client.force_login(cast.users[user])
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# Who sees it ---------------------------------------------------------------------------------------------------------


def test_the_unit_and_those_below_see_it(client: Client, cast: Cast, campaign: Campaign) -> None:
    for user in ("clerk", "auditor", "neighbour"):
        assert "Phát động phong trào thi đua năm 2030" in page_of(client, cast, user, f"/phong-trao/{campaign.pk}/")


@pytest.mark.parametrize("path", ["/phong-trao/{}/", "/phong-trao/{}/nhiem-vu/", "/phong-trao/{}/van-ban/1/"])
def test_strangers_learn_nothing(client: Client, cast: Cast, campaign: Campaign, path: str) -> None:
    client.force_login(cast.users["stranger"])
    assert client.get(path.format(campaign.pk)).status_code == client.get(path.format(999)).status_code == 404


def test_a_unit_beside_does_not_see_it_and_one_above_does(client: Client, cast: Cast) -> None:
    beside = create_unit(code="T-2", name="Sở Bên", kind="department", parent=cast.province, valid_from=LONG_AGO)
    user = make_user("beside")
    give_role(user=user, unit=beside, role=Role.CLERK, on=LONG_AGO)
    own = launched(cast, unit=cast.office)
    client.force_login(user)
    assert client.get(f"/phong-trao/{own.pk}/").status_code == 404
    client.force_login(cast.users["clerk"])
    assert client.get(f"/phong-trao/{own.pk}/").status_code == 200


def test_a_member_without_the_permission_is_told_so(client: Client, cast: Cast, campaign: Campaign) -> None:
    client.force_login(cast.users["administrator"])
    assert client.get(f"/phong-trao/{campaign.pk}/").status_code == 403


def test_before_the_launch_it_leads_those_inside_to_the_launch_and_nobody_else(client: Client, cast: Cast) -> None:
    edition = prepared(reviewed(cast), cast)
    client.force_login(cast.users["clerk"])
    assert (
        client.get(f"/phong-trao/{edition.campaign_id}/")["Location"] == f"/ke-hoach/{edition.document_id}/phat-dong/"
    )
    client.force_login(cast.users["neighbour"])
    assert client.get(f"/phong-trao/{edition.campaign_id}/").status_code == 404
    assert "thi đua năm 2030" not in page_of(client, cast, "neighbour", "/phong-trao/")


# What it shows -------------------------------------------------------------------------------------------------------


def test_it_shows_stage_timeline_duties_targets_and_offers(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "clerk", f"/phong-trao/{campaign.pk}/")
    for words in ("7/KH-UBND", "Đợt 1", "20/12/2030", "99%", "Bằng khen", "Người head"):
        assert words in page
    assert re.search(r'aria-current="step"><span class="step-name">Phát động', page)


def test_it_shows_the_conditions_with_the_way_to_their_words(client: Client, cast: Cast) -> None:
    gate = "3. Đơn vị không tổ chức phát động, tổng kết thì không được xét khen thưởng.\n"
    campaign = launched(cast, PLAN + gate)

    page = page_of(client, cast, "clerk", f"/phong-trao/{campaign.pk}/")

    section = page[page.index('id="conditions-title"') :].partition("</section>")[0]
    assert "Đơn vị không tổ chức phát động, tổng kết thì không được xét khen thưởng." in section
    assert "phát động, sơ kết, tổng kết" in section
    assert "#w-conditions-1" in section


def test_a_campaign_launched_before_conditions_were_read_is_shown_without_them(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    edition = Edition.objects.get(campaign=campaign)
    del edition.plan["conditions"]
    edition.save()

    assert 'id="conditions-title"' not in page_of(client, cast, "clerk", f"/phong-trao/{campaign.pk}/")


def test_what_presses_stands_on_top(client: Client, cast: Cast) -> None:
    soon = timezone.localdate() + datetime.timedelta(days=3)
    campaign = launched(cast, PLAN.replace("20 tháng 12 năm 2030", f"{soon.day} tháng {soon.month} năm {soon.year}"))
    page = page_of(client, cast, "clerk", f"/phong-trao/{campaign.pk}/")
    pressing = page[page.index("pressing-title") : page.index("papers-title")]
    assert "Sở Thử báo cáo kết quả" in pressing


def test_every_part_leads_to_its_words(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "neighbour", f"/phong-trao/{campaign.pk}/")
    paper = page_of(client, cast, "neighbour", f"/phong-trao/{campaign.pk}/van-ban/1/")
    keys = set(re.findall(rf'href="/phong-trao/{campaign.pk}/van-ban/1/#w-([^"]+)"', page))
    assert {"periods-1", "deadlines-1", "targets-1", "award_forms-1"} <= keys
    assert all(f'id="w-{key}"' in paper for key in keys)


def test_the_paper_cannot_be_changed(client: Client, cast: Cast, campaign: Campaign) -> None:
    paper = page_of(client, cast, "clerk", f"/phong-trao/{campaign.pk}/van-ban/1/")
    assert ("data-do=" in paper, "Đã đối chiếu" in paper) == (False, True)


def test_an_edition_that_was_never_launched_has_no_paper(client: Client, cast: Cast, campaign: Campaign) -> None:
    client.force_login(cast.users["clerk"])
    assert client.get(f"/phong-trao/{campaign.pk}/van-ban/2/").status_code == 404


def test_parent_and_child_lead_to_each_other_where_both_are_seen(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    plan = reviewed(cast, PLAN.replace("7/KH", "9/KH"), unit=cast.office)
    PlanDocument.objects.filter(pk=plan.pk).update(parent=PlanDocument.objects.get(unit=cast.province))
    plan.refresh_from_db()
    from thidua_web.campaigns.actions.launches import launch

    launch(edition=prepared(plan, cast), by=cast.users["head"], at=timezone.now())
    child = Campaign.objects.get(unit=cast.office)
    assert f'href="/phong-trao/{campaign.pk}/"' in page_of(client, cast, "neighbour", f"/phong-trao/{child.pk}/")
    assert f'href="/phong-trao/{child.pk}/"' in page_of(client, cast, "neighbour", f"/phong-trao/{campaign.pk}/")
    above = page_of(client, cast, "clerk", f"/phong-trao/{campaign.pk}/")
    assert ("Sở Thử" in above, f'href="/phong-trao/{child.pk}/"' in above) == (True, False)


def test_the_page_asks_as_often_for_many_as_for_one(client: Client, cast: Cast, django_assert_max_num_queries) -> None:
    asked = []
    client.force_login(cast.users["neighbour"])
    for n in (1, 3):
        more = "".join(f"{i}. Sở Thử báo cáo lần {i} trước ngày {i} tháng 12 năm 2030.\n" for i in range(3, 3 + n))
        campaign = launched(cast, PLAN + more)
        with django_assert_max_num_queries(60) as queries:
            client.get(f"/phong-trao/{campaign.pk}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


# The list ------------------------------------------------------------------------------------------------------------


def test_the_list_holds_what_runs_with_its_next_deadline(client: Client, cast: Cast, campaign: Campaign) -> None:
    for user in ("clerk", "neighbour"):
        page = page_of(client, cast, user, "/phong-trao/")
        assert ("7/KH-UBND" in page, "15/02/2030" in page, "Đang thực hiện" in page) == (True, True, True)


def test_what_is_over_stands_apart(client: Client, cast: Cast, campaign: Campaign) -> None:
    Campaign.objects.update(end=timezone.localdate() - datetime.timedelta(days=1))
    assert "Đã kết thúc" in page_of(client, cast, "clerk", "/phong-trao/")


def test_what_is_prepared_is_listed_inside_the_unit(client: Client, cast: Cast) -> None:
    edition = prepared(reviewed(cast), cast)
    assert f'href="/ke-hoach/{edition.document_id}/phat-dong/"' in page_of(client, cast, "clerk", "/phong-trao/")


def test_an_empty_list_says_what_will_be_there(client: Client, cast: Cast) -> None:
    assert "Chưa có phong trào nào" in page_of(client, cast, "clerk", "/phong-trao/")


def test_the_list_asks_as_often_for_three_as_for_one(client: Client, cast: Cast, django_assert_max_num_queries) -> None:
    asked = []
    client.force_login(cast.users["neighbour"])
    for n in (1, 2, 3):
        launched(cast, PLAN.replace("7/KH", f"{n}/KH"))
        with django_assert_max_num_queries(30) as queries:
            client.get("/phong-trao/")
        asked.append(len(queries))
    assert len(set(asked)) == 1
