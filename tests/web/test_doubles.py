"""One deed, one award: what was commended twice, and reports that repeat another's text."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.eligibility.actions import deeds as actions
from thidua_web.eligibility.models import Deed, DeedRepeat
from thidua_web.eligibility.queries import doubles as queries
from thidua_web.eligibility.queries.repeats import noted
from thidua_web.register.models import AwardRecord, Person, Unit
from web.cast import Cast
from web.register_rows import make_person

RESCUE = "Dũng cảm cứu ba người bị lũ cuốn ở ngầm Suối Mây đêm 12 tháng 9"
REPORT = """Đêm 12 tháng 9 năm 2025, khi nước lũ tràn qua ngầm Suối Mây, anh đã dùng dây thừng buộc vào gốc cây,
bơi ra giữa dòng cứu từng người một và đưa cả ba người lên bờ an toàn trước khi chiếc xe bị cuốn trôi.
Sau đó anh ở lại cùng dân quân dựng rào chắn hai đầu ngầm đến sáng."""
QUERIES = 11
COPIED = REPORT.replace("anh", "chị").replace("Suối Mây", "Vàm Sen")
OWN = """Từ đầu năm, chị tổ chức mười lớp học buổi tối cho công nhân khu nhà trọ, vận động giáo viên nghỉ hưu đứng lớp,
xin được hai trăm bộ sách giáo khoa cũ và giữ lớp đều ba buổi mỗi tuần."""


@pytest.fixture
def appraiser(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["appraiser"])
    return client


def write(cast: Cast, of: Person | Unit, title: str, text: str = "") -> Deed:
    since, until = datetime.date(2025, 9, 1), datetime.date(2025, 9, 30)
    said = {"title": title, "text": text, "since": since, "until": until}
    return actions.record_deed(of=of, by=cast.users["clerk"], at=timezone.now(), **said)


def give(of: Person | Unit, title: str, year: int, merit: str = "", award: str = "GIAY_KHEN") -> AwardRecord:
    whose = {"unit": of} if isinstance(of, Unit) else {"person": of}
    return AwardRecord.objects.create(**whose, title=title, award=award, year=year, merit=merit, decision=f"{year}/QĐ")


def link(cast: Cast, award: AwardRecord, deed: Deed) -> None:
    said = {"by": cast.users["clerk"], "at": timezone.now()}
    actions.note_award(award=award, merit="sudden", code=award.award, deed=deed, **said)


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_deed_with_two_awards_is_told_with_its_article(appraiser: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lò Thị Hạnh")
    deed = write(cast, person, RESCUE)
    for award in (give(person, "Giấy khen", 2025), give(person, "Bằng khen", 2026, award="BANG_KHEN_TINH")):
        link(cast, award, deed)
    page = seen(appraiser, "/thanh-tich/trung/")
    assert "cùng một thành tích" in page
    assert "điểm c khoản 2 Điều 5" in page
    assert "/phap-luat/van-ban/06-2022-qh15/#dieu-5" in page


def test_the_same_words_of_two_decisions_may_be_one_deed(appraiser: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lò Thị Hạnh")
    give(person, "Giấy khen", 2025, RESCUE)
    give(
        person,
        "Bằng khen",
        2026,
        "Đã dũng cảm cứu ba người bị lũ cuốn ở ngầm Suối Mây, đêm 12 tháng 9",
        "BANG_KHEN_TINH",
    )
    give(person, "Giấy khen", 2026, "Sáng kiến quản lý hồ sơ điện tử một cửa")
    found = queries.doubles(Unit.objects.all())
    assert [sorted(side.award.year for side in (one.first, one.second)) for one in found.reuses] == [[2025, 2026]]
    assert "có thể là một" in seen(appraiser, "/thanh-tich/trung/")


def test_what_the_successor_is_commended_for_is_held_against_what_came_before(cast: Cast) -> None:
    old = Unit.objects.create(
        name="Ủy ban nhân dân xã Cũ", code="XC", kind="commune", valid_from=datetime.date(2000, 1, 1)
    )
    old.successors.add(cast.office)
    give(old, "Giấy khen", 2024, "Xây dựng cầu Suối Mây dài 120 m bằng sức dân")
    give(cast.office, "Bằng khen", 2026, "Xây dựng cầu Suối Mây dài 120 m bằng sức dân", "BANG_KHEN_TINH")
    assert len(queries.doubles(Unit.objects.filter(pk=cast.office.pk)).reuses) == 1


def test_a_report_that_repeats_anothers_is_noted_when_it_is_written(appraiser: Client, cast: Cast) -> None:
    first = write(cast, make_person(cast.office, "Lò Văn Hùng"), "Cứu người", REPORT)
    write(cast, make_person(cast.office, "Vàng Thị Mai"), "Dạy học", OWN)
    second = write(cast, make_person(cast.office, "Lò Thị Hạnh"), "Cứu người", COPIED)
    row = DeedRepeat.objects.get()
    assert (row.deed, row.other, row.share > 60) == (second, first, True)
    assert "Lò Thị Hạnh" in seen(appraiser, "/thanh-tich/bao-cao-trung/")
    page = seen(appraiser, f"/thanh-tich/bao-cao-trung/{row.pk}/")
    assert page.count('<mark id="s1-') == page.count('<mark id="s2-') > 0
    assert "bơi ra giữa dòng" in page


def test_a_report_written_twice_by_one_and_the_same_is_one(cast: Cast) -> None:
    person = make_person(cast.office, "Lò Văn Hùng")
    assert write(cast, person, "Cứu người", REPORT) == write(cast, person, "Cứu người", REPORT)
    assert not DeedRepeat.objects.exists()


def test_what_was_taken_back_is_compared_no_more(appraiser: Client, cast: Cast) -> None:
    first = write(cast, make_person(cast.office, "Lò Văn Hùng"), "Cứu người", REPORT)
    second = write(cast, make_person(cast.office, "Lò Thị Hạnh"), "Cứu người", COPIED)
    actions.withdraw_deed(deed=first, by=cast.users["clerk"], at=timezone.now())
    assert "Không báo cáo nào chép của nhau" in seen(appraiser, "/thanh-tich/bao-cao-trung/")
    row = DeedRepeat.objects.get(deed=second)
    assert appraiser.get(f"/thanh-tich/bao-cao-trung/{row.pk}/").status_code == 404


def test_both_sides_must_be_in_reach(client: Client, cast: Cast) -> None:
    write(cast, make_person(cast.province, "Lò Văn Hùng"), "Cứu người", REPORT)
    write(cast, make_person(cast.office, "Lò Thị Hạnh"), "Cứu người", COPIED)
    assert not queries.doubles(Unit.objects.filter(pk=cast.office.pk)).reuses
    assert noted(Unit.objects.filter(pk=cast.office.pk)).count() == 0
    assert noted(Unit.objects.all()).count() == 1


def test_a_long_register_is_gone_through_page_by_page(cast: Cast) -> None:
    for number in range(5):
        person = make_person(cast.office, f"Người {number}")
        for year in (2025, 2026):
            give(person, "Giấy khen", year, RESCUE)
    found = queries.doubles(Unit.objects.all(), most=1)
    assert (len(found.reuses), found.go_on is not None) == (5, True)
    assert queries.doubles(Unit.objects.all(), found.go_on or "").reuses == []


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(appraiser: Client, cast: Cast, django_assert_num_queries, people: int) -> None:
    for number in range(people):
        person = make_person(cast.office, f"Người {number}")
        for year in (2025, 2026):
            give(person, "Giấy khen", year, RESCUE)
    appraiser.get("/thanh-tich/trung/")
    with django_assert_num_queries(QUERIES):
        appraiser.get("/thanh-tich/trung/")
