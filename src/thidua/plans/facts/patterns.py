"""How grammars write their patterns. Every pattern runs on folded text: lower case, no marks, single spaces."""

from __future__ import annotations

AWARDS = "bang khen|giay khen|co thi dua"


def any_of(*alternatives: str) -> str:
    """A group that matches any alternative; each argument holds those of one meaning, parted by "|"."""
    return f"(?:{'|'.join(alternatives)})"


def words_of(*alternatives: str) -> str:
    """Like `any_of`, but only as whole words."""
    return rf"\b{any_of(*alternatives)}\b"
