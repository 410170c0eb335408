"""Keys of clauses, and what follows from holding one to have another outcome."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from rules.case_files import cases
from thidua.findings import Basis, Outcome, unknown
from thidua.law import criteria
from thidua.law.criteria import Criterion
from thidua.nominations.criteria_keys import key_of, keyed, overridden, to_analyse
from thidua.rules.assessing import Assessment, Result
from thidua.rules.explaining import explain
from thidua.rules.offers import Offer
from thidua.rules.tally import all_of, any_of, negated

CASES = dict(cases())
ASSESSED = next(c for c in CASES.values() if c.award == "CSTDCS" and c.outcome is Outcome.NOT_MET).assessed()
OUTCOMES = st.sampled_from(list(Outcome))
RATED = Criterion(text="Hoàn thành nhiệm vụ", test=criteria.Test("rated", {"level": "good"}))


def leaf(outcome: Outcome, text: str) -> Result:
    criterion = structs.replace(RATED, text=text)
    return Result(criterion=criterion, outcome=outcome, basis=Basis(), finding=unknown("rules.rated"))


@st.composite
def results(draw: st.DrawFn, depth: int = 3) -> Result:
    if depth == 0 or draw(st.booleans()):
        return leaf(draw(OUTCOMES), draw(st.text("abc", min_size=1, max_size=4)))
    join = draw(st.sampled_from(["all", "any", "not"]))
    count = 1 if join == "not" else draw(st.integers(1, 3))
    parts = tuple(draw(results(depth=depth - 1)) for _ in range(count))
    return joined(parts, join)


def joined(parts: tuple[Result, ...], join: str) -> Result:
    children = tuple(part.criterion for part in parts)
    tree: dict[str, Any] = {"not_": children[0]} if join == "not" else {join: children}
    return Result(
        criterion=Criterion(text="Các điều", **tree), outcome=_kleene([part.outcome for part in parts], join),
        basis=Basis(), parts=parts, part_of=join,
    )  # fmt: skip


def _kleene(outcomes: list[Outcome], join: str) -> Outcome:
    return negated(outcomes[0]) if join == "not" else all_of(outcomes) if join == "all" else any_of(outcomes)


def assessment(*found: Result) -> Assessment:
    offer = Offer(award="LDTT", subject="individual", year=2025)
    outcome = all_of(one.outcome for one in found)
    return Assessment(offer=offer, on=datetime.date(2025, 12, 1), outcome=outcome, results=found)


def holds_together(result: Result, held: frozenset[str], number: str) -> bool:
    if key_of(result, number) in held or not result.parts:
        return True
    parts = [holds_together(part, held, f"{number}.{n}") for n, part in enumerate(result.parts, 1)]
    return all(parts) and result.outcome is _kleene([part.outcome for part in result.parts], result.part_of)


@settings(max_examples=200, deadline=None)
@given(st.lists(results(), min_size=1, max_size=3), st.data())
def test_what_is_held_is_held_and_what_follows_follows(found: list[Result], data: st.DataObject) -> None:
    before = assessment(*found)
    keys = [item.key for item in keyed(before)]
    held = {key: (data.draw(OUTCOMES), "vì") for key in data.draw(st.lists(st.sampled_from(keys), max_size=3))}

    after = overridden(before, held)

    assert [item.key for item in keyed(after)] == keys
    reached = {item.number: item for item in keyed(after)}
    for number, item in reached.items():
        covered = any(reached[number.rsplit(".", up)[0]].key in held for up in range(1, number.count(".") + 1))
        if item.key in held and not covered:
            assert item.result.outcome is held[item.key][0]
    assert after.outcome is all_of(one.outcome for one in after.results)
    assert all(holds_together(one, frozenset(held), str(n)) for n, one in enumerate(after.results, 1))


@settings(max_examples=50, deadline=None)
@given(st.lists(results(), min_size=1, max_size=3))
def test_without_an_override_nothing_changes(found: list[Result]) -> None:
    before = assessment(*found)

    assert overridden(before, {}) is before
    assert overridden(before, {"9-nowhere": (Outcome.MET, "vì")}) == before
    assert overridden(before, {item.key: (item.result.outcome, "") for item in keyed(before)}).outcome is before.outcome


def test_keys_are_those_of_the_lines_that_are_shown() -> None:
    lines = [line for top in explain(ASSESSED).lines for line in top.each()]
    shown = {line.number for line in lines}

    assert shown <= {item.number for item in keyed(ASSESSED)}


def test_a_clause_keeps_its_key_whoever_is_judged() -> None:
    same_law = [
        case.assessed()
        for case in CASES.values()
        if case.award == "CSTDCS" and case.outcome and not case.criteria and not case.local and case.on.year == 2025
    ]
    keys = [[item.key for item in keyed(one)] for one in same_law if one.on >= datetime.date(2025, 8, 5)]

    assert len(keys) > 1
    assert all(one == keys[0] for one in keys)


def test_another_wording_or_place_is_another_key() -> None:
    one = leaf(Outcome.MET, "Hoàn thành tốt nhiệm vụ")
    reworded = leaf(Outcome.MET, "Hoàn thành xuất sắc nhiệm vụ")
    moved = structs.replace(one, basis=Basis(instrument="06/2022/QH15", place="Điều 24"))

    assert key_of(one, "1") == key_of(structs.replace(one, outcome=Outcome.UNKNOWN), "1")
    assert len({key_of(one, "1"), key_of(one, "2"), key_of(reworded, "1"), key_of(moved, "1")}) == 4
    assert all(len(key_of(one, number)) <= 60 for number in ("1", "1.2.3.4.5.6"))


def test_an_override_says_why_and_leaves_the_facts() -> None:
    item = next(item for item in keyed(ASSESSED) if item.result.finding and item.result.outcome is Outcome.NOT_MET)

    held = overridden(ASSESSED, {item.key: (Outcome.MET, "Có quyết định bổ sung")})
    result = next(one.result for one in keyed(held) if one.key == item.key)

    assert result.finding is not None
    assert result.finding.params["overridden"] == "Có quyết định bổ sung"
    assert result.records == item.result.records
    assert explain(held).heading == explain(ASSESSED).heading


def test_a_meeting_speaks_of_clauses_and_not_of_what_registers_answer() -> None:
    case = next(
        c for c in CASES.values() if c.award == "BANG_KHEN_TINH" and c.subject == "individual" and c.on.year == 2025
    )
    texts = [item.result.criterion.text for item in to_analyse(case.assessed())]

    assert texts
    assert not any("thanh tra" in text or "nhiều hình thức" in text or "kỷ luật" in text for text in texts)


def test_the_sentence_of_what_is_held_is_the_reason() -> None:
    item = next(item for item in keyed(ASSESSED) if item.result.finding and item.result.outcome is Outcome.NOT_MET)
    held = overridden(ASSESSED, {item.key: (Outcome.MET, "Có quyết định bổ sung")})
    lines = {line.number: line for top in explain(held).lines for line in top.each()}

    assert lines[item.number].sentence == "Người thẩm định kết luận: Có quyết định bổ sung"
