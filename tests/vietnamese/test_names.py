"""Names of persons under a signature."""

from __future__ import annotations

import pytest

from thidua.vietnamese.names import looks_like_name, strip_degrees


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguyễn Văn A", "Nguyễn Văn A"),
        ("PGS.TS. Lê Thị Hồng", "Lê Thị Hồng"),
        ("Thượng tá Y Blê Niê", "Y Blê Niê"),
        ("Đồng chí Trần An", "Trần An"),
    ],
)
def test_degrees_and_ranks_are_no_part_of_a_name(text: str, name: str) -> None:
    assert strip_degrees(text) == name
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ["CHỦ TỊCH", "Chủ tịch", "Lưu: VT", "Nguyễn", "Nguyễn Văn 2", ""])
def test_offices_and_notes_are_no_names(text: str) -> None:
    assert not looks_like_name(text)
