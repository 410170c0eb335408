"""The worker is killed with -9 in the middle of a reading; nothing is lost and nothing done twice."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from thidua_web.config import queue
from web.processes import Site, kill_group, wait_for

UPLOAD = """
import io, json
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.register.models import Unit
from thidua_web.demo.build import make_register
if not Unit.objects.exists(): make_register()
unit, by = Unit.objects.get(code="UBND"), User.objects.get(username="vanthu")
files = [io.BytesIO(open(path, "rb").read()) for path in {paths!r}]
uploads = [upload_plan(source=file, name="dai.docx", unit=unit, by=by, at=timezone.now()) for file in files]
print(json.dumps([upload.document.pk for upload in uploads]))
"""
STATE = "SELECT state, attempts, progress FROM campaigns_plandocument WHERE id = %s"
STOP = """
import time
from django.utils import timezone
from thidua_web.campaigns.actions.plans import stop_reading
from thidua_web.campaigns.models import PlanDocument
while (document := PlanDocument.objects.get()).state != "reading":
    time.sleep(0.01)
stop_reading(document=document, by=document.uploaded_by, at=timezone.now())
"""
RESULTS = "SELECT count(*) FROM campaigns_planreading WHERE document_id = %s"


@pytest.fixture
def lonely_site(tmp_path: Path) -> Iterator[Site]:
    """A database without a server; the lease is short so that the test need not wait long."""
    from web.conftest import DATABASE

    with Site(tmp_path, server_database=DATABASE, demo=False, lease=4) as site:
        yield site


@pytest.fixture(scope="module")
def slow_plans(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Plans of hundreds of pages, each of its own content: reading one takes seconds."""
    from thidua_web.demo.build import plan_text

    folder = tmp_path_factory.mktemp("slow")
    paths = [folder / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"Bản {number}\n" + plan_text("ke-hoach-tinh") * 40, encoding="utf-8")
    return [str(path) for path in paths]


def upload(site: Site, paths: list[str]) -> list[int]:
    return json.loads(site.run(UPLOAD.format(paths=paths)))


def state(site: Site, document: int) -> str:
    return site.rows(STATE, document)[0][0]


def kill_in_the_middle(site: Site, documents: list[int]) -> list[int]:
    """kill -9 of the whole worker as soon as a reading is seen; returns the documents that were being read."""
    reading = wait_for(lambda: [one for one in documents if state(site, one) == "reading"])
    kill_group(site.worker)
    return [one for one in reading if state(site, one) == "reading"]


def test_a_killed_reading_is_done_exactly_once_by_the_next_worker(lonely_site: Site, slow_plans: list[str]) -> None:
    documents = upload(lonely_site, slow_plans)
    lonely_site.start_worker()
    cut_off = kill_in_the_middle(lonely_site, documents)
    assert cut_off, "the worker was killed too late to be in the middle of anything"

    lonely_site.start_worker()
    wait_for(lambda: all(state(lonely_site, one) == "read" for one in documents), seconds=120, every=0.2)

    assert [lonely_site.rows(RESULTS, one)[0][0] for one in documents] == [1, 1, 1]
    assert {one: lonely_site.rows(STATE, one)[0][1] for one in cut_off} == dict.fromkeys(cut_off, 2)
    wait_for(lambda: lonely_site.rows("SELECT count(*) FROM django_q_ormq")[0][0] == 0)


def test_killing_only_the_first_process_leaves_no_strays(lonely_site: Site) -> None:
    worker = lonely_site.start_worker()
    wait_for(lambda: len(group(worker.pid)) > 3)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    wait_for(lambda: not group(worker.pid), seconds=10)


def test_a_reading_that_kills_its_worker_each_time_is_given_up(lonely_site: Site, slow_plans: list[str]) -> None:
    (document,) = upload(lonely_site, slow_plans[:1])
    for attempt in (1, 2, 3):
        lonely_site.start_worker()
        wait_for(lambda now=attempt: lonely_site.rows(STATE, document)[0][:2] == ("reading", now))
        kill_group(lonely_site.worker)
    lonely_site.start_worker()
    wait_for(lambda: state(lonely_site, document) == "unreadable", every=0.2)
    assert lonely_site.rows("SELECT error_code, attempts FROM campaigns_plandocument") == [("reading_failed", 3)]


def test_stopping_while_it_is_read_keeps_no_result(lonely_site: Site, slow_plans: list[str]) -> None:
    (document,) = upload(lonely_site, slow_plans[:1])
    stopping = lonely_site.spawn(STOP)  # before there is a worker: it starts for longer than the reading takes
    lonely_site.start_worker()
    assert stopping.wait(60) == 0
    wait_for(lambda: lonely_site.rows("SELECT count(*) FROM django_q_ormq")[0][0] == 0)
    assert (state(lonely_site, document), lonely_site.rows(RESULTS, document)[0][0]) == ("stopped", 0)


def test_scheduled_work_is_done_when_its_time_comes(lonely_site: Site) -> None:
    lonely_site.run(
        "import datetime; from django.utils import timezone; from django_q.models import Schedule; "
        "Schedule.objects.update(next_run=timezone.now() - datetime.timedelta(minutes=1))"
    )
    lonely_site.start_worker()
    done = "SELECT func FROM django_q_task WHERE success ORDER BY func"
    wait_for(lambda: len(lonely_site.rows(done)) == len(queue.NIGHTLY), every=0.5)
    assert sorted(row[0] for row in lonely_site.rows(done)) == sorted(function for _, function, _ in queue.NIGHTLY)
    assert lonely_site.rows("SELECT count(*) FROM django_q_schedule") == [(len(queue.NIGHTLY),)]


def group(leader: int) -> list[int]:
    """Living processes of a process group (Linux)."""
    members = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            members.append(int(entry.parent.name))
    return members
