"""Instruments as data: dates in order, successors known, numbers found as people write them."""

import datetime
import re

import pytest

from thidua.law.instruments import Instrument, find_instrument, instruments


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


def test_the_timeline_of_emulation_law() -> None:
    """The dates every campaign depends on."""
    timeline = {
        i.number: (i.signed, i.in_force, i.until)
        for i in instruments()
        if i.number in {"06/2022/QH15", "98/2023/NĐ-CP", "152/2025/NĐ-CP", "01/2024/TT-BNV", "15/2025/TT-BNV"}
    }

    day = datetime.date
    assert timeline == {
        "06/2022/QH15": (day(2022, 6, 15), day(2024, 1, 1), None),
        "98/2023/NĐ-CP": (day(2023, 12, 31), day(2024, 1, 1), day(2025, 6, 30)),
        "152/2025/NĐ-CP": (day(2025, 6, 14), day(2025, 7, 1), day(2027, 3, 1)),
        "01/2024/TT-BNV": (day(2024, 2, 24), day(2024, 4, 15), day(2025, 8, 4)),
        "15/2025/TT-BNV": (day(2025, 8, 4), day(2025, 8, 5), day(2027, 3, 1)),
    }


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
