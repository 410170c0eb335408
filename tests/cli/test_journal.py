"""`thidua journal`: a changed, removed, inserted, moved or cut-off line is found, on both databases."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from python_calamine import CalamineWorkbook

from cli.cast import clean_environment, thidua
from web.processes import Site

WRITE = """
import datetime
from thidua_web.config import run
run.migrate()
from types import SimpleNamespace
from thidua_web.journal.actions import record
who = SimpleNamespace(pk=7, full_name="Nguyễn Thị Mai Anh", acts_for=None)
for number in range(1, 9):
    at = datetime.datetime(2026, 11, 20, 8, number, 0, 123, tzinfo=datetime.UTC)
    record(act="campaign.launched", by=who, at=at, unit_id=None, subject=("campaign", number),
           label=f"=Phong trào số {number}", details={"share": 0.5, "duties": number})
"""

# Half a hundred calls of one server: what its settings need is imported once, each call is a process forked from there.
FORK = """
import json, os, sys
from thidua_web.config import run
run.prepare()
from thidua_web import cli
import thidua_web.commands.journal, thidua_web.journal.verifying, thidua_web.journal.models
for line in sys.stdin:
    arguments, said = json.loads(line)
    child = os.fork()
    if child == 0:
        file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, 1)
        os.dup2(file, 2)
        sys.argv[1:] = arguments
        cli.main()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Server:
    """A database of its own with eight lines in its journal."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.environment = {
            "THIDUA_MODE": "production",
            "THIDUA_SECRET_KEY": "Minh-Giang-" * 5,
            "THIDUA_JOURNAL_KEY": "khoa-nhat-ky-" * 4,
            "THIDUA_HOSTS": "thidua.vn",
            "THIDUA_VAR": str(folder / "var"),
            "DATABASE_URL": url,
        }
        if not url:
            Site(folder / "var", server_database="", demo=False).copy()
        self.python(WRITE)
        for table in ("line", "head"):
            self.sql(f"CREATE TABLE kept_{table} AS SELECT * FROM journal_journal{table}")
        self.calls = subprocess.Popen(
            [sys.executable, "-c", FORK],
            env=clean_environment() | self.environment,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def restore(self) -> None:
        """The eight lines as they were written."""
        for table in ("line", "head"):
            self.sql(
                f"DELETE FROM journal_journal{table}",
                f"INSERT INTO journal_journal{table} SELECT * FROM kept_{table}",
            )

    def python(self, code: str) -> None:
        start = "from thidua_web.config import run\nrun.prepare()\n"
        environment = clean_environment() | self.environment
        subprocess.run([sys.executable, "-c", start + code], env=environment, check=True, cwd=self.folder)

    def journal(self, *arguments: str | Path) -> tuple[int, str]:
        """The command's exit code and all that it says."""
        assert self.calls.stdin is not None
        assert self.calls.stdout is not None
        file = self.folder / "said.txt"
        self.calls.stdin.write(json.dumps([["journal", *map(str, arguments)], str(file)]) + "\n")
        self.calls.stdin.flush()
        code, said = int(self.calls.stdout.readline()), file.read_text("utf-8")
        assert "Traceback" not in said, said
        return code, said

    def elsewhere(self, *arguments: str | Path, **environment: str) -> tuple[int, str]:
        """The same as a user's shell runs it, where the environment says something else."""
        done = thidua("journal", *arguments, cwd=self.folder, **self.environment | environment)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def stop(self) -> None:
        self.calls.communicate(timeout=10)

    def sql(self, *statements: str) -> None:
        """Into the database behind the product's back."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                for statement in statements:
                    connection.execute(statement)
            return
        connection = sqlite3.connect(self.folder / "var/thidua.sqlite3")
        with connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()


def database_url() -> Iterator[str]:
    """As the whole run has it: SQLite, or a PostgreSQL of its own."""
    if os.environ.get("THIDUA_TEST_DATABASE", "sqlite") == "sqlite":
        yield ""
        return
    from web import postgres  # noqa: PLC0415 - not needed where there is no such server

    try:
        yield postgres.start()
    except postgres.NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    yield from database_url()


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory, url: str) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"), url)
    yield server
    server.stop()


@pytest.fixture
def server(one_server: Server) -> Iterator[Server]:
    yield one_server
    one_server.restore()


@pytest.fixture
def folder(server: Server) -> Path:
    return server.folder


COPY = """INSERT INTO journal_journalline
    (number, at, act, actor, actor_name, on_behalf_of_name, subject_kind, subject, label, details, folded, seal)
    SELECT {number}, at, act, actor, actor_name, on_behalf_of_name, subject_kind, subject, label, details, folded, seal
    FROM journal_journalline WHERE number = 4"""
TAMPERED: dict[str, tuple[tuple[str, ...], str]] = {
    "changed": (
        ("UPDATE journal_journalline SET label = 'khác' WHERE number = 4",),
        "Dòng 4 (cạnh dòng 3, 5) đã bị sửa",
    ),
    "other actor": (("UPDATE journal_journalline SET actor_name = 'Khác' WHERE number = 4",), "Dòng 4"),
    "other instant": (("UPDATE journal_journalline SET at = '2020-01-01 00:00:00+00:00' WHERE number = 4",), "Dòng 4"),
    "removed": (("DELETE FROM journal_journalline WHERE number = 4",), "Mất dòng 4 (cạnh dòng 3, 5)"),
    "inserted at the end": ((COPY.format(number=9),), "Dòng mang số 9"),
    "cut off": (("DELETE FROM journal_journalline WHERE number > 6",), "Đuôi nhật ký bị cắt: mất dòng 7–8"),
    "cut off with its head": (
        ("DELETE FROM journal_journalline WHERE number > 6", "UPDATE journal_journalhead SET number = 6"),
        "Dấu niêm phong của dòng 6 khác",
    ),
    "renumbered": (
        (
            "DELETE FROM journal_journalline WHERE number = 4",
            "UPDATE journal_journalline SET number = number - 100 WHERE number > 4",
            "UPDATE journal_journalline SET number = number + 99 WHERE number < 0",
        ),
        "số đã bị đánh lại",
    ),
    "emptied": (("DELETE FROM journal_journalline",), "Đuôi nhật ký bị cắt: mất dòng 1–8"),
    "before the first": ((COPY.format(number=0),), "Dòng mang số 0"),
}


def test_a_whole_journal_is_whole(server: Server) -> None:
    code, said = server.journal("verify")
    assert (code, said.startswith("Nhật ký nguyên vẹn đến dòng 8 (")) == (0, True)


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found_with_the_line_and_what_is_wrong(server: Server, how: str) -> None:
    statements, words = TAMPERED[how]
    server.sql(*statements)
    code, said = server.journal("verify")
    assert code == 1
    assert words in said
    assert "Nhật ký KHÔNG còn nguyên" in said


def test_a_fault_names_the_act_of_its_line(server: Server) -> None:
    server.sql("UPDATE journal_journalline SET label = 'khác' WHERE number = 4")
    assert "Dòng này ghi: Phát động phong trào [campaign.launched]." in server.journal("verify")[1]


def test_every_fault_is_told(server: Server) -> None:
    server.sql(
        "UPDATE journal_journalline SET label = 'khác' WHERE number = 2",
        "DELETE FROM journal_journalline WHERE number = 6",
    )
    code, said = server.journal("verify")
    assert (code, "Dòng 2 (" in said, "Mất dòng 6" in said) == (1, True, True)


def test_an_anchor_is_printed_and_fits(server: Server) -> None:
    code, anchor = server.journal("anchor")
    assert (code, anchor.startswith("8:"), len(anchor.strip())) == (0, True, 66)
    assert server.journal("verify", "--anchor", anchor.strip())[0] == 0


def test_a_journal_rewritten_with_its_key_is_found_by_the_anchor(server: Server) -> None:
    anchor = server.journal("anchor")[1].strip()
    server.python(
        """
from thidua.journal import seal
from thidua_web.journal.actions import journal_key, line_of
from thidua_web.journal.models import JournalHead, JournalLine
before = ""
for row in JournalLine.objects.order_by("number"):
    row.label = row.label.replace("Phong trào", "Việc khác")
    row.seal = before = seal(line_of(row), before, journal_key())
    row.save()
JournalHead.objects.update(seal=before)
"""
    )
    assert server.journal("verify")[0] == 0
    code, said = server.journal("verify", "--anchor", anchor)
    assert (code, "Dấu niêm phong của dòng 8 khác với mốc ghi ở nơi khác" in said) == (1, True)


def test_a_tail_cut_off_with_its_key_is_found_by_the_anchor(server: Server) -> None:
    anchor = server.journal("anchor")[1].strip()
    server.sql(
        "DELETE FROM journal_journalline WHERE number > 6",
        "UPDATE journal_journalhead SET number = 6, seal = (SELECT seal FROM journal_journalline WHERE number = 6)",
    )
    assert server.journal("verify")[0] == 0
    code, said = server.journal("verify", "--anchor", anchor)
    assert (code, "nhật ký chỉ đến dòng 6" in said) == (1, True)


@pytest.mark.parametrize("text", ["8", "8:", "x:y", "8:abc", ":", "-1:" + "0" * 64, "8:" + "Z" * 64])
def test_what_is_no_anchor_is_wrong_use(server: Server, text: str) -> None:
    code, said = server.journal("verify", f"--anchor={text}")
    assert (code, "không phải là mốc" in said) == (2, True)


def test_another_key_proves_nothing(server: Server) -> None:
    assert server.elsewhere("verify", THIDUA_JOURNAL_KEY="khoa-nhat-ky-" * 4)[0] == 0
    assert server.elsewhere("verify", THIDUA_JOURNAL_KEY="mot-khoa-khac-" * 4)[0] == 1


# Files ---------------------------------------------------------------------------------------------------------------


def test_an_exported_journal_can_be_verified_without_the_database(server: Server, tmp_path: Path) -> None:
    assert server.journal("export", "a.jsonl") == (0, "Đã xuất 8 dòng ra a.jsonl.\n")
    nowhere = {"DATABASE_URL": "", "THIDUA_VAR": str(tmp_path / "elsewhere")}
    code, said = server.elsewhere("verify", "--file", "a.jsonl", **nowhere)
    assert (code, "nguyên vẹn đến dòng 8" in said) == (0, True)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: [*lines[:4], lines[4].replace("số 4", "số 5"), *lines[5:]], "Dòng 4"),
        (lambda lines: [*lines[:4], *lines[5:]], "Mất dòng 4"),
        (lambda lines: lines[:-2], "Đuôi nhật ký bị cắt"),
        (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], "sai chỗ"),
        (lambda lines: [lines[0], *lines[1:], lines[3]], "Dòng mang số 3"),
    ],
    ids=["changed", "removed", "cut off", "moved", "inserted"],
)
def test_a_tampered_file_is_found(
    server: Server, folder: Path, spoil: Callable[[list[str]], list[str]], words: str
) -> None:
    server.journal("export", "a.jsonl")
    file = folder / "a.jsonl"
    file.write_text("".join(spoil(file.read_text("utf-8").splitlines(keepends=True))), "utf-8")
    code, said = server.journal("verify", "--file", "a.jsonl")
    assert (code, words in said) == (1, True)


@pytest.mark.parametrize("content", ["", "xin chào\n", "{}\n", '{"form":"thidua-journal-1","count":"x","seal":""}\n'])
def test_what_is_no_journal_is_told(server: Server, folder: Path, content: str) -> None:
    (folder / "b.jsonl").write_text(content, "utf-8")
    code, said = server.journal("verify", "--file", "b.jsonl")
    assert (code, "không phải tệp nhật ký" in said) == (2, True)


def test_a_broken_line_in_a_file_is_told_with_its_number(server: Server, folder: Path) -> None:
    server.journal("export", "a.jsonl")
    file = folder / "a.jsonl"
    file.write_text(file.read_text("utf-8").replace('{"number":3', '{"numbr":3'), "utf-8")
    code, said = server.journal("verify", "--file", "a.jsonl")
    assert (code, "(dòng 4)" in said) == (2, True)


def test_for_people_there_is_csv_that_runs_no_formula(server: Server, folder: Path) -> None:
    assert server.journal("export", "a.csv")[0] == 0
    text = (folder / "a.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][:4] == ["1", "20/11/2026 15:01:00", "Phát động phong trào", "Nguyễn Thị Mai Anh"]
    assert (len(rows), rows[1][7]) == (9, "'=Phong trào số 1")


def test_for_people_there_is_excel(server: Server, folder: Path) -> None:
    assert server.journal("export", "a.xlsx")[0] == 0
    rows = CalamineWorkbook.from_path(folder / "a.xlsx").get_sheet_by_index(0).to_python()
    assert (len(rows), rows[8][0], rows[8][7]) == (9, 8.0, "=Phong trào số 8")


def test_an_export_of_another_kind_is_wrong_use(server: Server) -> None:
    assert server.journal("export", "a.pdf")[0] == 2
    assert server.journal("export", "nowhere/a.csv")[0] == 2


def test_a_file_on_the_way_leaves_nothing_half(server: Server, folder: Path) -> None:
    server.journal("export", "a.jsonl")
    assert [path.name for path in folder.glob("*nhat-ky*")] == []
    assert json.loads((folder / "a.jsonl").read_text("utf-8").splitlines()[0])["count"] == 8


def test_a_database_without_a_journal_is_told(tmp_path: Path) -> None:
    environment = {"THIDUA_MODE": "demo", "THIDUA_VAR": str(tmp_path / "var")}
    (tmp_path / "var").mkdir()
    done = thidua("journal", "verify", cwd=tmp_path, **environment)
    assert (done.returncode, "chưa có nhật ký" in done.stderr.decode()) == (2, True)
