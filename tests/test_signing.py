"""Names on papers: whose they are, and the lines above a signature."""

from __future__ import annotations

import pytest

from thidua.signing import authority, letterhead


@pytest.mark.parametrize(
    ("position", "unit", "lines"),
    [
        ("Giám đốc", "Sở Nội vụ", ["GIÁM ĐỐC"]),
        ("Giám đốc Sở Nội vụ", "Sở Nội vụ", ["GIÁM ĐỐC"]),
        ("Phó Giám đốc", "Sở Nội vụ", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        ("Quyền Giám đốc", "Sở Nội vụ", ["Q. GIÁM ĐỐC"]),
        ("Phó Chánh Văn phòng", "Văn phòng UBND tỉnh", ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
        ("Chủ tịch", "UBND tỉnh Minh Giang", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh Minh Giang", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (
            "Phó Chủ tịch Thường trực UBND tỉnh",
            "UBND tỉnh Minh Giang",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        ("Chánh Văn phòng", "UBND tỉnh Minh Giang", ["CHÁNH VĂN PHÒNG"]),
        ("", "Sở Nội vụ", []),
    ],
)
def test_who_signs_for_whom(position: str, unit: str, lines: list[str]) -> None:
    assert list(authority(position, unit=unit)) == lines


def test_a_committee_is_spelt_out_and_its_place_stands_below() -> None:
    assert letterhead("UBND tỉnh Minh Giang") == ("ỦY BAN NHÂN DÂN", "TỈNH MINH GIANG")
    assert letterhead("Ủy ban nhân dân  phường Tân An") == ("ỦY BAN NHÂN DÂN", "PHƯỜNG TÂN AN")
    assert letterhead("Sở Nội vụ") == ("SỞ NỘI VỤ",)
