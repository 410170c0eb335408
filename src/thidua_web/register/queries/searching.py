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
FEW = 5000


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
    """The same rows by the index of letters. For words of one letter alone there is nothing to look up."""
    longer = [word for word in map(_padded, words) if len(word) >= LETTERS]
    if connection.vendor == "postgresql" or not longer:
        return holding(words)
    search = f"{model._meta.db_table}_search"
    match = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in longer)
    keys = RawSQL(f"SELECT rowid FROM {search} WHERE {search} MATCH %s", [match])  # noqa: S608, S611 - the names are ours
    return Q(pk__in=keys) & holding(tuple(word for word in words if len(_padded(word)) < LETTERS))


def _padded(word: str) -> str:
    """A short word stands at the beginning of a word: the index has a space before each."""
    return word if len(word) >= LETTERS else f" {word}"


def few(rows: models.QuerySet) -> bool:
    """Whether the rows can be counted out quickly."""
    return rows.order_by().values("pk")[: FEW + 1].count() <= FEW
