"""Logs that never hold personal data or words of a document."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class SafeFormatter(logging.Formatter):
    """Names the kind of an exception and where it happened; its message may quote a document, so it is left out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802 (logging's name)
        kind, _, trace = ei  # type: ignore[misc]
        return describe(kind, trace)


def describe(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join([*places, f"  {kind.__module__}.{kind.__qualname__}" if kind else "  ?"])
