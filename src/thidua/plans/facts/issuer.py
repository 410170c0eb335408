"""The issuing body: named above the number, or by the preamble that says who acts.

Patterns read folded text (no marks, lower case) unless they hold capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.issuer_names import COMMITTEE, begins_body, issuer_name
from thidua.plans.facts.letterhead import NUMBER
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import HeaderField
from thidua.vietnamese.letters import mostly_capitals
from thidua.vietnamese.normal import Normal, join

# On letters without spaces, which stray where words are split.
_NATIONAL_HEADING = re.compile(r"^(?:conghoaxa|(?:(?:xa)?hoi)?chunghia|nghiavietnam|doclap|dangcongsan)|hanhphuc$")
# Where a line ends inside the heading, its last words alone could be a body's ("Hội", "Việt Nam").
_REST_OF_HEADING = re.compile(r"conghoaxa\nhoi$|chunghia\nvietnam$")
_NOT_A_BODY = ("số", "điều ", "(", "dự thảo")
_BODY = re.compile(
    r"(?:Ủy ban|Uỷ ban|UBND|Văn phòng|Sở|Bộ|Phòng|Ban|Hội đồng|Trường|trường|Liên đoàn|Công đoàn|Tỉnh đoàn|Huyện đoàn|"
    r"Thành đoàn|Hội|Công ty|Tổng công ty|Tập đoàn|Bệnh viện|Công an|Thành ủy|Tỉnh ủy|Huyện ủy|Đảng ủy|Thủ tướng|"
    r"Chủ tịch|Đoàn|Mặt trận|Cục|Chi cục|Viện|Trung tâm|Ngân hàng)\b"
)
_ACT = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:da )?"
    r"(?:ban hanh|xay dung|lap ke hoach|phat dong|to chuc (?:phat dong|trien khai)|to chuc|trien khai|huong dan|"
    r"yeu cau|de ra|thong bao)\b"
)
# "của Ủy ban nhân dân tỉnh ban hành" speaks of another document's issuer.
_OF_ANOTHER = re.compile(r"\b(?:cua|do|tai|voi|cho)\s$")
_UNNAMED_LEVEL = re.compile(r"\b(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường)$")


def read_issuer(source: Source, cells: list[Normal], place: HeaderField | None) -> HeaderField | None:
    """The body above the number, with the body it belongs to; else the one that the preamble says acts."""
    lines = _body_lines(cells)
    if not lines:
        return _of_preamble(source, place)
    name = issuer_name([line.text for line in lines])
    without_place = name.startswith(COMMITTEE) and len(name.split()) <= 5
    fuller = _of_preamble(source, place) if without_place else None
    if fuller is not None and "nhân dân" in fuller.value:
        return fuller
    if place is not None and (without_place or _UNNAMED_LEVEL.search(name)):
        return source.field(join(lines), f"{name} {place.value}", 0.8)
    return source.field(join(lines), name)


def _body_lines(cells: list[Normal]) -> list[Normal]:
    """The lines that name the body: from the first that begins as bodies do, up to the number."""
    lines: list[Normal] = []
    before = ""
    for cell in cells:
        text, folded = cell.text.casefold(), cell.folded.strip(" -*|_.")
        if text.startswith(("số:", "v/v")) or NUMBER.search(folded):
            break
        solid = folded.replace(" ", "")
        in_heading = _NATIONAL_HEADING.search(solid) or _REST_OF_HEADING.search(f"{before}\n{solid}")
        before = solid or before
        if not folded or text.startswith(_NOT_A_BODY) or ", ngay" in folded or in_heading:
            continue
        if (lines or begins_body(folded)) and mostly_capitals(cell.text, share=0.6):
            lines.append(cell.cut(0, len(cell.text.rstrip(" -*|_.─━═"))))
    return lines[:4]


def _of_preamble(source: Source, place: HeaderField | None) -> HeaderField | None:
    """The body named last before the words that it issues, builds, launches …"""
    for block in reversed(source.preamble):
        for start, name in _acting_bodies(block):
            value = name[0].upper() + name[1:]
            if place is not None and _UNNAMED_LEVEL.search(value):
                value = f"{value} {place.value}"
            return source.field(block.normal.cut(start, start + len(name)), value, 0.8)
    return None


def _acting_bodies(block: Block) -> Iterator[tuple[int, str]]:
    """Offset and name of the bodies that act in a paragraph, the last one first."""
    text, folded = block.normal.text, block.normal.folded
    for match in reversed(list(_BODY.finditer(text, block.body))):
        start = match.start()
        act = _ACT.search(folded, start)
        if act is None or text[:start].endswith("Văn phòng ") or _OF_ANOTHER.search(folded[:start]):
            continue
        name = text[start : act.start()].strip(" ,")
        bracketed = text[match.end() :].lstrip().startswith(")")
        if 2 < len(name) < 110 and not bracketed and not re.search(r"\d|[;:“]", name):
            yield start, re.sub(r"\s*\(.*$", "", name)
