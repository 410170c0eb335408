"""What a person may fill in for a fact: fields out of the types, every fault at once, each with its sentence."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from labelled import Labelled, corpora
from thidua.errors import InvalidFactError
from thidua.explain import LANGUAGES, say
from thidua.plans.fields import (
    FIELDS,
    HEADER_FIELDS,
    RELATIVE_FIELDS,
    STRUCTS,
    build_fact,
    fields_of,
    main_field,
    values_of,
)
from thidua.plans.read import read_text
from thidua.plans.reading import KINDS, Deadline, Fact, Header, HeaderField, Quota, Relative, Target
from thidua.plans.review import begin

RAW = "Trước ngày 15 hằng tháng, các phòng gửi báo cáo về Văn phòng."
SPAN = (0, len(RAW))
DAY = datetime.date(2025, 9, 30)


def faults(kind: str, values: dict[str, Any], span: tuple[int, int] = SPAN) -> list[tuple[str, str]]:
    with pytest.raises(InvalidFactError) as refusal:
        build_fact(kind, values, raw=RAW, span=span)
    for fault in refusal.value.faults:
        assert all(say(fault.code, fault.params, language) for language in LANGUAGES)
    return [(fault.field, fault.code) for fault in refusal.value.faults]


def field(kind: str, name: str) -> Any:
    return next(one for one in FIELDS[kind] if one.name == name)


# --- fields ---------------------------------------------------------------------------------------------------


def test_every_kind_has_its_fields() -> None:
    assert list(FIELDS) == ["header", *KINDS]


@pytest.mark.parametrize("kind", FIELDS)
def test_every_value_of_a_fact_has_a_field_and_words_have_none(kind: str) -> None:
    own = [name for name in STRUCTS[kind].__struct_fields__ if name not in ("quote", "span", "sureness")]

    assert [one.name for one in FIELDS[kind]] == own


@pytest.mark.parametrize("kind", FIELDS)
def test_exactly_the_partial_dates_of_the_types_are_partial_days(kind: str) -> None:
    declared = [name for name, hint in STRUCTS[kind].__annotations__.items() if "PartialDate" in hint]

    assert [one.name for one in FIELDS[kind] if one.shape == "partial_day"] == declared


@pytest.mark.parametrize("kind", FIELDS)
def test_a_choice_has_choices_and_nothing_else_has(kind: str) -> None:
    assert all(bool(one.choices) == (one.shape == "choice") for one in FIELDS[kind])


def test_fields_follow_their_types() -> None:
    assert [(one.name, one.shape, one.required) for one in FIELDS["deadlines"]] == [
        ("what", "long", True),
        ("who", "text", False),
        ("to", "text", False),
        ("date", "day", False),
        ("time", "clock", False),
        ("recurrence", "rule", False),
        ("relative", "relative", False),
    ]
    assert field("targets", "op").choices == (">=", "<=", "=", "range")
    assert field("award_forms", "for_").default == "both"
    assert field("criteria", "rating_years").shape == "years"
    assert (field("conditions", "year").shape, field("conditions", "text").shape) == ("year", "long")
    assert (field("quotas", "max").shape, field("targets", "value").shape) == ("whole", "number")
    assert (field("targets", "strict").shape, field("targets", "strict").required) == ("flag", False)
    assert [(one.name, one.shape) for one in RELATIVE_FIELDS] == [
        ("days", "whole"),
        ("unit", "choice"),
        ("from_", "text"),
    ]


def test_the_header_has_one_value_shaped_by_its_name() -> None:
    assert set(HEADER_FIELDS) == set(Header.__struct_fields__) - {"draft"}
    assert fields_of("header", "date")[0].shape == "day"
    assert fields_of("header", "date_partial")[0].shape == "partial_day"
    assert fields_of("header", "issuer")[0].shape == "text"


@pytest.mark.parametrize(
    ("kind", "name"),
    [("targets", "indicator"), ("deadlines", "what"), ("periods", "label"), ("tasks", "text"), ("subjects", "text")],
)
def test_the_main_field_says_what_a_fact_is(kind: str, name: str) -> None:
    assert main_field(kind) == name


# --- what can be built ----------------------------------------------------------------------------------------


def test_a_fact_has_the_literal_words_and_is_sure() -> None:
    fact = build_fact("quotas", {"unit": "phòng", "max": 2, "of": "cá nhân"}, raw=RAW, span=(26, 35))

    assert fact == Quota(unit="phòng", max=2, of="cá nhân", quote="các phòng", span=(26, 35), sureness=1.0)


def test_blank_is_not_told_and_text_has_no_white_space_around_it() -> None:
    fact = build_fact("deadlines", {"what": " gửi báo cáo\n", "who": " ", "date": None}, raw=RAW, span=SPAN)

    assert fact == Deadline(what="gửi báo cáo", quote=RAW, span=SPAN)


def test_values_of_every_shape_are_taken() -> None:
    deadline = {
        "what": "gửi báo cáo",
        "date": DAY,
        "time": "16:30",
        "recurrence": "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=15",
        "relative": {"days": -5, "unit": "working_day", "from_": "tổng kết"},
    }
    target = {"indicator": "x", "op": "range", "value": 80, "value_max": 90.5, "strict": True}

    assert values_of(build_fact("deadlines", deadline, raw=RAW, span=SPAN)) == deadline | {
        "who": None,
        "to": None,
        "relative": Relative(days=-5, unit="working_day", from_="tổng kết"),
    }
    assert values_of(build_fact("targets", target, raw=RAW, span=SPAN)) == target | {"unit": None}
    assert build_fact("criteria", {"text": "x", "rating_years": [2021, 2025]}, raw=RAW, span=SPAN).rating_years == (
        2021,
        2025,
    )


@pytest.mark.parametrize("value", [DAY, "2025-09-30"])
def test_a_header_date_is_kept_in_its_iso_form(value: object) -> None:
    fact = build_fact("header", {"value": value}, raw=RAW, span=(0, 5), header_field="date")

    assert fact == HeaderField(value="2025-09-30", quote="Trước", span=(0, 5))


@pytest.mark.parametrize("relative", [{}, {"days": None, "unit": "day", "from_": " "}, Relative(), None])
def test_a_count_from_nothing_is_no_relative_deadline(relative: object) -> None:
    assert build_fact("deadlines", {"what": "x", "relative": relative}, raw=RAW, span=SPAN).relative is None


@pytest.mark.parametrize("document", [one for group in corpora().values() for one in group], ids=lambda one: one.name)
def test_whatever_the_reader_reads_can_be_built(document: Labelled) -> None:
    for item in begin(read_text(document.text)):
        built = build_fact(
            item.kind,
            values_of(item.fact),
            raw=document.text,
            span=item.fact.span,
            header_field=item.key.removeprefix("header-"),
        )

        assert msgspec.structs.replace(built, sureness=item.fact.sureness) == item.fact


# --- what cannot be -------------------------------------------------------------------------------------------


def test_all_faults_come_at_once_in_the_order_of_the_fields() -> None:
    values = {"indicator": "", "op": "khoảng", "value": "80", "value_max": float("nan")}

    assert faults("targets", values, span=(5, 5)) == [
        ("indicator", "fact.missing"),
        ("op", "fact.not_a_choice"),
        ("value", "fact.not_a_number"),
        ("value_max", "fact.not_a_number"),
        ("quote", "fact.no_words"),
    ]


@pytest.mark.parametrize("span", [(0, 0), (5, 6), (4, 2), (-3, 4), (0, 900)])
def test_a_fact_needs_words_of_the_text(span: tuple[int, int]) -> None:
    assert faults("recipients", {"name": "Văn phòng"}, span) == [("quote", "fact.no_words")]


@pytest.mark.parametrize(
    ("kind", "values", "fault"),
    [
        ("recipients", {"name": 5}, ("name", "fact.not_text")),
        ("award_forms", {"name": "x", "for_": None}, ("for_", "fact.missing")),
        ("periods", {"start": "30/9/2025"}, ("start", "fact.not_a_day")),
        ("periods", {"start": datetime.datetime(2025, 9, 30, tzinfo=datetime.UTC)}, ("start", "fact.not_a_day")),
        ("periods", {"start": DAY, "end": datetime.date(2025, 9, 29)}, ("end", "fact.end_before_start")),
        ("projects", {"name": "x", "by": "2025-02-30"}, ("by", "fact.not_a_partial_day")),
        ("projects", {"name": "x", "by": "2025-13"}, ("by", "fact.not_a_partial_day")),
        ("projects", {"name": "x", "by": "0000"}, ("by", "fact.not_a_partial_day")),
        ("projects", {"name": "x", "by": "quý III"}, ("by", "fact.not_a_partial_day")),
        ("anniversaries", {"name": "x", "origin": "1945-09", "date": "1945"}, None),
        ("anniversaries", {"name": "x", "origin": "1945-09", "date": "1944"}, ("date", "fact.date_before_origin")),
        ("quotas", {"unit": "x", "of": "y", "max": -1}, ("max", "fact.not_whole")),
        ("quotas", {"unit": "x", "of": "y", "max": 1.5}, ("max", "fact.not_whole")),
        ("quotas", {"unit": "x", "of": "y", "max": True}, ("max", "fact.not_whole")),
        ("quotas", {"unit": "x", "of": "y", "max": 0}, None),
        ("criteria", {"text": "x", "rating_years": (2025, 2021)}, ("rating_years", "fact.years_order")),
        ("conditions", {"kind": "floor", "text": "x", "year": 23}, ("year", "fact.not_a_year")),
        ("conditions", {"kind": "gate", "text": "x", "year": 2023}, ("year", "fact.year_without_floor")),
        ("criteria", {"text": "x", "rating_years": (2025, 2025)}, None),
        ("criteria", {"text": "x", "rating_years": (21, 25)}, ("rating_years", "fact.not_years")),
        ("criteria", {"text": "x", "rating_years": (2025,)}, ("rating_years", "fact.not_years")),
        ("targets", {"indicator": "x", "op": "range", "value": 5}, ("value_max", "fact.range_without_bound")),
        ("targets", {"indicator": "x", "op": "range", "value_max": 5}, ("value", "fact.range_without_bound")),
        ("targets", {"indicator": "x", "op": "range", "value": 5, "value_max": 4}, ("value_max", "fact.range_order")),
        ("targets", {"indicator": "x", "op": "range", "value": 5, "value_max": 5}, None),
        ("targets", {"indicator": "x", "value": 5, "value_max": 6}, ("value_max", "fact.bound_without_range")),
        ("deadlines", {"what": "x", "time": "24:00"}, ("time", "fact.not_a_clock")),
        ("deadlines", {"what": "x", "time": "9:30"}, ("time", "fact.not_a_clock")),
        ("deadlines", {"what": "x", "relative": {"days": 1.5}}, ("relative", "fact.not_a_count")),
        ("deadlines", {"what": "x", "relative": {"days": 1, "unit": "week"}}, ("relative", "fact.not_a_choice")),
    ],
)
def test_values_must_be_what_they_say(kind: str, values: dict[str, Any], fault: tuple[str, str] | None) -> None:
    if fault is None:
        assert values.items() <= values_of(build_fact(kind, values, raw=RAW, span=SPAN)).items()
    else:
        assert faults(kind, values) == [fault]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("hằng tháng", "fact.not_a_rule"),
        ("BYMONTHDAY=15", "fact.not_a_rule"),
        ("FREQ=HOURLY", "fact.not_a_rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=x", "fact.not_a_rule"),
        ("FREQ=MONTHLY;BYDAY=9MO", "fact.not_a_rule"),
        ("FREQ=MONTHLY;INTERVAL=0", "fact.not_a_rule"),
        ("FREQ=DAILY\nDTSTART:20250101", "fact.not_a_rule"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "fact.rule_without_day"),
    ],
)
def test_a_recurrence_is_a_rule_that_falls_on_days(rule: str, code: str) -> None:
    assert faults("deadlines", {"what": "x", "recurrence": rule}) == [("recurrence", code)]


@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20191231", "FREQ=MONTHLY;COUNT=3"]
)
def test_a_rule_may_fall_on_leap_days_and_in_years_past(rule: str) -> None:
    assert build_fact("deadlines", {"what": "x", "recurrence": rule}, raw=RAW, span=SPAN).recurrence == rule


@pytest.mark.parametrize("values", [{"name": "x", "colour": "red"}, {"name": "x", "quote": "y"}])
def test_a_field_that_the_kind_has_not_is_a_mistake_of_the_program(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        build_fact("recipients", values, raw=RAW, span=SPAN)


def test_the_error_itself_names_the_fields() -> None:
    with pytest.raises(InvalidFactError) as refusal:
        build_fact("quotas", {"max": -1}, raw=RAW, span=SPAN)

    assert say(refusal.value.code, refusal.value.params) == (
        "Chưa lưu được dữ kiện vì có ô chưa đúng: unit, max, of. Hãy sửa các ô đó rồi lưu lại."
    )


def test_all_facts_are_facts() -> None:
    assert all(issubclass(struct, Fact) for struct in STRUCTS.values())
    assert STRUCTS["targets"] is Target
