"""Lists of units: parents in the same sheet in any order, codes, corrections; no end and no reform by a list."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from thidua_web.register.actions import imports
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import ImportRow, Unit, UnitCode, UnitPeriod
from web.cast import LONG_AGO, Cast
from web.listing import codes, fresh, outcomes, send, take_in, undo, workbook, write


def unit(code: str, name: str, parent: str = "", kind: str = "Phòng, đơn vị trực thuộc", **more: str) -> dict[str, str]:
    return {"code": code, "name": name, "kind": kind, "parent_code": parent} | more


def test_a_tree_is_made_whatever_the_order_of_its_rows(cast: Cast) -> None:
    rows = [unit("C", "Tổ Một", "B"), unit("A", "Văn phòng"), unit("B", "Phòng Hai", "A")]
    run = take_in(cast, "units", rows, unit=cast.office, by="neighbour")

    a, b, c = (Unit.objects.get(code=code) for code in "ABC")
    assert (run.state, run.counts["written"]) == ("done", 3)
    assert (a.parent, b.parent, c.parent) == (cast.office, a, b)
    assert c.path == f"{cast.office.path}{a.pk}/{b.pk}/{c.pk}/"
    assert [(p.name, p.parent, p.valid_to) for p in c.periods.all()] == [("Tổ Một", b, None)]
    assert c.folded == "to mot c"


def test_rows_are_kept_so_that_a_batch_never_comes_before_its_parents(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua_web.register.actions.import_writing.BATCH", 2)
    chain = [unit(f"K{n}", f"Cấp {chr(65 + n)}", f"K{n - 1}" if n else "") for n in range(9)]
    run = take_in(cast, "units", chain[::-1])

    assert (run.state, run.counts["written"]) == ("done", 9)
    assert Unit.objects.get(code="K8").path.count("/") == 11


def test_codes_of_others_come_along_and_a_new_one_ends_the_one_before(cast: Cast) -> None:
    take_in(cast, "units", [unit("A", "Văn phòng", identifier="H63.01", tax="0100109106")])
    run = take_in(cast, "units", [unit("A", "Văn phòng", identifier="H99.01", tax="0100109106")])

    a = Unit.objects.get(code="A")
    assert run.counts["changed"] == 1
    assert {(row.code, row.valid_to is None) for row in a.codes.all()} == {
        ("H63.01", False),
        ("H99.01", True),
        ("0100109106", True),
    }
    undo(cast, run)
    assert {(row.code, row.valid_to is None) for row in a.codes.all()} == {("H63.01", True), ("0100109106", True)}


def test_the_same_list_once_more_changes_nothing(cast: Cast) -> None:
    rows = [unit("A", "Văn phòng", "T", identifier="H63.01", valid_from="01/03/2025"), unit("B", "Phòng Hai", "A")]
    take_in(cast, "units", rows)

    assert set(outcomes(send(cast, "units", workbook("units", rows[::-1]))).values()) == {"same"}


def test_a_corrected_name_corrects_the_running_period_and_is_taken_back(cast: Cast) -> None:
    take_in(cast, "units", [unit("A", "Văn phòg", "T")])
    run = take_in(cast, "units", [unit("A", "Văn phòng", "T")])
    assert UnitPeriod.objects.get(unit__code="A").name == Unit.objects.get(code="A").name == "Văn phòng"

    undo(cast, run)
    assert UnitPeriod.objects.get(unit__code="A").name == Unit.objects.get(code="A").name == "Văn phòg"


def test_a_unit_that_stands_elsewhere_takes_all_below_along(cast: Cast) -> None:
    take_in(cast, "units", [unit("A", "Văn phòng", "T"), unit("B", "Phòng Hai", "A"), unit("C", "Tổ Ba", "B")])
    run = take_in(cast, "units", [unit("B", "Phòng Hai", "T-1")])
    a, b, c = (Unit.objects.get(code=code) for code in "ABC")
    assert (b.path, c.path) == (f"{cast.office.path}{b.pk}/", f"{cast.office.path}{b.pk}/{c.pk}/")

    undo(cast, run)
    c.refresh_from_db()
    assert c.path == f"{a.path}{b.pk}/{c.pk}/"


@pytest.mark.parametrize(
    ("rows", "number", "code"),
    [
        ([unit("A", "Một", "KHONG")], 2, "place.no_parent"),
        ([unit("A", "Một", "B"), unit("B", "Hai", "A")], 2, "place.ring"),
        ([unit("A", "Một", "B"), unit("B", "", "T")], 2, "place.faulty_parent"),
        ([unit("T-1", "Sở Thử", "T", "Sở, ban, ngành", valid_to="01/01/2026")], 2, "place.end_by_reform"),
        ([unit("A", "Một"), unit("a", "Hai")], 3, "row.twice"),
        ([unit("A", "Một", kind="Khoa học")], 2, "cell.no_choice"),
        ([unit("A", "Huyện Mới", kind="Cấp huyện")], 2, "unit.kind_ended"),
    ],
)
def test_faults(cast: Cast, rows: list[dict[str, str]], number: int, code: str) -> None:
    run = send(cast, "units", workbook("units", rows))

    assert outcomes(run)[number] == "fault"
    assert codes(run, number) == [code]


def test_nothing_outside_the_reach_is_touched(cast: Cast) -> None:
    rows = [unit("T", "UBND tỉnh Khác", kind="Ủy ban nhân dân tỉnh"), unit("A", "Một", "T")]
    run = send(cast, "units", workbook("units", rows), unit=cast.office, by="neighbour")

    assert (codes(run, 2), codes(run, 3)) == (["place.unit_code_elsewhere"], ["place.outside"])


def test_a_unit_of_the_same_name_with_another_code_is_asked_about(cast: Cast) -> None:
    create_unit(code="X1", name="Trường THPT Lê Lợi", kind="school", parent=cast.province, valid_from=LONG_AGO)
    known = Unit.objects.get(code="X1")
    rows = [unit("MOI", "Trường Trung học phổ thông Lê Lợi", "T", "Trường học"), unit("D", "Tổ Toán", "MOI")]
    run = send(cast, "units", workbook("units", rows))
    assert ImportRow.objects.get(run=run, number=2).outcome == "doubt"

    assert imports.choose(run=run, number=2, sheet="Đơn vị", choice=f"same:{known.pk}")
    run = write(cast, fresh(run))
    known.refresh_from_db()
    assert (known.code, Unit.objects.get(code="D").parent, run.counts["fault"]) == ("MOI", known, 0)


def test_what_stands_below_an_undecided_doubt_stays_behind_with_it(cast: Cast) -> None:
    create_unit(code="X1", name="Trường THPT Lê Lợi", kind="school", parent=cast.province, valid_from=LONG_AGO)
    rows = [unit("MOI", "Trường THPT Lê Lợi", "T", "Trường học"), unit("D", "Tổ Toán", "MOI"), unit("E", "Văn thư")]
    run = take_in(cast, "units", rows)

    assert not Unit.objects.filter(code__in=("MOI", "D")).exists()
    assert Unit.objects.filter(code="E").exists()
    assert codes(run, 3) == ["place.first_row"]


def test_undoing_takes_away_the_lowest_first_and_leaves_what_is_in_use(cast: Cast) -> None:
    run = take_in(cast, "units", [unit("A", "Văn phòng"), unit("B", "Phòng Hai", "A"), unit("C", "Phòng Ba", "A")])
    create_unit(
        code="SAU", name="Tổ Sau", kind="office", parent=Unit.objects.get(code="B"), valid_from=timezone.localdate()
    )
    run = undo(cast, run)

    assert set(Unit.objects.filter(code__in="ABC").values_list("code", flat=True)) == {"A", "B"}
    assert (run.counts["undone"], run.counts["kept"]) == (1, 2)
    assert codes(run, 3) == ["undo.in_use"]
    assert UnitCode.objects.count() == 0


def test_first_days_are_kept(cast: Cast) -> None:
    take_in(cast, "units", [unit("A", "Văn phòng", valid_from="01/03/2025", valid_to="30/06/2025")])
    a = Unit.objects.get(code="A")

    assert (a.valid_from, a.valid_to) == (datetime.date(2025, 3, 1), datetime.date(2025, 6, 30))
    assert (a.periods.get().valid_from, a.periods.get().valid_to) == (a.valid_from, a.valid_to)
