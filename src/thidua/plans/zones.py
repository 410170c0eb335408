"""Head, body and foot of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I), found by the words they must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thidua.plans.outline import Line, label_of

TYPES = (
    "ke hoach lien tich", "ke hoach phoi hop", "ke hoach", "chi thi", "cong dien", "huong dan", "quyet dinh",
    "thong bao", "to trinh", "quy che", "quy dinh", "chuong trinh hanh dong", "chuong trinh phoi hop", "chuong trinh",
    "de an", "phuong an", "nghi quyet", "bao cao", "the le", "loi keu goi", "thu keu goi", "giao uoc thi dua",
    "phat dong", "noi dung", "du an",
)  # fmt: skip
_TYPE = re.compile(r"(?:\(?du thao\)?\s*)?(?P<type>" + "|".join(TYPES) + r")(?P<rest>.*)", re.DOTALL)
_ABOUT = re.compile(r"\(?\s*(?:v/v|ve viec)\s*:?\s*")
_PREAMBLE = re.compile(
    r"(?:can cu|thuc hien|thi hanh|trien khai|huong ung|tiep tuc|nham|de |kinh gui|phat huy|chao mung|nhan dip|theo |duoc su|"
    r"thiet thuc|qua |nam \d{4}|trong |xet |sau )|.* (?:dien|gui) ?:$"
)
_DOCUMENT = re.compile(r"\b(?:so \d+|ngay \d+|cong dien|nghi quyet|ke hoach|chi thi|quyet dinh|luat|cong van|huong dan|chuong trinh)\b")
_RECIPIENTS = re.compile(r"\W*noi nh[ae]n\b")
_SIGNATURE = re.compile(r"(?:t[/.]?m|k[/.]?t|tl|tuq|q)\.? ?[a-z]|(?:pho )?(?:chu tich|giam doc|hieu truong|bi thu|truong|bo truong|thu truong|chanh van phong|thu tuong|tong giam doc)")
_ANNEX = re.compile(r"phu luc(?: (?:so )?[ivx\d]+)?\b")
_PLACE_DATE = re.compile(r",\s*ngay\s*[\d.…_ ]*\s*thang")


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
        title = next((i for i, line in enumerate(lines[:25]) if _ABOUT.match(line.normal.folded)), None)
        body = _letter_body(lines, title)
        title = body if title is None else title
    else:
        title = type_line if type_end < len(lines[type_line].normal) else type_line + 1
        body = _title_end(lines, title, same_line=title == type_line)
    annex = _annex(lines, body)
    foot = _foot(lines, body, annex)
    title_end = _letter_title_end(lines, title, body) if type_line is None else body
    return Zones(type_line, type_end, title, title_end, body, foot, annex)


def _find_type(lines: list[Line]) -> tuple[int | None, int]:
    for i, line in enumerate(lines[:40]):
        normal = line.normal
        if label_of(normal)[0] in {"upper", "roman", "part"} or _PREAMBLE.match(normal.folded) and not normal.text.isupper() and len(normal) > 60:
            break
        match = _TYPE.match(normal.folded)
        if not match:
            continue
        words = normal.text[match.start("type") : match.end("type")]
        rest = match.group("rest").strip(" .*|()")
        if rest in {"", "du thao"}:
            return i, len(normal)
        if words.isupper() and not rest[0].isdigit():
            return i, match.end("type")
    return None, 0


def _title_end(lines: list[Line], title: int, *, same_line: bool) -> int:
    """The title goes on until a blank line, a preamble or a numbered heading; its first line is always title."""
    end = title + 1
    shouting = title < len(lines) and lines[title].normal.text.isupper()
    while end < len(lines) and end - title < 10:
        line = lines[end].normal
        if lines[end].gap and not (same_line and end == title + 1 and line.text.isupper()):
            break
        if label_of(line)[0] in {"upper", "roman", "part", "arabic", "bullet"} or _SIGNED.search(line.folded):
            break
        preamble = _PREAMBLE.match(line.folded)
        if preamble and (_DOCUMENT.search(line.folded) or line.folded.endswith(":") or (shouting and not line.text.isupper())):
            break
        if shouting and not line.text.isupper() and len(line) > 60:
            break
        end += 1
    return min(end, len(lines))


_SIGNED = re.compile(r"^kinh gui|\bdien ?:$|^so ?:")


def _letter_body(lines: list[Line], title: int | None) -> int:
    """A letter's body starts after its title's lines, or at its first address or numbered heading."""
    start = 0 if title is None else title + 1
    for i, line in enumerate(lines[start:40], start):
        folded = line.normal.folded
        if folded.startswith("kinh gui") or label_of(line.normal)[0] in {"upper", "roman", "part"}:
            return i
        if _PREAMBLE.match(folded) and len(folded) > 40 and not line.normal.text.isupper() and i > 4:
            return i
    return min(max(start, 0), len(lines))


def _letter_title_end(lines: list[Line], title: int, body: int) -> int:
    """A letter's subject ends at a blank line, the national heading or its place and date."""
    end = min(title + 1, body)
    while end < body and not lines[end].gap and not re.match(r"cong hoa|doc lap|dang cong san", lines[end].normal.folded) and not _PLACE_DATE.search(lines[end].normal.folded):
        end += 1
    return end


_ATTACHED = re.compile(r"cong hoa xa hoi|\(?(?:ban hanh )?kem theo (?:quyet dinh|cong van|chi thi|to trinh)")


def _attached_from(lines: list[Line], i: int, body: int) -> int:
    """First line of the heading of a plan attached to a decision: back over its lines in capitals to the signer."""
    while i > body + 1 and not looks_like_name(lines[i - 1].normal.text) and not lines[i - 1].normal.folded.startswith(("- luu", "luu")):
        i -= 1
    return i


def _annex(lines: list[Line], body: int) -> int:
    seen_foot = False
    for i, line in enumerate(lines[body:], body):
        seen_foot = seen_foot or _RECIPIENTS.match(line.normal.folded) is not None or "./." in line.normal.text
        if not seen_foot:
            continue
        if _ANNEX.match(line.normal.folded) and line.normal.text[:7].isupper():
            return i
        if _ATTACHED.match(line.normal.folded):
            return _attached_from(lines, i, body)
    return len(lines)


def _foot(lines: list[Line], body: int, annex: int) -> int:
    """The foot starts after "./.", or at "Nơi nhận", or at the signer's office where the text stops without them."""
    noted = next((i for i in range(annex - 1, body, -1) if _RECIPIENTS.match(lines[i].normal.folded)), annex)
    ended = next((i + 1 for i in range(annex - 1, body, -1) if "./." in lines[i].normal.text), None)
    if ended is not None:
        return min(ended, noted) if noted > ended - 40 else ended
    if noted < annex:
        start = noted
        while start > body + 1 and _signs(lines[start - 1]):
            start -= 1
        return start
    start = annex
    while start > body + 1 and annex - start < 8 and _signs(lines[start - 1]):
        start -= 1
    return start


def _signs(line: Line) -> bool:
    text = line.normal.text
    return (text.isupper() and len(text) < 70 and not line.normal.text[0].isdigit()) or looks_like_name(text)


_DEGREES = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|BSCKII|BSCKI|CKII|CKI|KS|CN|LS|NGƯT|NGND|TTƯT|TTND)\.?\s?)+|^(?:Thiếu|Trung|Thượng|Đại) (?:tướng|tá|úy)\s|^(?:Đồng chí|Ông|Bà)\s"
)


def strip_degrees(text: str) -> str:
    """A signer's name without degrees and ranks."""
    return _DEGREES.sub("", text).strip()


def looks_like_name(text: str) -> bool:
    """Two to six capitalised syllables and nothing else: a person's name as it stands under a signature."""
    words = strip_degrees(text.strip(" .")).split()
    return 2 <= len(words) <= 6 and all(w.isalpha() and w[0].isupper() and (len(w) == 1 or not w.isupper()) and len(w) <= 7 for w in words)
