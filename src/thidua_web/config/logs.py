"""Logs that never hold personal data, words of a document, or the secret of a calendar's address or an invitation."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

SECRET = re.compile(r"(/lich/\d+-|/loi-moi/)[^\s/]+")


class SafeFormatter(logging.Formatter):
    """Names the kind of an exception and where it happened; its message may quote a document, so it is left out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 (logging's name)
        kind, _, trace = ei  # type: ignore[misc]
        return describe(kind, trace)


def describe(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join([*places, f"  {kind.__module__}.{kind.__qualname__}" if kind else "  ?"])
