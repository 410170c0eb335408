"""Who could be proposed in a submission: chosen many at once, moved to another award, put in order, removed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from thidua_web.eligibility.actions import completeness, facts
from thidua_web.eligibility.models import FactKind
from thidua_web.eligibility.queries import screened
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import nominees as actions
from thidua_web.nominations.actions.nominees import Wanted
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.register.models import Household, Person, Rating, Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.register_rows import make_person
from web.submitting import of_the_office, with_people

YEAR = 2025
LDTT = Wanted("LDTT", YEAR, "yearly")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    screened.forget()
    yield
    screened.forget()


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


@pytest.fixture
def row(cast: Cast) -> Submission:
    return of_the_office(cast, year=YEAR)


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    """One who meets the first title, one nearly, one of whom nothing is known; and one of the province itself."""
    said = {"by": cast.users["clerk"], "at": timezone.now()}
    facts.record_fact(of=cast.office, kind=FactKind.MEMBERS_GROUP, code="staff", **said)
    for kind in ("honours", "works", "discipline", "inspection", "investigation", "complaint"):
        completeness.declare(unit=cast.province, kind=kind, from_year=2020, reason="Sổ lưu", **said)
    found = {
        "met": make_person(cast.office, "Lê Văn Đạt", position="Chuyên viên"),
        "nearly": make_person(cast.office, "Phạm Gần", position="Chuyên viên"),
        "unknown": make_person(cast.office, "Võ Thiếu", position="Chuyên viên"),
        "above": make_person(cast.province, "Đinh Ở Trên", position="Chuyên viên"),
    }
    for key, level in (("met", "good"), ("nearly", "done")):
        Rating.objects.create(person=found[key], year=YEAR, level=level, paper="1/QĐ")
        for question in ("LDTT.spirit", "GENERAL.merit_after_discipline", "GENERAL.no_pending_case"):
            facts.record_fact(of=found[key], kind=FactKind.ANSWER, code=question, yes=True, title="Họp", **said)
    return found


def choose(client: Client, row: Submission, **asked: str) -> str:
    return client.get(reverse("nominations:choose", args=[row.pk]), {"giai": "LDTT"} | asked).content.decode()


def take(client: Client, row: Submission, *people: Any, **more: str) -> str:
    address = f"{reverse('nominations:choose', args=[row.pk])}?giai=LDTT&{more.pop('query', '')}"
    data = {"chon": [one.pk for one in people], **more}
    return client.post(address, data, follow=True).content.decode()


def names(row: Submission) -> list[str]:
    return list(row.nominations.order_by("place").values_list("name", flat=True))


def test_the_candidates_are_those_of_the_unit_the_nearest_first_with_reasons(
    clerk: Client, row: Submission, people: dict[str, Person]
) -> None:
    shown = choose(clerk, row)
    places = [shown.index(people[key].full_name) for key in ("met", "nearly", "unknown")]
    assert places == sorted(places)
    assert people["above"].full_name not in shown
    assert "hoàn thành tốt" in choose(clerk, row, ket_qua="gan-dat").lower()
    assert people["met"].full_name not in choose(clerk, row, ket_qua="gan-dat")


def test_those_ticked_go_in_with_what_the_paper_says_of_them(
    clerk: Client, row: Submission, people: dict[str, Person]
) -> None:
    shown = take(clerk, row, people["met"], people["nearly"])
    assert "Đã thêm 2 đề nghị" in shown
    one = row.nominations.get(person=people["met"])
    assert (one.award, one.merit, one.year, one.position) == ("LDTT", "yearly", YEAR, "Chuyên viên")
    assert (one.unit, one.to_unit, one.unit_name) == (row.unit, row.to_unit, row.unit.name)
    assert (one.since, one.until) == (datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31))
    assert one.sort_text
    line = JournalLine.objects.get(act="nomination.added")
    assert (line.details["n"], line.details["award"]) == (2, "LDTT")


def test_who_is_in_it_already_is_told_and_stays(clerk: Client, row: Submission, people: dict[str, Person]) -> None:
    take(clerk, row, people["met"])
    shown = take(clerk, row, people["met"], people["nearly"])
    assert "1 người, tập thể đã có trong danh sách từ trước." in shown
    assert names(row) == ["Lê Văn Đạt", "Phạm Gần"]
    assert "đã chọn" in choose(clerk, row)


def test_a_whole_filter_goes_in_with_one_act(clerk: Client, cast: Cast, row: Submission) -> None:
    Person.objects.bulk_create(Person(full_name=f"Người {n}", unit=cast.office) for n in range(60))
    shown = take(clerk, row, all="1")
    assert "Đã thêm 60 đề nghị" in shown
    assert row.nominations.count() == 60
    assert sorted(row.nominations.values_list("place", flat=True)) == list(range(1, 61))


def test_nobody_beyond_the_unit_goes_in(clerk: Client, row: Submission, people: dict[str, Person]) -> None:
    take(clerk, row, people["above"])
    assert not row.nominations.exists()


def test_collectives_and_households_too(clerk: Client, cast: Cast, row: Submission) -> None:
    team = Unit.objects.create(
        code="T-1-1", name="Phòng Một", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO,
        path=f"{cast.office.path}99/",
    )  # fmt: skip
    Unit.objects.filter(pk=team.pk).update(path=f"{cast.office.path}{team.pk}/")
    family = Household.objects.create(head_name="Trần Văn Hộ", unit=cast.office, valid_from=LONG_AGO)
    said = {"by": cast.users["neighbour"], "at": timezone.now()}
    done = actions.add(submission=row, nominees=[team, family], wanted=LDTT, **said)
    assert len(done.new) == 2
    assert set(row.nominations.values_list("subject", flat=True)) == {"collective", "household"}
    assert "Phòng Một" in choose(clerk, row, loai="tap-the", giai="TTLDTT")


def test_adding_again_and_again_adds_once(cast: Cast, row: Submission, people: dict[str, Person]) -> None:
    said = {"submission": row, "wanted": LDTT, "by": cast.users["neighbour"], "at": timezone.now()}
    assert len(actions.add(nominees=[people["met"], people["met"]], **said).new) == 1
    assert actions.add(nominees=[people["met"]], **said).there == 1
    assert Nomination.objects.count() == 1


def test_nobody_goes_in_or_out_once_it_lies_with_the_head(
    clerk: Client, row: Submission, people: dict[str, Person]
) -> None:
    take(clerk, row, people["met"])
    Submission.objects.filter(pk=row.pk).update(state="presented")
    assert "đã thay đổi từ khi bạn mở trang" in take(clerk, row, people["nearly"])
    one = row.nominations.get()
    remove = reverse("nominations:remove_nominees", args=[row.pk])
    assert "đã thay đổi" in clerk.post(remove, {"chon": [one.pk]}, follow=True).content.decode()
    assert names(row) == ["Lê Văn Đạt"]


def test_what_is_chosen_changes_what_the_head_must_have_seen(
    clerk: Client, row: Submission, people: dict[str, Person]
) -> None:
    before = row.revision
    take(clerk, row, people["met"])
    row.refresh_from_db()
    assert row.revision == before + 1


def test_some_move_to_another_award_and_leave(clerk: Client, row: Submission, people: dict[str, Person]) -> None:
    take(clerk, row, people["met"], people["nearly"])
    first, second = row.nominations.order_by("place")
    address = reverse("nominations:change_award", args=[row.pk])
    asked = clerk.post(address, {"chon": [first.pk]}).content.decode()
    assert "Chuyển sang" in asked
    assert "CSTDCS" in asked
    assert (
        "Đã chuyển 1 đề nghị"
        in clerk.post(address, {"chon": [first.pk], "giai": "CSTDCS"}, follow=True).content.decode()
    )
    first.refresh_from_db()
    assert (first.award, first.revision) == ("CSTDCS", 1)
    clerk.post(reverse("nominations:remove_nominees", args=[row.pk]), {"chon": [second.pk]})
    assert names(row) == ["Lê Văn Đạt"]
    assert JournalLine.objects.get(act="nomination.removed").details["removed"][0][1] == "Phạm Gần"


def test_the_order_is_that_of_the_paper(clerk: Client, row: Submission, people: dict[str, Person]) -> None:
    take(clerk, row, people["met"], people["nearly"], people["unknown"])
    last = row.nominations.get(person=people["unknown"])
    clerk.post(reverse("nominations:reorder", args=[row.pk]), {"mot": last.pk, "cho": "1"})
    assert names(row) == ["Võ Thiếu", "Lê Văn Đạt", "Phạm Gần"]


def test_the_page_asks_the_database_as_often_for_three_as_for_one(clerk: Client, cast: Cast, row: Submission) -> None:
    counted = []
    for n in (1, 2):
        for number in range(n):
            make_person(cast.office, f"Người {n} {number}")
        choose(clerk, row)
        with CaptureQueriesContext(connection) as queries:
            choose(clerk, row)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_it_opens_on_what_the_recipient_decides_then_on_what_was_chosen_last(clerk: Client, row: Submission) -> None:
    """The law begins with the highest titles, which hardly anybody is looked through for."""
    page = choose(clerk, row, giai="")
    assert '<option value="CSTDBT" selected>' in page
    with_people(row, "Lê Văn Đạt", award="BANG_KHEN_TINH", year=YEAR)
    assert '<option value="BANG_KHEN_TINH" selected>' in choose(clerk, row, giai="")


def test_where_the_register_holds_no_household_it_says_where_they_are_entered(clerk: Client, row: Submission) -> None:
    page = choose(clerk, row, giai="", loai="ho-gia-dinh")
    assert "Sổ chưa có hộ gia đình nào" in page
    assert reverse("register:households") in page
    assert "Không có ai khớp" in choose(clerk, row, giai="", loai="ho-gia-dinh", tim="nguyen")


def test_no_title_is_asked_for_a_sudden_deed(clerk: Client, cast: Cast) -> None:
    deed = of_the_office(cast, kind="sudden", occasion="Cứu em nhỏ", happened_on="2026-10-09", place="Sông Đà", who="")
    page = choose(clerk, deed, giai="CSTDCS")
    assert '<option value="BANG_KHEN_TINH" selected>' in page
    assert 'value="CSTDCS"' not in page
