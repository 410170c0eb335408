"""Bodies that ended: where a text names a living one."""

import datetime

import pytest

from thidua.law.bodies import EndedBody, ended_bodies

BODIES = {body.name: body for body in ended_bodies()}
DISTRICT = next(body for body in ended_bodies() if body.kind == "level")


def named(body: EndedBody, text: str) -> list[str]:
    return [text.lower()[a:b] for a, b in body.find(text.lower())]


def test_twenty_nine_provinces_were_merged_on_one_day_and_one_was_renamed_before() -> None:
    ends = [body.ended for body in ended_bodies() if body.kind == "province"]

    assert (ends.count(datetime.date(2025, 7, 1)), ends.count(datetime.date(2025, 1, 1)), len(ends)) == (29, 1, 30)


def test_no_successor_has_ended_itself() -> None:
    gone = {body.name for body in ended_bodies()}

    assert {body.successor.removeprefix("tỉnh ").removeprefix("thành phố ") for body in BODIES.values()} & gone == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND tỉnh Hậu Giang", ["tỉnh hậu giang"]),
        ("Tỉnh đoàn Hậu Giang; Tỉnh ủy Hậu Giang", ["tỉnh đoàn hậu giang", "tỉnh ủy hậu giang"]),
        ("tỉnh Hậu Giang (cũ)", []),
        ("tỉnh Hậu Giang trước đây", []),
        ("sau khi sáp nhập tỉnh Hậu Giang", []),
        ("sông Hậu Giang", []),
        ("tỉnh Kiên Giang", []),
    ],
)
def test_a_merged_province_is_found_where_it_is_named_as_a_living_one(text: str, found: list[str]) -> None:
    assert named(BODIES["Hậu Giang"], text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", ["huyện", "thị xã"]),
        ("các xã, phường, thị trấn", ["thị trấn"]),
        ("Quận 1", ["quận"]),
        ("danh hiệu xã, phường, thị trấn tiêu biểu", []),
        ("huyện Lạc Sơn (cũ)", []),
        ("huyền thoại, quân đội, luyện tập", []),
        ("sau khi kết thúc hoạt động của huyện", []),
    ],
)
def test_the_district_level_is_found_by_its_units(text: str, found: list[str]) -> None:
    assert named(DISTRICT, text) == found


@pytest.mark.parametrize(
    ("office", "text"),
    [
        ("Sở Kế hoạch và Đầu tư", "phối hợp với Sở Kế hoạch và Đầu tư"),
        ("Sở Thông tin và Truyền thông", "Sở TT&TT"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động – Thương binh và Xã hội"),
        ("Ban Tuyên giáo", "Ban Tuyên giáo Tỉnh ủy"),
    ],
)
def test_an_office_is_found_by_name_and_abbreviation(office: str, text: str) -> None:
    assert len(named(BODIES[office], text)) == 1


def test_the_new_name_of_an_office_is_not_the_old_one() -> None:
    assert named(BODIES["Ban Tuyên giáo"], "Ban Tuyên giáo và Dân vận Tỉnh ủy") == []
