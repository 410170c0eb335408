"""`thidua journal`: is the journal of this server what was written? And the journal as a file."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from thidua.explain import sentence
from thidua_web.commands import server
from thidua_web.commands.words import Command, Group, usage_error

if TYPE_CHECKING:
    from thidua_web.journal.verifying import Fault, Verdict

EPILOG = """
thidua journal verify  # kiểm mọi dòng trong cơ sở dữ liệu
thidua journal verify --anchor 48210:9f3c…  # đối chiếu thêm với mốc đã ghi ra giấy
thidua journal verify --file nhat-ky.jsonl  # kiểm một tệp đã xuất
"""
EXPORT_EPILOG = """
thidua journal export nhat-ky.jsonl  # từng dòng kèm dấu niêm phong, kiểm lại được
thidua journal export nhat-ky.xlsx  # cho người đọc
"""
SHOWN_EVERY = 2000


@click.group("journal", cls=Group)
def command() -> None:
    """Nhật ký của máy chủ: kiểm xem có dòng nào bị sửa, bỏ, chèn, đảo hay cắt; lấy mốc; xuất ra tệp."""


@command.command(
    "verify", cls=Command, epilog=EPILOG, short_help="Kiểm mọi dòng; mã thoát 1 khi nhật ký không còn nguyên."
)
@click.option("--anchor", metavar="SỐ-DÒNG:DẤU", help="Mốc đã ghi ở nơi khác (thidua journal anchor).")
@click.option("--file", "path", metavar="TỆP", type=click.Path(path_type=Path), help="Kiểm tệp .jsonl đã xuất.")
def verify(anchor: str | None, path: Path | None) -> int:
    """Kiểm nhật ký: nêu mọi chỗ hỏng, số dòng, việc đã ghi ở dòng đó và hỏng thế nào.

    Mã thoát 0 khi còn nguyên, 1 khi có chỗ hỏng. Người có cả khóa lẫn cơ sở dữ liệu có thể viết lại toàn bộ nhật ký;
    chỉ mốc ghi ở nơi khác (giấy, thư) mới phát hiện được việc đó.
    """
    if path is None:
        _open_database()
    else:
        server.server_parts()
    from thidua_web.journal import verifying  # noqa: PLC0415 - Django is set up above

    noted = verifying.parse_anchor(anchor) if anchor is not None else None
    if anchor is not None and noted is None:
        raise usage_error("command.bad_anchor", anchor=anchor)
    verdict, begun, found = verifying.Verdict(), time.monotonic(), 0
    with _source(path) as (kept_apart, lines), _progress(kept_apart.count) as seen:
        faults = verifying.faults_of(lines, kept_apart=kept_apart, anchor=noted, verdict=verdict, seen=seen)
        for fault in _read(faults, path):
            click.echo(_say(fault))
            found += 1
    click.echo(_outcome(found, verdict, time.monotonic() - begun))
    return 1 if found else 0


def _open_database() -> None:
    """Nothing is written, not even to bring the database up to date: an auditor may hold a copy."""
    server.server_parts().prepare()
    from django.db import OperationalError, connection  # noqa: PLC0415 - Django is set up above

    try:
        there = "journal_journalline" in connection.introspection.table_names()
    except OperationalError as error:
        raise usage_error("command.no_database", reason=str(error).strip()) from error
    if not there:
        raise usage_error("command.no_journal")


@contextmanager
def _source(path: Path | None) -> Iterator[tuple[Any, Any]]:
    """The head kept apart, and the lines: of the database, or of a file."""
    from thidua_web.journal import exports, lines  # noqa: PLC0415 - Django is set up by the caller

    if path is None:
        yield lines.head(), lines.sealed(lines.kept_lines())
        return
    try:
        with path.open("rb") as file:
            head, rows = exports.read_json_lines(file)
            yield head, lines.sealed(rows)
    except exports.NotAJournalError as error:
        raise usage_error("command.not_a_journal", file=path, line=error.line) from error
    except OSError as error:
        raise usage_error("command.closed_file", file=path, reason=error.strerror or str(error)) from error


def _read(faults: Iterator[Fault], path: Path | None) -> Iterator[Fault]:
    """An unreadable line in the middle of a file ends the reading with its number, not with a trace."""
    from thidua_web.journal.exports import NotAJournalError  # noqa: PLC0415 - as above

    try:
        yield from faults
    except NotAJournalError as error:
        raise usage_error("command.not_a_journal", file=path, line=error.line) from error


def _say(fault: Fault) -> str:
    from thidua_web.journal.acts import words_of  # noqa: PLC0415 - as above

    words = sentence(fault.finding)
    return f"{words} Dòng này ghi: {words_of(fault.act)} [{fault.act}]." if fault.act else words


def _outcome(found: int, verdict: Verdict, seconds: float) -> str:
    from thidua_web.journal.verifying import say_anchor  # noqa: PLC0415 - as above

    if found:
        return f"Nhật ký KHÔNG còn nguyên: {found} chỗ hỏng, {verdict.lines} dòng đã xem trong {seconds:.1f} giây."
    if not verdict.lines:
        return "Nhật ký chưa có dòng nào."
    return (
        f"Nhật ký nguyên vẹn đến dòng {verdict.reached.count} ({seconds:.1f} giây). Mốc: {say_anchor(verdict.reached)}"
    )


@command.command("anchor", cls=Command, short_help="In mốc hiện tại để ghi ra giấy hoặc gửi đi.")
def anchor() -> int:
    """In mốc hiện tại: số dòng và dấu niêm phong của dòng cuối.

    Ghi mốc ra giấy hoặc gửi cho người giữ ở nơi khác; về sau đối chiếu bằng thidua journal verify --anchor.
    """
    _open_database()
    from thidua_web.journal import lines, verifying  # noqa: PLC0415 - Django is set up above

    click.echo(verifying.say_anchor(lines.head()))
    return 0


@command.command("export", cls=Command, epilog=EXPORT_EPILOG, short_help="Xuất ra tệp .jsonl, .csv hoặc .xlsx.")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path))
def export(path: Path) -> int:
    """Xuất toàn bộ nhật ký: .jsonl kiểm lại được bằng thidua journal verify --file; .csv, .xlsx cho người đọc."""
    _open_database()
    writers = {".jsonl": _write_json, ".csv": _write_csv, ".xlsx": _write_excel}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise usage_error("command.unknown_export", file=path)
    count = _whole_or_not(path, write)
    click.echo(f"Đã xuất {count} dòng ra {path}.")
    return 0


def _whole_or_not(path: Path, write: Callable[[IO[bytes]], int]) -> int:
    """Written aside and renamed: a file of that name is a whole journal."""
    from thidua_web.journal.exports import TooManyLinesError  # noqa: PLC0415 - Django is set up by the caller

    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".nhat-ky-", delete=False) as aside:
            try:
                count = write(aside)  # type: ignore[arg-type]
            except BaseException:
                Path(aside.name).unlink()
                raise
        Path(aside.name).replace(path)
    except TooManyLinesError as error:
        raise usage_error("command.too_many_lines", file=path) from error
    except OSError as error:
        raise usage_error("command.cannot_write", file=path, reason=error.strerror or str(error)) from error
    return count


def _write_json(out: IO[bytes]) -> int:
    from django.utils import timezone  # noqa: PLC0415 - Django is set up by the caller

    from thidua_web.journal import exports, lines  # noqa: PLC0415

    head = lines.head()
    return _write(out, exports.json_lines(lines.kept_lines(upto=head.count), head, at=timezone.now())) - 1


def _write_csv(out: IO[bytes]) -> int:
    from thidua_web.journal import exports, lines  # noqa: PLC0415 - Django is set up by the caller

    return _write(out, exports.csv_lines(lines.kept_lines(), _unit_names())) - 1


def _write_excel(out: IO[bytes]) -> int:
    from thidua_web.journal import exports, lines  # noqa: PLC0415 - Django is set up by the caller

    return exports.write_excel(lines.kept_lines(), _unit_names(), out)


def _write(out: IO[bytes], lines: Iterator[bytes]) -> int:
    """Returns how many lines, the first one of them being a heading."""
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count


def _unit_names() -> dict[int, str]:
    from thidua_web.register.models import Unit  # noqa: PLC0415 - Django is set up by the caller

    return dict(Unit.objects.values_list("pk", "name"))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal and the lines are many."""
    if total < SHOWN_EVERY or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda: None
        return
    with click.progressbar(length=total, label="Đang kiểm", file=sys.stderr) as bar:
        seen = 0

        def one_more() -> None:
            nonlocal seen
            seen += 1
            if seen % SHOWN_EVERY == 0:
                bar.update(SHOWN_EVERY)

        yield one_more
