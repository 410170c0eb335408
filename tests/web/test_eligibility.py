"""Who may be proposed for what: over the register, and for one nominee."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from thidua.law.law import national_law
from thidua.rules.assessing import assess
from thidua_web.accounts.access import Access, Post, Role
from thidua_web.campaigns.models import Offer
from thidua_web.campaigns.stages import EditionState
from thidua_web.eligibility.actions import completeness, deeds, facts
from thidua_web.eligibility.models import FactKind
from thidua_web.eligibility.pages import meters
from thidua_web.eligibility.queries import cases, nominees, screened
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.eligibility.queries.stamp import stamp
from thidua_web.eligibility.queries.standing import STATES, State, state_of
from thidua_web.eligibility.views import choosing
from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.records import set_rating
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import AwardRecord, Person, Rating, Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.launched import make_edition
from web.register_rows import make_person

ON = datetime.date(2025, 12, 20)
DESK = "/co-the-de-nghi/"
NO_CASE = "GENERAL.no_pending_case"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    screened.forget()
    yield
    screened.forget()


def said(cast: Cast) -> dict[str, Any]:
    return {"by": cast.users["clerk"], "at": timezone.now()}


def rate(of: Person | Unit, year: int, level: str) -> None:
    whose = {"unit": of} if isinstance(of, Unit) else {"person": of}
    Rating.objects.create(**whose, year=year, level=level, paper=f"{year}/QĐ", decided_on=datetime.date(year, 12, 10))


def answer(of: Person | Unit, question: str, cast: Cast) -> None:
    facts.record_fact(of=of, kind=FactKind.ANSWER, code=question, yes=True, title="Họp xét", **said(cast))


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    """One who meets the first title, one whom somebody has yet to judge, one nearly, one unknown."""
    facts.record_fact(of=cast.office, kind=FactKind.MEMBERS_GROUP, code="staff", **said(cast))
    for kind in ("honours", "works", "discipline", "inspection", "investigation", "complaint"):
        completeness.declare(unit=cast.province, kind=kind, from_year=2020, reason="Sổ lưu", **said(cast))
    names = {"met": "Lê Văn Đạt", "judge": "Trần Thị Chờ", "nearly": "Phạm Gần", "unknown": "Võ Thiếu"}
    found = {key: make_person(cast.office, name, position="Chuyên viên") for key, name in names.items()}
    for key in ("met", "judge"):
        rate(found[key], 2025, "good")
    rate(found["nearly"], 2025, "done")
    for key in ("met", "nearly", "unknown"):
        for question in ("LDTT.spirit", "GENERAL.merit_after_discipline"):
            answer(found[key], question, cast)
    for person in found.values():
        answer(person, NO_CASE, cast)
    return found


def signed_in(client: Client, cast: Cast, name: str = "clerk") -> Client:
    client.force_login(cast.users[name])
    return client


def desk(client: Client, **asked: str) -> str:
    query = {"giai": "LDTT", "loai": "ca-nhan", "nam": "2025", "ngay": "20/12/2025"} | asked
    return client.get(DESK, query).content.decode()


def test_the_desk_tells_who_meets_it_who_nearly_and_what_is_missing(
    client: Client, cast: Cast, people: dict[str, Person]
) -> None:
    signed_in(client, cast)
    expected = {"met": State.MET, "judge": State.JUDGE, "nearly": State.NEARLY, "unknown": State.UNKNOWN}
    for key, state in expected.items():
        shown = desk(client, ket_qua=state.value)
        assert people[key].full_name in shown, key
        assert not any(other.full_name in shown for name, other in people.items() if name != key)
    assert "hoàn thành tốt" in desk(client, ket_qua="gan-dat").lower()


def test_every_reason_leads_to_the_law(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    shown = desk(signed_in(client, cast), ket_qua="gan-dat")
    assert "#dieu-24" in shown
    assert "điểm a khoản 1 Điều 24" in shown


def test_what_is_not_verified_says_so(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    """From 01/10/2026 an amendment is in force that nobody has read."""
    signed_in(client, cast)
    assert "chưa kiểm chứng" in desk(client, ngay="20/11/2026")


def test_a_name_a_unit_and_an_outcome_narrow_the_list(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    elsewhere = make_person(cast.province, "Lê Ở Trên")
    signed_in(client, cast)
    shown = desk(client, tim="le")
    assert people["met"].full_name in shown
    assert elsewhere.full_name in shown
    assert people["judge"].full_name not in shown
    shown = desk(client, tim="le", don_vi=cast.office.code)
    assert people["met"].full_name in shown
    assert elsewhere.full_name not in shown


def test_nobody_sees_beyond_the_own_unit(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    above = make_person(cast.province, "Lê Ở Trên")
    shown = desk(signed_in(client, cast, "neighbour"))
    assert people["met"].full_name in shown
    assert above.full_name not in shown


def test_a_new_rating_is_seen_at_once(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    signed_in(client, cast)
    assert people["nearly"].full_name not in desk(client, ket_qua="dat")
    set_rating(of=people["nearly"], year=2025, track="state", level="good", **said(cast))
    assert people["nearly"].full_name in desk(client, ket_qua="dat")


def test_what_cannot_be_read_of_the_address_is_told(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    signed_in(client, cast)
    answer = client.get(DESK, {"giai": "KHONG_CO", "nam": "x", "ngay": "32/13/2025", "don_vi": "??"})
    assert answer.status_code == 200
    assert "không phải là một ngày" in answer.content.decode()


def test_the_list_goes_out_as_a_workbook_and_into_the_journal(
    client: Client, cast: Cast, people: dict[str, Person]
) -> None:
    query = "?giai=LDTT&loai=ca-nhan&nam=2025&ngay=20/12/2025"
    answer = signed_in(client, cast).post(reverse("eligibility:export") + query)
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)
    rows = {row[0]: row[2] for row in sheet.to_python()[4:]}
    assert rows[people["met"].full_name] == "Đủ tiêu chuẩn"
    assert rows[people["nearly"].full_name] == "Gần đủ"
    line = JournalLine.objects.get(act="eligibility.exported")
    assert (line.details["award"], line.details["rows"]) == ("LDTT", len(rows))


def test_one_person_sees_every_award_by_how_near_it_is(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    address = reverse("eligibility:person", args=[people["met"].pk])
    shown = signed_in(client, cast).get(address, {"nam": "2025", "ngay": "20/12/2025"}).content.decode()
    assert "Lao động tiên tiến" in shown
    assert shown.index("Đủ tiêu chuẩn") < shown.index("Chưa đủ")
    detail = reverse("eligibility:person_award", args=[people["met"].pk, "CSTDCS"])
    assert detail in shown


def test_one_award_is_judged_clause_by_clause_with_a_letter_and_a_next_step(
    client: Client, cast: Cast, people: dict[str, Person]
) -> None:
    address = reverse("eligibility:person_award", args=[people["met"].pk, "CSTDCS"])
    shown = signed_in(client, cast).get(address, {"nam": "2025", "ngay": "20/12/2025"}).content.decode()
    assert "Hoàn thành xuất sắc nhiệm vụ trong năm" in shown
    assert "2025/QĐ ngày 10/12/2025" in shown, "the paper that the rating stands on"
    assert "Điều gì sẽ dẫn tới" in shown
    assert '<textarea id="letter-text"' in shown


def test_an_old_case_is_judged_under_the_law_of_its_day(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    address = reverse("eligibility:person_award", args=[people["met"].pk, "CSTDCS"])
    shown = signed_in(client, cast).get(address, {"nam": "2025", "ngay": "20/12/2000"}).content.decode()
    assert "Luật của ngày ấy không hỏi gì" in shown


def test_a_collective_is_judged_by_its_members(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    rate(cast.office, 2025, "good")
    for person in people.values():
        AwardRecord.objects.create(person=person, award="LDTT", title="Lao động tiên tiến", year=2025)
    address = reverse("eligibility:unit_award", args=[cast.office.pk, "TTLDTT"])
    shown = signed_in(client, cast).get(address, {"nam": "2025", "ngay": "20/12/2025"}).content.decode()
    assert "100" in shown
    assert "Từng tiêu chuẩn" in shown


def test_a_merged_unit_may_count_what_it_inherited_and_no_more(cast: Cast, people: dict[str, Person]) -> None:
    heir = create_unit(code="M", name="Sở Mới", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    cast.office.successors.add(heir)
    rate(cast.office, 2024, "excellent")
    known = facts_of(Asked("collective", 2025), [heir.pk])[heir.pk]
    assert [(row.year, row.inherited) for row in known.ratings] == [(2024, True)]
    assert any(spell.inherited for spell in known.spells)


def test_an_award_without_a_code_is_known_by_its_words(cast: Cast, people: dict[str, Person]) -> None:
    AwardRecord.objects.create(person=people["met"], title="Chiến sỹ thi đua cơ sở", year=2024)
    known = facts_of(Asked("individual", 2025), [people["met"].pk])[people["met"].pk]
    assert [row.award for row in known.honours] == ["CSTDCS"]


def random_register(cast: Cast, seed: int) -> None:
    """People and units with a little of everything, also what contradicts itself."""
    draw, act = random.Random(seed), said(cast)
    parted = create_unit(code="C", name="Xã Cũ", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
    whole = create_unit(code="X", name="Xã Mới", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
    parted.successors.add(whole)
    named: list[Person | Unit] = [cast.office, parted, whole]
    named += [make_person(draw.choice([cast.office, whole]), f"Lê {number}") for number in range(25)]
    facts.record_fact(of=whole, kind=FactKind.MEMBERS_GROUP, code="staff", **act)
    completeness.declare(unit=cast.office, kind="honours", from_year=2015, reason="Sổ", **act)
    completeness.declare(unit=cast.province, kind="discipline", from_year=2024, reason="Sổ", **act)
    codes = ("LDTT", "CSTDCS", "BANG_KHEN_TINH", "TTLDXS", "TTLDTT", "")
    for of in named:
        whose = {"unit": of} if isinstance(of, Unit) else {"person": of}
        for year in range(2018, 2026):
            if draw.random() < 0.7:
                rate(of, year, draw.choice(("excellent", "good", "done", "not_done")))
            if draw.random() < 0.5:
                award = AwardRecord.objects.create(**whose, award=draw.choice(codes), title="Giấy khen", year=year)
                deeds.note_award(award=award, merit=draw.choice(("yearly", "campaign", "")), code="", deed=None, **act)
        for kind in (FactKind.INITIATIVE, FactKind.SCIENCE):
            if draw.random() < 0.4:
                scope = draw.choice(("base", "province", "nation"))
                facts.record_fact(of=of, kind=kind, year=draw.choice((2021, 2025)), scope=scope, title="Việc", **act)
        for question in ("LDTT.spirit", "LDTT.productive", "GENERAL.merit_after_discipline", NO_CASE):
            if draw.random() < 0.6:
                year, yes = draw.choice((None, 2025)), draw.random() < 0.8
                facts.record_fact(of=of, kind=FactKind.ANSWER, code=question, year=year, yes=yes, **act)
        if draw.random() < 0.3:
            form, since = draw.choice(("reprimand", "warning")), datetime.date(draw.choice((2022, 2025)), 5, 1)
            facts.record_fact(of=of, kind=FactKind.DISCIPLINE, code=form, since=since, **act)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everybody_at_once_and_one_by_one_come_out_the_same(cast: Cast, seed: int) -> None:
    random_register(cast, seed)
    law, different = national_law(), []
    for subject, keys in (
        ("individual", list(Person.objects.values_list("pk", flat=True))),
        ("collective", list(Unit.objects.values_list("pk", flat=True))),
    ):
        known = facts_of(Asked(subject, 2025), keys)
        for award in cases.known_awards(subject, law, ON):
            case = cases.case_of_law(award, subject, 2025, ON)
            frame = screened.screened(case, law, stamp())
            at_once = {key: STATES[place] for key, place in frame.select("id", "state").iter_rows()}
            alone = {key: state_of(assess(case.offer, facts, law, ON)) for key, facts in known.items()}
            different += [(award.code, key, at_once[key], alone[key]) for key in keys if at_once[key] is not alone[key]]
    assert different == []


def test_the_desk_asks_the_database_as_often_for_three_as_for_one(client: Client, cast: Cast) -> None:
    signed_in(client, cast)
    counted = []
    for number in range(3):
        rate(make_person(cast.office, f"Lê {number}"), 2025, "good")
        screened.forget()
        desk(client)
        with CaptureQueriesContext(connection) as asked:
            desk(client)
        counted.append(len(asked))
    assert counted[0] == counted[2]


def test_a_page_of_one_asks_the_database_the_same_whatever_is_known(
    client: Client, cast: Cast, people: dict[str, Person]
) -> None:
    address, counted = reverse("eligibility:person", args=[people["met"].pk]), []
    signed_in(client, cast)
    for year in (2022, 2023, 2024):
        rate(people["met"], year, "good")
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counted.append(len(asked))
    assert counted[0] == counted[2]


def test_what_a_meeting_judged_is_written_for_many_and_taken_back(
    client: Client, cast: Cast, people: dict[str, Person]
) -> None:
    others = [make_person(cast.office, f"Trần Thị Chờ {number}") for number in range(3)]
    for one in others:
        rate(one, 2025, "good")
        answer(one, NO_CASE, cast)
    screened.forget()
    shown = desk(signed_in(client, cast), ket_qua="cho-xet")
    assert shown.count('name="chon"') == 4
    query = "?giai=LDTT&loai=ca-nhan&nam=2025&ngay=20/12/2025&ket_qua=cho-xet"
    said = {"question": "LDTT.spirit", "year": "2025", "chon": [str(one.pk) for one in others]}
    told = client.post(f"{DESK}ket-luan/{query}", said, follow=True).content.decode()
    assert "Chưa ghi căn cứ" in told
    told = client.post(f"{DESK}ket-luan/{query}", said | {"ground": "Hội nghị cuối năm"}, follow=True).content.decode()
    assert "Đã ghi kết luận đạt cho 3 trường hợp" in told
    met = desk(client, ket_qua="dat")
    assert all(one.full_name in met for one in others)
    assert people["judge"].full_name in desk(client, ket_qua="cho-xet")
    client.post(f"{DESK}ket-luan/hoan-lai/{query}")
    assert not any(one.full_name in desk(client, ket_qua="dat") for one in others)


def test_nobody_judges_people_of_another_unit(client: Client, cast: Cast, people: dict[str, Person]) -> None:
    above = make_person(cast.province, "Lê Ở Trên")
    said = {"question": "LDTT.spirit", "year": "2025", "chon": [str(above.pk)], "ground": "Hội nghị"}
    signed_in(client, cast, "neighbour").post(f"{DESK}ket-luan/?loai=ca-nhan", said)
    assert not above.recorded_facts.exists()


PLAN_OFFER = {
    "key": "awards-1",
    "words": {"quote": "Bằng khen", "span": [0, 9]},
    "award": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "for_": "individual",
    "criteria": [
        {
            "quote": "có ít nhất 02 năm hoàn thành tốt nhiệm vụ trở lên",
            "span": [20, 60],
            "text": "Cá nhân có 02 năm liên tục hoàn thành tốt nhiệm vụ trở lên",
        }
    ],
    "quotas": [{"quote": "mỗi sở 01 cá nhân", "span": [70, 90], "unit": "Mỗi sở", "max": 1, "of": "cá nhân"}],
}


@pytest.fixture
def offer(cast: Cast) -> Offer:
    """An award of a running campaign of the province, with a criterion and a quota of its plan."""
    edition = make_edition(cast.province, cast.users["head"], state=EditionState.LAUNCHED)
    campaign = edition.campaign
    words = {"quote": "Bằng khen", "span_start": 0, "span_end": 9, "place": 1}
    said = {"document": edition.document, "key": "awards-1", "begun_by": edition, "terms": PLAN_OFFER, **words}
    return Offer.objects.create(campaign=campaign, award=PLAN_OFFER["award"], **said)


def test_an_offer_of_a_campaign_is_judged_with_the_words_of_its_plan(
    client: Client, cast: Cast, people: dict[str, Person], offer: Offer
) -> None:
    signed_in(client, cast)
    shown = desk(client, giai=f"muc-{offer.pk}", nam="", ngay="")
    assert offer.campaign.title in shown
    row = next(case for row, case in choosing.campaign_cases(access_for(cast), "individual", timezone.localdate()))
    assert (row.offer.award, row.offer.merit, len(row.offer.criteria)) == ("BANG_KHEN_TINH", "campaign", 1)
    detail = reverse("eligibility:person_award", args=[people["met"].pk, "BANG_KHEN_TINH"])
    judged = client.get(detail, {"muc": offer.pk}).content.decode()
    assert "02 năm liên tục hoàn thành tốt nhiệm vụ" in judged


def test_in_a_campaign_too_everybody_and_each_come_out_the_same(
    cast: Cast, people: dict[str, Person], offer: Offer
) -> None:
    case = cases.case_of_campaign(offer, "individual", timezone.localdate())
    assert case is not None
    law, keys = national_law(), [person.pk for person in people.values()]
    frame = screened.screened(case, law, stamp())
    at_once = {key: STATES[place] for key, place in frame.select("id", "state").iter_rows()}
    known = facts_of(Asked("individual", case.offer.year, case.campaign), keys)
    assert {key: at_once[key] for key in keys} == {
        key: state_of(assess(case.offer, facts, law, case.on)) for key, facts in known.items()
    }


def test_a_quota_of_the_plan_is_held_against_those_who_meet_it(
    cast: Cast, people: dict[str, Person], offer: Offer
) -> None:
    case = cases.case_of_campaign(offer, "individual", timezone.localdate())
    assert case is not None
    paths = {person.pk: cast.office.path for person in (people["met"], people["judge"])}
    told = meters.shown(case, list(paths), nominees.places(paths, cast.province))
    assert [one.over for one in told] == [True]
    assert "được đề nghị 1, có 2 đủ tiêu chuẩn, thừa 1" in told[0].words


def access_for(cast: Cast) -> Access:
    return Access(posts=(Post(cast.province, Role.CLERK),), current=cast.province)
