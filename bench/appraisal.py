"""Measures the appraisal desk with twenty appraisers on it, on SQLite and on PostgreSQL.

usage: python bench/appraisal.py [--seconds 20] [--small]        (a part of `make bench`)

The crowd comes as in register.py: once with about a second between two pages, once without any pause. Acts on 500 are
timed from the preview to the undo, against the same acts one by one; the list against the framework's own pages. How
reports that copy each other are found among 20,000 is measured in repeats.py.
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
from web.processes import Site, kill_group

HERE = Path(__file__).parent
HEAD = "## Bàn thẩm định, hai mươi người cùng lúc"
FULL, SMALL = (100_000, 2_000, 60), (3_000, 120, 60)
BATCH, SMALL_BATCH = 500, 60
ACT_EVERY = 5.0
ACTS = {"accept": "Tiếp nhận (kiểm tra lại từng hồ sơ)", "ask": "Yêu cầu bổ sung"}
LIMIT = "Trạng thái máy chủ (giới hạn)"


@dataclass
class Measured:
    """By database: what a page costs the processor, what acts on many take, and the plain way."""

    runs: list[Run] = field(default_factory=list)
    queries: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    spent: dict[str, dict[str, float]] = field(default_factory=dict)
    batch: dict[str, dict[str, float]] = field(default_factory=dict)
    plain: dict[str, dict[str, float]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)


def measure(seconds: float, sizes: tuple[int, ...], batch: int) -> Measured:
    found = Measured()
    for name, server in (("SQLite", ""), ("PostgreSQL", postgres.start())):
        with tempfile.TemporaryDirectory() as folder, laid_out(Path(folder), server, sizes) as site:
            visitors = call(site, "visitors()", "appraisal_site")
            found.queries = call(site, "queries()", "appraisal_site")
            found.made = call(site, "counts()", "appraisal_rows")
            found.spent[name] = call(site, "spent()", "appraisal_site")
            found.plain[name] = call(site, "plain()", "appraisal_site")
            with at_work(site):
                for pause in (1.0, 0.0):
                    Crowd(site.port, visitors, 0.0).run(3)
                    found.loads.append(os.getloadavg()[0])
                    found.runs.append(Run(name, pause, Crowd(site.port, visitors, pause).run(seconds)))
                    times = found.runs[-1].crowd.times
                    print(name, pause, {page: f"{t.median:.0f} / {t.p95:.0f}" for page, t in times.items()})
            found.batch[name] = call(site, f"batch({batch})", "appraisal_site")
    return found


@contextmanager
def laid_out(folder: Path, server: str, sizes: tuple[int, ...]) -> Iterator[Site]:
    """Two processes of the server with two threads each, as the guide to the server says for two cores."""
    os.environ |= {"THIDUA_SERVER_PROCESSES": "2", "THIDUA_SERVER_THREADS": "2"}
    with Site(folder, server_database=server, demo=False) as site:
        site.environment["PYTHONPATH"] = os.pathsep.join([str(HERE), site.environment["PYTHONPATH"]])
        site.run(f"from appraisal_rows import Sizes, make; make(Sizes{sizes})")
        site.start_server()
        yield site


@contextmanager
def at_work(site: Site) -> Iterator[None]:
    """Meanwhile somebody takes dossiers in."""
    worker = site.spawn(f"import appraisal_site; appraisal_site.accept_one_after_another({ACT_EVERY})")
    try:
        yield
    finally:
        assert worker.poll() is None, "whoever is at work has stopped"
        kill_group(worker)


def section(seconds: float = 20, sizes: tuple[int, ...] = FULL, batch: int = BATCH) -> list[str]:
    found = measure(seconds, sizes, batch)
    there = f"{found.made['nomination']:,} hồ sơ của {found.made['submission']:,} đợt đề nghị".replace(",", ".")
    return [
        HEAD,
        "",
        f"{there}, một hồ sơ {sizes[2]} tệp. Máy chủ hai tiến trình, hai luồng; máy hỏi chạy chung hai lõi ấy. Mỗi ô: "
        f"trung vị / phân vị 95, mili giây; mục tiêu phân vị 95 dưới {GOAL}. “Có nghỉ”: mỗi người nghỉ khoảng một giây "
        "giữa hai trang; “không nghỉ”: lúc nào cũng có hai mươi yêu cầu đang chờ. Trong lúc đo, "
        f"cứ {number(ACT_EVERY)} giây lại có một hồ sơ được tiếp nhận. Tải trung bình của máy khi bắt đầu "
        f"bốn lần đo: {', '.join(map(number, found.loads))}. Chạy riêng: `python bench/appraisal.py`.",
        "",
        *table(found.runs, found.queries),
        "",
        "Thời gian bộ xử lý của máy chủ cho một trang, kể cả nén, khi chỉ một người hỏi (mili giây, trung vị 8 lần; "
        "trong ngoặc: gấp mấy lần trang chỉ nói “còn đây”):",
        "",
        *own_table(found.spent),
        "",
        *batch_table(found.batch),
        "",
        *plain_table(found.plain),
        "",
    ]


def own_table(spent: dict[str, dict[str, float]]) -> list[str]:
    lines = [f"| Trang | {' | '.join(spent)} |", "|---|" + "---:|" * len(spent)]
    for page in next(iter(spent.values())):
        cells = [f"{number(one[page])} ({number(one[page] / max(one[LIMIT], 0.1))})" for one in spent.values()]
        lines.append(f"| {page} | {' | '.join(cells)} |")
    return lines


def batch_table(found: dict[str, dict[str, float]]) -> list[str]:
    rows = round(next(iter(found.values()))["rows"])
    lines = [
        f"Một việc trên {rows} hồ sơ (giây; cột cuối: làm từng hồ sơ một, và gấp mấy lần):",
        "",
        "| Việc | Cơ sở dữ liệu | Xem trước | Làm | Hoàn lại | Từng hồ sơ một |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for act, label in ACTS.items():
        for name, one in found.items():
            steps = [number(one[f"{act}.{step}"]) for step in ("preview", "do", "undo")]
            singly = one[f"{act}.singly"]
            ratio = singly / max(one[f"{act}.do"], 0.001)
            lines.append(f"| {label} | {name} | {' | '.join(steps)} | {number(singly)} ({number(ratio)}) |")
    return lines


def plain_table(found: dict[str, dict[str, float]]) -> list[str]:
    labels = {"first": "Trang đầu, kèm số đếm theo trạng thái", "middle": "Trang thứ 400", "name": "Tìm tên"}
    lines = [
        "Cùng danh sách ấy làm theo cách có sẵn của khung lập trình (đếm từng trạng thái, lấy cả dòng, nhảy theo số "
        "trang); mili giây của bộ xử lý, trung vị 5 lần:",
        "",
        "| Trang | Cơ sở dữ liệu | Bàn thẩm định | Cách có sẵn | Tỷ lệ |",
        "|---|---|---:|---:|---:|",
    ]
    for key, label in labels.items():
        for name, one in found.items():
            own, plain = one[f"desk.{key}"], one[f"plain.{key}"]
            lines.append(f"| {label} | {name} | {number(own)} | {number(plain)} | {number(plain / max(own, 0.1))} |")
    one = next(iter(found.values()))
    told = [f"{round(one['rows']):,}".replace(",", "."), number(one["workbook.write"] / 1000)]
    told += [number(one["workbook.size"] / 1e6), number(one["workbook.read"] / 1000)]
    said = "Xuất cả {} hồ sơ ra Excel: {} giây, {} MB; đọc lại tệp ấy mất {} giây trước khi lọc được gì."
    return [*lines, "", said.format(*told)]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=20)
    ask.add_argument("--small", action="store_true", help="a few thousand nominations, and nothing is written")
    asked = ask.parse_args()
    lines = section(asked.seconds, SMALL, SMALL_BATCH) if asked.small else section(asked.seconds)
    if not asked.small:
        write(lines)
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
