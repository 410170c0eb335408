"""A count is taken once between two acts, whoever asks; and anew after the next."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.journal.actions import record
from thidua_web.journal.holding import until_next_act

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, unit: int, *, year: int = 2026) -> tuple[int, int]:
        self.times += 1
        return unit, year


@pytest.fixture
def counting() -> Counting:
    return Counting()


def act() -> None:
    record(act="account.created", by=None, at=timezone.now(), subject=("user", 1))


def test_between_two_acts_it_is_counted_once(counting: Counting) -> None:
    act()
    count = until_next_act(counting)
    assert [count(5), count(5), counting.times] == [(5, 2026), (5, 2026), 1]
    act()
    assert [count(5), counting.times] == [(5, 2026), 2]


def test_each_question_has_its_own_count(counting: Counting) -> None:
    act()
    count = until_next_act(counting)
    assert [count(5), count(6), count(5, year=2025), counting.times] == [(5, 2026), (6, 2026), (5, 2025), 3]


def test_nothing_is_kept_before_the_first_act(counting: Counting) -> None:
    count = until_next_act(counting)
    assert [count(5), count(5), counting.times] == [(5, 2026), (5, 2026), 2]


def test_in_the_middle_of_an_act_everything_is_counted(counting: Counting) -> None:
    """Its line is still to come, and so what is seen then belongs to no line."""
    act()
    count = until_next_act(counting)
    with transaction.atomic():
        count(5)
    count(5)
    assert counting.times == 2


def test_two_counts_do_not_answer_for_each_other() -> None:
    act()
    users = until_next_act(User.objects.count)
    assert [until_next_act(lambda: "other")(), users()] == ["other", 0]
