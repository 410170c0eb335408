"""Tasks: who is told to do what in the part "Tổ chức thực hiện", or in the numbered orders of a dispatch.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.facts.addressees import told, told_for
from thidua.plans.facts.headings import ends_in_colon, is_heading
from thidua.plans.facts.patterns import any_of
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Task

_CLOSING = re.compile(
    any_of(
        r"tren day la|can cu (?:ke hoach|noi dung ke hoach|huong dan|chi thi|cong van)[^,;.]{0,20},",
        r"yeu cau (?:cac|thu truong|lanh dao|truong)",
        r"de nghi (?:cac|thu truong|lanh dao) [^:]{0,120} (?:nghiem tuc|trien khai)",
        r"trong qua trinh|qua trinh|nhan duoc|mot so noi dung tren",
        r"ke hoach nay|chi thi nay|huong dan nay|cong van nay|noi nhan",
        r"moi (?:y kien|vuong mac)|neu co (?:kho khan|vuong mac)|neu (?:phat sinh|gap)",
    )
    + r"\b"
)
# A run-in heading that names the work, not who does it.
_WORK = re.compile(r"(?:bao cao|to chuc|so ket|tong ket|ban hanh|trien khai|thuc hien)\b")
_FUNDING = re.compile(r"kinh phi|nguon kinh phi|co so vat chat")
_ORDER = re.compile(r"cong dien|chi thi")
_LIST_FOLLOWS = re.compile(r"(?:nhu sau|sau day|sau)\s*:?\s*$")
# On the plan's own words, with their marks.
_TELLING = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu|Phân công|Trách nhiệm của|Nhiệm vụ của|Đối với)\s+(?=\S)")


def read_tasks(source: Source, *, type_: str | None) -> tuple[Task, ...]:
    """One item a list entry, or a paragraph where it has no list; the unit is the heading's or the sentence's subject.

    `type_` is the document's kind, folded: a dispatch gives its orders without a part on organisation.
    """
    blocks = [block for block in source.blocks if "organisation" in block.roles]
    if not blocks and type_ and _ORDER.search(type_):
        blocks = _orders(source.blocks)
    listed = [_task(source, block) for block in blocks if _is_task(block)]
    tabled = [item for table in find_tables(source) for item in _of_table(source, table)]
    return (*listed, *tabled)


def _orders(blocks: list[Block]) -> list[Block]:
    """Paragraphs from the first numbered one on."""
    first = next((i for i, block in enumerate(blocks) if block.kind in {"arabic", "roman"}), len(blocks))
    return [block for block in blocks[first:] if not block.roles - {"content", "review"}]


def _is_task(block: Block) -> bool:
    if block.is_row or len(block.text) < 12 or _is_head(block):
        return False
    if any(_is_closing(candidate) for candidate in (block, *block.ancestors())):
        return False
    headings = (block, *(head for head in block.ancestors() if "organisation" in head.roles))
    return not any(_FUNDING.match(heading.folded) for heading in headings)


def _is_closing(block: Block) -> bool:
    """The formula that ends an official document, not a task."""
    return block.rank >= 9 and _CLOSING.match(block.folded) is not None


def _is_head(block: Block) -> bool:
    """A paragraph that only names the unit or the part; its list holds the tasks."""
    if block.rank <= 1:
        return True
    length = len(block.text.rstrip(" *"))
    if ends_in_colon(block) or _LIST_FOLLOWS.search(block.folded):
        return bool(block.children) or length < 90
    return bool(block.children) and (is_heading(block) or length < 60)


def _task(source: Source, block: Block) -> Task:
    quote, span = source.words(block.normal, block.body, len(block.normal))
    return Task(quote=quote, span=span, who=who_of(block), text=block.text.strip(), sureness=0.9)


def subject_of(folded: str, text: str) -> str | None:
    """The unit that the clause tells to act, where it is the clause's own subject ("Các sở gửi báo cáo …").

    `folded` are the letters of `text` without their marks, one for one.
    """
    begin = len(folded) - len(folded.lstrip(" -–+*•"))
    level = told_for(folded, begin)
    if level:
        begin = level[1] + len(folded[level[1] :]) - len(folded[level[1] :].lstrip(" :,"))
    who = told(folded, begin)
    # Before a colon stands a heading: "Khởi công:", "Đại hội cấp tỉnh:".
    if who is None or folded[who[1] :].lstrip().startswith(":"):
        who = level
    return _unit(text[slice(*who)]) if who else None


def who_of(block: Block) -> str | None:
    """The unit told to act: the subject of the sentence, the run-in heading, else the heading above."""
    who = told(block.folded) or told_for(block.folded)
    if who:
        return _unit(block.text[slice(*who)])
    names_unit = not _WORK.match(block.normal.folded, block.body)
    if block.head and names_unit and not is_heading(block) and block.head - block.body < 120:
        return _unit(block.text[: block.head - block.body])
    for heading in block.ancestors():
        if heading.rank <= 1 or "organisation" not in heading.roles:
            break
        who = told(heading.folded)
        words = heading.text[slice(*who)] if who else heading.text
        if len(words) < 200:
            return _unit(words)
    return None


def _unit(words: str) -> str | None:
    return _TELLING.sub("", words.strip(" *.:;,-")).strip(" *.:;,-") or None


class DutyColumns(Struct, frozen=True):
    """Indexes of the columns of a table that gives work to people."""

    work: int
    who: int | None
    due: int | None


def duty_columns(table: Table) -> DutyColumns | None:
    """The columns where a table's header names work and either who does it or by when; None for other tables."""
    work = table.column(r"noi dung|nhiem vu|cong viec|hoat dong|viec")
    who = table.column(r"nguoi|don vi|chu tri|phu trach|thuc hien|bo phan|co quan")
    due = table.column(r"thoi (?:gian|han|diem)|hoan thanh|tien do")
    if work is None or (who is None and due is None):
        return None
    if table.column(r"cong trinh|du an|chi tieu|tap the|diem") is not None:
        return None
    return DutyColumns(work, None if who == work else who, None if due == work else due)


def dated_rows(table: Table) -> Iterator[tuple[Block, list[tuple[int, int]], DutyColumns, tuple[int, int]]]:
    """Rows of a table of work that has a column for its time: block, cells, columns, and the cell of the time."""
    columns = duty_columns(table)
    if columns is None or columns.due is None:
        return
    for block, cells in table.rows:
        if max(columns.work, columns.due) < len(cells):
            yield block, cells, columns, cells[columns.due]


def _of_table(source: Source, table: Table) -> Iterator[Task]:
    columns = duty_columns(table)
    if columns is None or columns.who is None:
        return
    for block, cells in table.rows:
        if len(cells) <= max(columns.work, columns.who):
            continue
        text = block.normal.text
        who, work = (text[slice(*cells[i])].strip() for i in (columns.who, columns.work))
        quote, span = source.words(block.normal, cells[columns.work][0], len(block.normal))
        yield Task(quote=quote, span=span, who=who, text=work, sureness=0.8)
