"""Submissions an officer wrote (cases/*.toml): those in order raise nothing, a wrong one its own codes alone."""

from __future__ import annotations

from itertools import combinations

import pytest

from nominations.dossier_files import Told, cases, told
from thidua.explain import sentence
from thidua.findings import Finding, Outcome
from thidua.nominations.checking import codes
from thidua.nominations.gate import gate

CASES = dict(cases())
CLEAN = {name: case for name, case in CASES.items() if ":" not in name}


def touched(case: Told) -> set[str]:
    return {key for part in ("list", "nominee") for key in case.changed.get(part, {})}


_ALONE = {
    "due", "launched", "reported", "chair", "secretary", "signer", "present", "summary", "report", "claims", "repeats",
    "doubles", "ended", "joined", "register", "confirmations", "leader", "papers",
}  # fmt: skip
"""What a case may change without touching what another looks at."""
CHANGED = [case for case in CASES.values() if case.finds and len(touched(case)) == 1 and touched(case) <= _ALONE]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Told:
    return CASES[request.param]


def test_a_case_finds_what_its_officer_wrote(case: Told) -> None:
    assert sorted(told(finding) for finding in case.found()) == sorted(case.finds)


def test_every_finding_is_said_in_both_languages(case: Told) -> None:
    said = [sentence(finding, language) for language in ("vi", "en") for finding in case.found()]

    assert all(words and "{" not in words for words in said)
    assert [words for words in case.says if not any(words in one for one in said)] == []


def test_the_gate_stops_defects_alone(case: Told) -> None:
    shut = gate(case.submission, case.law, case.on)

    assert [stop.finding for stop in (*shut.stops, *shut.open)] == list(case.found())
    assert all(stop.finding.outcome is Outcome.NOT_MET for stop in shut.stops)
    assert shut.may_submit == (not shut.stops)


@pytest.mark.parametrize("name", CLEAN)
def test_no_submission_in_order_is_held_up(name: str) -> None:
    clean = CLEAN[name]

    assert clean.found() == ()
    assert gate(clean.submission, clean.law, clean.on).may_submit


def test_two_things_wrong_are_found_as_each_is_found_alone() -> None:
    """No check hides another: two changes that touch different things give the findings of each."""
    pairs = [
        (one, other)
        for one, other in combinations(CHANGED, 2)
        if one.from_ == other.from_ and touched(one).isdisjoint(touched(other))
    ]
    hidden = [
        (one.name, other.name, found)
        for one, other in pairs
        if (found := sorted(map(told, one.with_also(other).found()))) != sorted([*one.finds, *other.finds])
    ]

    assert len(pairs) > 100
    assert hidden == []


def test_at_least_twenty_kinds_of_defect_are_planted_alone() -> None:
    alone = {case.finds[0] for case in CASES.values() if len(case.finds) == 1 and "hỏi" not in case.finds[0]}

    assert len(alone) >= 20


def test_every_code_is_found_somewhere() -> None:
    found = {finding.code for case in CASES.values() for finding in case.found()}

    assert sorted(codes().keys() - found) == []


def test_every_defect_names_where_it_stands_or_is_of_the_file_itself() -> None:
    """A rule has a citation or a plan's words; without one is only what contradicts itself or the register."""
    of_the_file = {
        "name_differs", "vote_too_many", "case_pending", "no_standard", "quorum_short", "nominee_chaired",
        "nominee_kept", "nominee_signed", "deadline_past", "not_reported",
    }  # fmt: skip
    bare = {
        finding.code.removeprefix("nominations.")
        for case in CASES.values()
        for finding in case.found()
        if not _stands(finding)
    }

    assert sorted(bare - of_the_file) == []


def _stands(finding: Finding) -> bool:
    return finding.basis is not None and bool(finding.basis.citation or finding.basis.quote)
