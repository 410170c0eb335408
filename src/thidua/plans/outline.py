"""The outline of a document: its paragraphs, put together again from broken lines, under their headings.

Lines are joined where the line was broken by a page, a column or a wrap; a paragraph knows its numbering label, its
heading words, the headings above it and the part of a plan it belongs to (`roles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.sections import roles_of
from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import Normal, join, mend_words, normalise_line

_PAGE_NUMBER = re.compile(r"[-–—\s|]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s|]*")
_RULE = re.compile(r"[\s|_=~.*·─━═-]+")
_LABELS = (
    ("part", re.compile(r"(?:phan|chuong)\s+(?:thu\s+)?(?:[ivx]+|\d+|mot|hai|nhat|ba|tu|bon|nam|sau|bay|tam|chin|muoi)\b[.:\s-]*")),
    ("article", re.compile(r"dieu \d{1,3}\s*[.:]\s*")),
    ("upper", re.compile(r"[a-h]\s?[./)-]\s*(?=\S)")),
    ("roman", re.compile(r"[ivx]{1,5}\s?[.)/:-]+\s*(?=[^\W\d_]|[“\"(])")),
    ("decimal3", re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s*(?=[^\d\s/%])")),
    ("decimal2", re.compile(r"\d{1,2}\.\d{1,2}[.)-]?\s+(?=[^\d\s/%]|\d+\s?%)|\d{1,2}\.\d{1,2}\.\s*(?=[^\d\s/%])")),
    ("arabic", re.compile(r"\d{1,2}\s?[.)/]\s*(?=[^\d\s])|\d{1,2}\s?-\s+(?=[^\d\s]|\d+ ?%)")),
    ("paren", re.compile(r"\(\d{1,2}\)\s*|\([a-z]\)\s*")),
    ("letter", re.compile(r"[a-z]\d?\s?(?:[)./]\s*|-\s)(?=\S)")),
    ("bullet", re.compile("[-•●▪■◦○➢➤❖✓✔⮚*·»]\\s*(?=\\S)|o\\s(?=[a-z])")),
    ("clock", re.compile(r"\d{1,2}\s?[h:g]\s?\d{0,2}(?:\s?-\s?\d{1,2}\s?[h:g]\s?\d{0,2})?\s?:\s+(?=\S)")),
    ("plus", re.compile(r"\++\s*(?=\S)")),
)  # fmt: skip
RANK = {"part": 0, "upper": 0.5, "paren": 6.5, "article": 2, "roman": 1, "arabic": 3, "decimal2": 4, "decimal3": 5, "letter": 6, "bullet": 7, "clock": 7, "caps": 0.7, "title": 3.5, "plus": 8}
PLAIN_RANK = 9
# No paragraph of an official document is longer; hostile ones are cut, so that no grammar sees more at once.
LONGEST = 6_000
_STOP = ".:;?!”\""


class Line:
    """One raw line in normal form; `gap` tells that blank lines stand before it, `page` that a page ended there."""

    __slots__ = ("gap", "normal", "page")

    def __init__(self, normal: Normal, *, gap: bool, page: bool) -> None:
        self.normal = normal
        self.gap = gap
        self.page = page


class Block:
    """A paragraph: `body` starts after its label; `head` is its run-in heading's end, 0 where there is none."""

    __slots__ = ("body", "children", "clauses", "head", "kind", "label", "normal", "parent", "roles")

    def __init__(self, normal: Normal) -> None:
        self.normal = normal
        self.kind, self.label, self.body = label_of(normal)
        if not self.kind:
            self.kind = _unnumbered(normal)
        self.parent: Block | None = None
        self.children: list[Block] = []
        self.clauses: dict[bool, list[tuple[int, int]]] = {}
        self.head = 0
        self.roles: frozenset[str] = frozenset()

    @property
    def rank(self) -> float:
        return RANK.get(self.kind, PLAIN_RANK)

    @property
    def is_row(self) -> bool:
        """A row of a table: its cells stand between bars."""
        return "|" in self.normal.text

    @property
    def text(self) -> str:
        return self.normal.text[self.body :]

    @property
    def folded(self) -> str:
        return self.normal.folded[self.body :]

    def ancestors(self) -> Iterator[Block]:
        block = self.parent
        while block is not None:
            yield block
            block = block.parent

    def descendants(self) -> Iterator[Block]:
        for child in self.children:
            yield child
            yield from child.descendants()


def label_of(normal: Normal) -> tuple[str, str, int]:
    """Kind, words and end of the numbering label ("", "", 0 where there is none)."""
    folded = normal.folded
    start = 0
    found = ("", "", 0)
    for _ in range(2):
        for kind, pattern in _LABELS:
            match = pattern.match(folded, start)
            if match and _is_label(kind, match, normal):
                found = (kind, normal.text[start : match.end()].strip(), match.end())
                break
        else:
            return found
        # A converter's bullet before the true label ("- 1. Phổ biến", "- + Đối với") says nothing.
        if found[0] != "bullet":
            return found
        start = found[2]
    return found


_LAW_WORDS = re.compile(r"(?:quyet dinh|ke hoach|noi nhan)\b")


def _unnumbered(normal: Normal) -> str:
    """A heading without a number: a short line in capitals, or short words that name a part of a plan."""
    text = normal.text.strip(" *:.")
    if text.isupper() and 8 < len(text) < 130 and " " in text and "|" not in text:
        return "caps"
    short = len(text) <= 60 and text[:1].isupper() and normal.text[-1] not in ".;,!?" and "|" not in text and not any(c.isdigit() for c in text)
    if short and not _LAW_WORDS.match(normal.folded) and roles_of(fold(text), rank=7, inherited=frozenset(), run_in=True):
        return "title"
    return ""


def _is_label(kind: str, match: re.Match[str], normal: Normal) -> bool:
    if kind == "upper":
        words = normal.text[match.end() :].split(" ")[:3]
        return normal.text[match.start()].isupper() and " ".join(words).isupper()
    if kind == "roman":
        return normal.text[match.start()].isupper()
    if kind == "letter":
        return normal.text[match.start()].islower() or ")" in match.group()
    if kind == "part":
        return match.end() - match.start() < 20 and normal.text[match.start()].isupper()
    return True


def read_lines(raw: str) -> list[Line]:
    """Lines in normal form without page numbers, rules and empty ones."""
    lines: list[Line] = []
    gap = page = False
    start = 0
    for text in raw.splitlines(keepends=True):
        normal = _cells_of(normalise_line(text.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"), start))
        start += len(text)
        page = page or "\f" in text
        if not normal.text:
            # A line that held only a bookmark or marks is no blank line.
            gap = gap or not text.strip() or not text.strip("* _|\n")
        elif _RULE.fullmatch(normal.folded) or (_PAGE_NUMBER.fullmatch(normal.folded) and not _in_cells(lines, normal)):
            page = True
        else:
            for begin in range(0, len(normal), LONGEST):
                lines.append(Line(normal.cut(begin, min(begin + LONGEST, len(normal))), gap=gap, page=page))
                gap = page = False
    return _rows(lines)


_NUMBERS_HEAD = re.compile(r"(?:so )?(?:tt|stt)\.?")


def _cells_of(normal: Normal) -> Normal:
    """A row whose cells a converter parted by slashes, as one parted by bars."""
    if normal.text.count(" / ") < 2 or "|" in normal.text:
        return normal
    return Normal(normal.text.replace(" / ", " | "), normal.at)


def _in_cells(lines: list[Line], normal: Normal) -> bool:
    """Whether a number by itself may be a cell: a column named "TT" or another number stands in the lines before it."""
    return normal.folded.isdigit() and any(
        _NUMBERS_HEAD.fullmatch(line.normal.folded) or line.normal.folded.isdigit() for line in lines[-8:]
    )


def _rows(lines: list[Line]) -> list[Line]:
    """Tables that came with one cell a line, put back into rows: the columns' names from "TT" to the first number."""
    out: list[Line] = []
    i = 0
    while i < len(lines):
        width = _columns_from(lines, i)
        if not width:
            out.append(lines[i])
            i += 1
            continue
        while i + width <= len(lines) and (_NUMBERS_HEAD.fullmatch(lines[i].normal.folded) or lines[i].normal.folded.rstrip(".").isdigit()):
            row = join([lines[i].normal] + [piece for line in lines[i + 1 : i + width] for piece in (_bar(lines[i].normal), line.normal)])
            out.append(Line(row, gap=True, page=False))
            i += width
    return out


def _columns_from(lines: list[Line], i: int) -> int:
    """Number of columns where a table of cells begins at line `i`, 0 where none does."""
    if not _NUMBERS_HEAD.fullmatch(lines[i].normal.folded):
        return 0
    for width in range(2, 9):
        if i + width < len(lines) and lines[i + width].normal.folded.rstrip(".") in {"1", "01", "i"}:
            return width
    return 0


def _bar(normal: Normal) -> Normal:
    return Normal("|", normal.at[-1:])


def wrap_width(lines: list[Line]) -> int:
    """The width at which lines were broken: most long lines stand just below it. A large number where none were."""
    lengths = sorted(len(line.normal) for line in lines)
    if len(lengths) < 8:
        return 10_000
    width = lengths[int(len(lengths) * 0.97)]
    near = sum(width * 0.8 <= n <= width * 1.02 for n in lengths)
    return width if width <= 130 and near >= len(lengths) * 0.25 else 10_000


_DANGLING = frozenset(
    "tren duoi dat nhat thieu qua hon muu dam trien phai cho cua va cac voi trong cho ve theo thuc la do duoc tai tu den nhung moi so ngay thang nam mot hai toan cung nham bang co den vao khi doi uy hoi dang".split()
)
_COUNTED = frozenset({"ngay", "thang", "nam", "quy", "so", "dieu", "khoan", "den", "tu", "muc", "phu"})


def _continues(group: list[Line], following: Line, width: int) -> bool:
    """Whether a line goes on with the paragraph that the group's lines form so far."""
    before, after = group[-1].normal, following.normal
    if "|" in before.text or "|" in after.text:
        return False
    kind, _, body = label_of(after)
    open_end = before.text[-1] not in ".:;?!|"
    if not following.gap and not following.page and _unclosed(group):
        return True
    last_word = before.folded.rsplit(" ", 1)[-1]
    full = len(before) + 1 + len(after.text.split(" ", 1)[0]) > width * 0.9
    if kind:
        if kind not in {"bullet", "arabic"} or not open_end:
            return False
        if kind == "bullet":
            # "kinh tế / - xã hội": the dash of a compound that a wrap put first on the line.
            return after.text[body : body + 1].islower() and (full or (following.page and len(before) > 40))
        return full and last_word in _COUNTED
    lower = after.text[0].islower()
    if following.gap or following.page:
        return open_end and (lower or before.text[-1] == "," or last_word in _DANGLING) and (len(before) > 30 or len(group) > 1)
    if lower or before.text[-1] in ",-(/" or last_word in _DANGLING:
        return open_end or full
    if len(group) == 1 and _titled(before):
        if RANK.get(label_of(before)[0]) == 0 and len(before) < 12:
            return True
        if before.text.isupper():
            return after.text.isupper()
        return full and width < 10_000 and open_end
    return open_end and (full or (width < 10_000 and (bool(label_of(group[0].normal)[0]) or len(before) > 25)))


def _unclosed(group: list[Line]) -> bool:
    """A bracket or quotation opened in these few lines and not closed yet."""
    text = "".join(line.normal.text for line in group[-3:])
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


def _titled(line: Normal) -> bool:
    """A line that may be a heading by itself: numbered above the level of list items, without an end."""
    kind = label_of(line)[0]
    return kind in {"part", "upper", "roman", "article", "arabic", "decimal2", "decimal3"} or line.text.isupper()


def blocks_of(lines: list[Line], *, width: int | None = None) -> list[Block]:
    """Paragraphs in reading order, not yet under their headings."""
    width = width or wrap_width(lines)
    groups: list[list[Line]] = []
    length = 0
    for line in lines:
        if groups and length < LONGEST and _continues(groups[-1], line, width):
            groups[-1].append(line)
            length += len(line.normal)
        else:
            groups.append([line])
            length = len(line.normal)
    return [Block(mend_words(join(line.normal for line in group))) for group in groups]


def arrange(blocks: list[Block]) -> list[Block]:
    """Put every paragraph under its heading and find the part of the plan it belongs to."""
    stack: list[Block] = []
    for i, block in enumerate(blocks):
        if not block.kind and i + 1 < len(blocks) and _heads(block, blocks[i + 1], stack):
            block.kind = "title"
        while stack and stack[-1].rank >= block.rank:
            stack.pop()
        if not block.kind:
            while stack and not _leads(stack[-1]):
                stack.pop()
        if stack:
            block.parent = stack[-1]
            stack[-1].children.append(block)
        if block.kind:
            stack.append(block)
        block.head = _head_end(block)
        inherited = block.parent.roles if block.parent else frozenset()
        block.roles = _roles(block, inherited)
    return blocks


def _heads(block: Block, following: Block, stack: list[Block]) -> bool:
    """A short line without an end before a sentence or a list: a heading that has no number."""
    text = block.normal.text.rstrip(" *")
    if len(text) > 90 or text[-1] in ".;,:!?|”\")" or not text[0].isupper() or any("programme" in head.roles for head in stack):
        return False
    if not any(head.kind in {"caps", "part", "roman", "upper"} for head in stack):
        return False
    return following.kind in {"bullet", "plus"} or (not following.kind and following.text.rstrip()[-1:] in ".;")


def _leads(block: Block) -> bool:
    """A plain paragraph stands under a heading, not under the list item before it."""
    return block.rank < RANK["letter"] or block.text.endswith(":") or block.head >= len(block.normal)


def _head_end(block: Block) -> int:
    """Where the heading words of a paragraph end: the whole of a short titled line, or up to its first colon."""
    text = block.text
    if not text:
        return 0
    colon = text.find(":")
    if 0 < colon <= 90 and (colon < len(text) - 1 or block.kind):
        return block.body + colon
    if block.kind in {"title", "caps"}:
        return len(block.normal)
    limit = 280 if block.rank <= RANK["arabic"] else 170
    if block.kind and block.rank <= RANK["letter"] and len(text) <= limit and text[-1] not in ".;," and (len(text) <= 170 or ". " not in text):
        return len(block.normal)
    if block.kind and text.isupper():
        return len(block.normal)
    return 0


def _roles(block: Block, inherited: frozenset[str]) -> frozenset[str]:
    if not block.head:
        return inherited
    own = roles_of(block.normal.folded[block.body : block.head], rank=block.rank, inherited=inherited, run_in=block.head < len(block.normal))
    return own or inherited
