"""Measures the appraisal desk with twenty appraisers on it, on SQLite and on PostgreSQL.

usage: python bench/appraisal.py [--seconds 20] [--small]        (a part of `make bench`)

The crowd comes as crowded.py says. Acts on 500 are timed from the preview to the undo, against the same acts one by
one; the list against the framework's own pages. How reports that copy each other are found among 20,000 is measured in
repeats.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from crowded import HOW, Run, crowded, sites, spent_table, table
from pages import call, number, write

from web.processes import Site, kill_group

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


def measure(seconds: float, sizes: tuple[int, ...], batch: int) -> Measured:
    found = Measured()
    for name, site in sites(f"from appraisal_rows import Sizes, make; make(Sizes{sizes})"):
        visitors = call(site, "visitors()", "appraisal_site")
        found.queries = call(site, "queries()", "appraisal_site")
        found.made = call(site, "counts()", "appraisal_rows")
        found.spent[name] = call(site, "spent()", "appraisal_site")
        found.plain[name] = call(site, "plain()", "appraisal_site")
        with at_work(site):
            found.runs += crowded(name, site, visitors, seconds)
        found.batch[name] = call(site, f"batch({batch})", "appraisal_site")
    return found


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
        f"{there}, một hồ sơ {sizes[2]} tệp. {HOW} Trong lúc đo, cứ {number(ACT_EVERY)} giây lại có một hồ sơ được "
        "tiếp nhận. Chạy riêng: `python bench/appraisal.py`.",
        "",
        *table(found.runs, found.queries),
        "",
        *spent_table(found.spent, LIMIT),
        "",
        *batch_table(found.batch),
        "",
        *plain_table(found.plain),
        "",
    ]


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
