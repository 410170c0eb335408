"""A report's own words, in the order of its sections: what is searched for repeats and printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def report_text(sections: Mapping[str, Any]) -> str:
    return "\n\n".join(str(words).strip() for words in sections.values() if str(words).strip())
