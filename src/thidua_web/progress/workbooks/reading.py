"""A workbook that comes back, read in a process apart: a hostile one takes its reader down, not the server."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import msgspec

from thidua.errors import UnreadableError
from thidua.plans.formats.programs import environment
from thidua_web.register.workbooks.recognise import check_workbook

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 3_000, 40
LONGEST_CELL = 40_000
SECONDS, MEMORY_BYTES = 20, 768 * 1024 * 1024
SERVE = "from thidua_web.progress.workbooks.reading import main; main()"

Sheets = dict[str, list[list[Any]]]


def read(data: bytes, name: str, wanted: list[str]) -> Sheets:
    """The rows of those wanted sheets that are there, from the first row and column; a cell is text, a number or
    None. Raises UnreadableError.
    """
    check_workbook(data, name, limit=MOST_BYTES)
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, this package
            [sys.executable, "-P", "-c", SERVE, json.dumps(wanted)],
            input=data,
            capture_output=True,
            timeout=SECONDS * 3,
            env=environment(),
            check=False,
        )
        answer = msgspec.json.decode(done.stdout)
    except (subprocess.TimeoutExpired, msgspec.DecodeError) as error:
        raise UnreadableError("list.crashed", file=name) from error
    if isinstance(answer, str):
        raise UnreadableError(answer, file=name)
    return answer


# ------------------------------------------------------------------------------------------------- in the child


def main() -> None:
    from thidua.plans.formats.worker import bound  # noqa: PLC0415 - in the child alone

    wanted, data = json.loads(sys.argv[1]), sys.stdin.buffer.read()
    bound(SECONDS, MEMORY_BYTES)
    sys.stdout.buffer.write(msgspec.json.encode(_answer(data, wanted)))


def _answer(data: bytes, wanted: list[str]) -> Sheets | str:
    import io  # noqa: PLC0415

    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 - in the child alone

    try:
        book = load_workbook(io.BytesIO(data))
        there = set(book.sheet_names)
        return {name: _rows(book.get_sheet_by_name(name)) for name in wanted if name in there}
    except PasswordError:
        return "list.encrypted"
    except (CalamineError, OSError, ValueError):
        return "list.damaged"


def _rows(sheet: Any) -> list[list[Any]]:
    left = [None] * (sheet.start[1] if sheet.start else 0)
    found = []
    for place, row in enumerate(sheet.iter_rows()):
        if place >= MOST_ROWS:
            break
        found.append([_cell(cell) for cell in (left + row)[:MOST_COLUMNS]])
    return found


def _cell(cell: Any) -> str | float | None:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return cell
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return str(cell)[:LONGEST_CELL] or None
