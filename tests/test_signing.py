"""Names on papers: whose they are, and the lines above a signature."""

from __future__ import annotations

import pytest

from thidua.signing import authority, letterhead, seat, symbol


@pytest.mark.parametrize(
    ("position", "unit", "lines"),
    [
        ("Giám đốc", "Sở Nội vụ", ["GIÁM ĐỐC"]),
        ("Giám đốc Sở Nội vụ", "Sở Nội vụ", ["GIÁM ĐỐC"]),
        ("Giám đốc Sở", "Sở Nội vụ", ["GIÁM ĐỐC"]),
        ("Phó Giám đốc Sở", "Sở Nội vụ", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        ("Trưởng Ban", "Ban Quản lý dự án", ["TRƯỞNG BAN"]),
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


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("Ủy ban nhân dân tỉnh Minh Giang",), "Minh Giang"),
        (("Chi cục Thủy lợi", "Sở Nông nghiệp và Môi trường", "UBND tỉnh Minh Giang"), "Minh Giang"),
        (("Trường Tiểu học Vàm Sen", "Ủy ban nhân dân xã Vàm Sen", "Ủy ban nhân dân tỉnh Minh Giang"), "Vàm Sen"),
        (("Ủy ban nhân dân phường 12",), "Phường 12"),
        (("Sở Nội vụ", "Ủy ban nhân dân Thành phố Hồ Chí Minh"), "Thành phố Hồ Chí Minh"),
        (("Văn phòng Ủy ban nhân dân tỉnh",), ""),
        (("Tỉnh ủy Minh Giang",), ""),
    ],
)
def test_papers_are_dated_where_the_nearest_committee_sits(names: tuple[str, ...], place: str) -> None:
    assert seat(*names) == place


@pytest.mark.parametrize(
    ("kind", "unit", "code", "written"),
    [
        ("TTr", "Sở Nông nghiệp và Môi trường", "SNNMT", "TTr-SNNMT"),
        ("BC", "Ủy ban nhân dân xã Vàm Sen", "VS-01", "BC-UBND"),
        ("BC", "Chi cục Thủy lợi", "SNNMT-1", "BC-…"),
        ("", "Sở Nội vụ", "SNV", "SNV-…"),
    ],
)
def test_a_paper_has_its_symbol_before_its_number(kind: str, unit: str, code: str, written: str) -> None:
    assert symbol(kind, unit, code) == written
