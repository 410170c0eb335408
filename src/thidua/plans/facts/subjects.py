"""Who takes part or is commended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from thidua.plans.facts.criteria import states_merit
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Subject

Kind = Literal["collective", "individual", "household", "both"]
_COLLECTIVE = re.compile(r"\b(?:tap the|don vi|co quan|phong|ban|so|dang bo|chi bo|truong|doanh nghiep|to chuc|cong doan|to|khoi|cum|dia phuong|lop|chi doan|huyen|xa)\b")
_INDIVIDUAL = re.compile(r"\b(?:ca nhan|can bo|cong chuc|vien chuc|nguoi lao dong|dang vien|giao vien|hoc sinh|sinh vien|doan vien|hoi vien|chien si|nhan vien|cong nhan|nhan dan|nong dan)\b")
_HOUSEHOLD = re.compile(r"\bho gia dinh\b")
_MIXED = frozenset({"awards", "quotas", "time", "dossier", "organisation", "purpose", "programme"})


def read_subjects(source: Source) -> tuple[Subject, ...]:
    """One item a paragraph of the part on subjects; a paragraph that only heads a list gives its kind to the list."""
    return tuple(item for block in source.blocks for item in _of_block(source, block))


def _of_block(source: Source, block: Block) -> Iterator[Subject]:
    if block.is_row or "subjects" not in block.roles or block.roles & _MIXED:
        return
    if block.head >= len(block.normal) or not block.text.strip(" .:;*") or block.text.rstrip(" *").endswith(":"):
        return
    if re.match(r"so luong|pham vi\b", block.folded):
        return
    body = block.head + 1 if block.head else block.body
    text = block.normal.text[body:].strip(" *")
    if len(text) < 8:
        return
    if "criteria" in block.roles and (states_merit(block, body) or not _names_kind(block)):
        return
    quote, span = source.words(block.normal, block.body if _names_kind(block) else body, len(block.normal))
    yield Subject(quote=quote, span=span, kind=_kind(block, body), text=text.rstrip(" .;"), sureness=0.9)


def _names_kind(block: Block) -> bool:
    return re.match(r"(?:tap the|ca nhan|ho gia dinh|thanh phan)\b", block.folded) is not None


def _kind(block: Block, body: int) -> Kind:
    for candidate in (block, *block.ancestors()):
        head = candidate.normal.folded[candidate.body : candidate.head or len(candidate.normal)][:60]
        if re.match(r"(?:doi voi )?tap the\b(?!,? (?:va )?ca nhan)", head):
            return "collective"
        if re.match(r"(?:doi voi )?ca nhan\b", head):
            return "individual"
        if re.match(r"(?:doi voi )?ho gia dinh\b", head):
            return "household"
        if "subjects" not in candidate.roles or candidate.rank <= 3:
            break
    words = block.normal.folded[body:]
    collective, individual = bool(_COLLECTIVE.search(words)), bool(_INDIVIDUAL.search(words))
    if collective == individual:
        return "household" if _HOUSEHOLD.search(words) and not collective else "both"
    return "collective" if collective else "individual"
