"""One door to the readers of all formats: what kind a file is, then its text, then whether there is any."""

from __future__ import annotations

from collections.abc import Callable

from thidua.errors import UnreadableError
from thidua.plans.formats.docx import read_docx
from thidua.plans.formats.limits import Limits, PlanText
from thidua.plans.formats.odt import read_odt
from thidua.plans.formats.office import read_doc
from thidua.plans.formats.pdf import LITTLE_TEXT, read_pdf
from thidua.plans.formats.plain import read_md, read_txt
from thidua.plans.formats.recognise import Kind, recognise
from thidua.plans.formats.scan import read_image, read_scan

Reader = Callable[[bytes, str, Limits], PlanText]
Runner = Callable[[Kind, bytes, str, Limits], PlanText]

READERS: dict[Kind, Reader] = {
    "docx": read_docx,
    "odt": read_odt,
    "pdf": read_pdf,
    "txt": read_txt,
    "md": read_md,
    "doc": read_doc,
    "image": read_image,
    "scan": read_scan,
}


def extract(data: bytes, name: str, *, limits: Limits = Limits()) -> PlanText:  # noqa: B008 (frozen)
    """Text of the document `data`, called `name`, read in this very process.

    Every failure is an UnreadableError. Time and memory of direct reading are bounded only by the sizes in `limits`;
    files that come from people go through `extract_isolated`.
    """
    return extract_with(run_reader, data, name, limits)


def extract_with(run: Runner, data: bytes, name: str, limits: Limits) -> PlanText:
    """Read `data` by letting `run` do the work of each step: its format's reader, then, for a scan, recognition."""
    kind = recognise(data, name, limits)
    text = run(kind, data, name, limits)
    if kind == "pdf" and text.format == "scan":
        text = _recognised(run, data, name, limits, text)
    if len(text.raw) > limits.text_chars:
        raise UnreadableError("unreadable_too_much_text", file=name, chars=len(text.raw), limit=limits.text_chars)
    if not text.raw.strip():
        raise UnreadableError("unreadable_no_text", file=name)
    return text


def _recognised(run: Runner, data: bytes, name: str, limits: Limits, text: PlanText) -> PlanText:
    """The text with its scanned pages; without Tesseract a document that is mostly text is read without them."""
    try:
        return run("scan", data, name, limits)
    except UnreadableError as error:
        mostly_text = len(text.raw) > LITTLE_TEXT * len(text.pages)
        if error.code != "unreadable_needs_tesseract" or not mostly_text:
            raise
        return PlanText(text.raw, "pdf", text.pages, text.unread)


def run_reader(kind: Kind, data: bytes, name: str, limits: Limits) -> PlanText:
    """Text by the reader of `kind`. Whatever a malformed file makes a reader stumble over is the file's damage."""
    try:
        return READERS[kind](data, name, limits)
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError("unreadable_memory", file=name, limit_mb=limits.memory_bytes >> 20) from error
    except RecursionError as error:
        raise UnreadableError("unreadable_too_deep", file=name) from error
    except Exception as error:
        raise UnreadableError("unreadable_damaged", file=name) from error
