"""Hypothesis strategies for the rules: laws of random criteria, offers, and nominees with facts of every kind.

Pools are small, so that what is asked for and what is on record meet often.
"""

from __future__ import annotations

import datetime
import functools
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from thidua.law.criteria import Criterion, Principle, Standard, Test
from thidua.law.statute import Statute
from thidua.rules.facts import (
    FORMS,
    LEVELS,
    SCOPES,
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

ON = datetime.date(2025, 11, 20)
YEAR = 2025
AWARDS = ("AAA", "BBB", "CCC")
MERITS = ("yearly", "campaign", "sudden", "")
GROUPS = ("staff", "worker", "leader")
KINDS = ("initiative", "science", "combat", "invention")
SPELLS = ("discipline", "inspection", "investigation", "complaint", "maternity", "leave", "service", "in_being")
QUESTIONS = ("q1", "q2", "confirmed.tax", "confirmed.police", "campaign.launched", "campaign.summarised")
KEYS = (
    "k1", "members.honoured.AAA.share", "members.honoured.AAA.count", "members.rated.good.share",
    "members.disciplined.warning.count", "rank.bloc.province", "targets.met.share", "targets.exceeded.share",
    "baseline.least", "baseline.2020.least", "reports.sent.share", "reports.on_time.share",
)  # fmt: skip

YEARS = st.integers(YEAR - 7, YEAR + 1)
VALUES = st.sampled_from([Decimal(x) for x in ("0", "1", "2", "69.9999", "70", "100")])
DAYS = st.sampled_from([
    datetime.date(*day)
    for day in (
        (2015, 11, 19), (2015, 11, 20), (2015, 11, 21), (2016, 2, 29), (2020, 6, 30), (2020, 7, 1), (2020, 7, 2),
        (2022, 12, 31), (2023, 1, 1), (2024, 2, 29), (2024, 12, 31), (2025, 1, 1), (2025, 11, 19), (2025, 11, 20),
        (2025, 11, 21),
    )
])  # fmt: skip
"""Days beside each other, ends of years, whole years before the day of the question."""


def some(pool: tuple[Any, ...], least: int = 1) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(pool), min_size=least, max_size=2, unique=True).map(tuple)


def _params(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters that are None are left out, as they are in a file."""
    return st.fixed_dictionaries(parts).map(lambda made: {k: v for k, v in made.items() if v is not None})


FEW, OR_NONE = st.integers(1, 4), st.none() | st.integers(1, 4)
LEVEL = st.sampled_from(["excellent", "good", "done"])
SHARES = st.sampled_from([Decimal(70), Decimal(100), Decimal("99.99995")])
NOTHING = _params()

_BEHIND = st.one_of(st.just({}), _params(after=some(AWARDS), years=FEW))
"""A window that begins behind an award, or does not."""


def _rated() -> st.SearchStrategy[dict[str, Any]]:
    rest = _params(
        level=LEVEL, track=st.sampled_from([None, "party"]), at_least=OR_NONE, or_awards=st.none() | some(AWARDS)
    )
    windows = st.one_of(
        _params(years=OR_NONE),
        st.tuples(YEARS, st.integers(0, 3)).map(lambda pair: {"first": pair[0], "last": sum(pair)}),
        _params(after=some(AWARDS), years=OR_NONE, at_least=FEW),
    )
    return st.tuples(rest, windows).map(lambda both: both[0] | both[1])


def _honoured() -> st.SearchStrategy[dict[str, Any]]:
    rest = _params(
        awards=some(AWARDS), times=OR_NONE, years=OR_NONE, first=st.none() | YEARS, last=st.none() | YEARS,
        ago=st.sampled_from([None, 1, 2]), merits=st.none() | some(MERITS),
    )  # fmt: skip
    return st.tuples(rest, _BEHIND).map(lambda both: both[0] | both[1])


def _recognised() -> st.SearchStrategy[dict[str, Any]]:
    rest = _params(
        kinds=some(KINDS), scope=st.sampled_from([None, "province", "nation"]), times=OR_NONE, years=OR_NONE,
        used_too=st.sampled_from([None, True]),
    )  # fmt: skip
    return st.tuples(rest, _BEHIND).map(lambda both: both[0] | both[1])


def _members_honoured() -> st.SearchStrategy[dict[str, Any]]:
    return _params(share=SHARES) | _params(count=FEW)


PARAMS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "rated": _rated(),
    "honoured": _honoured(),
    "honoured_in_a_row": _params(
        awards=some(AWARDS), times=FEW, slack=st.sampled_from([None, 0, 1, 2]), gap=st.sampled_from([None, 2, 3])
    ),
    "not_already_awarded": NOTHING,
    "work_recognised": _recognised(),
    "not_disciplined": _params(form=st.sampled_from([None, *FORMS]), years=OR_NONE),
    "not_under_review": NOTHING,
    "served": _params(years=st.integers(1, 12), unbroken=st.sampled_from([None, True])),
    "in_being": NOTHING,
    "existed": _params(years=st.integers(1, 12)),
    "judged": _params(question=st.sampled_from(QUESTIONS[:2])),
    "confirmed": _params(by=st.lists(st.sampled_from(["tax", "police"]), min_size=1, max_size=3)),
    "launched_campaign": NOTHING,
    "summarised_campaign": NOTHING,
    "members_honoured": _members_honoured().map(lambda params: params | {"award": "AAA"}),
    "members_rated": _params(level=st.sampled_from(["good", "excellent"]), share=st.none() | SHARES),
    "members_not_disciplined": _params(form=st.sampled_from(["warning", "warning", None])),
    "ranked_first": _params(among=st.sampled_from(["bloc", "movement"]), run_by=st.sampled_from([None, "central"])),
    "targets_met": _params(share=st.none() | SHARES, beyond=st.sampled_from([None, True])),
    "not_below_baseline": _params(year=st.sampled_from([None, 2020])),
    "reported": _params(share=st.none() | SHARES, on_time=st.sampled_from([None, True])),
    "measured": _params(
        key=st.sampled_from(KEYS[:2]), op=st.sampled_from([None, ">=", "<=", ">", "<", "="]), value=VALUES | SHARES
    ),
    "in_movement": _params(
        launched_by=some(("state", "province", "unit")), years=OR_NONE, at=st.none() | some(("review", "summary"))
    ),
    "for_merit": _params(kinds=some(MERITS)),
    "of_group": _params(groups=some(GROUPS)),
}
"""Parameters of each predicate."""


@functools.cache
def asking(name: str) -> st.SearchStrategy[Test]:
    return PARAMS[name].map(lambda params: Test(name, params))


TESTS = st.sampled_from(sorted(PARAMS)).flatmap(asking)


@functools.cache
def criteria(below: tuple[str, ...]) -> st.SearchStrategy[Criterion]:
    """Trees; `meets` names the awards `below`, so that no award asks for itself."""
    leaves = TESTS.map(lambda test: Criterion(test=test))
    if below:
        leaves |= some(below).map(lambda codes: Criterion(meets=codes))
    return st.recursive(leaves, _nodes, max_leaves=4)


def _nodes(parts: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda made: Criterion(all=made)),
        several.map(lambda made: Criterion(any=made)),
        parts.map(lambda made: Criterion(not_=made)),
    )


@st.composite
def statutes(draw: st.DrawFn) -> Statute:
    """Standards for AAA, which asks for nothing below it, for BBB and CCC, and sometimes a principle."""
    since = datetime.date(2024, 1, 1)
    standards = [
        Standard(award=award, subjects=("individual", "collective"), since=since, all=draw(_several(below)))
        for award, below in (("AAA", ("NONE",)), ("BBB", ("AAA", "NONE")), ("CCC", ("AAA", "BBB")))
    ]
    principles = draw(st.lists(_several(()).map(lambda made: Principle(since=since, all=made)), max_size=1))
    return Statute(instrument="1", standard=tuple(standards), principle=tuple(principles))


@functools.cache
def _several(below: tuple[str, ...]) -> st.SearchStrategy[tuple[Criterion, ...]]:
    return st.lists(criteria(below), min_size=1, max_size=3).map(tuple)


OFFERS = st.builds(
    Offer,
    award=st.sampled_from(AWARDS),
    subject=st.sampled_from(["individual", "collective"]),
    year=st.integers(YEAR - 1, YEAR),
    merit=st.sampled_from(MERITS),
    deed=st.sampled_from(["", "", "deed"]),
    movement=st.none()
    | st.builds(
        Movement,
        launched_by=st.sampled_from(["state", "province", "unit"]),
        years=st.integers(0, 4),
        stage=st.sampled_from(["running", "review", "summary"]),
    ),
    criteria=st.lists(criteria(("AAA",)), max_size=1).map(tuple),
)

INHERITED = st.sampled_from([False, False, True])
OF_YEAR = st.sampled_from([None, YEAR - 1, YEAR])
_FROM = st.sampled_from([0, 0, YEAR - 5, YEAR - 2, YEAR, YEAR + 1])
COMPLETE = st.fixed_dictionaries({}, optional=dict.fromkeys(["honours", "works", *SPELLS], _FROM))


def _ratings() -> st.SearchStrategy[list[RatingFact]]:
    track = st.sampled_from(["state", "state", "party"])
    row = st.builds(RatingFact, year=YEARS, level=st.sampled_from(LEVELS), track=track, inherited=INHERITED)
    return st.lists(row, max_size=8, unique_by=lambda row: (row.year, row.track))


def _honours(awards: tuple[str, ...] = AWARDS) -> st.SearchStrategy[list[HonourFact]]:
    row = st.builds(
        HonourFact,
        award=st.sampled_from(awards),
        year=YEARS,
        merit=st.sampled_from(MERITS),
        deed=st.sampled_from(["", "deed", "other"]),
        inherited=INHERITED,
    )
    return st.lists(row, max_size=8)


def _works() -> st.SearchStrategy[list[WorkFact]]:
    row = st.builds(
        WorkFact,
        kind=st.sampled_from(KINDS),
        year=YEARS,
        scope=st.sampled_from(SCOPES),
        used_for=st.sampled_from(["", "", "AAA"]),
        inherited=INHERITED,
    )
    return st.lists(row, max_size=5)


def _spells(
    kinds: tuple[str, ...] = SPELLS, days: st.SearchStrategy[datetime.date] = DAYS
) -> st.SearchStrategy[list[SpellFact]]:
    row = st.builds(
        SpellFact,
        kind=st.sampled_from(kinds),
        since=DAYS,
        until=st.none() | DAYS,
        form=st.sampled_from(["", *FORMS]),
        cleared=st.booleans(),
        inherited=INHERITED,
    )
    return st.lists(row, max_size=5)


def _answers(questions: tuple[str, ...] = QUESTIONS) -> st.SearchStrategy[list[AnswerFact]]:
    row = st.builds(
        AnswerFact, question=st.sampled_from(questions), yes=st.booleans(), year=OF_YEAR, inherited=INHERITED
    )
    return st.lists(row, max_size=5, unique_by=lambda row: (row.question, row.year))


def _measures(keys: tuple[str, ...] = KEYS) -> st.SearchStrategy[list[MeasureFact]]:
    row = st.builds(MeasureFact, key=st.sampled_from(keys), value=VALUES, year=OF_YEAR, inherited=INHERITED)
    return st.lists(row, max_size=5, unique_by=lambda row: (row.key, row.year))


def facts(**tables: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Facts]:
    """Nominees with rows in these tables alone."""
    return st.builds(
        Facts,
        subject=st.sampled_from(["individual", "individual", "collective"]),
        groups=st.none() | st.frozensets(st.sampled_from(GROUPS), max_size=2),
        complete=COMPLETE,
        **{table: rows.map(tuple) for table, rows in tables.items()},
    )


FACTS = facts(
    ratings=_ratings(), honours=_honours(), works=_works(), spells=_spells(), answers=_answers(), measures=_measures()
)

_REVIEWS = ("inspection", "investigation", "complaint")
_CONCERNED: dict[str, dict[str, st.SearchStrategy[list[Any]]]] = {
    "rated": {"ratings": _ratings(), "honours": _honours(), "spells": _spells(("maternity",))},
    "honoured": {"honours": _honours(AWARDS[:2])},
    "honoured_in_a_row": {"honours": _honours(AWARDS[:2])},
    "not_already_awarded": {"honours": _honours(("NONE", "AAA"))},
    "work_recognised": {"works": _works(), "honours": _honours()},
    "not_disciplined": {"spells": _spells(("discipline",))},
    "not_under_review": {"spells": _spells(_REVIEWS)},
    "served": {"spells": _spells(("service",))},
    "in_being": {"spells": _spells(("in_being",))},
    "existed": {"spells": _spells(("in_being",))},
    "judged": {"answers": _answers(QUESTIONS[:2])},
    "confirmed": {"answers": _answers(QUESTIONS[2:4])},
    "launched_campaign": {"answers": _answers(QUESTIONS[4:])},
    "summarised_campaign": {"answers": _answers(QUESTIONS[4:])},
    "members_honoured": {"measures": _measures(KEYS[1:3])},
    "members_rated": {"measures": _measures(KEYS[3:4])},
    "members_not_disciplined": {"measures": _measures(KEYS[4:5])},
    "ranked_first": {"measures": _measures(KEYS[5:6])},
    "targets_met": {"measures": _measures(KEYS[6:8])},
    "not_below_baseline": {"measures": _measures(KEYS[8:10])},
    "reported": {"measures": _measures(KEYS[10:])},
    "measured": {"measures": _measures(KEYS[:2])},
}


def concerned(name: str) -> st.SearchStrategy[Facts]:
    """Nominees with facts that a predicate looks at."""
    return facts(**_CONCERNED.get(name, {}))
