"""Letters of the standing body: dossiers returned, awards not proposed, with article, fact and what would suffice."""

from __future__ import annotations

import datetime

from msgspec import Struct, structs

from thidua.explain import sentence
from thidua.findings import Finding
from thidua.papers.issuing import Issue, addressed, head
from thidua.papers.nominees import Nominee, counts, nominee_table
from thidua.papers.paper import Appendix, Block, Column, Heading, Item, Listed, Numbered, Paper, Paragraph
from thidua.papers.wording import capital, counted, day_words, ended

FEW = 5
"""So many nominees are told in the letter; more go into an appendix."""


# --- Returned -------------------------------------------------------------------------------------------------------


class Defect(Struct, frozen=True, kw_only=True):
    """`reason`: the words of the reason's code, or a finding; `article`: where it stands; `todo`: what to do."""

    reason: str | Finding
    article: str = ""
    todo: str = ""

    @property
    def words(self) -> str:
        return _bare(self.reason if isinstance(self.reason, str) else sentence(self.reason))

    @property
    def cited(self) -> str:
        """The article, else the finding's own basis."""
        basis = self.reason.basis if isinstance(self.reason, Finding) else None
        return self.article or (basis.citation if basis else "")


class Returned(Struct, frozen=True, kw_only=True):
    nominee: Nominee
    defects: tuple[Defect, ...]


class ReturnLetter(Struct, frozen=True, kw_only=True):
    """`submission`: the paper they came with ("Tờ trình số 05/TTr-SYT ngày 05/01/2026"); `general`: what is wrong with
    the submission itself; `by`: the last day to send it again; `afterwards`: what then follows, where a rule says so.
    """

    issue: Issue
    to: tuple[str, ...]
    submission: str
    returned: tuple[Returned, ...] = ()
    general: tuple[Defect, ...] = ()
    by: datetime.date | None = None
    afterwards: str = ""
    contact: str = ""


def return_letter(asked: ReturnLetter) -> Paper:
    """Each defect with its reason, its article, what to do; by when."""
    unit = asked.issue.unit
    several = len(asked.returned) > FEW
    number = f"{counted(len(asked.returned))} hồ sơ" if asked.returned else "hồ sơ"
    opening = f"{unit} đã xem xét {asked.submission} và trả lại {number} để bổ sung, hoàn thiện, cụ thể như sau:"
    body: list[Block] = [Paragraph(opening)]
    if asked.general:
        body += [Heading("clause", "Đối với tờ trình và hồ sơ chung"), *_defects(asked.general)]
    if several:
        body.append(Paragraph("Nội dung của từng hồ sơ ghi tại Phụ lục kèm theo."))
    else:
        for one in asked.returned:
            body += [Heading("clause", _proposed(one.nominee)), *_defects(one.defects)]
    return structs.replace(
        _letter(asked.issue, asked.to),
        summary="trả lại hồ sơ đề nghị khen thưởng để bổ sung, hoàn thiện",
        body=(*body, *_returning(asked)),
        appendices=(_returned(asked),) if several else (),
    )


def _defects(defects: tuple[Defect, ...]) -> list[Block]:
    return [Numbered("point", _defect(one)) for one in defects]


def _defect(one: Defect) -> str:
    cited = f" ({one.cited})" if one.cited else ""
    todo = f" Việc cần làm: {_bare(one.todo)}." if one.todo else ""
    return f"{one.words}{cited}.{todo}"


def _returning(asked: ReturnLetter) -> list[Block]:
    until = f" chậm nhất {day_words(asked.by)}" if asked.by else ""
    after = f" {_bare(asked.afterwards)}." if asked.afterwards else ""
    contact = [Paragraph(f"Cần trao đổi, liên hệ: {_bare(asked.contact)}.")] if asked.contact else []
    return [Paragraph(f"Đề nghị {addressed(asked.to)} bổ sung và gửi lại hồ sơ{until}.{after}"), *contact]


def _returned(asked: ReturnLetter) -> Appendix:
    rows = [
        (
            one.nominee,
            (
                capital(one.nominee.award),
                "\n".join(
                    f"{n}. {defect.words}{f' ({defect.cited})' if defect.cited else ''}."
                    for n, defect in enumerate(one.defects, 1)
                ),
                "\n".join(f"{n}. {_bare(defect.todo)}." for n, defect in enumerate(one.defects, 1) if defect.todo),
            ),
        )
        for one in asked.returned
    ]
    more = (Column("Danh hiệu, hình thức", 1.8), Column("Lý do trả lại, căn cứ", 3.6), Column("Việc cần làm", 3))
    title = "Danh sách hồ sơ trả lại để bổ sung"
    return Appendix(title=title, blocks=(nominee_table(rows, *more), _all(asked.returned)), landscape=True)


# --- Not proposed ---------------------------------------------------------------------------------------------------


class Ground(Struct, frozen=True, kw_only=True):
    """One criterion that is not met: where it stands, what was found, what would have sufficed."""

    article: str
    fact: str
    sufficed: str = ""


class Refused(Struct, frozen=True, kw_only=True):
    """`explained`: the whole explanation, as `thidua.rules.explaining.letter` writes it; it becomes an appendix."""

    nominee: Nominee
    grounds: tuple[Ground, ...]
    explained: str = ""


class RefusalLetter(Struct, frozen=True, kw_only=True):
    """`submission`: the paper they came with; `again`: how to object or to propose again, where a rule says so."""

    issue: Issue
    to: tuple[str, ...]
    submission: str
    refused: tuple[Refused, ...]
    again: str = ""


def refusal_letter(asked: RefusalLetter) -> Paper:
    unit = asked.issue.unit
    several = len(asked.refused) > FEW
    who = counts(one.nominee for one in asked.refused)
    opening = f"{unit} đã thẩm định {asked.submission} và thông báo không đề nghị khen thưởng đối với {who}, lý do:"
    body: list[Block] = [Paragraph(opening)]
    if several:
        body.append(Paragraph("Căn cứ, dữ kiện của từng trường hợp ghi tại Phụ lục kèm theo."))
    else:
        for one in asked.refused:
            body += [Heading("clause", _proposed(one.nominee)), *(Numbered("point", _ground(g)) for g in one.grounds)]
    again = [Paragraph(f"{_bare(asked.again)}.")] if asked.again else []
    return structs.replace(
        _letter(asked.issue, asked.to),
        summary="thông báo không đề nghị khen thưởng",
        body=(*body, *again, Paragraph(f"{unit} thông báo để {addressed(asked.to)} biết.")),
        appendices=(*((_refused(asked),) if several else ()), *_explanations(asked.refused)),
    )


def _ground(one: Ground) -> str:
    sufficed = f" Sẽ đủ nếu: {_bare(one.sufficed)}." if one.sufficed else ""
    return f"{_bare(one.article)}: {_bare(one.fact)}.{sufficed}"


def _refused(asked: RefusalLetter) -> Appendix:
    rows = [
        (
            one.nominee,
            (
                capital(one.nominee.award),
                "\n".join(f"{_bare(ground.article)}: {_bare(ground.fact)}." for ground in one.grounds),
                "\n".join(f"{_bare(ground.sufficed)}." for ground in one.grounds if ground.sufficed),
            ),
        )
        for one in asked.refused
    ]
    more = (Column("Danh hiệu, hình thức", 1.8), Column("Căn cứ, dữ kiện", 3.6), Column("Sẽ đủ nếu", 3))
    title = "Danh sách không đề nghị khen thưởng"
    return Appendix(title=title, blocks=(nominee_table(rows, *more), _all(asked.refused)), landscape=True)


def _explanations(refused: tuple[Refused, ...]) -> list[Appendix]:
    return [
        Appendix(title=f"Đối chiếu tiêu chuẩn: {one.nominee.name}", blocks=explained(one.explained))
        for one in refused
        if one.explained.strip()
    ]


def explained(text: str) -> tuple[Block, ...]:
    """The lines of an explanation as paragraphs and lists; how far a line stands in is its place in the list."""
    blocks: list[Block] = []
    indents: list[int] = []
    for line in filter(str.strip, text.split("\n")):
        bare = line.strip()
        if not bare.startswith(("- ", "+ ")):
            blocks.append(Paragraph(bare))
            indents = []
            continue
        indent = len(line) - len(line.lstrip())
        indents = [*(one for one in indents if one < indent), indent]
        item = Item(bare[2:], len(indents) - 1)
        last = blocks[-1] if blocks else None
        if isinstance(last, Listed):
            blocks[-1] = Listed((*last.items, item))
        else:
            blocks.append(Listed((item,)))
    return tuple(blocks)


# --- Both -----------------------------------------------------------------------------------------------------------


def _letter(issue: Issue, to: tuple[str, ...]) -> Paper:
    return structs.replace(head(issue), form="letter", addressees=to)


def _proposed(nominee: Nominee) -> str:
    return f"{nominee.named}{f' (đề nghị {nominee.award})' if nominee.award else ''}"


def _all(rows: tuple[Returned, ...] | tuple[Refused, ...]) -> Paragraph:
    return Paragraph(f"Danh sách này có {counts(one.nominee for one in rows)}.")


def _bare(words: str) -> str:
    return ended(words, "")
