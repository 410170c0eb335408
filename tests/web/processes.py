"""The product in real processes: one server, one worker that can be killed and started again."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest

# Where databases are migrated and sites made once a run, to be copied: both take longer than most tests.
TEMPLATES: Path | None = None
START = "from thidua_web.config.run import *; from thidua_web.config import run; run.prepare(); "
WAIT = 60
# What tests lay out in a site is run there by their own modules.
TESTS = str(Path(__file__).parents[1])


def share_templates(folders: pytest.TempPathFactory) -> None:
    """Among the workers of a parallel run."""
    global TEMPLATES  # noqa: PLW0603 - one for each process
    own = folders.getbasetemp()
    TEMPLATES = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


class Site:
    def __init__(
        self,
        folder: Path,
        *,
        server_database: str,
        demo: bool = True,
        lease: int = 45,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.demo = demo
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server_database = server_database
        self.database = _address(server_database, f"site_{uuid.uuid4().hex[:8]}") if server_database else ""
        self.environment = os.environ | {
            "THIDUA_MODE": "demo",
            "THIDUA_VAR": str(folder),
            "THIDUA_STORAGE": "",
            "DATABASE_URL": self.database,
            "THIDUA_READING_LEASE": str(lease),
            "PYTHONPATH": os.pathsep.join([TESTS, os.environ.get("PYTHONPATH", "")]),
            **(settings or {}),
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self.copy()
        return self.started() if self.demo else self

    @property
    def template(self) -> str:
        """What is made once a run and copied."""
        return "demo" if self.demo else "empty"

    def copy(self) -> None:
        """Not started yet; made anew where nothing is kept for a run."""
        if TEMPLATES is None:
            self.make()
        else:
            self._copy(self.template, self)

    def make(self) -> None:
        """Database and demo as a new user's first command makes them."""
        if TEMPLATES is None or self.template == "empty":
            if self.database:
                _create(self.database)
            self.run("run.migrate()")
        else:
            self._copy("empty", Site(self.folder, server_database=self.server_database, demo=False))
        if self.demo:
            self.run("from thidua_web.demo import make_demo; make_demo()")

    def _copy(self, name: str, like: Site) -> None:
        """Of the site that the first to come has made; its database, on PostgreSQL, is named in the lock."""
        assert TEMPLATES is not None
        server = self.server_database.rpartition("/")[0]
        template = TEMPLATES / f"{name}-{zlib.crc32(server.encode()):x}"
        with template.with_suffix(".lock").open("a+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if not template.exists():
                first = type(like)(template, server_database=self.server_database, demo=like.demo)
                template.mkdir()
                first.make()
                held.write(first.database)
            held.seek(0)
            made = held.read()
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        if self.database:
            _create(self.database, template=_name(made))

    @property
    def database_name(self) -> str:
        """As Django's settings have it."""
        return _name(self.database) if self.database else str(self.folder / "thidua.sqlite3")

    def started(self) -> Self:
        self.start_worker()
        self.start_server()
        return self

    def start_server(self) -> None:
        self.server = self.spawn(f"run.run_server(port={self.port})")
        wait_for(lambda: _answers(f"{self.url}/trang-thai/"))

    def kill_server(self) -> None:
        """kill -9, in the middle of whatever it does."""
        kill_group(self.server)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                kill_group(process)

    def run(self, code: str) -> str:
        """Run code in a process of its own and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", START + code], env=self.environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def spawn(self, code: str) -> subprocess.Popen[bytes]:
        with (self.folder / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", START + code],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        self.worker = self.spawn("run.run_worker()")
        return self.worker

    def rows(self, query: str, *params: object) -> list[tuple[Any, ...]]:
        """Ask this site's database from outside."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                return connection.execute(query, params).fetchall()
        import sqlite3

        with contextlib.closing(sqlite3.connect(self.database_name, timeout=20)) as connection:
            return connection.execute(query.replace("%s", "?"), params).fetchall()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of the process and everything that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition: Any, *, seconds: float = WAIT, every: float = 0.02) -> Any:
    """The first true answer; AssertionError where there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(every)
    raise AssertionError(f"not within {seconds} seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


def _name(address: str) -> str:
    """The last part of a database's address."""
    return address.rsplit("/", 1)[-1]


def _address(server: str, name: str) -> str:
    return f"{server.rsplit('/', 1)[0]}/{name}"


def _create(address: str, template: str = "template1") -> None:
    with psycopg.connect(_address(address, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{_name(address)}" TEMPLATE "{template}"')
