"""Reforms of units: what is written when one is carried out, when it waits, when it is undone, and who may."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.register.acts import Act
from thidua.register.reform import carry_out as core_carry_out
from thidua.register.reform import plan_reform
from thidua.register.units_in_time import UnitInTime, successors_of
from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.models import Campaign, DutyDone, DutyUnit
from thidua_web.journal.models import JournalLine
from thidua_web.register import tasks
from thidua_web.register.actions import reforms as actions
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import (
    Appointment,
    Handover,
    Person,
    Rating,
    Reform,
    ReformUnit,
    Unit,
    UnitCode,
    UnitKind,
    UnitPeriod,
)
from thidua_web.register.queries import reforms as queries
from thidua_web.register.queries.units import standing
from web.cast import LONG_AGO, Cast, make_user
from web.launched import in_days, make_campaign, make_duty, make_plan, today
from web.reforming import carry_out, change_kind, dissolve, make_reform, merge, move, reformed, rename, split

YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture
def admin(cast: Cast) -> User:
    return cast.users["administrator"]


@pytest.fixture
def communes(cast: Cast) -> dict[str, Unit]:
    """Three communes of the province; the first has a hamlet below it."""
    made = {
        code: create_unit(code=code, name=name, kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
        for code, name in (("TL", "UBND xã Tân Lộc"), ("TH", "UBND xã Tân Hòa"), ("MT", "UBND xã Mỹ Thạnh"))
    }
    made["TL-1"] = create_unit(
        code="TL-1", name="Trạm Y tế", kind=UnitKind.HOSPITAL, parent=made["TL"], valid_from=LONG_AGO
    )
    return made


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def periods(code: str) -> list[tuple[Any, ...]]:
    rows = UnitPeriod.objects.filter(unit__code=code).order_by("valid_from")
    return list(rows.values_list("name", "valid_from", "valid_to"))


def post(person: str, of: Unit, **fields: Any) -> Appointment:
    row = Person.objects.create(full_name=person, unit=of)
    return Appointment.objects.create(person=row, unit=of, **{"valid_from": LONG_AGO, "is_head": True, **fields})


# Carried out ----------------------------------------------------------------------------------------------------------


def test_a_merger_ends_the_old_units_and_begins_the_new_one(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reformed(cast.province, admin, [merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ")])
    new, old = unit("TM"), unit("TL")
    last = today() - YESTERDAY
    assert (new.kind, new.parent, new.path, new.valid_from) == (
        "commune", cast.province, f"{cast.province.path}{new.pk}/", today(),
    )  # fmt: skip
    assert (old.valid_to, old.heir, list(old.successors.all())) == (last, new, [new])
    assert periods("TL") == [("UBND xã Tân Lộc", LONG_AGO, last)]
    assert periods("TM") == [("UBND xã Tân Mỹ", today(), None)]
    assert unit("TM").folded.startswith("ubnd xa tan my")


def test_what_stands_below_a_unit_that_ends_follows_its_heir(
    cast: Cast, admin: User, communes: dict[str, Unit]
) -> None:
    reformed(cast.province, admin, [merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ")])
    below, new = unit("TL-1"), unit("TM")
    assert (below.parent, below.path) == (new, f"{new.path}{below.pk}/")
    rows = UnitPeriod.objects.filter(unit=below).values_list("parent__code", "valid_to")
    assert list(rows.order_by("valid_from")) == [("TL", today() - YESTERDAY), ("TM", None)]


def test_a_merger_into_one_of_them_goes_on_there(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    campaign = make_campaign(communes["TH"], admin)
    reformed(cast.province, admin, [merge("TL", "TH", into="TL", name="UBND xã Tân Lộc mới")])
    campaign.refresh_from_db()
    assert (unit("TL").valid_to, unit("TH").heir, campaign.unit) == (None, unit("TL"), unit("TL"))
    assert periods("TL") == [
        ("UBND xã Tân Lộc", LONG_AGO, today() - YESTERDAY),
        ("UBND xã Tân Lộc mới", today(), None),
    ]


def test_a_renamed_unit_keeps_its_old_name_in_the_past(
    client: Client, cast: Cast, admin: User, communes: dict[str, Unit]
) -> None:
    campaign = make_campaign(communes["TL"], admin)
    reformed(cast.province, admin, [rename("TL", "UBND phường Tân Lộc")])
    assert periods("TL")[0] == ("UBND xã Tân Lộc", LONG_AGO, today() - YESTERDAY)
    client.force_login(cast.users["clerk"])
    page = client.get(f"/phong-trao/{campaign.pk}/").content.decode()
    assert "UBND phường Tân Lộc" in page
    assert "phát động khi là UBND xã Tân Lộc" in page


def test_a_split_leaves_its_work_to_the_main_successor(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    campaign = make_campaign(communes["MT"], admin)
    reformed(cast.province, admin, [split("MT", ("M1", "UBND xã Mỹ"), ("M2", "UBND xã Thạnh"), main="M2")])
    campaign.refresh_from_db()
    old = unit("MT")
    assert (old.heir, campaign.unit, set(old.successors.all())) == (unit("M2"), unit("M2"), {unit("M1"), unit("M2")})


def test_a_dissolved_units_work_goes_to_the_one_above(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reformed(cast.province, admin, [dissolve("TL-1")])
    assert unit("TL-1").heir == communes["TL"]


def test_moving_a_unit_takes_along_what_stands_below_it(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reformed(cast.province, admin, [move("TL", "T-1")])
    office = Unit.objects.get(code="T-1")
    assert unit("TL-1").path == f"{office.path}{communes['TL'].pk}/{communes['TL-1'].pk}/"
    assert cast.office.pk in standing(communes["TL-1"].pk).above


def test_people_and_their_posts_go_on_in_the_heir(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    lasting = post("Lê An", communes["TL"])
    over = post("Trần Bình", communes["MT"], valid_to=in_days(-400))
    later = post("Phan Chi", communes["TL"], valid_from=in_days(9))
    reformed(cast.province, admin, [merge("TL", "MT", into="TM", name="UBND xã Tân Mỹ")])
    new = unit("TM")
    rows = Appointment.objects.filter(person=lasting.person).order_by("valid_from")
    assert list(rows.values_list("unit", "valid_from", "valid_to", "is_head")) == [
        (communes["TL"].pk, LONG_AGO, today() - YESTERDAY, True),
        (new.pk, today(), None, True),
    ]
    over.refresh_from_db()
    later.refresh_from_db()
    assert (over.unit, over.valid_to, later.unit, later.valid_from) == (
        communes["MT"], in_days(-400), new, in_days(9),
    )  # fmt: skip
    assert set(Person.objects.values_list("unit", flat=True)) == {new.pk}


def test_codes_of_a_unit_end_with_it(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    code = UnitCode.objects.create(unit=communes["TL"], scheme="identifier", code="H12.34")
    reformed(cast.province, admin, [dissolve("TL", "TH")])
    code.refresh_from_db()
    assert code.valid_to == today() - YESTERDAY


def test_every_unit_it_touched_is_noted_with_what_it_was(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reform = reformed(
        cast.province, admin, [merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ"), rename("MT", "UBND xã Mỹ")]
    )
    rows = reform.units.values_list("unit__code", "part", "before__name", "after__name")
    assert sorted(rows) == [
        ("MT", "changed", "UBND xã Mỹ Thạnh", "UBND xã Mỹ"),
        ("TH", "ended", "UBND xã Tân Hòa", None),
        ("TL", "ended", "UBND xã Tân Lộc", None),
        ("TL-1", "changed", "Trạm Y tế", "Trạm Y tế"),
        ("TM", "begun", None, "UBND xã Tân Mỹ"),
    ]


def test_it_is_journaled_with_its_document_and_who_ordered_it(
    cast: Cast, admin: User, communes: dict[str, Unit]
) -> None:
    reform = reformed(cast.province, admin, [rename("TL", "UBND phường Tân Lộc")])
    lines = JournalLine.objects.filter(subject_kind="reform", subject=str(reform.pk)).order_by("number")
    assert [line.act for line in lines] == ["reform.drafted", "reform.ordered", "reform.carried_out"]
    assert {(line.actor, line.unit, line.details["document"]) for line in lines} == {
        (admin.pk, cast.province.pk, "12/NQ-HĐND")
    }


def test_with_faults_nothing_is_written(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reform = make_reform(cast.province, admin, rename("TL", "UBND phường"), rename("XX", "Không có"))
    carried = carry_out(reform, admin)
    reform.refresh_from_db()
    assert (carried.done, [one.code for one in carried.faults]) == (False, ["reform.no_unit"])
    assert (reform.state, reform.stopped_at is not None, unit("TL").name) == ("draft", True, "UBND xã Tân Lộc")
    assert JournalLine.objects.filter(act="reform.stopped").count() == 1


def test_carried_out_twice_it_is_done_once(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reform = reformed(cast.province, admin, [merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ")])
    again = actions.carry_out(reform=reform, at=timezone.now(), today=today())
    assert (again.done, Unit.objects.filter(code="TM").count()) == (True, 1)
    assert JournalLine.objects.filter(act="reform.carried_out").count() == 1


# Waiting for its day --------------------------------------------------------------------------------------------------


def test_before_its_day_it_waits_and_is_carried_out_by_the_nightly_task(
    cast: Cast, admin: User, communes: dict[str, Unit]
) -> None:
    reform = make_reform(cast.province, admin, rename("TL", "UBND phường"), on=in_days(2))
    assert not carry_out(reform, admin).done
    assert (tasks.carry_out_due(), unit("TL").name) == (0, "UBND xã Tân Lộc")
    Reform.objects.filter(pk=reform.pk).update(on=in_days(-3))
    assert (tasks.carry_out_due(), unit("TL").name) == (1, "UBND phường")
    assert periods("TL")[-1][1] == in_days(-3)
    assert tasks.carry_out_due() == 0


def test_the_nightly_task_stands_in_the_schedule() -> None:
    from thidua_web.config.queue import NIGHTLY

    assert ("nightly-reforms", "thidua_web.register.tasks.carry_out_due", 0) in NIGHTLY


def test_one_that_waits_can_be_taken_back_and_changed(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    reform = make_reform(cast.province, admin, rename("TL", "UBND phường"), on=in_days(2))
    actions.order(reform=reform, by=admin, at=timezone.now())
    assert not actions.change(reform=reform, by=admin, at=timezone.now(), title="Khác")
    assert actions.recall(reform=reform, by=admin, at=timezone.now())
    assert actions.change(reform=reform, by=admin, at=timezone.now(), title="Khác")
    assert not actions.recall(reform=reform, by=admin, at=timezone.now())


# Undone ---------------------------------------------------------------------------------------------------------------

TABLES = (Unit, UnitPeriod, UnitCode, Person, Appointment, Membership, Campaign, DutyDone)


def snapshot() -> list[Any]:
    rows: list[Any] = [list(table.objects.order_by("pk").values()) for table in TABLES]
    rows.append(sorted(DutyUnit.objects.values_list("duty", "unit")))
    rows.append(sorted(Unit.successors.through.objects.values_list("from_unit", "to_unit")))
    return rows


def everything(cast: Cast, admin: User, communes: dict[str, Unit]) -> list[Act]:
    """A bit of everything that runs, and acts of every kind."""
    make_campaign(communes["TL"], admin)
    make_plan(communes["TH"], admin)
    post("Lê An", communes["TL"])
    UnitCode.objects.create(unit=communes["MT"], scheme="identifier", code="H12.34")
    give_role(user=make_user("xa"), unit=communes["TL"], role=Role.CLERK, on=LONG_AGO)
    duty = make_duty(make_campaign(cast.province, admin), in_days(3), in_days(9), units=list(communes.values()))
    mark_done(day=duty.days.order_by("due").first(), unit=communes["TL"], by=admin, at=timezone.now())
    return [
        merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ"),
        split("MT", ("M1", "UBND xã Mỹ"), ("M2", "UBND xã Thạnh"), main="M2"),
        rename("T-1", "Sở Thử nghiệm"),
    ]


def test_undone_everything_is_as_it_was(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    acts = everything(cast, admin, communes)
    before = snapshot()
    reform = reformed(cast.province, admin, acts)
    assert snapshot() != before
    assert actions.undo(reform=reform, by=admin, at=timezone.now()).done
    assert snapshot() == before
    assert (ReformUnit.objects.count(), Handover.objects.count()) == (0, 0)
    reform.refresh_from_db()
    assert (reform.state, reform.undone_by_name) == ("undone", admin.full_name)
    assert JournalLine.objects.filter(act="reform.undone").count() == 1
    assert actions.undo(reform=reform, by=admin, at=timezone.now()).done
    assert JournalLine.objects.filter(act="reform.undone").count() == 1


def launch_in_new(cast: Cast, admin: User) -> None:
    make_campaign(unit("TM"), admin)


def give_role_in_new(cast: Cast, admin: User) -> None:
    give_role(user=make_user("moi"), unit=unit("TM"), role=Role.CLERK, on=today())


def appoint_in_new(cast: Cast, admin: User) -> None:
    post("Võ Dũng", unit("TM"), valid_from=today())


def found_below_new(cast: Cast, admin: User) -> None:
    create_unit(code="TM-9", name="Tổ", kind=UnitKind.OFFICE, parent=unit("TM"), valid_from=today())


def rate_new(cast: Cast, admin: User) -> None:
    Rating.objects.create(unit=unit("TM"), year=2026, level="good")


def rename_new(cast: Cast, admin: User) -> None:
    Reform.objects.update(done_at=timezone.now() - YESTERDAY)
    UnitPeriod.objects.filter(unit__code="TM").update(valid_from=in_days(-5))
    Unit.objects.filter(code="TM").update(valid_from=in_days(-5))
    reformed(cast.province, admin, [rename("TM", "UBND phường Tân Mỹ")], title="Lần sau")


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (launch_in_new, "phát động"), (give_role_in_new, "vai trò"), (appoint_in_new, "người"),
        (found_below_new, "lập dưới"), (rate_new, "xếp loại"), (rename_new, "Lần sau"),
    ],
)  # fmt: skip
def test_what_stands_on_it_keeps_it_from_being_undone(
    cast: Cast, admin: User, communes: dict[str, Unit], after: Any, reason: str
) -> None:
    reform = reformed(cast.province, admin, [merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ")])
    after(cast, admin)
    undone = actions.undo(reform=reform, by=admin, at=timezone.now())
    assert (undone.done, any(reason in one for one in undone.reasons)) == (False, True)
    assert unit("TL").heir == unit("TM")


def test_a_duty_that_the_heir_has_done_keeps_it_too(cast: Cast, admin: User, communes: dict[str, Unit]) -> None:
    duty = make_duty(make_campaign(cast.province, admin), in_days(3), units=[communes["TL"]])
    reform = reformed(cast.province, admin, [dissolve("TL", "TH")])
    mark_done(day=duty.days.get(), unit=communes["TH"], by=admin, at=timezone.now())
    assert actions.undo(reform=reform, by=admin, at=timezone.now()).reasons


# Drafts ---------------------------------------------------------------------------------------------------------------


def test_a_draft_sent_twice_is_one(cast: Cast, admin: User) -> None:
    assert make_reform(cast.province, admin) == make_reform(cast.province, admin)


def test_an_act_added_twice_is_one(cast: Cast, admin: User) -> None:
    reform = make_reform(cast.province, admin)
    act = queries.as_kept(rename("TL", "Khác"))
    told = [actions.add_act(reform=reform, act=act, by=admin, at=timezone.now()) for _ in range(2)]
    reform.refresh_from_db()
    assert (told, len(reform.acts)) == ([True, False], 1)


def test_a_list_becomes_a_draft_for_every_day_and_document(cast: Cast, admin: User) -> None:
    def row(old: str, new: str, on: str, document: str, **more: Any) -> dict[str, Any]:
        return {"act": "merge", "old_codes": [old], "new_code": new, "on": on, "document": document, **more}

    rows = [
        row("TL", "TM", "2026-07-01", "1/NQ", new_name="UBND xã Tân Mỹ"),
        row("TH", "TM", "2026-07-01", "1/NQ"),
        row("MT", "MM", "2026-07-01", "2/NQ", new_name="UBND xã Mỹ"),
        row("T-1", "T-2", "2026-08-01", "1/NQ", new_name=None),
    ]
    drafts = actions.draft_from_rows(rows=rows, unit=cast.province, by=admin, at=timezone.now())
    assert [(one.on.isoformat(), one.document, len(one.acts)) for one in drafts] == [
        ("2026-07-01", "1/NQ", 1), ("2026-07-01", "2/NQ", 1), ("2026-08-01", "1/NQ", 1),
    ]  # fmt: skip
    assert drafts[0].acts[0]["old"] == ["TL", "TH"]
    again = actions.draft_from_rows(rows=rows, unit=cast.province, by=admin, at=timezone.now())
    assert again == drafts


# Who may touch what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (rename("TL", "Của tôi"), "reform.no_unit"),
        (rename("T", "Của tôi"), "reform.out_of_reach"),
        (merge("T-1A", into="TL"), "reform.code_elsewhere"),
        (move("T-1A", "T"), "reform.out_of_reach"),
    ],
    ids=["another's unit", "the unit above", "another's code", "out of the own unit"],
)  # fmt: skip
def test_nobody_reforms_beyond_their_own_units(
    cast: Cast, admin: User, communes: dict[str, Unit], act: Act, fault: str
) -> None:
    create_unit(code="T-1A", name="Phòng A", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
    reform = make_reform(cast.office, admin, act)
    shape = queries.shape_of(reform, paths=[cast.office.path])
    assert fault in [one.code for one in shape.faults]


def test_below_the_own_unit_everything_may_be_reformed(cast: Cast, admin: User) -> None:
    create_unit(code="T-1A", name="Phòng A", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
    reform = make_reform(cast.office, admin, rename("T-1A", "Phòng Anh"), rename("T-1", "Sở Anh"))
    assert not queries.shape_of(reform, paths=[cast.office.path]).faults


# The pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_an_administrator_reforms_by_forms_alone(
    page: Client, cast: Cast, admin: User, communes: dict[str, Unit]
) -> None:
    make_campaign(communes["TL"], admin, title="Thi đua nước rút")
    said = {"title": "Sắp xếp xã", "on": f"{today():%d/%m/%Y}", "document": "12/NQ-HĐND"}
    address = page.post("/to-chuc-lai/moi/", said)["Location"]
    act = {"units": "UBND xã Tân Lộc (TL)\nTân Hòa", "code": "TM", "name": "UBND xã Tân Mỹ"}
    assert page.post(f"{address}them/sap-nhap/", act)["Location"] == address
    shown = page.get(address).content.decode()
    assert [text in shown for text in ("2 đơn vị kết thúc", "1 đơn vị thành lập", "Phong trào đang chạy: 1")] == [
        True
    ] * 3
    assert "Thi đua nước rút" not in shown
    done = page.post(f"{address}thuc-hien/", follow=True).content.decode()
    assert ("Đã thực hiện." in done, unit("TL").heir) == (True, unit("TM"))
    page.post(f"{address}thuc-hien/")
    assert JournalLine.objects.filter(act="reform.carried_out").count() == 1
    undone = page.post(f"{address}hoan-lai/", follow=True).content.decode()
    assert ("Đã hoàn lại" in undone, Unit.objects.filter(code="TM").exists()) == (True, False)
    again = page.post(f"{address}soan-lai/")["Location"]
    assert "UBND xã Tân Mỹ" in page.get(again).content.decode()


def test_whoever_sees_campaigns_reads_which_ones_move(
    client: Client, cast: Cast, admin: User, communes: dict[str, Unit]
) -> None:
    make_campaign(communes["TL"], admin, title="Thi đua nước rút")
    reform = make_reform(cast.province, admin, dissolve("TL", "TH"))
    client.force_login(cast.users["auditor"])
    shown = client.get(f"/to-chuc-lai/{reform.pk}/").content.decode()
    assert ("Thi đua nước rút" in shown, 'action="/to-chuc-lai' in shown) == (True, False)


def test_two_heads_in_one_successor_are_told_before(page: Client, cast: Cast, admin: User, communes: dict) -> None:
    post("Lê An", communes["TL"])
    give_role(user=cast.users["head"], unit=communes["TH"], role=Role.HEAD, on=LONG_AGO)
    reform = make_reform(cast.province, admin, merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ"))
    shown = page.get(f"/to-chuc-lai/{reform.pk}/").content.decode()
    assert "1 đơn vị sẽ có hơn một người đứng đầu" in shown
    told = "UBND xã Tân Mỹ (TM): "
    assert (f"{told}Lê An, Người head" in shown) or (f"{told}Người head, Lê An" in shown)


def test_faults_stand_on_the_page_and_block(page: Client, cast: Cast, admin: User, communes: dict) -> None:
    reform = make_reform(cast.province, admin, rename("XX", "Không có"))
    shown = page.get(f"/to-chuc-lai/{reform.pk}/").content.decode()
    assert ("Phải sửa" in shown, "thuc-hien" in shown) == (True, False)
    assert "còn lỗi" in page.post(f"/to-chuc-lai/{reform.pk}/thuc-hien/", follow=True).content.decode()
    reform.refresh_from_db()
    assert reform.state == "draft"


@pytest.mark.parametrize(
    ("slug", "said", "error"),
    [
        ("sap-nhap", {"units": "TL\nKhông đâu", "code": "TM"}, "Không có đơn vị “Không đâu”"),
        ("sap-nhap", {"units": "TL"}, "Chưa ghi mã"),
        ("sap-nhap", {"units": "xã Tân", "code": "TM"}, "Nhiều đơn vị khớp"),
        ("doi-ten", {"unit": "TL"}, "Chưa ghi tên"),
        ("chia-tach", {"unit": "TL", "code1": "A", "main": "1"}, "ít nhất hai"),
        ("chia-tach", {"unit": "TL", "code1": "A", "code2": "B", "main": "3"}, "còn trống"),
        ("chia-tach", {"unit": "TL", "code1": "A", "code2": "B"}, "Hãy chọn một đơn vị mới"),
        ("chuyen-cap-tren", {"units": "TL"}, "Chưa ghi đơn vị"),
    ],
)
def test_a_form_says_what_is_wrong_and_keeps_what_was_written(
    page: Client, cast: Cast, admin: User, communes: dict, slug: str, said: dict[str, str], error: str
) -> None:
    reform = make_reform(cast.province, admin)
    answer = page.post(f"/to-chuc-lai/{reform.pk}/them/{slug}/", said)
    shown = answer.content.decode()
    assert (answer.status_code, error in shown) == (200, True)
    reform.refresh_from_db()
    assert (reform.acts, "TL" in shown) == ([], True)


@pytest.mark.parametrize(
    ("slug", "said", "act"),
    [
        ("giai-the", {"units": "TL; TH", "heir": "MT"}, dissolve("TL", "MT")),
        ("chuyen-cap-tren", {"units": "TL", "parent": "Sở Thử"}, move("TL", "T-1")),
        ("doi-loai", {"units": "TL", "kind": "ward"}, change_kind("TL", "ward")),
        (
            "chia-tach",
            {"unit": "TL", "code1": "A", "name1": "Xã A", "code4": "B", "name4": "Xã B", "main": "4"},
            split("TL", ("A", "Xã A"), ("B", "Xã B"), main="B"),
        ),
    ],
)  # fmt: skip
def test_every_act_has_its_form(
    page: Client, cast: Cast, admin: User, communes: dict, slug: str, said: dict[str, str], act: Act
) -> None:
    reform = make_reform(cast.province, admin)
    assert page.post(f"/to-chuc-lai/{reform.pk}/them/{slug}/", said).status_code == 302
    reform.refresh_from_db()
    assert queries.acts_in(reform)[0] == act
    page.post(f"/to-chuc-lai/{reform.pk}/viec/0/bo/")
    reform.refresh_from_db()
    assert queries.as_kept(act) not in reform.acts


def test_a_unit_of_the_same_reform_may_be_stood_under(page: Client, cast: Cast, admin: User, communes: dict) -> None:
    reform = make_reform(cast.province, admin, merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ"))
    said = {"units": "MT", "parent": "UBND xã Tân Mỹ"}
    page.post(f"/to-chuc-lai/{reform.pk}/them/chuyen-cap-tren/", said)
    reform.refresh_from_db()
    assert queries.acts_in(reform)[1] == move("MT", "TM")


def test_before_and_after_are_compared(page: Client, cast: Cast, admin: User, communes: dict) -> None:
    reform = make_reform(
        cast.province, admin, merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ"), rename("MT", "UBND phường Mỹ")
    )
    before = page.get(f"/to-chuc-lai/{reform.pk}/so-sanh/").content.decode()
    assert carry_out(reform, admin).done
    after = page.get(f"/to-chuc-lai/{reform.pk}/so-sanh/").content.decode()
    for shown in (before, after):
        assert "<svg" in shown
        left, right = shown[shown.index("two-trees") :].split("<h3>")[1:]
        assert ("UBND xã Tân Lộc" in left, "→ UBND xã Tân Mỹ" in left, "phường" in left) == (True, True, False)
        assert ("Tân Lộc" in right, "trước là UBND xã Mỹ Thạnh" in right) == (False, True)


def test_a_large_one_is_left_to_a_worker(
    page: Client, cast: Cast, admin: User, communes: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua_web.register.views.reforms.MOST_AT_ONCE", 2)
    reform = make_reform(cast.province, admin, merge("TL", "TH", into="TM", name="UBND xã Tân Mỹ"))
    shown = page.post(f"/to-chuc-lai/{reform.pk}/thuc-hien/", follow=True).content.decode()
    assert ("Đang thực hiện với 4 đơn vị" in shown, 'hx-trigger="every 2s"' in shown) == (True, True)
    assert tasks.carry_out_reform(reform.pk)
    assert "Hoàn lại đợt sắp xếp này" in page.get(f"/to-chuc-lai/{reform.pk}/").content.decode()


@pytest.mark.parametrize("address", ["", "{}/", "{}/so-sanh/"], ids=["list", "page", "compared"])
def test_more_reforms_and_units_take_no_more_queries(
    page: Client, cast: Cast, admin: User, communes: dict, address: str
) -> None:
    def asked(reform: Reform) -> int:
        path = f"/to-chuc-lai/{address.format(reform.pk)}"
        page.get(path)
        with CaptureQueriesContext(connection) as queried:
            assert page.get(path).status_code == 200
        return len(queried)

    one = asked(make_reform(cast.province, admin, merge("TL", into="T-1"), merge("MT", into="N", name="Mới")))
    for title in ("Hai", "Ba"):
        more = make_reform(
            cast.province,
            admin,
            merge("TL", "TH", into="T-1"),
            split("MT", ("M1", "Một"), ("M2", "Hai"), main="M1"),
            title=title,
        )
    assert asked(more) == one


# Agreement with the core ----------------------------------------------------------------------------------------------

CODES = ("TL", "TH", "MT", "TL-1", "T-1")
NEW = ("N1", "N2")
some = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple)
one_act = st.one_of(
    st.builds(rename, st.sampled_from(CODES), st.sampled_from(["Một", "Hai"])),
    st.builds(lambda old, into: merge(*old, into=into, name="Gộp"), some, st.sampled_from(CODES + NEW)),
    st.builds(move, st.sampled_from(CODES), st.sampled_from((*CODES, *NEW, "T"))),
    st.builds(dissolve, st.sampled_from(CODES), st.sampled_from(("", *CODES, *NEW))),
    st.builds(
        lambda code, main: split(code, ("N1", "Phần 1"), ("N2", "Phần 2"), main=main),
        st.sampled_from(CODES),
        st.sampled_from(NEW),
    ),
)


def as_core() -> dict[str, UnitInTime]:
    return dict(queries._known(None).units)


@given(acts=st.lists(one_act, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_what_the_core_says(
    cast: Cast, admin: User, communes: dict[str, Unit], acts: list[Act]
) -> None:
    units = as_core()
    plan = plan_reform(units, acts, today())
    before = snapshot()
    with transaction.atomic():
        reform = make_reform(cast.province, admin, *acts)
        assert carry_out(reform, admin).done != plan.faulty
        if not plan.faulty:
            expected = core_carry_out(units, plan)
            written = as_core()
            assert {code: one.periods for code, one in written.items()} == {
                code: one.periods for code, one in expected.items()
            }
            for row in Unit.objects.select_related("parent", "heir"):
                told = expected[row.code]
                assert (row.valid_to, row.heir and row.heir.code) == (told.end, told.heir)
                assert set(row.successors.values_list("code", flat=True)) == set(told.successors)
                assert row.path == f"{row.parent.path if row.parent else '/'}{row.pk}/"
                goes_on = successors_of(expected, row.code, today()).heir
                last = [pk for pk in standing(row.pk).own if Unit.objects.get(pk=pk).valid_to is None]
                assert [Unit.objects.get(pk=pk).code for pk in last] == ([goes_on] if goes_on else [])
            reform.refresh_from_db()
            assert actions.undo(reform=reform, by=admin, at=timezone.now()).done
            assert snapshot() == before
        transaction.set_rollback(True)


# A whole province -----------------------------------------------------------------------------------------------------


def test_six_hundred_units_out_of_three_thousand_in_seconds(cast: Cast, admin: User) -> None:
    """With people, roles and duties in every one of them."""
    old = [
        Unit(code=f"X{n}", name=f"UBND xã {n}", kind="commune", parent=cast.province, valid_from=LONG_AGO)
        for n in range(3000)
    ]
    for row in old:
        row.fill_keys()
    Unit.objects.bulk_create(old, batch_size=500)
    for row in old:
        row.path = f"{cast.province.path}{row.pk}/"
    Unit.objects.bulk_update(old, ["path"], batch_size=500)
    UnitPeriod.objects.bulk_create(
        UnitPeriod(unit=row, name=row.name, kind=row.kind, parent=cast.province, valid_from=LONG_AGO) for row in old
    )
    people = Person.objects.bulk_create(Person(full_name=f"Lê {row.code}", unit=row) for row in old)
    Appointment.objects.bulk_create(Appointment(person=one, unit_id=one.unit_id, valid_from=LONG_AGO) for one in people)
    campaign = make_campaign(cast.province, admin)
    for _ in range(5):
        make_duty(campaign, in_days(3), units=old)
    acts = [merge(*(f"X{n + k}" for k in range(5)), into=f"Y{n}", name=f"UBND xã mới {n}") for n in range(0, 3000, 5)]
    reform = make_reform(cast.province, admin, *acts)
    start = time.monotonic()
    assert carry_out(reform, admin).done
    took = time.monotonic() - start
    assert (Unit.objects.filter(code__startswith="Y").count(), DutyUnit.objects.count()) == (600, 3000)
    start = time.monotonic()
    assert actions.undo(reform=reform, by=admin, at=timezone.now()).done
    back = time.monotonic() - start
    assert DutyUnit.objects.count() == 15000
    assert max(took, back) < 30, (took, back)
