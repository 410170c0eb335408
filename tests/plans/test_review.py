"""A review: facts are accepted, corrected, rejected, added, and what stands is a reading again."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from strategies import readings
from thidua.errors import InvalidFactError
from thidua.plans.fields import values_of
from thidua.plans.reading import (
    KINDS,
    AwardForm,
    Header,
    HeaderField,
    Period,
    Reading,
    Recipient,
    Target,
)
from thidua.plans.review import (
    Meter,
    Reviewed,
    Verdict,
    accept,
    add,
    begin,
    confirmed,
    correct,
    is_decided,
    meter,
    reject,
    restore,
)

RAW = "Số: 57/KH-UBND. Đợt 1 từ 25/02/2025. Trên 80% hộ đạt chuẩn. Tặng Giấy khen. Nơi nhận: Văn phòng."
READING = Reading(
    header=Header(number=HeaderField(value="57", quote="57", span=(4, 6)), draft=True),
    periods=(Period(label="Đợt 1", start=datetime.date(2025, 2, 25), quote="từ 25/02/2025", span=(22, 35)),),
    targets=(
        Target(indicator="hộ đạt chuẩn", op=">=", value=80.0, unit="%", quote="Trên 80%", span=(37, 45), sureness=0.8),
    ),
    award_forms=(AwardForm(name="Giấy khen", quote="Tặng Giấy khen", span=(60, 74)),),
)
NUMBER, PERIOD, TARGET, AWARD = begin(READING)


def with_verdicts(*verdicts: str) -> tuple[Reviewed, ...]:
    return tuple(
        replace(item, verdict=Verdict(verdict)) for item, verdict in zip(begin(READING), verdicts, strict=True)
    )


# --- begin and confirmed ----------------------------------------------------------------------------------------


def test_a_review_begins_with_all_facts_pending_header_first() -> None:
    items = begin(READING)

    assert [item.key for item in items] == ["header-number", "periods-1", "targets-1", "award_forms-1"]
    assert [item.kind for item in items] == ["header", "periods", "targets", "award_forms"]
    assert all(item.fact is item.read and item.verdict is Verdict.PENDING for item in items)


@given(readings())
@settings(max_examples=100, deadline=None)
def test_what_was_begun_is_confirmed_as_it_was_up_to_order(reading: Reading) -> None:
    again = confirmed(begin(reading), draft=reading.header.draft)

    assert again.header == reading.header
    for kind in KINDS:
        assert list(getattr(again, kind)) == sorted(getattr(reading, kind), key=lambda fact: fact.span[0])


def test_facts_without_words_are_reviewed_like_others() -> None:
    reading = Reading(recipients=(Recipient(name="Văn phòng", quote="", span=(0, 0)),))
    (item,) = begin(reading)

    assert confirmed([correct(item, {"name": "Phòng"}, raw=RAW)]).recipients == (
        Recipient(name="Phòng", quote="", span=(0, 0)),
    )


def test_everything_that_is_not_rejected_is_confirmed_in_the_order_of_the_text() -> None:
    added = add("award_forms", {"name": "Khen"}, quote_span=(37, 41), raw=RAW, key="added-1")

    reading = confirmed([reject(NUMBER), PERIOD, reject(TARGET), AWARD, added])

    assert reading == Reading(periods=READING.periods, award_forms=(added.fact, READING.award_forms[0]))


def test_a_field_of_the_header_can_be_added() -> None:
    added = add("header", {"value": "UBND"}, quote_span=(10, 14), raw=RAW, key="header-issuer")

    assert confirmed([added]).header == Header(issuer=HeaderField(value="UBND", quote="UBND", span=(10, 14)))


# --- how far ------------------------------------------------------------------------------------------------------


def test_the_meter_counts_what_is_decided_by_kind() -> None:
    items = with_verdicts("accepted", "pending", "rejected", "corrected")

    assert meter(items) == Meter(
        total=4, decided=3, kinds={"header": (1, 1), "periods": (1, 0), "targets": (1, 1), "award_forms": (1, 1)}
    )
    assert meter(items).share == 0.75
    assert not is_decided(items)


def test_a_review_is_decided_when_nothing_is_pending() -> None:
    assert is_decided(with_verdicts("accepted", "added", "rejected", "corrected"))
    assert is_decided([])
    assert meter([]).share == 1.0


# --- acts ---------------------------------------------------------------------------------------------------------


def test_a_correction_changes_the_values_given_and_is_sure() -> None:
    item = correct(TARGET, {"value": 90}, raw=RAW)

    assert item == replace(
        TARGET, fact=replace(READING.targets[0], value=90.0, sureness=1.0), verdict=Verdict.CORRECTED
    )


def test_a_correction_may_move_to_other_words() -> None:
    item = correct(TARGET, {}, raw=RAW, span=(37, 58))

    assert item.fact.quote == "Trên 80% hộ đạt chuẩn"
    assert item.verdict is Verdict.CORRECTED


@pytest.mark.parametrize("span", [None, (37, 45)])
def test_correcting_back_to_what_was_read_accepts_it(span: tuple[int, int] | None) -> None:
    item = correct(correct(TARGET, {"value": 90}, raw=RAW, span=(37, 58)), {"value": 80}, raw=RAW, span=(37, 45))

    assert item == replace(TARGET, verdict=Verdict.ACCEPTED)
    assert correct(TARGET, values_of(TARGET.fact), raw=RAW, span=span) == replace(TARGET, verdict=Verdict.ACCEPTED)


def test_back_to_the_read_values_on_other_words_is_a_correction() -> None:
    moved = correct(TARGET, {"value": 90}, raw=RAW, span=(37, 58))

    assert correct(moved, {"value": 80}, raw=RAW).verdict is Verdict.CORRECTED


def test_a_correction_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidFactError):
        correct(PERIOD, {"end": datetime.date(2025, 1, 1)}, raw=RAW)


def test_accepting_a_corrected_fact_keeps_the_correction() -> None:
    corrected = correct(TARGET, {"value": 90}, raw=RAW)

    assert accept(corrected) == corrected
    assert accept(reject(corrected)) == corrected


def test_rejecting_an_added_fact_keeps_it_so_that_it_can_come_back() -> None:
    added = add("recipients", {"name": "Văn phòng"}, quote_span=(86, 95), raw=RAW, key="added-1")

    assert added.fact == Recipient(name="Văn phòng", quote="Văn phòng", span=(86, 95))
    assert reject(added) == replace(added, verdict=Verdict.REJECTED)
    assert accept(reject(added)) == added
    assert restore(reject(added)) == added


def test_correcting_an_added_fact_leaves_it_added() -> None:
    added = add("recipients", {"name": "Phòng"}, quote_span=(86, 95), raw=RAW, key="added-1")

    item = correct(added, {"name": "Văn phòng"}, raw=RAW)

    assert (item.verdict, item.fact.name, item.read) == (Verdict.ADDED, "Văn phòng", None)


def test_correcting_a_rejected_fact_lets_it_stand() -> None:
    assert correct(reject(TARGET), {"value": 90}, raw=RAW).verdict is Verdict.CORRECTED


ACTS: tuple[Callable[[Reviewed], Reviewed], ...] = (
    accept,
    reject,
    restore,
    lambda item: correct(item, {"indicator": "khác"}, raw=RAW),
    lambda item: correct(item, {}, raw=RAW, span=(0, 2)),
)


@given(st.lists(st.sampled_from(ACTS), max_size=4))
def test_restoring_after_any_acts_gives_the_pending_fact_as_read(acts: list[Callable[[Reviewed], Reviewed]]) -> None:
    item = TARGET
    for act in acts:
        item = act(item)

    assert restore(item) == TARGET
    assert item.key == TARGET.key
    assert item.read == TARGET.read
