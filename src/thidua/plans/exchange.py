"""A reading as JSON and TOML, and back again unchanged."""

from __future__ import annotations

import msgspec

from thidua.plans.reading import Reading


def to_json(reading: Reading, *, indent: int = 0) -> bytes:
    """One JSON object as docs/reference/reading.md describes it; `indent` 0 puts it on one line."""
    line = msgspec.json.encode(reading)
    return msgspec.json.format(line, indent=indent) if indent else line
