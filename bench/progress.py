"""Measures a campaign of a whole province with twenty people on it, on SQLite and on PostgreSQL.

usage: python bench/progress.py [--seconds 20] [--small]        (a part of `make bench`)

The crowd comes as in register.py: once with about a second between two pages, once without any pause. Half of it
launched the campaign and sees all of it, the others work in a unit that writes its pledge or its report.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from crowd import Crowd
from pages import call, number, write

from register import GOAL, Run, table
from web import postgres
from web.processes import Site

HERE = Path(__file__).parent
HEAD = "## Phong trào của cả tỉnh, hai mươi người cùng lúc"
FULL, SMALL = (3_500, 3_000, 50_000, 200_000), (300, 250, 4_000, 16_000)
WORDS = {
    "unit": "đơn vị",
    "pledge": "đăng ký",
    "pledgedtarget": "chỉ tiêu đăng ký (kể cả không nhận)",
    "pledgedwork": "công trình",
    "report": "báo cáo",
    "reportedvalue": "giá trị",
    "reportedwork": "dòng tiến độ công trình",
}


@dataclass
class Measured:
    """`spent` is by database and page; `loads` are the machine's when each of the runs began."""

    runs: list[Run] = field(default_factory=list)
    queries: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    spent: dict[str, dict[str, float]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)


def measure(seconds: float, sizes: tuple[int, ...]) -> Measured:
    found = Measured()
    for name, server in (("SQLite", ""), ("PostgreSQL", postgres.start())):
        with tempfile.TemporaryDirectory() as folder, laid_out(Path(folder), server, sizes) as site:
            visitors = call(site, "visitors()", "progress_site")
            found.queries = call(site, "queries()", "progress_site")
            found.made = call(site, "counts()", "progress_rows")
            found.spent[name] = call(site, "spent()", "progress_site")
            for pause in (1.0, 0.0):
                Crowd(site.port, visitors, 0.0).run(3)
                found.loads.append(os.getloadavg()[0])
                found.runs.append(Run(name, pause, Crowd(site.port, visitors, pause).run(seconds)))
                times = found.runs[-1].crowd.times
                print(name, pause, {page: f"{t.median:.0f} / {t.p95:.0f}" for page, t in times.items()})
    return found


@contextmanager
def laid_out(folder: Path, server: str, sizes: tuple[int, ...]) -> Iterator[Site]:
    """Two processes of the server with two threads each, as the guide to the server says for two cores."""
    os.environ |= {"THIDUA_SERVER_PROCESSES": "2", "THIDUA_SERVER_THREADS": "2"}
    with Site(folder, server_database=server, demo=False) as site:
        site.environment["PYTHONPATH"] = os.pathsep.join([str(HERE), site.environment["PYTHONPATH"]])
        site.run(f"from progress_rows import Sizes, make; make(Sizes{sizes})")
        site.start_server()
        yield site


def section(seconds: float = 20, sizes: tuple[int, ...] = FULL) -> list[str]:
    found = measure(seconds, sizes)
    there = ", ".join(f"{found.made[key]:,} {said}".replace(",", ".") for key, said in WORDS.items())
    return [
        HEAD,
        "",
        f"{there}. Máy chủ hai tiến trình, hai luồng; máy hỏi chạy chung hai lõi ấy. Mỗi ô: trung vị / phân vị 95, "
        f"mili giây; mục tiêu phân vị 95 dưới {GOAL}. “Có nghỉ”: mỗi người nghỉ khoảng một giây giữa hai trang; “không "
        "nghỉ”: lúc nào cũng có hai mươi yêu cầu đang chờ. Tải trung bình của máy khi bắt đầu bốn lần đo: "
        f"{', '.join(map(number, found.loads))}. Chạy riêng: `python bench/progress.py`.",
        "",
        *table(found.runs, found.queries),
        "",
        "Thời gian bộ xử lý của máy chủ cho một trang, kể cả nén, khi chỉ một người hỏi (mili giây, trung vị 8 lần):",
        "",
        *own_table(found.spent),
        "",
    ]


def own_table(spent: dict[str, dict[str, float]]) -> list[str]:
    lines = [f"| Trang | {' | '.join(spent)} |", "|---|" + "---:|" * len(spent)]
    for page in next(iter(spent.values())):
        lines.append(f"| {page} | {' | '.join(number(one[page]) for one in spent.values())} |")
    return lines


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=20)
    ask.add_argument("--small", action="store_true", help="a tenth of everything, and nothing is written")
    asked = ask.parse_args()
    lines = section(asked.seconds, SMALL if asked.small else FULL)
    if not asked.small:
        write(lines)
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
