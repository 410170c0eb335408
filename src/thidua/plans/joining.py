"""Which line goes on with the paragraph before it: lines are broken by pages, columns and wraps.

Patterns and word lists are folded (no marks, lower case).
"""

from __future__ import annotations

from thidua.plans.labels import label_of
from thidua.plans.lines import LONGEST, UNBROKEN, Line
from thidua.vietnamese.normal import Normal

# Words that no paragraph ends with.
_DANGLING = frozenset(
    " ".join(
        (
            "tren duoi dat nhat thieu qua hon muu dam trien phai cho cua va cac voi trong ve theo thuc la do duoc tai",
            "tu den nhung moi so ngay thang nam mot hai toan cung nham bang co vao khi doi uy hoi dang",
        )
    ).split()
)
# Words that a number follows, so that the number behind them is no label.
_COUNTED = frozenset({"ngay", "thang", "nam", "quy", "so", "dieu", "khoan", "den", "tu", "muc", "phu"})
_HEADING_KINDS = frozenset({"part", "upper", "roman", "article", "arabic", "decimal2", "decimal3"})


def group_lines(lines: list[Line], width: int) -> list[list[Line]]:
    """The lines of each paragraph; `width` is where the text was wrapped (see `wrap_width`)."""
    groups: list[list[Line]] = []
    length = 0
    for line in lines:
        if groups and length < LONGEST and _continues(groups[-1], line, width):
            groups[-1].append(line)
            length += len(line.normal)
        else:
            groups.append([line])
            length = len(line.normal)
    return groups


def _continues(group: list[Line], following: Line, width: int) -> bool:
    """Whether a line goes on with the paragraph that the group's lines form so far."""
    before, after = group[-1].normal, following.normal
    if "|" in before.text or "|" in after.text:
        return False
    if not following.is_apart and _is_unclosed(group):
        return True
    if label_of(after).kind:
        return _label_is_text(before, following, width)
    if following.is_apart:
        flows = _flows(before, after) or before.text[-1] == ","
        return flows and _is_open(before) and (len(before) > 30 or len(group) > 1)
    return _text_goes_on(group, after, width)


def _text_goes_on(group: list[Line], after: Normal, width: int) -> bool:
    before = group[-1].normal
    if _flows(before, after) or before.text[-1] in ",-(/":
        return _is_open(before) or _is_full(before, after, width)
    if len(group) == 1 and _is_heading(before):
        return _heading_goes_on(before, after, width)
    wrapped = width < UNBROKEN and (bool(label_of(group[0].normal).kind) or len(before) > 25)
    return _is_open(before) and (wrapped or _is_full(before, after, width))


def _flows(before: Normal, after: Normal) -> bool:
    """A sentence reads on from one line to the other."""
    return after.text[0].islower() or _last_word(before) in _DANGLING


def _label_is_text(before: Normal, following: Line, width: int) -> bool:
    """Whether what looks like a label is a dash or a number of the sentence before it."""
    after = following.normal
    label = label_of(after)
    if not _is_open(before):
        return False
    if label.kind == "bullet":
        # "kinh tế / - xã hội": the dash of a compound that a wrap put first on the line.
        torn = _is_full(before, after, width) or (following.page and len(before) > 40)
        return torn and after.text[label.end : label.end + 1].islower()
    return label.kind == "arabic" and _last_word(before) in _COUNTED and _is_full(before, after, width)


def _heading_goes_on(before: Normal, after: Normal, width: int) -> bool:
    # "Phần I" stands alone on its line; its name follows.
    if label_of(before).kind == "part" and len(before) < 12:
        return True
    if before.text.isupper():
        return after.text.isupper()
    return width < UNBROKEN and _is_open(before) and _is_full(before, after, width)


def _is_open(line: Normal) -> bool:
    """No punctuation ends the line."""
    return line.text[-1] not in ".:;?!"


def _is_full(before: Normal, after: Normal, width: int) -> bool:
    """Nothing more had room on the line: the first word after it would have passed the wrap."""
    first_word = after.text.split(" ", 1)[0]
    return len(before) + 1 + len(first_word) > width * 0.9


def _last_word(line: Normal) -> str:
    return line.folded.rsplit(" ", 1)[-1]


def _is_unclosed(group: list[Line]) -> bool:
    """A bracket or quotation opened in these few lines and not closed yet."""
    text = "".join(line.normal.text for line in group[-3:])
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


def _is_heading(line: Normal) -> bool:
    """A line that may be a heading by itself: numbered above the level of list items, or in capitals."""
    return label_of(line).kind in _HEADING_KINDS or line.text.isupper()
