"""An unsafe start is refused; pages load nothing foreign; logs hold no words of a document."""

from __future__ import annotations

import datetime
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from web.cast import PASSWORD, Cast

SAFE = {
    "THIDUA_MODE": "production",
    "THIDUA_SECRET_KEY": "k3JzP0vQm8ZxW2bYt6RdN4cLs9HgF1aUe7TiBo5XqK2m",
    "THIDUA_HOSTS": "thidua.minhgiang.gov.vn",
    "THIDUA_EMAIL_HOST": "mail.minhgiang.gov.vn",
}
START = "from thidua_web.config.run import prepare, refuse_unsafe_start; prepare(); refuse_unsafe_start(pages=False)"


def start(folder: Path, **changes: str) -> str:
    """What a start with this environment says; empty where it is safe."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("THIDUA_")}
    environment = kept | {"DATABASE_URL": "", "THIDUA_VAR": str(folder)} | SAFE | changes
    done = subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


def test_a_safe_configuration_starts(tmp_path: Path) -> None:
    assert start(tmp_path) == ""


@pytest.mark.looks
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"THIDUA_SECRET_KEY": ""}, "Thiếu THIDUA_SECRET_KEY"),
        ({"THIDUA_SECRET_KEY": "ngan"}, "thidua.E001"),
        ({"THIDUA_SECRET_KEY": "django-insecure-" + "x8J" * 20}, "thidua.E001"),
        ({"THIDUA_HOSTS": ""}, "thidua.E002"),
        ({"THIDUA_HOSTS": "*"}, "thidua.E003"),
        ({"THIDUA_HOSTS": ".gov.vn"}, "thidua.E003"),
        ({"THIDUA_HTTPS": "0"}, "thidua.E004"),
        ({"THIDUA_HTTPS": "có"}, "THIDUA_HTTPS"),
        ({"THIDUA_SERVER_PROCESSES": "9"}, "thidua.E009"),
        ({"THIDUA_STORAGE": "{folder}/static"}, "thidua.E007"),
        ({"THIDUA_STORAGE": "/proc/thidua"}, "thidua.E008"),
        ({"THIDUA_MODE": "thu"}, "THIDUA_MODE"),
        ({"THIDUA_SECOND_FACTOR": "khong"}, "THIDUA_SECOND_FACTOR"),
        ({"THIDUA_OIDC_ISSUER": "https://sso.minhgiang.gov.vn"}, "thidua.E010"),
        ({"THIDUA_OIDC_CLIENT_ID": "thidua"}, "thidua.E010"),
        ({"THIDUA_OIDC_ISSUER": "http://sso.minhgiang.gov.vn", "THIDUA_OIDC_CLIENT_ID": "thidua"}, "thidua.E011"),
        ({"THIDUA_BEHIND_PROXY": "1", "THIDUA_PROXY_COUNT": "0"}, "thidua.E012"),
    ],
)
def test_an_unsafe_configuration_is_refused(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    if reason == "thidua.E008" and os.access("/proc", os.W_OK):
        changes = {"THIDUA_STORAGE": "/proc/1/thidua"}
        if os.access("/proc/1", os.W_OK):
            pytest.skip("root may write everywhere here")
    assert reason in start(tmp_path, **{key: value.format(folder=tmp_path) for key, value in changes.items()})


def test_the_demo_listens_to_this_machine_only() -> None:
    from thidua_web.config.run import UnsafeStartError, run_server

    with pytest.raises(UnsafeStartError, match="chỉ chạy trên máy này"):
        run_server(host="0.0.0.0")


@pytest.mark.parametrize("path", ["/dang-nhap/", "/ke-hoach/", "/khong-co/"])
def test_pages_load_nothing_inline_and_nothing_foreign(client: Client, cast: Cast, path: str) -> None:
    client.force_login(cast.users["clerk"]) if path != "/dang-nhap/" else None
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert ("unsafe" in policy, "default-src 'none'" in policy, answer["X-Frame-Options"]) == (False, True, "DENY")
    page = answer.content.decode()
    assert [piece for piece in (" style=", "<style", " onclick=", 'src="http', 'href="http') if piece in page] == []


def test_cookies_are_hidden_from_scripts(client: Client, cast: Cast) -> None:
    client.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD})
    client.get("/ke-hoach/")
    assert {name: bool(cookie["httponly"]) for name, cookie in client.cookies.items()} == {
        "sessionid": True,
        "csrftoken": True,
    }


def test_a_logged_exception_names_its_kind_and_place_but_not_its_words() -> None:
    from thidua_web.config.logs import SafeFormatter

    try:
        raise ValueError("Nguyễn Văn A, sinh năm 1980")
    except ValueError:
        record = logging.LogRecord("thidua", logging.ERROR, "f.py", 1, "không đọc được", (), sys.exc_info())
    line = SafeFormatter().format(record)
    assert ("ValueError" in line, "test_safety.py" in line, "Nguyễn" in line) == (True, True, False)


def test_health_answers_without_signing_in(client: Client, db: None) -> None:
    assert client.get("/trang-thai/").content == b"ok\n"


@pytest.mark.django_db
def test_abandoned_files_are_removed_and_used_ones_kept(upload) -> None:
    import io

    from django.utils import timezone

    from thidua_web.archive.actions import keep_file, remove_abandoned
    from thidua_web.archive.models import StoredFile
    from thidua_web.archive.queries import location

    used = upload(b"con dung", "a.txt").document.file
    abandoned = keep_file(source=io.BytesIO(b"bo roi"), name="b.txt")
    leftover = location(used).with_name(".tmp-cat-ngang")
    leftover.write_bytes(b"nua chung")
    assert remove_abandoned(before=timezone.now() - datetime.timedelta(days=1)) == 0
    assert remove_abandoned(before=timezone.now() + datetime.timedelta(minutes=1)) == 1
    assert list(StoredFile.objects.all()) == [used]
    assert [location(used).exists(), location(abandoned).exists(), leftover.exists()] == [True, False, False]


@pytest.mark.django_db
def test_the_schedule_is_written_once() -> None:
    from django_q.models import Schedule

    from thidua_web.config.queue import NIGHTLY, install_schedule

    for _ in range(2):
        install_schedule()
    assert sorted(Schedule.objects.values_list("name", "func")) == sorted((name, func) for name, func, _ in NIGHTLY)


@pytest.mark.django_db
def test_nightly_tasks_can_be_found_and_run() -> None:
    from django.utils.module_loading import import_string

    from thidua_web.config.queue import NIGHTLY, RECOVERIES

    for path in [function for _, function, _ in NIGHTLY] + list(RECOVERIES):
        import_string(path)()


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_setting_from_the_environment_is_documented() -> None:
    import re

    root = Path(settings.PACKAGE)
    source = (root / "config" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"((?:THIDUA_|DATABASE_)[A-Z_]+)"', source))
    page = (root.parents[1] / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert named == set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))


def test_the_page_for_a_failed_server_needs_neither_database_nor_session() -> None:
    from django.template.loader import render_to_string

    assert "Máy chủ gặp lỗi" in render_to_string("500.html")


def documented(name: str) -> list[str]:
    page = Path(settings.PACKAGE).parents[1] / "docs" / "reference" / name
    return page.read_text(encoding="utf-8").splitlines()


def tables_of_states() -> list[tuple[type, list]]:
    """Each table with the states it is about, in the order of the page."""
    from thidua_web.campaigns.stages import EDITION_MOVES, MOVES, EditionState, PlanState

    return [(PlanState, list(MOVES.values())), (EditionState, list(EDITION_MOVES.values()))]


def test_the_moves_between_states_are_in_the_docs_as_in_the_code() -> None:
    rows = []
    for states, moves in tables_of_states():
        for move in moves:
            before = ", ".join(f"`{state}`" for state in states.values if state in move.from_)
            who = f"`{move.permission}`" if move.permission else "tiến trình nền"
            rows.append(f"| `{move.act}` | {before} | `{move.to}` | {who} |")
    assert [line for line in documented("plan-states.md") if line.startswith("| `") and line.count("|") == 5] == rows


def test_the_names_of_states_are_in_the_docs_as_on_the_screen() -> None:
    rows = [f"| `{state.value}` | {state.label} |" for states, _ in tables_of_states() for state in states]
    assert [line for line in documented("plan-states.md") if line.startswith("| `") and line.count("|") == 3] == rows


def test_the_diagrams_of_states_are_drawn_from_the_tables() -> None:
    arrows = []
    for states, moves in tables_of_states():
        arrows.append(f"  [*] --> {next(iter(states)).value}")
        arrows += [
            f"  {state} --> {move.to}: {move.act}" for move in moves for state in states.values if state in move.from_
        ]
    assert [line for line in documented("plan-states.md") if " --> " in line] == arrows


def test_the_permissions_are_in_the_docs_as_in_the_code() -> None:
    from thidua_web.accounts.access import PERMISSIONS, Permission, Role

    def cells(one: Permission) -> list[str]:
        return [f"{'có' if role in one.roles else ''} |".strip() for role in Role]

    rows = [
        " ".join(
            ["|", f"`{name}`", "|", str(one.label), "|", "và cấp dưới |" if one.below else "đơn vị |", *cells(one)]
        )
        for name, one in PERMISSIONS.items()
    ]
    assert [line for line in documented("roles.md") if line.startswith("| `")] == rows
