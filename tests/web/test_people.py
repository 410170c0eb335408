"""The desk of people: found by any part of a name, by code, in a unit and below it; by given name; page by page."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Person, Unit, UnitKind
from thidua_web.register.queries import people as queries
from thidua_web.register.queries import searching
from thidua_web.register.queries.people import Wanted
from thidua_web.register.queries.searching import words_of
from web.cast import LONG_AGO, Cast
from web.register_rows import make_person


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def listed(client: Client, **asked: str) -> list[str]:
    return [one.full_name for one in client.get("/nguoi/", asked).context["page"].rows]


@pytest.mark.parametrize("asked", ["đặng thị ánh", "dang anh", "ĐẶNG", "ang", "cb-7", "anh dang", "đ t á"])
def test_a_person_is_found_by_any_part_of_the_name_or_the_code(clerk: Client, cast: Cast, asked: str) -> None:
    make_person(cast.office, "Đặng Thị Ánh", code="CB-7")
    make_person(cast.office, "Trần Văn Bền", code="XX-1")
    assert listed(clerk, tim=asked) == ["Đặng Thị Ánh"]


def test_people_stand_by_given_name_in_vietnamese_order(clerk: Client, cast: Cast) -> None:
    for name in ("Lê Ánh", "Trần An", "Bùi An", "Võ Đạt", "Phan Dũng", "Ngô Ân"):
        make_person(cast.office, name)
    assert listed(clerk) == ["Bùi An", "Trần An", "Lê Ánh", "Ngô Ân", "Phan Dũng", "Võ Đạt"]


def test_filters_narrow_to_a_unit_and_below_to_a_sex_to_who_signs_in(clerk: Client, cast: Cast) -> None:
    room = create_unit(code="P", name="Phòng Một", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
    make_person(cast.province, "Lê Tỉnh", sex="male")
    user = cast.users["neighbour"]
    user.person = make_person(cast.office, "Lê Sở", sex="female")
    user.save()
    make_person(room, "Lê Phòng", sex="male")
    assert listed(clerk, don_vi="Sở Thử") == ["Lê Phòng", "Lê Sở"]
    assert listed(clerk, don_vi="T-1", gioi_tinh="male") == ["Lê Phòng"]
    assert listed(clerk, tai_khoan="co") == ["Lê Sở"]
    assert listed(clerk, tai_khoan="khong") == ["Lê Phòng", "Lê Tỉnh"]


def test_only_people_in_reach_are_listed(client: Client, cast: Cast) -> None:
    make_person(cast.province, "Lê Tỉnh")
    make_person(cast.office, "Lê Sở")
    client.force_login(cast.users["neighbour"])
    assert (listed(client), listed(client, tim="tinh")) == (["Lê Sở"], [])
    assert "Không có đơn vị" in client.get("/nguoi/", {"don_vi": "UBND tỉnh Thử"}).content.decode()


def test_who_was_merged_is_listed_no_more(clerk: Client, cast: Cast) -> None:
    kept = make_person(cast.office, "Lê An")
    Person.objects.filter(pk=make_person(cast.office, "Lê Văn An").pk).update(merged_into=kept)
    assert listed(clerk) == ["Lê An"]


PARTS = (("Lê", "Trần", "Đỗ"), ("Văn", "Thị", ""), ("An", "Ấn", "Bé", "Ý"))


@pytest.fixture
def many(cast: Cast) -> list[Unit]:
    """Three offices with people whose names repeat, some without a sex, some merged."""
    draw = random.Random(3)
    offices = [
        create_unit(code=f"P{n}", name=f"Phòng {n}", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
        for n in range(3)
    ]
    people = [
        Person(
            full_name=" ".join(draw.choice(part) for part in PARTS),
            code=f"C{n}",
            unit=draw.choice(offices),
            sex=draw.choice(("", "male", "female")),
        )
        for n in range(160)
    ]
    for one in people:
        one.fill_keys()
    Person.objects.bulk_create(people)
    return offices


@pytest.mark.parametrize("few", [0, 20, 100_000])
@pytest.mark.parametrize("text", ["", "le", "thi", "y", "c1 an", "không có"])
@pytest.mark.parametrize("sex", ["", "male"])
def test_every_way_to_come_by_the_rows_lists_the_same(
    many: list[Unit], cast: Cast, monkeypatch: pytest.MonkeyPatch, few: int, text: str, sex: str
) -> None:
    """Whether the words, the units or the list's own order are followed is a matter of speed alone."""
    monkeypatch.setattr(searching, "FEW", few)
    for reach in ([cast.province.path], [many[0].path], [many[0].path, many[1].path]):
        seen, after = [], None
        while True:
            page = queries.people(Wanted(text=text, sex=sex), reach, after=after)
            seen += [one.pk for one in page.rows]
            after = page.after
            if after is None:
                break
        assert seen == by_looking(text, sex, reach)
        assert page.counted.number == len(seen) or page.counted.more


def by_looking(text: str, sex: str, reach: list[str]) -> list[int]:
    words = words_of(text)

    def fits(one: Person) -> bool:
        parts = one.folded.split(" ")
        held = all(word in one.folded if len(word) > 2 else any(p.startswith(word) for p in parts) for word in words)
        inside = any(one.unit.path.startswith(path) for path in reach)
        return held and inside and sex in ("", one.sex)

    people = Person.objects.select_related("unit")
    return [one.pk for one in sorted(filter(fits, people), key=lambda one: (one.sort_text, one.pk))]


def test_a_longer_list_asks_the_database_no_more_often(clerk: Client, cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            clerk.get("/nguoi/?tim=le")
        return len(captured)

    make_person(cast.office, "Lê Một")
    count()
    one = count()
    for name in ("Lê Hai", "Lê Ba"):
        make_person(cast.province, name)
    assert count() == one


def test_who_has_no_post_sees_no_list(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["stranger"])
    assert client.get("/nguoi/").status_code == 404
