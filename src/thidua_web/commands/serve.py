"""`thidua serve`: the web application."""

from __future__ import annotations

import click

from thidua_web.commands import server
from thidua_web.commands.words import Command

EPILOG = """
thidua serve  # http://127.0.0.1:8000, kèm tiến trình làm việc nền
thidua serve --port 8080  # cổng khác
thidua serve --host 0.0.0.0 --no-worker  # sau máy chủ TLS; worker chạy riêng
"""


@click.command("serve", cls=Command, epilog=EPILOG)
@server.host
@server.port
@click.option("--no-worker", is_flag=True, help="Không chạy kèm tiến trình làm việc nền (đã chạy riêng).")
def command(host: str, port: int, no_worker: bool) -> int:
    """Chạy máy chủ Thidua: cập nhật cơ sở dữ liệu, gom tệp tĩnh, nghe ở ĐỊA-CHỈ và SỐ cổng cho đến khi bị dừng.

    Cấu hình lấy từ biến môi trường (docs/reference/settings.md).
    """
    server.check_port_is_free(host, port)
    run = server.server_parts()
    run.migrate()
    click.echo(f"Thidua: http://{host}:{port}", err=True)
    return server.serve(run, address=host, number=port, worker=not no_worker)
