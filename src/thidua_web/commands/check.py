"""`thidua check`: soát kế hoạch."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from thidua.errors import ThiduaError
from thidua.explain import sentence
from thidua.findings import Finding
from thidua.plans.checks import check
from thidua.plans.formats import find_unread_pages
from thidua.plans.read import read_text
from thidua_web.commands.inputs import (
    Input,
    Output,
    files,
    find_inputs,
    go_over,
    json_line,
    one_document,
    output,
    problem_of,
)
from thidua_web.commands.show import finding_lines
from thidua_web.commands.words import Command

EPILOG = """
thidua check ke-hoach.docx  # soát một kế hoạch
thidua check xa.docx --parent tinh.pdf  # đối chiếu với kế hoạch cấp trên
thidua check thu-muc/ --json  # mỗi tệp một dòng JSON
"""


@click.command("check", cls=Command, epilog=EPILOG)
@files
@click.option(
    "--parent", metavar="KẾ-HOẠCH", callback=one_document, help="Kế hoạch cấp trên mà các kế hoạch này triển khai."
)
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON: file, findings.")
@output
def command(paths: Sequence[str], parent: Input | None, as_json: bool, out: Path | None) -> int:
    """Soát kế hoạch như người soát văn bản cẩn thận: ngày kỷ niệm, thời gian, thời hạn, căn cứ, thẩm quyền, thể thức.

    Mã thoát 1 khi có điều cần xem lại, 0 khi không có.
    """
    inputs = find_inputs(paths)
    results = Output(inputs, out, ".json" if as_json else ".txt")
    try:
        above = read_text(parent.extract().raw) if parent else None
    except (ThiduaError, OSError) as error:
        click.echo(problem_of(parent, error)["message"], err=True)
        return 1

    def look(document: Input) -> int:
        text = document.extract(tell=False)
        today = datetime.datetime.now(datetime.UTC).astimezone().date()
        found = check(read_text(text.raw), text.raw, parent=above, on=today)
        findings = (*find_unread_pages(text), *found)
        results.write(document, (_json if as_json else _plain)(document, text.raw, findings))
        return 1 if findings else 0

    def refused(document: Input, problem: dict[str, Any]) -> None:
        if as_json and inputs.many and out is None:
            results.write(document, json_line({"file": document.name, "error": problem}))

    return go_over(inputs, look, refused=refused)


def _json(document: Input, _raw: str, findings: Sequence[Finding]) -> bytes:
    told = [{**msgspec.to_builtins(finding), "message": sentence(finding)} for finding in findings]
    return json_line({"file": document.name, "findings": told})


def _plain(document: Input, raw: str, findings: Sequence[Finding]) -> bytes:
    count = f"{len(findings)} điều cần xem lại" if findings else "không thấy điều gì cần xem lại"
    lines = [f"== {document.name}: {count}"]
    for finding in findings:
        lines += finding_lines(finding, raw)
    return ("\n".join(lines) + "\n\n").encode()
