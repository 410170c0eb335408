"""Everybody in reach against one offer: how each stands, how many there are of each kind, a page of them.

The whole register is screened once and kept until an act touches it; what somebody sees of it is filtered here.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from thidua.law.criteria import Subject
from thidua.law.law import Law
from thidua.rules.offers import Offer
from thidua.rules.screening import Register, screen
from thidua.rules.screening.register import TABLES
from thidua_web.eligibility.queries import campaign_facts, columns, standing
from thidua_web.eligibility.queries.cases import Case, by_place
from thidua_web.eligibility.queries.stamp import Stamp
from thidua_web.eligibility.queries.standing import STATES, State
from thidua_web.register.models import Household, Person, Unit

ON_A_PAGE = 50
MOST_KEPT = 12


@dataclass(frozen=True)
class Filter:
    """`paths`: the units in reach, `unit` a narrower one with all below it; `words` as searched for."""

    paths: Sequence[str]
    unit: str = ""
    words: Sequence[str] = ()
    state: State | None = None


@dataclass(frozen=True)
class Counts:
    by_state: dict[State, int]

    @property
    def all(self) -> int:
        return sum(self.by_state.values())


_lock = threading.Lock()
_kept: dict[tuple[Any, ...], pl.DataFrame] = {}


def screened(case: Case, law: Law, stamp: Stamp) -> pl.DataFrame:
    """`id`, `state` (place in STATES), `cost`, `path`, `place` in the order of names, `folded`.

    Raises NoStandardError.
    """
    key = ("screen", stamp, id(law), case.offer, case.on)
    return _once(key, stamp, lambda: _screen(case, law, stamp))


def _once(key: tuple[Any, ...], stamp: Stamp, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    with _lock:
        if key not in _kept:
            for old in [one for one in _kept if one[1] != stamp] or list(_kept)[: max(0, len(_kept) + 1 - MOST_KEPT)]:
                del _kept[old]
            _kept[key] = make()
        return _kept[key]


def forget() -> None:
    """For tests, whose databases follow each other in one process."""
    columns.forget()
    with _lock:
        _kept.clear()


def _screen(case: Case, law: Law, stamp: Stamp) -> pl.DataFrame:
    offer = case.offer
    listed = _listed(offer.subject, case.on)
    register = columns.register(offer.subject, offer.year, stamp)
    if case.campaign is not None:
        register = _with_campaign(register, listed, case)
    whole = pl.concat([_judged(one, part, law, case.on) for one, part in _parts(case, register, listed)])
    return listed.join(whole.with_columns(state=standing.state_column()), on="id", how="inner", maintain_order="left")


def _judged(offer: Offer, register: Register, law: Law, on: datetime.date) -> pl.DataFrame:
    found = screen(offer, register, law, on)
    cost = pl.sum_horizontal(pl.lit(0), *(standing.cost_column(column) for column in found.results))
    return found.frame(counts=True).with_columns(cost=cost).select("id", "outcome", "cost")


def _parts(case: Case, register: Register, listed: pl.DataFrame) -> Iterator[tuple[Offer, Register]]:
    """Nominees of whom a plan asks the same, wherever they stand, with what it asks of them."""
    offers: dict[Any, Offer] = {}
    paths: dict[Any, list[str]] = {}
    for path, there in by_place(case, listed["path"].unique()).items():
        offers[there.offer.criteria] = there.offer
        paths.setdefault(there.offer.criteria, []).append(path)
    if len(offers) <= 1:
        yield from ((offer, register) for offer in offers.values() or [case.offer])
        return
    tables = {name: register.rows(name) for name in TABLES if register.has(name)}
    for criteria, offer in offers.items():
        there_ids = listed.filter(pl.col("path").is_in(paths[criteria]))["id"]
        yield offer, Register(register.people.filter(pl.col("id").is_in(there_ids.implode())), **tables)


def _listed(subject: Subject, on: datetime.date) -> pl.DataFrame:
    """Names in order, as lists sort and search them; units and households that are there on the day."""
    if subject == "individual":
        people = Person.objects.filter(merged_into=None).order_by("sort_text", "pk")
        found = list(people.values_list("pk", "unit__path", "folded"))
    elif subject == "household":
        there = Household.objects.valid(on=on).order_by("sort_text", "pk")
        found = list(there.values_list("pk", "unit__path", "folded"))
    else:
        found = list(Unit.objects.valid(on=on).order_by("sort_text", "pk").values_list("pk", "path", "folded"))
    shape = {"id": pl.Int64, "path": pl.String, "folded": pl.String}
    return pl.DataFrame(found, schema=shape, orient="row").with_row_index("place")


def _with_campaign(register: Register, listed: pl.DataFrame, case: Case) -> Register:
    """The register with what each one's unit did of the campaign."""
    assert case.campaign is not None  # noqa: S101 - the caller looked
    done = campaign_facts.done(case.campaign)
    rows = [
        (key, question, yes, None)
        for key, path in listed.select("id", "path").iter_rows()
        for question, yes in campaign_facts.answers(path, done).items()
    ]
    told = pl.DataFrame(rows, schema=columns.ANSWERS, orient="row").lazy()
    own = register.rows("answers")
    new = told.join(own.filter(pl.col("year").is_null()), on=["person", "question"], how="anti")
    tables = {name: register.rows(name) for name in ("ratings", "honours", "works", "spells")}
    measures = _with_figures(register, case)
    return Register(register.people, **tables, answers=pl.concat([own, new], how="diagonal"), measures=measures)


def _with_figures(register: Register, case: Case) -> pl.LazyFrame:
    """What the reports of collectives say, where nobody wrote the figure by hand."""
    own = register.rows("measures")
    if case.campaign is None or case.offer.subject != "collective":
        return own
    figures = campaign_facts.figures(case.campaign, case.on)
    rows = [(unit, key, value, None) for unit, said in figures.items() for key, value in said.items()]
    told = pl.DataFrame(rows, schema=columns.MEASURES, orient="row").lazy()
    new = told.join(own, on=["person", "key"], how="anti")
    return pl.concat([own, new], how="diagonal")


def within(frame: pl.DataFrame, asked: Filter) -> pl.DataFrame:
    """Without the state, so that states can be counted beside each other."""
    reach = pl.any_horizontal(pl.lit(value=False), *(pl.col("path").str.starts_with(path) for path in asked.paths))
    kept = frame.filter(reach)
    if asked.unit:
        kept = kept.filter(pl.col("path").str.starts_with(asked.unit))
    for word in asked.words:
        kept = kept.filter((pl.lit(" ") + pl.col("folded")).str.contains(_needle(word), literal=True))
    return kept


def _needle(word: str) -> str:
    """As searches of the register: a short word stands at the beginning of a word."""
    return word if len(word) >= 3 else f" {word}"


def counts(frame: pl.DataFrame) -> Counts:
    found = dict(frame.group_by("state").len().iter_rows())
    return Counts({state: found.get(place, 0) for place, state in enumerate(STATES)})


def ordered(frame: pl.DataFrame, state: State | None) -> pl.DataFrame:
    """The nearest first, then by name."""
    kept = frame if state is None else frame.filter(pl.col("state") == STATES.index(state))
    rank = [list(State).index(state) for state in STATES]
    return kept.with_columns(rank=pl.col("state").replace_strict(list(range(5)), rank)).sort("rank", "cost", "place")


def page_of(frame: pl.DataFrame, number: int) -> tuple[list[int], int]:
    """The numbers of those on a page, and how many pages there are."""
    pages = max(1, -(-frame.height // ON_A_PAGE))
    first = (min(max(number, 1), pages) - 1) * ON_A_PAGE
    return frame["id"].slice(first, ON_A_PAGE).to_list(), pages
