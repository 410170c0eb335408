"""Who takes part or is commended.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from typing import Literal

from thidua.plans.facts.criteria import states_merit
from thidua.plans.facts.headings import body_start, ends_in_colon, is_heading
from thidua.plans.facts.patterns import words_of
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Subject

Kind = Literal["collective", "individual", "household", "both"]
_COLLECTIVE = re.compile(
    words_of(
        "tap the|don vi|co quan|phong|ban|so|to chuc|to|khoi|cum",
        "dang bo|chi bo|cong doan|chi doan|truong|lop|doanh nghiep",
        "dia phuong|huyen|xa",
    )
)
_INDIVIDUAL = re.compile(
    words_of(
        "ca nhan|can bo|cong chuc|vien chuc|nguoi lao dong|nhan vien|cong nhan|giao vien|chien si",
        "dang vien|doan vien|hoi vien|hoc sinh|sinh vien|nhan dan|nong dan",
    )
)
_HOUSEHOLD = re.compile(r"\bho gia dinh\b")
_HEADS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("collective", re.compile(r"(?:doi voi )?tap the\b(?!,? (?:va )?ca nhan)")),
    ("individual", re.compile(r"(?:doi voi )?ca nhan\b")),
    ("household", re.compile(r"(?:doi voi )?ho gia dinh\b")),
)
_NAMES_KIND = re.compile(r"(?:tap the|ca nhan|ho gia dinh|thanh phan)\b")
_NUMBER_OR_SCOPE = re.compile(r"so luong|pham vi\b")
_NOT_HERE = frozenset({"awards", "quotas", "time", "dossier", "organisation", "purpose", "programme"})


def read_subjects(source: Source) -> tuple[Subject, ...]:
    """One item a paragraph of the part on subjects; a paragraph that only heads a list gives its kind to the list."""
    return tuple(_subject(source, block) for block in source.blocks if _names_subject(block))


def _names_subject(block: Block) -> bool:
    if block.is_row or "subjects" not in block.roles or block.roles & _NOT_HERE:
        return False
    if is_heading(block) or ends_in_colon(block) or _NUMBER_OR_SCOPE.match(block.folded):
        return False
    if len(_text(block)) < 8 or not block.text.strip(" .:;*"):
        return False
    return "criteria" not in block.roles or (_names_kind(block) and not states_merit(block))


def _subject(source: Source, block: Block) -> Subject:
    begin = block.body if _names_kind(block) else body_start(block)
    quote, span = source.words(block.normal, begin, len(block.normal))
    return Subject(quote=quote, span=span, kind=_kind(block), text=_text(block).rstrip(" .;"), sureness=0.9)


def _text(block: Block) -> str:
    return block.normal.text[body_start(block) :].strip(" *")


def _names_kind(block: Block) -> bool:
    return _NAMES_KIND.match(block.folded) is not None


def _kind(block: Block) -> Kind:
    """From the nearest heading that tells it, else from the words."""
    for candidate in (block, *block.ancestors()):
        head = candidate.normal.folded[candidate.body : candidate.head or len(candidate.normal)][:60]
        kind = next((kind for kind, pattern in _HEADS if pattern.match(head)), None)
        if kind:
            return kind
        if "subjects" not in candidate.roles or candidate.rank <= 3:
            break
    words = block.normal.folded[body_start(block) :]
    collective, individual = bool(_COLLECTIVE.search(words)), bool(_INDIVIDUAL.search(words))
    if collective != individual:
        return "collective" if collective else "individual"
    return "household" if _HOUSEHOLD.search(words) and not collective else "both"
