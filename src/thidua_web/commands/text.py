"""`thidua text`: the raw text that every quote and span points into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from thidua_web.commands.inputs import Input, Output, files, find_inputs, go_over, json_line, output
from thidua_web.commands.words import Command

EPILOG = """
thidua text ke-hoach.pdf  # in chữ của tệp
thidua text thu-muc/ -o chu/  # mỗi tệp một tệp .txt
thidua text thu-muc/ --json  # mỗi tệp một dòng JSON: file, format, pages, text
"""


@click.command("text", cls=Command, epilog=EPILOG)
@files
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON: file, format, pages, text.")
@output
def command(paths: Sequence[str], as_json: bool, out: Path | None) -> int:
    """In ra chữ của văn bản theo thứ tự đọc, đúng từng ký tự; lời trích và vị trí của thidua read trỏ vào chữ này."""
    inputs = find_inputs(paths)
    results = Output(inputs, out, ".json" if as_json else ".txt")
    headed = inputs.many and out is None and not as_json

    def show(document: Input) -> int:
        text = document.extract()
        if as_json:
            fields = {"file": document.name, "format": text.format, "pages": list(text.pages), "text": text.raw}
            results.write(document, json_line(fields))
        else:
            results.write(document, f"== {document.name}\n{text.raw}\n".encode() if headed else text.raw.encode())
        return 0

    def refused(document: Input, problem: dict[str, Any]) -> None:
        if as_json and inputs.many and out is None:
            results.write(document, json_line({"file": document.name, "error": problem}))

    return go_over(inputs, show, refused=refused)
