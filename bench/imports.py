"""Measures a list of 100,000 people in and out on a running worker, and writes it into the page of measurements.

usage: python bench/imports.py [sqlite|postgresql ...]        (a part of `make bench`)
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import xlsxwriter

from thidua.register.kinds import sheet_kinds
from web import postgres
from web.processes import Site, wait_for

HERE = Path(__file__).parent
FILE = HERE.parent / "docs/reference/measurements.md"
HEAD = "## Danh sách Excel 100.000 dòng"
ROWS = 100_000
UNITS = 500
BEGIN = """
import json
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.register.models import ImportRun, Unit, UnitPeriod
from thidua_web.register.actions import imports, exports
"""
LAY = """
from thidua_web.register.actions.units import create_unit
import datetime
User.objects.create(username="clerk", full_name="Văn thư")
day = datetime.date(2020, 1, 1)
top = create_unit(code="UBND", name="UBND tỉnh Đo", kind="province", parent=None, valid_from=day)
for n in range({units}):
    create_unit(code=f"DV{{n:03}}", name=f"Đơn vị số {{n}}", kind="department", parent=top, valid_from=day)
"""
SEND = """
file = open({path!r}, "rb")
print(imports.upload_list(source=file, name="ds.xlsx", kind="people", unit=Unit.objects.get(code="UBND"),
    by=User.objects.get(username="clerk"), at=timezone.now(), sensitive=True).run.pk)
"""
PRESS = """
print(imports.{act}(run=ImportRun.objects.get(pk={run}), by=User.objects.get(username="clerk"), at=timezone.now()))
"""
TAKE = """
import resource, time
begun, worked = time.perf_counter(), time.process_time()
file = exports.export_list(kind="people", reach=Unit.objects.get(code="UBND"), secrets={secrets},
    by=User.objects.get(username="clerk"), at=timezone.now())
spent, worked = time.perf_counter() - begun, time.process_time() - worked
file.seek(0)
open({path!r}, "wb").write(file.read())
print(json.dumps([spent, worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Văn", "Thị", "Minh", "Thu", "Quốc", "Ngọc", "Đức", "Hồng", "Xuân", "Thanh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Tú")


def people() -> Iterator[dict[str, str]]:
    for n in range(ROWS):
        yield {
            "full_name": f"{FAMILY[n % 10]} {MIDDLE[n // 10 % 10]} {GIVEN[n // 100 % 15]}",
            "code": f"CB{n:06}",
            "birth": f"{1 + n % 28:02}/{1 + n // 28 % 12:02}/{1962 + n // 336 % 42}",
            "sex": "Nữ" if n % 2 else "Nam",
            "unit_code": f"DV{n % UNITS:03}",
            "position": "Chuyên viên",
            "post_from": "01/07/2025",
            "id_number": f"0010{n:08}",
            "ethnicity": "Kinh",
            "religion": "Không",
        }


def write_workbook(path: Path) -> None:
    columns = sheet_kinds()["people"].column
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Người")
        sheet.write_row(0, 0, [column.header for column in columns])
        for number, row in enumerate(people(), 1):
            for index, column in enumerate(columns):
                if column.key in row:
                    sheet.write_string(number, index, row[column.key])


class Watched:
    """The most memory that the worker's processes have held, of one and of all at once (Linux)."""

    def __init__(self, group: int) -> None:
        self.group, self.most, self.together = group, 0, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            sizes = [held for pid in _members(self.group) if (held := _held(pid))]
            self.most = max(self.most, *sizes, 0)
            self.together = max(self.together, sum(sizes))


def _members(group: int) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            yield int(entry.parent.name)


def _worked(group: int) -> float:
    """Seconds of processor time of a worker and of what it has started and ended."""
    ticks = 0
    for pid in _members(group):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _held(pid: int) -> int:
    """Megabytes that are this process's share of what it holds (PSS): shared pages count once over all processes."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) // 1024 if found else 0


def run_code(site: Site, code: str, **values: object) -> object:
    return json.loads(site.run(BEGIN + code.format(**values)).splitlines()[-1].replace("True", "true"))


def measured(site: Site, run: int, state: str) -> tuple[float, float, int, int]:
    """Seconds until the list is in that state, those of the processors, and the memory it took."""
    begun, worked = time.perf_counter(), _worked(site.worker.pid)
    with Watched(site.worker.pid) as watched:
        query = "SELECT state FROM register_importrun WHERE id = %s"
        wait_for(lambda: site.rows(query, run) == [(state,)], seconds=1200, every=0.1)
    return time.perf_counter() - begun, _worked(site.worker.pid) - worked, watched.most, watched.together


def table(database: str, server: str, folder: Path) -> list[str]:
    path, out = folder / "ds.xlsx", folder / "ra.xlsx"
    write_workbook(path)
    lines = []
    with Site(folder, server_database=server, demo=False) as site:
        site.run(BEGIN + LAY.format(units=UNITS))
        site.start_worker()
        steps: tuple[tuple[str, Callable[[], object], str], ...] = (
            ("Đọc, so với danh bạ rỗng", lambda: run_code(site, SEND, path=str(path)), "checked"),
            ("Ghi 100.000 người, chức vụ, dữ liệu nhạy cảm", lambda: run_code(site, PRESS, act="write", run=1), "done"),
            ("Xuất rồi đọc lại, so với 100.000 người", lambda: take(site, out, lines, database), "checked"),
            ("Hoàn lại cả danh sách", lambda: run_code(site, PRESS, act="undo", run=1), "undone"),
        )
        for number, (label, begin, state) in enumerate(steps):
            begin()
            spent, worked, most, together = measured(site, 2 if number == 2 else 1, state)
            lines.append(f"| {database} | {label} | {_number(spent)} | {_number(worked)} | {most} | {together} |")
            print(lines[-1], flush=True)
        counts = site.rows("SELECT counts FROM register_importrun WHERE id = 2")[0][0]
        print(counts)
    return lines


def take(site: Site, out: Path, lines: list[str], database: str) -> object:
    spent, worked, held = run_code(site, TAKE, path=str(out), secrets=True)  # type: ignore[misc]
    label = "Xuất 100.000 người ra Excel, kèm dữ liệu nhạy cảm"
    lines.append(f"| {database} | {label} | {_number(spent)} | {_number(worked)} | {held} | {held} |")
    print(lines[-1], flush=True)
    return run_code(site, SEND, path=str(out))


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def section(databases: list[str]) -> list[str]:
    lines = [
        "| Cơ sở dữ liệu | Việc | Giây | Giây xử lý | Tiến trình lớn nhất (MB) | Cả tiến trình nền (MB) |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for database in databases:
        with tempfile.TemporaryDirectory() as folder:
            lines += table(database, server_of(database), Path(folder))
    return lines


def server_of(database: str) -> str:
    return "" if database == "sqlite" else postgres.start()


def write(lines: list[str]) -> None:
    """Put the section in place of the one before."""
    text = FILE.read_text(encoding="utf-8")
    note = (
        "`python bench/imports.py`. Mỗi dòng có 10 cột, trong đó 3 cột nhạy cảm được mã hóa; 500 đơn vị. Bộ nhớ là PSS "
        "của tiến trình nền và tiến trình con đọc Excel, lấy mẫu 20 lần mỗi giây; cột cuối cộng mọi tiến trình nền, "
        "kể cả tiến trình đang nghỉ. Giây xử lý là thời gian bộ xử lý của tiến trình nền, không kể máy chủ PostgreSQL: "
        "khi máy bận việc khác, cột Giây lớn hơn nhiều."
    )
    body = "\n".join([HEAD, "", note, "", *lines, ""])
    found = re.search(rf"^{re.escape(HEAD)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    text = text[: found.start()] + body + "\n" + text[found.end() :] if found else f"{text.rstrip()}\n\n{body}"
    FILE.write_text(text.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(section(sys.argv[1:] or ["sqlite", "postgresql"]))
