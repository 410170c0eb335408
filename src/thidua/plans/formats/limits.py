"""What one file may cost, and the shape of the text that comes out of it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

MEGABYTE = 1024 * 1024

Format = Literal["docx", "odt", "pdf", "txt", "md", "doc", "scan"]


class Limits(Struct, frozen=True, kw_only=True):
    """Bounds on one file. A plan of an authority stays far below every one of them.

    `seconds` bounds a file that is read directly; `long_seconds` one that needs LibreOffice or Tesseract, of which
    `page_seconds` bounds the recognition of one page. `memory_bytes` bounds the address space of the reading process.
    """

    file_bytes: int = 50 * MEGABYTE
    pages: int = 500
    scanned_pages: int = 100
    unpacked_bytes: int = 512 * MEGABYTE
    part_bytes: int = 64 * MEGABYTE
    members: int = 5_000
    text_chars: int = 10_000_000
    image_pixels: int = 100_000_000
    seconds: float = 20
    long_seconds: float = 600
    page_seconds: float = 40
    memory_bytes: int = 1536 * MEGABYTE


class PlanText(Struct, frozen=True):
    """A document's text in reading order, letter for letter as the file has it.

    `pages` holds the offset in `raw` at which each page starts; (0,) where the format knows no pages. `unread` are the
    numbers, from 1, of scanned pages that nothing here could recognise: `raw` has nothing of them.
    """

    raw: str
    format: Format
    pages: tuple[int, ...] = (0,)
    unread: tuple[int, ...] = ()


def megabytes(size: int) -> int:
    """Size in whole megabytes for a message, rounded up so that "over 50 MB" never reads "50 MB"."""
    return -(-size // MEGABYTE)
