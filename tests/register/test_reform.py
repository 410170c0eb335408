"""What a reform makes of units: cases in reforms.toml, and what holds of every reform."""

from __future__ import annotations

import datetime
import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.law.bodies import ended_bodies
from thidua.register.acts import Act, Target, acts_of
from thidua.register.kinds import sheet_kinds
from thidua.register.reform import ReformPlan, Standing, carry_out, plan_reform
from thidua.register.sheets import read_sheet
from thidua.register.units_in_time import UnitInTime, UnitPeriod, name_on, successors_of

CASES = tomllib.loads(Path(__file__).with_name("reforms.toml").read_text("utf-8"))["case"]
DAY = datetime.timedelta(days=1)


def unit(code: str, said: list[Any]) -> UnitInTime:
    name, kind, parent, start, end, heads = (*said, *["", 0][len(said) - 4 :])
    period = UnitPeriod(name=name, kind=kind, parent=parent or None, start=start, end=end or None)
    return UnitInTime(code=code, periods=(period,), heads=tuple(hash(code) + n for n in range(heads)))


def planned(case: dict[str, Any]) -> tuple[dict[str, UnitInTime], ReformPlan]:
    units = {code: unit(code, said) for code, said in case["units"].items()}
    plan = plan_reform(units, msgspec.convert(case["acts"], list[Act]), case["on"])
    for finding in plan.findings:
        assert all(sentence(finding, language) for language in ("vi", "en"))
    return units, plan


def told(standing: Standing) -> list[str]:
    return [standing.name, standing.kind, standing.parent or ""]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_reform(case: dict[str, Any]) -> None:
    _, plan = planned(case)
    codes = {outcome: [f.code for f in plan.findings if f.outcome is outcome] for outcome in Outcome}

    assert sorted(codes[Outcome.NOT_MET]) == sorted(case.get("faults", []))
    assert codes[Outcome.UNKNOWN] == case.get("doubts", [])
    assert plan.faulty == bool(case.get("faults"))
    if not plan.faulty:
        assert {standing.code: told(standing) for standing in plan.begins} == case.get("begins", {})
        assert {standing.code: told(standing) for standing in plan.changes} == case.get("changes", {})
        assert {end.code: list(end.successors) for end in plan.endings} == case.get("ends", {})
        assert all(end.heir == end.successors[0] and end.last == case["on"] - DAY for end in plan.endings)


@pytest.mark.parametrize("case", [case for case in CASES if "real" in case], ids=lambda case: case["title"])
def test_the_real_mergers_are_those_of_the_law(case: dict[str, Any]) -> None:
    law = {body.name: body for body in ended_bodies() if body.kind == "province"}
    units, plan = planned(case)
    after = carry_out(units, plan)
    ended = {end.code: end for end in plan.endings if after[end.code].periods[-1].kind == "province"}
    renewed = {after[end.heir or ""].name for end in ended.values()}

    for code in ended:
        if after[code].name not in renewed:
            body = law[after[code].name.removeprefix("Ủy ban nhân dân tỉnh ")]
            assert after[ended[code].heir or ""].name == f"Ủy ban nhân dân {body.successor}"
            assert (body.ended, body.verified) == (case["on"], True)


def test_the_past_keeps_its_names() -> None:
    case = next(case for case in CASES if "Kiên Giang" in case["title"])
    units, plan = planned(case)
    after = carry_out(units, plan)
    before, now = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)

    assert name_on(after["T-KG"].periods, before) == "Ủy ban nhân dân tỉnh Kiên Giang"
    assert name_on(after["T-KG"].periods, now) is None
    assert successors_of(after, "KG-VP", before).all == ("KG-VP",)
    assert successors_of(after, "KG-VP", now).heir == "AG-VP-M"


def test_a_faulty_plan_is_not_carried_out() -> None:
    units, plan = planned(next(case for case in CASES if case.get("faults")))

    with pytest.raises(ValueError, match="faults"):
        carry_out(units, plan)


def test_what_follows_is_told_from_what_was_asked_for() -> None:
    _, plan = planned(next(case for case in CASES if "đi theo" in case["title"]))

    assert [(standing.code, standing.follows) for standing in plan.changes] == [("B1", True)]


@pytest.mark.parametrize(
    ("act", "old", "new"),
    [
        ("merge", ("A",), ()), ("merge", (), (Target(code="A"),)), ("split", ("A", "B"), (Target(code="C"),)),
        ("rename", ("A",), (Target(code="B"),)), ("dissolve", ("A",), (Target(code="B"),)), ("move", ("A",), ()),
    ],
)  # fmt: skip
def test_an_act_has_the_units_it_needs(act: Any, old: tuple[str, ...], new: tuple[Target, ...]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Act(act=act, old=old, new=new)


def test_rows_of_one_merger_and_of_one_split_are_one_act() -> None:
    day, later = datetime.date(2025, 7, 1), datetime.date(2026, 1, 1)
    rows = [
        {"act": "merge", "old_codes": ("A", "B"), "new_code": "M", "new_name": "Phòng M", "on": later},
        {"act": "merge", "old_codes": ("A",), "new_code": "M", "new_name": "Phòng M", "on": day},
        {"act": "merge", "old_codes": ("B",), "new_code": "M", "new_kind": "office", "on": day},
        {"act": "split", "old_codes": ("C",), "new_code": "C1", "new_name": "C1", "on": day},
        {"act": "split", "old_codes": ("C",), "new_code": "C2", "new_name": "C2", "main": True, "on": day},
        {"act": "rename", "old_codes": ("D",), "new_name": "Phòng D", "on": day},
        {"act": "move", "old_codes": ("D",), "new_parent_code": "S", "on": day},
        {"act": "dissolve", "old_codes": ("E",), "new_code": "S", "on": day},
    ]

    assert acts_of(rows) == {
        day: (
            Act(act="merge", old=("A", "B"), new=(Target(code="M", name="Phòng M", kind="office"),)),
            Act(
                act="split", old=("C",), new=(Target(code="C1", name="C1"), Target(code="C2", name="C2")), heirs=("C2",)
            ),
            Act(act="rename", old=("D",), new=(Target(code="D", name="Phòng D"),)),
            Act(act="move", old=("D",), new=(Target(code="D", parent="S"),)),
            Act(act="dissolve", old=("E",), heirs=("S",)),
        ),
        later: (Act(act="merge", old=("A", "B"), new=(Target(code="M", name="Phòng M"),)),),
    }


def test_a_list_of_acts_out_of_a_workbook_becomes_a_plan() -> None:
    day = datetime.date(2025, 7, 1)
    header = [
        "Việc",
        "Mã đơn vị cũ",
        "Mã đơn vị mới",
        "Tên mới",
        "Mã cấp trên mới",
        "Kế thừa chính",
        "Từ ngày",
        "Văn bản",
    ]
    acts = [
        ["Sáp nhập", "X1; X2", "X", "Xã X", None, None, "01/07/2025", "12/NQ"],
        ["Sáp nhập", "X3", "X", None, "T", None, "01/07/2025", "12/NQ"],
        ["Chia", "P", "P1", "Phòng P1", None, None, "01/07/2025", "12/NQ"],
        ["Chia", "P", "P2", "Phòng P2", None, "x", "01/07/2025", "12/NQ"],
        ["Kết thúc hoạt động", "H", "T", None, None, None, "01/07/2025", "12/NQ"],
        ["Đổi tên", ";", None, "Phòng", None, None, "01/07/2025", "12/NQ"],
    ]
    read, rows = read_sheet(sheet_kinds()["reforms"], [header, *acts])
    taken = list(rows)
    units = {
        code: unit(code, [f"Đơn vị {code}", kind, parent, datetime.date(2000, 1, 1)])
        for code, kind, parent in [
            ("T", "province", ""), ("H", "district", "T"), ("P", "office", "T"),
            ("X1", "commune", "H"), ("X2", "commune", "H"), ("X3", "commune", "H"), ("X4", "commune", "H"),
        ]
    }  # fmt: skip
    plan = plan_reform(units, acts_of(row.values for row in taken if not row.faulty)[day], day)

    assert read.findings == ()
    assert [[f.code for f in row.findings] for row in taken] == [[], [], [], [], [], ["cell.required"]]
    assert plan.findings == ()
    assert [(standing.code, standing.parent) for standing in plan.begins] == [("P1", "T"), ("P2", "T"), ("X", "T")]
    assert [(standing.code, standing.parent) for standing in plan.changes] == [("X4", "T")]
    assert {end.code: end.heir for end in plan.endings} == {"H": "T", "P": "P2", "X1": "X", "X2": "X", "X3": "X"}


# --------------------------------------------------------------------------------------- what holds of every reform

CODES = tuple("ABCDEFGH")
NEW = ("N1", "N2", "N3")
ON = datetime.date(2026, 1, 1)


def changes(act: str, code: str, target: Target) -> Act:
    return Act(act=act, old=(code,), new=(msgspec.structs.replace(target, code=code),))  # type: ignore[arg-type]


def likely(old: st.SearchStrategy[str], target: st.SearchStrategy[Target], most: int) -> st.SearchStrategy[Act]:
    several = st.lists(old, min_size=1, max_size=most, unique=True).map(tuple)
    one_change = st.builds(changes, st.sampled_from(["rename", "move", "change_kind"]), old, target)
    merger = st.builds(Act, act=st.just("merge"), old=several, new=st.tuples(target))
    split = st.builds(
        Act,
        act=st.just("split"),
        old=st.tuples(old),
        new=st.lists(target, min_size=2, max_size=3, unique_by=lambda one: one.code).map(tuple),
        heirs=st.tuples(st.sampled_from(NEW)),
    )
    dissolved = st.builds(Act, act=st.just("dissolve"), old=several, heirs=st.tuples(st.sampled_from(CODES)))
    return one_change | merger | split | dissolved


ACTS = likely(
    st.sampled_from(CODES),
    st.builds(
        Target,
        code=st.sampled_from((*NEW, *NEW, *CODES[:2])),
        name=st.sampled_from(["Phòng Mới"]),
        parent=st.sampled_from([None, None, None, *CODES[:3], "N1"]),
    ),
    3,
)
# Acts that name what is not there, what is not allowed, and nothing at all.
WILD = likely(
    st.sampled_from((*CODES, "N1", "?")),
    st.builds(
        Target,
        code=st.sampled_from((*NEW, *CODES[:4])),
        name=st.sampled_from(["", "Phòng Mới", "Phòng Khác"]),
        kind=st.sampled_from(["", "office", "district"]),
        parent=st.sampled_from([None, *CODES[:5], *NEW, "?"]),
    ),
    4,
)


@st.composite
def registers(draw: st.DrawFn) -> dict[str, UnitInTime]:
    """A tree of eight units; leaves of it may have ended or begin later. Nothing valid stands under what is not."""
    units = {}
    for place, code in enumerate(CODES):
        parent = draw(st.sampled_from([None, *CODES[: min(place, 5)]]))
        start, end = datetime.date(2000, 1, 1), None
        if place >= 6:
            start = draw(st.sampled_from([start, start, ON, datetime.date(2027, 1, 1)]))
            end = draw(st.sampled_from([None, None, datetime.date(2030, 1, 1)]))
        period = UnitPeriod(name=f"Phòng {code}", kind="office", parent=parent, start=start, end=end)
        units[code] = UnitInTime(code=code, periods=(period,))
    return units


@settings(deadline=None, max_examples=400)
@given(registers(), st.lists(ACTS, min_size=1, max_size=3))
def test_after_a_plan_without_faults_the_register_is_sound(units: dict[str, UnitInTime], acts: list[Act]) -> None:
    plan = plan_reform(units, acts, ON)
    assert all(sentence(finding) for finding in plan.findings)
    if plan.faulty:
        return
    after = carry_out(units, plan)

    for code, unit in after.items():
        assert_periods_join(unit)
        if unit.valid(ON):
            parent = unit.periods[-1].parent
            assert parent is None or after[parent].valid(ON)
            assert not runs_in_a_circle(code, after)
        if code in units:
            assert successors_of(after, code, ON).heir is not None
            assert unit.periods[: len(units[code].periods) - 1] == units[code].periods[:-1]
    for end in plan.endings:
        assert after[end.heir or ""].valid(ON)
        assert all(after[successor].valid(ON) for successor in end.successors)


def assert_periods_join(unit: UnitInTime) -> None:
    for one, following in pairwise(unit.periods):
        assert one.end is not None
        assert following.start == one.end + DAY
    assert all(period.end is None or period.start <= period.end for period in unit.periods)


def runs_in_a_circle(code: str, units: dict[str, UnitInTime]) -> bool:
    seen: list[str] = []
    current: str | None = code
    while current is not None and current not in seen:
        seen.append(current)
        current = units[current].periods[-1].parent
    return current is not None


@settings(deadline=None, max_examples=200)
@given(registers(), st.lists(ACTS | WILD, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_acts_changes_nothing(units: dict[str, UnitInTime], acts: list[Act], dice: Any) -> None:
    shuffled = dice.sample(acts, len(acts))

    assert plan_reform(units, acts, ON) == plan_reform(units, shuffled, ON)


@settings(deadline=None, max_examples=100)
@given(registers(), st.lists(ACTS, min_size=1, max_size=2))
def test_an_old_heir_is_followed_through_every_reform_since(units: dict[str, UnitInTime], acts: list[Act]) -> None:
    first = plan_reform(units, acts, ON)
    assume(not first.faulty)
    middle = carry_out(units, first)
    lasting = [code for code, unit in sorted(middle.items()) if unit.end is None and unit.start <= ON]
    assume(len(lasting) > 1)
    assume(all(middle[end.heir or ""].end is None for end in first.endings))
    later = ON + datetime.timedelta(days=365)
    merger = Act(act="merge", old=tuple(lasting), new=(Target(code="ALL", name="Tất cả", parent=None),))
    second = plan_reform(middle, [merger], later)
    assume(not second.faulty)
    after = carry_out(middle, second)

    assert {successors_of(after, end.code, later).heir for end in (*first.endings, *second.endings)} == {"ALL"}
    assert all(successors_of(after, end.code, ON) == successors_of(middle, end.code, ON) for end in first.endings)


def test_a_province_of_ten_thousand_units_is_planned_in_seconds() -> None:
    start = datetime.date(2000, 1, 1)

    def make(code: str, kind: str, parent: str | None) -> UnitInTime:
        period = UnitPeriod(name=f"Đơn vị {code}", kind=kind, parent=parent, start=start)
        return UnitInTime(code=code, periods=(period,))

    units = {"T": make("T", "province", None)}
    units |= {f"H{n}": make(f"H{n}", "district", "T") for n in range(40)}
    units |= {f"X{n}": make(f"X{n}", "commune", f"H{n % 40}") for n in range(2_000)}
    units |= {f"P{n}": make(f"P{n}", "office", f"X{n % 2_000}") for n in range(8_000)}
    acts = [Act(act="dissolve", old=tuple(f"H{n}" for n in range(40)), heirs=("T",))]
    acts += [
        Act(act="merge", old=tuple(f"X{n * 4 + k}" for k in range(4)), new=(Target(code=f"M{n}", name=f"Xã M{n}"),))
        for n in range(500)
    ]
    began = time.perf_counter()
    plan = plan_reform(units, acts, datetime.date(2025, 7, 1))

    assert (len(plan.begins), len(plan.changes), len(plan.endings), plan.findings) == (500, 8_000, 2_040, ())
    assert {standing.parent for standing in plan.begins} == {"T"}
    assert time.perf_counter() - began < 10
