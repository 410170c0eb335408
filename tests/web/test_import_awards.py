"""Lists of awards of before: nothing twice, words as they were, none for a unit that had ended."""

from __future__ import annotations

import datetime

import pytest

from thidua_web.register.actions.units import end_unit
from thidua_web.register.models import AwardRecord, Person
from web.cast import Cast
from web.listing import codes, outcomes, send, take_in, undo, workbook

MAI = {"full_name": "Nguyễn Thị Mai", "code": "CB1", "birth": "05/03/1985", "unit_code": "T-1"}


@pytest.fixture
def mai(cast: Cast) -> Person:
    take_in(cast, "people", [MAI])
    return Person.objects.get()


def award(who: str, title: str, year: str = "2024", **more: str) -> dict[str, str]:
    return {"who": who, "title": title, "year": year} | more


CSTDCS = award("Cá nhân", "Chiến sĩ thi đua cơ sở", person_code="CB1", decision="12/QĐ-SNV", decided_on="20/12/2024")


def test_awards_of_people_and_units_keep_the_words_of_their_decision(cast: Cast, mai: Person) -> None:
    more = {"issuer": "Chủ tịch UBND tỉnh", "golden_number": "215", "merit": "Cải cách hành chính"}
    rows = [CSTDCS | more, award("Tập thể", "Cờ thi đua", unit_code="T-1")]
    run = take_in(cast, "awards", rows)

    own = AwardRecord.objects.get(person=mai)
    assert run.counts["written"] == 2
    assert (own.title, own.year, own.decision, own.golden_number) == (
        "Chiến sĩ thi đua cơ sở",
        2024,
        "12/QĐ-SNV",
        "215",
    )
    assert (own.recipient_name, own.unit_name, own.decided_on) == (
        "Nguyễn Thị Mai",
        "Sở Thử",
        datetime.date(2024, 12, 20),
    )
    assert AwardRecord.objects.get(unit=cast.office).recipient_name == "Sở Thử"


def test_the_same_award_is_known_and_what_was_missing_is_filled_in(cast: Cast, mai: Person) -> None:
    take_in(cast, "awards", [CSTDCS])
    assert outcomes(send(cast, "awards", workbook("awards", [CSTDCS]))) == {2: "same"}

    run = take_in(cast, "awards", [CSTDCS | {"golden_number": "7"}])
    assert (run.counts["changed"], AwardRecord.objects.get().golden_number) == (1, "7")
    undo(cast, run)
    assert AwardRecord.objects.get().golden_number == ""


def test_another_decision_is_another_award(cast: Cast, mai: Person) -> None:
    take_in(cast, "awards", [CSTDCS])
    run = send(cast, "awards", workbook("awards", [CSTDCS | {"decision": "99/QĐ-UBND"}]))

    assert outcomes(run) == {2: "new"}


def test_a_unit_gets_no_award_after_its_last_day(cast: Cast) -> None:
    end_unit(unit=cast.office, on=datetime.date(2025, 6, 30), successors=[cast.province])
    rows = [
        award("Tập thể", "Giấy khen", "2025", unit_code="T-1", decided_on="30/06/2025"),
        award("Tập thể", "Bằng khen", "2025", unit_code="T-1", decided_on="01/07/2025"),
        award("Tập thể", "Cờ thi đua", "2026", unit_code="T-1"),
    ]
    run = send(cast, "awards", workbook("awards", rows))

    assert outcomes(run) == {2: "new", 3: "fault", 4: "fault"}
    assert codes(run, 3) == ["unit.ended"]


def test_the_same_award_twice_in_a_sheet_is_a_fault_or_a_doubt(cast: Cast, mai: Person) -> None:
    rows = [CSTDCS, CSTDCS | {"person_code": "", "full_name": "Nguyễn Thị Mai", "unit_code": "T-1"}]
    run = send(cast, "awards", workbook("awards", rows))

    assert codes(run, 3) == ["place.same_award"]


def test_undoing_takes_them_away(cast: Cast, mai: Person) -> None:
    run = undo(cast, take_in(cast, "awards", [CSTDCS]))

    assert (run.counts["undone"], AwardRecord.objects.count()) == (1, 0)
