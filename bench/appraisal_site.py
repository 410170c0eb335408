"""Runs inside the measured site of appraisal.py: who comes, where they go, acts on many, and the plain way."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from appraisal_rows import ACCOUNTS
from django.core.paginator import Paginator
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from page_site import queries_of, session_of
from python_calamine import CalamineWorkbook
from register_rows import FAMILY, GIVEN

from thidua_web.accounts.models import User
from thidua_web.config.warm import warm
from thidua_web.nominations import desk_workbook
from thidua_web.nominations.actions import appraising, batches
from thidua_web.nominations.models import DossierFile, Nomination
from thidua_web.nominations.queries import desk
from thidua_web.nominations.queries.desk import RECEIVED, Wanted
from thidua_web.nominations.queries.loading import nomination
from thidua_web.register.models import Unit

SAMPLE = 40
SINGLY = 25


def visitors() -> list[dict[str, Any]]:
    """Each with a session and with pages by name: the addresses under which a page may be asked for."""
    return [
        {"name": f"bench{number}", "session": session_of(f"bench{number}"), "pages": _pages(random.Random(number))}
        for number in range(1, ACCOUNTS + 1)
    ]


def _pages(draw: random.Random) -> dict[str, list[str]]:
    rows = list(Nomination.objects.order_by("pk").values_list("pk", flat=True)[: SAMPLE * 50])
    some = draw.sample(rows, min(SAMPLE, len(rows)))
    full = DossierFile.objects.order_by("pk").values_list("nomination", flat=True)[0]
    later = [f"/tham-dinh/?sau={key}" for key in some[:5]]
    units = list(Unit.objects.exclude(pk=1).order_by("pk").values_list("code", flat=True)[:SAMPLE])
    return {
        "Việc của tôi": ["/"],
        "Bàn thẩm định": ["/tham-dinh/", *later],
        "Lọc theo người, hạn, kết quả": [
            _asked(nguoi="toi"), _asked(han="tre"), _asked(ket_qua="not_met", loi="on"),
            _asked(giai="LDTT", nam="2025"),
        ],
        "Tìm tên": [_asked(tim=f"{draw.choice(FAMILY)} {draw.choice(GIVEN)}") for _ in range(8)],
        "Theo đơn vị trình": [_asked(don_vi=code) for code in draw.sample(units, min(6, len(units)))],
        "Xếp theo tên, đơn vị, khen thưởng": [_asked(xep=order) for order in ("ten", "don_vi", "giai")],
        "Xem nhanh một hồ sơ": [f"/tham-dinh/xem/{key}/" for key in some],
        "Một hồ sơ có 60 tệp": [f"/ho-so/{full}/"],
        "Trạng thái máy chủ (giới hạn)": ["/trang-thai/"],
    }  # fmt: skip


def _asked(**said: str) -> str:
    return f"/tham-dinh/?{urlencode(said)}"


def queries() -> dict[str, int]:
    """What a page costs the database, by page."""
    asked = {page: paths[0] for page, paths in _pages(random.Random(1)).items()}
    return dict(zip(asked, queries_of("bench1", list(asked.values())), strict=True))


def spent() -> dict[str, float]:
    """Milliseconds of the processor that a page costs, by page: median of eight, packed, one asking after another."""
    warm()
    client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(User.objects.get(username="bench1"))
    pages = _pages(random.Random(1))
    return {page: _median(client.get, (paths * 9)[:9]) for page, paths in pages.items()}


def _median(act: Callable[[str], Any], paths: list[str]) -> float:
    """Of all but the first, which may still be warming something."""
    times = []
    for path in paths:
        begun = time.process_time()
        assert act(path).status_code == 200, path
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times[1:])


def accept_one_after_another(pause: float) -> None:
    """Until it is ended: somebody else is at work too, and what the desk has counted holds no longer than that."""
    by = User.objects.get(username="bench20")
    for key in Nomination.objects.filter(state="lodged").order_by("-pk").values_list("pk", flat=True):
        row = nomination(key)
        assert row is not None
        assert appraising.accept(nomination=row, seen=row.revision, by=by, at=timezone.now()).is_made
        time.sleep(pause)


# --- Acts on many -----------------------------------------------------------------------------------------------------


def batch(rows: int) -> dict[str, float]:
    """Seconds to see, to do and to take back an act on so many; and the same one by one, for a part of them."""
    by, unit = User.objects.get(username="bench2"), Unit.objects.get(pk=1)
    found: dict[str, float] = {"rows": float(rows)}
    for act, state, said in (("accept", "lodged", {}), ("ask", "in_appraisal", {"words": "Gửi xác nhận"})):
        keys = list(Nomination.objects.filter(state=state).order_by("pk").values_list("pk", flat=True)[:rows])
        began = time.perf_counter()
        made = batches.prepare(to_unit=unit, act=act, keys=keys, by=by, at=timezone.now())
        found[f"{act}.preview"] = time.perf_counter() - began
        began = time.perf_counter()
        assert batches.carry_out(batch=made, params=said, by=by, at=timezone.now())
        _settle(made.pk)
        found[f"{act}.do"] = time.perf_counter() - began
        began = time.perf_counter()
        assert batches.undo(batch=made, by=by, at=timezone.now())
        _settle(made.pk)
        found[f"{act}.undo"] = time.perf_counter() - began
        found[f"{act}.singly"] = _singly(act, keys[:SINGLY], by) * len(keys) / SINGLY
    return found


def _settle(key: int) -> None:
    """Many are the worker's; here it is this process, in its place."""
    from thidua_web.nominations.models import Batch, BatchState  # noqa: PLC0415

    state = BatchState(Batch.objects.get(pk=key).state)
    if state in (BatchState.RUNNING, BatchState.UNDOING):
        batches.work(key, state)


def _singly(act: str, keys: list[int], by: User) -> float:
    began = time.perf_counter()
    for key in keys:
        row = nomination(key)
        assert row is not None
        at = timezone.now()
        if act == "accept":
            assert appraising.accept(nomination=row, seen=row.revision, by=by, at=at).is_made
        else:
            done = appraising.ask(nomination=row, words="Thêm", due_on=None, seen=row.revision, by=by, at=at)
            assert done.is_made
    return time.perf_counter() - began


# --- What a user would take instead -----------------------------------------------------------------------------------


def plain() -> dict[str, float]:
    """Milliseconds of the processor for a page of the list as the desk makes it, and as the framework's own pages do:
    whole rows, each tab counted, a number of the page. The first page and one in the middle; then the whole list.
    """
    wanted = Wanted(units=(1,), on=timezone.localdate())
    middle = desk.everything(wanted, 20_000)[-1]
    found = {
        "desk.first": _best(lambda: desk.page_of(wanted)),
        "desk.middle": _best(lambda: desk.page_of(wanted, after=middle)),
        "plain.first": _best(lambda: _plain_page(1)),
        "plain.middle": _best(lambda: _plain_page(400)),
        "desk.name": _best(lambda: desk.page_of(Wanted(units=(1,), on=wanted.on, words=("nguyen", "an")))),
        "plain.name": _best(lambda: _plain_page(1, Q(folded__contains="nguyen") & Q(folded__contains="an"))),
    }
    with tempfile.TemporaryFile() as file:
        began = time.process_time()
        found["rows"] = float(desk_workbook.write(file, Unit.objects.get(pk=1), Wanted((1,), wanted.on, RECEIVED)))
        found["workbook.write"] = (time.process_time() - began) * 1000
        found["workbook.size"] = float(file.tell())
        began = time.process_time()
        file.seek(0)
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
        assert len(sheet) > 1
        found["workbook.read"] = (time.process_time() - began) * 1000
    return found


def _plain_page(number: int, which: Q = Q()) -> list[Nomination]:  # noqa: B008 - nothing is changed in it
    rows = Nomination.objects.filter(which, to_unit=1).select_related("unit", "appraiser", "submission")
    for state in RECEIVED:
        rows.filter(state=state).count()
    waits = rows.filter(state__in=("lodged", "in_appraisal", "asked")).order_by("clock_due", "pk")
    return list(Paginator(waits, desk.ON_A_PAGE).get_page(number).object_list)


def _best(act: Callable[[], Any]) -> float:
    times = []
    for _ in range(6):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times[1:])
