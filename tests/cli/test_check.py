"""`thidua check`: findings with their words, line and basis; exit code 1 where there are any."""

from __future__ import annotations

import json
from pathlib import Path

from cli.cast import PLAN, thidua


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_deadline_before_the_plan_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "ke-hoach.txt", PLAN.replace("ngày 15/10/2026", "ngày 15/10/2025"))

    done = thidua("check", path, "--json")

    told = json.loads(done.stdout)
    [finding] = [one for one in told["findings"] if one["code"] == "deadline.before_plan"]
    assert (done.returncode, told["file"]) == (1, str(path))
    assert "15/10/2025" in finding["message"]
    assert [PLAN.replace("2026.", "2025.")[slice(*words["span"])] for words in finding["facts_used"]] == [
        words["quote"] for words in finding["facts_used"]
    ]


def test_at_a_terminal_each_finding_names_its_line_and_basis(tmp_path: Path) -> None:
    path = write(tmp_path / "ke-hoach.txt", PLAN.replace("ngày 15/10/2026", "ngày 15/10/2025"))

    shown = thidua("check", path).stdout.decode().splitlines()

    line = next(index for index, text in enumerate(shown) if text.startswith("[LỖI]") and "15/10/2025" in text)
    where = PLAN[: PLAN.index("1. Các sở")].count("\n") + 1
    assert shown[line + 1].startswith(f"    dòng {where}: “")


def test_a_plan_is_compared_with_its_parent(tmp_path: Path) -> None:
    parent = write(tmp_path / "tinh.txt", PLAN)
    child = write(tmp_path / "so.txt", PLAN.replace("57/KH-UBND", "12/KH-SNV").replace("30/9/2026", "30/12/2026"))

    alone, compared = (json.loads(done.stdout) for done in (
        thidua("check", child, "--json"), thidua("check", child, "--json", "--parent", parent)
    ))  # fmt: skip

    before = {finding["code"] for finding in alone["findings"]}
    assert {f["code"] for f in compared["findings"]} - before >= {"parent.period"}


def test_an_unreadable_parent_ends_it(tmp_path: Path) -> None:
    child = write(tmp_path / "so.txt", PLAN)
    (tmp_path / "tinh.pdf").write_bytes(b"")

    done = thidua("check", child, "--parent", tmp_path / "tinh.pdf")

    assert (done.returncode, done.stdout) == (1, b"")
    assert "tinh.pdf" in done.stderr.decode()
