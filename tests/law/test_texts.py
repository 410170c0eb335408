"""The exact wording at a place, out of texts in whatever layout they come."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from labelled import shared
from thidua.law.criteria import Criterion, Entry, cite
from thidua.law.law import local_law
from thidua.law.texts import InstrumentText, cited, parse_text

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


@pytest.mark.parametrize(
    ("place", "places"),
    [
        ("điểm a khoản 1 Điều 24", [("24", "1", "a")]),
        ("điểm b khoản 1, khoản 2 Điều 21", [("21", "1", "b"), ("21", "2", "")]),
        ("điểm a, điểm b khoản 4 Điều 8", [("8", "4", "a"), ("8", "4", "b")]),
        (
            "khoản 3 Điều 79; khoản 1, 2, 4 Điều 80",
            [("79", "3", ""), ("80", "1", ""), ("80", "2", ""), ("80", "4", "")],
        ),
        ("các điểm a, b và đ khoản 1 Điều 27", [("27", "1", "a"), ("27", "1", "b"), ("27", "1", "đ")]),
        ("khoản 1 Điều 19, Điều 21", [("19", "1", ""), ("21", "", "")]),
        ("điểm a Điều 3", [("3", "", "a")]),
        ("Phụ lục I", []),
    ],
)
def test_a_citation_may_name_several_places(place: str, places: list[tuple[str, str, str]]) -> None:
    assert list(cited(place)) == places


def test_words_of_several_places_stand_in_their_order_and_once() -> None:
    text = parse_text(OF_LINES)
    assert words(text, "khoản 1, khoản 2 Điều 2") == words(text, "khoản 1 Điều 2") + words(text, "khoản 2 Điều 2")
    assert words(text, "khoản 1 Điều 2, điểm a khoản 1 Điều 2") == words(text, "khoản 1 Điều 2")


def _places(entry: Entry) -> Iterator[str]:
    def below(criterion: Criterion, above: str) -> Iterator[str]:
        place = cite(criterion.place, above) if criterion.place else above
        yield cite(place, entry.place)
        for part in criterion.parts:
            yield from below(part, place)

    yield entry.place
    for criterion in getattr(entry, "all", ()):
        yield from below(criterion, "")


@pytest.mark.parametrize("file", ["luat-06-2022-qh15.txt", "quy-dinh-bac-ninh-86-2025.txt"])
def test_every_place_in_a_law_file_is_there_in_the_published_text(file: str) -> None:
    """Each clause, point by point, of what is cited."""
    if not (FOLDER / file).exists():
        pytest.skip("the published texts are not at hand")
    text = parse_text((FOLDER / file).read_text("utf-8"))
    (statute,) = [known for known in local_law(Path(__file__).parent / "local").statutes if known.text == file]
    places = {place for entry in statute.entries() for place in _places(entry) if place}
    apart = {
        f"điểm {c} khoản {b} Điều {a}" if c else f"khoản {b} Điều {a}" for p in places for a, b, c in cited(p) if b
    }
    assert len(apart) > 15
    assert {place for place in places | apart if not text.wording(place)} == set()
