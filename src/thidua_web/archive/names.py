"""Names of files as people's systems send them."""

from __future__ import annotations

import unicodedata

LONGEST = 200
UNNAMED = "van-ban"


def clean_name(name: str) -> str:
    """The last part of a path, composed, without control or direction characters, at most 200 characters long."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    tidy = " ".join(visible.split()).strip(". ")
    if len(tidy) <= LONGEST:
        return tidy or UNNAMED
    stem, dot, suffix = tidy.rpartition(".")
    return f"{stem[: LONGEST - len(suffix) - 1]}{dot}{suffix}" if dot and len(suffix) <= 8 else tidy[:LONGEST]
