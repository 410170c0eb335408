"""Measures the judging of a whole register at once, as ratios to the same rules written by hand, in one run.

usage: python bench/eligibility.py [--people 1000000]        (a part of `make bench`)

DuckDB and OpenFisca are measured where Python finds them (PYTHONPATH says where else); the project needs neither. With
other than a million people nothing is written.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import eligibility_by_hand as by_hand
import polars as pl
from eligibility_rows import RULES, Rows, law, make
from pages import number, write

from thidua.law.criteria import Criterion, Test
from thidua.law.law import Law
from thidua.rules.assessing import assess
from thidua.rules.facts import AnswerFact, Facts, HonourFact, RatingFact, WorkFact
from thidua.rules.offers import Offer
from thidua.rules.screening import Register, screen

HEAD = "## Xét cả danh bạ một lượt"
PEOPLE, ROUNDS = 1_000_000, 5
ON = datetime.date(2025, 2, 10)
TABLES = ("people", "ratings", "honours", "works")


class Way(NamedTuple):
    """How to judge a rule, and what it said of each person, in the order of the people."""

    name: str
    judge: Callable[[str], Any]
    told: Callable[[Any], list[bool | None]]
    rounds: int = ROUNDS


@dataclass
class Spent:
    """The best round, in seconds: of all processor cores together, and as they passed."""

    processor: float = float("inf")
    passed: float = float("inf")

    def measure(self, do: Callable[[], Any]) -> Any:
        processor, passed = time.process_time(), time.perf_counter()
        answer = do()
        self.processor = min(self.processor, time.process_time() - processor)
        self.passed = min(self.passed, time.perf_counter() - passed)
        return answer


@dataclass
class Measured:
    """`spent` by way and rule; `scanned` by rule: seconds and megabytes where the rows stay in files."""

    rows: dict[str, int]
    load: float
    spent: dict[str, dict[str, Spent]] = field(default_factory=dict)
    scanned: dict[str, tuple[float, float]] = field(default_factory=dict)
    single: float = 0


def offer(award: str) -> Offer:
    return Offer(award=award, subject="individual", year=by_hand.YEAR)


def measure(people: int) -> Measured:
    rows = make(people)
    found = Measured({name: getattr(rows, name).height for name in TABLES}, os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as folder:
        ways = [*_polars(rows), *_duckdb(rows, Path(folder)), *_fisca(rows), *_loop(rows)]
        for award in RULES:
            _in_turn(found, award, ways)
            found.scanned[award] = _scanned(rows, Path(folder), award)
    found.single = one_nominee()
    return found


def _in_turn(found: Measured, award: str, ways: Sequence[Way]) -> None:
    """Round by round, so that what else the machine does falls on all alike. All must say the same."""
    answers: dict[str, Any] = {}
    for turn in range(ROUNDS):
        for way in ways:
            if turn < way.rounds:
                spent = found.spent.setdefault(way.name, {}).setdefault(award, Spent())
                answers[way.name] = spent.measure(lambda way=way: way.judge(award))
    expected = ways[0].told(answers[ways[0].name])
    for way in ways:
        print(award, way.name, found.spent[way.name][award])
        told, wanted = way.told(answers[way.name]), expected
        if way.name == by_hand.ONLY_MET:
            wanted = [outcome is True for outcome in expected]
        if told != wanted:
            raise SystemExit(f"{award}: {way.name} says otherwise")


def _polars(rows: Rows) -> Iterator[Way]:
    register, known = rows.register, law()

    def whole(award: str) -> pl.DataFrame:
        return screen(offer(award), register, known, ON).frame(parts=False)

    def everything(award: str) -> pl.DataFrame:
        return screen(offer(award), register, known, ON).frame(counts=True)

    def told(frame: pl.DataFrame) -> list[bool | None]:
        return frame.sort("id")["outcome"].to_list()

    def among_all(met: pl.Series) -> list[bool | None]:
        return rows.people["id"].is_in(met.implode()).to_list()

    yield Way(by_hand.POLARS_NAME, lambda award: by_hand.POLARS[award](rows), told)
    yield Way("`screen`: kết quả chung của mỗi người", whole, told)
    yield Way("`screen`: thêm kết quả từng phần, số chắc chắn, số có thể", everything, told)
    yield Way(by_hand.ONLY_MET, lambda award: by_hand.only_met(award, rows), among_all)


def _duckdb(rows: Rows, folder: Path) -> Iterator[Way]:
    if importlib.util.find_spec("duckdb"):
        base = by_hand.duckdb_tables(rows, folder)
        yield Way(
            "DuckDB viết tay, ba kết quả",
            lambda award: base.execute(f"create or replace table found as {by_hand.SQL[award]}"),
            lambda _: [outcome for (outcome,) in base.execute("select outcome from found order by id").fetchall()],
        )


def _fisca(rows: Rows) -> Iterator[Way]:
    if importlib.util.find_spec("openfisca_core"):
        import eligibility_fisca as fisca  # noqa: PLC0415 (only where it is installed)

        made, given = fisca.system(), fisca.arrays(rows)

        def told(both: Any) -> list[bool | None]:
            return [True if met else False if out else None for met, out in zip(*both, strict=True)]

        ready, anew = "OpenFisca, ba kết quả; dữ liệu đã là mảng từng năm", "OpenFisca, kể cả dựng các mảng ấy"
        yield Way(ready, lambda award: fisca.outcomes(made, given, award), told)
        yield Way(anew, lambda award: fisca.outcomes(made, fisca.arrays(rows), award), told)


def _loop(rows: Rows) -> Iterator[Way]:
    lists = by_hand.lists(rows)
    yield Way("Vòng lặp Python, ba kết quả", lambda award: by_hand.LOOPS[award](lists), list, 1)


def _scanned(rows: Rows, folder: Path, award: str) -> tuple[float, float]:
    """In a process of its own, the rows read from files as they are needed: seconds, megabytes at the highest."""
    for name in TABLES:
        if not (folder / f"rows-{name}.parquet").exists():
            getattr(rows, name).write_parquet(folder / f"rows-{name}.parquet")
    command = [sys.executable, __file__, "--scan", str(folder), award]
    seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(peak)


def scan(folder: Path, award: str) -> None:
    frames = {name: pl.scan_parquet(folder / f"rows-{name}.parquet") for name in TABLES}
    begun = time.perf_counter()
    screen(offer(award), Register(**frames), law(), ON).lazy(parts=False).sink_parquet(folder / "found.parquet")
    seconds = time.perf_counter() - begun
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(seconds, int(peak[1]) / 1024 if peak else 0)


def one_nominee() -> float:
    """Milliseconds to judge one nominee against twenty criteria, each with its finding and the records it used."""
    asked: list[dict[str, Any]] = [
        *({"rated": {"level": level, "years": years}} for level in ("good", "excellent") for years in (1, 2, 3, 5)),
        *({"honoured_in_a_row": {"awards": ["CSTDCS"], "times": times}} for times in (2, 3)),
        *({"honoured": {"awards": ["CSTDCS", "LDTT"], "times": times, "years": 5}} for times in (1, 3)),
        *({"work_recognised": {"kinds": ["initiative"], "times": times, "years": 5}} for times in (1, 2)),
        *({"judged": {"question": f"question.{i}"}} for i in range(3)),
        {"not_already_awarded": {}}, {"not_disciplined": {}}, {"not_under_review": {}},
    ]  # fmt: skip
    criteria = tuple(Criterion(test=Test(name, params)) for one in asked for name, params in one.items())
    facts = Facts(
        ratings=tuple(RatingFact(year=year, level="excellent") for year in range(2015, 2025)),
        honours=tuple(HonourFact(award=code, year=y) for code in ("CSTDCS", "LDTT") for y in range(2015, 2025)),
        works=tuple(WorkFact(kind="initiative", year=year) for year in range(2020, 2025)),
        answers=tuple(AnswerFact(question=f"question.{i}", yes=True) for i in range(3)),
        complete={"honours": 2015, "works": 2015},
    )
    asked_for = Offer(award="X", subject="individual", year=2024, criteria=criteria)
    rounds, spent = 200, Spent()
    for _ in range(ROUNDS):
        spent.measure(lambda: [assess(asked_for, facts, Law([]), ON) for _ in range(rounds)])
    if len(criteria) != 20:
        raise SystemExit("not twenty criteria")
    return spent.passed / rounds * 1000


def section(found: Measured) -> list[str]:
    counted = {name: f"{found.rows[name]:,}".replace(",", ".") for name in TABLES}
    hand = found.spent[by_hand.POLARS_NAME]
    return [
        HEAD,
        "",
        f"{counted['people']} người, {counted['ratings']} xếp loại của năm năm, {counted['honours']} danh hiệu đã có, "
        f"{counted['works']} sáng kiến và công trình, đã nằm sẵn trong bộ nhớ. Mỗi ô: giây bộ xử lý của mọi luồng (lần "
        f"nhanh nhất trong {ROUNDS} lần, các cách thay phiên nhau) / tỷ lệ so với cùng quy tắc viết tay bằng Polars; "
        "mục tiêu không quá 1,5. Mọi cách phải nói giống nhau về từng người, kể cả “chưa rõ”, nếu không lệnh đo dừng "
        f"với lỗi. Tải của máy khi bắt đầu: {number(found.load)}. Chạy riêng: `python bench/eligibility.py`.",
        "",
        f"| Cách xét | {' | '.join(RULES.values())} |",
        "|---|" + "---:|" * len(RULES),
        *(_row(name, spent, hand) for name, spent in found.spent.items()),
        "",
        "Các quy tắc: từ 2020 đến 2024 năm nào cũng từ hoàn thành tốt trở lên, ít nhất ba năm xuất sắc (dự thảo "
        "của Hậu Giang); ba lần liên tục Chiến sĩ thi đua cơ sở và có sáng kiến phạm vi tỉnh (Luật 06/2022/QH15 Điều "
        "22); điểm d khoản 1 Điều 74. OpenFisca cần mỗi năm một mảng; các cách khác đọc bảng dài như danh bạ giữ.",
        "",
        "`screen` từ tệp Parquet vào tệp Parquet, tiến trình riêng (giây đã trôi qua, bộ nhớ cao nhất): "
        + "; ".join(f"{RULES[award]} {_short(s)} giây, {mb:.0f} MB" for award, (s, mb) in found.scanned.items())
        + f". `assess` một người với 20 tiêu chuẩn, mỗi tiêu chuẩn kèm căn cứ và dữ kiện: {_short(found.single)} mili "
        "giây (mục tiêu dưới 2).",
        "",
    ]


def _row(name: str, spent: dict[str, Spent], hand: dict[str, Spent]) -> str:
    cells = (f"{_short(spent[a].processor)} / {_short(spent[a].processor / hand[a].processor)}" for a in RULES)
    return f"| {name} | {' | '.join(cells)} |"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}".replace(".", ",")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--people", type=int, default=PEOPLE)
    ask.add_argument("--scan", nargs=2, help=argparse.SUPPRESS)
    asked = ask.parse_args()
    if asked.scan:
        scan(Path(asked.scan[0]), asked.scan[1])
        return 0
    lines = section(measure(asked.people))
    if asked.people == PEOPLE:
        write(lines)
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
