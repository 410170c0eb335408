"""The child process of `isolation`: reads one file after the other, in limits that the system enforces.

A request is a frame with the job (msgpack) and a frame with the file; the answer is one frame. A frame is its length in
eight bytes, then its content.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
from typing import Any, BinaryIO

import msgspec

from thidua.errors import UnreadableError
from thidua.plans.formats.limits import Limits, PlanText
from thidua.plans.formats.recognise import Kind

try:
    import resource
except ImportError:  # Windows: the parent's clock remains
    resource = None  # type: ignore[assignment]

LENGTH = struct.Struct("<Q")
LONG: tuple[Kind, ...] = ("doc", "image", "scan")


class Job(msgspec.Struct, frozen=True):
    kind: Kind
    name: str
    limits: Limits


class Answer(msgspec.Struct, frozen=True):
    """Either the text or the error's code and parameters."""

    text: PlanText | None = None
    code: str = ""
    params: dict[str, Any] = {}


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    return stream.read(length)


def write_frame(stream: BinaryIO, content: bytes) -> None:
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def answer(job: Job, data: bytes) -> Answer:
    """Read one file within its limits."""
    from thidua.plans.formats.reading import run_reader  # noqa: PLC0415 (the parent needs only the frames)

    bound(seconds_for(job.kind, job.limits), job.limits.memory_bytes)
    try:
        return Answer(text=run_reader(job.kind, data, job.name, job.limits))
    except UnreadableError as error:
        return Answer(code=error.code, params=error.params)


def seconds_for(kind: Kind, limits: Limits) -> float:
    """The time that a file of this kind may take."""
    return limits.long_seconds if kind in LONG else limits.seconds


def bound(seconds: float, memory_bytes: int) -> None:
    """Bound this process: address space, and processor time from now on. Soft limits, so that they can move."""
    if resource is None:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_at_most(memory_bytes, hard), hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(int(spent + seconds) + 2, hard), hard))


def _at_most(soft: int, hard: int) -> int:
    return soft if resource is None or hard == resource.RLIM_INFINITY else min(soft, hard)


def main() -> None:
    """Serve until the parent closes the pipe. SIGTERM ends running programs too, through their `finally`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    while (head := read_frame(requests)) is not None and (data := read_frame(requests)) is not None:
        write_frame(answers, msgspec.msgpack.encode(answer(msgspec.msgpack.decode(head, type=Job), data)))
