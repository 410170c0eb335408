"""What a paragraph's own heading says about the rest of the paragraph."""

from __future__ import annotations

from thidua.plans.outline import Block


def is_heading(block: Block) -> bool:
    """Nothing stands behind the heading words."""
    return block.head >= len(block.normal)


def ends_in_colon(block: Block) -> bool:
    return block.text.rstrip(" *").endswith(":")


def heads_list(block: Block) -> bool:
    """A heading, or a line that ends in a colon, with paragraphs under it."""
    return bool(block.children) and (is_heading(block) or ends_in_colon(block))


def body_start(block: Block) -> int:
    """Where the words behind the label and the run-in heading start."""
    return block.head + 1 if block.head and not is_heading(block) else block.body
