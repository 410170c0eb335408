"""Whether a file is a workbook that can be read, by its content; for others, what to do."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

from thidua.errors import UnreadableError
from thidua.plans.formats.archive import Archive
from thidua.plans.formats.limits import Limits, megabytes
from thidua.plans.formats.recognise import OLE, ZIP, is_text

SPREADSHEET_ODF = b"application/vnd.oasis.opendocument.spreadsheet"
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
HEAD_BYTES = 2048
WORKBOOK_BYTES = 1 << 20
SHEET_NAME = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"')
# What the archive calls damage, in words for workbooks.
ARCHIVE_CODES = {
    "unreadable_zip_bomb": "list.zip_bomb",
    "unreadable_too_many_members": "list.zip_bomb",
    "unreadable_encrypted": "list.encrypted",
    "unreadable_unsafe": "list.unsafe",
    "unreadable_damaged": "list.damaged",
}


def check_workbook(data: bytes, name: str, *, limit: int) -> tuple[str, ...]:
    """The names of the sheets of an .xlsx (or .xlsm) file, whatever its own. Raises UnreadableError for other files."""
    if not data:
        raise UnreadableError("list.empty_file", file=name)
    if len(data) > limit:
        raise UnreadableError("list.too_large", file=name, size_mb=megabytes(len(data)), limit_mb=megabytes(limit))
    if data.startswith(ZIP):
        try:
            return _check_zip(Archive(data, name, Limits()), name)
        except UnreadableError as error:
            raise UnreadableError(ARCHIVE_CODES.get(error.code, error.code), file=name) from error
    raise UnreadableError(_code_of_other(data, name), file=name)


def _check_zip(archive: Archive, name: str) -> tuple[str, ...]:
    members = archive.members
    if "mimetype" in members and archive.read("mimetype", limit=HEAD_BYTES).startswith(SPREADSHEET_ODF):
        raise UnreadableError("list.ods", file=name)
    if "xl/workbook.bin" in members:
        raise UnreadableError("list.xlsb", file=name)
    if "[Content_Types].xml" not in members or "xl/workbook.xml" not in members:
        raise UnreadableError("list.not_workbook", file=name)
    for member in members:
        if member.endswith((".xml", ".rels")) and any(word in archive.head(member) for word in ENTITIES):
            raise UnreadableError("list.entities", file=name)
    names = SHEET_NAME.findall(archive.head("xl/workbook.xml", WORKBOOK_BYTES).decode("utf-8", "replace"))
    return tuple(html.unescape(sheet) for sheet in names)


def _code_of_other(data: bytes, name: str) -> str:
    if data.startswith(OLE):
        return "list.encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "list.xls"
    if b"<html" in data[:HEAD_BYTES].lower() or b"<table" in data[:HEAD_BYTES].lower():
        return "list.html"
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in (".csv", ".tsv", ".txt") or (is_text(data) and suffix not in (".xlsx", ".xlsm")):
        return "list.csv"
    return "list.renamed" if suffix in (".xlsx", ".xlsm") else "list.not_workbook"
