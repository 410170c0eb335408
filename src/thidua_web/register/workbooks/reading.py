"""Rows of a workbook, read in a process apart: a hostile file asks for any amount of memory and takes its reader down.

The child gets the file on its standard input and answers in frames (thidua.plans.formats.worker): the names of the
sheets, then rows by the hundred, then an empty frame. It ends with its parent, whose end of the pipe closes.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from thidua.errors import UnreadableError
from thidua.plans.formats.programs import environment
from thidua.plans.formats.worker import LENGTH, bound, write_frame
from thidua.register.kinds import sheet_kinds
from thidua.register.sheets import choose_sheet

# A list of everybody in the largest province has half of these rows; no list has so many columns.
MOST_ROWS = 200_000
MOST_COLUMNS = 500
ROWS_PER_FRAME = 500
SECONDS = 90
MEMORY_BYTES = 1024 * 1024 * 1024
# Of packed rows. A list of 100,000 people takes about 5 MB.
MOST_BYTES = 128 * 1024 * 1024
LONGEST_CELL = 2_000
SERVE = "from thidua_web.register.workbooks.reading import main; main()"
DAY, MOMENT = 1, 2
Child = subprocess.Popen[bytes]


class Head(msgspec.Struct, frozen=True, tag=True):
    """The sheet that holds the list; `height` counts its rows."""

    name: str
    height: int


class Refusal(msgspec.Struct, frozen=True, tag=True):
    code: str
    params: dict[str, Any] = {}


class Sheet:
    """The rows of a list, packed: they may be gone through as often as needed, and take little room meanwhile."""

    def __init__(self, head: Head, frames: list[bytes]) -> None:
        self.name, self.height = head.name, head.height
        self._frames = frames

    def rows(self) -> Iterator[list[Any]]:
        """Row after row from the sheet's first."""
        for frame in self._frames:
            yield from msgspec.msgpack.decode(zlib.decompress(frame), ext_hook=_opened)


def read_workbook(data: bytes, name: str, kind: str) -> Sheet:
    """The sheet that holds the list of this kind; with "" for a kind, the first one. Raises UnreadableError.

    The child is gone when the rows are gone through: what it takes and what a reader of rows takes never add up.
    """
    with _child(kind) as process:
        _send(process, data)
        answer = msgspec.msgpack.decode(_frame(process, name), type=Head | Refusal)
        if isinstance(answer, Refusal):
            raise UnreadableError(answer.code, file=name, **answer.params)
        return Sheet(answer, list(_packed_frames(process, name)))


@contextlib.contextmanager
def _child(kind: str) -> Iterator[Child]:
    process = subprocess.Popen(  # noqa: S603 (this interpreter, this package)
        [sys.executable, "-P", "-c", SERVE, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    clock = threading.Timer(SECONDS * 4, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield process
    finally:
        clock.cancel()
        process.kill()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]
        process.wait()


def _send(process: Child, data: bytes) -> None:
    try:
        process.stdin.write(data)  # type: ignore[union-attr]
        process.stdin.close()  # type: ignore[union-attr]
    except BrokenPipeError:  # the child has ended; what it has said, or not said, is told when it is read
        pass


def _packed_frames(process: Child, name: str) -> Iterator[bytes]:
    held = 0
    while frame := _frame(process, name):
        packed = zlib.compress(frame, 1)
        held += len(packed)
        if held > MOST_BYTES:
            raise UnreadableError("list.too_much_text", file=name, limit=MOST_BYTES // 1024**2)
        yield packed


def _frame(process: Child, name: str) -> bytes:
    stream: BinaryIO = process.stdout  # type: ignore[assignment]
    head = stream.read(LENGTH.size)
    length = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else -1
    frame = stream.read(length) if length >= 0 else b""
    if length < 0 or len(frame) < length:
        raise UnreadableError("list.crashed", file=name)
    return frame


def _opened(code: int, data: memoryview) -> Any:
    text = bytes(data).decode()
    if code == DAY:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text) if code == MOMENT else text


# ------------------------------------------------------------------------------------------------- in the child


def main() -> None:
    """Read the workbook on standard input, answer on standard output."""
    kind, data = sys.argv[1], sys.stdin.buffer.read()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    bound(SECONDS, MEMORY_BYTES)
    with contextlib.suppress(BrokenPipeError):
        _answer(answers, kind, data)


def _answer(answers: BinaryIO, kind: str, data: bytes) -> None:
    encoder = msgspec.msgpack.Encoder()
    sheet = _open(kind, data)
    if isinstance(sheet, Refusal):
        write_frame(answers, encoder.encode(sheet))
        return
    write_frame(answers, encoder.encode(Head(sheet.name, sheet.end[0] + 1 if sheet.end else 0)))
    batch: list[list[Any]] = []
    # Empty rows above the first cell come along, empty columns left of it do not.
    left = [None] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        batch.append(left + [_cell(cell) for cell in row])
        if len(batch) >= ROWS_PER_FRAME:
            write_frame(answers, encoder.encode(batch))
            batch = []
    if batch:
        write_frame(answers, encoder.encode(batch))
    write_frame(answers, b"")


def _open(kind: str, data: bytes) -> Any:
    """The sheet, or why there is none."""
    import io  # noqa: PLC0415

    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 (in the child alone)

    try:
        book = load_workbook(io.BytesIO(data))
        names = list(book.sheet_names)
        chosen = choose_sheet(sheet_kinds()[kind], names) if kind else (names or [None])[0]
        if chosen is None:
            wanted = sheet_kinds()[kind].sheet if kind else ""
            return Refusal("list.no_sheet", {"sheet": wanted, "there": names[:20]})
        sheet = book.get_sheet_by_name(chosen)
    except PasswordError:
        return Refusal("list.encrypted")
    except (CalamineError, OSError, ValueError):
        return Refusal("list.damaged")
    if sheet.total_height > MOST_ROWS + 50:
        return Refusal("list.too_many_rows", {"rows": sheet.total_height, "limit": MOST_ROWS})
    if sheet.total_width > MOST_COLUMNS:
        return Refusal("list.too_wide", {"columns": sheet.total_width, "limit": MOST_COLUMNS})
    return sheet


def _cell(cell: Any) -> Any:
    """As it travels: days in frames of their own, nothing longer than a page."""
    if isinstance(cell, str):
        return cell[:LONGEST_CELL] or None
    if isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return _packed(DAY, cell.date()) if midnight else _packed(MOMENT, cell)
    if isinstance(cell, datetime.date):
        return _packed(DAY, cell)
    return str(cell)


def _packed(code: int, day: datetime.date) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(code, day.isoformat().encode())
