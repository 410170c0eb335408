"""`thidua law`: are the law files sound? And the exact wording of instruments into this installation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from thidua.explain import say
from thidua_web.commands import server
from thidua_web.commands.inputs import Input, find_inputs, go_over
from thidua_web.commands.words import Command, Group

TEXTS_EPILOG = """
thidua law texts van-ban/  # mọi tệp trong thư mục: DOCX, PDF, ODT, TXT…
"""


@click.group("law", cls=Group)
def command() -> None:
    """Pháp luật mà phần mềm xét theo: soát các tệp quy định, nạp toàn văn các văn bản."""


@command.command("texts", cls=Command, epilog=TEXTS_EPILOG, short_help="Nạp toàn văn các văn bản trong một thư mục.")
@click.argument("folder", metavar="THƯ-MỤC", type=click.Path(path_type=Path))
def texts(folder: Path) -> int:
    """Nạp toàn văn để trang Pháp luật hiện nguyên văn bên cạnh từng tiêu chuẩn.

    Số, ký hiệu được tìm ở đầu văn bản; không thấy thì lấy theo tên tệp (ví dụ 152-2025-nd-cp.docx). Nạp lại tệp cũ
    không đổi gì. Mã thoát 1 khi có tệp không đọc được hoặc không nhận ra là văn bản có điều khoản.
    """
    inputs = find_inputs([str(folder)])
    server.server_parts().migrate()
    counts: Counter[str] = Counter()

    def load(document: Input) -> int:
        outcome, number = _load(document)
        counts[outcome] += 1
        click.echo(f"{document.name}: {say(f'command.law_text_{outcome}', {'number': number})}")
        return 1 if outcome == "not_recognised" else 0

    code = go_over(inputs, load)
    click.echo(say("command.law_texts_done", {name: counts[name] for name in ("new", "changed", "same")}))
    return code


def _load(document: Input) -> tuple[str, str]:
    from django.utils import timezone  # noqa: PLC0415 - Django is set up above

    from thidua.law.texts import parse_text  # noqa: PLC0415 - as above
    from thidua_web.law.actions import load_text  # noqa: PLC0415 - as above
    from thidua_web.law.linking import by_slug  # noqa: PLC0415 - as above

    body = document.extract().raw
    named = by_slug().get(document.place.stem)
    number = parse_text(body).number or (named.number if named else "")
    outcome, _text = load_text(instrument=number, name=document.place.name, body=body, at=timezone.now())
    return outcome.value, number
