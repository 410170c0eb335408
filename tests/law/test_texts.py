"""The exact wording at a place, out of texts in whatever layout they come."""

import pytest

from labelled import shared
from thidua.law.texts import InstrumentText, parse_text

OF_LINES = """LUẬT

Luật số: 01/2030/QH17

Điều 1. Phạm vi

Luật này nói về việc thử.

Điều 2. Tiêu chuẩn

1. Cá nhân đạt các tiêu chuẩn sau đây:

a) Hoàn thành tốt nhiệm vụ;

đ) Đoàn kết.

2. Tập thể có 100 thành viên trở lên.

Chương II
"""
WRAPPED = """Số: 5/2030/QĐ-UBND

**Điều 1. **Ban hành
kèm theo Quyết định này Quy định.

**Điều 2. **Quyết định có hiệu lực từ ngày ký.

**Điều
1. Phạm vi điều
chỉnh**

Quy định này nêu
02 việc.

2020 là năm bắt đầu.

**Điều 2. Đối tượng**

1. Mọi đơn vị.

a) Kể cả doanh nghiệp.
"""


def words(text: InstrumentText, place: str) -> list[str]:
    return [paragraph.text for paragraph in text.wording(place)]


def test_a_point_a_clause_and_a_whole_article() -> None:
    text = parse_text(OF_LINES)
    assert text.number == "01/2030/QH17"
    assert words(text, "điểm đ khoản 1 Điều 2") == ["đ) Đoàn kết."]
    assert len(words(text, "khoản 1 Điều 2")) == 3
    assert words(text, "khoản 2 Điều 2") == ["2. Tập thể có 100 thành viên trở lên."]
    assert len(words(text, "Điều 2")) == 4


def test_what_is_not_there_has_no_words() -> None:
    assert words(parse_text(OF_LINES), "điểm b khoản 1 Điều 2") == []
    assert words(parse_text(OF_LINES), "Điều 3") == []
    assert words(parse_text(OF_LINES), "Phụ lục I") == []


def test_lines_that_were_wrapped_are_joined_and_the_regulation_stands_for_the_place() -> None:
    text = parse_text(WRAPPED)
    assert [article.heading for article in text.articles] == ["Phạm vi điều chỉnh", "Đối tượng"]
    assert words(text, "Điều 1") == ["Quy định này nêu 02 việc.", "2020 là năm bắt đầu."]
    assert words(text, "điểm a khoản 1 Điều 2") == ["a) Kể cả doanh nghiệp."]


PUBLISHED = [
    ("luat-06-2022-qh15.txt", 96, "điểm a khoản 1 Điều 24", "a) Hoàn thành tốt nhiệm vụ trở lên;"),
    ("luat-06-2022-qh15.txt", 96, "khoản 2 Điều 74", "2. Bằng khen của Bộ, ban, ngành, tỉnh để tặng hoặc truy"),
    ("nghi-dinh-30-2020.txt", 38, "khoản 2 Điều 2", "2. Tổ chức chính trị, tổ chức chính trị - xã hội,"),
    ("quy-dinh-bac-ninh-86-2025.txt", 11, "khoản 2 Điều 3", "2. Danh hiệu “Tập thể lao động xuất sắc”"),
]
FOLDER = shared() / "facts/texts"


@pytest.mark.parametrize(
    ("name", "articles", "place", "opening"), [case for case in PUBLISHED if (FOLDER / case[0]).exists()]
)
def test_instruments_as_they_are_published(name: str, articles: int, place: str, opening: str) -> None:
    text = parse_text((FOLDER / name).read_text("utf-8"))
    assert len(text.articles) == articles
    assert words(text, place)[0].startswith(opening)
