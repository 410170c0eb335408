# ruff: noqa: S608 - every name in these statements is ours
"""The index of every three letters in a row, by which any part of a name or a code is found at once.

SQLite: a table of FTS5 beside each searched one, kept by triggers. PostgreSQL: indexes of pg_trgm. Laying it is
repeated after every migration, because SQLite drops a table's triggers whenever the table is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("register_person", "register_household", "register_unit", "register_unitperiod", "register_unitcode")
COLUMN = "folded"


class NoTrigramsError(Exception):
    """The database's role may not add pg_trgm; the message says what its owner must do."""


def lay(connection: BaseDatabaseWrapper, tables: Iterable[str] = TABLES) -> None:
    """Make what is missing of the index; what is there stays. Apps above lay those of their own tables.

    Raises NoTrigramsError.
    """
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _lay_postgresql(cursor, connection.settings_dict["NAME"], [table for table in tables if table in there])
            return
        for table in tables:
            if table in there:
                _lay_sqlite(cursor, table)


def _lay_postgresql(cursor: Any, database: str, tables: Iterable[str]) -> None:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if cursor.fetchone() is None:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError as error:
            raise NoTrigramsError(
                f"Cơ sở dữ liệu “{database}” chưa có phần mở rộng pg_trgm (dùng để tìm theo một phần của tên) và tài "
                "khoản đang dùng không được thêm. Người quản trị cơ sở dữ liệu chạy một lần, trong cơ sở dữ liệu đó: "
                "CREATE EXTENSION pg_trgm; rồi chạy lại."
            ) from error
    for table in tables:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_trigrams ON {table} USING gin ({COLUMN} gin_trgm_ops)")


def _lay_sqlite(cursor: Any, table: str) -> None:
    """Two spaces stand before each word, so that even "  a" finds every word that begins with "a"."""
    search = f"{table}_search"
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s OR name LIKE %s", [search, f"{search}_on_%"])
    if cursor.fetchone()[0] == 4:
        return
    cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {search} USING fts5(text, tokenize='trigram case_sensitive 1')")
    changed = f"WHERE rowid = new.id AND old.{COLUMN} <> new.{COLUMN}"
    for name, event, act in (
        ("insert", "INSERT", f"INSERT INTO {search}(rowid, text) VALUES (new.id, {_spaced('new.')})"),
        ("update", f"UPDATE OF {COLUMN}", f"UPDATE {search} SET text = {_spaced('new.')} {changed}"),
        ("delete", "DELETE", f"DELETE FROM {search} WHERE rowid = old.id"),
    ):
        trigger = f"CREATE TRIGGER IF NOT EXISTS {search}_on_{name} AFTER {event} ON {table} BEGIN {act}; END"
        cursor.execute(trigger)
    cursor.execute(f"DELETE FROM {search}")
    cursor.execute(f"INSERT INTO {search}(rowid, text) SELECT id, {_spaced('')} FROM {table}")


def _spaced(row: str) -> str:
    return f"'  ' || replace({row}{COLUMN}, ' ', '  ')"
