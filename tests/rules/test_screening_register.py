"""What a register in columns may leave out, hold on disk, or hold in other types, and how people are ranked by it."""

from __future__ import annotations

import datetime
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from thidua.law.criteria import Criterion
from thidua.law.criteria import Test as Asked
from thidua.law.law import Law
from thidua.rules.assessing import NoStandardError
from thidua.rules.facts import Facts, HonourFact, MeasureFact, RatingFact
from thidua.rules.offers import Offer
from thidua.rules.screening import Register, register_of, screen

ON = datetime.date(2025, 12, 10)
GOOD = Asked("rated", {"level": "good", "years": 2})
TITLE = Asked("honoured", {"awards": ["CSTDCS"], "times": 2, "years": 3})
SHARE = Asked("targets_met", {"share": 70})
RATINGS = pl.DataFrame({"person": ["an", "an", "ba"], "year": [2024, 2025, 2025], "level": ["good", "good", "done"]})


def found(register: Register, *tests: Asked, counts: bool = False) -> dict[str, dict]:
    offer = Offer(award="X", subject="individual", year=2025, criteria=tuple(Criterion(test=test) for test in tests))
    frame = screen(offer, register, Law([]), ON).frame(counts=counts)
    return {row["id"]: row for row in frame.iter_rows(named=True)}


def people(*ids: str, **columns: list) -> pl.DataFrame:
    return pl.DataFrame({"id": ids, **columns})


def test_tables_that_a_register_does_not_have_leave_what_they_would_say_unknown() -> None:
    rows = found(Register(people("an", "ba")), GOOD, TITLE, SHARE, Asked("in_being", {}), Asked("served", {"years": 3}))
    assert {row["outcome"] for row in rows.values()} == {None}
    assert rows["an"]["unknown"] == 5


def test_silence_of_a_table_is_a_no_where_its_records_are_complete() -> None:
    known = people("an", "ba", **{"complete.honours": pl.Series([2000, None], dtype=pl.Int32)})
    rows = found(Register(known), TITLE)
    assert (rows["an"]["outcome"], rows["ba"]["outcome"]) == (False, None)


def test_columns_that_are_left_out_have_the_value_that_a_fact_has() -> None:
    rows = found(Register(people("an", "ba", "chi"), ratings=RATINGS), GOOD)
    assert {person: row["outcome"] for person, row in rows.items()} == {"an": True, "ba": False, "chi": None}


def test_the_nearest_come_first_by_what_they_lack() -> None:
    register = register_of(
        (
            name,
            Facts(
                ratings=tuple(RatingFact(year=2025 - i, level="good") for i in range(years)), complete={"honours": 0}
            ),
        )
        for name, years in (("nobody", 0), ("half", 1), ("all", 2))
    )
    rows = found(register, GOOD, Asked("not_already_awarded", {}))
    order = sorted(rows, key=lambda name: (rows[name]["not_met"], rows[name]["unknown"], rows[name]["0"] is None))
    assert order[0] == "all"
    assert rows["nobody"] | {"id": ""} == {"id": "", "outcome": None, "not_met": 0, "unknown": 1, "0": None, "1": True}


def test_counts_stand_beside_each_test() -> None:
    facts = Facts(
        honours=(HonourFact(award="CSTDCS", year=2024), HonourFact(award="CSTDCS", year=2023, inherited=True))
    )
    row = found(register_of([("an", facts)]), TITLE, counts=True)["an"]
    assert (row["0.sure"], row["0.possible"]) == (1, 1_000_000)


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Enum(["done", "good", "excellent"])])
def test_text_may_be_categorical_and_levels_any_text(kind: pl.DataType) -> None:
    rows = RATINGS.with_columns(pl.col("level").cast(kind), track=pl.lit("state").cast(pl.Categorical))
    assert found(Register(people("an", "ba"), ratings=rows), GOOD)["an"]["outcome"] is True


def test_a_level_that_there_is_not_is_refused() -> None:
    rows = RATINGS.with_columns(level=pl.lit("brilliant"))
    with pytest.raises(pl.exceptions.PolarsError):
        found(Register(people("an"), ratings=rows), GOOD)


@pytest.mark.parametrize("value", [69.99, 70.0, 70])
def test_values_may_be_plain_numbers(value: float) -> None:
    rows = pl.DataFrame({"person": ["an"], "key": ["targets.met.share"], "value": [value]})
    assert found(Register(people("an"), measures=rows), SHARE)["an"]["outcome"] is (value >= 70)


@pytest.mark.parametrize(("op", "outcomes"), [(">=", (False, True)), ("<=", (True, False)), ("=", (False, False))])
def test_a_bound_of_more_decimals_lies_between_two_values(op: str, outcomes: tuple[bool, bool]) -> None:
    values = {"below": Decimal("66.6666"), "above": Decimal("66.6667")}
    register = register_of((name, Facts(measures=(MeasureFact(key="k", value=one),))) for name, one in values.items())
    rows = found(register, Asked("measured", {"key": "k", "op": op, "value": "66.66666"}))
    assert (rows["below"]["outcome"], rows["above"]["outcome"]) == outcomes


def test_only_the_nominees_of_the_offers_kind_are_answered() -> None:
    register = register_of([("an", Facts()), ("room", Facts(subject="collective"))])
    assert list(found(register, GOOD)) == ["an"]


def test_rows_may_stay_in_files_until_they_are_needed(tmp_path: Path) -> None:
    people("an", "ba").write_parquet(tmp_path / "people.parquet")
    RATINGS.write_parquet(tmp_path / "ratings.parquet")
    register = Register(
        pl.scan_parquet(tmp_path / "people.parquet"), ratings=pl.scan_parquet(tmp_path / "ratings.parquet")
    )
    offer = Offer(award="X", subject="individual", year=2025, criteria=(Criterion(test=GOOD),))
    screen(offer, register, Law([]), ON).lazy(parts=False).sink_parquet(tmp_path / "found.parquet")
    answers = pl.read_parquet(tmp_path / "found.parquet").sort("id")
    assert answers.columns == ["id", "outcome", "not_met", "unknown"]
    assert answers["outcome"].to_list() == [True, False]


def test_nobody_at_all_is_answered_with_nothing() -> None:
    assert found(register_of([]), GOOD, TITLE, SHARE) == {}


def test_what_a_register_cannot_do_without_is_said() -> None:
    with pytest.raises(ValueError, match="no id"):
        Register(pl.DataFrame({"name": ["an"]}))
    with pytest.raises(ValueError, match="ratings without level"):
        Register(people("an"), ratings=RATINGS.drop("level"))
    with pytest.raises(ValueError, match="no such tables: medals"):
        Register(people("an"), medals=RATINGS)


def test_an_award_of_which_nothing_is_known_is_not_screened() -> None:
    with pytest.raises(NoStandardError):
        screen(Offer(award="X", subject="individual", year=2025), register_of([]), Law([]), ON)


def test_a_row_of_more_years_than_a_number_holds_is_refused() -> None:
    asked = Asked("honoured_in_a_row", {"awards": ["CSTDCS"], "times": 70})
    with pytest.raises(ValueError, match="70 years back"):
        found(register_of([("an", Facts())]), asked)


def test_the_rest_of_the_core_does_not_wait_for_the_engine() -> None:
    said = "import sys, thidua.rules.assessing, thidua.plans.read, thidua_web.cli; print('polars' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "False"
