"""Titles and awards: codes, names over time, deciders, and how registers and plans write them."""

import datetime
import json
from pathlib import Path

import pytest

from thidua.law.awards import awards, find_award

BEFORE, AFTER = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
CORPUS = Path(__file__).parents[1] / "plans" / "corpus"
NO_AWARD_OF_THE_LAW = {
    "Bằng khen của Tổng Giám đốc Tập đoàn", "Công trình phúc lợi", "Cờ luân lưu", "Cờ thi đua", "Giấy chứng nhận",
    "Huân chương Lao động", "Thưởng nóng", "giải", "Bằng khen",
}  # fmt: skip


def test_the_fourteen_titles_come_first_and_are_never_mixed_with_commendations() -> None:
    titles = [award.code for award in awards().values() if award.kind == "title"]
    assert titles[:14] == [
        "CSTDTQ", "CSTDBT", "CSTDCS", "LDTT", "CSTT", "COCP", "COBT", "TTLDXS", "DVQT", "TTLDTT", "DVTT", "XPTB",
        "THONVH", "GDVH",
    ]  # fmt: skip


def test_quotation_marks_stand_only_where_the_law_has_them() -> None:
    assert awards()["CSTDCS"].printed == "“Chiến sĩ thi đua cơ sở”"
    assert awards()["CSTDBT"].printed == "chiến sĩ thi đua Bộ, ban, ngành, tỉnh"
    assert awards()["HCLD3"].printed == "“Huân chương Lao động” hạng Ba"


def test_a_commune_title_names_special_zones_once_districts_ended() -> None:
    commune = awards()["XPTB"]
    assert commune.name_on(BEFORE) == "xã, phường, thị trấn tiêu biểu"
    assert commune.name_on(AFTER) == "xã, phường, đặc khu tiêu biểu"


def test_papers_of_a_province_name_who_gives_it() -> None:
    province = "Ủy ban nhân dân tỉnh Minh Giang"
    named = {code: awards()[code].name_on(AFTER, province=province) for code in ("BANG_KHEN_TINH", "COBT", "CSTDBT")}
    assert named == {
        "BANG_KHEN_TINH": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Minh Giang",
        "COBT": "cờ thi đua của Ủy ban nhân dân tỉnh Minh Giang",
        "CSTDBT": "chiến sĩ thi đua cấp tỉnh",
    }
    assert [find_award(name) for name in named.values()] == [awards()[code] for code in named]
    assert awards()["LDTT"].name_on(AFTER, province=province) == "Lao động tiên tiến"


def test_what_a_district_granted_a_commune_grants() -> None:
    village = awards()["THONVH"]
    assert village.decided_on(BEFORE).by == "Chủ tịch Ủy ban nhân dân cấp huyện"
    later = village.decided_on(AFTER)
    assert (later.by, later.instrument, later.place) == ("Chủ tịch Ủy ban nhân dân cấp xã", "129/2025/NĐ-CP", "Điều 59")


@pytest.mark.parametrize("code", list(awards()))
def test_every_award_is_found_by_each_of_its_own_names(code: str) -> None:
    award = awards()[code]
    written = {award.name, award.printed, award.short, award.name.upper(), *(entry.name for entry in award.names)} - {
        ""
    }
    found = {text: find_award(text) for text in written}
    assert {text: hit.code if hit else None for text, hit in found.items()} == dict.fromkeys(written, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CSTĐ cơ sở", "CSTDCS"),
        ("Danh hiệu “Chiến sỹ thi đua cấp tỉnh” năm 2024", "CSTDBT"),
        ("chien si thi dua toan quoc", "CSTDTQ"),
        ("Tập thể Lao động xuất sắc", "TTLDXS"),
        ("TTLĐTT", "TTLDTT"),
        ("Đạt danh hiệu Lao động tiên tiến", "LDTT"),
        ("Bằng khen của Chủ tịch UBND tỉnh", "BANG_KHEN_TINH"),
        ("BẰNG KHEN CỦA BỘ TRƯỞNG BỘ Y TẾ", "BANG_KHEN_TINH"),
        ("Bằng khen của Tổng Liên đoàn Lao động Việt Nam", "BANG_KHEN_TINH"),
        ("Bằng khen của Liên đoàn Lao động tỉnh", "BANG_KHEN_KHAC"),
        ("Bằng khen của Bộ Tư lệnh Quân khu 7", "BANG_KHEN_QK"),
        ("BK Thủ tướng", "BKTTG"),
        ("Giấy khen của Giám đốc Sở Nội vụ", "GIAY_KHEN"),
        ("Giấy khen của Công đoàn Công ty", "GIAY_KHEN_KHAC"),
        ("Huân chương Lao động hạng II", "HCLD2"),
        ("Kỉ niệm chương “Vì sự nghiệp giáo dục”", "KNC"),
        ("Cờ thi đua của UBND thành phố", "COBT"),
        ("Cờ đơn vị xuất sắc dẫn đầu phong trào thi đua của Chính phủ", "COCP"),
        ("Ấp văn hóa", "THONVH"),
        ("Nghệ sỹ ưu tú", "DHVD_NSUT"),
    ],
)
def test_the_ways_in_which_lists_write_an_award(text: str, code: str) -> None:
    found = find_award(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bằng khen",
        "Cờ thi đua",
        "Huân chương Lao động",
        "Huân chương Lao động hạng Nhất, hạng Nhì, hạng Ba",
        "Lao động tiên tiến, Chiến sĩ thi đua cơ sở",
        "Cờ thi đua của UBND quận",
        "Giải Nhất",
        "Có bộ phận tham mưu tốt",
    ],
)
def test_what_names_no_single_award_finds_none(text: str) -> None:
    assert find_award(text) is None


def test_whose_award_it_is_may_stand_apart() -> None:
    found = find_award("Bằng khen", granted_by="Chủ tịch Ủy ban nhân dân tỉnh")
    assert found is not None
    assert found.code == "BANG_KHEN_TINH"


def _offered() -> set[tuple[str, str]]:
    plans = [json.loads(path.read_text("utf-8")) for path in CORPUS.rglob("*.json")]
    return {(form["name"], form.get("granted_by") or "") for plan in plans for form in plan.get("award_forms", [])}


def test_the_awards_that_real_plans_offer_are_found() -> None:
    """Only those pass unfound that are no award of the law, or do not say whose or of which class they are."""
    missed = {name for name, by in _offered() if find_award(name, granted_by=by) is None}
    assert {name for name in missed if not any(name.startswith(known) for known in NO_AWARD_OF_THE_LAW)} == set()
    assert len(_offered()) > 50
