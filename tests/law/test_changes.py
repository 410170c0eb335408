"""What changed in the law between two days."""

import datetime

import pytest

from thidua.law.changes import changes
from thidua.law.law import Law
from thidua.law.statute import parse_statute

LAW = Law(
    [
        parse_statute("""
instrument = "1/2030/NĐ-CP"
[[base_salary]]
since = 2030-01-01
until = 2030-06-30
amount = 100
[[base_salary]]
since = 2030-07-01
amount = 120
[[deadline]]
step = "appraisal"
text = "20 ngày làm việc"
since = 2030-02-01
until = 2030-12-31
days = 20
[[doubt]]
since = 2031-01-01
by = "2/2030/QH17"
text = "chưa đọc"
""")
    ]
)


def told(first: str, last: str) -> list[tuple[str, str]]:
    found = changes(LAW, datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    return [(change.kind, str(change.on)) for change in found]


def test_a_rule_that_takes_anothers_place_is_one_change() -> None:
    assert told("2030-06-30", "2030-07-01") == [("replaced", "2030-07-01")]


def test_what_began_and_what_ended() -> None:
    assert told("2030-01-31", "2030-02-01") == [("began", "2030-02-01")]
    assert told("2030-12-31", "2031-01-01") == [("ended", "2031-01-01"), ("doubted", "2031-01-01")]


def test_between_two_days_of_the_same_law_nothing_changed() -> None:
    assert told("2030-03-01", "2030-03-01") == []
    with pytest.raises(ValueError, match="comes after"):
        told("2030-03-02", "2030-03-01")
