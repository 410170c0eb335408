"""What an official paper is made of, in the order of Nghị định 30/2020/NĐ-CP, Phụ lục I. Text is plain: never markup.

Punctuation and numbers that the decree prescribes (";" after a basis, "Số:", "Phụ lục I", "./.") are not written here:
`thidua.papers.laying` adds them.
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

Align = Literal["left", "center", "right"]
Side = Literal["left", "right", "center"]
Form = Literal["named", "letter", "minutes"]
"""Mẫu 1.4 văn bản có tên loại; mẫu 1.5 công văn; mẫu 1.9 biên bản, without place and day."""


class Run(Struct, frozen=True):
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Words = str | tuple[Run, ...]
"""Upright words, or runs in several styles."""


class Heading(Struct, frozen=True, tag=True):
    """A titled part of the text; its number is counted: "Phần I" over the title, "I. TITLE", "1. Title", "a) Title".

    The levels are those of plans and reports: phần, mục, khoản, điểm (Phụ lục I, mục II, khoản 6). A part that stands
    alone (`numbered` False) has its title only.
    """

    level: Literal["part", "section", "clause", "point"]
    text: str
    numbered: bool = True


class Numbered(Struct, frozen=True, tag=True):
    """A khoản or điểm without a title: its number, then upright words. Counted together with headings."""

    level: Literal["clause", "point"]
    words: Words


class Paragraph(Struct, frozen=True, tag=True):
    """`flush`: no first-line indent."""

    words: Words
    align: Literal["justify", "left", "center", "right"] = "justify"
    flush: bool = False


class Item(Struct, frozen=True):
    """A line of a list; depth 0 starts with "-", depth 1 with "+", deeper ones alternate."""

    words: Words
    depth: int = 0


class Listed(Struct, frozen=True, tag=True):
    items: tuple[Item, ...]


class KeyValues(Struct, frozen=True, tag=True):
    """ "Địa điểm: Phòng họp số 2", a line each."""

    pairs: tuple[tuple[str, str], ...]


class Column(Struct, frozen=True):
    """`width` is the share among the columns of the table."""

    head: str
    width: float = 1.0
    align: Align = "left"


class Row(Struct, frozen=True):
    """A cell a column, with line breaks as "\\n"; a group has one cell over the whole width, bold."""

    cells: tuple[str, ...]
    group: bool = False


class Table(Struct, frozen=True, tag=True):
    """The head is repeated on every page. Raises ValueError where a row has another number of cells."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != (1 if row.group else len(self.columns)):
                raise ValueError(f"{len(self.columns)} columns, but a row of {len(row.cells)} cells")


class PageBreak(Struct, frozen=True, tag=True):
    pass


Block = Heading | Numbered | Paragraph | Listed | KeyValues | Table | PageBreak


class Signature(Struct, frozen=True, kw_only=True):
    """`authority`: lines in capitals ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), `note`: what is asked below them in italics."""

    authority: tuple[str, ...]
    name: str = ""
    side: Side = "right"
    note: str = ""


class Appendix(Struct, frozen=True, kw_only=True):
    """Pages of its own, numbered from 1. Two or more appendices get Roman numbers."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


class Paper(Struct, frozen=True, kw_only=True):
    """An official paper. What is not known yet ("" or None) leaves the decree's empty space, never an invention.

    `superior`, `issuer`: lines of the names (`thidua.signing.letterhead`); no issuer: a person's own paper, the
    national words stand alone in the middle. `of` is the issuer as written in a sentence ("Sở Nội vụ"). `number` "5"
    is printed 05, `symbol` is "TTr-SNV". `kind` "TỜ TRÌNH", "" for a letter; `summary` the trích yếu, of a letter what
    follows "V/v". `pattern` names the form of a decree where that is sure; it is kept in the file, never printed.
    """

    form: Form = "named"
    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    of: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: datetime.date | None = None
    kind: str = ""
    summary: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    filed: str = "VT"
    appendices: tuple[Appendix, ...] = ()
    landscape: bool = False
    pattern: str = ""
