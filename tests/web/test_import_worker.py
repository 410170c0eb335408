"""The worker is killed with -9 while it reads, writes and takes back a list; nothing is lost and nothing done twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.listing import workbook
from web.processes import Site, kill_group, wait_for

ROWS = 6000
UPLOAD = """
import io, json
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.register.actions.imports import upload_list
from thidua_web.register.actions.units import create_unit
import datetime
day = datetime.date(2020, 1, 1)
unit = create_unit(code="UBND", name="UBND tỉnh Thử", kind="province", parent=None, valid_from=day)
by = User.objects.create(username="clerk", full_name="Văn thư")
more = {{"name": "ds.xlsx", "kind": "people", "unit": unit, "by": by, "at": timezone.now(), "sensitive": True}}
with open({path!r}, "rb") as file:
    upload = upload_list(source=file, **more)
print(json.dumps(upload.run.pk))
"""
PRESS = """
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.register.actions import imports
from thidua_web.register.models import ImportRun
by, run = User.objects.get(username="clerk"), ImportRun.objects.get(pk={run})
print(imports.{act}(run=run, by=by, at=timezone.now()))
"""
STATE = "SELECT state, done, attempts FROM register_importrun WHERE id = %s"
PEOPLE = "SELECT count(*) FROM register_person WHERE code LIKE 'W%%'"


@pytest.fixture
def lonely_site(tmp_path: Path) -> Iterator[Site]:
    """A database without a server; the lease is short so that the test need not wait long."""
    from web.conftest import DATABASE

    with Site(tmp_path, server_database=DATABASE, demo=False, lease=4) as site:
        yield site


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> str:
    given = ("An", "Bình", "Chi", "Dũng", "Em", "Giang", "Hà", "Khánh", "Lan", "Minh")
    rows = [
        {
            "full_name": f"Nguyễn {given[n % 10]} {given[n // 10 % 10]} {given[n // 100 % 10]}",
            "code": f"W{n:05}",
            "birth": f"{1 + n % 28:02}/{1 + n % 12:02}/{1960 + n % 45}",
            "unit_code": "UBND",
            "position": "Chuyên viên",
            "ethnicity": "Kinh",
        }
        for n in range(ROWS)
    ]
    path = tmp_path_factory.mktemp("list") / "ds.xlsx"
    path.write_bytes(workbook("people", rows))
    return str(path)


def sent(site: Site, path: str) -> int:
    return json.loads(site.run(UPLOAD.format(path=path)).splitlines()[-1])


def press(site: Site, run: int, act: str) -> str:
    return site.run(PRESS.format(run=run, act=act)).splitlines()[-1]


def state(site: Site, run: int) -> tuple:
    return site.rows(STATE, run)[0]


def kill_while(site: Site, run: int, doing: str) -> None:
    """kill -9 of the whole worker after its first batch and before its last."""
    wait_for(lambda: state(site, run)[0] == doing and 0 < state(site, run)[1] < ROWS, every=0.005)
    kill_group(site.worker)
    assert state(site, run)[0] == doing, "the worker was killed too late to be in the middle of anything"


def test_reading_writing_and_taking_back_survive_being_killed(lonely_site: Site, long_list: str) -> None:
    run = sent(lonely_site, long_list)
    lonely_site.start_worker()
    kill_while(lonely_site, run, "reading")
    lonely_site.start_worker()
    wait_for(lambda: state(lonely_site, run)[0] == "checked", seconds=120, every=0.2)
    assert lonely_site.rows("SELECT count(*) FROM register_importrow WHERE run_id = %s", run) == [(ROWS,)]

    assert press(lonely_site, run, "write") == "True"
    kill_while(lonely_site, run, "writing")
    lonely_site.start_worker()
    wait_for(lambda: state(lonely_site, run)[0] == "done", seconds=120, every=0.2)
    assert lonely_site.rows(PEOPLE) == [(ROWS,)]
    assert lonely_site.rows("SELECT count(DISTINCT code) FROM register_person WHERE code LIKE 'W%%'") == [(ROWS,)]
    assert lonely_site.rows("SELECT count(*) FROM register_sensitivedata") == [(ROWS,)]
    assert lonely_site.rows("SELECT count(*) FROM register_importrow WHERE written = %s", True) == [(ROWS,)]

    assert press(lonely_site, run, "undo") == "True"
    kill_while(lonely_site, run, "undoing")
    lonely_site.start_worker()
    wait_for(lambda: state(lonely_site, run)[0] == "undone", seconds=120, every=0.2)
    assert lonely_site.rows(PEOPLE) == [(0,)]
    acts = lonely_site.rows("SELECT act FROM journal_journalline WHERE act LIKE 'list.%%' ORDER BY number")
    assert [act for (act,) in acts] == [
        "list.received",
        "list.write_ordered",
        "list.written",
        "list.undo_ordered",
        "list.undone",
    ]


def test_a_list_that_kills_its_reader_each_time_is_given_up(lonely_site: Site, long_list: str) -> None:
    run = sent(lonely_site, long_list)
    for attempt in (1, 2, 3):
        lonely_site.start_worker()
        wait_for(lambda now=attempt: state(lonely_site, run) == ("reading", 0, now), every=0.005)
        kill_group(lonely_site.worker)
    lonely_site.start_worker()
    wait_for(lambda: state(lonely_site, run)[0] == "unreadable", every=0.2)
    findings = lonely_site.rows("SELECT findings FROM register_importrun WHERE id = %s", run)[0][0]
    assert "list.failed" in str(findings)
