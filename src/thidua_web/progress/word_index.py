# ruff: noqa: S608 - every name in these statements is ours
"""The index of the words of pledged works: of fifty thousand, those that share a telling word are found at once.

SQLite: a table of FTS5 beside them, kept by triggers. PostgreSQL: the words once more as an array that it makes itself,
with an index; taking the words apart for every row that is looked at cost more than all the rest. Laying it is repeated
after every migration, because SQLite drops a table's triggers whenever the table is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "progress_pledgedwork"
SEARCH = f"{TABLE}_words"
ARRAY = "words_array"


def lay(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing of the index; what is there stays."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _lay_postgresql(cursor)
        else:
            _lay_sqlite(cursor)


def _lay_postgresql(cursor: Any) -> None:
    """A migration that changes the column `words` drops this one first."""
    cursor.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {ARRAY} text[] "
        "GENERATED ALWAYS AS (string_to_array(words, ' ')) STORED"
    )
    cursor.execute(f"DROP INDEX IF EXISTS {SEARCH}")
    cursor.execute(f"CREATE INDEX IF NOT EXISTS {SEARCH}_array ON {TABLE} USING gin ({ARRAY})")


def _lay_sqlite(cursor: Any) -> None:
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s OR name LIKE %s", [SEARCH, f"{SEARCH}_on_%"])
    if cursor.fetchone()[0] == 4:
        return
    # Words hold dots and strokes (1.5; 10/2): they part nothing here.
    tokenizer = "unicode61 remove_diacritics 0 tokenchars ''./-,_''"
    cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {SEARCH} USING fts5(words, tokenize='{tokenizer}')")
    changed = "WHERE rowid = new.id AND old.words <> new.words"
    for name, event, act in (
        ("insert", "INSERT", f"INSERT INTO {SEARCH}(rowid, words) VALUES (new.id, new.words)"),
        ("update", "UPDATE OF words", f"UPDATE {SEARCH} SET words = new.words {changed}"),
        ("delete", "DELETE", f"DELETE FROM {SEARCH} WHERE rowid = old.id"),
    ):
        trigger = f"CREATE TRIGGER IF NOT EXISTS {SEARCH}_on_{name} AFTER {event} ON {TABLE} BEGIN {act}; END"
        cursor.execute(trigger)
    cursor.execute(f"DELETE FROM {SEARCH}")
    cursor.execute(f"INSERT INTO {SEARCH}(rowid, words) SELECT id, words FROM {TABLE}")


def sharing(words: Sequence[str], campaigns: Collection[int], *, most: int) -> list[int]:
    """Works of these campaigns that have one of the words, those that share the most telling ones first.

    `words` come with the most telling first. Without works that were left out, or whose pledge is closed.
    """
    if not words or not campaigns:
        return []
    asked = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        asked(cursor, list(words), sorted(campaigns), most)
        return [row[0] for row in cursor.fetchall()]


def _joined(campaigns: Sequence[int]) -> str:
    """Whatever is asked of the words stands behind this."""
    marks = ", ".join(["%s"] * len(campaigns))
    open_ = "EXISTS (SELECT 1 FROM progress_pledge p WHERE p.id = w.pledge_id AND p.closed_at IS NULL)"
    return f"w.campaign_id IN ({marks}) AND NOT w.left_out AND {open_}"


def _sqlite(cursor: Any, words: Sequence[str], campaigns: Sequence[int], most: int) -> None:
    """The index itself knows how rare a word is (bm25)."""
    match = " OR ".join('"{}"'.format(word.replace('"', '""')) for word in words)
    cursor.execute(
        f"SELECT w.id FROM {SEARCH} s JOIN {TABLE} w ON w.id = s.rowid "
        f"WHERE s.words MATCH %s AND {_joined(campaigns)} ORDER BY s.rank LIMIT %s",
        [match, *campaigns, most],
    )


def _postgresql(cursor: Any, words: Sequence[str], campaigns: Sequence[int], most: int) -> None:
    weights = " + ".join(
        f"CASE WHEN %s = ANY(w.{ARRAY}) THEN {len(words) - place} ELSE 0 END" for place in range(len(words))
    )
    cursor.execute(
        f"SELECT w.id FROM {TABLE} w WHERE w.{ARRAY} && %s AND {_joined(campaigns)} "
        f"ORDER BY {weights} DESC, w.id LIMIT %s",
        [list(words), *campaigns, *words, most],
    )
