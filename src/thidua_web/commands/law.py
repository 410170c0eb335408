"""`thidua law`: are the law files sound? And the exact wording of instruments into this installation."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import click

from thidua.explain import say, sentence
from thidua.law.checking import check_law, read_statutes
from thidua.law.law import national_law
from thidua.rules.predicates import predicate
from thidua_web.commands import server
from thidua_web.commands.inputs import Input, find_inputs, go_over
from thidua_web.commands.words import Command, Group, usage_error

CHECK_EPILOG = """
thidua law check  # luật đi kèm phần mềm, và quy định riêng trong THIDUA_LAW_FOLDER
thidua law check quy-che/  # thêm các tệp trong một thư mục, trước khi đưa vào dùng
"""
TEXTS_EPILOG = """
thidua law texts van-ban/  # mọi tệp trong thư mục: DOCX, PDF, ODT, TXT…
"""


@click.group("law", cls=Group)
def command() -> None:
    """Pháp luật mà phần mềm xét theo: soát các tệp quy định, nạp toàn văn các văn bản."""


@command.command("check", cls=Command, epilog=CHECK_EPILOG, short_help="Soát các tệp quy định; mã thoát 1 khi có lỗi.")
@click.argument("folder", metavar="[THƯ-MỤC]", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> int:
    """Soát cấu trúc, ngày hiệu lực chồng hoặc hở, tiêu chí không có, viện dẫn không dẫn tới đâu; nêu mọi lỗi một lượt.

    Mã thoát 0 khi không có lỗi, 1 khi có.
    """
    own = folder or _law_folder()
    if folder is not None and not folder.is_dir():
        raise usage_error("command.missing_path", file=folder)
    statutes, unread = read_statutes(sorted(own.glob("*.toml")) if own else ())
    law = national_law().with_local(statutes)
    wrong = (*unread, *check_law(law.statutes, predicate))
    for finding in wrong:
        click.echo(sentence(finding))
    entries = sum(len(statute.entries()) for statute in law.statutes)
    counts = {"files": len(law.statutes), "entries": entries, "wrong": len(wrong)}
    click.echo(say("command.law_checked", counts))
    return 1 if wrong else 0


def _law_folder() -> Path | None:
    """Where this installation keeps its own regulations, read as the server reads it."""
    named = os.environ.get("THIDUA_LAW_FOLDER", "").strip()
    return Path(named) if named else None


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
