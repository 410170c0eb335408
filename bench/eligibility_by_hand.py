"""The three rules written once more, for each engine in its own words: Polars, DuckDB, plain Python, OpenFisca.

Each gives for every person True, False or None (not known), in the order of the people. `only_met` of Polars gives
the ids of those who meet the rule and nothing else, as somebody would write who asks only that.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from eligibility_rows import Rows

from thidua.rules.facts import LEVELS

YEAR = 2024
POLARS_NAME, ONLY_MET = "Polars viết tay, ba kết quả", "Polars viết tay, chỉ lọc ra người đạt"
GOOD, EXCELLENT = pl.lit("good", pl.Enum(LEVELS)), pl.lit("excellent", pl.Enum(LEVELS))


def _sided(met: pl.Expr, not_met: pl.Expr) -> pl.Expr:
    return pl.when(met).then(True).when(not_met).then(False)


def hau_giang(rows: Rows) -> pl.DataFrame:
    kept = rows.ratings.lazy().filter((pl.col("track") == "state") & pl.col("year").is_between(2020, 2024))
    found = kept.group_by("person").agg(
        good=(pl.col("level") >= GOOD).sum(), best=(pl.col("level") == EXCELLENT).sum(), rated=pl.len()
    )
    people = rows.people.lazy().join(found, left_on="id", right_on="person", how="left")
    good, best = pl.col("good").fill_null(0), pl.col("best").fill_null(0)
    missing = 5 - pl.col("rated").fill_null(0)
    every, three = _sided(good >= 5, good + missing < 5), _sided(best >= 3, best + missing < 3)
    return people.select("id", outcome=every & three).collect(engine="streaming")


def _titles(rows: Rows, years: int) -> pl.LazyFrame:
    """Of each person, whether the title was given 0, 1, 2 years back."""
    given = (pl.col("award") == "CSTDCS") & pl.col("year").is_between(YEAR - years, YEAR)
    back = {f"given{i}": (pl.col("year") == YEAR - i).any() for i in range(years + 1)}
    return rows.honours.lazy().filter(given).group_by("person").agg(**back)


def _in_a_row(times: int) -> pl.Expr:
    given = [pl.col(f"given{i}").fill_null(False) for i in range(times + 1)]
    maybe = [one | (YEAR - i < pl.col("complete.honours")).fill_null(True) for i, one in enumerate(given)]
    sure, possible = (pl.all_horizontal(years[:times]) | pl.all_horizontal(years[1:]) for years in (given, maybe))
    return _sided(sure, ~possible)


def cstdbt(rows: Rows) -> pl.DataFrame:
    works = rows.works.lazy().filter(
        pl.col("kind").is_in(["initiative", "science", "combat"])
        & (pl.col("scope") >= pl.lit("province", rows.works.schema["scope"]))
        & (pl.col("year") <= YEAR)
    )
    works = works.group_by("person").agg(works=pl.len())
    people = rows.people.lazy().join(_titles(rows, 3), left_on="id", right_on="person", how="left")
    people = people.join(works, left_on="id", right_on="person", how="left")
    recognised = _sided(pl.col("works").fill_null(0) >= 1, (pl.col("complete.works") <= 0).fill_null(False))
    return people.select("id", outcome=_in_a_row(3) & recognised).collect(engine="streaming")


def bang_khen_tinh(rows: Rows) -> pl.DataFrame:
    two_years = pl.col("year").is_between(YEAR - 1, YEAR)
    ratings = rows.ratings.lazy().filter((pl.col("track") == "state") & two_years)
    ratings = ratings.group_by("person").agg(best=(pl.col("level") == EXCELLENT).sum(), rated=pl.len())
    works = rows.works.lazy().filter(two_years).group_by("person")
    works = works.agg(**{kind: (pl.col("kind") == kind).sum() for kind in ("initiative", "science")})
    people = rows.people.lazy()
    for found in (_titles(rows, 2), ratings, works):
        people = people.join(found, left_on="id", right_on="person", how="left")
    best, missing = pl.col("best").fill_null(0), 2 - pl.col("rated").fill_null(0)
    complete = (pl.col("complete.works") <= YEAR - 1).fill_null(False)
    two_of = [
        _sided(pl.col(k).fill_null(0) >= 2, complete & (pl.col(k).fill_null(0) < 2)) for k in ("initiative", "science")
    ]
    through_years = _sided(best >= 2, best + missing < 2) & (two_of[0] | two_of[1])
    return people.select("id", outcome=_in_a_row(2) | through_years).collect(engine="streaming")


POLARS: Mapping[str, Callable[[Rows], pl.DataFrame]] = {
    "HAU_GIANG": hau_giang, "CSTDBT": cstdbt, "BANG_KHEN_TINH": bang_khen_tinh,
}  # fmt: skip


def only_met(award: str, rows: Rows) -> pl.Series:
    ratings, works = rows.ratings.lazy(), rows.works.lazy()
    if award == "HAU_GIANG":
        kept = ratings.filter((pl.col("track") == "state") & pl.col("year").is_between(2020, 2024))
        found = kept.group_by("person").agg(
            good=(pl.col("level") >= GOOD).sum(), best=(pl.col("level") == EXCELLENT).sum()
        )
        found = found.filter((pl.col("good") == 5) & (pl.col("best") >= 3))
    else:
        times = 3 if award == "CSTDBT" else 2
        given = [pl.col(f"given{i}") for i in range(times + 1)]
        run = pl.all_horizontal(given[:times]) | pl.all_horizontal(given[1:])
        found = _titles(rows, times).filter(run).select("person")
        if award == "CSTDBT":
            wide = pl.col("scope") >= pl.lit("province", rows.works.schema["scope"])
            found = found.join(works.filter(wide & (pl.col("year") <= YEAR)), on="person", how="semi")
        else:
            two_years = pl.col("year").is_between(YEAR - 1, YEAR)
            best = ratings.filter(two_years & (pl.col("track") == "state") & (pl.col("level") == EXCELLENT))
            best = best.group_by("person").len().filter(pl.col("len") == 2)
            made = works.filter(two_years).group_by("person", "kind").len().filter(pl.col("len") >= 2)
            found = pl.concat([found, best.join(made, on="person", how="semi").select("person")]).unique()
    return found.select("person").collect(engine="streaming")["person"]


SQL = {
    "HAU_GIANG": """
        with r as (
            select person, count(*) filter (level >= 3) good, count(*) filter (level = 4) best, count(*) rated
            from ratings where track = 'state' and year between 2020 and 2024 group by person
        ), p as (
            select id, coalesce(good, 0) good, coalesce(best, 0) best, 5 - coalesce(rated, 0) missing
            from people left join r on id = person
        )
        select id, (case when good >= 5 then true when good + missing < 5 then false end)
               and (case when best >= 3 then true when best + missing < 3 then false end) as outcome
        from p order by id""",
    "CSTDBT": """
        with h as (
            select person, bool_or(year = 2024) y0, bool_or(year = 2023) y1, bool_or(year = 2022) y2,
                   bool_or(year = 2021) y3
            from honours where award = 'CSTDCS' and year between 2021 and 2024 group by person
        ), w as (
            select person, count(*) works from works
            where kind in ('initiative', 'science', 'combat') and scope >= 1 and year <= 2024 group by person
        ), p as (
            select id, honours_from f, works_from g, coalesce(y0, false) y0, coalesce(y1, false) y1,
                   coalesce(y2, false) y2, coalesce(y3, false) y3, coalesce(works, 0) works
            from people left join h on id = h.person left join w on id = w.person
        )
        select id,
            (case when y1 and y2 and (y0 or y3) then true
                  when not ((y1 or f > 2023) and (y2 or f > 2022) and (y0 or f > 2024 or y3 or f > 2021)) then false
             end)
            and (case when works >= 1 then true when g <= 0 then false end) as outcome
        from p order by id""",
    "BANG_KHEN_TINH": """
        with h as (
            select person, bool_or(year = 2024) y0, bool_or(year = 2023) y1, bool_or(year = 2022) y2
            from honours where award = 'CSTDCS' and year between 2022 and 2024 group by person
        ), r as (
            select person, count(*) filter (level = 4) best, count(*) rated
            from ratings where track = 'state' and year between 2023 and 2024 group by person
        ), w as (
            select person, count(*) filter (kind = 'initiative') a, count(*) filter (kind = 'science') b
            from works where year between 2023 and 2024 group by person
        ), p as (
            select id, honours_from f, works_from g, coalesce(y0, false) y0, coalesce(y1, false) y1,
                   coalesce(y2, false) y2, coalesce(best, 0) best, 2 - coalesce(rated, 0) missing,
                   coalesce(a, 0) a, coalesce(b, 0) b
            from people left join h on id = h.person left join r on id = r.person left join w on id = w.person
        )
        select id,
            (case when y1 and (y0 or y2) then true
                  when not ((y1 or f > 2023) and (y0 or f > 2024 or y2 or f > 2022)) then false end)
            or ((case when best >= 2 then true when best + missing < 2 then false end)
                and (case when a >= 2 or b >= 2 then true when g <= 2023 then false end)) as outcome
        from p order by id""",
}


def duckdb_tables(rows: Rows, folder: Path) -> Any:
    """Tables in memory, levels and scopes as the numbers of their order."""
    base = importlib.import_module("duckdb").connect()
    plain = {
        "people": rows.people.rename({"complete.honours": "honours_from", "complete.works": "works_from"}),
        "ratings": rows.ratings.with_columns(pl.col("level").to_physical(), pl.col("track").cast(pl.String)),
        "honours": rows.honours.with_columns(pl.col("award").cast(pl.String)),
        "works": rows.works.with_columns(pl.col("scope").to_physical(), pl.col("kind").cast(pl.String)),
    }
    for name, frame in plain.items():
        frame.write_parquet(folder / f"{name}.parquet")
        base.execute(f"create table {name} as from read_parquet('{folder / name}.parquet')")
    return base


def lists(rows: Rows) -> Mapping[str, list[tuple[Any, ...]]]:
    """As a plain loop takes them: tuples in the order of the columns, levels and scopes as numbers."""
    return {
        "people": rows.people.rows(),
        "ratings": rows.ratings.with_columns(pl.col("level").to_physical()).rows(),
        "honours": rows.honours.rows(),
        "works": rows.works.with_columns(pl.col("scope").to_physical()).rows(),
    }


def _loop_hau_giang(lists: Mapping[str, list[tuple[Any, ...]]]) -> list[bool | None]:
    levels: dict[int, list[int]] = {}
    for person, year, level, track in lists["ratings"]:
        if track == "state" and 2020 <= year <= 2024:
            levels.setdefault(person, []).append(level)
    found = []
    for person, _, _ in lists["people"]:
        rated = levels.get(person, ())
        good, best, missing = sum(x >= 3 for x in rated), sum(x == 4 for x in rated), 5 - len(rated)
        every = True if good >= 5 else False if good + missing < 5 else None
        three = True if best >= 3 else False if best + missing < 3 else None
        found.append(_both(every, three))
    return found


def _loop_cstdbt(lists: Mapping[str, list[tuple[Any, ...]]]) -> list[bool | None]:
    given = _given(lists)
    wide = {p for p, kind, year, scope in lists["works"] if scope >= 1 and year <= YEAR}
    found = []
    for person, honours_from, works_from in lists["people"]:
        work = True if person in wide else False if works_from <= 0 else None
        found.append(_both(_row(given.get(person, ()), honours_from, 3), work))
    return found


def _loop_bang_khen(lists: Mapping[str, list[tuple[Any, ...]]]) -> list[bool | None]:
    given = _given(lists)
    levels: dict[int, list[int]] = {}
    for person, year, level, track in lists["ratings"]:
        if track == "state" and year >= YEAR - 1:
            levels.setdefault(person, []).append(level)
    works: dict[tuple[int, str], int] = {}
    for person, kind, year, _ in lists["works"]:
        if year >= YEAR - 1:
            works[person, kind] = works.get((person, kind), 0) + 1
    found = []
    for person, honours_from, works_from in lists["people"]:
        rated = levels.get(person, ())
        best = sum(x == 4 for x in rated)
        years = True if best >= 2 else False if best + 2 - len(rated) < 2 else None
        enough = works.get((person, "initiative"), 0) >= 2 or works.get((person, "science"), 0) >= 2
        made = True if enough else False if works_from <= YEAR - 1 else None
        found.append(_either(_row(given.get(person, ()), honours_from, 2), _both(years, made)))
    return found


def _given(lists: Mapping[str, list[tuple[Any, ...]]]) -> dict[int, set[int]]:
    given: dict[int, set[int]] = {}
    for person, award, year in lists["honours"]:
        if award == "CSTDCS":
            given.setdefault(person, set()).add(year)
    return given


def _row(years: Any, known_from: int, times: int) -> bool | None:
    runs = [range(end - times + 1, end + 1) for end in (YEAR, YEAR - 1)]
    if any(all(year in years for year in run) for run in runs):
        return True
    return None if any(all(year in years or year < known_from for year in run) for run in runs) else False


def _both(one: bool | None, other: bool | None) -> bool | None:
    return False if one is False or other is False else None if one is None or other is None else True


def _either(one: bool | None, other: bool | None) -> bool | None:
    return True if one or other else None if one is None or other is None else False


LOOPS = {"HAU_GIANG": _loop_hau_giang, "CSTDBT": _loop_cstdbt, "BANG_KHEN_TINH": _loop_bang_khen}
