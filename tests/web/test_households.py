"""Households of a commune: held by the register, found by their head, their address, their code; added, put right."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.eligibility.models import Deed, RecordedFact
from thidua_web.journal.models import JournalLine
from thidua_web.register.actions import merging, reforms
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import AwardRecord, Household, Unit, UnitKind
from thidua_web.register.queries import reforms as reform_queries
from web.cast import LONG_AGO, Cast
from web.reforming import merge, reformed
from web.register_rows import make_person

NOW = {"by_name": "Người clerk", "at": timezone.now()}
RECORDS: list[tuple[type[Any], dict[str, Any]]] = [
    (AwardRecord, {"title": "Gia đình văn hóa", "year": 2024}),
    (RecordedFact, {"kind": "group", "code": "farmer", **NOW}),
    (Deed, {"title": "Hiến đất làm đường", **NOW}),
]
NEW = {"head_name": " Nguyễn  Văn An", "head_sex": "male", "unit": "Xã Một", "address": "Thôn Đông", "code": "H-1"}


@pytest.fixture
def commune(cast: Cast) -> Unit:
    return create_unit(code="X1", name="Xã Một", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def make(commune: Unit, name: str, **values: Any) -> Household:
    return Household.objects.create(head_name=name, unit=commune, **values)


def listed(client: Client, **asked: str) -> list[str]:
    return [one.name for one in client.get("/ho-gia-dinh/", asked).context["page"].rows]


# --- What the register holds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "said"), RECORDS, ids=lambda of: getattr(of, "__name__", ""))
def test_a_record_is_of_a_person_or_a_unit_or_a_household(
    cast: Cast, commune: Unit, model: type[Any], said: dict[str, Any]
) -> None:
    household, person = make(commune, "Nguyễn Văn An"), make_person(cast.office, "Trần Thị Lan")
    for of in ({"household": household}, {"person": person}, {"unit": cast.office}):
        assert model.objects.create(**said, **of).pk
    for of in ({}, {"household": household, "person": person}, {"household": household, "unit": cast.office}):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**said, **of)


# --- The desk -------------------------------------------------------------------------------------------------------


def test_households_are_called_by_their_head_and_stand_by_the_given_name(clerk: Client, commune: Unit) -> None:
    for name, sex in (("Nguyễn Văn An", "male"), ("Trần Thị Bé", "female"), ("Lê Ái", "")):
        make(commune, name, head_sex=sex)
    assert listed(clerk) == ["Hộ Lê Ái", "Hộ ông Nguyễn Văn An", "Hộ bà Trần Thị Bé"]


@pytest.mark.parametrize("asked", ["đặng ánh", "dang thi", "ĐẶNG", "thon dong", "đông", "h-7"])
def test_a_household_is_found_by_its_head_its_address_its_code(clerk: Client, commune: Unit, asked: str) -> None:
    make(commune, "Đặng Thị Ánh", address="Thôn Đông", code="H-7")
    make(commune, "Trần Văn Bền", address="Thôn Tây", code="H-8")
    assert listed(clerk, tim=asked) == ["Hộ Đặng Thị Ánh"]


def test_filters_narrow_to_a_commune_and_tell_who_has_left(clerk: Client, cast: Cast, commune: Unit) -> None:
    other = create_unit(code="X2", name="Xã Hai", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
    make(commune, "Lê Một")
    make(other, "Lê Hai")
    make(commune, "Lê Đi", valid_to=datetime.date(2024, 5, 1))
    assert listed(clerk) == ["Hộ Lê Hai", "Hộ Lê Một"]
    assert listed(clerk, don_vi="Xã Một") == ["Hộ Lê Một"]
    assert listed(clerk, don_vi="Xã Một", trang_thai="moi-ho") == ["Hộ Lê Đi", "Hộ Lê Một"]
    assert "đến 01/05/2024" in clerk.get("/ho-gia-dinh/", {"trang_thai": "moi-ho"}).content.decode()


def test_only_households_in_reach_are_listed_and_seen(client: Client, cast: Cast, commune: Unit) -> None:
    one = make(commune, "Lê An")
    client.force_login(cast.users["neighbour"])
    assert listed(client) == []
    assert client.get(f"/ho-gia-dinh/{one.pk}/").status_code == 404


def test_a_long_list_comes_page_by_page(clerk: Client, commune: Unit) -> None:
    rows = [Household(head_name=f"Lê {chr(97 + n // 26)}{chr(97 + n % 26)}", unit=commune) for n in range(120)]
    for row in rows:
        row.fill_keys()
    Household.objects.bulk_create(rows)
    seen: list[str] = []
    address = "/ho-gia-dinh/"
    while address:
        context = clerk.get(address).context
        seen += [one.head_name for one in context["page"].rows]
        address = f"/ho-gia-dinh/{context['after']}" if context["after"] else ""
    assert (len(seen), len(set(seen))) == (120, 120)


@pytest.mark.parametrize("address", ["/ho-gia-dinh/", "/ho-gia-dinh/?tim=le"])
def test_queries_do_not_grow_with_households(clerk: Client, commune: Unit, address: str) -> None:
    make(commune, "Lê Một")
    clerk.get(address)
    counts = []
    for more in (("Lê Hai", "Lê Ba"), ()):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            clerk.get(address)
        counts.append(len(queries))
        for name in more:
            make(commune, name)
    assert counts[0] == counts[1]


# --- Adding, putting right ------------------------------------------------------------------------------------------


def test_a_household_is_added(clerk: Client, commune: Unit) -> None:
    answer = clerk.post("/ho-gia-dinh/moi/", NEW, follow=True)
    one = Household.objects.get()
    assert (one.name, one.address, one.code, one.unit) == ("Hộ ông Nguyễn Văn An", "Thôn Đông", "H-1", commune)
    assert "Đã thêm “Hộ ông Nguyễn Văn An”." in answer.content.decode()
    line = JournalLine.objects.get(act="household.created")
    assert (line.unit, line.subject_kind, line.subject, line.label) == (
        commune.pk, "household", str(one.pk), "Hộ ông Nguyễn Văn An",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"head_name": " "}, "Chưa ghi họ và tên chủ hộ."),
        ({"unit": "Sở Thử"}, "Không có đơn vị"),
        ({"unit": "UBND tỉnh Thử"}, "Không có đơn vị"),
        ({"head": "CB-404"}, "Không có ai mang mã"),
        ({"valid_from": "02/01/2024", "valid_to": "01/01/2024"}, "Ngày kết thúc đứng trước ngày bắt đầu."),
        ({"head_name": "Lê Khác", "code": "h-9"}, "Mã này của Hộ Lê Cũ, cùng xã."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    clerk: Client, commune: Unit, changed: dict[str, str], said: str
) -> None:
    make(commune, "Lê Cũ", code="H-9")
    answer = clerk.post("/ho-gia-dinh/moi/", NEW | changed)
    assert (answer.status_code, said in answer.content.decode(), Household.objects.count()) == (422, True, 1)


def test_a_household_that_may_be_there_is_shown_before_a_second_row_is_made(clerk: Client, commune: Unit) -> None:
    make(commune, "Nguyễn Văn An", address="Thôn Tây")
    page = clerk.post("/ho-gia-dinh/moi/", NEW).content.decode()
    assert ("Có thể hộ này đã có trong sổ" in page, "Thôn Tây" in page, Household.objects.count()) == (True, True, 1)
    clerk.post("/ho-gia-dinh/moi/", NEW | {"force": "1"})
    assert Household.objects.count() == 2


def test_a_household_changes_its_head_and_its_commune_and_keeps_its_awards(
    clerk: Client, cast: Cast, commune: Unit
) -> None:
    other = create_unit(code="X2", name="Phường Hai", kind=UnitKind.WARD, parent=cast.province, valid_from=LONG_AGO)
    head = make_person(cast.office, "Nguyễn Thị Bình", code="CB-9")
    one = make(commune, "Nguyễn Văn An", head_sex="male")
    clerk.post(f"/ho-gia-dinh/{one.pk}/khen-thuong/", {"title": "Gia đình văn hóa", "year": "2024"})
    new = {"head_name": "Nguyễn Thị Bình", "head_sex": "female", "unit": "Phường Hai", "head": "cb-9"}
    page = clerk.post(f"/ho-gia-dinh/{one.pk}/sua/", new, follow=True).content.decode()
    one.refresh_from_db()
    assert (one.name, one.unit, one.head) == ("Hộ bà Nguyễn Thị Bình", other, head)
    award = AwardRecord.objects.get(household=one)
    assert (award.recipient_name, award.unit_name) == ("Hộ ông Nguyễn Văn An", "Xã Một")
    assert ("Gia đình văn hóa" in page, f"/nguoi/{head.pk}/" in page) == (True, True)
    line = JournalLine.objects.get(act="household.changed")
    assert line.details == {"fields": ["head_name", "head_sex", "head", "unit"], "from": commune.pk}
    assert "Hộ bà Nguyễn Thị Bình" in clerk.get(f"/nguoi/{head.pk}/").content.decode()


def test_the_same_again_changes_nothing(clerk: Client, commune: Unit) -> None:
    one = make(commune, "Nguyễn Văn An", head_sex="male", address="Thôn Đông", code="H-1")
    answer = clerk.post(f"/ho-gia-dinh/{one.pk}/sua/", NEW, follow=True)
    assert "Không có gì thay đổi." in answer.content.decode()
    assert not JournalLine.objects.filter(act="household.changed").exists()


def test_who_only_looks_changes_nothing(client: Client, cast: Cast, commune: Unit) -> None:
    one = make(commune, "Nguyễn Văn An")
    client.force_login(cast.users["auditor"])
    page = client.get(f"/ho-gia-dinh/{one.pk}/").content.decode()
    assert ("/sua/" in page, client.post(f"/ho-gia-dinh/{one.pk}/sua/", NEW).status_code) == (False, 403)


def test_one_who_left_is_said_to_have_left_and_stays_seen(clerk: Client, commune: Unit) -> None:
    one = make(commune, "Lê Đi", valid_to=datetime.date(2024, 5, 1))
    page = clerk.get(f"/ho-gia-dinh/{one.pk}/").content.decode()
    assert "Không còn là hộ ở đây sau ngày 01/05/2024." in page


def test_the_page_of_a_commune_leads_to_its_households(clerk: Client, cast: Cast, commune: Unit) -> None:
    make(commune, "Lê An")
    assert "/ho-gia-dinh/?don_vi=X1" in clerk.get(f"/don-vi/{commune.pk}/").content.decode()
    assert "/ho-gia-dinh/?don_vi" not in clerk.get(f"/don-vi/{cast.office.pk}/").content.decode()


def test_a_head_who_was_there_twice_goes_on_heading(cast: Cast, commune: Unit) -> None:
    kept, dropped = make_person(cast.office, "Nguyễn Văn An"), make_person(cast.office, "Nguyễn Văn An")
    one = make(commune, "Nguyễn Văn An", head=dropped)
    log = merging.merge(kept=kept, dropped=dropped, reason="", by=cast.users["clerk"], at=timezone.now())
    one.refresh_from_db()
    assert one.head == kept
    merging.part(log=log, by=cast.users["clerk"], at=timezone.now())
    one.refresh_from_db()
    assert one.head == dropped


# --- When communes are merged ---------------------------------------------------------------------------------------


def test_households_go_on_in_the_commune_that_takes_theirs_in(cast: Cast, commune: Unit) -> None:
    admin = cast.users["administrator"]
    other = create_unit(code="X2", name="Xã Hai", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
    lives, moved = make(commune, "Lê Ở"), make(commune, "Lê Đi", valid_to=LONG_AGO)
    reform = reformed(cast.province, admin, [merge("X1", "X2", into="X3", name="Xã Ba")])
    lives.refresh_from_db()
    moved.refresh_from_db()
    assert (lives.unit.name, moved.unit) == ("Xã Ba", commune)
    assert ["Hộ gia đình", 1] in [list(line) for line in reform_queries.moved(reform)]
    late = make(lives.unit, "Lê Muộn")
    undone = reforms.undo(reform=reform, by=admin, at=timezone.now())
    assert (undone.done, list(undone.reasons)) == (False, ["1 hộ gia đình ở đơn vị mới"])
    late.delete()
    assert reforms.undo(reform=reform, by=admin, at=timezone.now()).done
    lives.refresh_from_db()
    assert (lives.unit, other.households.count()) == (commune, 0)
