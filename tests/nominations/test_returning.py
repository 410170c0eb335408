"""Why a dossier goes back: every finding suggests a reason, every reason says what to do."""

from __future__ import annotations

import pytest

from nominations.dossier_files import cases
from thidua.findings import not_met
from thidua.nominations.checking import codes
from thidua.nominations.returning import ReturnReason, return_reasons, suggested

CASES = dict(cases())


def test_every_finding_suggests_one_reason() -> None:
    named = [f"nominations.{check}" for reason in return_reasons().values() for check in reason.checks]

    assert sorted(named) == sorted(codes())


@pytest.mark.parametrize("reason", return_reasons().values(), ids=lambda reason: reason.code)
def test_a_reason_says_in_both_languages_what_is_wrong_and_what_to_do(reason: ReturnReason) -> None:
    assert reason.label.vi != reason.label.en
    assert reason.do.in_language("vi").endswith(".")
    assert reason.do.in_language("en").endswith(".")
    assert reason.basis is None or reason.basis.verified or reason.basis.source


def test_about_fifteen_reasons_the_last_is_any_other() -> None:
    assert len(return_reasons()) >= 15
    assert list(return_reasons())[-1] == "other"


def test_reasons_come_once_in_the_desks_order() -> None:
    found = [
        not_met("nominations.vote_below"),
        not_met("nominations.paper_missing"),
        not_met("nominations.vote_missing"),
    ]

    assert [reason.code for reason in suggested(found)] == ["missing_papers", "vote_wanting"]
    assert suggested([]) == ()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.finds])
def test_whatever_is_wrong_there_is_a_reason_for_it(name: str) -> None:
    assert suggested(CASES[name].found())
