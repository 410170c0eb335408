"""The sections of a report: one table for the form and the paper."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from thidua.law.criteria import Subject
from thidua.nominations.reports import PARTS, lacking, section, sections_for, text_of
from thidua.rules.facts import Merit

ALL = list(itertools.product(get_args(Subject), get_args(Merit)))


@pytest.mark.parametrize(("subject", "merit"), ALL)
def test_every_report_says_who_it_is_then_what_was_achieved_once(subject: Subject, merit: Merit) -> None:
    sections = sections_for(subject, merit)
    assert len({one.code for one in sections}) == len(sections)
    assert [one.part for one in sections] == sorted((one.part for one in sections), key=list(PARTS).index)
    assert sum(one.lists_claims for one in sections) == 1
    assert all(one.title and one.hint for one in sections)


def codes(subject: Subject, merit: Merit) -> list[str]:
    return [one.code for one in sections_for(subject, merit)]


def test_a_person_a_collective_and_a_household_begin_with_what_is_theirs() -> None:
    assert [codes(subject, "yearly")[0] for subject in ("individual", "collective", "household")] == [
        "background",
        "features",
        "circumstances",
    ]
    assert ("duties" in codes("individual", "yearly"), "functions" in codes("collective", "yearly")) == (True, True)
    assert "community" in codes("household", "campaign")


def test_a_sudden_deed_tells_its_event_and_no_party_work() -> None:
    sudden = codes("individual", "sudden")
    assert ("event" in sudden, "unions" in sudden, "duties" in sudden) == (True, False, False)


def test_the_text_keeps_the_order_of_the_report_whatever_order_it_was_stored_in() -> None:
    stored = {"effects": "Ba xã làm theo.", "achieved": " Sửa 12 km đường. ", "background": "", "event": "Lũ về."}
    assert text_of(stored, "individual", "yearly") == "Sửa 12 km đường.\n\nBa xã làm theo."
    assert text_of(stored, "individual", "sudden") == "Lũ về.\n\nSửa 12 km đường.\n\nBa xã làm theo."


def test_what_a_report_lacks_is_told_by_its_needed_sections() -> None:
    assert [one.code for one in lacking({}, "individual", "yearly")] == ["duties", "achieved"]
    assert [one.code for one in lacking({"achieved": " ", "duties": "Kế toán"}, "individual", "yearly")] == ["achieved"]
    assert lacking({"achieved": "Cứu hai người", "event": "Lật thuyền"}, "household", "sudden") == ()


def test_a_section_is_found_by_its_code() -> None:
    found = section("event")
    assert found is not None
    assert found.title == "Hoàn cảnh, diễn biến sự việc"
    assert section("nothing") is None
