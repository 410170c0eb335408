"""A paper laid out in lines: numbers, punctuation and fixed words of Nghị định 30/2020/NĐ-CP, once for every renderer.

A line has a role; how a role looks (size, weight, indent) stands in `ROLES`, from Phụ lục I, mục II and V. Sizes are
the upper of what the decree allows for the text (14), the lower for heads (12, 13), so that names fit in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from thidua.papers.paper import (
    Appendix,
    Block,
    Column,
    Heading,
    Item,
    KeyValues,
    Listed,
    Numbered,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
    Words,
)
from thidua.papers.wording import BLANK, balanced, breadth, clean, day_words, ended, letter, roman

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
NO_NUMBER = "\u00a0" * 8
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
"""Margins in millimetres, within mục I, khoản 3."""
ISSUER_WIDTH, SUMMARY_WIDTH, SIGNED_WIDTH = 63, 140, 78
"""Millimetres that lines of a body's name, of the summary and above a signature may have."""
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
CELL_SIDES = 4
"""Millimetres of a cell that hold no words."""
FIRST_LINE = 12.7
"""Millimetres that the first line of a paragraph stands in (mục II, khoản 6 e)."""


class Look(Struct, frozen=True):
    """How lines of a role are drawn; `before` in points above, `next`: kept on one page with what follows."""

    align: Literal["justify", "left", "center", "right"] = "justify"
    first: float = FIRST_LINE
    bold: bool = False
    italic: bool = False
    before: int = 6
    next: bool = False


ROLES: dict[str, Look] = {
    "part": Look("center", 0, bold=True, before=12, next=True),
    "part-title": Look("center", 0, bold=True, before=0, next=True),
    "section": Look(bold=True, before=10, next=True),
    "clause": Look(bold=True, before=8, next=True),
    "point-title": Look(next=True),
    "body": Look(),
    "flush": Look(first=0),
    "centre": Look("center", 0),
    "right": Look("right", 0),
    "left": Look("left", 0),
    "item": Look(),
    "basis": Look(italic=True),
    "appendix": Look("center", 0, bold=True, before=0, next=True),
    "appendix-title": Look("center", 0, bold=True, before=3, next=True),
    "appendix-note": Look("center", 0, italic=True, before=3, next=True),
}


class Line(Struct, frozen=True, tag="line"):
    """`depth` counts the steps that a list's line stands in."""

    role: str
    runs: tuple[Run, ...]
    depth: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def leads(self) -> bool:
        """Whether it announces what follows, and so stays on one page with it."""
        return self.text.endswith(":")


class Grid(Struct, frozen=True, tag="grid"):
    """The columns' widths are millimetres, together those of the text."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Break(Struct, frozen=True, tag="break"):
    pass


Piece = Line | Grid | Break


class Pages(Struct, frozen=True):
    """What is numbered from page 1: the paper itself, then every appendix."""

    pieces: tuple[Piece, ...]
    landscape: bool = False


class SignatureRow(Struct, frozen=True):
    left: Signature | None = None
    right: Signature | None = None
    center: Signature | None = None


class Laid(Struct, frozen=True, kw_only=True):
    """Everything in the order of drawing; names and the summary are broken in lines of one length.

    `to`: who is written to; a single one stands on the line of "Kính gửi:".
    """

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    about: tuple[str, ...]
    dateline: str
    kind: str
    summary: tuple[str, ...]
    to: tuple[str, ...]
    pages: Pages
    signatures: tuple[SignatureRow, ...]
    recipients: tuple[str, ...]
    appendices: tuple[Pages, ...]
    title: str
    pattern: str

    @property
    def beside(self) -> bool:
        """Whether the recipients stand left of the first signature: not where somebody signs there (mẫu 1.9)."""
        return bool(self.signatures) and self.signatures[0].left is None and self.signatures[0].center is None


def lay(paper: Paper) -> Laid:
    last = tuple(_pieces(paper.body, paper.landscape))
    return Laid(
        superior=_broken(paper.superior, 12, ISSUER_WIDTH),
        issuer=_broken(paper.issuer, 12, ISSUER_WIDTH),
        number=_number(paper),
        about=_broken((f"V/v {paper.summary}",), 12, ISSUER_WIDTH) if paper.form == "letter" and paper.summary else (),
        dateline="" if paper.form == "minutes" else _dateline(paper),
        kind="" if paper.form == "letter" else clean(paper.kind).upper(),
        summary=() if paper.form == "letter" else _broken((paper.summary,), 14, SUMMARY_WIDTH),
        to=_addressees(paper.addressees),
        pages=Pages((*_bases(paper.bases), *_ended(last)), paper.landscape),
        signatures=tuple(_signature_rows(paper.signatures)),
        recipients=_recipients(paper),
        appendices=tuple(_appendices(paper)),
        title=" ".join(filter(None, (clean(paper.kind), clean(paper.summary)))),
        pattern=clean(paper.pattern),
    )


# --- Head and foot --------------------------------------------------------------------------------------------------


def _broken(lines: tuple[str, ...], size: int, width: float) -> tuple[str, ...]:
    return tuple(part for line in lines if line.strip() for part in balanced(clean(line), size=size, width=width))


def _number(paper: Paper) -> str:
    """ "Số: 05/TTr-SNV"; an empty space for a number to come; nothing for a paper without number and symbol."""
    number, symbol = clean(paper.number).strip(), clean(paper.symbol).strip()
    if not number and not symbol:
        return ""
    padded = f"0{number}" if len(number) == 1 and number.isdigit() else number
    return f"Số: {padded or NO_NUMBER}/{symbol}"


def _dateline(paper: Paper) -> str:
    return f"{clean(paper.place) or BLANK}, {day_words(paper.day)}"


def _addressees(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) < 2:
        return tuple(clean(name) for name in names)
    *first, last = (clean(name) for name in names)
    return (*(ended(f"- {name}", ";") for name in first), ended(f"- {last}", "."))


def _recipients(paper: Paper) -> tuple[str, ...]:
    """ "- Như trên;" where somebody is written to, the others, "- Lưu: VT." """
    if not paper.recipients and not paper.filed:
        return ()
    as_above = ("Như trên",) if paper.addressees and "Như trên" not in paper.recipients else ()
    lines = [ended(f"- {clean(name)}", ";") for name in (*as_above, *paper.recipients)]
    return (*lines, ended(f"- Lưu: {clean(paper.filed)}", ".")) if paper.filed else tuple(lines)


def _bases(bases: tuple[str, ...]) -> Iterator[Line]:
    for n, basis in enumerate(bases, 1):
        yield Line("basis", (Run(ended(clean(basis), "." if n == len(bases) else ";"), italic=True),))


def _signature_rows(signatures: tuple[Signature, ...]) -> Iterator[SignatureRow]:
    """Left and right share a row as long as their place is free; one in the middle has a row of its own."""
    row: dict[str, Signature] = {}
    for one in signatures:
        if one.side in row or "center" in row or (one.side == "center" and row):
            yield SignatureRow(**row)
            row = {}
        row[one.side] = _cleaned(one)
    if row:
        yield SignatureRow(**row)


def _cleaned(one: Signature) -> Signature:
    width = SUMMARY_WIDTH if one.side == "center" else SIGNED_WIDTH
    lines = _broken(tuple(line.upper() for line in one.authority), 13, width)
    return Signature(authority=lines, name=clean(one.name), side=one.side, note=clean(one.note))


# --- The text -------------------------------------------------------------------------------------------------------


class _Counter:
    """Numbers of headings and numbered paragraphs; a higher one starts the lower ones anew."""

    LEVELS = ("part", "section", "clause", "point")

    def __init__(self) -> None:
        self.reached = dict.fromkeys(self.LEVELS, 0)

    def next(self, level: str) -> int:
        self.reached[level] += 1
        for lower in self.LEVELS[self.LEVELS.index(level) + 1 :]:
            self.reached[lower] = 0
        return self.reached[level]


def _pieces(blocks: Iterable[Block], landscape: bool) -> Iterator[Piece]:
    counter = _Counter()
    for block in blocks:
        match block:
            case Heading():
                yield from _heading(block, counter)
            case Numbered():
                yield _numbered(block, counter)
            case Paragraph():
                role = "flush" if block.flush else "body"
                yield Line(_ALIGNED.get(block.align, role), _runs(block.words))
            case Listed():
                yield from (_item(item) for item in block.items)
            case KeyValues():
                yield from (Line("body", (Run(f"{clean(key)}: "), *_runs(value))) for key, value in block.pairs)
            case Table():
                yield _grid(block, (PAGE_HEIGHT if landscape else PAGE_WIDTH) - LEFT - RIGHT)
            case PageBreak():
                yield Break()


def _item(item: Item) -> Line:
    return Line("item", (Run("+ " if item.depth % 2 else "- "), *_runs(item.words)), item.depth)


def _numbered(block: Numbered, counter: _Counter) -> Line:
    number = counter.next(block.level)
    mark = f"{number}. " if block.level == "clause" else f"{letter(number)}) "
    return Line("body", (Run(mark), *_runs(block.words)))


_ALIGNED = {"center": "centre", "right": "right", "left": "left"}


def _heading(heading: Heading, counter: _Counter) -> Iterator[Line]:
    text = clean(heading.text)
    number = counter.next(heading.level) if heading.numbered else 0
    if heading.level == "part":
        if number:
            yield _bold("part", f"Phần {roman(number)}")
        yield _bold("part-title", text.upper())
    elif heading.level == "section":
        yield _bold("section", f"{roman(number)}. {text.upper()}" if number else text.upper())
    elif heading.level == "clause":
        yield _bold("clause", f"{number}. {text}" if number else text)
    else:
        yield Line("point-title", (Run(f"{letter(number)}) {text}" if number else text),))


def _bold(role: str, text: str) -> Line:
    return Line(role, (Run(text, bold=True),))


def _runs(words: Words) -> tuple[Run, ...]:
    if isinstance(words, str):
        return (Run(clean(words)),)
    return tuple(Run(clean(run.text), run.bold, run.italic) for run in words)


def _grid(table: Table, width: float) -> Grid:
    rows = tuple(Row(tuple(clean(cell) for cell in row.cells), row.group) for row in table.rows)
    widths = _widths(table.columns, rows, width)
    columns = tuple(Column(clean(one.head), room, one.align) for one, room in zip(table.columns, widths, strict=True))
    return Grid(columns, rows)


def _widths(columns: tuple[Column, ...], rows: tuple[Row, ...], width: float) -> list[float]:
    """Millimetres by the shares asked for, but no column narrower than a word of its head or one of its numbers."""
    least = [_least(n, column, rows) for n, column in enumerate(columns)]
    share = width / sum(column.width for column in columns)
    short = [n for n, column in enumerate(columns) if column.width * share < least[n]]
    wide = sum(column.width for n, column in enumerate(columns) if n not in short)
    left = width - sum(least[n] for n in short)
    if not wide or left <= 0:
        return [column.width * share for column in columns]
    return [least[n] if n in short else column.width * left / wide for n, column in enumerate(columns)]


def _least(n: int, column: Column, rows: tuple[Row, ...]) -> float:
    numbers = [row.cells[n] for row in rows if not row.group] if column.align == "right" else []
    words = [*column.head.split(), *numbers]
    return max((breadth(word, 12) for word in words), default=0) + CELL_SIDES


def _ended(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The text's end is marked "./."; after a table there is nothing to mark."""
    *before, last = pieces or (Break(),)
    if not isinstance(last, Line):
        return pieces
    *runs, final = last.runs
    text = ended(final.text.rstrip().removesuffix("./."), "./.")
    return (*before, Line(last.role, (*runs, Run(text, final.bold, final.italic)), last.depth))


def _appendices(paper: Paper) -> Iterator[Pages]:
    for n, appendix in enumerate(paper.appendices, 1):
        mark = f"Phụ lục {roman(n)}" if len(paper.appendices) > 1 else "Phụ lục"
        pieces = _ended(tuple(_pieces(appendix.blocks, appendix.landscape)))
        yield Pages((*_appendix_head(paper, appendix, mark), *pieces), appendix.landscape)


def _appendix_head(paper: Paper, appendix: Appendix, mark: str) -> Iterator[Line]:
    width = (PAGE_HEIGHT if appendix.landscape else PAGE_WIDTH) - LEFT - RIGHT - 10
    yield _bold("appendix", mark)
    yield _bold("appendix-title", "\n".join(_broken((appendix.title.upper(),), 14, width)))
    what = clean(paper.kind).capitalize() if paper.kind else "Công văn"
    number = _number(paper).removeprefix("Số: ").replace(NO_NUMBER, BLANK)
    said = [f"Kèm theo {what}"] + ([f"số {number}"] if number else [])
    day = [day_words(paper.day)] if paper.form != "minutes" else []
    of = [f"của {clean(paper.of)}"] if paper.of else []
    note = "\n".join(_broken((f"({' '.join([*said, *day, *of])})",), 14, width))
    yield Line("appendix-note", (Run(note, italic=True),))
