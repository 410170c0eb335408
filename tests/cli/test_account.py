"""`thidua account`: the first account of a new server."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cli.cast import thidua
from thidua_web.commands.account import ROLES

PRODUCTION = {"THIDUA_MODE": "production", "THIDUA_SECRET_KEY": "Minh-Giang-" * 5, "THIDUA_HOSTS": "thidua.vn"}
NEW_UNIT = ("--unit", "SNV", "--unit-name", "Sở Nội vụ", "--unit-kind", "department")


def rows(folder: Path, query: str) -> list[tuple]:
    with sqlite3.connect(folder / "var/thidua.sqlite3") as database:
        return database.execute(query).fetchall()


def test_it_makes_the_unit_and_the_person_with_the_role(migrated: Path) -> None:
    call = ("account", "mai.anh", "--name", "Nguyễn Thị Mai Anh", "--role", "head", *NEW_UNIT)

    done = thidua(*call, stdin=b"Mat-Khau-Rieng-27\n", cwd=migrated, **PRODUCTION)

    assert (done.returncode, done.stdout.decode()) == (0, "Đã mở tài khoản “mai.anh” ở Sở Nội vụ.\n")
    held = "SELECT u.username, n.code, m.role FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
    assert rows(migrated, f"{held} JOIN register_unit n ON n.id = m.unit_id") == [("mai.anh", "SNV", "head")]


def test_the_first_administrator_is_made_from_nothing(tmp_path: Path) -> None:
    call = ("account", "quantri", "--name", "Bùi Công Vinh", "--email", "Vinh@CoQuan.gov.vn", "--role", "administrator")

    done = thidua(
        *call, *NEW_UNIT, "--unit-since", "01/07/2025", stdin=b"Mat-Khau-Rieng-27\n", cwd=tmp_path, **PRODUCTION
    )

    assert done.returncode == 0, done.stderr.decode()
    assert rows(tmp_path, 'SELECT email, verified, "primary" FROM account_emailaddress') == [
        ("vinh@coquan.gov.vn", 0, 1)
    ]
    assert rows(tmp_path, "SELECT valid_from, path FROM register_unit") == [("2025-07-01", "/1/")]
    assert rows(tmp_path, "SELECT name, valid_from FROM register_unitperiod") == [("Sở Nội vụ", "2025-07-01")]
    assert rows(tmp_path, "SELECT act, actor, label FROM journal_journalline") == [
        ("unit.created", None, "Sở Nội vụ"),
        ("account.opened", None, "Bùi Công Vinh"),
    ]


def test_an_address_that_is_none_leaves_nothing_behind(migrated: Path) -> None:
    call = ("account", "mai.anh", "--name", "Mai Anh", "--email", "khong-phai-thu", *NEW_UNIT)

    done = thidua(*call, stdin=b"Mat-Khau-Rieng-27\n", cwd=migrated, **PRODUCTION)

    assert (done.returncode, rows(migrated, "SELECT username FROM accounts_user")) == (2, [])


def test_a_weak_password_leaves_nothing_behind(migrated: Path) -> None:
    done = thidua("account", "mai.anh", "--name", "Mai Anh", *NEW_UNIT, stdin=b"12345\n", cwd=migrated, **PRODUCTION)

    assert done.returncode == 2
    assert done.stderr.decode().startswith("Không mở được tài khoản “mai.anh”.")
    assert rows(migrated, "SELECT code FROM register_unit") == []


def test_an_unknown_unit_or_role_is_told(migrated: Path) -> None:
    person = ("account", "mai.anh", "--name", "Mai Anh", "--unit", "SNV")

    nowhere = thidua(*person, cwd=migrated, **PRODUCTION)
    nobody = thidua(*person, "--role", "vua", cwd=migrated, **PRODUCTION)

    assert nowhere.stderr.decode().startswith("Chưa có đơn vị mã “SNV”.")
    assert nobody.stderr.decode().splitlines()[0] == f"Không có vai trò “vua”. Các vai trò: {', '.join(ROLES)}."
    assert (nowhere.returncode, nobody.returncode) == (2, 2)
