"""Asking others: a letter to bodies that have to be heard, a notice to the people before the vote."""

from __future__ import annotations

import datetime

from msgspec import Struct, structs

from thidua.papers.issuing import Issue, addressed, head
from thidua.papers.nominees import Nominee, counts, listed, nominee_table
from thidua.papers.paper import Appendix, Block, Column, Heading, Item, Listed, Numbered, Paper, Paragraph
from thidua.papers.wording import capital, day_words, ended


class Consultation(Struct, frozen=True, kw_only=True):
    """`asked`: on what an opinion is wanted; `by`: the last day; `silence`: what no answer means, only where a rule
    says so, with its article; `contact`: where the answer goes.
    """

    issue: Issue
    to: tuple[str, ...]
    occasion: str
    nominees: tuple[Nominee, ...]
    asked: tuple[str, ...]
    by: datetime.date
    silence: str = ""
    contact: str = ""


def consultation_letter(wanted: Consultation) -> Paper:
    who = counts(wanted.nominees)
    opening = (
        f"{wanted.issue.unit} đang thẩm định hồ sơ đề nghị khen thưởng {wanted.occasion} đối với {who} có tên tại Phụ"
        f" lục kèm theo. {wanted.issue.unit} đề nghị {addressed(wanted.to)} cho ý kiến về:"
    )
    answer = (
        f"Ý kiến bằng văn bản đề nghị gửi về {wanted.contact or wanted.issue.unit} chậm nhất {day_words(wanted.by)}."
    )
    silence = [Paragraph(ended(wanted.silence, "."))] if wanted.silence else []
    return structs.replace(
        head(wanted.issue),
        form="letter",
        summary="lấy ý kiến về việc đề nghị khen thưởng",
        addressees=wanted.to,
        body=(
            Paragraph(opening),
            *(Numbered("clause", ended(words, ".")) for words in wanted.asked),
            Paragraph(answer),
            *silence,
            Paragraph(f"{wanted.issue.unit} trân trọng cảm ơn sự phối hợp."),
        ),
        appendices=(_names(wanted.nominees, "được lấy ý kiến"),),
    )


class Publication(Struct, frozen=True, kw_only=True):
    """`posted`: where the list can be read; `ways`: how to send an opinion; `bases` where a rule asks for it."""

    issue: Issue
    occasion: str
    nominees: tuple[Nominee, ...]
    since: datetime.date
    until: datetime.date
    posted: str
    ways: tuple[str, ...]
    bases: tuple[str, ...] = ()


def publication_notice(asked: Publication) -> Paper:
    who = counts(asked.nominees)
    body: tuple[Block, ...] = (
        Paragraph(
            f"{asked.issue.unit} thông báo lấy ý kiến Nhân dân đối với {who} được đề nghị khen thưởng {asked.occasion}"
            " (danh sách tại Phụ lục kèm theo) như sau:"
        ),
        Heading("clause", "Thời gian"),
        Paragraph(f"Từ {day_words(asked.since)} đến hết {day_words(asked.until)}."),
        Heading("clause", "Nơi đăng tải danh sách và tóm tắt thành tích"),
        Paragraph(ended(asked.posted, ".")),
        Heading("clause", "Cách gửi ý kiến"),
        Listed(
            tuple(Item(ended(words, "." if n == len(asked.ways) else ";")) for n, words in enumerate(asked.ways, 1))
        ),
        Paragraph(f"{asked.issue.unit} thông báo để các cơ quan, đơn vị và Nhân dân biết, tham gia ý kiến."),
    )
    return structs.replace(
        head(asked.issue),
        kind="THÔNG BÁO",
        summary=f"Lấy ý kiến Nhân dân về việc đề nghị khen thưởng {asked.occasion}",
        bases=asked.bases,
        body=body,
        appendices=(_names(asked.nominees, "được lấy ý kiến Nhân dân"),),
    )


def _names(nominees: tuple[Nominee, ...], what: str) -> Appendix:
    rows = [(nominee, (capital(nominee.award), nominee.merit)) for nominee in nominees]
    table = nominee_table(rows, Column("Danh hiệu, hình thức đề nghị", 2), Column("Tóm tắt thành tích", 4))
    title = f"{listed(nominee.subject for nominee in nominees)} {what}"
    last = Paragraph(f"Danh sách này có {counts(nominees)}.")
    return Appendix(title=title, blocks=(table, last), landscape=True)
