"""What is known of a household, and what it may be proposed for: one by one, and a whole province at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua.findings import Outcome
from thidua.rules.assessing import assess
from thidua.rules.facts import HonourFact
from thidua.rules.offers import Offer
from thidua_web.eligibility.actions import completeness, deeds
from thidua_web.eligibility.actions.facts import record_fact, withdraw_fact
from thidua_web.eligibility.models import AwardNote, Deed, RecordedFact
from thidua_web.eligibility.queries import screened
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.doubles import doubles
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.eligibility.queries.stamp import stamp
from thidua_web.eligibility.queries.standing import STATES, State, state_of
from thidua_web.journal.models import JournalLine
from thidua_web.law.queries import current_law
from thidua_web.register.actions.households import create_household
from thidua_web.register.actions.records import record_award
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Household, Unit, UnitKind
from web.cast import LONG_AGO, Cast

ON = datetime.date(2026, 3, 2)
YEAR = 2025
OFFER = Offer(award="GDVH", subject="household", year=YEAR, merit="yearly")
ASKED = ("GDVH.law_abiding", "GDVH.active", "GDVH.happy", "GENERAL.no_pending_case")
QUERIES = 15
DESK = "/co-the-de-nghi/?loai=ho-gia-dinh&nam=2025&ngay=02/03/2026"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    screened.forget()
    yield
    screened.forget()


@pytest.fixture
def commune(cast: Cast) -> Unit:
    return create_unit(code="X1", name="Xã Một", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def act(cast: Cast) -> dict[str, Any]:
    return {"by": cast.users["clerk"], "at": timezone.now()}


def make(cast: Cast, commune: Unit, name: str, **values: Any) -> Household:
    return create_household(head_name=name, unit=commune, **values, **act(cast))


def answer(cast: Cast, of: Household, *questions: str, yes: bool = True) -> None:
    for question in questions:
        record_fact(of=of, kind="answer", code=question, year=YEAR, yes=yes, title="Thôn đã họp", **act(cast))


def complete(cast: Cast, unit: Unit) -> None:
    for kind in ("honours", "discipline", "inspection", "investigation", "complaint"):
        completeness.declare(unit=unit, kind=kind, from_year=0, reason="đã đối chiếu", **act(cast))


def state(of: Household) -> State:
    facts = facts_of(Asked("household", YEAR), [of.pk])[of.pk]
    return state_of(assess(OFFER, facts, current_law(), ON))


# --- What is known ----------------------------------------------------------------------------------------------------


def test_facts_of_a_household_are_its_awards_its_records_and_what_its_commune_says(cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An", valid_from=datetime.date(2010, 5, 1))
    said = {"merit": "Hiến 500 m² đất", "decision": "12/QĐ-UBND", "decided_on": datetime.date(2024, 12, 1)}
    record_award(of=one, title="Gia đình văn hóa", year=2024, issuer="", golden_number="", **said, **act(cast))
    answer(cast, one, "GDVH.active")
    record_fact(of=one, kind="complaint", since=datetime.date(2025, 2, 1), **act(cast))
    complete(cast, commune)
    facts = facts_of(Asked("household", YEAR), [one.pk])[one.pk]
    assert (facts.subject, facts.ratings) == ("household", ())
    assert [(row.award, row.year, row.cited) for row in facts.honours] == [("GDVH", 2024, "12/QĐ-UBND ngày 01/12/2024")]
    assert isinstance(facts.honours[0], HonourFact)
    assert {row.kind: row.since for row in facts.spells} == {
        "in_being": datetime.date(2010, 5, 1),
        "complaint": datetime.date(2025, 2, 1),
    }
    assert [(row.question, row.yes) for row in facts.answers] == [("GDVH.active", True)]
    assert facts.is_complete("complaint", 2000)


def test_a_household_whose_meeting_judged_everything_meets_the_standard(cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An")
    complete(cast, commune)
    assert state(one) is State.JUDGE
    answer(cast, one, *ASKED)
    assert state(one) is State.MET
    answer(cast, one, "GDVH.happy", yes=False)
    assert state(one) is not State.MET


def test_an_open_investigation_stands_against_it(cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An")
    complete(cast, commune)
    answer(cast, one, *ASKED)
    fact = record_fact(of=one, kind="investigation", since=datetime.date(2026, 1, 5), **act(cast))
    facts = facts_of(Asked("household", YEAR), [one.pk])[one.pk]
    assert assess(OFFER, facts, current_law(), ON).outcome is Outcome.NOT_MET
    withdraw_fact(fact=fact, **act(cast))
    assert state(one) is State.MET


# --- Everybody at once ------------------------------------------------------------------------------------------------


@pytest.fixture
def village(cast: Cast, commune: Unit) -> list[Household]:
    """Of every kind: judged, judged in part, judged badly, with an open case, long gone, nothing known."""
    complete(cast, commune)
    rows = [make(cast, commune, f"Lê {name}") for name in ("An", "Bé", "Chi", "Dũng", "Giang")]
    rows.append(make(cast, commune, "Lê Hà", valid_to=datetime.date(2020, 1, 1)))
    answer(cast, rows[0], *ASKED)
    answer(cast, rows[1], *ASKED[:2])
    answer(cast, rows[2], "GDVH.active", yes=False)
    answer(cast, rows[3], *ASKED)
    record_fact(of=rows[3], kind="investigation", since=datetime.date(2026, 1, 5), **act(cast))
    return rows


@pytest.mark.parametrize("award", ["GDVH", "BANG_KHEN_TINH", "BKTTG", "GIAY_KHEN"])
def test_all_are_screened_as_each_is_judged(village: list[Household], award: str) -> None:
    offer = Offer(award=award, subject="household", year=YEAR, merit="yearly")
    frame = screened.screened(Case(offer, ON, award), current_law(), stamp())
    found = {key: STATES[place] for key, place in frame.select("id", "state").iter_rows()}
    facts = facts_of(Asked("household", YEAR), list(found))
    assert found == {key: state_of(assess(offer, one, current_law(), ON)) for key, one in facts.items()}
    assert set(found) == {one.pk for one in village[:5]}


def test_the_desk_lists_households_with_reasons(clerk: Client, village: list[Household]) -> None:
    page = clerk.get(DESK)
    text = page.content.decode()
    rows = {row.name: row for row in page.context["rows"]}
    assert next(iter(rows)) == "Hộ Lê An"
    assert (rows["Hộ Lê An"].state, rows["Hộ Lê Dũng"].state is State.MET) == (State.MET, False)
    assert rows["Hộ Lê Bé"].about == "Xã Một"
    assert any("no ấm" in reason.words for reason in rows["Hộ Lê Bé"].reasons)
    assert "Hộ Lê Hà" not in rows
    assert f"/ho-gia-dinh/{village[0].pk}/de-nghi/GDVH/" in text
    assert "Gia đình văn hóa" in text


def test_what_is_written_of_one_is_seen_at_the_desk_at_once(
    clerk: Client, cast: Cast, village: list[Household]
) -> None:
    assert {row.name: row.state for row in clerk.get(DESK).context["rows"]}["Hộ Lê Bé"] is State.JUDGE
    answer(cast, village[1], *ASKED)
    assert {row.name: row.state for row in clerk.get(DESK).context["rows"]}["Hộ Lê Bé"] is State.MET
    make(cast, village[0].unit, "Lê Khánh")
    assert "Hộ Lê Khánh" in {row.name for row in clerk.get(DESK).context["rows"]}


def test_the_meeting_of_a_village_is_written_down_for_many_and_taken_back(
    clerk: Client, village: list[Household]
) -> None:
    chosen = {"chon": [str(village[1].pk), str(village[4].pk)], "question": "GDVH.happy", "year": "2025"}
    before = RecordedFact.objects.standing().count()
    clerk.post(f"/co-the-de-nghi/ket-luan/?{DESK.partition('?')[2]}", chosen | {"ground": "Thôn họp 01/03"})
    written = RecordedFact.objects.standing().filter(code="GDVH.happy", household__in=(village[1], village[4]))
    assert (written.count(), RecordedFact.objects.standing().count()) == (2, before + 2)
    clerk.post(f"/co-the-de-nghi/ket-luan/hoan-lai/?{DESK.partition('?')[2]}")
    assert RecordedFact.objects.standing().count() == before


def test_a_province_without_households_says_so(clerk: Client, commune: Unit) -> None:
    page = clerk.get(DESK)
    assert (page.status_code, page.context["rows"]) == (200, [])


@pytest.mark.parametrize("households", [1, 3])
def test_queries_of_the_desk_do_not_grow_with_households(
    clerk: Client, cast: Cast, commune: Unit, households: int
) -> None:
    for number in range(households):
        make(cast, commune, f"Lê {number}")
    clerk.get(DESK)
    with CaptureQueriesContext(connection) as queries:
        clerk.get(DESK)
    assert len(queries) == QUERIES


# --- The pages of one -------------------------------------------------------------------------------------------------


def test_the_page_of_a_household_leads_to_its_facts_and_its_awards(clerk: Client, cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An", head_sex="male")
    page = clerk.get(f"/ho-gia-dinh/{one.pk}/").content.decode()
    assert (f"/ho-gia-dinh/{one.pk}/du-kien/" in page, f"/ho-gia-dinh/{one.pk}/de-nghi/" in page) == (True, True)
    opened = clerk.get(f"/ho-gia-dinh/{one.pk}/de-nghi/?nam=2025&ngay=02/03/2026").content.decode()
    assert ("Hộ ông Nguyễn Văn An" in opened, "Gia đình văn hóa" in opened) == (True, True)
    whole = clerk.get(f"/ho-gia-dinh/{one.pk}/de-nghi/GDVH/?nam=2025&ngay=02/03/2026").content.decode()
    assert "Gương mẫu chấp hành chủ trương" in whole


def test_a_clerk_writes_what_the_law_asks_of_a_household(clerk: Client, cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An", head_sex="male")
    said = {"code": "GDVH.active", "yes": "yes", "year": "2025", "name": "Thôn đã họp"}
    page = clerk.post(f"/ho-gia-dinh/{one.pk}/du-kien/ket-luan/", said, follow=True).content.decode()
    assert ("Thôn đã họp" in page, "Kỷ luật" in clerk.get(f"/ho-gia-dinh/{one.pk}/du-kien/").content.decode()) == (
        True, False,
    )  # fmt: skip
    line = JournalLine.objects.get(act="fact.recorded")
    assert (line.subject_kind, line.subject, line.unit, line.label) == (
        "household", str(one.pk), commune.pk, "Hộ ông Nguyễn Văn An",
    )  # fmt: skip


def test_nobody_disciplines_a_household(clerk: Client, cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An")
    for key, found in (("ky-luat-thanh-tra", 404), ("sang-kien", 404), ("thoi-gian", 404), ("thanh-tra", 200)):
        assert clerk.get(f"/ho-gia-dinh/{one.pk}/du-kien/{key}/").status_code == found, key
    said = {"kind": "discipline", "since": "01/02/2025"}
    assert clerk.post(f"/ho-gia-dinh/{one.pk}/du-kien/thanh-tra/", said).status_code == 422
    clerk.post(f"/ho-gia-dinh/{one.pk}/du-kien/thanh-tra/", said | {"kind": "investigation"})
    assert RecordedFact.objects.get().household == one


# --- One deed, one award ----------------------------------------------------------------------------------------------


def test_a_deed_of_a_household_is_commended_once(cast: Cast, commune: Unit) -> None:
    one = make(cast, commune, "Nguyễn Văn An")
    deed = deeds.record_deed(of=one, title="Hiến 500 m² đất làm đường", text="", since=None, until=None, **act(cast))
    assert Deed.objects.get().of == one
    for title, number in (("Giấy khen", "1/QĐ"), ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "2/QĐ")):
        award = record_award(
            of=one, title=title, year=2025, merit="", decision=number, decided_on=None, issuer="", golden_number="",
            **act(cast),
        )  # fmt: skip
        deeds.note_award(award=award, merit="sudden", code="", deed=deed, **act(cast))
    assert AwardNote.objects.count() == 2
    found = doubles(Unit.objects.all())
    assert [reuse.second.award.year for reuse in found.reuses] == [2025]
    assert {row.household for row in found.awards.values()} == {one}


def test_pages_of_doubles_name_the_household(clerk: Client, cast: Cast, commune: Unit) -> None:
    test_a_deed_of_a_household_is_commended_once(cast, commune)
    page = clerk.get("/thanh-tich/trung/").content.decode()
    assert ("Hộ Nguyễn Văn An" in page, "/ho-gia-dinh/" in page) == (True, True)
