"""docs/reference/register.md tells every column of every list as the data have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua.law.ratings import RatingScheme, rating_schemes
from thidua.register.kinds import KINDS, Column, sheet_kinds

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "register.md").read_text(encoding="utf-8")
TYPES = {
    "text": "chữ",
    "name": "họ tên",
    "code": "mã",
    "codes": "nhiều mã",
    "date": "ngày",
    "date_or_year": "ngày hoặc năm",
    "year": "năm",
    "choice": "lựa chọn",
    "flag": "đánh dấu x",
    "identity": "12 chữ số",
}


def line(column: Column) -> str:
    """The column's line of the table."""
    marks = ", ".join(
        word for word, held in (("bắt buộc", column.required), ("nhạy cảm", column.sensitive)) if held
    )  # fmt: skip
    also = ", ".join(column.also)
    cells = ("`" + column.key + "`", column.header, TYPES[column.type], marks, also, column.hint)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_told(kind: str) -> None:
    sheet = sheet_kinds()[kind]
    section = PAGE.partition(f"### {sheet.title} (`{kind}`)")[2].partition("\n### ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `")]

    assert rows == [line(column) for column in sheet.column]
    assert f"Trang tính “{sheet.sheet}”" in section


def test_every_choice_is_told() -> None:
    choices = {choice for kind in sheet_kinds().values() for column in kind.column for choice in column.choices}

    assert [choice.code for choice in choices if f"| `{choice.code}` | {choice.label} |" not in PAGE] == []


@pytest.mark.parametrize("scheme", rating_schemes(), ids=lambda scheme: scheme.code)
def test_every_scheme_of_ratings_is_told(scheme: RatingScheme) -> None:
    row = next(row for row in PAGE.splitlines() if row.startswith(f"| `{scheme.code}` |"))
    cells = [cell.strip() for cell in row.split("|")]
    last = f"{scheme.until:%d/%m/%Y}" if scheme.until else ""

    assert cells[3:6] == [f"{scheme.since:%d/%m/%Y}", last, scheme.instrument]
    assert all(f"{share}%" in cells[6] for share in (scheme.cap.share, scheme.cap.exceptional) if share)
    assert cells[7] == ("có" if scheme.cap_basis.verified else "chưa")
