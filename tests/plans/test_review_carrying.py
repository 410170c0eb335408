"""A plan is read again, or amended: what people decided stays with the facts it was said of."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from strategies import readings
from thidua.plans.reading import Header, HeaderField, Reading, Recipient, Task
from thidua.plans.review import (
    Carried,
    Reviewed,
    Verdict,
    accept,
    add,
    begin,
    carry_over,
    correct,
    reject,
)

RAW = "Văn phòng gửi báo cáo. Các phòng gửi báo cáo. Nơi nhận: Như trên; Lưu VT."
AMENDED = "Điều 1. Các phòng  gửi báo cáo. Văn phòng gửi báo cáo đúng hạn. Nơi nhận: Lưu VT."


def recipient(name: str, raw: str) -> Recipient:
    return Recipient(name=name, quote=name, span=(raw.index(name), raw.index(name) + len(name)))


def task(quote: str, raw: str, text: str | None = None) -> Task:
    return Task(text=text or quote, quote=quote, span=(raw.index(quote), raw.index(quote) + len(quote)))


def carried(before: list[Reviewed], now: Reading, raw_now: str = AMENDED) -> Carried:
    return carry_over(before, begin(now), raw_before=RAW, raw_now=raw_now)


def as_corrected(item: Reviewed) -> Reviewed:
    return replace(item, fact=replace(item.fact, quote=f"{item.fact.quote}+"), verdict=Verdict.CORRECTED)


ACTS: tuple[Callable[[Reviewed], Reviewed], ...] = (lambda item: item, accept, reject, as_corrected)


@given(readings(), st.data())
@settings(max_examples=100, deadline=None)
def test_reading_the_same_again_keeps_every_decision(reading: Reading, data: st.DataObject) -> None:
    before = [data.draw(st.sampled_from(ACTS))(item) for item in begin(reading)]

    again = carry_over(before, begin(reading), raw_before="x", raw_now="x")

    decided = sum(item.verdict is not Verdict.PENDING for item in before)
    assert again == Carried(items=tuple(before), lost=(), kept=decided)


@given(readings(), readings(), st.data())
@settings(max_examples=100, deadline=None)
def test_no_decision_is_silently_lost(reading: Reading, other: Reading, data: st.DataObject) -> None:
    before = [data.draw(st.sampled_from(ACTS))(item) for item in begin(reading)]

    again = carry_over(before, begin(other), raw_before="x", raw_now="y")

    assert again.kept + len(again.lost) == sum(item.verdict is not Verdict.PENDING for item in before)
    assert again.kept <= sum(item.verdict is not Verdict.PENDING for item in again.items)
    assert len({item.key for item in again.items}) == len(again.items)


def test_a_decision_goes_with_the_same_words_wherever_they_stand_now() -> None:
    first, second = begin(Reading(tasks=(task("Văn phòng gửi báo cáo", RAW), task("Các phòng gửi báo cáo", RAW))))
    now = Reading(tasks=(task("Các phòng  gửi báo cáo", AMENDED, "Các phòng gửi báo cáo"),))

    again = carried([accept(first), reject(second)], now)

    assert [(item.fact, item.verdict) for item in again.items] == [(now.tasks[0], Verdict.REJECTED)]
    assert (again.lost, again.kept) == ((accept(first),), 1)


def test_twins_keep_their_own_decisions_in_order() -> None:
    twins = Reading(recipients=(recipient("Lưu VT", RAW), replace(recipient("Lưu VT", RAW), span=(70, 72))))
    first, second = begin(twins)

    again = carried([first, reject(second)], twins, RAW)

    assert [item.verdict for item in again.items] == [Verdict.PENDING, Verdict.REJECTED]


def test_a_correction_stands_on_the_new_place_of_the_words_that_were_read() -> None:
    (item,) = begin(Reading(tasks=(task("Các phòng gửi báo cáo", RAW),)))
    now = Reading(tasks=(task("Các phòng  gửi báo cáo", AMENDED, "Các phòng gửi báo cáo"),))

    (again,) = carried([correct(item, {"who": "Các phòng"}, raw=RAW)], now).items

    assert again.fact == replace(now.tasks[0], who="Các phòng")
    assert (again.read, again.verdict) == (now.tasks[0], Verdict.CORRECTED)


def test_a_correction_keeps_the_words_that_a_person_chose_where_they_are_still_there() -> None:
    (item,) = begin(Reading(recipients=(recipient("Lưu VT", RAW),)))
    now = Reading(recipients=(recipient("Lưu VT", AMENDED),))
    chosen = correct(item, {"name": "VT"}, raw=RAW, span=(RAW.index("VT"), RAW.index("VT") + 2))
    gone = correct(item, {"name": "Như trên"}, raw=RAW, span=(RAW.index("Như"), RAW.index("Như") + 8))

    assert carried([chosen], now).items[0].fact == recipient("VT", AMENDED)
    assert carried([gone], now).items[0].fact == replace(now.recipients[0], name="Như trên")


def test_what_is_now_read_as_it_was_corrected_is_accepted() -> None:
    (item,) = begin(Reading(tasks=(task("Văn phòng gửi báo cáo", RAW),)))
    corrected = correct(item, {"who": "Văn phòng"}, raw=RAW)
    now = Reading(tasks=(replace(corrected.fact, sureness=0.7),))

    again = carried([corrected], now, RAW)

    assert again.items == (replace(begin(now)[0], verdict=Verdict.ACCEPTED),)
    assert again.kept == 1


def test_what_was_added_stays_where_its_words_are_still_there() -> None:
    words = RAW.index("Lưu VT")
    added = add("recipients", {"name": "Văn thư"}, quote_span=(words, words + 6), raw=RAW, key="added-1")

    again = carried([added], Reading())

    assert again.items == (replace(added, fact=replace(recipient("Lưu VT", AMENDED), name="Văn thư")),)
    assert carried([reject(added)], Reading()).items[0].verdict is Verdict.REJECTED


def test_what_was_added_is_lost_with_its_words() -> None:
    words = RAW.index("Như trên")
    added = add("recipients", {"name": "Như trên"}, quote_span=(words, words + 8), raw=RAW, key="added-1")

    assert carried([added], Reading()) == Carried(items=(), lost=(added,), kept=0)


def test_an_added_fact_that_is_now_read_is_accepted_and_not_doubled() -> None:
    words = RAW.index("Lưu VT")
    added = add("recipients", {"name": "Lưu VT"}, quote_span=(words, words + 6), raw=RAW, key="added-1")

    (again,) = carried([added], Reading(recipients=(recipient("Lưu VT", AMENDED),))).items

    assert (again.key, again.verdict) == ("recipients-1", Verdict.ACCEPTED)


def test_a_key_that_is_taken_is_made_another() -> None:
    words = RAW.index("Lưu VT")
    added = add("recipients", {"name": "Văn thư"}, quote_span=(words, words + 6), raw=RAW, key="recipients-1")

    again = carried([added], Reading(recipients=(recipient("Lưu VT", AMENDED),)))

    assert [item.key for item in again.items] == ["recipients-1", "recipients-1-2"]


def test_an_added_header_field_gives_way_to_one_that_is_read_and_is_reported() -> None:
    added = add("header", {"value": "Văn phòng"}, quote_span=(0, 9), raw=RAW, key="header-issuer")
    read = HeaderField(value="Các phòng", quote="Các phòng", span=(8, 17))

    again = carried([added], Reading(header=Header(issuer=read)))

    assert [item.fact for item in again.items] == [read]
    assert again.lost == (added,)
    assert [item.key for item in carried([added], Reading()).items] == ["header-issuer"]


def test_what_nobody_decided_is_neither_kept_nor_lost() -> None:
    before = list(begin(Reading(recipients=(recipient("Như trên", RAW),))))

    assert carried(before, Reading()) == Carried(items=(), lost=(), kept=0)
