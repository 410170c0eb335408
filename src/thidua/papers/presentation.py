"""Tờ trình đề nghị khen thưởng: what a unit submits, with the list of those it proposes."""

from __future__ import annotations

import datetime

from msgspec import Struct, structs

from thidua.papers.issuing import Issue, addressed, head
from thidua.papers.nominees import Nominee, by_award, counts, listed, nominee_table
from thidua.papers.paper import Appendix, Block, Column, Item, Listed, Numbered, Paper, Paragraph
from thidua.papers.patterns import pattern_of
from thidua.papers.wording import capital, counted, day_words, ended


class Presentation(Struct, frozen=True, kw_only=True):
    """`occasion`: for what, as it follows "khen thưởng" ("thành tích xuất sắc trong phong trào thi đua ... năm 2025").

    `reviewed`: the day of the unit's own meeting; `dossier`: what is sent with it; `reasons`: paragraphs of the unit's
    own, before the list. `on`: the day the dossier is lodged, which decides on the form.
    """

    issue: Issue
    to: tuple[str, ...]
    occasion: str
    nominees: tuple[Nominee, ...]
    bases: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    reviewed: datetime.date | None = None
    dossier: tuple[str, ...] = ()
    on: datetime.date | None = None


def presentation(asked: Presentation) -> Paper:
    """Numbers by award in the text, the names in an appendix."""
    return structs.replace(
        head(asked.issue),
        kind="TỜ TRÌNH",
        summary=f"Về việc đề nghị khen thưởng {asked.occasion}",
        addressees=asked.to,
        bases=asked.bases,
        body=(*_opening(asked), *_awards(asked), *_closing(asked)),
        appendices=(_names(asked),) if asked.nominees else (),
        pattern=pattern_of("presentation", asked.on or asked.issue.day),
    )


def _opening(asked: Presentation) -> list[Block]:
    reviewed = f", trên cơ sở kết quả cuộc họp xét {day_words(asked.reviewed)}" if asked.reviewed else ""
    said = f"{asked.issue.unit} đề nghị {addressed(asked.to)} xem xét khen thưởng {asked.occasion}{reviewed}, cụ thể:"
    return [*(Paragraph(words) for words in asked.reasons), Paragraph(said)]


def _awards(asked: Presentation) -> list[Block]:
    if not asked.nominees:
        return []
    lines = [f"{capital(award)}: {counts(group)}" for award, group in by_award(asked.nominees).items()]
    total = f"Tổng số: {counts(asked.nominees)} (danh sách tại Phụ lục kèm theo)."
    return [*(Numbered("clause", f"{line}.") for line in lines), Paragraph(total)]


def _closing(asked: Presentation) -> list[Block]:
    sent: list[Block] = []
    if asked.dossier:
        last = len(asked.dossier)
        items = (Item(ended(words, "." if n == last else ";")) for n, words in enumerate(asked.dossier, 1))
        sent = [Paragraph(f"Hồ sơ gửi kèm gồm {counted(last)} loại:"), Listed(tuple(items))]
    answer = f"{asked.issue.unit} chịu trách nhiệm về tính chính xác của hồ sơ đề nghị."
    return [*sent, Paragraph(answer), Paragraph(f"Kính đề nghị {addressed(asked.to)} xem xét, quyết định.")]


def _names(asked: Presentation) -> Appendix:
    rows = [(nominee, (capital(nominee.award), nominee.merit)) for nominee in asked.nominees]
    table = nominee_table(rows, Column("Danh hiệu, hình thức đề nghị", 2), Column("Tóm tắt thành tích", 4))
    title = f"{listed(nominee.subject for nominee in asked.nominees)} đề nghị khen thưởng"
    last = Paragraph(f"Danh sách này có {counts(asked.nominees)}.")
    return Appendix(title=title, blocks=(table, last), landscape=True)
