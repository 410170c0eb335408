"""A paper as PDF/A to be issued and signed. Set by typst (the `server` extra) in a face with the measure of Times.

The words travel as data and are never evaluated. The same paper gives the same bytes on the same machine.
"""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from thidua.errors import UnprintableError
from thidua.papers.laying import BOTTOM, FIRST_LINE, LEFT, MOTTO, NATION, RIGHT, ROLES, TOP, lay
from thidua.papers.paper import Paper

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("paper.typ")
FACES = ("Times New Roman", "Tinos", "Liberation Serif")
"""Faces of one measure; the first that the machine has is taken."""
PDF_A: Literal["a-2b"] = "a-2b"
MIDNIGHT = datetime.time(0, 0)
HANOI = datetime.timezone(datetime.timedelta(hours=7))
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
"""How typst says that a face lacks characters."""
LONG, REMEMBERED = 100_000, 12
"""Characters of data from which on the memory is freed at once; compilations after which typst has forgotten."""
NO_DAY = datetime.date(2020, 3, 5)
"""The decree's own day, for the file's date where a paper has none: no clock is read."""


def to_pdf(paper: Paper) -> bytes:
    """Raises UnprintableError where the machine has no face with the measure of Times, or it lacks a character."""
    import typst  # noqa: PLC0415 - an extra: papers are made and read without it

    fonts = _fonts()
    face = next((face for face in FACES if face in fonts.families()), None)
    if face is None:
        raise UnprintableError("unprintable_no_font", fonts=list(FACES))
    stamp = datetime.datetime.combine(paper.day or NO_DAY, MIDNIGHT, HANOI)
    data = _data(paper, face)
    compiler = typst.Compiler(str(TEMPLATE), font_paths=fonts, sys_inputs={"data": data})
    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=PDF_A, timestamp=stamp)
    except typst.TypstError as error:
        lacking = LACKING.search(error.message)
        if lacking is None:
            raise
        raise UnprintableError("unprintable_characters", text=lacking[1], font=face) from error
    finally:
        if len(data) > LONG:
            _forget(fonts)
    if warnings:
        raise RuntimeError(f"the template: {warnings[0].diagnostic}")
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


def _forget(fonts: typst.Fonts) -> None:
    """typst remembers what it set for some ten compilations more: of long papers hundreds of megabytes in a server."""
    import typst  # noqa: PLC0415 - an extra: papers are made and read without it

    empty = typst.Compiler(b"", font_paths=fonts)
    for _ in range(REMEMBERED):
        empty.compile(b"", format="pdf")


@cache
def _fonts() -> typst.Fonts:
    """The machine's faces, looked for once in a process."""
    import typst  # noqa: PLC0415 - an extra: papers are made and read without it

    return typst.Fonts(include_embedded_fonts=False)


def _data(paper: Paper, face: str) -> str:
    """What the template draws: the paper as laid, how roles look, the decree's measures."""
    laid: dict[str, Any] = msgspec.to_builtins(lay(paper))
    looks = msgspec.to_builtins(ROLES)
    measures = {"top": TOP, "bottom": BOTTOM, "left": LEFT, "right": RIGHT, "first": FIRST_LINE}
    fixed = {"nation": NATION, "motto": MOTTO, "face": face}
    return json.dumps({"paper": laid, "looks": looks, "page": measures, **fixed}, ensure_ascii=False)
