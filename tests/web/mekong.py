"""The reform of 01/07/2025 for Cần Thơ, Hậu Giang and Sóc Trăng: a register, and the table that an office fills in.

The provinces are the real ones (Nghị quyết 202/2025/QH15); what stands below them is made up by a fixed draw, with as
many districts and communes as there were: 28 districts ended, 264 communes became 103, the departments were merged.
"""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import xlsxwriter

from thidua.register.kinds import sheet_kinds
from thidua_web.register.actions.reforming import place_all
from thidua_web.register.models import Unit, UnitPeriod
from thidua_web.register.workbooks import sheets

LONG_AGO = datetime.date(2004, 1, 1)
DAY = datetime.date(2025, 7, 1)
DOCUMENT = "202/2025/QH15"


class Province(NamedTuple):
    code: str
    name: str
    districts: int
    communes: int


CAN_THO = Province("CT", "Ủy ban nhân dân thành phố Cần Thơ", 9, 80)
PROVINCES = (
    CAN_THO,
    Province("HG", "Ủy ban nhân dân tỉnh Hậu Giang", 8, 75),
    Province("ST", "Ủy ban nhân dân tỉnh Sóc Trăng", 11, 109),
)
NEW_COMMUNES = 103
DEPARTMENTS = (
    "Văn phòng Ủy ban nhân dân", "Sở Nội vụ", "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng",
    "Sở Công Thương", "Sở Khoa học và Công nghệ", "Sở Giáo dục và Đào tạo", "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp", "Sở Dân tộc và Tôn giáo", "Thanh tra",
)  # fmt: skip
OFFICES = ("Văn phòng", "Phòng Tổ chức", "Phòng Kế hoạch", "Phòng Nghiệp vụ", "Trung tâm", "Thanh tra", "Ban Quản lý")
FIRST = ("Tân", "Phú", "Long", "Vĩnh", "Thạnh", "Mỹ", "Hòa", "An", "Bình", "Trường", "Đông", "Hưng", "Lương", "Thuận")
LAST = ("Lộc", "Thành", "Mỹ", "Phước", "Hiệp", "Lợi", "Thới", "Xuân", "Quới", "Khánh", "Hòa", "Hưng", "Trị", "Nghĩa")


class Row(NamedTuple):
    """A unit as it was on 30/06/2025."""

    code: str
    name: str
    kind: str
    parent: str


def names() -> Iterator[str]:
    draw = random.Random(202)
    pairs = [f"{first} {last}" for first in FIRST for last in LAST if first != last]
    draw.shuffle(pairs)
    number = 0
    while True:
        number += 1
        yield from (pair if number == 1 else f"{pair} {number}" for pair in pairs)


def before() -> list[Row]:
    """Six hundred units of three provinces; parents stand before what is below them."""
    name = names()
    rows: list[Row] = []
    for province in PROVINCES:
        rows.append(Row(province.code, province.name, "province", ""))
        for n, department in enumerate(DEPARTMENTS):
            code = f"{province.code}-S{n:02}"
            rows.append(Row(code, department, "department", province.code))
            rows += [Row(f"{code}-{k}", f"{office}, {department}", "office", code) for k, office in enumerate(OFFICES)]
        for n in range(province.districts):
            rows.append(
                Row(f"{province.code}-H{n:02}", f"Ủy ban nhân dân huyện {next(name)}", "district", province.code)
            )
        for n in range(province.communes):
            home = f"{province.code}-H{n % province.districts:02}"
            kind, word = (("ward", "phường"), ("township", "thị trấn"), ("commune", "xã"))[min(n % 5, 2)]
            rows.append(Row(f"{province.code}-X{n:03}", f"Ủy ban nhân dân {word} {next(name)}", kind, home))
    return rows


def table() -> list[dict[str, Any]]:
    """The rows of the list "Sắp xếp lại đơn vị"."""
    rows = before()
    return [*_provinces(), *_departments(), *_communes(rows)]


def _row(act: str, old: str, new: str, **more: Any) -> dict[str, Any]:
    return {"act": act, "old_codes": old, "new_code": new, "on": DAY, "document": DOCUMENT, **more}


def _provinces() -> list[dict[str, Any]]:
    return [_row("merge", "CT; HG; ST", "CT")]


def _departments() -> list[dict[str, Any]]:
    """Each into that of Cần Thơ, and so each office of theirs."""
    rows = []
    for n, _department in enumerate(DEPARTMENTS):
        codes = [f"{province.code}-S{n:02}" for province in PROVINCES]
        rows.append(_row("merge", "; ".join(codes), codes[0]))
        for k, _office in enumerate(OFFICES):
            rows.append(_row("merge", "; ".join(f"{code}-{k}" for code in codes), f"{codes[0]}-{k}"))
    return rows


def _communes(rows: list[Row]) -> list[dict[str, Any]]:
    """Two or three communes of a district at a time into a new one below the city; the district is split into them."""
    found: list[dict[str, Any]] = []
    districts = [row for row in rows if row.kind == "district"]
    left = NEW_COMMUNES
    for place, district in enumerate(districts):
        below = [row for row in rows if row.parent == district.code]
        parts = max(1, min(round(left / (len(districts) - place)), len(below)))
        left -= parts
        for part in range(parts):
            old = below[part::parts]
            ward = any(row.kind == "ward" for row in old)
            code, home = f"{district.code}-M{part}", {"new_parent_code": "CT"}
            name = old[0].name.replace("thị trấn", "xã")
            name = name.replace("xã", "phường") if ward else name.replace("phường", "xã")
            for row in old:
                found.append(
                    _row("merge", row.code, code, new_name=name, new_kind="ward" if ward else "commune", **home)
                )
            # A district of one new commune goes on in it alone.
            act = "split" if parts > 1 else "dissolve"
            found.append(_row(act, district.code, code, main=part == 0 and parts > 1))
    return found


def make_units() -> dict[str, Unit]:
    """The register as it was on 30/06/2025."""
    rows = before()
    units = {row.code: Unit(code=row.code, name=row.name, kind=row.kind, valid_from=LONG_AGO) for row in rows}
    for unit in units.values():
        unit.fill_keys()
    Unit.objects.bulk_create(units.values(), batch_size=500)
    for row in rows:
        units[row.code].parent = units.get(row.parent)
    Unit.objects.bulk_update(units.values(), ["parent"], batch_size=100)
    UnitPeriod.objects.bulk_create(
        UnitPeriod(
            unit=units[row.code], name=row.name, kind=row.kind, parent=units.get(row.parent), valid_from=LONG_AGO
        )
        for row in rows
    )
    place_all()
    return {unit.code: unit for unit in Unit.objects.all()}


def workbook(rows: list[dict[str, Any]] | None = None) -> bytes:
    """The table as an office sends it: with the labels of the template's own choices."""
    kind = sheet_kinds()["reforms"]
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        cells = [[_cell(row.get(column.key), column) for column in kind.column] for row in rows or table()]
        sheets.write_list(book, kind, kind.column, cells)
    return data.getvalue()


def _cell(value: Any, column: Any) -> str:
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    labels = {choice.code: choice.label for choice in column.choices}
    return labels.get(value, value or "")
