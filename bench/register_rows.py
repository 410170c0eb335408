"""A register as large as a province's, written into an empty database: the same every time."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import connection

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.demo.accounts import PASSWORD
from thidua_web.register.models import Appointment, AwardRecord, Person, Rating, Unit, UnitCode, UnitPeriod


def words(text: str) -> list[str]:
    return text.split()


SINCE, REFORM = datetime.date(1992, 1, 1), datetime.date(2025, 7, 1)
YEARS = range(2021, 2026)
AT_ONCE = 5000
ACCOUNTS = 20
FAMILY = words("Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thạch Sơn")
MIDDLE = words("Văn Thị Thị Minh Thanh Ngọc Quốc Hoàng Kim Thu Đức Hữu Bảo Xuân Hồng Gia Thùy Công")
GIVEN = words(
    "An Anh Bình Bích Châu Chi Cường Dũng Dương Đạt Đông Giang Hà Hạnh Hải Hòa Hùng Hương Khánh Khoa Lan Linh Long Ly "
    "Mai Minh Nam Nga Nhung Oanh Phúc Phương Quân Quỳnh Sang Sơn Tâm Thảo Thủy Trang Tuấn Uyên Vinh Vy Xuân Yến Ý"
)
PLACES = words(
    "An Bình Đông Hòa Hưng Long Lộc Mỹ Ninh Phú Phước Quang Sơn Tân Thanh Thạnh Thuận Trường Vĩnh Xuân Yên Đức"
)
BELOW = (
    ("school", "Trường Tiểu học {} {}"),
    ("school", "Trường Trung học cơ sở {} {}"),
    ("school", "Trường Mầm non {} {}"),
    ("office", "Phòng Kinh tế {} {}"),
    ("office", "Phòng Văn hóa - Xã hội {} {}"),
    ("party", "Chi bộ ấp {} {}"),
    ("union", "Công đoàn cơ sở {} {}"),
    ("cooperative", "Hợp tác xã nông nghiệp {} {}"),
    ("hospital", "Trạm Y tế {} {}"),
    ("enterprise", "Công ty TNHH {} {}"),
)
LEVELS = ("excellent", "good", "good", "good", "done", "done", "not_done")
AWARDS = (("LDTT", "Lao động tiên tiến"), ("CSTDCS", "Chiến sĩ thi đua cơ sở"), ("GIAY_KHEN", "Giấy khen"))


def make(*, units: int = 10_000, people: int = 100_000) -> dict[str, int]:
    """Lay everything out; the counts of what was made. Raises RuntimeError where there are units already."""
    if Unit.objects.exists():
        raise RuntimeError("the database has units already: take an empty one")
    draw = random.Random(2025)
    made = {"units": _units(units, draw)}
    made |= _people(people, draw)
    made["accounts"] = _accounts()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _place(draw: random.Random) -> str:
    return f"{draw.choice(PLACES)} {draw.choice(PLACES)}"


def _units(count: int, draw: random.Random) -> int:
    rows = list(_unit_rows(count, draw))
    for key, (kind, name, parent, path, begun, ended) in enumerate(rows, 1):
        rows[key - 1] = Unit(
            pk=key, code=f"H61.{key}", name=name[:200], kind=kind, parent_id=parent, path=path,
            valid_from=begun, valid_to=ended, heir_id=None,
        )  # fmt: skip
        rows[key - 1].fill_keys()
    write_rows(Unit, rows)
    ended = [unit for unit in rows if unit.valid_to]
    for unit in ended:
        unit.heir_id = next(row.pk for row in rows if row.kind in ("commune", "ward") and row.valid_to is None)
        unit.successors.set([unit.heir_id])
    Unit.objects.bulk_update(ended, ["heir"])
    write_rows(UnitPeriod, _periods(rows))
    codes = (UnitCode(unit_id=unit.pk, scheme="identifier", code=f"H61.{unit.pk}.{unit.pk % 97}") for unit in rows)
    write_rows(UnitCode, codes)
    advance_keys(Unit)
    return len(rows)


def _unit_rows(count: int, draw: random.Random) -> Iterator[tuple]:
    """Kind, name, key of the parent, path, first and last day; keys count from 1."""
    yield "province", "Ủy ban nhân dân tỉnh Minh Giang", None, "/1/", SINCE, None
    key = 1
    homes: list[int] = []
    for number in range(20):
        key += 1
        home = key
        yield "department", f"Sở số {number + 1} tỉnh Minh Giang", 1, f"/1/{home}/", SINCE, None
        for _ in range(min(15, count // 100)):
            key += 1
            yield "office", f"Phòng {_place(draw)}", home, f"/1/{home}/{key}/", SINCE, None
    for _ in range(11):
        key += 1
        name = f"Ủy ban nhân dân huyện {_place(draw)}"
        yield "district", name, 1, f"/1/{key}/", SINCE, REFORM - datetime.timedelta(days=1)
    for number in range(max(ACCOUNTS // 2, count // 65)):
        key += 1
        homes.append(key)
        kind, word = ("ward", "phường") if number % 4 == 0 else ("commune", "xã")
        yield kind, f"Ủy ban nhân dân {word} {_place(draw)}", 1, f"/1/{key}/", REFORM, None
    while key < count:
        key += 1
        home = homes[key % len(homes)]
        kind, name = draw.choice(BELOW)
        yield kind, name.format(_place(draw), key % 9 + 1), home, f"/1/{home}/{key}/", SINCE, None


def _periods(units: Iterable) -> Iterator:
    """Every tenth unit had another name before the reform."""
    for unit in units:
        begun = unit.valid_from
        if unit.pk % 10 == 0 and unit.valid_from < REFORM and unit.valid_to is None:
            before = REFORM - datetime.timedelta(days=1)
            yield UnitPeriod(
                unit=unit,
                name=f"{unit.name} (cũ)"[:200],
                kind=unit.kind,
                parent_id=1,
                valid_from=begun,
                valid_to=before,
            )
            begun = REFORM
        yield UnitPeriod(
            unit=unit,
            name=unit.name,
            kind=unit.kind,
            parent_id=unit.parent_id,
            valid_from=begun,
            valid_to=unit.valid_to,
        )


def _people(count: int, draw: random.Random) -> dict[str, int]:
    homes = list(Unit.objects.filter(valid_to=None).order_by("pk").values_list("pk", "name"))
    names, people = dict(homes), []
    for key in range(1, count + 1):
        person = Person(
            pk=key,
            full_name=f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}",
            code=f"CB{key:06}",
            unit_id=homes[key % len(homes)][0],
            position=draw.choice(("Chuyên viên", "Giáo viên", "Trưởng phòng", "Phó Trưởng phòng", "Nhân viên")),
            sex=draw.choice(("female", "male")),
            birth_year=draw.randint(1964, 2003),
        )
        person.fill_keys()
        people.append(person)
    write_rows(Person, people)
    write_rows(Appointment, _posts(people, len(homes)))
    write_rows(Rating, _ratings(people, names, draw))
    write_rows(AwardRecord, _awards(people, names, draw))
    advance_keys(Person)
    return {"people": count, "ratings": count * len(YEARS), "awards": count}


def _posts(people: Iterable, heads: int) -> Iterator:
    """Whoever comes first into a unit heads it."""
    for person in people:
        yield Appointment(
            person_id=person.pk,
            unit_id=person.unit_id,
            position=person.position,
            is_head=person.pk <= heads,
            valid_from=REFORM,
        )


def _ratings(people: Iterable, names: dict[int, str], draw: random.Random) -> Iterator:
    for person in people:
        for year in YEARS:
            yield Rating(
                person_id=person.pk,
                year=year,
                level=draw.choice(LEVELS),
                unit_name=names[person.unit_id],
                paper="12/QĐ",
            )


def _awards(people: list, names: dict[int, str], draw: random.Random) -> Iterator:
    for number in range(len(people)):
        person, (award, title) = draw.choice(people), draw.choice(AWARDS)
        yield AwardRecord(
            person_id=person.pk,
            award=award,
            title=title,
            year=draw.choice(YEARS),
            decision=f"{number + 1}/QĐ-UBND",
            recipient_name=person.full_name,
            unit_name=names[person.unit_id],
        )


def _accounts() -> int:
    password, province = make_password(PASSWORD), Unit.objects.get(pk=1)
    communes = list(Unit.objects.filter(kind__in=("commune", "ward"), valid_to=None).order_by("pk")[: ACCOUNTS // 2])
    for number in range(1, ACCOUNTS + 1):
        unit = province if number % 2 else communes[number // 2 - 1]
        person = Person.objects.filter(unit=unit, user=None).order_by("pk").first()
        user = User.objects.create(
            username=f"bench{number}", full_name=f"Người đo {number}", person=person, password=password, is_demo=True
        )
        give_role(user=user, unit=unit, role=Role.HEAD if number % 4 == 1 else Role.CLERK, on=REFORM)
    return ACCOUNTS


def write_rows(model: type, rows: Iterable) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, AT_ONCE)):
        model.objects.bulk_create(batch)


def advance_keys(model: type) -> None:
    """PostgreSQL counts keys by itself and has not seen those that were given."""
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
