"""The document's type and title (Nghị định 30/2020/NĐ-CP, Phụ lục I). Patterns read folded text."""

from __future__ import annotations

import re

from thidua.plans.document_types import type_named
from thidua.plans.facts.source import Source
from thidua.plans.reading import HeaderField
from thidua.vietnamese.normal import Normal, join

_DRAFT = "du thao"
_DRAFT_NOTE = re.compile(rf"\(?{_DRAFT}\)?")
_LONGEST_DRAFT_NOTE = 12
_ABOUT = re.compile(r"\(?\s*v/v\s*:?\s*")


def is_draft(source: Source) -> bool:
    return any(_DRAFT in line.normal.folded for line in source.lines[: source.zones.body])


def read_type_and_title(source: Source) -> tuple[HeaderField | None, HeaderField | None]:
    title = _title(source)
    if source.zones.type_line is not None:
        return _type(source, source.zones.type_line), _title_field(source, title)
    about = _ABOUT.match(title.folded)
    if not about:
        return None, _title_field(source, title)
    # A letter has no named type (Nghị định 30/2020/NĐ-CP, Phụ lục I); its subject line tells it.
    type_ = source.field(title.cut(0, about.end()), "Công văn", 0.6)
    return type_, _title_field(source, title.cut(about.end(), len(title)))


def _type(source: Source, type_line: int) -> HeaderField:
    line = source.lines[type_line].normal
    name = _DRAFT_NOTE.sub("", line.folded[: source.zones.type_end]).strip(" .*()|")
    start = line.folded.index(name)
    piece = line.cut(start, start + len(name))
    return source.field(piece, type_named(name) or piece.text.capitalize())


def _title(source: Source) -> Normal:
    """The title's lines as one, without the type's name and a note that it is a draft."""
    zones = source.zones
    pieces = [
        line.normal
        for line in source.lines[zones.title : zones.title_end]
        if _DRAFT not in line.normal.folded or len(line.normal) > _LONGEST_DRAFT_NOTE
    ]
    if zones.title == zones.type_line and pieces:
        pieces[0] = pieces[0].cut(zones.type_end, len(pieces[0]))
    return join(pieces)


def _title_field(source: Source, title: Normal) -> HeaderField | None:
    end = len(title.text.rstrip(" .|"))
    # A bracket around the whole line goes with it; one that the title opened stays.
    if title.text[:end].endswith(")") and title.text.count("(", 0, end) < title.text.count(")", 0, end):
        end -= 1
    title = title.cut(0, end)
    return source.field(title) if title.text else None
