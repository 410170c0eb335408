"""The process apart in which a stranger's file is drawn: a hostile one takes it down, not the server.

It knows no Django. It gets a job and the file on its standard input and answers in one frame; both are msgpack.
"""

from __future__ import annotations

import io
import sys
from typing import Any, Literal

import msgspec

from thidua.plans.formats.worker import bound, read_frame, write_frame

SECONDS, MEMORY_BYTES = 20, 1024 * 1024 * 1024
MOST_PAGES, MOST_PIXELS = 100, 80_000_000
TALLEST = 5
"""A page is drawn at most so many times as high as it is wide; what is longer is cut off."""
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 10, 200, 30, 500
QUALITY = 82


class Job(msgspec.Struct, frozen=True):
    """`page` from 0 draws that page, `width` pixels wide; -1 asks what there is."""

    kind: Literal["pdf", "png", "jpg", "xlsx"]
    page: int = -1
    width: int = 0


class Sheet(msgspec.Struct, frozen=True):
    """The first rows; `cut` where there are more rows or columns."""

    name: str
    rows: list[list[str]]
    cut: bool = False


class Answer(msgspec.Struct, frozen=True):
    """`sizes` of the first pages, of `pages` in all; or `sheets`; or the `picture`. Nothing of these: it is broken."""

    pages: int = 0
    sizes: list[tuple[int, int]] = []
    sheets: list[Sheet] = []
    picture: bytes = b""


def main() -> None:
    stdin = sys.stdin.buffer
    head, data = read_frame(stdin), read_frame(stdin)
    if head is None or data is None:
        return
    bound(SECONDS, MEMORY_BYTES)
    job = msgspec.msgpack.decode(head, type=Job)
    write_frame(sys.stdout.buffer, msgspec.msgpack.encode(_answer(job, data)))


def _answer(job: Job, data: bytes) -> Answer:
    if job.kind == "xlsx":
        return Answer(sheets=_sheets(data))
    if job.kind == "pdf":
        return _pdf(data, job)
    return _picture(data, job)


def _pdf(data: bytes, job: Job) -> Answer:
    import pypdfium2  # noqa: PLC0415 - in the child alone

    document = pypdfium2.PdfDocument(data)
    if job.page < 0:
        shown = range(min(len(document), MOST_PAGES))
        return Answer(pages=len(document), sizes=[_size(document.get_page_size(at)) for at in shown])
    if job.page >= min(len(document), MOST_PAGES):
        return Answer()
    page = document[job.page]
    width, height = page.get_size()
    if height > width * TALLEST:
        page.set_cropbox(0, height - width * TALLEST, width, height)
    image = page.render(scale=job.width / max(width, 1)).to_pil().convert("RGB")
    return Answer(picture=_written(image))


def _size(size: tuple[float, float]) -> tuple[int, int]:
    return max(1, round(size[0])), max(1, round(min(size[1], size[0] * TALLEST)))


def _picture(data: bytes, job: Job) -> Answer:
    from PIL import Image, ImageOps  # noqa: PLC0415 - in the child alone

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    if image.width * image.height > MOST_PIXELS:
        return Answer()
    if job.page < 0:
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        size = (image.height, image.width) if turned else (image.width, image.height)
        return Answer(pages=1, sizes=[size])
    image.draft("RGB", (job.width, job.width))
    shown = ImageOps.exif_transpose(image)
    shown.thumbnail((job.width, job.width * TALLEST))
    return Answer(picture=_written(_on_white(shown)))


def _on_white(image: Any) -> Any:
    from PIL import Image  # noqa: PLC0415

    if image.mode not in ("RGBA", "LA", "P"):
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _written(image: Any) -> bytes:
    """Drawn anew, so that nothing of the file itself reaches a browser."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _sheets(data: bytes) -> list[Sheet]:
    from python_calamine import load_workbook  # noqa: PLC0415 - in the child alone

    book = load_workbook(io.BytesIO(data))
    return [_sheet(book.get_sheet_by_name(name), name) for name in book.sheet_names[:MOST_SHEETS]]


def _sheet(sheet: Any, name: str) -> Sheet:
    rows, cut = [], False
    for row in sheet.iter_rows():
        if len(rows) >= MOST_ROWS:
            cut = True
            break
        cut = cut or len(row) > MOST_COLUMNS
        rows.append([_cell(cell) for cell in row[:MOST_COLUMNS]])
    return Sheet(name[:100], rows, cut)


def _cell(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "strftime"):
        return str(cell.isoformat())[:10]
    return str(cell)[:LONGEST_CELL]
