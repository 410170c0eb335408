"""Folding (bỏ dấu): what a search, a comparison and the grammar see of a Vietnamese text."""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    **dict.fromkeys("đĐ", "d"),
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("„‟«", "“"),
    "»": "”",
    "″": '"',
    **dict.fromkeys("’‘", "'"),
    **dict.fromkeys("\u00a0\t\n\r", " "),
}


class _Table(dict[int, str]):
    """A translation table that fills itself: base letter, lower case, always one character for one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _SPECIAL.get(char)
        if plain is None:
            base = unicodedata.normalize("NFD", char)[0]
            lower = _SPECIAL.get(base, base).lower()
            plain = lower if len(lower) == 1 else char
        self[code] = plain
        return plain


_TABLE = _Table()


def fold(text: str) -> str:
    """Lower case without marks, đ as d, one dash, one pair of quotation marks. Composed (NFC) text keeps its length."""
    return text.translate(_TABLE)


def search_key(text: str) -> str:
    """The key by which text is searched: composed, folded, single spaces."""
    return " ".join(fold(unicodedata.normalize("NFC", text)).split())
