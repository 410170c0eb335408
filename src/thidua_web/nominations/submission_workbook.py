"""The list that goes with the tờ trình as a workbook: its columns, its kinds of nominee each numbered on its own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter

from thidua.papers.nominees import NAMED, Nominee, counts, listed
from thidua.papers.wording import capital, clean, counted, day_words, short_day
from thidua_web.nominations.models import MeetingVote, Nomination, Submission
from thidua_web.nominations.pages.presentation import nominees

HEADS = (
    "STT", "Họ và tên; tên tập thể, hộ gia đình", "Chức vụ, đơn vị công tác; địa chỉ", "Danh hiệu, hình thức đề nghị",
    "Thời gian lập thành tích", "Tóm tắt thành tích", "Số phiếu đồng ý", "Ghi chú",
)  # fmt: skip
WIDTHS = (6, 32, 40, 34, 22, 60, 14, 20)
FIRST = 5
"""The row of the heads, counted from 0, beneath whose list it is, what it is, and with what it goes."""


def written(row: Submission, rows: Sequence[Nomination]) -> bytes:
    """Vietnamese in every language, as papers are. Nothing in a cell is ever a formula: names come from people."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, options)
    sheet = book.add_worksheet("Danh sách")
    font = {"font_name": "Times New Roman", "font_size": 13, "valign": "top", "text_wrap": True}
    kinds = {
        "head": book.add_format(font | {"bold": True, "border": 1, "align": "center", "valign": "vcenter"}),
        "group": book.add_format(font | {"bold": True, "text_wrap": False}),
        "cell": book.add_format(font | {"border": 1}),
        "title": book.add_format(font | {"bold": True, "text_wrap": False}),
        "plain": book.add_format(font | {"italic": True, "text_wrap": False}),
    }
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    for number, (kind, cells) in enumerate(_lines(row, rows)):
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell, kinds[kind])
            else:
                sheet.write_string(number, place, clean(cell), kinds[kind])
    _for_printing(sheet)
    book.close()
    return made.getvalue()


def _for_printing(sheet: Any) -> None:
    sheet.freeze_panes(FIRST + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST)


Line = tuple[str, Sequence[str | int]]


def _lines(row: Submission, rows: Sequence[Nomination]) -> Iterator[Line]:
    pairs = list(zip(rows, nominees(row, rows), strict=True))
    number = f" số {row.number}" if row.number else ""
    yield "title", (row.unit.name.upper(),)
    yield "plain", ()
    yield "title", (f"{listed(nominee.subject for _, nominee in pairs)} đề nghị khen thưởng".upper(),)
    yield "plain", (f"(Kèm theo Tờ trình{number} {day_words(row.lodged_on)} của {row.unit.name})",)
    yield "plain", ()
    yield "head", HEADS
    yield from _groups(pairs, _votes(row))
    yield "plain", (f"Danh sách này có {counts(nominee for _, nominee in pairs)}.",)


def _groups(pairs: Sequence[tuple[Nomination, Nominee]], votes: Mapping[int, str]) -> Iterator[Line]:
    """In the order of the tờ trình within each kind."""
    kinds = [subject for subject in NAMED if any(nominee.subject == subject for _, nominee in pairs)]
    for letter, kind in zip("ABC", kinds, strict=False):
        group = [(one, nominee) for one, nominee in pairs if nominee.subject == kind]
        yield "group", (f"{letter}. {NAMED[kind].upper()} ({counted(len(group))})",)
        for n, (one, nominee) in enumerate(group, 1):
            cells = (nominee.name, nominee.about, capital(nominee.award), _period(one), nominee.merit)
            yield "cell", (n, *cells, votes.get(one.pk, ""), "")


def _period(one: Nomination) -> str:
    if one.since and one.until:
        return f"{short_day(one.since)} – {short_day(one.until)}"
    return f"Năm {one.year}"


def _votes(row: Submission) -> dict[int, str]:
    """ "8/9" of all who have a vote; of those cast where nobody wrote how many there are."""
    found = MeetingVote.objects.filter(meeting__submission=row, agreed__isnull=False).select_related("meeting")
    return {
        vote.nomination_id: f"{vote.agreed}/"
        f"{vote.meeting.members or (vote.agreed or 0) + (vote.against or 0) + (vote.abstained or 0)}"
        for vote in found
    }
