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


LOCAL = """
instrument = "99/2025/QĐ-UBND"
level = "local"
title = "Quy chế của tỉnh Thử"
mark = "verified"
source = "Bản của tỉnh"

[[standard]]
award = "LDTT"
subjects = ["individual"]
place = "Điều 4"
since = 2025-01-01

[[standard.all]]
text = "Không quá 03 ngày nghỉ không phép trong năm"
test = { judged = { question = "LDTT.leave" } }
"""


def test_the_law_that_comes_along_is_sound(tmp_path: Path) -> None:
    done = thidua("law", "check", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode().endswith(": 0 lỗi.\n")) == (0, True), done.stdout.decode()


def test_all_faults_of_a_regulation_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "dung.toml").write_text(LOCAL, "utf-8")
    (tmp_path / "sai.toml").write_text(
        LOCAL.replace("99/2025", "98/2025")
        .replace("LDTT.leave", "x")
        .replace("judged", "judjed")
        .replace('"LDTT"', '"LDT"'),
        "utf-8",
    )
    (tmp_path / "hong.toml").write_text("instrument = ", "utf-8")
    done = thidua("law", "check", tmp_path, cwd=tmp_path)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert all(word in said for word in ("judjed", "LDT", "hong.toml", "3 lỗi"))
    assert "99/2025" not in said


def test_the_folder_of_the_installation_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "hong.toml").write_text("x = 1", "utf-8")
    done = thidua("law", "check", cwd=tmp_path, THIDUA_LAW_FOLDER=str(tmp_path))
    assert (done.returncode, "hong.toml" in done.stdout.decode()) == (1, True)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert thidua("law", "check", tmp_path / "khong-co").returncode == 2
