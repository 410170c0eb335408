"""The labelled plans as files of every format, for measuring."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from odf.opendocument import OpenDocumentText
from odf.text import P

from thidua_web.demo.files import docx_from_text, pdf_from_text


def odt_from_text(text: str) -> bytes:
    """One paragraph a line."""
    document = OpenDocumentText()
    for line in text.splitlines():
        document.text.addElement(P(text=line))
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()


def txt_from_text(text: str) -> bytes:
    return text.encode()


MAKERS: dict[str, Callable[[str], bytes]] = {
    "docx": docx_from_text,
    "pdf": pdf_from_text,
    "odt": odt_from_text,
    "txt": txt_from_text,
}


def without_controls(text: str) -> str:
    """XML holds no control characters."""
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text)
