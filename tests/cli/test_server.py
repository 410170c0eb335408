"""`thidua demo` and `thidua serve`: a real server, its worker, a taken port, an unsafe configuration."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple

import pytest

from cli.cast import clean_environment, thidua


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def demo(folder: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "thidua_web", "demo", "--port", str(port)]
    settings = clean_environment() | environment
    with subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.PIPE) as process:
        try:
            wait_until(lambda: answers(port), 120)
            yield process
        finally:
            process.kill()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/trang-thai/", timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def workers_of(pid: int) -> set[int]:
    """Worker processes that serve this server, by Linux's /proc."""
    wanted = f"--with-parent\0{pid}\0".encode()
    found = set()
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if wanted in line.read_bytes():
                found.add(int(line.parent.name))
        except OSError:
            continue
    return found


def wait_until(holds: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def test_the_demo_prints_address_and_accounts_serves_and_stops_with_its_worker(demo_made: Path) -> None:
    port = free_port()

    with demo(demo_made, port) as process:
        wait_until(lambda: workers_of(process.pid))
        os.kill(process.pid, signal.SIGTERM)
        shown, _ = process.communicate(timeout=30)

    assert shown.decode().splitlines()[0] == f"Thidua: http://127.0.0.1:{port}"
    assert "vanthu" in shown.decode()
    assert process.returncode == 0
    wait_until(lambda: not workers_of(process.pid), 10)


def test_a_killed_worker_is_started_again_and_a_killed_server_leaves_none(demo_made: Path) -> None:
    port = free_port()

    with demo(demo_made, port) as process:
        wait_until(lambda: workers_of(process.pid))
        first = min(workers_of(process.pid))
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: workers_of(process.pid) and first not in workers_of(process.pid))
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)

    wait_until(lambda: not workers_of(process.pid), 15)
    wait_until(lambda: not answers(port), 15)


class Made(NamedTuple):
    folder: Path
    port: int
    shown: bytes
    paper: bytes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """From nothing, where the environment speaks of a real server, and served at once."""
    folder, port = tmp_path_factory.mktemp("made"), free_port()
    real = {"DATABASE_URL": f"sqlite:///{folder / 'that.sqlite3'}", "THIDUA_MODE": "production"}
    with demo(folder, port, **real) as process:
        paper = read_as("vanthu.so", f"http://127.0.0.1:{port}", "/dot-de-nghi/1/to-trinh.pdf")
        os.kill(process.pid, signal.SIGTERM)
        shown, _ = process.communicate(timeout=30)
    return Made(folder, port, shown, paper)


def read_as(user: str, site: str, path: str) -> bytes:
    """What somebody of the demo is given who signs in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies := CookieJar()))
    browser.open(f"{site}/dang-nhap/", timeout=30)
    token = next(one.value for one in cookies if one.name == "csrftoken")
    said = {"login": user, "password": "MinhGiang2026", "csrfmiddlewaretoken": token}
    browser.open(f"{site}/dang-nhap/", urllib.parse.urlencode(said).encode(), timeout=30)
    found: bytes = browser.open(f"{site}{path}", timeout=30).read()
    return found


def test_a_demo_just_made_sets_a_paper(made: Made) -> None:
    assert made.paper.startswith(b"%PDF-")


def test_making_the_demo_twice_changes_nothing(made: Made) -> None:
    second = thidua("demo", "--no-serve", "--port", str(made.port), cwd=made.folder)

    assert second.returncode == 0
    assert made.shown == second.stdout


def test_the_demo_stays_out_of_the_real_database(made: Made) -> None:
    assert not (made.folder / "that.sqlite3").exists()
    assert (made.folder / "var/demo/thidua.sqlite3").exists()


def test_a_taken_port_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = thidua("demo", "--port", str(port), cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"Cổng {port} trên 127.0.0.1 đang có chương trình khác dùng.")
    assert not (tmp_path / "var").exists()


def test_a_start_without_a_secret_is_refused(tmp_path: Path) -> None:
    done = thidua("serve", "--port", str(free_port()), cwd=tmp_path, THIDUA_SECRET_KEY="", THIDUA_MODE="production")

    assert done.returncode == 2
    assert "Thiếu THIDUA_SECRET_KEY" in done.stderr.decode()
