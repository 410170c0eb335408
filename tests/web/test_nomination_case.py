"""One nomination on one page: what is judged and why, what the unit sent, who holds it, for each who reads it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from thidua_web.eligibility.actions.facts import record_fact
from thidua_web.nominations.models import Claim, ConflictDeclaration, Nomination, Objection, StoredAssessment
from thidua_web.nominations.pages import case_strip
from thidua_web.nominations.stages import NominationState
from thidua_web.register.models import AwardRecord, Rating
from web.appraised import a_file, a_head, a_second, act, in_hand, lodged, prepared, said
from web.cast import Cast


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    """Lodged with the province, with one claim that is proved by one file."""
    return lodged(cast)


def page(row: Nomination) -> str:
    return reverse("nominations:nomination", args=[row.pk])


def read(client: Client, user: Any, row: Nomination) -> str:
    client.force_login(user)
    answer = client.get(page(row))
    assert answer.status_code == 200
    return said(answer)


# What it says


def test_it_says_who_for_what_and_where_it_stands(client: Client, cast: Cast, nomination: Nomination) -> None:
    words = read(client, cast.users["appraiser"], nomination)
    for part in (
        "Nguyễn Thị Hòa", "Chiến sĩ thi đua cơ sở", "Sở Thử", "Chờ tiếp nhận", "Số hóa 12.000 hồ sơ", "quyet-dinh.pdf",
        "Đang ở UBND tỉnh Thử",
    ):  # fmt: skip
        assert part in words


def test_every_clause_has_its_place_in_the_law_and_its_facts_their_records(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    person = nomination.person
    Rating.objects.create(person=person, year=nomination.year, level="excellent", track="state", paper="88/QĐ-ST")
    words = read(client, cast.users["appraiser"], nomination)
    assert "/phap-luat/van-ban/06-2022-qh15/#dieu-23" in words
    assert f"/nguoi/{person.pk}/#ratings-title" in words
    assert "88/QĐ-ST" in words


def test_life_is_told_by_year(client: Client, cast: Cast, nomination: Nomination) -> None:
    AwardRecord.objects.create(person=nomination.person, award="LDTT", title="Lao động tiên tiến", year=2019)
    Rating.objects.create(person=nomination.person, year=2018, level="good", track="party")
    words = read(client, cast.users["auditor"], nomination)
    assert words.index(">2019<") < words.index(">2018<")
    assert "Lao động tiên tiến" in words


# Who reads it


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("appraiser", ["Tiếp nhận hồ sơ", "Trả lại hồ sơ", "Phân công"]),
        ("head", []),
        ("auditor", []),
        ("council_secretary", []),
        ("neighbour", []),
    ],
)
def test_everybody_sees_their_own_acts(
    client: Client, cast: Cast, nomination: Nomination, who: str, may: list[str]
) -> None:
    words = read(client, cast.users[who], nomination)
    for button in ("Tiếp nhận hồ sơ", "Trả lại hồ sơ", "Phân công"):
        assert (f">{button}<" in words) is (button in may)
    if not may:
        assert "bạn chỉ xem" in words


def test_the_units_head_may_pull_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    assert "Rút đề nghị" in read(client, a_head(cast), nomination)


def test_a_stranger_sees_nothing(client: Client, cast: Cast, nomination: Nomination) -> None:
    client.force_login(cast.users["stranger"])
    assert client.get(page(nomination)).status_code == 404


def test_a_draft_is_for_its_unit_and_those_above(client: Client, cast: Cast) -> None:
    row = prepared(cast)
    words = read(client, cast.users["neighbour"], row)
    assert "Đang lập hồ sơ" in words
    assert ">Soạn hồ sơ<" in words
    assert "bạn chỉ xem" not in words
    client.force_login(cast.users["administrator"])
    assert client.get(page(row)).status_code == 403


def test_objections_are_for_those_who_handle_them(client: Client, cast: Cast, nomination: Nomination) -> None:
    Objection.objects.create(
        nomination=nomination, words="Công của cả tổ", received_on=timezone.localdate(), at=timezone.now()
    )
    for who, sees in (("appraiser", True), ("head", True), ("auditor", False), ("neighbour", False)):
        assert ("Công của cả tổ" in read(client, cast.users[who], nomination)) is sees


def test_discipline_is_told_to_those_who_need_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    since = timezone.localdate() - datetime.timedelta(days=30)
    record_fact(
        of=nomination.person, kind="discipline", code="warning", since=since, paper="99/QĐ-KL",
        by=cast.users["clerk"], at=timezone.now(),
    )  # fmt: skip
    for who, sees in (("appraiser", True), ("neighbour", True), ("auditor", False), ("member", False)):
        words = read(client, cast.users[who], nomination)
        assert ("99/QĐ-KL" in words) is sees
        assert ("chỉ người cần đến mới xem được" in words) is not sees


# Conflicts of interest


def test_whoever_has_a_conflict_reads_and_does_nothing(client: Client, cast: Cast, nomination: Nomination) -> None:
    who = cast.users["appraiser"]
    ConflictDeclaration.objects.create(user=who, nomination=nomination, kind="kin", words="vợ", at=timezone.now())
    words = read(client, who, nomination)
    assert "Bạn có xung đột lợi ích nên chỉ xem" in words
    assert "Tiếp nhận hồ sơ<" not in words
    for name in ("accept", "send_back", "ask", "recommend", "not_recommend", "lower", "verdicts"):
        answer = act(client, who, name, nomination, words="x")
        assert answer.status_code == 403
        assert "Bạn có xung đột lợi ích với hồ sơ này" in said(answer)
        assert "36/2018/QH14" in said(answer)
    assert nomination.state == NominationState.LODGED


def test_whoever_prepared_it_does_not_judge_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    who = cast.users["appraiser"]
    nomination.submission.prepared_by = who
    nomination.submission.save()
    assert act(client, who, "accept", nomination).status_code == 403


def test_somebody_with_a_conflict_is_not_given_the_case(client: Client, cast: Cast, nomination: Nomination) -> None:
    second = a_second(cast)
    ConflictDeclaration.objects.create(user=second, nomination=nomination, kind="kin", words="em", at=timezone.now())
    answer = act(client, cast.users["appraiser"], "assign", nomination, appraiser=second.pk)
    assert answer.status_code == 422
    assert "Người second có xung đột lợi ích" in said(answer)


# Earlier days


def test_what_was_stored_stands_beside_today(client: Client, cast: Cast, nomination: Nomination) -> None:
    act(client, cast.users["appraiser"], "accept", nomination)
    Rating.objects.create(person=nomination.person, year=nomination.year, level="excellent", track="state")
    stored = StoredAssessment.objects.get()
    words = said(client.get(reverse("nominations:stored_assessment", args=[nomination.pk, stored.pk])))
    assert "Khi tiếp nhận" in words
    assert "đã đổi" in words


# The strip


@pytest.mark.parametrize(
    ("state", "received", "ahead"),
    [
        ("lodged", False, ["in_appraisal", "recommended"]),
        ("in_appraisal", True, ["recommended"]),
        ("asked", True, ["in_appraisal", "recommended"]),
        ("returned", False, ["lodged", "in_appraisal", "recommended"]),
        ("recommended", True, []),
        ("withdrawn", False, []),
    ],
)
def test_the_strip_follows_the_stage_table(cast: Cast, state: str, received: bool, ahead: list[str]) -> None:
    row = in_hand(cast)
    row.state, row.received_on = state, row.received_on if received else None
    steps = case_strip.strip(row, [])
    now = [step.state for step in steps].index("now")
    assert steps[now].label == NominationState(state).label
    assert [step.label for step in steps[now + 1 :]] == [NominationState(one).label for one in ahead]


# As many as there are


def test_sixty_files_cost_no_more_than_one(client: Client, cast: Cast) -> None:
    row = in_hand(cast)
    client.force_login(cast.users["appraiser"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(row)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for place in range(2, 21):
        claim = Claim.objects.create(nomination=row, place=place, words=f"Thành tích {place}")
        for _ in range(3):
            a_file(row, claim=claim)
    assert asked() == few


def test_a_report_that_says_nothing_is_missing_among_the_papers(client: Client, cast: Cast) -> None:
    row = lodged(cast, sections={"achieved": "  "})
    words = read(client, cast.users["appraiser"], row)
    assert "Lập trên hệ thống" not in words
    assert "Thiếu</span>" in words


def test_what_is_not_sure_of_the_list_of_papers_is_said_beneath_it(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    """The decree's list for the title comes from a copy since 01/07/2025; the one before was read whole."""
    Nomination.objects.filter(pk=nomination.pk).update(lodged_on=datetime.date(2025, 12, 5))
    words = read(client, cast.users["appraiser"], nomination)
    assert "Danh mục hồ sơ của hình thức này lấy từ bản chưa kiểm chứng" in words.partition('id="papers-title"')[2]
    Nomination.objects.filter(pk=nomination.pk).update(lodged_on=datetime.date(2024, 12, 5))
    assert "Danh mục hồ sơ của hình thức này" not in read(client, cast.users["appraiser"], nomination)
