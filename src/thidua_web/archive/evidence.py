"""Whether a file may be kept as evidence, by its content; its name says nothing.

Taken are PDF, PNG and JPEG, DOCX and XLSX: what every office opens and what nothing runs from. The rest is refused,
above all programs, pages (HTML, SVG) and documents with macros.
"""

from __future__ import annotations

import re
import struct
from typing import Literal

from thidua.errors import UnreadableError
from thidua.plans.formats.archive import Archive
from thidua.plans.formats.limits import MEGABYTE, Limits
from thidua.plans.formats.recognise import OLE, ZIP

Kind = Literal["pdf", "png", "jpg", "docx", "xlsx"]
MOST_BYTES = 20 * MEGABYTE
# Of one report, or of one sheet of points.
MOST_FILES = 100
MOST_TOGETHER = 300 * MEGABYTE
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
# What a PDF may be asked to do by itself, and what it may carry; `#` writes a letter by its number.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)(?![A-Za-z])")
BY_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
CODES = {"unreadable_encrypted": "evidence.encrypted", "unreadable_damaged": "evidence.damaged"}


def check_evidence(data: bytes, name: str, *, limit: int = MOST_BYTES) -> Kind:
    """What kind of file it is. Raises UnreadableError with the reason why it is not taken."""
    if not data:
        raise UnreadableError("evidence.empty", file=name)
    if len(data) > limit:
        raise UnreadableError("evidence.too_large", file=name, limit_mb=limit // MEGABYTE)
    if data.startswith(b"%PDF-"):
        return _pdf(data, name)
    if data.startswith(PNG):
        return _png(data, name)
    if data.startswith(JPEG):
        return _jpeg(data, name)
    if data.startswith(ZIP):
        return _office(data, name)
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError("evidence.encrypted", file=name)
    raise UnreadableError("evidence.other", file=name)


def check_room(name: str, size: int, *, files: int, together: int) -> None:
    """Whether one more file fits beside those that are held: so many, so many bytes. Raises UnreadableError."""
    if files >= MOST_FILES:
        raise UnreadableError("evidence.too_many", file=name, limit=MOST_FILES)
    if together + size > MOST_TOGETHER:
        raise UnreadableError("evidence.too_much", file=name, limit_mb=MOST_TOGETHER // MEGABYTE)


def _pdf(data: bytes, name: str) -> Kind:
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableError("evidence.damaged", file=name)
    plain = BY_NUMBER.sub(lambda found: bytes([int(found[1], 16)]), data)
    if ACTIVE.search(plain):
        raise UnreadableError("evidence.active", file=name)
    if re.search(rb"/Encrypt\b", plain):
        raise UnreadableError("evidence.encrypted", file=name)
    return "pdf"


def _png(data: bytes, name: str) -> Kind:
    """A picture with a size, and nothing behind its end."""
    sized = data[12:16] == b"IHDR" and len(data) > 33 and all(struct.unpack(">II", data[16:24]))
    if not sized or not data.endswith(PNG_END):
        raise UnreadableError("evidence.damaged", file=name)
    return "png"


def _jpeg(data: bytes, name: str) -> Kind:
    """Cameras leave bytes of their own behind the end; the picture has to have come whole."""
    if b"\xff\xd9" not in data[-65536:] or not re.search(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]", data):
        raise UnreadableError("evidence.damaged", file=name)
    return "jpg"


def _office(data: bytes, name: str) -> Kind:
    try:
        archive = Archive(data, name, Limits())
        return _kind_of(archive, name)
    except UnreadableError as error:
        if error.code.startswith("evidence."):
            raise
        raise UnreadableError(CODES.get(error.code, "evidence.unsafe"), file=name) from error


def _kind_of(archive: Archive, name: str) -> Kind:
    members = archive.members
    found: Kind | None = "docx" if "word/document.xml" in members else "xlsx" if "xl/workbook.xml" in members else None
    if "[Content_Types].xml" not in members or found is None:
        raise UnreadableError("evidence.other", file=name)
    if any(member.lower().endswith((".bin", ".exe", ".dll", ".js", ".vbs")) for member in _running(archive)):
        raise UnreadableError("evidence.macros", file=name)
    if any(word in archive.head(part) for part in members if part.endswith((".xml", ".rels")) for word in ENTITIES):
        raise UnreadableError("evidence.unsafe", file=name)
    return found


def _running(archive: Archive) -> list[str]:
    """Members from which something may run: macros and whole files within; settings of printers are no such thing."""
    return [member for member in archive.members if "printerSettings" not in member]
