"""What the journal costs: writing one line, going through a million, finding in it; on SQLite or on DATABASE_URL.

usage: python bench/journal.py [LINES]        (default 1000000; a database of its own in a temporary folder)
"""

# Django is set up only when the folder of the database is known.
# ruff: noqa: PLC0415
from __future__ import annotations

import datetime
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

BATCH = 5000
WRITTEN = 300


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(THIDUA_MODE="demo", THIDUA_VAR=folder, THIDUA_STORAGE="")
        from thidua_web.config import run

        run.prepare()
        run.migrate()
        run.collect_static()
        user = make_people()
        fill(lines)
        print(f"{lines} lines")
        print(f"record, one act: {median(lambda: write(user)):.2f} ms")
        before = high_water()
        began, worked = time.perf_counter(), time.process_time()
        check = verify()
        spent = f"{time.perf_counter() - began:.1f} s, of which {time.process_time() - worked:.1f} s on the processor"
        print(f"verify: {spent}; {check.fault_count} faults, up to {check.last}")
        print(f"memory that it took: {high_water() - before:.0f} MB")
        for name, path in PAGES.items():
            print(f"page, {name}: {median(lambda path=path: visit(user, path), 10):.0f} ms")


PAGES = {
    "newest": "/nhat-ky/",
    "deep": "/nhat-ky/?truoc=1000",
    "one act": "/nhat-ky/?viec=campaign.launched",
    "one unit": "/nhat-ky/?don_vi=599",
    "words found": "/nhat-ky/?tim=mai+anh",
    "words found nowhere": "/nhat-ky/?tim=khongcogi",
    "one object": "/nhat-ky/?ho_so=plan:77",
}


def make_people() -> Any:
    from thidua_web.accounts.access import Role
    from thidua_web.accounts.actions import give_role
    from thidua_web.accounts.models import User
    from thidua_web.register.actions.units import create_unit
    from thidua_web.register.models import UnitKind

    day = datetime.date(2020, 1, 1)
    top = create_unit(code="T", name="UBND tỉnh Đo", kind=UnitKind.PROVINCE, parent=None, valid_from=day)
    for n in range(600):
        create_unit(code=f"T-{n}", name=f"Đơn vị {n}", kind=UnitKind.COMMUNE, parent=top, valid_from=day)
    user = User.objects.create(username="kiem-tra", full_name="Người Kiểm Tra")
    give_role(user=user, unit=top, role=Role.AUDITOR, on=day)
    return user


def fill(lines: int) -> None:
    """Sealed in one go: a million acts would take the better part of an hour."""
    from thidua.journal import seal
    from thidua.vietnamese.folding import search_key
    from thidua_web.journal.actions import journal_key, line_of
    from thidua_web.journal.models import JournalHead, JournalLine

    key, before, rows = journal_key(), "", []
    now = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    for number in range(1, lines + 1):
        row = JournalLine(
            number=number,
            at=now + datetime.timedelta(seconds=30 * number),
            act="campaign.launched" if number % 5000 == 0 else "review.accept",
            actor=number % 300,
            actor_name=("Nguyễn Thị Mai Anh", "Lê Minh Khải Hưng", "Phạm Quốc Đạt")[number % 3],
            unit=1 + number % 600,
            subject_kind="plan",
            subject=str(number % 20_000),
            label=f"Kế hoạch phát động phong trào thi đua số {number % 20_000}",
            details={"step": number, "facts": 1, "keys": ["deadlines-3"]},
        )
        row.folded = search_key(f"{row.actor_name} {row.label}")
        row.seal = before = seal(line_of(row), before, key)
        rows.append(row)
        if len(rows) == BATCH:
            JournalLine.objects.bulk_create(rows)
            rows = []
    JournalLine.objects.bulk_create(rows)
    JournalHead.objects.update_or_create(pk=1, defaults={"number": lines, "seal": before})


def high_water() -> float:
    """The highest resident set so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(user: Any) -> None:
    from django.utils import timezone

    from thidua_web.journal.actions import record

    record(act="plan.uploaded", by=user, at=timezone.now(), unit_id=1, subject=("plan", 7), label="Kế hoạch")


def verify() -> Any:
    from django.utils import timezone

    from thidua_web.journal.verifying import check_journal

    return check_journal(at=timezone.now(), whole=True)


def visit(user: Any, path: str) -> None:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    client = CLIENTS.setdefault("one", Client())
    if "sessionid" not in client.cookies:
        client.force_login(user, backend="thidua_web.accounts.backends.AccountBackend")
    assert client.get(path).status_code == 200


CLIENTS: dict[str, Any] = {}


def median(do: Callable[[], None], times: int = WRITTEN) -> float:
    do()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
