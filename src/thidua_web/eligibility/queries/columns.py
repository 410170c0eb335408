"""Everybody in columns, as `thidua.rules.screening` looks at them: of the same rows as the facts of one nominee.

Kept in the memory of the process until an act touches what it was made of (`stamp`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import polars as pl

from thidua.law.criteria import Subject
from thidua.rules.screening import Register
from thidua_web.eligibility.models import AwardNote, FactKind
from thidua_web.eligibility.queries import facts, members, ranks, rows
from thidua_web.eligibility.queries.facts import QUESTIONS
from thidua_web.eligibility.queries.rows import KINDS_OF_SPELLS, KINDS_OF_WORKS, FactRow, Nearest
from thidua_web.eligibility.queries.stamp import Stamp
from thidua_web.register.models import AwardRecord, Person, Rating

NUMBER, YEAR, TEXT = pl.Int64, pl.Int32, pl.String
PLACES = {"id": NUMBER, "path": TEXT}
GROUPS = {"person": NUMBER, "groups": pl.List(TEXT)}
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
_tables: dict[str, tuple[str, Any]] = {}
T = TypeVar("T")
MOST_KEPT = 3


def register(subject: Subject, year: int, stamp: Stamp) -> Register:
    """Of all people, units or households. `year` matters for units alone, whose members' figures are of a year."""
    key = (stamp, subject, year if subject == "collective" else 0)
    with _lock:
        if key not in _kept:
            for old in [one for one in _kept if one[0] != stamp] or list(_kept)[: max(0, len(_kept) + 1 - MOST_KEPT)]:
                del _kept[old]
            _kept[key] = _units(year) if subject == "collective" else MAKERS[subject](stamp)
        return _kept[key]


def _people(stamp: Stamp) -> Register:
    nearest = Nearest()
    tables = {
        "ratings": _long("ratings", stamp.ratings, _ratings_of_people),
        "honours": _long("honours", stamp.honours, lambda: _honours("person")),
        **_long("facts", stamp.facts, lambda: _said(list(rows.recorded("individual", None)))),
    }
    own = tables.pop("groups")
    return Register(_listed("individual", _long("people", stamp.people, _places), nearest, own), **tables)


def _places() -> pl.DataFrame:
    found = Person.objects.filter(merged_into=None).order_by("pk").values_list("pk", "unit__path")
    return _frame(PLACES, found)


def _long(name: str, stamp: str, make: Callable[[], T]) -> T:
    """What is most of a register, kept until something of it changes."""
    known = _tables.get(name)
    if known is None or known[0] != stamp:
        known = _tables[name] = (stamp, make())
    kept: T = known[1]
    return kept


def _ratings_of_people() -> pl.DataFrame:
    found = Rating.objects.filter(person__isnull=False).order_by()
    return _frame(RATINGS, found.values_list("person_id", "year", "level", "track"))


def _honours(kind: str) -> pl.DataFrame:
    """As `rows.honours` of each: what is noted of an award, its code, else what its words say."""
    found = AwardRecord.objects.filter(**{f"{kind}__isnull": False}).order_by()
    coded = found.exclude(award="").values_list("pk", f"{kind}_id", "award", "year")
    worded = found.filter(award="").values_list("pk", f"{kind}_id", "title", "issuer", "year")
    known = [*coded, *((pk, of, rows.named(title, issuer), year) for pk, of, title, issuer, year in worded)]
    notes_of = AwardNote.objects.filter(**{f"award__{kind}__isnull": False})
    noted = notes_of.values_list("award_id", "merit", "code", "deed_id")
    notes = _frame(
        {"pk": NUMBER, "merit": TEXT, "code": TEXT, "deed": TEXT},
        ((pk, merit, code or None, f"deed:{deed}" if deed else None) for pk, merit, code, deed in noted),
    )
    awards = _frame({"pk": NUMBER, "person": NUMBER, "award": TEXT, "year": YEAR}, known)
    told = awards.join(notes, on="pk", how="left").with_columns(
        award=pl.coalesce("code", "award"), merit=pl.col("merit").fill_null(""), deed=pl.col("deed").fill_null("")
    )
    return told.filter(pl.col("award") != "").select(*HONOURS)


def _households(stamp: Stamp) -> Register:
    nearest, listed = Nearest(), rows.households(None)
    recorded = list(rows.recorded("household", None))
    lived = [(row.of, "in_being", row.since, row.until, "", False, False) for row in listed if row.since]
    tables = {
        "honours": _long("honours of households", stamp.honours, lambda: _honours("household")),
        **_said(recorded, lived),
    }
    own = tables.pop("groups")
    places = _frame(PLACES, ((row.of, row.path) for row in listed))
    return Register(_listed("household", places, nearest, own), **tables)


MAKERS: Mapping[str, Callable[[Stamp], Register]] = {"individual": _people, "household": _households}


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
    tables |= _said(recorded, spells, figures)
    own = tables.pop("groups")
    return Register(_listed("collective", _frame(PLACES, list(paths.items())), nearest, own), **tables)


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


def _listed(subject: Subject, places: pl.DataFrame, nearest: Nearest, own: pl.DataFrame) -> pl.DataFrame:
    """The nominees, with what their units say of all who are there."""
    paths = places["path"].unique().to_list()
    complete = [nearest.complete_for(path) for path in paths]
    shared = [nearest.group_for(path) if subject == "individual" else None for path in paths]
    said = pl.DataFrame(
        {
            "path": pl.Series(paths, dtype=TEXT),
            "shared": pl.Series([sorted(groups) if groups else None for groups in shared], dtype=pl.List(TEXT)),
            **{f"complete.{kind}": pl.Series([one.get(kind) for one in complete], dtype=YEAR) for kind in COMPLETE},
        }
    )
    listed = places.join(said, on="path", how="left", maintain_order="left")
    listed = listed.join(own, left_on="id", right_on="person", how="left", maintain_order="left")
    with_groups = listed.with_columns(groups=pl.coalesce("groups", "shared"), subject=pl.lit(subject))
    return with_groups.drop("path", "shared")


def _said(
    recorded: Sequence[FactRow], spells: Iterable[Sequence[Any]] = (), figures: Iterable[members.Figure] = ()
) -> dict[str, pl.DataFrame]:
    """The tables of what was recorded, and `groups` beside them."""
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
    groups: dict[int, set[str]] = {}
    for row in recorded:
        if row.kind == FactKind.GROUP:
            groups.setdefault(row.of, set()).add(row.code)
    return {
        "groups": _frame(GROUPS, ((of, sorted(codes)) for of, codes in groups.items())),
        "works": _frame(WORKS, works),
        "spells": _frame(SPELLS | INHERITED, lasted),
        "answers": _frame(ANSWERS, ((of, key, yes, year) for (of, key, year), yes in answers.items())),
        "measures": _frame(MEASURES, ((of, key, value, year) for (of, key, year), value in measures.items())),
    }


def forget() -> None:
    """For tests, whose databases follow each other in one process."""
    with _lock:
        _kept.clear()
        _tables.clear()
