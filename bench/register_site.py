"""Runs inside the measured site of register.py: who comes, where they go, and how often a page asks the database."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

from page_site import queries_of, session_of
from register_rows import ACCOUNTS

from thidua_web.accounts.models import User
from thidua_web.register.models import Person, Unit, UnitCode

SAMPLE = 40


def visitors() -> list[dict[str, Any]]:
    """Each with a session and with pages by name: the addresses under which a page may be asked for."""
    return [_visitor(number) for number in range(1, ACCOUNTS + 1)]


def _visitor(number: int) -> dict[str, Any]:
    name = f"bench{number}"
    return {"name": name, "session": session_of(name), "pages": _pages(name, random.Random(number))}


def _pages(name: str, draw: random.Random) -> dict[str, list[str]]:
    """The odd ones see the whole province, the even ones their commune; everybody asks for other rows."""
    within = Unit.objects.within([User.objects.get(username=name).memberships.get().unit.path])
    units = _some(draw, list(within.values_list("pk", flat=True)))
    people = _some(draw, list(Person.objects.filter(unit__in=units).values_list("pk", flat=True)))
    codes = UnitCode.objects.filter(unit__in=units).values_list("code", flat=True)[:4]
    return {
        "Việc của tôi": ["/"],
        "Danh sách đơn vị": ["/don-vi/", "/don-vi/?trang=2"],
        "Tìm đơn vị": [_search("/don-vi/", said) for said in ("trường tiểu học", "truong", "phu", "Đông Hòa", *codes)],
        "Một đơn vị": [f"/don-vi/{pk}/" for pk in units],
        "Danh sách người": ["/nguoi/", "/nguoi/?trang=2"],
        "Tìm người": [_search("/nguoi/", said) for said in ("nguyen thi", "Nguyễn Thị Hạnh", "guyen", "đạt", "CB0123")],
        "Một người": [f"/nguoi/{pk}/" for pk in people],
        "Trạng thái máy chủ (giới hạn)": ["/trang-thai/"],
    }


def _search(path: str, said: str) -> str:
    return f"{path}?{urlencode({'tim': said})}"


def _some(draw: random.Random, keys: list[int]) -> list[int]:
    return draw.sample(keys, min(SAMPLE, len(keys)))


def queries() -> dict[str, int]:
    """What the province's people cost the database, by page."""
    asked = {page: paths[0] for page, paths in _visitor(1)["pages"].items()}
    return dict(zip(asked, queries_of("bench1", list(asked.values())), strict=True))
