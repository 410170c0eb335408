"""A throw-away PostgreSQL for one run of the tests, from Debian's packages, reached through a socket."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote


class NoPostgresError(Exception):
    """PostgreSQL's programs are not installed here."""


def start() -> str:
    """The address of a fresh server's database `thidua`; the server ends with this process."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    user = _server_user()
    as_user = [] if user is None else ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    if user is not None:
        shutil.chown(folder, user, user)
    data = folder / "data"
    _run([*as_user, programs / "initdb", "-D", data, "-U", "thidua", "-A", "trust", "-E", "UTF8", "--no-sync"])
    # Tests take everything back: vacuuming by itself would only note that tables are empty, and plans would believe it.
    settings = "-c fsync=off -c synchronous_commit=off -c autovacuum=off -c max_connections=200"
    options = f"-k {folder} -c listen_addresses= {settings}"
    control = [*as_user, programs / "pg_ctl", "-D", data, "-w"]
    _run([*control, "-l", folder / "log", "-o", options, "start"])
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(_run, [*control, "-m", "immediate", "stop"])
    _run([programs / "createdb", "-h", folder, "-U", "thidua", "thidua"])
    return address(folder, "thidua")


def address(folder: Path, name: str) -> str:
    return f"postgresql://thidua@{quote(str(folder), safe='')}/{name}"


def _programs() -> Path:
    for place in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (place / "initdb").exists():
            return place
    raise NoPostgresError("PostgreSQL is not installed (Debian: postgresql)")


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[object]) -> None:
    subprocess.run(
        [str(part) for part in command], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
