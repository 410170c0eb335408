"""What a file is, by its content; its name only decides between plain text and Markdown."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from thidua.errors import UnreadableError
from thidua.plans.formats.archive import Archive
from thidua.plans.formats.limits import Limits, megabytes

Kind = Literal["docx", "odt", "pdf", "txt", "md", "doc", "image", "scan"]

READABLE = {
    *(".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".rtf", ".odt", ".pdf", ".txt", ".md", ".markdown"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
}
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MIMETYPE_BYTES = 1024
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def recognise(data: bytes, name: str, limits: Limits) -> Kind:
    """The kind of document that `data` holds, or the reason why it is refused."""
    if not data:
        raise UnreadableError("unreadable_empty", file=name)
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            "unreadable_too_large", file=name, size_mb=megabytes(len(data)), limit_mb=megabytes(limits.file_bytes)
        )
    if data.startswith(ZIP):
        return _kind_of_zip(Archive(data, name, limits))
    if data.startswith(OLE):
        return _kind_of_ole(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(IMAGES):
        return "image"
    if is_text(data):
        return "md" if _suffix(name) in (".md", ".markdown") else "txt"
    raise _unknown(name)


def is_text(data: bytes) -> bool:
    """Whether the bytes can be text in some encoding: control characters do not occur in text."""
    if data.startswith(UTF16) or looks_utf16(data):
        return True
    controls = data.translate(None, bytes(range(0x20, 0x100)) + b"\t\n\r\f\x0b\x1a\x1b")
    return not controls


def looks_utf16(data: bytes) -> bool:
    """UTF-16 without its mark: half of one byte of each pair is zero (ASCII letters), hardly any of the other."""
    sample = data[:4096]
    fewer, more = sorted((sample[0::2].count(0), sample[1::2].count(0)))
    return len(data) % 2 == 0 and more > len(sample) // 4 and fewer * 8 < more


def _kind_of_zip(archive: Archive) -> Kind:
    members = archive.members
    if "mimetype" in members:
        mimetype = archive.read("mimetype", limit=MIMETYPE_BYTES)
        if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    elif "[Content_Types].xml" in members and any(member.startswith("word/") for member in members):
        return "docx"
    raise _unknown(archive.name)


def _kind_of_ole(data: bytes, name: str) -> Kind:
    """Old Office files and protected new ones share a container; its directory names the streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError("unreadable_encrypted", file=name)
    if "WordDocument".encode("utf-16-le") not in data:
        raise _unknown(name)
    header = data[512:524]  # the usual place of the stream's first bytes: magic A5EC, then flags at 10
    if header[:2] == b"\xec\xa5" and header[11] & 0x01:
        raise UnreadableError("unreadable_encrypted", file=name)
    return "doc"


def _unknown(name: str) -> UnreadableError:
    """A name that promises a readable format over other content was renamed; any other name is just unknown."""
    if _suffix(name) in READABLE:
        return UnreadableError("unreadable_renamed", file=name, suffix=_suffix(name))
    return UnreadableError("unreadable_unknown_format", file=name)


def _suffix(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
