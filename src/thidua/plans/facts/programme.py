"""The order of business of a congress or meeting: one item a list entry of its part."""

from __future__ import annotations

from thidua.plans.facts.source import Source
from thidua.plans.reading import ProgrammeItem


def read_programme(source: Source) -> tuple[ProgrammeItem, ...]:
    found = []
    for block in source.blocks:
        if block.is_row or "programme" not in block.roles or block.head >= len(block.normal) or block.text.rstrip(" *").endswith(":"):
            continue
        if block.text.startswith("("):
            continue
        if block.rank < 6 and block.children or not block.kind and len(block.text) > 160:
            continue
        quote, span = source.words(block.normal, block.body, len(block.normal))
        found.append(ProgrammeItem(quote=quote, span=span, item=block.text.strip(" .;*"), sureness=0.9))
    return tuple(found)
