"""Large sites with twenty people on them, on both databases: what the measurements of several rooms share.

The crowd comes twice: once as people do, with about a second between two pages, once without any pause, so that
twenty requests are always under way.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crowd import Crowd
from pages import find_modules, number

from web import postgres
from web.processes import Site

PAUSES = (1.0, 0.0)
GOAL = 200
HOW = (
    "Máy chủ hai tiến trình, hai luồng; máy hỏi chạy chung hai lõi ấy. Mỗi ô: trung vị / phân vị 95, mili giây; mục "
    f"tiêu phân vị 95 dưới {GOAL}. “Có nghỉ”: mỗi người nghỉ khoảng một giây giữa hai trang; “không nghỉ”: lúc nào "
    "cũng có hai mươi yêu cầu đang chờ."
)


@dataclass(frozen=True)
class Run:
    """`load` is the machine's when it began."""

    database: str
    pause: float
    load: float
    crowd: Crowd


def sites(make: str) -> Iterator[tuple[str, Site]]:
    """By the database's name, laid out by `make`: two processes of the server with two threads each, as the guide to
    the server says for two cores.
    """
    os.environ |= {"THIDUA_SERVER_PROCESSES": "2", "THIDUA_SERVER_THREADS": "2"}
    for name, server in (("SQLite", ""), ("PostgreSQL", postgres.start())):
        with tempfile.TemporaryDirectory() as folder, Site(Path(folder), server_database=server, demo=False) as site:
            find_modules(site)
            site.run(make)
            site.start_server()
            yield name, site


def crowded(name: str, site: Site, visitors: Sequence[Mapping[str, Any]], seconds: float) -> Iterator[Run]:
    for pause in PAUSES:
        Crowd(site.port, visitors, 0.0).run(3)
        run = Run(name, pause, os.getloadavg()[0], Crowd(site.port, visitors, pause).run(seconds))
        print(name, pause, {page: f"{t.median:.0f} / {t.p95:.0f}" for page, t in run.crowd.times.items()})
        yield run


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
    loads = ", ".join(number(run.load) for run in runs)
    return [*lines, "", f"Tải trung bình của máy khi bắt đầu các lần đo: {loads}."]


def spent_table(spent: dict[str, dict[str, float]], limit: str = "") -> list[str]:
    """Processor time by database and page; how many times that of the page `limit`, where one is named."""
    lines = [
        "Thời gian bộ xử lý của máy chủ cho một trang, kể cả nén, khi chỉ một người hỏi (mili giây, trung vị 8 lần"
        + ("; trong ngoặc: gấp mấy lần trang chỉ nói “còn đây”" if limit else "")
        + "):",
        "",
        f"| Trang | {' | '.join(spent)} |",
        "|---|" + "---:|" * len(spent),
    ]
    for page in next(iter(spent.values())):
        cells = [
            number(one[page]) + (f" ({number(one[page] / max(one[limit], 0.1))})" if limit else "")
            for one in spent.values()
        ]
        lines.append(f"| {page} | {' | '.join(cells)} |")
    return lines
