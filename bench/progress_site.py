"""Runs inside the measured site of progress.py: who comes, where they go, and how often a page asks the database."""

from __future__ import annotations

import random
import statistics
import time
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from page_site import queries_of, session_of
from progress_rows import ACCOUNTS, quarters
from work_names import nearly, work_name

from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.models import Campaign
from thidua_web.config.warm import warm
from thidua_web.progress.models import Pledge, PledgedWork, Report
from thidua_web.register.models import Unit

SAMPLE = 40


def visitors() -> list[dict[str, Any]]:
    """Each with a session and with pages by name: the addresses under which a page may be asked for."""
    return [_visitor(number) for number in range(1, ACCOUNTS + 1)]


def _visitor(number: int) -> dict[str, Any]:
    name, draw = f"bench{number}", random.Random(number)
    unit = Membership.objects.get(user__username=name).unit
    return {"name": name, "session": session_of(name), "pages": _pages(number, unit, draw)}


def _pages(number: int, unit: Unit, draw: random.Random) -> dict[str, list[str]]:
    campaign = Campaign.objects.get()
    page, days = f"/phong-trao/{campaign.pk}/", quarters(campaign)
    shared = {
        "Bảng triển khai": [f"{page}trien-khai/", f"{page}trien-khai/?trang=2"],
        "Bản đồ nhiệt": [f"{page}trien-khai/ban-do/"],
        "Danh sách báo cáo": [f"{page}bao-cao/", *(f"{page}bao-cao/?ky={day.pk}" for day in days)],
        "Biểu đồ tiến độ": [f"{page}tien-do/", *(f"{page}tien-do/?ky={day.pk}" for day in days[:3])],
    }
    limit = {"Trạng thái máy chủ (giới hạn)": ["/trang-thai/"]}
    return (
        shared
        | (_above(page, draw) if number % 2 else _below(page, unit, days, number))
        | _typing(page, unit, draw)
        | limit
    )


def _above(page: str, draw: random.Random) -> dict[str, list[str]]:
    """For those who launched: everybody's."""
    units = list(Pledge.objects.order_by("pk").values_list("unit", flat=True))
    reports = list(Report.objects.order_by("pk").values_list("day", "unit"))
    words = [_asked(f"{page}dang-ky/", tim=said) for said in ("truong tieu hoc", "Phú", "Công ty")]
    return {
        "Danh sách đăng ký": [
            f"{page}dang-ky/", f"{page}dang-ky/?trang=3", _asked(f"{page}dang-ky/", tinh_trang="submitted"), *words,
        ],
        "Một đăng ký": [f"{page}dang-ky/{unit}/" for unit in _some(draw, units)],
        "Một báo cáo đã gửi": [f"/bao-cao/{day}/{unit}/" for day, unit in _some(draw, reports)],
    }  # fmt: skip


def _below(page: str, unit: Unit, days: list[Any], number: int) -> dict[str, list[str]]:
    """For a unit: its own form that is open."""
    if number % 4 == 0:
        return {"Đăng ký đang soạn": [f"{page}dang-ky/{unit.pk}/"]}
    return {"Biểu báo cáo đang mở": [f"/bao-cao/{days[-1].pk}/{unit.pk}/"]}


def _typing(page: str, unit: Unit, draw: random.Random) -> dict[str, list[str]]:
    """What the form of a pledge asks while somebody types: new names, names like others', halves of names."""
    home = unit.pk if unit.pk != 1 else Pledge.objects.order_by("pk").values_list("unit", flat=True)[0]
    known = list(PledgedWork.objects.filter(pk__lt=5000).order_by("pk").values_list("name", flat=True)[:1000])
    names = [work_name(draw) for _ in range(SAMPLE // 2)]
    names += [nearly(name, draw) for name in _some(draw, known)[: SAMPLE // 2]]
    names += [name[: len(name) // 2] for name in names[::4]]
    return {"Tìm công trình giống khi gõ": [_asked(f"{page}dang-ky/{home}/giong/", ten=name) for name in names]}


def _some(draw: random.Random, rows: list[Any]) -> list[Any]:
    return draw.sample(rows, min(SAMPLE, len(rows)))


def _asked(path: str, **said: str) -> str:
    return f"{path}?{urlencode(said)}"


def spent() -> dict[str, float]:
    """Milliseconds of the processor that a page costs, by page: median of eight, packed, one asking after another.

    In a process that is made ready as the server's are.
    """
    warm()
    found: dict[str, float] = {}
    for number in (1, 2, 4):
        visitor = _visitor(number)
        client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
        client.force_login(User.objects.get(username=visitor["name"]))
        for page, paths in visitor["pages"].items():
            if page not in found:
                found[page] = statistics.median(_cost(client, path) for path in (paths * 9)[:9][1:])
    return found


def _cost(client: Client, path: str) -> float:
    begun = time.process_time()
    assert client.get(path).status_code == 200, path
    return (time.process_time() - begun) * 1000


def queries() -> dict[str, int]:
    """What a page costs the database, by page."""
    found: dict[str, int] = {}
    for number in (1, 2, 4):
        asked = {page: paths[0] for page, paths in _visitor(number)["pages"].items() if page not in found}
        found |= dict(zip(asked, queries_of(f"bench{number}", list(asked.values())), strict=True))
    return found
