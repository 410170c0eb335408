"""docs/reference/checks.md names every check, in order, with its severity."""

from __future__ import annotations

import re
from pathlib import Path

from thidua.plans.checks import CHECKS, Severity

PAGE = Path(__file__).parents[3] / "docs/reference/checks.md"
WORDS = {"lỗi": Severity.ERROR, "cảnh báo": Severity.WARNING, "lưu ý": Severity.NOTE}


def test_the_page_names_every_check_with_its_severity() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)

    assert [(code, WORDS[severity]) for code, severity in rows] == [(item.code, item.severity) for item in CHECKS]


def test_the_page_tells_how_many_checks_there_are() -> None:
    assert f"soát {len(CHECKS)} điều" in PAGE.read_text("utf-8")
