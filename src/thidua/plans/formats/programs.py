"""Runs LibreOffice and Tesseract: bounded in time and memory, and never left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence

from thidua.errors import UnreadableError
from thidua.plans.formats.limits import MEGABYTE

PASSED_ON = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")


def find_program(*names: str) -> str | None:
    """Path of the first of `names` that is installed."""
    return next((path for path in map(shutil.which, names) if path), None)


def run_program(
    command: Sequence[str], name: str, *, seconds: float, memory_bytes: int, data: bytes = b"", **variables: str
) -> tuple[int, bytes]:
    """Exit code and standard output of `command`, fed with `data`; `name` is the file it works on.

    The program gets its own limits in place of the caller's and its own process group, which ends with this call
    however it ends.
    """
    limited = ["/bin/sh", "-c", 'ulimit -S -t "$0"; ulimit -S -v "$1"; shift; exec "$@"']
    arguments = [str(int(seconds) + 1), str(memory_bytes * 1024 // MEGABYTE), *command]
    process = subprocess.Popen(  # noqa: S603 (fixed programs, no shell words from the file)
        [*limited, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(**variables),
        process_group=0,
    )
    try:
        output, _ = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("unreadable_timeout", file=name, seconds=int(seconds)) from error
    finally:
        _end_group(process)
    return process.returncode, output


def environment(**variables: str) -> dict[str, str]:
    """What programs that touch strangers' files may know: no secrets of the application."""
    kept = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    return {**kept, "LANG": "C.UTF-8", **variables}


def _end_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None and not stream.closed:
            stream.close()
