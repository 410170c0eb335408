"""docs/reference/progress.md tells every conclusion, step and default as the code has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thidua.deployment import EXPECTATIONS, STEPS
from thidua.explain import catalogue
from thidua.progress.likeness import ENOUGH
from thidua.progress.reporting import EARLY_BY, Punctuality
from thidua.progress.works import WorkState

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "progress.md").read_text(encoding="utf-8")
CORE = Path(__file__).parents[2] / "src" / "thidua" / "progress"
OUTCOMES = ("đạt", "chưa đạt", "chưa biết")
TOLD = re.findall(r"^\| `((?:target|work|pledge|report)\.\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE)


def test_every_conclusion_is_one_of_the_catalogue_with_an_outcome() -> None:
    assert [code for code, outcome in TOLD if code not in catalogue() or outcome not in OUTCOMES] == []
    assert len(TOLD) > 30


@pytest.mark.parametrize(
    "codes",
    [
        [f"work.{state}" for state in WorkState],
        [f"report.{word}" for word in Punctuality],
        re.findall(r'"(pledge\.\w+)"', (CORE / "pledging.py").read_text(encoding="utf-8")),
    ],
    ids=["works", "reports", "pledges"],
)
def test_every_conclusion_is_told(codes: list[str]) -> None:
    assert [code for code in codes if code not in dict(TOLD)] == []


def test_every_code_of_targets_and_gates_is_named() -> None:
    codes = [code for code in catalogue() if code.startswith("gate.") and not code.endswith(".unknown")]
    codes += re.findall(r'"(target\.\w+)"', (CORE / "targets.py").read_text(encoding="utf-8"))

    assert [code for code in codes if f"`{code}`" not in PAGE] == []


def test_steps_and_defaults_are_told() -> None:
    assert all(f"| `{step}` |" in PAGE for step in STEPS)
    assert all(f"| `{one.step}` | {one.within} | `{one.after}` |" in PAGE for one in EXPECTATIONS)
    assert f"từ {ENOUGH} thì cho xem" in PAGE
    assert f"ít nhất {EARLY_BY} ngày làm việc" in PAGE
