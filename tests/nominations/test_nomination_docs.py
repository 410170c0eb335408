"""docs/reference/nomination-checks.md names every check, who may except it, every paper, reason, step and conflict."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

from thidua.explain import catalogue
from thidua.law.law import national_law
from thidua.law.statute import DossierRule
from thidua.nominations.checking import codes
from thidua.nominations.clock import Step
from thidua.nominations.gate import STOPS
from thidua.nominations.plan_papers import paper_code
from thidua.nominations.returning import return_reasons

PAGES, CASES = Path(__file__).parents[2] / "docs", Path(__file__).parent / "cases"
PAGE = (PAGES / "reference/nomination-checks.md").read_text(encoding="utf-8")
GATE = {"": "không ai", "standing_body": "thường trực", "head_above": "cấp trên", None: "–"}


def rows_of(part: str) -> dict[str, list[str]]:
    """Rows below a heading by the code in their first or second cell."""
    text = PAGE.partition(f"## {part}")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {match[1]: row for row in rows for cell in row[:2] if (match := re.fullmatch(r"`([\w.…]+)`", cell))}


def test_every_check_is_told_with_who_may_except_it() -> None:
    told = rows_of("Từng đề nghị") | rows_of("Cả đợt đề nghị")
    known = {code.removeprefix("nominations."): STOPS.get(code) for code in codes()}

    assert sorted(known.keys() ^ told.keys()) == []
    assert {code: told[code][3] for code in known} == {code: GATE[by] for code, by in known.items()}


def test_every_return_reason_is_told_in_its_words() -> None:
    told = rows_of("Lý do trả lại")

    assert {code: row[1] for code, row in told.items()} == {
        reason.code: reason.label.vi for reason in return_reasons().values()
    }


def test_every_paper_of_the_law_is_told() -> None:
    parts = [part for rule in national_law().rules(DossierRule) for part in getattr(rule.entry, "parts", ())]
    named = {code for part in parts for code in (part.code, part.or_code) if code}

    assert sorted(named - rows_of("Giấy tờ").keys()) == []
    assert paper_code("Danh sách trích ngang") in rows_of("Giấy tờ")


def test_every_step_of_the_clock_and_every_conflict_is_told() -> None:
    conflicts = {code.removeprefix("nominations.") for code in catalogue() if code.startswith("nominations.conflict_")}

    assert rows_of("Đồng hồ").keys() == set(get_args(Step))
    assert rows_of("Xung đột lợi ích").keys() == conflicts


def test_the_case_of_the_guide_is_one_of_the_cases() -> None:
    guide = (PAGES / "how-to/write-a-case.md").read_text(encoding="utf-8")
    _, shown = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    ((told,), *more) = tomllib.loads(shown).values()
    written = [case for path in CASES.glob("*.toml") for case in tomllib.loads(path.read_text("utf-8")).get("case", ())]

    assert (told in written, more) == (True, [])
