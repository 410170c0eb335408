"""A reading leaves as JSON or TOML and comes back unchanged; what follows no contract is refused with its place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from labelled import Labelled, corpora
from strategies import readings
from thidua.errors import InvalidReadingError
from thidua.explain import say
from thidua.plans.exchange import from_json, from_toml, to_json, to_toml
from thidua.plans.read import read_text
from thidua.plans.reading import KINDS, AwardForm, Deadline, Header, HeaderField, Period, Reading, Relative

READING = Reading(
    header=Header(number=HeaderField(value="57", quote="Số: 57/KH-VPUBND", span=(0, 16))),
    periods=(Period(label="Đợt 1", start=date(2025, 2, 25), end=None, quote="từ ngày 25/02/2025", span=(20, 38)),),
    award_forms=(AwardForm(name="Giấy khen", for_="both", quote="tặng Giấy khen", span=(40, 54)),),
    deadlines=(
        Deadline(
            what="Gửi hồ sơ",
            relative=Relative(days=10, unit="working_day", from_="kết thúc đợt thi đua"),
            quote="chậm nhất 10 ngày làm việc kể từ ngày kết thúc",
            span=(60, 106),
            sureness=0.8,
        ),
    ),
)


@given(readings())
@settings(max_examples=150, deadline=None)
def test_json_brings_every_reading_back_unchanged(reading: Reading) -> None:
    assert from_json(to_json(reading)) == reading
    assert from_json(to_json(reading, indent=2)) == reading


@given(readings())
@settings(max_examples=150, deadline=None)
def test_toml_brings_every_reading_back_unchanged(reading: Reading) -> None:
    assert from_toml(to_toml(reading)) == reading


@pytest.mark.parametrize("document", [one for group in corpora().values() for one in group], ids=lambda one: one.name)
def test_what_the_reader_reads_follows_the_contract(document: Labelled) -> None:
    reading = read_text(document.text)

    assert from_json(to_json(reading)) == reading
    assert from_toml(to_toml(reading)) == reading


def test_json_holds_every_field_and_every_list_of_the_contract() -> None:
    tree = json.loads(to_json(Reading()))

    header = ("number", "symbol", "issuer", "place", "date", "type", "title", "theme", "slogan", "signer")
    assert {name: tree["header"][name] for name in (*header, "signer_position")} == dict.fromkeys(
        (*header, "signer_position")
    )
    assert {kind: tree[kind] for kind in KINDS} == {kind: [] for kind in KINDS}


def test_json_names_the_fields_as_the_contract_does() -> None:
    tree = json.loads(to_json(READING))

    assert tree["header"]["number"] == {"value": "57", "quote": "Số: 57/KH-VPUBND", "span": [0, 16], "sureness": 1.0}
    assert tree["award_forms"] == [
        {
            "name": "Giấy khen",
            "granted_by": None,
            "for": "both",
            "quote": "tặng Giấy khen",
            "span": [40, 54],
            "sureness": 1.0,
        }
    ]
    assert tree["periods"][0]["start"] == "2025-02-25"
    assert tree["deadlines"][0]["relative"] == {"days": 10, "unit": "working_day", "from": "kết thúc đợt thi đua"}


def test_toml_leaves_out_what_is_not_known_and_writes_iso_days() -> None:
    text = to_toml(READING)

    assert "start = 2025-02-25\n" in text
    assert "\nend = " not in text


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "reading.malformed", None),
        (b'{"header": ', "reading.malformed", None),
        (b"\xff\xfe{}", "reading.malformed", None),
        (b"[" * 100_000, "reading.malformed", None),
        (b"[]", "reading.not_an_object", None),
        (b"{}", "reading.missing_field", "header"),
        (b'{"header": {}}', "reading.missing_field", "legal_basis"),
    ],
)
def test_a_file_that_is_no_reading_is_refused(data: bytes, code: str, place: str | None) -> None:
    with pytest.raises(InvalidReadingError) as refusal:
        from_json(data)

    assert (refusal.value.code, refusal.value.params.get("place")) == (code, place)


FACT = {"quote": "tặng Giấy khen", "span": [0, 14], "sureness": 1.0}


@pytest.mark.parametrize(
    ("kind", "item", "code", "place"),
    [
        ("periods", {**FACT, "start": "30/06/2025"}, "reading.wrong_value", "periods[0].start"),
        ("quotas", {**FACT, "unit": "Phòng A", "max": "hai", "of": "cá nhân"}, "reading.wrong_value", "quotas[0].max"),
        ("award_forms", {**FACT}, "reading.wrong_value", "award_forms[0]"),
        ("tasks", {**FACT, "text": "Chủ trì", "quote": " "}, "reading.no_quote", "tasks[0].quote"),
        ("tasks", {**FACT, "text": "Chủ trì", "span": [9, 3]}, "reading.wrong_span", "tasks[0].span"),
        ("tasks", {**FACT, "text": "Chủ trì", "sureness": 3}, "reading.wrong_sureness", "tasks[0].sureness"),
        ("deadlines", {**FACT, "what": "Gửi", "time": "16h30"}, "reading.wrong_time", "deadlines[0].time"),
        ("projects", {**FACT, "name": "Cầu", "by": "tháng 9"}, "reading.wrong_date", "projects[0].by"),
        ("anniversaries", {**FACT, "name": "2/9", "origin": "2/9"}, "reading.wrong_date", "anniversaries[0].origin"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_place(kind: str, item: dict[str, Any], code: str, place: str) -> None:
    tree = {**json.loads(to_json(Reading())), kind: [item]}

    with pytest.raises(InvalidReadingError) as refusal:
        from_json(json.dumps(tree).encode())

    assert (refusal.value.code, refusal.value.params["place"]) == (code, place)
    assert place in say(refusal.value.code, refusal.value.params)


def test_keys_of_later_versions_are_passed_over() -> None:
    tree = {**json.loads(to_json(READING)), "budget": [{"amount": 1}]}

    assert from_json(json.dumps(tree).encode()) == READING


def test_a_reading_written_before_a_list_came_is_read() -> None:
    tree = json.loads(to_json(READING))
    del tree["open_days"], tree["conditions"]

    assert from_json(json.dumps(tree).encode()) == READING


def test_a_broken_toml_is_refused() -> None:
    with pytest.raises(InvalidReadingError) as refusal:
        from_toml('header = "')

    assert refusal.value.code == "reading.malformed"
