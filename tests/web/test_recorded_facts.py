"""What criteria ask and the register does not hold: written, proved, taken back; the sensitive for few."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua_web.eligibility.actions import completeness, deeds, facts
from thidua_web.eligibility.models import AwardNote, Completeness, Deed, FactEvidence, FactKind, RecordedFact
from thidua_web.eligibility.queries import recorded
from thidua_web.journal.models import JournalLine
from thidua_web.register.models import AwardRecord, Person
from web.cast import Cast
from web.recorded import PDF
from web.register_rows import make_person

JUNE = datetime.date(2025, 6, 1)


@pytest.fixture
def person(cast: Cast) -> Person:
    return make_person(cast.office, "Trần Thị Lan", position="Chuyên viên")


def signed_in(client: Client, cast: Cast, name: str = "clerk") -> Client:
    client.force_login(cast.users[name])
    return client


def page(person: Person) -> str:
    return reverse("eligibility:person_facts", args=[person.pk])


def form(person: Person, key: str) -> str:
    return reverse("eligibility:add_person_fact", args=[person.pk, key])


def said(cast: Cast) -> dict[str, Any]:
    return {"by": cast.users["clerk"], "at": timezone.now()}


WORK = {"kind": "initiative", "name": "Số hóa sổ tiếp dân", "year": "2025", "scope": "base", "paper": "12/QĐ-ST"}


def test_a_clerk_writes_an_initiative_with_its_proof(client: Client, cast: Cast, person: Person) -> None:
    file = SimpleUploadedFile("quyet-dinh.pdf", PDF)
    answer = signed_in(client, cast).post(form(person, "sang-kien"), WORK | {"file": file}, follow=True)
    assert "Số hóa sổ tiếp dân" in answer.content.decode()
    fact = RecordedFact.objects.get()
    assert (fact.kind, fact.year, fact.scope, fact.by_name) == ("initiative", 2025, "base", "Người clerk")
    proof = FactEvidence.objects.get()
    got = client.get(reverse("eligibility:fact_evidence", args=[proof.pk]))
    assert b"".join(got.streaming_content) == PDF


def test_all_errors_are_told_at_once_and_nothing_is_lost(client: Client, cast: Cast, person: Person) -> None:
    sent = {"kind": "initiative", "name": "", "year": "1900", "scope": "base", "decided_on": "31/02/2025", "paper": "x"}
    answer = signed_in(client, cast).post(form(person, "sang-kien"), sent)
    words = answer.content.decode()
    assert answer.status_code == 422
    for error in ("Chưa ghi tên.", "Năm phải từ 1945", "không phải là một ngày"):
        assert error in words
    assert not RecordedFact.objects.exists()


def test_a_file_that_no_evidence_can_be_is_refused_before_anything_is_written(
    client: Client, cast: Cast, person: Person
) -> None:
    file = SimpleUploadedFile("trang.html", b"<script>alert(1)</script>")
    answer = signed_in(client, cast).post(form(person, "sang-kien"), WORK | {"file": file})
    assert answer.status_code == 422
    assert not RecordedFact.objects.exists()


def test_the_same_again_changes_nothing(cast: Cast, person: Person) -> None:
    values = {"kind": FactKind.INITIATIVE, "year": 2025, "title": "Số hóa", "scope": "base"}
    first = facts.record_fact(of=person, **values, **said(cast))
    lines = JournalLine.objects.count()
    assert facts.record_fact(of=person, **values, **said(cast)) == first
    assert JournalLine.objects.count() == lines


def test_another_answer_takes_the_place_of_the_one_before(cast: Cast, person: Person) -> None:
    for yes in (True, False):
        facts.record_fact(of=person, kind=FactKind.ANSWER, code="LDTT.spirit", year=2025, yes=yes, **said(cast))
    assert [fact.yes for fact in RecordedFact.objects.standing()] == [False]
    assert RecordedFact.objects.count() == 2


def test_what_was_taken_back_is_seen_and_brought_back(client: Client, cast: Cast, person: Person) -> None:
    fact = facts.record_fact(of=person, kind=FactKind.GROUP, code="staff", **said(cast))
    signed_in(client, cast)
    words = client.post(reverse("eligibility:withdraw_fact", args=[fact.pk]), follow=True).content.decode()
    assert "Đã rút" in words
    assert not RecordedFact.objects.standing().exists()
    client.post(reverse("eligibility:restore_fact", args=[fact.pk]))
    assert RecordedFact.objects.standing().count() == 1
    lines = JournalLine.objects.filter(act__startswith="fact.").order_by("number")
    assert [line.act for line in lines] == ["fact.recorded", "fact.withdrawn", "fact.restored"]


def test_an_older_answer_is_not_brought_back_over_a_newer(client: Client, cast: Cast, person: Person) -> None:
    old = facts.record_fact(of=person, kind=FactKind.ANSWER, code="LDTT.spirit", year=2025, yes=True, **said(cast))
    facts.record_fact(of=person, kind=FactKind.ANSWER, code="LDTT.spirit", year=2025, yes=False, **said(cast))
    answer = signed_in(client, cast).post(reverse("eligibility:restore_fact", args=[old.pk]), follow=True)
    assert "dữ kiện mới hơn" in answer.content.decode()
    assert [fact.yes for fact in RecordedFact.objects.standing()] == [False]


def test_an_inspection_ends_and_keeps_its_proof(client: Client, cast: Cast, person: Person) -> None:
    fact = facts.record_fact(of=person, kind=FactKind.INSPECTION, since=JUNE, **said(cast))
    facts.add_evidence(fact=fact, source=io.BytesIO(PDF), name="ket-luan.pdf", **said(cast))
    signed_in(client, cast)
    address = reverse("eligibility:end_spell", args=[fact.pk])
    early = client.post(address, {"until": "01/05/2025"})
    assert early.status_code == 422
    client.post(address, {"until": "30/09/2025", "cleared": "on"})
    ended = RecordedFact.objects.standing().get()
    assert (ended.until, ended.cleared, ended.evidence.count()) == (datetime.date(2025, 9, 30), True, 1)


def test_discipline_is_for_the_few_who_need_it(client: Client, cast: Cast, person: Person) -> None:
    fact = facts.record_fact(of=person, kind=FactKind.DISCIPLINE, code="warning", since=JUNE, **said(cast))
    facts.add_evidence(fact=fact, source=io.BytesIO(PDF), name="ky-luat.pdf", **said(cast))
    proof = reverse("eligibility:fact_evidence", args=[fact.evidence.get().pk])
    for name, seen in (("clerk", True), ("head", True), ("appraiser", True), ("auditor", False), ("member", False)):
        words = signed_in(client, cast, name).get(page(person)).content.decode()
        assert ("Cảnh cáo" in words) == seen, name
        assert (client.get(proof).status_code == 200) == seen, name


def test_the_journal_tells_no_discipline_from_a_leave(cast: Cast, person: Person) -> None:
    facts.record_fact(of=person, kind=FactKind.DISCIPLINE, code="warning", since=JUNE, **said(cast))
    facts.record_fact(of=person, kind=FactKind.LEAVE, since=JUNE, **said(cast))
    lines = JournalLine.objects.filter(act="fact.recorded").order_by("number")
    told = [{name: value for name, value in line.details.items() if name != "fact"} for line in lines]
    assert told[0] == told[1] == {"kind": "spell"}


def test_what_is_complete_is_said_by_the_nearest_unit(client: Client, cast: Cast, person: Person) -> None:
    above = {"kind": "honours", "from_year": 2010, "reason": "Đối chiếu sổ lưu"}
    completeness.declare(unit=cast.province, **above, **said(cast))
    assert recorded.completeness_of(person)["honours"].from_year == 2010
    address = reverse("eligibility:completeness", args=[cast.office.pk])
    answer = signed_in(client, cast).post(address, {"kind": "honours", "from_year": "2018", "reason": "Kho cháy 2017"})
    assert answer.status_code == 302
    assert recorded.completeness_of(person)["honours"].from_year == 2018
    row = Completeness.objects.standing().get(unit=cast.office)
    client.post(reverse("eligibility:withdraw_completeness", args=[row.pk]))
    assert recorded.completeness_of(person)["honours"].from_year == 2010


def test_an_award_names_the_deed_it_was_for(client: Client, cast: Cast, person: Person) -> None:
    award = AwardRecord.objects.create(person=person, title="Giấy khen", year=2024, unit_name="Sở Thử")
    deed = deeds.record_deed(of=person, title="Cứu người trong lũ", text="", since=None, until=JUNE, **said(cast))
    address = reverse("eligibility:note_award", args=[award.pk])
    signed_in(client, cast).post(address, {"merit": "sudden", "code": "GIAY_KHEN", "deed": str(deed.pk)})
    note = AwardNote.objects.get()
    assert (note.merit, note.code, note.deed) == ("sudden", "GIAY_KHEN", deed)
    kept = client.post(reverse("eligibility:withdraw_deed", args=[deed.pk]), follow=True)
    assert "đã gắn với một khen thưởng" in kept.content.decode()
    assert Deed.objects.standing().count() == 1


def test_the_page_asks_the_database_as_often_for_three_facts_as_for_one(
    client: Client, cast: Cast, person: Person
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, cast)
    counted = []
    for year in (2021, 2022, 2023):
        facts.record_fact(of=person, kind=FactKind.INITIATIVE, year=year, title="Một", scope="base", **said(cast))
        deeds.record_deed(of=person, title=f"Việc {year}", text="", since=None, until=None, **said(cast))
        AwardRecord.objects.create(person=person, title="Giấy khen", year=year)
        client.get(page(person))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(person))
        counted.append(len(asked))
    assert counted[0] == counted[2]


def test_a_person_and_a_unit_lead_to_their_facts(client: Client, cast: Cast, person: Person) -> None:
    signed_in(client, cast)
    assert page(person) in client.get(reverse("register:person", args=[person.pk])).content.decode()
    unit_page = reverse("eligibility:unit_facts", args=[cast.office.pk])
    assert unit_page in client.get(reverse("register:unit", args=[cast.office.pk])).content.decode()
    assert client.get(unit_page).status_code == 200


def test_a_unit_says_its_area_and_a_person_does_not(client: Client, cast: Cast, person: Person) -> None:
    signed_in(client, cast)
    address = reverse("eligibility:add_unit_fact", args=[cast.office.pk, "dia-ban"])
    assert client.post(address, {"code": "sea"}).status_code == 422
    assert client.post(address, {"code": "border", "paper": "861/QĐ-TTg"}).status_code == 302
    said = client.get(reverse("eligibility:unit_facts", args=[cast.office.pk])).content.decode()
    assert "Biên giới, trên biển, hải đảo, vùng đặc biệt khó khăn" in said
    assert client.get(reverse("eligibility:add_person_fact", args=[person.pk, "dia-ban"])).status_code == 404
    assert "Địa bàn" not in client.get(page(person)).content.decode()


def test_a_unit_says_the_group_of_its_people(client: Client, cast: Cast) -> None:
    address = reverse("eligibility:add_unit_fact", args=[cast.office.pk, "nhom"])
    signed_in(client, cast).post(address, {"whose": "members_group", "code": "staff"})
    assert RecordedFact.objects.get().kind == FactKind.MEMBERS_GROUP
