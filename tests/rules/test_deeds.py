"""One deed, one award: the same deed twice, deeds that are alike, over years, units and successors (deeds.toml)."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.rules.deeds import Commended, Deed, Reuse, line_of, reuse

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("deeds.toml").read_text("utf-8"))["case"]


def deed(row: list[str]) -> Deed:
    code, nominee, words, *more = row
    days = [datetime.date.fromisoformat(day) for day in more[:2]]
    since, until = days or (None, None)
    return Deed(code=code, nominee=nominee, words=words, since=since, until=until, unit="".join(more[2:]))


def commended(row: list[Any]) -> Commended:
    ref, code, award, year, *decided = row
    return Commended(ref=ref, deed=code, award=award, year=year, decided="".join(decided))


def found_in(case: dict[str, Any]) -> tuple[Reuse, ...]:
    return reuse(map(deed, case["deeds"]), map(commended, case["awards"]), case.get("successors"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_deed_is_commended_once(case: dict[str, Any]) -> None:
    found = found_in(case)
    told = [[one.finding.code.removeprefix("deeds."), one.first.award.ref, one.second.award.ref] for one in found]

    assert told == case["found"]
    assert {reason.code for one in found for reason in one.reasons} >= set(case.get("reasons", []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_only_the_same_deed_is_refused(case: dict[str, Any]) -> None:
    for one in found_in(case):
        is_same = one.first.deed.code == one.second.deed.code
        assert one.finding.outcome is not Outcome.NOT_MET or is_same
        assert (one.score == 100) == is_same
        assert one.finding.basis is not None
        for language in ("vi", "en"):
            assert all(sentence(item, language) for item in (one.finding, *one.reasons))


def test_the_sentence_names_both_sides() -> None:
    (one,) = found_in(CASES[0])
    assert sentence(one.finding) == (
        "Thành tích “Cứu 2 em nhỏ đuối nước tại hồ Đá Bàn” đã được khen: Giấy khen (12/QĐ-UBND), năm 2026; lại đề nghị"
        " hoặc khen lần nữa: Bằng khen của Bộ, ban, ngành, tỉnh, năm 2026. Không khen thưởng nhiều lần, nhiều hình thức"
        " cho một thành tích."
    )


def test_one_proposal_is_asked_about_alone() -> None:
    deeds = [
        Deed(code="1", nominee="P1", words="Đào giếng thôn A"),
        Deed(code="2", nominee="P2", words="Đào giếng thôn B"),
    ]
    given = [
        Commended(ref=ref, deed=code, award="GIAY_KHEN", year=2026)
        for ref, code in (("a", "1"), ("b", "1"), ("c", "2"), ("d", "2"))
    ]
    assert [(one.first.award.ref, one.second.award.ref) for one in reuse(deeds, given, of="d")] == [("c", "d")]


def test_what_was_decided_stands_before_what_is_proposed() -> None:
    """Also where the proposal bears an earlier year."""
    deeds = [Deed(code="1", nominee="P1", words="Đào giếng")]
    given = [
        Commended(ref="p", deed="1", award="GIAY_KHEN", year=2024),
        Commended(ref="d", deed="1", award="GIAY_KHEN", year=2025, decided="1/QĐ"),
    ]
    (one,) = reuse(deeds, given)
    assert (one.first.award.ref, one.second.award.ref) == ("d", "p")


def test_a_line_of_units_may_run_in_a_circle() -> None:
    assert line_of("A", {"A": ["B", "C"], "B": ["A"], "C": ["D"]}) == ("A", "B", "C", "D")


WORDS = st.sampled_from(["Xây cầu Ba Si", "Xây cầu Láng Thé", "Cứu người đuối nước", "Có thành tích xuất sắc"])
DEEDS = st.lists(st.tuples(st.sampled_from("PQR"), WORDS), max_size=6).map(
    lambda rows: [Deed(code=str(n), nominee=nominee, words=words) for n, (nominee, words) in enumerate(rows)]
)


@settings(deadline=None)
@given(deeds=DEEDS, data=st.data())
def test_the_order_of_awards_changes_nothing(deeds: list[Deed], data: st.DataObject) -> None:
    given = [
        Commended(
            ref=f"{n}", deed=data.draw(st.sampled_from([one.code for one in deeds])), award="GIAY_KHEN", year=2026
        )
        for n in range(data.draw(st.integers(0, 5)) if deeds else 0)
    ]
    shuffled = data.draw(st.permutations(given))
    assert reuse(deeds, given) == reuse(deeds, shuffled)
    assert all(one.first.deed.nominee == one.second.deed.nominee for one in reuse(deeds, given))
