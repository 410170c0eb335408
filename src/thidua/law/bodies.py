"""Bodies that ended or were renamed, the first day without them, and who took over (bodies.toml)."""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

Kind = Literal["level", "office", "province"]
_PROVINCES_ENDED = datetime.date(2025, 7, 1)
_PROVINCES_SOURCE = "Nghị quyết 202/2025/QH15"


class EndedBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`pattern` finds the body in lower-case text; a province is found by its name behind "tỉnh"."""

    name: str
    successor: str
    kind: Kind = "level"
    pattern: str = ""
    ended: datetime.date = _PROVINCES_ENDED
    source: str = _PROVINCES_SOURCE
    verified: bool = False

    def find(self, text: str) -> list[tuple[int, int]]:
        """Places in a lower-case text where the body is named as a living one: not "(cũ)", not "trước đây"."""
        return [m.span() for m in _compiled(self).finditer(text) if not _is_past(text, *m.span())]


@cache
def ended_bodies() -> tuple[EndedBody, ...]:
    tree = tomllib.loads(files(__package__).joinpath("bodies.toml").read_text("utf-8"))
    rows = [row | {"kind": kind} for kind in ("level", "office", "province") for row in tree[kind]]
    return msgspec.convert(rows, tuple[EndedBody, ...])


@cache
def _compiled(body: EndedBody) -> re.Pattern[str]:
    if body.kind == "province":
        name = body.name.lower().replace("hòa", "(?:hòa|hoà)").replace(" ", r"\s+")
        return re.compile(rf"\btỉnh\s+(?:ủy\s+|uỷ\s+|đoàn\s+)?{name}\b")
    return re.compile(body.pattern)


_PAST_AFTER = re.compile(r"[^.;,]{0,25}\((?:cũ|trước đây|trước sáp nhập)|\s+(?:cũ|trước đây|trước sáp nhập)\b")
_PAST_BEFORE = re.compile(
    r"(?:trước khi sáp nhập|trước đây|nguyên là|sáp nhập|hợp nhất|sắp xếp|kết thúc hoạt động|không tổ chức)\b"
    r"[^.;]{0,50}$"
)


def _is_past(text: str, start: int, end: int) -> bool:
    return bool(_PAST_AFTER.match(text, end) or _PAST_BEFORE.search(text, max(0, start - 80), start))
