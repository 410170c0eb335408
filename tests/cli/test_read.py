"""`thidua read`: forms of output, several files, standard input, what cannot be read."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

from cli.cast import PLAN, thidua
from thidua.plans.exchange import from_json, from_toml, to_json
from thidua.plans.read import read_text


def plan(folder: Path, name: str = "ke-hoach.txt") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_one_file_as_json_is_the_contract(tmp_path: Path) -> None:
    done = thidua("read", plan(tmp_path), "--json")

    assert (done.returncode, done.stderr) == (0, b"")
    assert from_json(done.stdout) == read_text(PLAN)
    assert json.loads(done.stdout) == json.loads(to_json(read_text(PLAN)))


def test_one_file_as_toml_reads_back(tmp_path: Path) -> None:
    done = thidua("read", plan(tmp_path), "--toml")

    assert done.returncode == 0
    assert from_toml(done.stdout) == read_text(PLAN)


def test_without_a_form_facts_are_shown_with_their_quotes(tmp_path: Path) -> None:
    shown = thidua("read", plan(tmp_path)).stdout.decode().splitlines()

    assert shown[:2] == ["Kế hoạch số 57/KH-UBND", "  Phát động đợt thi đua cải cách hành chính năm 2026"]
    assert shown[shown.index("Thời gian, đợt thi đua (1)") + 1].startswith("  • 01/03/2026 – 30/09/2026: ")


def test_standard_input_is_read(tmp_path: Path) -> None:
    done = thidua("read", "-", "--json", stdin=PLAN.encode())

    assert (done.returncode, from_json(done.stdout)) == (0, read_text(PLAN))


def test_several_files_give_a_line_each_and_the_unreadable_are_named(tmp_path: Path) -> None:
    plan(tmp_path, "a.txt")
    (tmp_path / "b.pdf").write_bytes(b"")
    plan(tmp_path, "sub/c.txt")
    plan(tmp_path, ".hidden/d.txt")
    plan(tmp_path, "e.ini")

    done = thidua("read", tmp_path, "--json")

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["file"] for line in lines] == [str(tmp_path / name) for name in ("a.txt", "b.pdf", "sub/c.txt")]
    assert lines[1]["error"]["code"] == "unreadable_empty"
    assert lines[1]["error"]["message"] == done.stderr.decode().strip()
    assert lines[2] == {"file": str(tmp_path / "sub/c.txt"), **json.loads(to_json(read_text(PLAN)))}


def test_results_go_into_a_folder_under_the_names_of_their_files(tmp_path: Path) -> None:
    plan(tmp_path, "in/a.txt")
    plan(tmp_path, "in/sub/a.txt")

    done = thidua("read", tmp_path / "in", "--toml", "-o", tmp_path / "out")

    written = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.toml"))
    assert (done.returncode, done.stdout) == (0, b"")
    assert written == [Path("a.txt.toml"), Path("sub/a.txt.toml")]
    assert tomllib.loads((tmp_path / "out/a.txt.toml").read_text("utf-8"))["header"]["number"]["value"] == "57"


def test_a_file_that_cannot_be_read_gives_no_output_and_one(tmp_path: Path) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 cut short")

    done = thidua("read", broken, "--json")

    assert (done.returncode, done.stdout) == (1, b"")
    assert str(broken) in done.stderr.decode()


def test_wrong_use_is_told_in_vietnamese_and_gives_two(tmp_path: Path) -> None:
    there, wanted = plan(tmp_path), plan(tmp_path, "khac/ke-hoach.txt")
    calls: dict[tuple[str | Path, ...], str] = {
        ("read",): "Thiếu TỆP.",
        ("read", there, "--jsn"): "Không có tùy chọn “--jsn”. Có phải: --json?",
        ("read", "khong-co.txt"): "Không tìm thấy “khong-co.txt”. Hãy kiểm tra lại đường dẫn.",
        ("read", there, "--json", "--toml"): "Chỉ chọn một trong hai: --json hoặc --toml.",
        ("read", there, wanted, "--toml"): "Nhiều tệp thì cần nơi ghi: thêm -o THƯ-MỤC.",
        ("read", "-", "-"): "Dấu “-” (đọc từ đầu vào chuẩn) chỉ dùng được một lần.",
        ("read", there, "-o", there): f"“{there}” là tệp vào, không ghi đè. Hãy chọn tên khác sau -o.",
        ("raed", there): "Không có lệnh “raed”.",
    }

    told = {call: thidua(*call, cwd=tmp_path) for call in calls}

    assert {call: done.returncode for call, done in told.items()} == dict.fromkeys(calls, 2)
    assert {call: done.stderr.decode().splitlines()[0] for call, done in told.items()} == calls
    assert there.read_text("utf-8") == PLAN


def test_two_inputs_never_write_one_output(tmp_path: Path) -> None:
    done = thidua("read", plan(tmp_path, "a/x.txt"), plan(tmp_path, "b/x.txt"), "--json", "-o", tmp_path / "out")

    assert done.returncode == 2
    assert not (tmp_path / "out").exists()


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    plan(tmp_path, "a.txt")
    plan(tmp_path, "b.txt")
    command = [sys.executable, "-m", "thidua_web", "read", str(tmp_path), "--json"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_bar_is_shown_at_a_terminal_while_many_files_are_read(tmp_path: Path) -> None:
    for number in range(3):
        plan(tmp_path, f"{number}.txt")
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "thidua_web", "read", str(tmp_path), "--json"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=end, env={**os.environ, "TERM": "xterm"}) as running:
        out, _ = running.communicate(timeout=60)
    os.close(end)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)

    assert len(out.splitlines()) == 3
    assert "Đang đọc" in shown
    assert "3/3" in shown
