"""What a cell is read to: cases in cells.toml, and whatever else Excel may hold."""

from __future__ import annotations

import datetime
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import say
from thidua.register.cells import Odd, clean, reader
from thidua.register.kinds import sheet_kinds

CASES = tomllib.loads(Path(__file__).with_name("cells.toml").read_text("utf-8"))["case"]
TODAY = datetime.date(2026, 6, 1)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.dates(), st.datetimes(), st.times(),
    st.from_regex(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", fullmatch=True), st.decimals(),
)  # fmt: skip
COLUMNS = [column for kind in sheet_kinds().values() for column in kind.column]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['column']}-{case['cell']}" for case in CASES])
def test_a_cell(case: dict[str, Any]) -> None:
    column = sheet_kinds()[case["list"]].by_key[case["column"]]
    read = reader(column, TODAY)(case["cell"])
    value = read.value if isinstance(read, Odd) else read
    wanted = case.get("value")

    assert value == (tuple(wanted) if isinstance(wanted, list) else wanted)
    assert type(value) is type(tuple(wanted) if isinstance(wanted, list) else wanted)
    assert (read.code if isinstance(read, Odd) else None) == (case.get("fault") or case.get("doubt"))
    if isinstance(read, Odd):
        assert read.sure == ("fault" in case)
        assert say(read.code, read.params)


def test_a_number_among_codes_that_begin_with_zero_is_doubted() -> None:
    column = sheet_kinds()["people"].by_key["code"]

    assert reader(column, zero_led=5)(123) == Odd("cell.zeros_elsewhere", {"said": "123"}, "123", sure=False)
    assert reader(column, zero_led=5)("123") == reader(column)(123) == "123"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.header}-{column.key}")
@settings(deadline=None)
@given(cell=CELLS)
def test_no_cell_breaks_the_reading(column: Any, cell: object) -> None:
    read = reader(column, TODAY)(cell)

    if isinstance(read, Odd):
        assert say(read.code, read.params)
        assert read.sure == (read.value is None)
    else:
        assert read is None or isinstance(read, str | int | bool | datetime.date | tuple)
        assert not isinstance(read, datetime.datetime)


@settings(deadline=None)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 5, 31)), st.sampled_from("/.-"))
def test_a_day_is_read_however_it_is_written(day: datetime.date, sign: str) -> None:
    read = reader(sheet_kinds()["people"].by_key["birth"], TODAY)
    written = (f"{day:%d{sign}%m{sign}%Y}", f"{day.day}{sign}{day.month}{sign}{day.year}", day.isoformat(), day)

    assert [read(cell) for cell in written] == [day] * len(written)


@settings(deadline=None)
@given(st.text())
def test_cleaned_text_is_composed_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == clean(cleaned) == unicodedata.normalize("NFC", cleaned)
