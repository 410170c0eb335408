"""`thidua read`: what a plan says, every fact with its quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from thidua.plans.exchange import to_json, to_toml
from thidua.plans.read import read_text
from thidua.plans.reading import Reading
from thidua_web.commands.inputs import Input, Output, files, find_inputs, go_over, json_line, output
from thidua_web.commands.show import reading_lines
from thidua_web.commands.words import Command, usage_error

EPILOG = """
thidua read ke-hoach.docx  # xem các dữ kiện
thidua read ke-hoach.pdf --json  # một đối tượng JSON
thidua read thu-muc/ --json > ket-qua.jsonl  # mỗi tệp một dòng JSON
thidua read ke-hoach.docx --toml -o ket-qua.toml  # để sửa tay rồi dùng lại
cat ke-hoach.txt | thidua read - --json  # đọc từ đầu vào chuẩn
"""


@click.command("read", cls=Command, epilog=EPILOG)
@files
@click.option("--json", "as_json", is_flag=True, help="In JSON; nhiều tệp thì mỗi tệp một dòng.")
@click.option("--toml", "as_toml", is_flag=True, help="In TOML; nhiều tệp thì cần -o THƯ-MỤC.")
@output
def command(paths: Sequence[str], as_json: bool, as_toml: bool, out: Path | None) -> int:
    """Đọc kế hoạch (DOCX, ODT, PDF, TXT, Markdown, DOC, bản quét) và in ra các dữ kiện kèm lời trích.

    TỆP là tệp, thư mục (đọc mọi tệp đọc được trong đó), hoặc “-” để đọc từ đầu vào chuẩn.
    """
    if as_json and as_toml:
        raise usage_error("command.one_form_only")
    inputs = find_inputs(paths)
    if as_toml and inputs.many and out is None:
        raise usage_error("command.needs_output_folder")
    suffix = ".json" if as_json else ".toml" if as_toml else ".txt"
    results = Output(inputs, out, suffix)
    lines = as_json and inputs.many and out is None
    form = _json_line if lines else _json if as_json else _toml if as_toml else _plain(heading=inputs.many)

    def read(document: Input) -> int:
        results.write(document, form(document, read_text(document.extract().raw)))
        return 0

    def refused(document: Input, problem: dict[str, Any]) -> None:
        if lines:
            results.write(document, json_line({"file": document.name, "error": problem}))

    return go_over(inputs, read, refused=refused)


def _json(_document: Input, reading: Reading) -> bytes:
    return to_json(reading, indent=2) + b"\n"


def _json_line(document: Input, reading: Reading) -> bytes:
    """The contract's object with the file's name as its first key."""
    name = json_line({"file": document.name}).rstrip(b"}\n")
    return name + b"," + to_json(reading).removeprefix(b"{") + b"\n"


def _toml(_document: Input, reading: Reading) -> bytes:
    return to_toml(reading).encode()


def _plain(*, heading: bool) -> Callable[[Input, Reading], bytes]:
    def form(document: Input, reading: Reading) -> bytes:
        head = [f"== {document.name}"] if heading else []
        return "\n".join([*head, *reading_lines(reading), "\n"]).encode()

    return form
