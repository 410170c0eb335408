"""Text of a PDF that has text, and its pages as pictures for the recognition of scans (pdfium)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import structs

from thidua.errors import UnreadableError
from thidua.plans.formats.limits import Limits, PlanText

PASSWORD = pdfium.FPDF_ERR_PASSWORD
SECURITY = pdfium.FPDF_ERR_SECURITY
HYPHENS = str.maketrans({"\ufffe": "-\n", "\x02": "-\n", "\x00": None, "\r": None})
WIDE_GAP = 2.0
HEADING_LINES = 14
LITTLE_TEXT = 100
COVERS = 0.5
POINTS_PER_INCH = 72


def read_pdf(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text of every page in reading order. The format is "scan" where some pages are pictures, which are `unread`."""
    document = open_pdf(data, name, limits)
    try:
        pages, pictures = [], []
        for index, page in enumerate(_pages(document, name)):
            pages.append(page_text(page, first=index == 0))
            if is_picture(page, pages[-1]):
                pictures.append(index + 1)
    finally:
        document.close()
    return structs.replace(join_pages(pages, "scan" if pictures else "pdf"), unread=tuple(pictures))


def is_picture(page: Any, text: str) -> bool:
    """Whether a page has to be recognised: drawn without any text, or a scan with no more than a signature's stamp."""
    letters = len("".join(text.split()))
    if letters == 0:
        return bool(pdfium.FPDFPage_CountObjects(page) > 0)
    if letters > LITTLE_TEXT:
        return False
    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > COVERS * width * height:
            return True
    return False


def open_pdf(data: bytes, name: str, limits: Limits) -> Any:
    """The opened document; refuses protected and damaged files and those with too many pages."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "unreadable_encrypted" if error.err_code in (PASSWORD, SECURITY) else "unreadable_damaged"
        raise UnreadableError(code, file=name) from error
    count = len(document)
    if count > limits.pages:
        document.close()
        raise UnreadableError("unreadable_too_many_pages", file=name, pages=count, limit=limits.pages)
    if count == 0:
        document.close()
        raise UnreadableError("unreadable_no_text", file=name)
    return document


def _pages(document: Any, name: str) -> Iterator[Any]:
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise UnreadableError("unreadable_damaged", file=name) from error
        yield page
        page.close()


def page_text(page: Any, *, first: bool) -> str:
    """Text of one page. Where pdfium joins neighbouring cells with a space, a wide gap parts them again."""
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
        if text.strip():
            text = _part_columns(text_page, text, first=first)
    finally:
        text_page.close()
    return text.translate(HYPHENS).strip("\n")


def join_pages(pages: list[str], kind: Any) -> PlanText:
    """One text of all pages, a line end between two, with the offset at which each starts."""
    starts = list(itertools.accumulate((len(page) + 1 for page in pages[:-1]), initial=0))
    return PlanText("\n".join(pages), kind, tuple(starts))


def _part_columns(text_page: Any, text: str, *, first: bool) -> str:
    """Replace the spaces that stand for wide gaps: by a line end in the heading, by " | " in the rows of tables.

    Only spaces that pdfium made up are looked at; justified lines hold real ones. Its text leaves out some of its
    characters, so positions are used only where both count alike.
    """
    if pdfium.FPDFText_CountChars(text_page) != len(text):
        return text
    parts = []
    done = lines = 0
    for index, char in enumerate(text):
        if char == "\n":
            lines += 1
        elif char == " " and _is_wide_gap(text_page, index, len(text)):
            parts += [text[done:index], "\n" if first and lines < HEADING_LINES else " | "]
            done = index + 1
    return "".join([*parts, text[done:]])


def _is_wide_gap(text_page: Any, index: int, count: int) -> bool:
    if not 0 < index < count - 1 or pdfium.FPDFText_IsGenerated(text_page, index) != 1:
        return False
    left, right = text_page.get_charbox(index - 1), text_page.get_charbox(index + 1)
    size = pdfium.FPDFText_GetFontSize(text_page, index - 1)
    same_line = left[1] < right[3] and right[1] < left[3]
    return bool(same_line and right[0] - left[2] > WIDE_GAP * max(size, 6))
