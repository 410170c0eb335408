"""Whom a plan's words reach among the units of the register."""

from __future__ import annotations

import pytest

from thidua.plans.campaign import Party
from thidua_web.campaigns.addressees import Body, Register

BODIES = (
    Body(1, "Ủy ban nhân dân tỉnh Minh Giang", "province", None),
    Body(2, "Sở Nội vụ", "department", 1),
    Body(3, "Sở Văn hóa, Thể thao và Du lịch", "department", 1),
    Body(4, "Phòng Tổ chức", "office", 2),
    Body(5, "Phòng Tổ chức", "office", 3),
    Body(6, "Ủy ban nhân dân xã Tân Lộc", "commune", 1),
    Body(7, "Ủy ban nhân dân phường Bình Tân", "ward", 1),
    Body(8, "Ủy ban nhân dân đặc khu Hòn Đá", "special_zone", 1),
    Body(9, "Văn phòng Đăng ký đất đai", "office", 2),
    Body(10, "Trường Trung học phổ thông Vàm Sen", "school", 3),
    Body(11, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "front", 1),
    Body(12, "Ủy ban nhân dân xã Tấn Lộc", "commune", 99),
)


def reached(name: str, group: str | None = None, *, owner: int = 1, bodies=BODIES) -> set[int]:
    return {body.pk for body in Register(owner=owner, bodies=bodies).reach(Party(name=name, group=group)).units}


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Sở Nội vụ", 2),
        ("sở nội vụ tỉnh", 2),
        ("Sở Nội vụ tỉnh Minh Giang", 2),
        ("Sở Văn hoá, Thể thao và Du lịch", 3),
        ("UBND xã Tân Lộc", 6),
        ("xã Tân Lộc", 6),
        ("Ủy ban nhân dân xã Tân Lộc", 6),
        ("UBND tỉnh", 1),
        ("Trường THPT Vàm Sen", 10),
        ("UBMTTQ Việt Nam tỉnh", 11),
    ],
)
def test_a_name_reaches_the_unit_of_that_name(name: str, unit: int) -> None:
    assert reached(name) == {unit}


@pytest.mark.parametrize("name", ["Phòng Tổ chức", "Văn phòng", "Sở Lạ", "Sở", "", "Ủy ban nhân dân"])
def test_what_fits_two_units_or_none_reaches_nobody(name: str) -> None:
    assert reached(name) == set()


def test_of_two_spelt_alike_without_marks_the_one_with_the_same_marks_is_meant() -> None:
    near = (*BODIES[:-1], BODIES[-1]._replace(parent=1))
    assert reached("Ủy ban nhân dân xã Tấn Lộc", bodies=near) == {12}
    assert reached("Uy ban nhan dan xa Tan Loc", bodies=near) == set()


@pytest.mark.parametrize(
    ("group", "units"),
    [
        ("departments", {2, 3}),
        ("communes", {6, 7, 8}),
        ("fronts", {11}),
        ("schools", {10}),
        ("all", {2, 3, 6, 7, 8, 11}),
        ("offices", set()),
        ("blocs", set()),
    ],
)
def test_a_group_reaches_all_of_its_kind_below_the_launching_unit(group: str, units: set[int]) -> None:
    assert reached("các …", group) == units


def test_offices_are_those_directly_below_whoever_launches() -> None:
    assert reached("các phòng, đơn vị trực thuộc", "offices", owner=2) == {4, 9}
    assert reached("các phòng, đơn vị trực thuộc", "offices", owner=3) == {5, 10}


def test_nobody_beside_or_above_is_reached() -> None:
    assert reached("Sở Nội vụ", owner=3) == set()
    assert reached("các sở, ban, ngành", "departments", owner=2) == set()


def test_a_ring_of_parents_ends() -> None:
    ring = (Body(1, "A", "office", 2), Body(2, "B", "office", 1))
    assert reached("B", owner=1, bodies=ring) == {2}
