"""The order of business of a congress or meeting: one item a list entry of its part."""

from __future__ import annotations

from thidua.plans.facts.headings import ends_in_colon, is_heading
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import ProgrammeItem


def read_programme(source: Source) -> tuple[ProgrammeItem, ...]:
    """In reading order."""
    return tuple(_item(source, block) for block in source.blocks if _is_item(block))


def _is_item(block: Block) -> bool:
    if block.is_row or "programme" not in block.roles or block.text.startswith("("):
        return False
    if is_heading(block) or ends_in_colon(block):
        return False
    has_items = block.rank < 6 and bool(block.children)
    is_prose = not block.kind and len(block.text) > 160
    return not has_items and not is_prose


def _item(source: Source, block: Block) -> ProgrammeItem:
    quote, span = source.words(block.normal, block.body, len(block.normal))
    return ProgrammeItem(quote=quote, span=span, item=block.text.strip(" .;*"), sureness=0.9)
