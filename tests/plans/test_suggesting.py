"""What a selection of words puts into the form."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from labelled import corpora
from thidua.plans.fields import main_field, values_of
from thidua.plans.read import read_text
from thidua.plans.reading import Relative
from thidua.plans.review import begin
from thidua.plans.suggesting import suggest

HEAD = "ỦY BAN NHÂN DÂN\nSố: 57/KH-UBND\nXã Hòa, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nTổ chức thi đua\n\n"


def suggested(kind: str, words: str, *, head: str = HEAD, header_field: str | None = None) -> dict[str, Any]:
    raw = f"{head}{words} và phần còn lại."
    return suggest(kind, raw, (len(head), len(head) + len(words)), header_field=header_field)


@pytest.mark.parametrize(
    ("kind", "words", "values"),
    [
        (
            "deadlines",
            "Các phòng gửi báo cáo về Văn phòng trước ngày 15 hằng tháng",
            {"to": "Văn phòng", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=15"},
        ),
        (
            "deadlines",
            "- Gửi hồ sơ chậm nhất 10 ngày làm việc kể từ ngày kết thúc đợt thi đua;",
            {"relative": Relative(days=10, unit="working_day", from_="kết thúc đợt thi đua")},
        ),
        ("deadlines", "Nộp hồ sơ trước ngày 25/12", {"date": datetime.date(2026, 12, 25)}),
        ("targets", "Trên 80% hộ đạt chuẩn", {"op": ">=", "value": 80.0, "unit": "%", "strict": True}),
        ("award_forms", "Tặng Giấy khen của Chủ tịch UBND xã", {"granted_by": "Chủ tịch UBND xã"}),
        ("conditions", "Các chỉ tiêu không được thấp hơn năm 2023", {"kind": "floor", "year": 2023}),
        ("recipients", "- Như kính gửi;", {"name": "Như kính gửi"}),
        ("movements", "Chống rác thải nhựa", {"name": "Chống rác thải nhựa"}),
    ],
)
def test_the_grammar_of_the_reader_reads_the_words(kind: str, words: str, values: dict[str, Any]) -> None:
    assert values.items() <= suggested(kind, words).items()


def test_days_without_a_year_take_that_of_the_plan() -> None:
    words = "Thời gian thi đua từ ngày 09/3 đến hết ngày 30/6"

    days = {"start": datetime.date(2026, 3, 9), "end": datetime.date(2026, 6, 30)}
    assert days.items() <= suggested("periods", words).items()
    assert not days.keys() & suggested("periods", words, head="").keys()


def test_words_that_no_grammar_takes_are_the_main_text_with_their_first_date_and_number() -> None:
    assert suggested("pledges", "Mỗi ban 02 việc tốt.") == {"who": "Mỗi ban 02 việc tốt", "min": 2}
    assert suggested("projects", "Nhà ăn (xong quý III)") == {"name": "Nhà ăn (xong quý III)", "by": "2026-09-30"}


def test_a_header_field_takes_the_words_or_their_day() -> None:
    words = "Hà Nội,  ngày 05\ntháng 3 năm 2026"

    assert suggested("header", words, header_field="place") == {"value": "Hà Nội, ngày 05 tháng 3 năm 2026"}
    assert suggested("header", words, header_field="date") == {"value": datetime.date(2026, 3, 5)}
    assert suggested("header", "tháng 3 năm 2026", header_field="date_partial") == {"value": "2026-03"}
    assert suggested("header", "Hà Nội", header_field="date") == {}


def test_half_words_are_made_whole_and_blank_words_tell_nothing() -> None:
    raw = "Văn phòng Hội"

    assert suggest("recipients", raw, (1, 8)) == {"name": "Văn phòng"}
    assert suggest("recipients", raw, (3, 4)) == {}


def test_most_facts_come_back_when_their_words_are_selected() -> None:
    """Judged by the main text; kinds whose values stand elsewhere in the plan (who, which table row) come lower."""
    facts = hits = 0
    for document in (one for group in corpora().values() for one in group):
        for item in begin(read_text(document.text)):
            if item.kind != "header":
                main = main_field(item.kind)
                facts += 1
                told = suggest(item.kind, document.text, item.fact.span)
                hits += told.get(main) == values_of(item.fact)[main]

    assert hits / facts > 0.85
