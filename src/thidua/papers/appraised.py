"""Báo cáo kết quả thẩm định: the list that a council votes on, with what was found for each."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, structs

from thidua.papers.issuing import Issue, addressed, head
from thidua.papers.nominees import NAMED, Nominee, counts, nominee_table
from thidua.papers.paper import Appendix, Column, Paper, Paragraph, Row, Table
from thidua.papers.wording import capital, counted

Verdict = Literal["recommended", "lowered", "not_recommended", "waiting"]
VERDICTS: dict[Verdict, str] = {
    "recommended": "Đề nghị khen thưởng",
    "lowered": "Đề nghị hình thức khác",
    "not_recommended": "Không đề nghị",
    "waiting": "Chờ bổ sung hồ sơ",
}


class Appraised(Struct, frozen=True, kw_only=True):
    """`submitted_by`: the unit that proposed; `instead`: the award proposed in place of the one asked for; `reason`:
    why, with its article.
    """

    nominee: Nominee
    verdict: Verdict
    submitted_by: str = ""
    instead: str = ""
    reason: str = ""


class AppraisalReport(Struct, frozen=True, kw_only=True):
    """`remarks`: paragraphs of the body itself, after the numbers."""

    issue: Issue
    to: tuple[str, ...]
    occasion: str
    appraised: tuple[Appraised, ...]
    remarks: tuple[str, ...] = ()


def appraisal_report(told: AppraisalReport) -> Paper:
    nominees = [one.nominee for one in told.appraised]
    opening = f"{told.issue.unit} báo cáo {addressed(told.to)} {_lower(_title(told))}, gồm {counts(nominees)}"
    return structs.replace(
        head(told.issue),
        kind="BÁO CÁO",
        summary=_title(told),
        addressees=told.to,
        body=(
            Paragraph(f"{opening}, như sau:"),
            _numbers(told.appraised),
            *(Paragraph(words) for words in told.remarks),
            Paragraph("Danh sách và lý do từng trường hợp ghi tại Phụ lục kèm theo."),
            Paragraph(f"{told.issue.unit} kính trình {addressed(told.to)} xem xét."),
        ),
        appendices=(_names(told.appraised),),
    )


_TITLED = "Kết quả thẩm định"


def _title(told: AppraisalReport) -> str:
    """The occasion may be the list's own title, which says already what it is."""
    if told.occasion.casefold().startswith(_TITLED.casefold()):
        return capital(told.occasion)
    return f"{_TITLED} hồ sơ đề nghị khen thưởng {told.occasion}"


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _numbers(appraised: tuple[Appraised, ...]) -> Table:
    """How many of each kind had which result, and all together."""
    subjects = [subject for subject in NAMED if any(one.nominee.subject == subject for one in appraised)]
    columns = (
        Column("Kết quả thẩm định", 3),
        *(Column(NAMED[subject].capitalize(), 1, "right") for subject in subjects),
    )
    rows = []
    for verdict, words in VERDICTS.items():
        found = [one.nominee.subject for one in appraised if one.verdict == verdict]
        if found:
            numbers = [found.count(subject) for subject in subjects]
            rows.append(Row((words, *(counted(number) for number in numbers), counted(sum(numbers)))))
    every = [sum(one.nominee.subject == subject for one in appraised) for subject in subjects]
    rows.append(Row(("Tổng số", *(counted(number) for number in every), counted(sum(every)))))
    return Table((*columns, Column("Cộng", 1, "right")), tuple(rows))


def _names(appraised: tuple[Appraised, ...]) -> Appendix:
    rows = [
        (one.nominee, (one.submitted_by, capital(one.nominee.award), _result(one), one.reason)) for one in appraised
    ]
    more = (
        Column("Đơn vị trình", 1.8),
        Column("Danh hiệu, hình thức đề nghị", 2),
        Column("Kết quả thẩm định", 1.8),
        Column("Căn cứ, lý do", 3),
    )
    last = Paragraph(f"Danh sách này có {counts(one.nominee for one in appraised)}.")
    title = "Danh sách kết quả thẩm định"
    return Appendix(title=title, blocks=(nominee_table(rows, *more), last), landscape=True)


def _result(one: Appraised) -> str:
    return f"{VERDICTS[one.verdict]}: {one.instead}" if one.instead else VERDICTS[one.verdict]
