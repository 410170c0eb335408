"""Files from people are read in a child process, which may run out of time or memory, crash, or be killed.

The child is kept for the next file; a broken one is replaced. Text formats are read here, they cannot harm.
"""

from __future__ import annotations

import atexit
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

import msgspec

from thidua.errors import UnreadableError
from thidua.plans.formats.limits import Limits, PlanText
from thidua.plans.formats.programs import environment
from thidua.plans.formats.reading import extract_with, run_reader
from thidua.plans.formats.recognise import Kind
from thidua.plans.formats.worker import LENGTH, Answer, Job, seconds_for

HARMLESS: tuple[Kind, ...] = ("txt", "md")
FILES_PER_CHILD = 2_000
GRACE_SECONDS = 2
MAX_ANSWER = 1 << 28
SERVE = "from thidua.plans.formats.worker import main; main()"


class Child:
    """One reading process and the pipes to it."""

    def __init__(self) -> None:
        self.files = 0
        self.process = subprocess.Popen(  # noqa: S603 (this interpreter, this package)
            [sys.executable, "-P", "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            start_new_session=True,
        )

    def ask(self, job: Job, data: bytes, deadline: float) -> Answer:
        """The child's answer. TimeoutError past the deadline, EOFError where the child ended instead."""
        self.files += 1
        head = msgspec.msgpack.encode(job)
        message = b"".join([LENGTH.pack(len(head)), head, LENGTH.pack(len(data)), data])
        content: list[bytes] = []
        exchange = threading.Thread(target=self._exchange, args=(message, content), daemon=True)
        exchange.start()
        exchange.join(max(0.0, deadline - time.monotonic()))
        if exchange.is_alive():
            raise TimeoutError
        if not content:
            raise EOFError
        return msgspec.msgpack.decode(content[0], type=Answer)

    def _exchange(self, message: bytes, content: list[bytes]) -> None:
        """Send and receive; ends early, with nothing received, when the child's end of a pipe closes."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            return
        try:
            stdin.write(message)
            stdin.flush()
            head = stdout.read(LENGTH.size)
            if len(head) == LENGTH.size and (length := LENGTH.unpack(head)[0]) <= MAX_ANSWER:
                answer = stdout.read(length)
                if len(answer) == length:
                    content.append(answer)
        except (OSError, ValueError):
            return

    def close(self) -> int:
        """End the process, with any program it runs, and return its exit code (negative: the signal)."""
        process = self.process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        code = process.wait()
        self.forget()
        return code

    def forget(self) -> None:
        """Close this process's ends of the pipes."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue


class Extractor:
    """A pool of at most `children` reading processes, started when they are needed. Safe to share between threads."""

    def __init__(self, *, children: int = 2) -> None:
        self._slots: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(children):
            self._slots.put(None)
        self._children = children
        self._closed = False

    def extract(self, data: bytes, name: str, *, limits: Limits = Limits()) -> PlanText:  # noqa: B008 (frozen)
        """Like `thidua.plans.formats.extract`, with time and memory bounded by the system."""
        return extract_with(self._run, data, name, limits)

    def _run(self, kind: Kind, data: bytes, name: str, limits: Limits) -> PlanText:
        if kind in HARMLESS:
            return run_reader(kind, data, name, limits)
        child = _alive(self._slots.get())
        kept = None
        try:
            if self._closed:
                raise RuntimeError("this Extractor is closed")
            child = child or Child()
            answer = _ask(child, Job(kind, name, limits), data)
            if child.files < FILES_PER_CHILD and answer.code != "unreadable_memory":
                kept = child
        finally:
            if child is not None and kept is None:
                child.close()
            self._slots.put(kept)
        if answer.text is None:
            raise UnreadableError(answer.code, **answer.params)
        return answer.text

    def close(self) -> None:
        """End all children, waiting for files that are being read."""
        self._closed = True
        for _ in range(self._children):
            child = self._slots.get()
            if child is not None:
                child.close()
        for _ in range(self._children):
            self._slots.put(None)

    def abandon(self) -> None:
        """In a forked process: let go of the parent's children without ending them."""
        while not self._slots.empty():
            child = self._slots.get_nowait()
            if child is not None:
                child.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _alive(child: Child | None) -> Child | None:
    """The child, unless it ended since its last file."""
    if child is None or child.process.poll() is None:
        return child
    child.forget()
    return None


def _ask(child: Child, job: Job, data: bytes) -> Answer:
    seconds = seconds_for(job.kind, job.limits)
    try:
        return child.ask(job, data, time.monotonic() + seconds)
    except TimeoutError:
        return _failure(child, Answer(code="unreadable_timeout", params={"file": job.name, "seconds": int(seconds)}))
    except EOFError:
        code = child.process.wait(GRACE_SECONDS)
        if code == -signal.SIGXCPU:
            return _failure(
                child, Answer(code="unreadable_timeout", params={"file": job.name, "seconds": int(seconds)})
            )
        return _failure(child, Answer(code="unreadable_crashed", params={"file": job.name}))


def _failure(child: Child, answer: Answer) -> Answer:
    """An answer in place of a child that will not serve again."""
    child.files = FILES_PER_CHILD
    return answer


_shared: Extractor | None = None
_lock = threading.Lock()


def shared_extractor() -> Extractor:
    """The process's own pool; it ends with the process."""
    global _shared  # noqa: PLW0603 (one pool a process)
    with _lock:
        if _shared is None:
            _shared = Extractor()
            atexit.register(_shared.close)
        return _shared


def extract_isolated(data: bytes, name: str, *, limits: Limits = Limits()) -> PlanText:  # noqa: B008 (frozen)
    """Like `extract`, but in a child process that is kept for the next file and ends with this one."""
    return shared_extractor().extract(data, name, limits=limits)


def _after_fork() -> None:
    global _shared, _lock  # noqa: PLW0603 (as above)
    _lock = threading.Lock()
    if _shared is not None:
        atexit.unregister(_shared.close)
        _shared.abandon()
        _shared = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
