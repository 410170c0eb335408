"""Measures a register as large as a province's with twenty people on it, on SQLite and on PostgreSQL.

usage: python bench/register.py [--seconds 20]        (a part of `make bench`)

The crowd comes as crowded.py says. The page that only says "here" is the limit of the machine and of the server.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from crowded import HOW, Run, crowded, sites, table
from pages import call, write

HEAD = "## Danh bạ lớn, hai mươi người cùng lúc"
UNITS, PEOPLE = 10_000, 100_000


def measure(seconds: float) -> tuple[list[Run], dict[str, int]]:
    runs: list[Run] = []
    queries: dict[str, int] = {}
    for name, site in sites(f"from register_rows import make; make(units={UNITS}, people={PEOPLE})"):
        visitors = call(site, "visitors()", "register_site")
        queries = call(site, "queries()", "register_site")
        runs += crowded(name, site, visitors, seconds)
    return runs, queries


def section(seconds: float = 20) -> list[str]:
    runs, queries = measure(seconds)
    made = {"đơn vị": UNITS, "người": PEOPLE, "xếp loại": PEOPLE * 5}
    there = ", ".join(f"{count:,} {what}".replace(",", ".") for what, count in made.items())
    return [
        HEAD,
        "",
        f"{there}. {HOW} Chạy riêng: `python bench/register.py`.",
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
