"""Measures a campaign of a whole province with twenty people on it, on SQLite and on PostgreSQL.

usage: python bench/progress.py [--seconds 20] [--small]        (a part of `make bench`)

The crowd comes as crowded.py says. Half of it launched the campaign and sees all of it, the others work in a unit that
writes its pledge or its report.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from crowded import HOW, Run, crowded, sites, spent_table, table
from pages import call, write

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
    """`spent` is by database and page."""

    runs: list[Run] = field(default_factory=list)
    queries: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    spent: dict[str, dict[str, float]] = field(default_factory=dict)


def measure(seconds: float, sizes: tuple[int, ...]) -> Measured:
    found = Measured()
    for name, site in sites(f"from progress_rows import Sizes, make; make(Sizes{sizes})"):
        visitors = call(site, "visitors()", "progress_site")
        found.queries = call(site, "queries()", "progress_site")
        found.made = call(site, "counts()", "progress_rows")
        found.spent[name] = call(site, "spent()", "progress_site")
        found.runs += crowded(name, site, visitors, seconds)
    return found


def section(seconds: float = 20, sizes: tuple[int, ...] = FULL) -> list[str]:
    found = measure(seconds, sizes)
    there = ", ".join(f"{found.made[key]:,} {said}".replace(",", ".") for key, said in WORDS.items())
    return [
        HEAD,
        "",
        f"{there}. {HOW} Chạy riêng: `python bench/progress.py`.",
        "",
        *table(found.runs, found.queries),
        "",
        *spent_table(found.spent),
        "",
    ]


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
