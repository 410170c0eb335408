"""`thidua calendar`: a plan's days for a calendar program."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from thidua.explain import sentence
from thidua.plans.calendar import open_questions, to_ical
from thidua.plans.exchange import from_json, from_toml
from thidua.plans.read import read_text
from thidua.plans.reading import Reading
from thidua_web.commands.inputs import Input, Output, files, find_inputs, go_over, output
from thidua_web.commands.words import Command, usage_error

EPILOG = """
thidua calendar ke-hoach.docx -o ke-hoach.ics  # xuất lịch của một kế hoạch
thidua calendar da-sua.toml > ke-hoach.ics  # từ kết quả đọc đã sửa (JSON, TOML của thidua read)
thidua calendar thu-muc/ -o lich/  # mỗi kế hoạch một lịch
"""


@click.command("calendar", cls=Command, epilog=EPILOG)
@files
@click.option("--name", metavar="TÊN", help="Tên lịch; không có thì lấy tên kế hoạch.")
@output
def command(paths: Sequence[str], name: str | None, out: Path | None) -> int:
    """Xuất lịch iCalendar (.ics): các đợt thi đua, thời hạn, báo cáo định kỳ, có nhắc trước 7, 3 và 1 ngày.

    Điều kế hoạch để ngỏ (thời hạn tính từ sự kiện chưa có ngày…) không đoán; lệnh nêu ra ở đầu ra lỗi chuẩn.
    """
    inputs = find_inputs(paths)
    if inputs.many and out is None:
        raise usage_error("command.needs_output_folder")
    results = Output(inputs, out, ".ics")
    stamp = datetime.datetime.now(datetime.UTC).replace(microsecond=0)

    def write(document: Input) -> int:
        reading = _reading(document)
        results.write(document, to_ical(reading, name=name or _title(reading) or document.place.stem, stamp=stamp))
        for question in open_questions(reading):
            click.echo(f"{document.name}: {sentence(question)}", err=True)
        return 0

    return go_over(inputs, write)


def _reading(document: Input) -> Reading:
    """Of a document; or the reading itself, as `thidua read` has written it and a clerk corrected it."""
    match document.place.suffix.lower():
        case ".json":
            return from_json(document.load())
        case ".toml":
            return from_toml(document.load())
    return read_text(document.extract().raw)


def _title(reading: Reading) -> str:
    return " ".join(reading.header.title.value.split()) if reading.header.title else ""
