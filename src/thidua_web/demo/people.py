"""People of Minh Giang: a head, a deputy and a clerk in every unit, named by a fixed draw."""

from __future__ import annotations

import random
from collections.abc import Iterable

from thidua_web.register.models import Person, Unit, UnitKind

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Thạch",
    "Sơn",
)
MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Ngọc", "Quốc", "Hoàng", "Kim", "Thu", "Đức", "Hữu", "Bảo")
GIVEN = (
    "An", "Bình", "Chi", "Dũng", "Đạt", "Giang", "Hà", "Hạnh", "Khánh", "Lan", "Long",
    "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sang", "Thảo", "Uyên", "Vinh", "Xuân", "Yến",
)  # fmt: skip

POSITIONS = {
    UnitKind.PROVINCE: ("Phó Chủ tịch", "Ủy viên", "Chuyên viên"),
    UnitKind.DEPARTMENT: ("Giám đốc", "Phó Giám đốc", "Chuyên viên"),
    UnitKind.FRONT: ("Chủ tịch", "Phó Chủ tịch", "Chuyên viên"),
    UnitKind.SCHOOL: ("Hiệu trưởng", "Phó Hiệu trưởng", "Giáo viên"),
}
OFFICE = ("Trưởng đơn vị", "Phó Trưởng đơn vị", "Chuyên viên")
COMMUNE = ("Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân", "Công chức Văn hóa - Xã hội")
COMMUNES = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE)


def make_people(units: Iterable[Unit]) -> None:
    draw = random.Random(1992)  # noqa: S311 (names, not secrets; the same every time)
    people = [
        Person(full_name=_name(draw), unit=unit, position=position)
        for unit in units
        if unit.valid_to is None
        for position in _positions(UnitKind(unit.kind))
    ]
    for person in people:
        person.fill_keys()
    Person.objects.bulk_create(people)


def _positions(kind: UnitKind) -> tuple[str, ...]:
    return COMMUNE if kind in COMMUNES else POSITIONS.get(kind, OFFICE)


def _name(draw: random.Random) -> str:
    return f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
