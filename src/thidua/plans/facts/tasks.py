"""Tasks: who is told to do what in the part "Tổ chức thực hiện", or in the numbered orders of a dispatch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Task

CLOSING = re.compile(
    r"(?:tren day la|can cu (?:ke hoach|noi dung ke hoach|huong dan|chi thi|cong van)[^,;.]{0,20},|yeu cau (?:cac|thu truong|lanh dao|truong)|de nghi (?:cac|thu truong|lanh dao) [^:]{0,120} (?:nghiem tuc|trien khai)|"
    r"trong qua trinh|qua trinh|nhan duoc|ke hoach nay|chi thi nay|huong dan nay|cong van nay|noi nhan|mot so noi dung tren|moi (?:y kien|vuong mac)|neu co (?:kho khan|vuong mac)|neu (?:phat sinh|gap))\b"
)
_BODY = re.compile(
    r"(?:giao |de nghi |yeu cau |phan cong )?(?P<who>(?:cac |thu truong |truong |lanh dao |chu tich |giam doc |hieu truong |bo truong |tong (?!hop|ket)|uy ban |ubnd |so |ban |phong |van phong |hoi |hoi dong |lien doan |doan |cong doan |truong |trung tam |cong an |bo |bao |dai |co quan |don vi |thanh vien |to |bi thu |khoi |cum |gvcn|giao vien|xi nghiep |chi nhanh |tram |benh vien |khoa |mat tran |thuong truc |doanh nghiep |cong ty |ban giam doc |ban chap hanh |ban thuong vu )[^,;:.]{2,160}?)"
    r"(?=\s*:|,? (?:chu tri|phoi hop|co trach nhiem|tham muu|tong hop|theo doi|chi dao|to chuc|xay dung|trien khai|huong dan|tich cuc|bo sung|can cu|dang ky|phat dong|thuc hien|kiem tra|don doc|bao cao|chiu trach nhiem|tiep tuc|nghiem tuc|quan triet|day manh|tuyen truyen|so ket|giam sat|van dong|phan cong|lam|ban hanh|thong tin|bo tri|can doi|tham dinh|gui|lap|nop|cu the hoa|cung)\b)"
)
_FUNDING = re.compile(r"kinh phi|nguon kinh phi|co so vat chat")
_ORDER = re.compile(r"cong dien|chi thi")


def read_tasks(source: Source, *, type_: str | None) -> tuple[Task, ...]:
    """One item a list entry, or a paragraph where it has no list; the unit is the heading's or the sentence's subject."""
    blocks = [block for block in source.blocks if "organisation" in block.roles]
    if not blocks and type_ and _ORDER.search(type_):
        first = next((i for i, block in enumerate(source.blocks) if block.kind in {"arabic", "roman"}), len(source.blocks))
        blocks = [block for block in source.blocks[first:] if not block.roles - {"content", "review"}]
    listed = [item for block in blocks for item in _of_block(source, block)]
    tabled = [item for table in find_tables(source) for item in _of_table(source, table)]
    return (*listed, *tabled)


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
    if work is None or (who is None and due is None) or table.column(r"cong trinh|du an|chi tieu|tap the|diem") is not None:
        return None
    return DutyColumns(work, None if who == work else who, None if due == work else due)


def _of_table(source: Source, table: Table) -> Iterator[Task]:
    columns = duty_columns(table)
    if columns is None or columns.who is None:
        return
    for block, cells in table.rows:
        if len(cells) <= max(columns.work, columns.who):
            continue
        text = block.normal.text
        quote, span = source.words(block.normal, cells[columns.work][0], len(block.normal))
        yield Task(quote=quote, span=span, who=text[slice(*cells[columns.who])].strip(), text=text[slice(*cells[columns.work])].strip(), sureness=0.8)


def is_closing(block: Block) -> bool:
    """The formula that ends an official document, not a task."""
    return block.rank >= 9 and CLOSING.match(block.folded) is not None


def _of_block(source: Source, block: Block) -> Iterator[Task]:
    if block.is_row or is_closing(block) or any(is_closing(a) for a in block.ancestors()) or len(block.text) < 12:
        return
    folded = block.folded
    if _FUNDING.match(folded) or any(_FUNDING.match(a.folded) for a in block.ancestors() if "organisation" in a.roles):
        return
    if _is_head(block):
        return
    quote, span = source.words(block.normal, block.body, len(block.normal))
    yield Task(quote=quote, span=span, who=who_of(block), text=block.text.strip(), sureness=0.9)


def _is_head(block: Block) -> bool:
    """A paragraph that only names the unit or the part; its list holds the tasks."""
    if block.rank <= 1:
        return True
    text = block.text.rstrip(" *")
    if text.endswith(":") or re.search(r"(?:nhu sau|sau day|sau)\s*:?\s*$", block.folded):
        return bool(block.children) or len(text) < 90
    return bool(block.children) and (block.head >= len(block.normal) or len(text) < 60)


def who_of(block: Block) -> str | None:
    """The unit told to act: the subject of the sentence, the run-in heading, else the heading above."""
    text = block.text
    match = _BODY.match(block.folded)
    if match:
        return _clean(text[match.start("who") : match.end("who")])
    if block.head and block.head < len(block.normal) and block.head - block.body < 120:
        return _clean(text[: block.head - block.body])
    for candidate in block.ancestors():
        if candidate.rank <= 1 or "organisation" not in candidate.roles:
            break
        inner = _BODY.match(candidate.folded)
        words = candidate.text[inner.start("who") : inner.end("who")] if inner else candidate.text
        if len(words) < 200:
            return _clean(words)
    return None


def _clean(words: str) -> str | None:
    words = re.sub(r"^(?:Giao|Đề nghị|Yêu cầu|Phân công|Trách nhiệm của|Nhiệm vụ của|Đối với)\s+(?=\S)", "", words.strip(" *.:;,-"))
    return words.strip(" *.:;,-") or None
