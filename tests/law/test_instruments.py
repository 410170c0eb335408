"""Instruments as data: dates in order, successors known, numbers found as people write them."""

import datetime
import re

import pytest

from thidua.law.awards import awards
from thidua.law.instruments import Instrument, find_instrument, instruments, replaced_by


@pytest.mark.parametrize("instrument", instruments(), ids=lambda instrument: instrument.number)
def test_days_of_an_instrument_are_in_order(instrument: Instrument) -> None:
    days = [day for day in (instrument.signed, instrument.in_force, instrument.until) if day]

    assert days == sorted(days)


@pytest.mark.parametrize("instrument", instruments(), ids=lambda instrument: instrument.number)
def test_an_instrument_names_its_source(instrument: Instrument) -> None:
    assert instrument.source


def test_a_successor_known_here_is_in_force_the_day_after() -> None:
    gaps = {
        old.number: (old.until, new.in_force)
        for old in instruments()
        if old.replaced_by and (new := find_instrument(old.replaced_by)) and old.until and new.in_force
        if new.in_force - old.until != datetime.timedelta(days=1)
    }

    assert gaps == {}


TIMELINE = {
    "15/2003/QH11": ("2004-07-01", "2023-12-31", "06/2022/QH15"),
    "91/2017/NĐ-CP": ("2017-10-01", "2023-12-31", "98/2023/NĐ-CP"),
    "06/2022/QH15": ("2024-01-01", None, None),
    "98/2023/NĐ-CP": ("2024-01-01", "2025-06-30", "152/2025/NĐ-CP"),
    "86/2023/NĐ-CP": ("2024-01-30", None, None),
    "01/2024/TT-BNV": ("2024-04-15", "2025-08-04", "15/2025/TT-BNV"),
    "24/2023/NĐ-CP": ("2023-07-01", "2024-06-30", "73/2024/NĐ-CP"),
    "73/2024/NĐ-CP": ("2024-07-01", "2026-06-30", "161/2026/NĐ-CP"),
    "161/2026/NĐ-CP": ("2026-07-01", None, None),
    "28/2024/NĐ-CP": (None, "2025-06-30", "152/2025/NĐ-CP"),
    "152/2025/NĐ-CP": ("2025-07-01", "2027-03-01", None),
    "129/2025/NĐ-CP": ("2025-07-01", "2027-03-01", None),
    "28/2025/TT-BTC": ("2025-07-15", None, None),
    "15/2025/TT-BNV": ("2025-08-05", "2027-03-01", None),
    "18/2025/TT-BNV": (None, None, None),
    "06/2026/QH16": ("2026-10-01", None, None),
    "07/2026/TT-BGDĐT": ("2026-04-02", None, None),
    "62/2025/TT-BNNMT": (None, None, None),
    "25/2025/TT-BKHCN": (None, None, None),
    "01/2024/TT-TANDTC": (None, None, None),
    "01/2024/TT-UBDT": (None, None, None),
}


def test_the_timeline_of_emulation_law() -> None:
    """The days every campaign depends on; None where none was read."""
    found = {
        known.number: (*(day and day.isoformat() for day in (known.in_force, known.until)), known.replaced_by)
        for known in instruments()
        if known.number in TIMELINE
    }

    assert found == TIMELINE


def test_some_instruments_end_by_themselves() -> None:
    ending = [known for known in instruments() if known.self_expiry]

    assert {known.number for known in ending} == {"152/2025/NĐ-CP", "129/2025/NĐ-CP"}
    assert {known.until for known in ending} == {datetime.date(2027, 3, 1)}


def test_every_number_that_is_referred_to_is_on_the_timeline() -> None:
    numbers = {known.number for known in instruments()}
    cited = {number for known in instruments() for number in (known.replaced_by, *known.amended_by) if number}
    deciding = {later.instrument for award in awards().values() for later in award.decided_later}

    assert (cited | deciding) - numbers == set()


def test_a_decree_may_take_the_place_of_several() -> None:
    assert [known.number for known in replaced_by("152/2025/NĐ-CP")] == ["98/2023/NĐ-CP", "28/2024/NĐ-CP"]


def test_whether_it_ruled_on_a_day_may_not_be_known() -> None:
    decree, circular = find_instrument("98/2023/NĐ-CP"), find_instrument("18/2025/TT-BNV")
    assert decree is not None
    assert circular is not None
    assert [decree.ruled_on(datetime.date(2025, 6, day)) for day in (1, 30)] == [True, True]
    assert decree.ruled_on(datetime.date(2025, 7, 1)) is False
    assert circular.ruled_on(datetime.date(2026, 1, 1)) is None


def test_what_amends_the_law_says_what_becomes_of_cases_under_way() -> None:
    said = {known.number for known in instruments() if known.transition}

    assert {"06/2022/QH15", "06/2026/QH16", "152/2025/NĐ-CP"} <= said


@pytest.mark.parametrize("written", ["152/2025/NĐ-CP", "152/2025/nđ-cp", "152 / 2025/NĐ - CP"])
def test_a_number_is_found_however_it_is_spaced(written: str) -> None:
    found = find_instrument(written)

    assert found is not None
    assert found.number == "152/2025/NĐ-CP"


def test_a_number_that_begins_anew_every_year_needs_its_year() -> None:
    assert find_instrument("39/CT-TTg") is None
    assert find_instrument("39/CT-TTg", year=2023) is None
    found = find_instrument("39/CT-TTg", year=2024)
    assert found is not None
    assert found.signed == datetime.date(2024, 10, 15)


def test_what_rests_on_memory_alone_is_not_called_verified() -> None:
    doubtful = [i.number for i in instruments() if i.verified and re.match(r"ghi theo trí nhớ", i.source.lower())]

    assert doubtful == []
