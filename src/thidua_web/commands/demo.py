"""`thidua demo`: the fictional province Minh Giang, ready to be tried."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from thidua_web.commands import server
from thidua_web.commands.words import Command


@click.command("demo", cls=Command)
@server.host
@server.port
@click.option("--no-serve", is_flag=True, help="Chỉ dựng dữ liệu, không chạy máy chủ.")
def command(host: str, port: int, no_serve: bool) -> int:
    """Dựng tỉnh Minh Giang hư cấu (đơn vị, người, tài khoản mọi vai trò, ba kế hoạch, một phong trào) rồi chạy máy chủ.

    Dữ liệu nằm trong var/demo, tách khỏi dữ liệu thật; chạy lại không làm mất gì. Muốn bỏ bản dùng thử thì xóa
    thư mục đó.
    """
    if not no_serve:
        server.check_port_is_free(host, port)
        if code := _make_apart(host, port):
            return code
    # The demo never touches a real database or its files, whatever the environment says.
    folder = Path(os.environ.get("THIDUA_VAR") or "var") / "demo"
    os.environ.update(THIDUA_MODE="demo", THIDUA_VAR=str(folder), THIDUA_STORAGE="", DATABASE_URL="")
    run = server.server_parts()
    if not no_serve:
        return server.serve(run, address=host, number=port, worker=True)
    click.echo("Đang dựng tỉnh Minh Giang…", err=True)
    run.migrate()
    from thidua_web.demo import make_demo, sign_in_help  # noqa: PLC0415 - models need Django set up

    make_demo()
    click.echo(sign_in_help(f"http://{host}:{port}"))
    return 0


def _make_apart(host: str, port: int) -> int:
    """In a process that ends before the server begins; returns its exit code.

    The server's processes are forks. Making the demo sets papers, and whoever is forked from a process that has done
    so waits forever for the typesetter's threads, which no fork has.
    """
    command = [sys.executable, "-m", "thidua_web", "demo", "--no-serve", "--host", host, "--port", str(port)]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - this very program
