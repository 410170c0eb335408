"""`thidua law`: wordings come in, law files are sound."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cli.cast import thidua

SETTINGS = {"THIDUA_MODE": "production", "THIDUA_SECRET_KEY": "Minh-Giang-" * 5, "THIDUA_HOSTS": "thidua.vn"}
DECREE = """Số: 77/2030/NĐ-CP

Điều 1. Phạm vi

Nghị định này nói về việc thử.

Điều 2. Hiệu lực

Nghị định này có hiệu lực từ ngày ký.
"""


def test_a_folder_of_wordings_is_loaded_once(migrated: Path) -> None:
    folder = migrated / "van-ban"
    folder.mkdir()
    (folder / "nghi-dinh.txt").write_text(DECREE, "utf-8")
    (folder / "06-2022-qh15.txt").write_text(DECREE.replace("Số: 77/2030/NĐ-CP\n", ""), "utf-8")

    first = thidua("law", "texts", folder, cwd=migrated, **SETTINGS)

    assert first.returncode == 0, first.stderr.decode()
    assert "đã nạp toàn văn 77/2030/NĐ-CP" in first.stdout.decode()
    again = thidua("law", "texts", folder, cwd=migrated, **SETTINGS)
    assert again.stdout.decode().endswith("Mới 0, thay 0, đã có 2.\n")
    with sqlite3.connect(migrated / "var/thidua.sqlite3") as database:
        found = database.execute("SELECT instrument, articles FROM law_lawtext ORDER BY instrument").fetchall()
    assert found == [("06/2022/QH15", 2), ("77/2030/NĐ-CP", 2)]


def test_what_is_no_instrument_is_told(migrated: Path) -> None:
    folder = migrated / "khac"
    folder.mkdir()
    (folder / "phu-luc.txt").write_text("Phụ lục\n\nBảng kê\n", "utf-8")
    done = thidua("law", "texts", folder, cwd=migrated, **SETTINGS)
    assert (done.returncode, "không nạp" in done.stdout.decode()) == (1, True)
