"""Fills an empty database with a register as large as a province's: the same every time, on SQLite and PostgreSQL.

usage: THIDUA_MODE=demo THIDUA_VAR=/tmp/so [DATABASE_URL=...] python bench/register_seed.py
       [--units 10000] [--people 100000]

Each person has five ratings and on average one award. The accounts bench1 to bench20 sign in with the demo's
password: the odd ones work for the province, the even ones for a commune each.
"""

from __future__ import annotations

import argparse
import sys
import time

from thidua_web.config import run


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--units", type=int, default=10_000)
    ask.add_argument("--people", type=int, default=100_000)
    asked = ask.parse_args()
    run.migrate()
    from register_rows import make  # noqa: PLC0415 - what it imports needs Django set up

    begun = time.perf_counter()
    made = make(units=asked.units, people=asked.people)
    print(made, f"{time.perf_counter() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
