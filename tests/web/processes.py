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
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

# Where sites are made once a run, to be copied: migrating and building the demo takes longer than most tests.
TEMPLATES: Path | None = None
START = "from thidua_web.config.run import *; from thidua_web.config import run; run.prepare(); "
WAIT = 60


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
            **(settings or {}),
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        if TEMPLATES is None:
            self.make()
        else:
            self._copy(TEMPLATES / f"{self.template}-{'postgresql' if self.database else 'sqlite'}")
        return self.started() if self.demo else self

    @property
    def template(self) -> str:
        """What is made once a run and copied."""
        return "demo" if self.demo else "empty"

    def make(self) -> None:
        """Database and demo as a new user's first command makes them."""
        if self.database:
            _create(self.database)
        self.run("run.migrate(); from thidua_web.demo import make_demo; make_demo()" if self.demo else "run.migrate()")

    def _copy(self, template: Path) -> None:
        """Of the site that the first to come has made there; its database, on PostgreSQL, is named in the lock."""
        lock = template.with_suffix(".lock")
        with lock.open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if not template.exists():
                first = type(self)(template, server_database=self.server_database, demo=self.demo)
                template.mkdir()
                first.make()
                held.write(first.database)
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        if self.database:
            _create(self.database, template=_name(lock.read_text()))

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
            [sys.executable, "-c", START + code], env=self.environment, check=True, capture_output=True, text=True
        )
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

        with contextlib.closing(sqlite3.connect(self.folder / "thidua.sqlite3", timeout=20)) as connection:
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
