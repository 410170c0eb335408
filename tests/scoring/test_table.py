"""A scoring table: read with all its faults at once, written and read back, in TOML and in the rows of a sheet."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring_tables import EXAMPLE, EXAMPLE_TEXT, tables
from thidua import errors, scoring
from thidua.errors import InvalidTableError
from thidua.explain import LANGUAGES, catalogue
from thidua.findings import Outcome
from thidua.scoring.parts import ScoringTable, TieBy
from thidua.scoring.rows import HEADERS, rows_of, table_from_rows
from thidua.scoring.table import doubts, dump_table, fault_sentence, load_table

CASES = tomllib.loads(Path(__file__).with_name("bad_tables.toml").read_text("utf-8"))["case"]


def _refused(text: str) -> InvalidTableError:
    with pytest.raises(InvalidTableError) as raised:
        load_table(text)
    return raised.value


def test_the_example_is_a_table_without_a_doubt() -> None:
    assert doubts(EXAMPLE, EXAMPLE_TEXT) == ()
    assert (len(EXAMPLE.sections), len(EXAMPLE.criteria), len(EXAMPLE.tie_breakers)) == (3, 24, 7)
    assert sum(c.max_points for c in EXAMPLE.criteria if c.kind == "standard") == EXAMPLE.total == 100
    assert EXAMPLE.by_key["nop_cham"].max_points == Decimal("0.5")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_all_faults_are_told_at_once_by_line(case: dict[str, Any]) -> None:
    text = EXAMPLE_TEXT
    for old, new in case["change"]:
        assert old in text
        text = text.replace(old, new, 1)
    error = _refused(text)

    if isinstance(case["faults"], str):
        assert {finding.code for finding in error.findings} == {case["faults"]}
    else:
        assert [[finding.params["line"], finding.code] for finding in error.findings] == case["faults"]
    for finding in error.findings:
        assert all(str(finding.params["line"]) in fault_sentence(finding, language) for language in LANGUAGES)


def test_a_sum_that_is_not_a_hundred_is_only_a_doubt_unless_the_table_says_its_total() -> None:
    text = EXAMPLE_TEXT.replace("total = 100", "").replace("max_points = 60", "max_points = 50")
    text = text.replace('label = "Thu ngân sách trên địa bàn, lĩnh vực được giao"\nmax_points = 10',
                        'label = "Thu ngân sách"\nmax_points = 0')  # fmt: skip
    table = load_table(text)

    assert [finding.code for finding in doubts(table, text)] == ["scoring.table_not_hundred"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scoring.table_missing_key"),
        ("x = ", "scoring.table_not_toml"),
        ("title = 1", "scoring.table_not_text"),
        ("title = 'x'\ntotal = nan", "scoring.table_not_number"),
        ("title = 'x'\ntotal = true", "scoring.table_not_number"),
        ("title = 'x'\ntotal = 2024-01-01", "scoring.table_not_number"),
        ("title = 'x'\ncriterion = 3", "scoring.table_not_list"),
        ("title = 'x'\ncriterion = [3]", "scoring.table_not_table"),
        ("title = 'x'\nrounding = 3", "scoring.table_not_table"),
        ("a = " + "[" * 5000, "scoring.table_not_toml"),
        ("#" * 600_000, "scoring.table_too_long"),
        ("title = '" + "x" * 1001 + "'", "scoring.table_text_too_long"),
        ("title = 'a\u200bb'", "scoring.table_not_text"),
        ("[[criterion]]\n" * 501, "scoring.table_too_many"),
    ],
)
def test_what_is_no_table_is_told(text: str, code: str) -> None:
    error = _refused(text)

    assert code in [finding.code for finding in error.findings]
    assert all(fault_sentence(finding, language) for finding in error.findings for language in LANGUAGES)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_table_with_lines_lost_is_a_table_or_has_faults_with_sentences(data: st.DataObject) -> None:
    lines = EXAMPLE_TEXT.splitlines()
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=4))
    try:
        found = doubts(load_table("\n".join(line for n, line in enumerate(lines) if n not in lost)))
    except InvalidTableError as error:
        found = error.findings

    assert all(fault_sentence(finding, language) for finding in found for language in LANGUAGES)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_a_table_written_and_read_is_the_same(table: ScoringTable) -> None:
    assert load_table(dump_table(table)) == table
    assert table_from_rows(rows_of(table)) == table


def test_the_example_goes_to_a_sheet_and_back() -> None:
    rows = rows_of(EXAMPLE)

    assert rows[0] == HEADERS
    assert table_from_rows([("KHỐI THI ĐUA",), (), *rows[:3], (None,) * 11, *rows[3:]]) == EXAMPLE
    assert load_table(dump_table(EXAMPLE)) == EXAMPLE


def test_a_table_is_written_as_an_officer_would() -> None:
    written = dump_table(EXAMPLE)

    assert written.startswith('title = "Bảng chấm điểm thi đua năm của Khối')
    assert (
        '[[section]]\nkey = "kinh_te"\nlabel = "Thực hiện các chỉ tiêu kinh tế - xã hội"\nmax_points = 60\n' in written
    )
    assert '[[criterion.inputs]]\nkey = "lan"\nlabel = "Số lần nộp chậm"\nunit = "lần"\nsource = "count"\n' in written


def test_a_sheet_as_excel_gives_it_has_floats_and_blanks() -> None:
    rows = [[float(cell) if isinstance(cell, Decimal) else cell or "" for cell in row] for row in rows_of(EXAMPLE)]

    assert table_from_rows(rows) == EXAMPLE


def test_faults_of_a_sheet_are_told_by_row_and_column() -> None:
    rows = [list(row) for row in rows_of(EXAMPLE)]
    place = {row[1]: number for number, row in enumerate(rows)}
    rows[place["giai_ngan"]][4] = "mười"
    rows[place["thu_tuc"]][6] = "ty_le/100 × "
    rows[place["truc_tuyen"]][7] = "a | Giao | % | chỉ tiêu\nb | Đạt | % | bịa"
    rows[place["an_toan"]][8] = "chắc là có"
    rows[place["ky_luat"]][0] = "Tiêu chỉ"
    rows[place["ky_luat"]][5] = "phạt"
    rows.append(["Lạ", "x", *[None] * 9])
    with pytest.raises(InvalidTableError) as raised:
        table_from_rows(rows)

    assert [(f.params["line"], f.params["key"], f.code) for f in raised.value.findings] == [
        (place["giai_ngan"] + 1, "Điểm", "scoring.table_not_number"),
        (place["thu_tuc"] + 1, "Cách tính", "scoring.formula_ends"),
        (place["truc_tuyen"] + 1, "Số liệu", "scoring.table_not_choice"),
        (place["an_toan"] + 1, "Minh chứng", "scoring.table_not_yes_no"),
        (place["ky_luat"] + 1, "Loại", "scoring.table_not_choice"),
        (len(rows), "Dòng", "scoring.rows_kind"),
    ]
    assert all(fault_sentence(finding, language) for finding in raised.value.findings for language in LANGUAGES)


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [[None]]])
def test_a_sheet_without_its_header_is_told(rows: list[list[Any]]) -> None:
    with pytest.raises(InvalidTableError) as raised:
        table_from_rows(rows)

    assert [finding.code for finding in raised.value.findings] == ["scoring.rows_no_header"]
    assert fault_sentence(raised.value.findings[0])


@pytest.mark.parametrize("text", [f"\ufeff{EXAMPLE_TEXT}", EXAMPLE_TEXT.replace("\n", "\r\n")])
def test_a_file_as_notepad_saves_it_is_read(text: str) -> None:
    assert load_table(text) == EXAMPLE


def test_words_in_any_unicode_form_are_the_same() -> None:
    assert load_table(unicodedata.normalize("NFD", EXAMPLE_TEXT)) == EXAMPLE


def test_every_sentence_about_tables_is_used_and_there() -> None:
    """Some codes are put together (ahead_ with a link of the chain, _near), so their beginnings are looked for."""
    sources = "".join(file.read_text("utf-8") for file in Path(scoring.__file__).parent.glob("*.py"))
    said = set(re.findall(r"scoring\.[a-z_]+", sources + Path(errors.__file__).read_text("utf-8")))
    codes = {code for code in catalogue() if code.startswith("scoring.")}
    ends = ("_near", "judged", "reckoned", "report", *get_args(TieBy))

    assert {f"scoring.ahead_{by}" for by in get_args(TieBy) if by != "council"} <= codes
    assert {f"scoring.{side}_{how}" for side in ("above", "below") for how in ("judged", "reckoned")} <= codes
    assert [c for c in codes if c not in said and not any(c.removesuffix(end) in said for end in ends)] == []


def test_doubts_leave_the_table_usable() -> None:
    text = EXAMPLE_TEXT.replace("cap = 3", "cap = 0.5")

    assert [(f.outcome, f.code) for f in doubts(load_table(text), text)] == [
        (Outcome.UNKNOWN, "scoring.table_cap_below")
    ]
