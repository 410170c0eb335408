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
LONGEST_CELL = 2_000
SERVE = "from thidua_web.register.workbooks.reading import main; main()"
DAY, MOMENT, OTHER = 1, 2, 3


class Sheet(msgspec.Struct, frozen=True, tag=True):
    """The sheet that holds the list; `height` counts its rows."""

    name: str
    height: int


class Refusal(msgspec.Struct, frozen=True, tag=True):
    code: str
    params: dict[str, Any] = {}


class OpenSheet:
    """A sheet being read. `rows()` may be gone through once; leaving the block ends the child."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self._file = name
        self._process = subprocess.Popen(  # noqa: S603 (this interpreter, this package)
            [sys.executable, "-P", "-c", SERVE, kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        self._clock = threading.Timer(SECONDS * 4, self._process.kill)
        self._clock.daemon = True
        self._clock.start()
        self._send(data)

    def __enter__(self) -> OpenSheet:
        try:
            self.sheet = self._head()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self) -> Iterator[list[Any]]:
        """Row after row from the sheet's first. Raises UnreadableError where the child ends too soon."""
        while frame := self._frame():
            yield from msgspec.msgpack.decode(frame, ext_hook=_opened)

    def close(self) -> None:
        self._clock.cancel()
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]
        self._process.wait()

    def _send(self, data: bytes) -> None:
        try:
            self._process.stdin.write(data)  # type: ignore[union-attr]
            self._process.stdin.close()  # type: ignore[union-attr]
        except BrokenPipeError:  # the child has ended; what it has said, or not said, is told when it is read
            pass

    def _head(self) -> Sheet:
        answer = msgspec.msgpack.decode(self._frame(), type=Sheet | Refusal)
        if isinstance(answer, Refusal):
            raise UnreadableError(answer.code, file=self._file, **answer.params)
        return answer

    def _frame(self) -> bytes:
        stream: BinaryIO = self._process.stdout  # type: ignore[assignment]
        head = stream.read(LENGTH.size)
        length = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else -1
        frame = stream.read(length) if length >= 0 else b""
        if length < 0 or len(frame) < length:
            raise UnreadableError("list.crashed", file=self._file)
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
    write_frame(answers, encoder.encode(Sheet(sheet.name, sheet.end[0] + 1 if sheet.end else 0)))
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
        chosen = choose_sheet(sheet_kinds()[kind], names)
        if chosen is None:
            return Refusal("list.no_sheet", {"sheet": sheet_kinds()[kind].sheet, "there": names[:20]})
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
