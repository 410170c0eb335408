"""Plain text and Markdown: only the encoding has to be found; line ends become "\\n", all else stays."""

from __future__ import annotations

import codecs

from thidua.errors import UnreadableError
from thidua.plans.formats.legacy import decode_legacy
from thidua.plans.formats.limits import Limits, PlanText
from thidua.plans.formats.recognise import looks_utf16

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_txt(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text in UTF-8, UTF-16 or, where its words prove it, an old Vietnamese encoding."""
    del limits
    return PlanText(_unified(decode(data, name)), "txt")


def read_md(data: bytes, name: str, limits: Limits) -> PlanText:
    """Markdown is read as it is written: its marks belong to the raw text."""
    del limits
    return PlanText(_unified(decode(data, name)), "md")


def decode(data: bytes, name: str) -> str:
    """The text of `data` in the one encoding that its mark or its words prove."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if looks_utf16(data):
        return _strict(data, "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be", name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = decode_legacy(data)
    if text is None:
        raise UnreadableError("unreadable_encoding", file=name)
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("unreadable_damaged", file=name) from error


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
