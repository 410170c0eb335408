"""What other units lodged is counted against a list's limits without being read one by one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from thidua.rules.limits import Limit, Meter, meters
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.nominations.queries.submission_values import candidates, counted_elsewhere
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.nominated import a_nomination, a_submission, lodged

pytestmark = pytest.mark.django_db
PEOPLE: Any = frozenset({"individual"})
TITLE: Any = frozenset({"CSTDBT"})
LIMITS = {
    "of everybody": Limit(code="x", label="x", most=3),
    "of people": Limit(code="x", label="x", most=3, subjects=PEOPLE),
    "of one award": Limit(code="x", label="x", most=1, awards=TITLE),
    "of each unit": Limit(code="x", label="x", most=2, per="unit"),
    "of a named unit": Limit(code="x", label="x", most=2, per="named", names=("Phường Tổng Hợp",)),
    "of a kind of unit": Limit(code="x", label="x", most=2, group="communes", per="all"),
    "a share of the list": Limit(code="x", label="x", percent=Decimal(50), of="nominated.individual", awards=TITLE),
    "a share of each unit's": Limit(code="x", label="x", percent=Decimal(50), of="nominated", per="unit", awards=TITLE),
}


@pytest.fixture
def ward(cast: Cast) -> Unit:
    return create_unit(
        code="T-9", name="Phường Tổng Hợp", kind=UnitKind.WARD, parent=cast.province, valid_from=LONG_AGO
    )


@pytest.fixture
def mine(cast: Cast, ward: Unit) -> Submission:
    """Two of the office's; others of the ward and of a department, one not lodged, one sent elsewhere."""
    clerk = cast.users["clerk"]
    here = a_submission(cast.office, cast.province, clerk)
    a_nomination(here, "Nguyễn Thị Hòa")
    a_nomination(here, "Trần Văn Bền", "CSTDBT")
    for unit in (ward, cast.office):
        other = a_submission(unit, cast.province, clerk)
        for name, award in (("Lê An", "LDTT"), ("Lê Bình", "LDTT"), ("Lê Chi", "CSTDBT")):
            lodged(a_nomination(other, name, award))
        whole = lodged(a_nomination(other, unit.name, "TTLDXS"))
        Nomination.objects.filter(pk=whole.pk).update(subject="collective", person=None, collective=unit)
        a_nomination(other, "Chưa trình")
    lodged(a_nomination(a_submission(ward, cast.office, clerk), "Nơi khác"))
    return here


def meters_of(submission: Submission, limits: list[Limit]) -> tuple[Meter, ...]:
    """Of the submission's own unit and of the whole."""
    found = meters(limits, counted_elsewhere(submission, limits, {submission.unit.name}))
    return tuple(one for one in found if one.unit in ("", submission.unit.name))


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_a_limit_counts_the_same_as_over_every_one_of_them(cast: Cast, mine: Submission, limit: Limit) -> None:
    lodged_there = Nomination.objects.filter(state="lodged", to_unit=cast.province).exclude(submission=mine)
    every = [one for one in meters([limit], candidates(lodged_there)) if one.unit in ("", mine.unit.name)]
    assert every
    assert list(meters_of(mine, [limit])) == every


def test_limits_together_lose_nothing_to_one_another(cast: Cast, mine: Submission) -> None:
    apart = tuple(meter for limit in LIMITS.values() for meter in meters_of(mine, [limit]))
    assert meters_of(mine, [*LIMITS.values()]) == apart


def test_a_list_that_nothing_limits_asks_for_nothing(mine: Submission, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert counted_elsewhere(mine, [], {mine.unit.name}) == ()


@pytest.mark.parametrize("more", [0, 3])
def test_many_are_counted_with_two_queries(
    cast: Cast, ward: Unit, mine: Submission, more: int, django_assert_num_queries: Any
) -> None:
    other = a_submission(ward, cast.province, cast.users["clerk"])
    for n in range(more):
        lodged(a_nomination(other, f"Người {n}"))
    with django_assert_num_queries(2):
        assert len(counted_elsewhere(mine, [LIMITS["of everybody"]], ())) == 8 + more
