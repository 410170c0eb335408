"""Who is nominated and who passes, by group, with honest warnings; whose dossiers come back, and for what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.nominations.models import Nomination, Return
from thidua_web.register.models import Person, SensitiveData
from thidua_web.register.sealing import owner_of, seal
from web.cast import Cast
from web.nominated import a_nomination, a_submission, lodged

pytestmark = pytest.mark.django_db
FAIR, BACK = "/tham-dinh/cong-bang/", "/tham-dinh/tra-lai/"


def people(cast: Cast, number: int, state: str, *, group: str = "", sex: str = "", ethnicity: str = "") -> None:
    submission = a_submission(cast.office, cast.province, cast.users["neighbour"])
    for place in range(number):
        one = a_nomination(submission, f"Người {group} {state} {place}")
        lodged(one, state)
        Person.objects.filter(pk=one.person_id).update(sex=sex)
        if group:
            RecordedFact.objects.create(
                person=one.person, kind=FactKind.GROUP, code=group, by_name="x", at=timezone.now()
            )
        if ethnicity:
            sealed = seal({"ethnicity": ethnicity}, owner=owner_of(one.person_id or 0))
            SensitiveData.objects.create(person=one.person, sealed=sealed)


def shown(client: Client, cast: Cast, role: str = "appraiser", page: str = FAIR) -> Any:
    client.force_login(cast.users[role])
    return client.get(page)


def line(answer: Any, title: str, label: str) -> Any:
    part = next(one for one in answer.context["parts"] if one.title == title)
    return next(one for one in part.lines if one.label == label)


POSTS = "Lãnh đạo và người trực tiếp lao động, công tác"


def test_shares_are_told_with_what_they_leave_open(client: Client, cast: Cast) -> None:
    people(cast, 12, "recommended", group="leader")
    people(cast, 4, "recommended", group="direct")
    people(cast, 8, "not_recommended", group="direct")
    answer = shown(client, cast)
    leaders, direct = line(answer, POSTS, "Lãnh đạo, quản lý"), line(answer, POSTS, "Trực tiếp lao động, công tác")
    assert (leaders.percent, direct.percent) == (100, 33)
    assert 0 < direct.share.low < direct.share.share < direct.share.high < 1
    part = next(one for one in answer.context["parts"] if one.title == POSTS)
    assert len(part.said) == 1


def test_few_are_not_made_into_a_share_and_silence_is_no_no(client: Client, cast: Cast) -> None:
    people(cast, 3, "recommended", group="leader")
    people(cast, 2, "recommended")
    answer = shown(client, cast)
    assert line(answer, POSTS, "Lãnh đạo, quản lý").percent is None
    assert line(answer, POSTS, "Chưa ghi nhận").share.nominated == 2
    assert "Quá ít để tính" in answer.content.decode()


def test_what_is_open_is_nominated_and_not_decided(client: Client, cast: Cast) -> None:
    people(cast, 2, "in_appraisal", sex="female")
    women = line(shown(client, cast), "Nữ và nam", "Nữ").share
    assert (women.nominated, women.decided) == (2, 0)


def test_ethnicity_is_counted_for_those_who_may_see_it_alone(client: Client, cast: Cast) -> None:
    people(cast, 2, "recommended", ethnicity="Tày")
    answer = shown(client, cast)
    assert line(answer, "Dân tộc", "Dân tộc thiểu số").share.nominated == 2
    auditor = shown(client, cast, "auditor")
    assert "Dân tộc" not in [part.title for part in auditor.context["parts"]]
    assert "Dân tộc thiểu số" not in auditor.content.decode()


def test_area_is_that_of_the_nearest_unit_that_says_it(client: Client, cast: Cast) -> None:
    people(cast, 12, "recommended")
    office, above = (
        RecordedFact(unit=unit, kind=FactKind.AREA, code=code, by_name="x", at=timezone.now())
        for unit, code in ((cast.office, "border"), (cast.province, "elsewhere"))
    )
    assert line(shown(client, cast), "Địa bàn", "Chưa ghi nhận").share.nominated == 12
    above.save()
    assert line(shown(client, cast), "Địa bàn", "Địa bàn khác").percent == 100
    office.save()
    answer = shown(client, cast)
    part = next(one for one in answer.context["parts"] if one.title == "Địa bàn")
    told = [(one.label, one.share.nominated) for one in part.lines]
    assert told == [("Biên giới, trên biển, hải đảo, vùng đặc biệt khó khăn", 12)]
    assert "trang Dữ kiện xét khen thưởng của đơn vị" in answer.content.decode()
    office.withdrawn_at = timezone.now()
    office.save()
    assert line(shown(client, cast), "Địa bàn", "Địa bàn khác").share.nominated == 12


def test_returns_are_counted_by_unit_and_reason(client: Client, cast: Cast) -> None:
    people(cast, 2, "returned")
    first, second = Nomination.objects.order_by("pk")
    for one, codes in (
        (first, ["report_weak", "paper_missing"]),
        (first, ["paper_missing"]),
        (second, ["paper_missing"]),
    ):
        Return.objects.create(
            nomination=one, codes=codes, by=cast.users["appraiser"], at=timezone.now(), on=timezone.localdate()
        )
    answer = shown(client, cast, page=BACK)
    ((unit, _codes),) = answer.context["lines"]
    assert (unit.unit, unit.lodged, unit.returned, unit.times) == (cast.office, 2, 2, 3)
    assert answer.context["reasons"][0][1] == 3


@pytest.mark.parametrize("many", [1, 3])
def test_both_views_ask_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    people(cast, many, "recommended", group="leader", ethnicity="Tày")
    shown(client, cast)
    for page, queries in ((FAIR, 13), (BACK, 10)):
        with django_assert_num_queries(queries):
            client.get(page)
