"""Each predicate at its bounds: the last year that counts and the first that does not, silence, what was inherited."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from thidua.findings import Outcome
from thidua.law.criteria import Test as Asked
from thidua.rules.facts import (
    FORMS,
    AnswerFact,
    Facts,
    HonourFact,
    MeasureFact,
    Movement,
    RatingFact,
    SpellFact,
    WorkFact,
)
from thidua.rules.offers import Offer
from thidua.rules.predicates import PREDICATES, predicate
from thidua.rules.tally import UNBOUNDED, Tally

YEARS = st.frozensets(st.integers(2014, 2026))
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


# --- Ratings --------------------------------------------------------------------------------------------------------


def rated(known: dict[int, str], *, inherited: bool = False) -> Facts:
    rows = tuple(RatingFact(year=year, level=level, inherited=inherited) for year, level in known.items())  # type: ignore[arg-type]
    return Facts(ratings=rows, complete=KNOWN)


@pytest.mark.parametrize(
    ("known", "params", "came_out"),
    [
        ({2025: "good"}, {"level": "good"}, MET),
        ({2025: "excellent"}, {"level": "good"}, MET),
        ({2025: "done"}, {"level": "good"}, NOT_MET),
        ({2025: "unrated"}, {"level": "done"}, NOT_MET),
        ({}, {"level": "good"}, UNKNOWN),
        ({2024: "good", 2026: "good"}, {"level": "good"}, UNKNOWN),
        ({2024: "good", 2025: "good"}, {"level": "good", "years": 2}, MET),
        ({2024: "done", 2025: "good"}, {"level": "good", "years": 2}, NOT_MET),
        ({2025: "good"}, {"level": "good", "years": 2}, UNKNOWN),
        ({2024: "done"}, {"level": "good", "years": 2}, NOT_MET),  # whatever 2025 brings
        ({2020: "good", 2021: "good"}, {"level": "good", "first": 2020, "last": 2021}, MET),
        ({2023: "good", 2025: "good"}, {"level": "good", "years": 3, "at_least": 2}, MET),
        ({2023: "good", 2024: "done", 2025: "done"}, {"level": "good", "years": 3, "at_least": 2}, NOT_MET),
        ({2023: "good", 2024: "done"}, {"level": "good", "years": 3, "at_least": 2}, UNKNOWN),
        ({2025: "excellent"}, {"level": "excellent", "track": "party"}, UNKNOWN),
    ],
)
def test_ratings_count_year_by_year(known: dict[int, str], params: dict[str, Any], came_out: Outcome) -> None:
    assert outcome("rated", rated(known), **params) is came_out


def test_a_former_units_ratings_only_may_count() -> None:
    assert outcome("rated", rated({2025: "good"}, inherited=True), level="good") is UNKNOWN
    assert outcome("rated", rated({2025: "done"}, inherited=True), level="good") is NOT_MET


def test_an_award_makes_up_for_the_rating_of_its_year() -> None:
    facts = Facts(ratings=(RatingFact(year=2024, level="done"),), honours=honours("TTLDXS", 2024, 2025).honours)
    params: dict[str, Any] = {"level": "excellent", "years": 2, "or_awards": ["TTLDXS"]}
    assert outcome("rated", facts, **params) is MET
    assert outcome("rated", facts, **(params | {"or_awards": ["DVQT"]})) is NOT_MET


@given(YEARS, YEARS, st.integers(1, 6), st.integers(1, 6))
def test_good_years_are_counted_as_one_would_by_hand(
    good: frozenset[int], bad: frozenset[int], years: int, at_least: int
) -> None:
    facts = rated(dict.fromkeys(bad, "not_done") | dict.fromkeys(good, "good"))
    window = set(range(2025 - years + 1, 2026))
    found = tally("rated", facts, level="good", years=years, at_least=at_least)
    assert found.sure == len(window & good)
    assert found.possible == len(window - (bad - good))
    assert set(found.missing) == window - good - bad


# --- Honours --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "params", "came_out"),
    [
        ((2010,), {}, MET),
        ((2026,), {}, NOT_MET),  # given after the offer's year
        ((), {}, NOT_MET),
        ((2021,), {"years": 5}, MET),
        ((2020,), {"years": 5}, NOT_MET),
        ((2020,), {"ago": 5}, MET),
        ((2021,), {"ago": 5}, NOT_MET),
        ((2019, 2020), {"first": 2019, "last": 2020, "times": 2}, MET),
        ((2018, 2020), {"first": 2019, "last": 2020, "times": 2}, NOT_MET),
        ((2025, 2025), {"times": 2}, MET),
    ],
)
def test_honours_count_within_their_years(years: tuple[int, ...], params: dict[str, Any], came_out: Outcome) -> None:
    assert outcome("honoured", honours("COBT", *years), awards=["COBT"], **params) is came_out


def test_honours_that_may_be_missing_are_possible() -> None:
    facts = Facts(honours=honours("COBT", 2025).honours, complete={"honours": 2022})
    assert tally("honoured", facts, awards=["COBT"], years=4).possible == 1
    assert tally("honoured", facts, awards=["COBT"], years=5).possible == UNBOUNDED
    assert outcome("honoured", facts, awards=["COBT"], years=5) is MET


@pytest.mark.parametrize(("merit", "came_out"), [("yearly", MET), ("campaign", NOT_MET), ("", UNKNOWN)])
def test_the_kind_of_merit_of_an_honour(merit: Any, came_out: Outcome) -> None:
    facts = Facts(honours=(HonourFact(award="BKTTG", year=2020, merit=merit),), complete=KNOWN)
    assert outcome("honoured", facts, awards=["BKTTG"], merits=["yearly", "service"]) is came_out


@pytest.mark.parametrize(
    ("anchors", "flags", "numbers"),
    [
        ((2020,), (2020, 2021, 2025), (2, 2)),  # not that of the year itself
        ((2021,), (2022,), (0, 0)),  # less than five years ago
        ((2010,), (2011, 2012), (0, 2)),  # the unbroken time is five years for sure, it may be longer
        ((2010,), (2009, 2012, 2021), (1, 2)),  # never longer than since the award
        ((2018, 2020), (2019, 2022), (1, 2)),  # of several the first
        ((2018, 2022), (2019,), (0, 1)),
        ((), (2022,), (0, 0)),
    ],
)
def test_what_came_since_an_award(anchors: tuple[int, ...], flags: tuple[int, ...], numbers: tuple[int, int]) -> None:
    facts = Facts(honours=honours("BKTTG", *anchors).honours + honours("COBT", *flags).honours, complete=KNOWN)
    found = tally("honoured", facts, awards=["COBT"], after=["BKTTG"], years=5)
    assert (found.sure, found.possible) == numbers
    assert found.unanchored == (not [year for year in anchors if year <= 2020])


def test_years_and_works_since_an_award() -> None:
    given_twice = honours("HCLD3", 2015, 2018).honours
    ratings = tuple(RatingFact(year=year, level="excellent") for year in (2016, 2019, 2025))
    works = tuple(WorkFact(kind="initiative", year=year) for year in (2017, 2018, 2020))
    facts = Facts(honours=given_twice, ratings=ratings, works=works, complete=KNOWN)
    found = tally("rated", facts, level="excellent", years=5, at_least=3, after=["HCLD3"])
    assert (found.sure, found.possible) == (1, 10)  # 2025; 2016 and 2019 as well, and seven years without a rating
    found = tally("work_recognised", facts, kinds=["initiative"], years=5, after=["HCLD3"])
    assert (found.sure, found.possible) == (0, 3)


@given(YEARS, YEARS, st.integers(1, 6))
def test_since_an_award_is_counted_as_one_would_by_hand(
    anchors: frozenset[int], given_in: frozenset[int], years: int
) -> None:
    facts = Facts(honours=honours("HCLD3", *anchors).honours + honours("COBT", *given_in).honours, complete=KNOWN)
    found = tally("honoured", facts, awards=["COBT"], after=["HCLD3"], years=years)
    early = {year for year in anchors if year <= 2025 - years}
    recent = given_in & set(range(2026 - years, 2026))
    assert found.sure == (len(recent) if early else 0)
    assert found.possible == (len(given_in & set(range(min(early) + 1, 2026))) if early else 0)


@pytest.mark.parametrize(
    ("row", "deed", "came_out"),
    [
        (HonourFact(award="GIAY_KHEN", year=2025, merit="yearly"), "", NOT_MET),
        (HonourFact(award="GIAY_KHEN", year=2025), "", UNKNOWN),
        (HonourFact(award="GIAY_KHEN", year=2025, merit="sudden"), "", MET),
        (HonourFact(award="GIAY_KHEN", year=2024, merit="yearly"), "", MET),
        (HonourFact(award="BKTTG", year=2025, merit="yearly"), "", MET),
        (HonourFact(award="BKTTG", year=2023, merit="sudden", deed="Cứu người"), "Cứu người", NOT_MET),
        (HonourFact(award="GIAY_KHEN", year=2025, merit="yearly"), "Cứu người", MET),
        (HonourFact(award="GIAY_KHEN", year=2025, merit="yearly", inherited=True), "", UNKNOWN),
    ],
)
def test_a_merit_is_commended_once(row: HonourFact, deed: str, came_out: Outcome) -> None:
    offer = Offer(award="GIAY_KHEN", subject="individual", year=2025, deed=deed)
    assert outcome("not_already_awarded", Facts(honours=(row,), complete=KNOWN), offer=offer) is came_out
    assert outcome("not_already_awarded", Facts(), offer=offer) is UNKNOWN


@pytest.mark.parametrize("merit", ["campaign", "sudden", "service", "foreign"])
def test_two_merits_of_a_kind_in_one_year_may_be_two_deeds(merit: Any) -> None:
    facts = Facts(honours=(HonourFact(award="GIAY_KHEN", year=2025, merit=merit, deed="Phong trào A"),), complete=KNOWN)
    offer = Offer(award="GIAY_KHEN", subject="individual", year=2025, merit=merit)
    assert outcome("not_already_awarded", facts, offer=offer) is UNKNOWN
    assert outcome("not_already_awarded", facts, offer=structs.replace(offer, deed="Phong trào A")) is NOT_MET
    assert outcome("not_already_awarded", facts, offer=structs.replace(offer, deed="Phong trào B")) is MET
    assert outcome("not_already_awarded", facts, offer=structs.replace(offer, merit="yearly")) is MET
    assert outcome("not_already_awarded", facts, offer=structs.replace(offer, merit="")) is UNKNOWN


@given(YEARS, st.integers(1, 8), st.integers(1, 4), st.integers(0, 3))
def test_honours_are_counted_as_one_would_by_hand(given_in: frozenset[int], years: int, times: int, ago: int) -> None:
    facts = honours("COBT", *given_in)
    found = tally("honoured", facts, awards=["COBT"], years=years, times=times, ago=ago)
    assert found.sure == found.possible == len(given_in & set(range(2025 - years + 1, 2026 - ago)))


# --- Works ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("work", "params", "came_out"),
    [
        (WorkFact(kind="initiative", year=2025), {}, MET),
        (WorkFact(kind="initiative", year=2024), {"years": 1}, NOT_MET),
        (WorkFact(kind="science", year=2025), {}, NOT_MET),
        (WorkFact(kind="initiative", year=2025, scope="nation"), {"scope": "province"}, MET),
        (WorkFact(kind="initiative", year=2025, scope="base"), {"scope": "province"}, NOT_MET),
        (WorkFact(kind="initiative", year=2025, used_for="CSTDCS"), {}, NOT_MET),
        (WorkFact(kind="initiative", year=2025, used_for="CSTDCS"), {"used_too": True}, MET),
        (WorkFact(kind="initiative", year=2025), {"times": 2}, NOT_MET),
        (WorkFact(kind="initiative", year=2025, inherited=True), {}, UNKNOWN),
    ],
)
def test_works_count_by_kind_scope_year_and_use(work: WorkFact, params: dict[str, Any], came_out: Outcome) -> None:
    assert outcome("work_recognised", Facts(works=(work,), complete=KNOWN), kinds=["initiative"], **params) is came_out


# --- What lasts -----------------------------------------------------------------------------------------------------


def discipline(since: str, until: str | None, form: str = "warning") -> Facts:
    last = datetime.date.fromisoformat(until) if until else None
    row = SpellFact(kind="discipline", since=datetime.date.fromisoformat(since), until=last, form=form)
    return Facts(spells=(row,), complete=KNOWN)


@pytest.mark.parametrize(
    ("facts", "params", "came_out"),
    [
        (discipline("2024-01-01", "2024-12-31"), {}, MET),
        (discipline("2024-01-01", "2025-01-01"), {}, NOT_MET),
        (discipline("2025-12-10", None), {}, NOT_MET),
        (discipline("2025-12-11", None), {}, MET),
        (discipline("2024-01-01", "2024-12-31"), {"years": 2}, NOT_MET),
        (discipline("2025-03-01", None, "reprimand"), {"form": "warning"}, MET),
        (discipline("2025-03-01", None, "demotion"), {"form": "warning"}, NOT_MET),
        (discipline("2025-03-01", None, ""), {"form": "warning"}, UNKNOWN),
        (Facts(complete={"discipline": 2025}), {}, MET),
        (Facts(complete={"discipline": 2025}), {"years": 2}, UNKNOWN),
        (Facts(), {}, UNKNOWN),
    ],
)
def test_discipline_up_to_its_last_day(facts: Facts, params: dict[str, Any], came_out: Outcome) -> None:
    assert outcome("not_disciplined", facts, **params) is came_out


@given(st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_graver_form_counts_where_a_milder_one_does(asked: str, had: str) -> None:
    found = outcome("not_disciplined", discipline("2025-03-01", None, had), form=asked)
    assert (found is NOT_MET) == (FORMS.index(had) >= FORMS.index(asked))


REVIEWED = dict.fromkeys(("inspection", "investigation", "complaint"), 2025)


@pytest.mark.parametrize(
    ("spells", "complete", "came_out"),
    [
        ((), REVIEWED, MET),
        ((), REVIEWED | {"complaint": 2026}, UNKNOWN),
        ((SpellFact(kind="inspection", since=DECEMBER),), {}, NOT_MET),
        ((SpellFact(kind="complaint", since=DECEMBER, until=DECEMBER),), REVIEWED, NOT_MET),
        ((SpellFact(kind="complaint", since=DECEMBER, until=DECEMBER, cleared=True),), REVIEWED, MET),
        ((SpellFact(kind="leave", since=DECEMBER),), REVIEWED, MET),
    ],
)
def test_what_is_open_on_the_day(spells: tuple[SpellFact, ...], complete: dict[str, int], came_out: Outcome) -> None:
    assert outcome("not_under_review", Facts(spells=spells, complete=complete)) is came_out


def being(*spells: tuple[str, str | None, bool]) -> Facts:
    rows = [
        SpellFact(
            kind="in_being",
            since=datetime.date.fromisoformat(since),
            until=datetime.date.fromisoformat(until) if until else None,
            inherited=inherited,
        )
        for since, until, inherited in spells
    ]
    return Facts(subject="collective", spells=tuple(rows))


@pytest.mark.parametrize(
    ("facts", "there", "old"),
    [
        (being(("2015-12-10", None, False)), MET, MET),
        (being(("2015-12-11", None, False)), MET, NOT_MET),
        (being(("2000-01-01", "2025-12-09", False)), NOT_MET, MET),
        (being(("2000-01-01", "2025-12-10", False)), MET, MET),
        (being(("2025-07-01", None, False), ("2000-01-01", "2025-06-30", True)), MET, UNKNOWN),
        (being(("2025-07-01", None, False), ("2020-01-01", "2025-06-30", True)), MET, NOT_MET),
        (being(), UNKNOWN, UNKNOWN),
    ],
)
def test_a_unit_is_there_and_has_been_for_years(facts: Facts, there: Outcome, old: Outcome) -> None:
    assert outcome("in_being", facts) is there
    assert outcome("existed", facts, years=10) is old


# --- Answers, measures, the offer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "came_out"),
    [
        (((None, True),), MET),
        (((2025, False),), NOT_MET),
        (((2024, True),), UNKNOWN),
        (((None, True), (2025, False)), NOT_MET),  # the year's own answer stands above the one for any
        ((), UNKNOWN),
    ],
)
@pytest.mark.parametrize(
    ("name", "params", "question"),
    [
        ("judged", {"question": "q"}, "q"),
        ("launched_campaign", {}, "campaign.launched"),
        ("summarised_campaign", {}, "campaign.summarised"),
        ("confirmed", {"by": ["tax"]}, "confirmed.tax"),
    ],
)
def test_an_answer_holds_for_its_year_or_for_any(
    name: str, params: dict[str, Any], question: str, rows: tuple[tuple[int | None, bool], ...], came_out: Outcome
) -> None:
    answers = tuple(AnswerFact(question=question, year=year, yes=yes) for year, yes in rows)
    assert outcome(name, Facts(answers=answers), **params) is came_out


def test_every_body_must_confirm() -> None:
    def said(**given_by: bool) -> Facts:
        return Facts(answers=tuple(AnswerFact(question=f"confirmed.{by}", yes=yes) for by, yes in given_by.items()))

    by = ["tax", "police", "labour"]
    assert outcome("confirmed", said(tax=True, police=True, labour=True), by=by) is MET
    assert outcome("confirmed", said(tax=True, police=False), by=by) is NOT_MET
    assert tally("confirmed", said(tax=True), by=by).missing == ("police", "labour")


@pytest.mark.parametrize(
    ("name", "params", "key", "enough", "short"),
    [
        ("members_honoured", {"award": "LDTT", "share": 70}, "members.honoured.LDTT.share", "70", "69.9999"),
        ("members_honoured", {"award": "CSTDCS", "count": 1}, "members.honoured.CSTDCS.count", "1", "0"),
        ("members_rated", {"level": "done"}, "members.rated.done.share", "100", "99.9"),
        ("members_not_disciplined", {"form": "warning"}, "members.disciplined.warning.count", "0", "1"),
        ("ranked_first", {"among": "bloc"}, "rank.bloc.province", "1", "2"),
        ("ranked_first", {"among": "movement", "run_by": "central"}, "rank.movement.central", "1", "3"),
        ("targets_met", {}, "targets.met.share", "100", "99.99"),
        ("targets_met", {"beyond": True, "share": 80}, "targets.exceeded.share", "80", "79"),
        ("not_below_baseline", {}, "baseline.least", "100", "99.9"),
        ("not_below_baseline", {"year": 2020}, "baseline.2020.least", "104", "0"),
        ("reported", {"share": 90}, "reports.sent.share", "90", "89"),
        ("reported", {"on_time": True}, "reports.on_time.share", "100", "99"),
        ("measured", {"key": "k", "value": 5}, "k", "5", "4.9999"),
        ("measured", {"key": "k", "op": ">", "value": 5}, "k", "5.0001", "5"),
        ("measured", {"key": "k", "op": "<=", "value": 5}, "k", "5", "5.0001"),
        ("measured", {"key": "k", "op": "<", "value": 5}, "k", "4.9999", "5"),
        ("measured", {"key": "k", "op": "=", "value": 5}, "k", "5.0", "5.0001"),
    ],
)
def test_a_measured_value_at_its_bound(name: str, params: dict[str, Any], key: str, enough: str, short: str) -> None:
    def facts(value: str, year: int | None = None, *, inherited: bool = False) -> Facts:
        return Facts(measures=(MeasureFact(key=key, value=Decimal(value), year=year, inherited=inherited),))

    assert outcome(name, facts(enough), **params) is MET
    assert outcome(name, facts(short), **params) is NOT_MET
    assert outcome(name, facts(enough, 2025), **params) is MET
    assert outcome(name, facts(enough, 2024), **params) is UNKNOWN
    assert outcome(name, facts(enough, inherited=True), **params) is UNKNOWN
    assert outcome(name, Facts(), **params) is UNKNOWN


@pytest.mark.parametrize(
    ("movement", "came_out"),
    [
        (None, NOT_MET),
        (Movement(launched_by="province", years=3, stage="summary"), MET),
        (Movement(launched_by="province", years=2, stage="summary"), NOT_MET),
        (Movement(launched_by="unit", years=5, stage="summary"), NOT_MET),
        (Movement(launched_by="province", years=3, stage="review"), NOT_MET),
    ],
)
def test_a_movement_by_launcher_length_and_end(movement: Movement | None, came_out: Outcome) -> None:
    offer = Offer(award="COBT", subject="collective", year=2025, movement=movement)
    params: dict[str, Any] = {"launched_by": ["state", "province"], "years": 3, "at": ["summary"]}
    assert outcome("in_movement", Facts(subject="collective"), offer=offer, **params) is came_out


@pytest.mark.parametrize(("merit", "came_out"), [("sudden", MET), ("yearly", NOT_MET), ("", UNKNOWN)])
def test_the_kind_of_merit_an_offer_is_for(merit: Any, came_out: Outcome) -> None:
    offer = Offer(award="BKTTG", subject="individual", year=2025, merit=merit)
    assert outcome("for_merit", Facts(), offer=offer, kinds=["sudden", "foreign"]) is came_out


@pytest.mark.parametrize(
    ("groups", "came_out"),
    [(frozenset({"farmer", "leader"}), MET), (frozenset({"staff"}), NOT_MET), (frozenset(), NOT_MET), (None, UNKNOWN)],
)
def test_the_groups_a_nominee_belongs_to(groups: frozenset[str] | None, came_out: Outcome) -> None:
    assert outcome("of_group", Facts(groups=groups), groups=["worker", "farmer"]) is came_out


# --- All of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("rated", {"level": "best"}),
        ("rated", {"level": "good", "first": 2020}),
        ("rated", {"level": "good", "after": ["LDTT"]}),
        ("honoured", {"awards": ["LDTT"], "after": ["COBT"]}),
        ("honoured_in_a_row", {"awards": ["LDTT"], "times": 2, "gap": 0}),
        ("work_recognised", {"kinds": ["initiative"], "after": ["LDTT"]}),
        ("members_honoured", {"award": "LDTT"}),
        ("members_honoured", {"award": "LDTT", "share": 70, "count": 1}),
        ("judged", {"question": "q", "who": "x"}),
        ("rating", {}),
    ],
)
def test_parameters_that_make_no_sense_are_refused(name: str, params: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        predicate(Asked(name, params))


def test_there_are_twenty_five() -> None:
    assert len(PREDICATES) == 25
    assert all(kind.__doc__ for kind in PREDICATES.values())
