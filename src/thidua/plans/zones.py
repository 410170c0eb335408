"""Head, body and foot of an official document, found by the words that they must hold.

Nghị định 30/2020/NĐ-CP, Phụ lục I gives the parts and their order. Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from thidua.plans.document_types import TYPE_NAMES, type_named
from thidua.plans.labels import label_of
from thidua.plans.lines import Line
from thidua.vietnamese.names import looks_like_name
from thidua.vietnamese.normal import Normal

# Headings that stand where a type does; the longer name first, so that it wins over its beginning.
_HEADINGS = sorted((*TYPE_NAMES, "phat dong", "noi dung", "du an"), key=len, reverse=True)
_TYPE = re.compile(rf"(?:\(?du thao\)?\s*)?(?P<type>{'|'.join(_HEADINGS)})(?P<rest>.*)", re.DOTALL)
_ABOUT = re.compile(r"\(?\s*(?:v/v|ve viec)\s*:?\s*")
_PREAMBLE = re.compile(
    r"(?:can cu|thuc hien|thi hanh|trien khai|huong ung|tiep tuc|nham|de |kinh gui|phat huy|chao mung|nhan dip|theo |"
    r"duoc su|thiet thuc|qua |nam \d{4}|trong |xet |sau )"
    r"|.* (?:dien|gui) ?:$"
)
_DOCUMENT = re.compile(
    r"\b(?:so \d+|ngay \d+|cong dien|nghi quyet|ke hoach|chi thi|quyet dinh|luat|cong van|huong dan|chuong trinh)\b"
)
_ADDRESS = re.compile(r"^kinh gui|\bdien ?:$|^so ?:")
_NATIONAL_HEADING = re.compile(r"cong hoa|doc lap|dang cong san")
_PLACE_DATE = re.compile(r",\s*ngay\s*[\d.…_ ]*\s*thang")
# Optical reading loses the sign over the second word's vowel.
RECIPIENTS_HEADING = r"\W*noi nh[ae]n\b"
_RECIPIENTS = re.compile(RECIPIENTS_HEADING)
# The mark that ends a document, not a blank day (".../.../2026").
_END_OF_BODY = re.compile(r"\./\.(?![./])")
_ANNEX = re.compile(r"phu luc(?: (?:so )?[ivx\d]+)?\b")
_ATTACHED = re.compile(r"cong hoa xa hoi|\(?(?:ban hanh )?kem theo (?:quyet dinh|cong van|chi thi|to trinh)")
_CHAPTERS = frozenset({"upper", "roman", "part"})
_NUMBERED = _CHAPTERS | {"arabic", "bullet"}


@dataclass(frozen=True, slots=True)
class Zones:
    """Line numbers: title [title, title_end), body [body, foot), foot [foot, annex), annex to the end.

    `type_line` is None for a letter without a named type; `type_end` is where the type's words end in its line.
    """

    type_line: int | None
    type_end: int
    title: int
    title_end: int
    body: int
    foot: int
    annex: int


def find_zones(lines: list[Line]) -> Zones:
    type_line, type_end = _find_type(lines)
    if type_line is None:
        title, title_end, body = _letter_zones(lines)
    else:
        same_line = type_end < len(lines[type_line].normal)
        title = type_line if same_line else type_line + 1
        title_end = body = _title_end(lines, title, same_line=same_line)
    annex = _annex(lines, body)
    return Zones(type_line, type_end, title, title_end, body, _foot(lines, body, annex), annex)


def _find_type(lines: list[Line]) -> tuple[int | None, int]:
    """Line of the type's name and where the name ends in it; None, 0 for a letter."""
    for i, line in enumerate(lines[:40]):
        normal = line.normal
        if label_of(normal).kind in _CHAPTERS or _is_preamble(normal, longer_than=60):
            break
        if normal.text.isupper() and type_named(normal.folded):
            return i, len(normal)
        match = _TYPE.match(normal.folded)
        if not match:
            continue
        rest = match["rest"].strip(" .*|()")
        if rest in {"", "du thao"}:
            return i, len(normal)
        if normal.text[slice(*match.span("type"))].isupper() and not rest[0].isdigit():
            return i, match.end("type")
    return None, 0


def _is_preamble(normal: Normal, *, longer_than: int) -> bool:
    return len(normal) > longer_than and not normal.text.isupper() and _PREAMBLE.match(normal.folded) is not None


def _title_end(lines: list[Line], title: int, *, same_line: bool) -> int:
    """The title goes on until a blank line, a preamble or a numbered heading; its first line is always title.

    `same_line`: the type stands in that first line too.
    """
    end = title + 1
    shouting = title < len(lines) and lines[title].normal.text.isupper()
    while end < len(lines) and end - title < 10:
        line = lines[end]
        begins_below_type = same_line and end == title + 1 and line.normal.text.isupper()
        if (line.gap and not begins_below_type) or _ends_title(line.normal, shouting=shouting):
            break
        end += 1
    return min(end, len(lines))


def _ends_title(line: Normal, *, shouting: bool) -> bool:
    """`shouting`: the title stands in capitals."""
    if label_of(line).kind in _NUMBERED or _ADDRESS.search(line.folded):
        return True
    lowered = shouting and not line.text.isupper()
    if _PREAMBLE.match(line.folded) and (lowered or _DOCUMENT.search(line.folded) or line.folded.endswith(":")):
        return True
    return lowered and len(line) > 60


def _letter_zones(lines: list[Line]) -> tuple[int, int, int]:
    """First line and end of a letter's subject, first line of its body."""
    title = next((i for i, line in enumerate(lines[:25]) if _ABOUT.match(line.normal.folded)), None)
    body = _letter_body(lines, 0 if title is None else title + 1)
    if title is None:
        title = body
    return title, _subject_end(lines, title, body), body


def _letter_body(lines: list[Line], start: int) -> int:
    """A letter's body starts after its subject, or at its first address or numbered heading."""
    for i, line in enumerate(lines[start:40], start):
        normal = line.normal
        if normal.folded.startswith("kinh gui") or label_of(normal).kind in _CHAPTERS:
            return i
        if i > 4 and _is_preamble(normal, longer_than=40):
            return i
    return min(start, len(lines))


def _subject_end(lines: list[Line], title: int, body: int) -> int:
    """A letter's subject ends at a blank line, the national heading or its place and date."""
    end = min(title + 1, body)
    while end < body and not lines[end].gap and not _is_beside_subject(lines[end].normal):
        end += 1
    return end


def _is_beside_subject(line: Normal) -> bool:
    return _NATIONAL_HEADING.match(line.folded) is not None or _PLACE_DATE.search(line.folded) is not None


def _annex(lines: list[Line], body: int) -> int:
    """First line behind the foot: an annex, or a plan attached to a decision."""
    seen_foot = False
    for i, line in enumerate(lines[body:], body):
        normal = line.normal
        seen_foot = (
            seen_foot or _RECIPIENTS.match(normal.folded) is not None or _END_OF_BODY.search(normal.text) is not None
        )
        if not seen_foot:
            continue
        if _ANNEX.match(normal.folded) and normal.text[:7].isupper():
            return i
        if _ATTACHED.match(normal.folded):
            return _attached_from(lines, i, body)
    return len(lines)


def _attached_from(lines: list[Line], i: int, body: int) -> int:
    """First line of the heading of a plan attached to a decision: back over its lines in capitals to the signer."""
    while i > body + 1 and not _closes_foot(lines[i - 1].normal):
        i -= 1
    return i


def _closes_foot(line: Normal) -> bool:
    """The signer's name or the last recipient ("Lưu: VT")."""
    return looks_like_name(line.text) or line.folded.startswith(("- luu", "luu"))


def _foot(lines: list[Line], body: int, annex: int) -> int:
    """The foot starts after "./.", or at "Nơi nhận", or at the signer's office where the text stops without them."""
    backwards = range(annex - 1, body, -1)
    noted = next((i for i in backwards if _RECIPIENTS.match(lines[i].normal.folded)), annex)
    ended = next((i + 1 for i in backwards if _END_OF_BODY.search(lines[i].normal.text)), None)
    if ended is not None:
        return min(ended, noted) if noted > ended - 40 else ended
    farthest = body + 1 if noted < annex else max(body + 1, annex - 8)
    start = noted
    while start > farthest and _signs(lines[start - 1].normal):
        start -= 1
    return start


def _signs(line: Normal) -> bool:
    """An office in capitals or a person's name."""
    office = line.text.isupper() and len(line) < 70 and not line.text[0].isdigit()
    return office or looks_like_name(line.text)
