"""Scans (pictures of paper, alone or as the pages of a PDF), recognised by Tesseract with Vietnamese."""

from __future__ import annotations

import ctypes
import struct
import subprocess
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pypdfium2

from thidua.errors import UnreadableError
from thidua.plans.formats.limits import MEGABYTE, Limits, PlanText
from thidua.plans.formats.pdf import POINTS_PER_INCH, is_picture, join_pages, open_pdf, page_text
from thidua.plans.formats.programs import environment, find_program, run_program

T = TypeVar("T")

DPI = 250
"""200 to 300 dpi read alike in trials; 250 keeps small marks apart at two thirds of the work."""
MEMORY = 2048 * MEGABYTE
MAX_RENDERED = 40_000_000
PAGE_BREAK = "\f"
PACKAGES = "tesseract-ocr tesseract-ocr-vie"
TIFF_WIDTH, TIFF_HEIGHT = 256, 257


def read_image(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text of a PNG, JPEG or TIFF picture, of every page of the latter."""
    sizes = image_sizes(data)
    if not sizes:
        raise UnreadableError("unreadable_damaged", file=name)
    if len(sizes) > limits.scanned_pages:
        raise UnreadableError("unreadable_too_many_scans", file=name, pages=len(sizes), limit=limits.scanned_pages)
    pixels = max(width * height for width, height in sizes)
    if pixels > limits.image_pixels:
        raise UnreadableError(
            "unreadable_too_many_pixels", file=name, megapixels=pixels // 10**6, limit=limits.image_pixels // 10**6
        )
    text = recognise_text(data, name, limits, seconds=limits.page_seconds * len(sizes))
    return join_pages([page.strip("\n") for page in text.rstrip(PAGE_BREAK).split(PAGE_BREAK)], "scan")


def read_scan(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text of a PDF with scanned pages: those are drawn and recognised; pages that do have text keep it."""
    document = open_pdf(data, name, limits)
    try:
        texts = [_on_page(document, index, partial(_text_or_none, first=index == 0)) for index in range(len(document))]
        pictures = texts.count(None)
        if pictures > limits.scanned_pages:
            raise UnreadableError("unreadable_too_many_scans", file=name, pages=pictures, limit=limits.scanned_pages)
        pages = [
            _recognise_page(document, index, name, limits) if text is None else text for index, text in enumerate(texts)
        ]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("unreadable_damaged", file=name) from error
    finally:
        document.close()
    return join_pages(pages, "scan" if pictures * 2 > len(pages) else "pdf")


def _on_page(document: Any, index: int, do: Callable[[Any], T]) -> T:
    page = document[index]
    try:
        return do(page)
    finally:
        page.close()


def _recognise_page(document: Any, index: int, name: str, limits: Limits) -> str:
    picture = _on_page(document, index, _draw)
    return recognise_text(picture, name, limits, seconds=limits.page_seconds).strip("\f\n")


def _text_or_none(page: Any, *, first: bool) -> str | None:
    """The page's text, None where it has to be recognised."""
    text = page_text(page, first=first)
    return None if is_picture(page, text) else text


def _draw(page: Any) -> bytes:
    """The page as a grey picture (PGM), at DPI or as much as a huge page allows."""
    width, height = (side / POINTS_PER_INCH for side in page.get_size())
    dpi = min(DPI, (MAX_RENDERED / max(width * height, 0.01)) ** 0.5)
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True)
    try:
        rows = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        if bitmap.stride != bitmap.width:
            rows = b"".join(rows[at : at + bitmap.width] for at in range(0, len(rows), bitmap.stride))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows
    finally:
        bitmap.close()


def recognise_text(picture: bytes, name: str, limits: Limits, *, seconds: float) -> str:
    """What Tesseract reads in a picture; pages of one file are parted by a form feed."""
    tesseract = find_program("tesseract")
    if tesseract is None or not has_vietnamese(tesseract):
        raise UnreadableError("unreadable_needs_tesseract", file=name, packages=PACKAGES)
    code, output = run_program(
        [tesseract, "stdin", "stdout", "-l", "vie", "--psm", "4", "--dpi", str(DPI)],
        name,
        seconds=min(seconds, limits.long_seconds),
        memory_bytes=MEMORY,
        data=picture,
        OMP_THREAD_LIMIT="1",
    )
    if code != 0:
        raise UnreadableError("unreadable_damaged", file=name)
    return output.decode("utf-8", errors="replace")


def has_vietnamese(tesseract: str) -> bool:
    """Whether Tesseract's Vietnamese data is installed."""
    listing = subprocess.run(  # noqa: S603 (a program found on PATH, fixed arguments)
        [tesseract, "--list-langs"], capture_output=True, text=True, timeout=20, check=False, env=environment()
    )
    return "vie" in listing.stdout.split()


def image_sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of every page of a picture, from its headers alone; empty where they are damaged."""
    try:
        if data.startswith(b"\x89PNG"):
            return [struct.unpack(">II", data[16:24])]
        if data.startswith(b"\xff\xd8"):
            return _jpeg_size(data)
        return _tiff_sizes(data)
    except (struct.error, IndexError):
        return []


def _jpeg_size(data: bytes) -> list[tuple[int, int]]:
    at = 2
    while at < len(data):
        while data[at] == 0xFF:
            at += 1
        marker, length = data[at], struct.unpack(">H", data[at + 1 : at + 3])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 4 : at + 8])
            return [(width, height)]
        at += 1 + max(length, 2)
    return []


def _tiff_sizes(data: bytes) -> list[tuple[int, int]]:
    order = "<" if data.startswith(b"II") else ">"
    sizes: list[tuple[int, int]] = []
    seen: set[int] = set()
    (at,) = struct.unpack(order + "I", data[4:8])
    while at and at not in seen:
        seen.add(at)
        (count,) = struct.unpack(order + "H", data[at : at + 2])
        size = {TIFF_WIDTH: 0, TIFF_HEIGHT: 0}
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind = struct.unpack(order + "HH", data[entry : entry + 4])
            if tag in size:
                size[tag] = struct.unpack(
                    order + ("H" if kind == 3 else "I"), data[entry + 8 : entry + (10 if kind == 3 else 12)]
                )[0]
        sizes.append((size[TIFF_WIDTH], size[TIFF_HEIGHT]))
        (at,) = struct.unpack(order + "I", data[at + 2 + 12 * count : at + 6 + 12 * count])
    return sizes
