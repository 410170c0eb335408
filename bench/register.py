"""Measures a register as large as a province's with twenty people on it, on SQLite and on PostgreSQL.

usage: python bench/register.py [--seconds 20]        (a part of `make bench`)

The crowd comes twice: once as people do, with about a second between two pages, once without any pause, so that
twenty requests are always under way. The page that only says "here" is the limit of the machine and of the server.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from crowd import Crowd
from pages import call, write

from web import postgres
from web.processes import Site

HERE = Path(__file__).parent
HEAD = "## Danh bạ lớn, hai mươi người cùng lúc"
UNITS, PEOPLE = 10_000, 100_000
GOAL = 200


@dataclass(frozen=True)
class Run:
    database: str
    pause: float
    crowd: Crowd


def measure(seconds: float) -> tuple[list[Run], dict[str, int]]:
    runs: list[Run] = []
    queries: dict[str, int] = {}
    for name, server in (("SQLite", ""), ("PostgreSQL", postgres.start())):
        with tempfile.TemporaryDirectory() as folder, laid_out(Path(folder), server) as site:
            visitors = call(site, "visitors()", "register_site")
            queries = call(site, "queries()", "register_site")
            for pause in (1.0, 0.0):
                Crowd(site.port, visitors, 0.0).run(2)
                runs.append(Run(name, pause, Crowd(site.port, visitors, pause).run(seconds)))
                print(name, pause, {page: (round(t.median), round(t.p95)) for page, t in runs[-1].crowd.times.items()})
    return runs, queries


@contextmanager
def laid_out(folder: Path, server: str) -> Iterator[Site]:
    """Two processes of the server with two threads each, as the guide to the server says for two cores."""
    os.environ |= {"THIDUA_SERVER_PROCESSES": "2", "THIDUA_SERVER_THREADS": "2"}
    with Site(folder, server_database=server, demo=False) as site:
        site.environment["PYTHONPATH"] = os.pathsep.join([str(HERE), site.environment["PYTHONPATH"]])
        site.run(f"from register_rows import make; make(units={UNITS}, people={PEOPLE})")
        site.start_server()
        yield site


def table(runs: list[Run], queries: dict[str, int]) -> list[str]:
    heads = [f"{run.database}, {'có nghỉ' if run.pause else 'không nghỉ'}" for run in runs]
    lines = ["| Trang | Truy vấn | " + " | ".join(heads) + " |", "|---|---:|" + "---:|" * len(runs)]
    for page in runs[0].crowd.times:
        cells = [f"{run.crowd.times[page].median:.0f} / {run.crowd.times[page].p95:.0f}" for run in runs]
        lines.append(f"| {page} | {queries.get(page, 0)} | " + " | ".join(cells) + " |")
    every = [f"{run.crowd.all.median:.0f} / {run.crowd.all.p95:.0f}" for run in runs]
    lines.append("| **Mọi trang** | | " + " | ".join(every) + " |")
    pace = [f"{len(run.crowd.all.all) / run.crowd.lasted:.0f}" for run in runs]
    lines.append("| Trang mỗi giây | | " + " | ".join(pace) + " |")
    return lines


def section(seconds: float = 20) -> list[str]:
    runs, queries = measure(seconds)
    return [
        HEAD,
        "",
        f"{UNITS:,} đơn vị, {PEOPLE:,} người, {PEOPLE * 5:,} xếp loại; máy chủ hai tiến trình, hai luồng; máy hỏi chạy "
        "chung hai lõi ấy. ".replace(",", ".")
        + f"Mỗi ô: trung vị / phân vị 95, mili giây; mục tiêu phân vị 95 dưới {GOAL}. “Có nghỉ”: mỗi người nghỉ khoảng "
        "một giây giữa hai trang; “không nghỉ”: lúc nào cũng có hai mươi yêu cầu đang chờ. "
        "Chạy riêng: `python bench/register.py`.",
        "",
        *table(runs, queries),
        "",
    ]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=20)
    lines = section(ask.parse_args().seconds)
    write(lines)
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
