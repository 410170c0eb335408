"""What keeps a unit from submitting, and who may let it pass."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from nominations.dossier_files import Told, cases
from thidua.findings import Outcome
from thidua.nominations.checking import codes
from thidua.nominations.gate import STOPS, Gate, gate

CASES = dict(cases())


def shut(name: str, *excepted: str) -> Gate:
    case = CASES[name]
    submission = structs.replace(case.submission, excepted=frozenset(excepted))
    return gate(submission, case.law, case.on)


def test_the_standing_body_lets_a_late_list_pass() -> None:
    late = shut("dot-de-nghi: Quá hạn một ngày")
    passed = shut("dot-de-nghi: Quá hạn một ngày", "nominations.deadline_past")

    assert [(stop.excepted_by, stop.excepted) for stop in late.stops] == [("standing_body", False)]
    assert (late.may_submit, passed.may_submit) == (False, True)
    assert passed.standing == ()
    assert [stop.finding.code for stop in passed.stops] == ["nominations.deadline_past"]


def test_a_share_of_the_list_is_the_authority_aboves_to_except() -> None:
    (stop,) = shut("dot-de-nghi: Người trực tiếp chưa đủ tỷ lệ").stops

    assert stop.excepted_by == "head_above"


def test_nobody_excepts_a_missing_paper() -> None:
    name = "ho-so: Đột xuất mà thiếu chứng nhận"
    (stop,) = shut(name).stops

    assert (stop.excepted_by, stop.ref) == ("", "1")
    assert not shut(name, stop.key, stop.finding.code).may_submit


def test_what_is_not_known_does_not_stop() -> None:
    opened = shut("nguoi-duoc-de-nghi: Chưa có kết quả xếp loại năm xét")

    assert opened.stops == ()
    assert opened.may_submit
    assert {stop.finding.outcome for stop in opened.open} == {Outcome.UNKNOWN}


def test_an_exception_may_be_for_one_nominee_alone() -> None:
    case = CASES["nguoi-duoc-de-nghi: Tên trong hồ sơ khác tên trong sổ"]
    second = structs.replace(case.submission.nominations[0], ref="2", nominee="p2")
    both = structs.replace(case.submission, nominations=(*case.submission.nominations, second), analysis_asked=None)
    one = gate(structs.replace(both, excepted=frozenset({"nominations.name_differs:2"})), case.law, case.on)

    assert [(stop.ref, stop.excepted) for stop in one.stops] == [("1", False), ("2", True)]
    assert not one.may_submit


def test_every_stop_is_a_check() -> None:
    assert sorted(STOPS.keys() - codes().keys()) == []


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(CASES.values())), st.sets(st.sampled_from(sorted(STOPS))))
def test_it_opens_just_when_all_that_stands_may_be_and_was_excepted(case: Told, excepted: set[str]) -> None:
    closed = gate(structs.replace(case.submission, excepted=frozenset(excepted)), case.law, case.on)

    standing = [stop for stop in closed.stops if not (stop.excepted_by and stop.finding.code in excepted)]
    assert list(closed.standing) == standing
    assert closed.may_submit == (not standing)
