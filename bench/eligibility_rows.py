"""A register to screen: people with five years of ratings, the awards they were given before, their initiatives."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from thidua.law.law import Law
from thidua.law.statute import parse_statute
from thidua.rules.facts import LEVELS, SCOPES
from thidua.rules.screening import Register

FIRST, LAST = 2020, 2024
RULES = {
    "HAU_GIANG": "Năm năm của Hậu Giang",
    "CSTDBT": "Chiến sĩ thi đua tỉnh",
    "BANG_KHEN_TINH": "Bằng khen tỉnh, điểm d",
}

STATUTE = """
instrument = "bench"

[[standard]]
award = "CSTDBT"
subjects = ["individual"]
since = 2024-01-01

[[standard.all]]
text = "03 lần liên tục được tặng danh hiệu Chiến sĩ thi đua cơ sở"
test = { honoured_in_a_row = { awards = ["CSTDCS"], times = 3 } }

[[standard.all]]
text = "Sáng kiến, đề tài, mưu trí có phạm vi ảnh hưởng trong tỉnh"
test = { work_recognised = { kinds = ["initiative", "science", "combat"], scope = "province" } }

[[standard]]
award = "BANG_KHEN_TINH"
subjects = ["individual"]
since = 2024-01-01

[[standard.all]]
text = "Thành tích thường xuyên qua hai năm (điểm d khoản 1 Điều 74)"
any = [
  { text = "02 lần liên tục CSTĐCS", test = { honoured_in_a_row = { awards = ["CSTDCS"], times = 2 } } },
  { text = "2 năm liên tục hoàn thành xuất sắc nhiệm vụ, có 02 sáng kiến hoặc 02 công trình", all = [
    { text = "2 năm", test = { rated = { level = "excellent", years = 2 } } },
    { any = [
      { text = "02 sáng kiến", test = { work_recognised = { kinds = ["initiative"], times = 2, years = 2 } } },
      { text = "02 công trình", test = { work_recognised = { kinds = ["science"], times = 2, years = 2 } } },
    ] },
  ] },
]

[[standard]]
award = "HAU_GIANG"
subjects = ["individual"]
since = 2024-01-01

[[standard.all]]
text = "Từ năm 2020 đến năm 2024 hằng năm hoàn thành tốt nhiệm vụ trở lên"
test = { rated = { level = "good", first = 2020, last = 2024 } }

[[standard.all]]
text = "Trong đó có ít nhất 03 năm hoàn thành xuất sắc nhiệm vụ"
test = { rated = { level = "excellent", first = 2020, last = 2024, at_least = 3 } }
"""


def law() -> Law:
    return Law([parse_statute(STATUTE)])


@dataclass(frozen=True)
class Rows:
    """The frames, as both the engine and the rules by hand take them."""

    people: pl.DataFrame
    ratings: pl.DataFrame
    honours: pl.DataFrame
    works: pl.DataFrame

    @property
    def register(self) -> Register:
        return Register(self.people, ratings=self.ratings, honours=self.honours, works=self.works)


def make(people: int) -> Rows:
    """Nineteen in twenty have a rating in a year; records of awards reach back to 2015, for one in ten to 2024 only."""
    numbers = pl.select(id=pl.int_range(people, dtype=pl.UInt32))
    known = pl.when(_chance(0.9, 1)).then(2015).otherwise(2024).cast(pl.Int32)
    return Rows(
        people=numbers.with_columns(**{"complete.honours": known, "complete.works": known}),
        ratings=_each_year(numbers, _rating, range(FIRST, LAST + 1)),
        honours=_each_year(numbers, _honour, range(FIRST, LAST + 1)),
        works=_each_year(numbers, _work, range(FIRST, LAST + 1)),
    )


def _each_year(numbers: pl.DataFrame, make_year, years: range) -> pl.DataFrame:
    whole = pl.concat(make_year(numbers.rename({"id": "person"}), year) for year in years)
    return whole.sample(fraction=1, shuffle=True, seed=7)


def _rating(people: pl.DataFrame, year: int) -> pl.DataFrame:
    level = pl.when(_chance(0.3, year)).then(pl.lit("excellent"))
    level = level.when(_chance(0.9, year + 50)).then(pl.lit("good")).otherwise(pl.lit("done"))
    rated = people.filter(_chance(0.95, year + 100))
    kind = pl.Enum(LEVELS)
    return rated.with_columns(
        year=pl.lit(year, pl.Int32), level=level.cast(kind), track=pl.lit("state").cast(pl.Categorical)
    )


def _honour(people: pl.DataFrame, year: int) -> pl.DataFrame:
    award = pl.when(_chance(0.4, year + 200)).then(pl.lit("CSTDCS")).otherwise(pl.lit("LDTT")).cast(pl.Categorical)
    return people.filter(_chance(0.7, year + 300)).with_columns(award=award, year=pl.lit(year, pl.Int32))


def _work(people: pl.DataFrame, year: int) -> pl.DataFrame:
    kind = pl.when(_chance(0.8, year + 400)).then(pl.lit("initiative")).otherwise(pl.lit("science"))
    scope = pl.when(_chance(0.2, year + 500)).then(pl.lit("province")).otherwise(pl.lit("base"))
    return people.filter(_chance(0.2, year + 600)).with_columns(
        kind=kind.cast(pl.Categorical), year=pl.lit(year, pl.Int32), scope=scope.cast(pl.Enum(SCOPES))
    )


def _chance(share: float, seed: int) -> pl.Expr:
    """Of the rows so many, the same ones each time."""
    return pl.int_range(pl.len()).shuffle(seed=seed) < (pl.len() * share)
