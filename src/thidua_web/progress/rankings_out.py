"""A published ranking to take along: a workbook, and a paper to print and sign."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import typst
import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext

from thidua.scoring.parts import ScoringTable
from thidua.signing import authority, letterhead
from thidua_web.progress.models import Scoring
from thidua_web.progress.pages.rankings import RankingPage, ranking_page
from thidua_web.progress.pages.score_tables import say_points
from thidua_web.progress.queries.signers import position_of

TEMPLATE = Path(__file__).with_name("ranking.typ")


def _head(page: RankingPage) -> list[str]:
    adjusted = [gettext("Thưởng"), gettext("Trừ")] if page.adjusted else []
    return [gettext("Hạng"), gettext("Đơn vị"), *page.sections, *adjusted, gettext("Tổng điểm")]


def _rows(page: RankingPage) -> list[list[str]]:
    return [
        [
            str(row.rank),
            row.name,
            *row.sections,
            *([row.bonus, row.deducted] if page.adjusted else []),
            row.total,
        ]
        for row in page.rows
    ]


def _notes(page: RankingPage) -> list[str]:
    """Reasons by unit, who stands apart, who is no more."""
    found = [f"{row.name}: {' '.join(row.reasons)}" for row in page.rows if row.reasons]
    words = gettext("%(unit)s chưa xếp hạng: còn thiếu %(missing)s.")
    found += [words % {"unit": one.name, "missing": ", ".join(one.missing)} for one in page.apart]
    ended = gettext("%(unit)s đã kết thúc hoạt động nên không xếp hạng.")
    return found + [ended % {"unit": name} for name in page.dissolved]


def as_workbook(scoring: Scoring, table: ScoringTable) -> bytes:
    """Two sheets: the ranking, and every point by source. Nothing in a cell is ever a formula."""
    result = scoring.result or {}
    page = ranking_page(result, table)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#F5F2EC", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Xếp hạng")
    sheet.write_string(0, 0, scoring.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.set_column(1, 1, 40, wrap)
    sheet.set_column(2, 12, 14)
    for column, words in enumerate(_head(page)):
        sheet.write_string(2, column, words, bold)
    raw = {row["unit"]: row for row in result["rows"]}
    for number, row in enumerate(page.rows, 3):
        kept = raw[row.unit]
        numbers = [kept["sections"][section.key] for section in table.sections]
        numbers += [kept["bonus"], f"-{kept['deducted']}"] if page.adjusted else []
        sheet.write_number(number, 0, row.rank)
        sheet.write_string(number, 1, row.name, wrap)
        for column, value in enumerate([*numbers, kept["total"]], 2):
            sheet.write_number(number, column, float(value))
    for number, words in enumerate(_notes(page), 4 + len(page.rows)):
        sheet.write_string(number, 1, words)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    _points_sheet(book, result, table, bold)
    book.close()
    return made.getvalue()


def _points_sheet(book: xlsxwriter.Workbook, result: dict, table: ScoringTable, bold: object) -> None:
    """A row a unit and criterion: what each source said, what counts, and why."""
    sheet = book.add_worksheet("Điểm từng tiêu chí")
    heads = ("Đơn vị", "Tiêu chí", "Tự chấm", "Chấm chéo", "Thường trực", "Điểm tính", "Lý do")
    for column, (words, width) in enumerate(zip(heads, (36, 60, 11, 11, 11, 11, 50), strict=True)):
        sheet.write_string(0, column, words, bold)
        sheet.set_column(column, column, width)
    names = {str(one["unit"]): one["name"] for part in ("rows", "incomplete", "dissolved") for one in result[part]}
    number = 0
    for unit, points in result["points"].items():
        for key, said in points.items():
            number += 1
            sheet.write_string(number, 0, names.get(unit, unit))
            sheet.write_string(number, 1, table.labels.get(key, key))
            for column, source in enumerate(("own", "peer", "standing", "points"), 2):
                if said[source] is not None:
                    sheet.write_number(number, column, float(said[source]))
            sheet.write_string(number, 6, said["reason"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(number, 1), len(heads) - 1)


def _official(scoring: Scoring) -> dict[str, Any]:
    """Head and foot of an official paper: whose it is, of which day, who signs as what. The nation's words and the form
    of the day are Vietnamese in every language.
    """
    unit, on, by = scoring.bloc.unit, timezone.localdate(scoring.published_at), scoring.published_by
    return {
        "above": letterhead(unit.parent.name) if unit.parent else (),
        "unit": letterhead(unit.name),
        "day": f"ngày {on:%d} tháng {on.month if on.month > 2 else f'{on:%m}'} năm {on.year}",
        "authority": authority(position_of(by, unit, on=on), unit=unit.name) if by else (),
        "signer": by.full_name if by else "",
        "to": [gettext("Các thành viên %(bloc)s;") % {"bloc": scoring.bloc.name}, gettext("Lưu: VT.")],
    }


def as_paper(scoring: Scoring, table: ScoringTable) -> bytes:
    """A4, to be printed and signed."""
    page = ranking_page(scoring.result or {}, table)
    data = {
        **_official(scoring),
        "title": scoring.title,
        "bloc": scoring.bloc.name,
        "year": str(scoring.year),
        "head": _head(page),
        "rows": _rows(page),
        "notes": _notes(page),
        "total": say_points(table.total) if table.total is not None else "",
        "words": {
            "heading": gettext("KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG THI ĐUA"),
            "notes": gettext("Ghi chú"),
            "seal": gettext("(Ký, ghi rõ họ tên và đóng dấu)"),
            "to": gettext("Nơi nhận:"),
        },
    }
    return bytes(typst.compile(str(TEMPLATE), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}))
