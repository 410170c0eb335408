"""The same person, the same unit across lists: cases in people.toml and units.toml, and what holds of all."""

from __future__ import annotations

import datetime
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.register.matching import Match, MatchOutcome, PeopleIndex, PersonFacts, UnitFacts, UnitIndex

HERE = Path(__file__).parent
PEOPLE = tomllib.loads((HERE / "people.toml").read_text("utf-8"))["case"]
UNITS = tomllib.loads((HERE / "units.toml").read_text("utf-8"))["case"]


def person(key: int, said: dict[str, Any]) -> PersonFacts:
    units = said.get("unit", [])
    return PersonFacts(
        key=key, name=said["name"], birth=said.get("birth"), code=said.get("code", ""), id_digest=said.get("id", ""),
        unit_names=(units,) if isinstance(units, str) else tuple(units),
    )  # fmt: skip


def unit(key: int, said: dict[str, Any]) -> UnitFacts:
    return msgspec.convert({"key": key} | {name: value for name, value in said.items() if name != "number"}, UnitFacts)


def codes(match: Match) -> set[str]:
    """Reasons of the likeliest, each with its sentence in both languages."""
    reasons = match.candidates[0].reasons if match.candidates else ()
    assert all(sentence(reason, language) for reason in reasons for language in ("vi", "en"))
    return {reason.code for reason in reasons}


def said(case: dict[str, Any]) -> str:
    return f"{case['new'].get('name', case['new'].get('code'))}-{case['is']}"


@pytest.mark.parametrize("case", PEOPLE, ids=map(said, PEOPLE))
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned round"])
def test_a_person(case: dict[str, Any], turned: bool) -> None:
    known, new = (case["new"], case["known"]) if turned else (case["known"], case["new"])
    strangers = [PersonFacts(key=n, name=f"Người Lạ {n}", birth=datetime.date(1960, 1, 1)) for n in range(5)]
    match = PeopleIndex([*strangers, person(7, known)]).match(person(1, new))

    assert match.outcome == case["is"]
    assert set(case.get("why", [])) <= codes(match)
    assert [candidate.key for candidate in match.candidates] == ([] if case["is"] == "none" else [7])
    assert match.key == (7 if case["is"] == "exact" else None)


@pytest.mark.parametrize("case", UNITS, ids=map(said, UNITS))
def test_a_unit(case: dict[str, Any]) -> None:
    match = UnitIndex(unit(known["number"], known) for known in case["known"]).match(unit(1, case["new"]))

    assert match.outcome == case["is"]
    assert [candidate.key for candidate in match.candidates] == case.get("which", [])
    assert codes(match) or case["is"] == "none"


def test_two_who_are_alike_in_all_are_two_to_choose_from() -> None:
    twins = [PersonFacts(key=key, name="Lê An", birth=datetime.date(1990, 1, 2), units=(5,)) for key in (1, 2, 3)]
    match = PeopleIndex(twins[:2]).match(twins[2])

    assert match.outcome is MatchOutcome.DOUBT
    assert [candidate.key for candidate in match.candidates] == [1, 2]


def test_the_likeliest_stands_first() -> None:
    known = [
        PersonFacts(key=1, name="Lê Thị An"),
        PersonFacts(key=2, name="Lê Thị An", birth=1990, units=(5,)),
        PersonFacts(key=3, name="Lê Thị An", birth=datetime.date(1990, 1, 2)),
        PersonFacts(key=4, name="Lê Thị Ân", birth=datetime.date(1990, 1, 2)),
    ]
    match = PeopleIndex(known).match(PersonFacts(key=9, name="Lê Thị An", birth=datetime.date(1990, 1, 2), units=(5,)))

    assert [candidate.key for candidate in match.candidates] == [3, 4, 2, 1]


def test_someone_known_looks_for_doubles_of_himself() -> None:
    known = [PersonFacts(key=key, name="Lê Thị An", birth=1990) for key in (1, 2)]
    index = PeopleIndex(known)

    assert [candidate.key for candidate in index.match(known[0], but=1).candidates] == [2]


def test_of_a_name_that_a_crowd_bears_those_who_share_more_are_asked_about() -> None:
    crowd = [PersonFacts(key=key, name="Nguyễn Thị Hoa", birth=1950 + key % 50, units=(key,)) for key in range(500)]
    match = PeopleIndex(crowd).match(PersonFacts(key=9, name="Nguyễn Thị Hoa", birth=1955, units=(105,)))

    assert match.candidates[0].key == 105
    assert len(match.candidates) == 5


FAMILY = st.sampled_from(["Nguyễn", "Nguyên", "Trần", "Đỗ", "Do"])
MIDDLE = st.sampled_from(["Thị", "Thi", "Văn", "Thị Thu", ""])
GIVEN = st.sampled_from(["Hoà", "Hòa", "Hoa", "Mai", "May"])
BIRTHS = st.sampled_from(
    [None, 1985, 1986, datetime.date(1985, 3, 5), datetime.date(1985, 5, 3), datetime.date(1986, 3, 5)]
)
FACTS = st.builds(
    PersonFacts,
    key=st.integers(0, 10**6),
    name=st.tuples(FAMILY, MIDDLE, GIVEN).map(lambda words: " ".join(filter(None, words))),
    birth=BIRTHS,
    code=st.sampled_from(["", "CB1", "CB2"]),
    id_digest=st.sampled_from(["", "a1", "b2"]),
    units=st.sampled_from([(), (1,), (2,), (1, 2)]),
)


@settings(deadline=None)
@given(FACTS, FACTS)
def test_comparing_is_the_same_in_both_directions(one: PersonFacts, other: PersonFacts) -> None:
    there, back = PeopleIndex([one]).match(other), PeopleIndex([other]).match(one)

    assert there.outcome == back.outcome
    assert [c.score for c in there.candidates] == [c.score for c in back.candidates]


@settings(deadline=None)
@given(FACTS, FACTS)
def test_nobody_is_one_by_the_name_alone(one: PersonFacts, other: PersonFacts) -> None:
    match = PeopleIndex([one]).match(other)
    same_number = bool(one.id_digest and one.id_digest == other.id_digest) or bool(one.code and one.code == other.code)
    same_day = isinstance(one.birth, datetime.date) and one.birth == other.birth

    if match.outcome is MatchOutcome.EXACT and not same_number:
        assert same_day
        assert set(one.units) & set(other.units)


@settings(deadline=None)
@given(FACTS, FACTS)
def test_other_identity_numbers_are_never_one(one: PersonFacts, other: PersonFacts) -> None:
    if one.id_digest and other.id_digest and one.id_digest != other.id_digest:
        assert PeopleIndex([one]).match(other).outcome is not MatchOutcome.EXACT


@settings(deadline=None)
@given(st.lists(FACTS, max_size=12, unique_by=lambda facts: facts.key), FACTS)
def test_the_index_finds_whom_comparing_with_each_would_find(known: list[PersonFacts], new: PersonFacts) -> None:
    found = {candidate.key for candidate in PeopleIndex(known).match(new).candidates}
    one_by_one = {one.key for one in known if PeopleIndex([one]).match(new).outcome is not MatchOutcome.NONE}

    assert found <= one_by_one
    assert len(found) == min(len(one_by_one), 5) or any(
        PeopleIndex([one]).match(new).outcome is MatchOutcome.EXACT for one in known
    )


def test_twenty_thousand_rows_against_twenty_thousand_known() -> None:
    dice = random.Random(4)
    families, middles = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ"], ["Thị", "Văn", "Hữu", "Thu", "Minh", "Thị Ngọc"]
    last = [f"{a}{b}" for a in ("H", "T", "M", "L", "Đ", "Ph", "Th", "Kh") for b in ("oa", "ai", "inh", "ương", "ân")]

    def someone(key: int) -> PersonFacts:
        name = f"{dice.choice(families)} {dice.choice(middles)} {dice.choice(last)}"
        birth = datetime.date(1962, 1, 1) + datetime.timedelta(days=dice.randrange(14_000))
        return PersonFacts(key=key, name=name, birth=birth, units=(dice.randrange(2_000),))

    known = [someone(key) for key in range(20_000)]
    began = time.perf_counter()
    index = PeopleIndex(known)
    outcomes = [index.match(known[key] if key % 2 else someone(key)).outcome for key in range(20_000)]

    assert outcomes.count(MatchOutcome.EXACT) >= 9_990
    assert time.perf_counter() - began < 15
