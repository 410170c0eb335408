"""Everybody in columns, as `thidua.rules.screening` looks at them: of the same rows as the facts of one nominee.

Kept in the memory of the process until an act touches what it was made of (`stamp`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from thidua.law.criteria import Subject
from thidua.rules.screening import Register
from thidua_web.eligibility.models import FactKind
from thidua_web.eligibility.queries import facts, members, ranks, rows
from thidua_web.eligibility.queries.facts import QUESTIONS
from thidua_web.eligibility.queries.rows import KINDS_OF_SPELLS, KINDS_OF_WORKS, FactRow, Nearest
from thidua_web.register.models import Person

NUMBER, YEAR, TEXT = pl.Int64, pl.Int32, pl.String
RATINGS = {"person": NUMBER, "year": YEAR, "level": TEXT, "track": TEXT}
HONOURS = {"person": NUMBER, "award": TEXT, "year": YEAR, "merit": TEXT, "deed": TEXT}
WORKS = {"person": NUMBER, "kind": TEXT, "year": YEAR, "scope": TEXT, "used_for": TEXT}
SPELLS = {"person": NUMBER, "kind": TEXT, "since": pl.Date, "until": pl.Date, "form": TEXT, "cleared": pl.Boolean}
ANSWERS = {"person": NUMBER, "question": TEXT, "yes": pl.Boolean, "year": YEAR}
MEASURES = {"person": NUMBER, "key": TEXT, "value": pl.Decimal(38, 4), "year": YEAR}
INHERITED = {"inherited": pl.Boolean}
COMPLETE = ("honours", "works", "discipline", "inspection", "investigation", "complaint")

_lock = threading.Lock()
_kept: dict[tuple[Any, ...], Register] = {}
MOST_KEPT = 3


def register(subject: Subject, year: int, stamp: str) -> Register:
    """Of all people or all units. `year` matters for units alone, whose members' figures are those of a year."""
    key = (stamp, subject, year if subject == "collective" else 0)
    with _lock:
        if key not in _kept:
            for old in [one for one in _kept if one[0] != stamp] or list(_kept)[: max(0, len(_kept) + 1 - MOST_KEPT)]:
                del _kept[old]
            _kept[key] = _people() if subject == "individual" else _units(year)
        return _kept[key]


def _people() -> Register:
    nearest = Nearest()
    found = list(Person.objects.filter(merged_into=None).order_by("pk").values_list("pk", "unit__path"))
    recorded = list(rows.recorded("individual", None))
    alive = {pk for pk, _ in found}
    tables = {
        "ratings": _frame(RATINGS, (row[:4] for row in rows.ratings("individual", None) if row.of in alive)),
        "honours": _frame(HONOURS, (row[:5] for row in rows.honours("individual", None) if row.of in alive)),
    }
    return Register(_listed("individual", found, nearest, recorded), **tables, **_said(recorded))


def _units(year: int) -> Register:
    nearest, before = Nearest(), rows.came_from(None)
    paths = rows.place_of_units(None)
    recorded = list(rows.recorded("collective", None))
    rated, honoured = _heirs(rows.ratings("collective", None), before), _heirs(rows.honours("collective", None), before)
    days = {unit: (since, until) for unit, since, until in rows.days_of_units(None)}
    spells = [
        (unit, "in_being", *days[of], "", False, of != unit)
        for unit in paths
        for of in (unit, *before.get(unit, ()))
        if of in days
    ]
    figures = [*members.figures(paths, year, nearest), *ranks.figures(None)]
    tables = {
        "ratings": _frame(RATINGS | INHERITED, _best(rated)),
        "honours": _frame(HONOURS | INHERITED, ((unit, *row[1:5], row.of != unit) for unit, row in honoured)),
    }
    listed = _listed("collective", list(paths.items()), nearest, recorded)
    return Register(listed, **tables, **_said(recorded, spells, figures))


def _heirs(found: Iterable[Any], before: Mapping[int, set[int]]) -> list[tuple[int, Any]]:
    """Each row for its own unit, and for every one that came from it."""
    after: dict[int, list[int]] = {}
    for unit, olds in before.items():
        for old in olds:
            after.setdefault(old, []).append(unit)
    return [(unit, row) for row in found for unit in (row.of, *after.get(row.of, ()))]


def _best(rated: Iterable[tuple[int, rows.RatingRow]]) -> Iterable[tuple[Any, ...]]:
    """As of one unit: its own rating of a year, else the best of those it came from."""
    kept: dict[tuple[int, int, str], tuple[bool, int, str]] = {}
    for unit, row in rated:
        place, said = (unit, row.year, row.track), (row.of == unit, facts.LEVEL_ORDER[row.level], row.level)
        kept[place] = max(kept.get(place, said), said)
    return ((unit, year, level, track, not own) for (unit, year, track), (own, _, level) in kept.items())


def _frame(shape: Mapping[str, Any], found: Iterable[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(found), schema=dict(shape), orient="row")


def _listed(
    subject: Subject, found: Sequence[tuple[int, str]], nearest: Nearest, recorded: Iterable[FactRow]
) -> pl.DataFrame:
    """The nominees, with what their units say of all who are there."""
    own: dict[int, set[str]] = {}
    for row in recorded:
        if row.kind == FactKind.GROUP:
            own.setdefault(row.of, set()).add(row.code)
    complete = {path: nearest.complete_for(path) for _, path in found}
    shared = {path: nearest.group_for(path) if subject == "individual" else None for path in complete}
    groups = [sorted(own.get(key) or shared[path] or ()) or None for key, path in found]
    said = {
        f"complete.{kind}": pl.Series([complete[path].get(kind) for _, path in found], dtype=YEAR) for kind in COMPLETE
    }
    return pl.DataFrame(
        {
            "id": pl.Series([key for key, _ in found], dtype=NUMBER),
            "subject": pl.Series([subject] * len(found), dtype=TEXT),
            "groups": pl.Series(groups, dtype=pl.List(TEXT)),
            **said,
        }
    )


def _said(
    recorded: Sequence[FactRow], spells: Iterable[Sequence[Any]] = (), figures: Iterable[members.Figure] = ()
) -> dict[str, pl.DataFrame]:
    answers: dict[tuple[Any, ...], bool | None] = {}
    measures: dict[tuple[Any, ...], Any] = {}
    for row in recorded:
        if row.kind in QUESTIONS:
            answers.setdefault((row.of, facts.question(row), row.year), bool(row.yes))
        elif row.kind == FactKind.MEASURE:
            measures.setdefault((row.of, row.code, row.year), row.value)
    for figure in figures:
        measures.setdefault((figure.of, figure.key, figure.year), figure.value)
    works = ((r.of, r.kind, r.year, r.scope or "base", r.used_for) for r in recorded if r.kind in KINDS_OF_WORKS)
    lasted = [
        *((r.of, r.kind, r.since, r.until, r.code, r.cleared, False) for r in recorded if r.kind in KINDS_OF_SPELLS),
        *spells,
    ]
    return {
        "works": _frame(WORKS, works),
        "spells": _frame(SPELLS | INHERITED, lasted),
        "answers": _frame(ANSWERS, ((of, key, yes, year) for (of, key, year), yes in answers.items())),
        "measures": _frame(MEASURES, ((of, key, value, year) for (of, key, year), value in measures.items())),
    }


def forget() -> None:
    """For tests, whose databases follow each other in one process."""
    with _lock:
        _kept.clear()
