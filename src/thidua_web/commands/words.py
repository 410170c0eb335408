"""The command line in Vietnamese: help pages and what went wrong in a call."""

from __future__ import annotations

from typing import Any

import click

from thidua.explain import say


class Command(click.Command):
    """A command whose help page is in Vietnamese. Its function returns the exit code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[TÙY CHỌN]", **kwargs})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options_heading(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        if self.epilog:
            with formatter.section("Ví dụ"):
                formatter.write_dl(
                    [tuple(line.split("  # ", 1)) for line in self.epilog.strip().splitlines()], col_max=48
                )


class Group(click.Group):
    """Several commands under one verb, with help in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "", "subcommand_metavar": "LỆNH …", **kwargs})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, command.short_help or "") for name, command in self.commands.items()])
        options_heading(self, ctx, formatter)


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="Cách dùng: ")


def options_heading(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    texts = []
    for option in (param for param in command.get_params(ctx) if isinstance(param, click.Option)):
        name, text = option.get_help_record(ctx) or ("", "")
        text = text.replace("  [required]", " Bắt buộc.")
        texts.append((name, "Hiện hướng dẫn này." if "--help" in option.opts else text))
    with formatter.section("Tùy chọn"):
        formatter.write_dl(texts)


def usage_error(code: str, **params: Any) -> click.UsageError:
    """Wrong use, in the words of the catalogue."""
    return click.UsageError(say(code, params))


def in_vietnamese(error: click.UsageError) -> str:
    """One line on what is wrong with the call, and where help is."""
    match error:
        case click.NoSuchOption():
            text = f"Không có tùy chọn “{error.option_name}”."
            if error.possibilities:
                text += f" Có phải: {', '.join(sorted(error.possibilities))}?"
        case click.MissingParameter(param=click.Parameter() as param):
            name = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
            text = f"Thiếu {name.rstrip('…')}."
        case click.BadParameter(param=click.Parameter() as param):
            text = f"Giá trị của {param.opts[0]} không đúng: {error.message}"
        case click.BadOptionUsage():
            text = f"Tùy chọn “{error.option_name}” dùng chưa đúng: thiếu hoặc thừa giá trị."
        case _ if error.message.startswith("No such command"):
            text = "Không có lệnh “{}”.".format(error.message.split("'")[1])
        case _ if error.message.startswith("Got unexpected extra argument"):
            text = f"Thừa tham số: {error.message.partition('(')[2].rstrip(').')}."
        case _:
            text = error.message
    path = error.ctx.command_path if error.ctx else "thidua"
    return f"{text}\nXem hướng dẫn: {path} --help"
