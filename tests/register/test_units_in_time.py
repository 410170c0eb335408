"""A unit on a day: its name, who stands for it, whether it may be commended."""

from __future__ import annotations

import datetime

import pytest

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.register.units_in_time import UnitInTime, UnitPeriod, check_kind, may_be_awarded, name_on, successors_of

REFORM = datetime.date(2025, 7, 1)
BEFORE = datetime.date(2025, 6, 30)
LATER = datetime.date(2026, 5, 1)
START = datetime.date(2000, 1, 1)


def unit(
    code: str, *, start: datetime.date = START, end: datetime.date | None = None, to: tuple[str, ...] = ()
) -> UnitInTime:
    period = UnitPeriod(name=f"Xã {code}", kind="commune", parent=None, start=start, end=end)
    return UnitInTime(code=code, periods=(period,), successors=to, heir=to[0] if to else None)


def chart(*units: UnitInTime) -> dict[str, UnitInTime]:
    return {one.code: one for one in units}


def test_a_unit_has_the_name_of_the_day() -> None:
    first = UnitPeriod(name="Phòng Tổng hợp", kind="office", parent=None, start=START, end=BEFORE)
    second = UnitPeriod(name="Phòng Hành chính", kind="office", parent=None, start=REFORM)

    assert [name_on((first, second), day) for day in (START, BEFORE, REFORM, LATER)] == [
        "Phòng Tổng hợp", "Phòng Tổng hợp", "Phòng Hành chính", "Phòng Hành chính",
    ]  # fmt: skip
    assert name_on((first, second), datetime.date(1999, 12, 31)) is None


def test_a_unit_stands_for_itself_until_its_last_day() -> None:
    units = chart(unit("A", end=BEFORE, to=("B",)), unit("B"))

    assert successors_of(units, "A", BEFORE).all == ("A",)
    assert successors_of(units, "A", REFORM).all == ("B",)


def test_of_several_successors_the_heir_stands_first() -> None:
    units = chart(unit("A", end=BEFORE, to=("C", "B")), unit("B"), unit("C"))
    succession = successors_of(units, "A", LATER)

    assert (succession.heir, succession.all) == ("C", ("C", "B"))


def test_successors_that_ended_too_are_followed() -> None:
    units = chart(
        unit("A", end=BEFORE, to=("B",)),
        unit("B", end=datetime.date(2025, 12, 31), to=("C", "D")),
        unit("C", start=datetime.date(2026, 1, 1)),
        unit("D"),
    )

    assert successors_of(units, "A", datetime.date(2025, 8, 1)).all == ("B",)
    assert successors_of(units, "A", LATER).all == ("C", "D")


def test_links_that_lead_nowhere_or_in_a_circle_end() -> None:
    units = chart(unit("A", end=BEFORE), unit("B", end=BEFORE, to=("C",)), unit("C", end=BEFORE, to=("B",)))

    assert successors_of(units, "A", LATER).all == ()
    assert successors_of(units, "B", LATER).heir is None


def test_an_unknown_unit_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        successors_of({}, "A", LATER)


def test_a_unit_that_is_valid_may_be_commended_on_its_last_day() -> None:
    ended = unit("A", end=BEFORE)

    assert may_be_awarded(ended, BEFORE).outcome is Outcome.MET
    assert may_be_awarded(ended, REFORM).outcome is Outcome.NOT_MET


def test_a_dissolved_unit_gets_no_award_and_its_heir_is_named() -> None:
    finding = may_be_awarded(unit("A", end=BEFORE, to=("B",)), LATER, heir=unit("B"))

    assert finding.outcome is Outcome.NOT_MET
    assert finding.basis is not None
    assert finding.basis.instrument == "Thông tư số 15/2025/TT-BNV"
    assert sentence(finding) == (
        "Xã A đã kết thúc sau ngày 30/06/2025: không khen tổ chức đã giải thể do sắp xếp. Đơn vị kế thừa là Xã B."
    )


def test_a_unit_that_has_not_begun_gets_no_award_yet() -> None:
    assert may_be_awarded(unit("A", start=REFORM), BEFORE).code == "unit.not_begun"


@pytest.mark.parametrize(
    ("kind", "day", "against"),
    [("district", BEFORE, False), ("district", REFORM, True), ("township", REFORM, True), ("commune", REFORM, False)],
)
def test_there_is_no_district_level_since_the_first_of_july_2025(kind: str, day: datetime.date, against: bool) -> None:
    finding = check_kind(kind, day)

    assert (finding is not None) == against
    assert finding is None or (finding.basis is not None and finding.basis.verified)
