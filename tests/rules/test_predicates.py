"""Each predicate at its bounds: the last year that counts and the first that does not, silence, what was inherited."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.findings import Outcome
from thidua.law.criteria import Test as Asked
from thidua.rules.facts import Facts, HonourFact, RatingFact, SpellFact
from thidua.rules.offers import Offer
from thidua.rules.predicates import predicate
from thidua.rules.tally import Tally

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
DECEMBER = datetime.date(2025, 12, 10)
KNOWN = {"honours": 0, "works": 0, "discipline": 0, "service": 0}


def tally(name: str, facts: Facts, on: datetime.date = DECEMBER, offer: Offer | None = None, **params: Any) -> Tally:
    offer = offer or Offer(award="CSTDCS", subject=facts.subject, year=on.year)
    return predicate(Asked(name, params)).tally(facts, offer, on)


def outcome(
    name: str, facts: Facts, on: datetime.date = DECEMBER, offer: Offer | None = None, **params: Any
) -> Outcome:
    asked = predicate(Asked(name, params))
    return asked.outcome(tally(name, facts, on, offer, **params))


def honours(award: str, *years: int, known: bool = True, inherited: bool = False) -> Facts:
    rows = tuple(HonourFact(award=award, year=year, inherited=inherited) for year in years)
    return Facts(honours=rows, complete=KNOWN if known else {})


@pytest.mark.parametrize(
    ("years", "came_out"),
    [
        ((2023, 2024, 2025), MET),
        ((2022, 2023, 2024), MET),  # this year's is not decided yet: slack of one year
        ((2021, 2022, 2023), NOT_MET),
        ((2022, 2024, 2025), NOT_MET),
        ((2024, 2025), NOT_MET),
    ],
)
def test_three_years_running_end_this_year_or_the_last(years: tuple[int, ...], came_out: Outcome) -> None:
    assert outcome("honoured_in_a_row", honours("CSTDCS", *years), awards=["CSTDCS"], times=3) is came_out


@pytest.mark.parametrize(
    ("years", "gap", "came_out"),
    [((2022, 2025), 3, MET), ((2021, 2025), 3, NOT_MET), ((2022, 2025), 1, NOT_MET), ((2024, 2025), 3, MET)],
)
def test_a_title_of_every_third_year_runs_on(years: tuple[int, ...], gap: int, came_out: Outcome) -> None:
    facts = honours("CSTDBT", *years)
    assert outcome("honoured_in_a_row", facts, awards=["CSTDBT"], times=2, gap=gap) is came_out


@given(st.frozensets(st.integers(2010, 2025)), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2))
def test_times_running_are_counted_as_one_would_by_hand(
    years: frozenset[int], times: int, gap: int, slack: int
) -> None:
    def run(latest: int) -> int:
        return 1 + max((run(year) for year in years if 1 <= latest - year <= gap), default=0)

    longest = max((run(year) for year in years if 2025 - slack <= year <= 2025), default=0)
    params: dict[str, Any] = {"awards": ["CSTDCS"], "times": times, "gap": gap, "slack": slack}
    found = tally("honoured_in_a_row", honours("CSTDCS", *years), **params)
    assert found.sure == found.possible == min(longest, times)


def served(*spells: tuple[str, str | None]) -> Facts:
    def day(said: str | None) -> datetime.date | None:
        return datetime.date.fromisoformat(said) if said else None

    rows = tuple(SpellFact(kind="service", since=day(since) or DECEMBER, until=day(until)) for since, until in spells)
    return Facts(spells=rows, complete=KNOWN)


@pytest.mark.parametrize(
    ("spells", "years", "unbroken_years"),
    [
        ([("2000-12-10", None)], 25, 25),
        ([("2000-12-11", None)], 24, 24),
        ([("1990-01-01", "1999-12-31"), ("2010-12-10", None)], 25, 15),
        ([("1990-01-02", "1999-12-31"), ("2010-12-10", None)], 24, 15),
        ([("2000-12-10", "2010-03-31"), ("2010-04-01", None)], 25, 25),  # another post, no break
        ([("2000-12-10", "2010-03-31"), ("2010-04-02", None)], 24, 15),
        ([("2000-12-10", None), ("2005-01-01", "2006-12-31")], 25, 25),  # two posts at once
        ([("2000-01-01", "2020-12-31")], 21, 21),  # retired since
        ([], 0, 0),
    ],
)
def test_service_is_added_up_or_must_be_unbroken(
    spells: list[tuple[str, str | None]], years: int, unbroken_years: int
) -> None:
    assert tally("served", served(*spells), years=10).sure == years
    assert tally("served", served(*spells), years=10, unbroken=True).sure == unbroken_years


@pytest.mark.parametrize(
    ("since", "until", "came_out"),
    [
        ("2025-02-01", "2025-07-31", UNKNOWN),
        ("2024-09-01", "2025-01-01", UNKNOWN),
        ("2024-06-01", "2024-12-31", NOT_MET),
        (None, None, NOT_MET),
    ],
)
def test_a_year_unrated_for_maternity_leave_is_open(since: str | None, until: str | None, came_out: Outcome) -> None:
    spells = ()
    if since and until:
        first, last = datetime.date.fromisoformat(since), datetime.date.fromisoformat(until)
        spells = (SpellFact(kind="maternity", since=first, until=last),)
    facts = Facts(ratings=(RatingFact(year=2025, level="unrated"),), spells=spells)
    assert outcome("rated", facts, level="good") is came_out
