"""The command `thidua`. Each verb is a module of thidua_web.commands, loaded when it is called.

Exit codes: 0 done, 1 findings or unreadable input, 2 wrong use.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from thidua_web.commands.words import in_vietnamese, options_heading, write_usage

VERBS = {
    "read": "Đọc kế hoạch và in ra các dữ kiện kèm lời trích.",
    "text": "In ra chữ của văn bản, đúng như tệp có.",
    "check": "Soát kế hoạch: ngày tháng, căn cứ, thể thức, thẩm quyền.",
    "calendar": "Xuất các mốc thời gian của kế hoạch thành lịch iCalendar.",
    "serve": "Chạy máy chủ Thidua trên máy này.",
    "worker": "Chạy tiến trình làm việc nền của máy chủ.",
    "law": "Soát các tệp quy định, nạp toàn văn các văn bản.",
    "journal": "Kiểm, xuất nhật ký của máy chủ.",
    "account": "Mở tài khoản đăng nhập trên máy chủ.",
    "demo": "Dựng tỉnh Minh Giang hư cấu để dùng thử rồi chạy máy chủ.",
}


class Verbs(click.Group):
    """The verbs above; only the one that is called is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"thidua_web.commands.{cmd_name}").command
        return command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl(list(VERBS.items()))
        options_heading(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        formatter.write_paragraph()
        formatter.write_text("Hướng dẫn từng lệnh: thidua LỆNH --help")
        formatter.write_text("Mã thoát: 0 xong; 1 có điều cần xem lại hoặc tệp không đọc được; 2 dùng sai lệnh.")


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    options_metavar="[TÙY CHỌN]",
    subcommand_metavar="LỆNH …",
)
@click.version_option(None, "--version", package_name="thidua", message="thidua %(version)s", help="In ra phiên bản.")
def cli() -> None:
    """Thidua: chạy phong trào thi đua và khen thưởng, từ kế hoạch đến sổ vàng."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        result: Any = cli.main(list(arguments), prog_name="thidua", standalone_mode=False)
    except NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        click.echo(in_vietnamese(error), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; the flush at exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return result if isinstance(result, int) else 0


def main() -> None:
    sys.exit(run(sys.argv[1:]))
