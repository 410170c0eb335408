"""`thidua worker`: background work."""

from __future__ import annotations

import os

import click

from thidua_web.commands import server
from thidua_web.commands.words import Command, usage_error


@click.command("worker", cls=Command)
@click.option("--with-parent", type=int, hidden=True, help="Dừng khi tiến trình mẹ này dừng.")
def command(with_parent: int | None) -> int:
    """Chạy tiến trình làm việc nền (đọc kế hoạch đã tải lên, việc theo lịch) cho đến khi bị dừng.

    Bị ngắt giữa chừng không mất việc: lần chạy sau làm tiếp.
    """
    run = server.server_parts()
    if with_parent is not None:
        run.die_with_parent()
        if os.getppid() != with_parent:
            return 0
    try:
        run.run_worker()
    except run.UnsafeStartError as error:
        raise usage_error("command.unsafe_start", reason=str(error)) from error
    return 0
