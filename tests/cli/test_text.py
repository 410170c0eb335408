"""`thidua text`: the raw text, letter for letter."""

from __future__ import annotations

import json
from pathlib import Path

from cli.cast import PLAN, thidua


def test_the_text_is_printed_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")

    done = thidua("text", path)

    assert (done.returncode, done.stdout.decode()) == (0, PLAN)


def test_spans_of_a_reading_point_into_the_printed_text(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")

    text = thidua("text", path).stdout.decode()
    number = json.loads(thidua("read", path, "--json").stdout)["header"]["number"]

    assert text[slice(*number["span"])] == number["quote"]


def test_several_files_as_json_are_a_line_each(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")

    lines = [json.loads(line) for line in thidua("text", tmp_path, "--json").stdout.splitlines()]

    assert lines == [
        {"file": str(tmp_path / "a.txt"), "format": "txt", "pages": [0], "text": PLAN},
        {"file": str(tmp_path / "b.md"), "format": "md", "pages": [0], "text": PLAN},
    ]
