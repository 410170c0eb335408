"""Any part of a name or a code, with marks or without: every word of what is asked must be in the text.

A word of three letters or more may stand anywhere in it, a shorter one at the beginning of a word.
"""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from thidua.vietnamese.folding import search_key
from thidua_web.register.trigrams import COLUMN

LETTERS = 3
MOST_WORDS = 8
# Up to so many rows are fetched and sorted; where more are found, lists are walked in their order until a page is full.
FEW = 2000


def words_of(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(search_key(text).split()))[:MOST_WORDS]


def holding(words: tuple[str, ...], column: str = COLUMN) -> Q:
    """Rows that hold every word, by looking at each; PostgreSQL's planner takes its index where that is faster."""
    wanted = Q()
    for word in words:
        anywhere, begins = Q(**{f"{column}__contains": word}), Q(**{f"{column}__startswith": word})
        wanted &= anywhere if len(word) >= LETTERS else begins | Q(**{f"{column}__contains": f" {word}"})
    return wanted


def found_in(model: type[models.Model], words: tuple[str, ...]) -> Q:
    """The same rows by the index of letters."""
    if connection.vendor == "postgresql" or not words:
        return holding(words)
    return Q(pk__in=RawSQL(_keys_of(model), [_match(words)]))  # noqa: S611 - the names in it are ours


def few_in(model: type[models.Model], words: tuple[str, ...]) -> bool:
    """Whether few rows hold the words; the index is read only until there are too many."""
    if connection.vendor == "postgresql":
        return few(model._default_manager.filter(holding(words)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_keys_of(model)} LIMIT {FEW + 1})", [_match(words)])  # noqa: S608
        return cursor.fetchone()[0] <= FEW


def few(rows: models.QuerySet) -> bool:
    """Whether the rows can be counted out quickly."""
    return rows.order_by().values("pk")[: FEW + 1].count() <= FEW


def _keys_of(model: type[models.Model]) -> str:
    search = f"{model._meta.db_table}_search"
    return f"SELECT rowid FROM {search} WHERE {search} MATCH %s"  # noqa: S608 - the names are ours


def _match(words: tuple[str, ...]) -> str:
    """A short word stands at the beginning of a word: the index has two spaces before each."""
    return " AND ".join('"{}"'.format(word.rjust(LETTERS).replace('"', '""')) for word in words)
