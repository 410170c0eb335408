"""Starting the server with its worker: what `serve`, `worker` and `demo` share. Django is set up here, not before."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import ModuleType

import click

from thidua_web.commands.words import usage_error

HOST, PORT = "127.0.0.1", 8000

host = click.option("--host", metavar="ĐỊA-CHỈ", default=HOST, help=f"Địa chỉ mạng để nghe (mặc định {HOST}).")
port = click.option(
    "--port", metavar="SỐ", type=click.IntRange(1, 65535), default=PORT, help=f"Cổng (mặc định {PORT})."
)


def server_parts() -> ModuleType:
    """Django set up. Ends with wrong use where the server is not installed or its configuration is unsafe."""
    try:
        from thidua_web.config import run  # noqa: PLC0415 - core verbs work without Django

        run.prepare()
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("thidua"):
            raise
        raise usage_error("command.needs_server_parts", module=error.name) from error
    except Exception as error:
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - as above

        if isinstance(error, ImproperlyConfigured):
            raise usage_error("command.unsafe_start", reason=str(error)) from error
        raise
    return run


def check_port_is_free(address: str, number: int) -> None:
    """Said before anything slow begins."""
    if _is_taken(address, number):
        free = next((n for n in range(number + 1, min(number + 100, 65536)) if not _is_taken(address, n)), 0)
        raise usage_error("command.port_taken", host=address, port=str(number), next=str(free))


def _is_taken(address: str, number: int) -> bool:
    family, kind, protocol, _, place = socket.getaddrinfo(address, number, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return True
            raise
    return False


def serve(run: ModuleType, *, address: str, number: int, worker: bool) -> int:
    """Serve until stopped (SIGINT, SIGTERM); the worker ends with the server."""
    with _worker() if worker else nullcontext():
        run.die_with_parent_after_fork()
        try:
            run.run_server(host=address, port=number)
        except run.UnsafeStartError as error:
            raise usage_error("command.unsafe_start", reason=str(error)) from error
    return 0


@contextmanager
def _worker() -> Iterator[None]:
    """A worker beside this process, started again where it is killed, stopped at the end."""
    stopping = threading.Event()
    start = [sys.executable, "-m", "thidua_web", "worker", "--with-parent", str(os.getpid())]
    process = subprocess.Popen(start, start_new_session=True)  # noqa: S603 - this very program

    def keep() -> None:
        nonlocal process
        while not stopping.is_set():
            process.wait()
            if not stopping.wait(1):
                process = subprocess.Popen(start, start_new_session=True)  # noqa: S603 - as above

    threading.Thread(target=keep, daemon=True).start()
    try:
        yield
    finally:
        stopping.set()
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
