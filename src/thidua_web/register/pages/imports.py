"""What the pages of a list show: each row with what it says, what it changes, what is wrong or doubtful."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua.register.kinds import SheetKind, sheet_kinds
from thidua_web.register.lists.changes import Change, Json, refers_to
from thidua_web.register.models import Household, ImportRow, ImportRun, ImportState, ListKind, Person, RowOutcome, Unit
from thidua_web.register.models.people import Sex
from thidua_web.register.models.records import Level, Track
from thidua_web.register.models.units import CodeScheme, UnitKind
from thidua_web.register.nominees import Nominee
from thidua_web.register.queries import imports as queries

TONES = {
    RowOutcome.NEW: "add",
    RowOutcome.CHANGED: "changed",
    RowOutcome.SAME: "same",
    RowOutcome.DOUBT: "doubt",
    RowOutcome.FAULT: "fault",
}
OBJECTS: dict[str, str | Promise] = {
    "unit": _("Đơn vị"),
    "period": _("Giai đoạn"),
    "code": _("Mã"),
    "person": _("Người"),
    "appointment": _("Chức vụ"),
    "sensitive": _("Dữ liệu nhạy cảm"),
    "household": _("Hộ gia đình"),
    "rating": _("Xếp loại"),
    "award": _("Khen thưởng"),
}
FIELDS: dict[str, str | Promise] = {
    "full_name": _("Họ và tên"),
    "head_name": _("Chủ hộ"),
    "head_sex": _("Giới tính của chủ hộ"),
    "address": _("Nơi ở"),
    "code": _("Mã"),
    "sex": _("Giới tính"),
    "unit_id": _("Đơn vị"),
    "position": _("Chức vụ"),
    "birth_date": _("Ngày sinh"),
    "birth_year": _("Năm sinh"),
    "is_head": _("Người đứng đầu"),
    "valid_from": _("Từ ngày"),
    "valid_to": _("Đến hết ngày"),
    "name": _("Tên"),
    "kind": _("Loại"),
    "parent_id": _("Cấp trên"),
    "scheme": _("Loại mã"),
    "level": _("Mức xếp loại"),
    "year": _("Năm"),
    "track": _("Về"),
    "scheme_in_force": _("Căn cứ"),
    "paper": _("Số quyết định"),
    "decided_on": _("Ngày quyết định"),
    "title": _("Danh hiệu, hình thức"),
    "merit": _("Thành tích"),
    "decision": _("Số quyết định"),
    "issuer": _("Cấp quyết định"),
    "golden_number": _("Số sổ vàng"),
    "recipient_name": _("Tên ghi trong quyết định"),
    "unit_name": _("Đơn vị khi đó"),
}
LABELS: dict[str, Mapping[str, Any]] = {
    "sex": dict(Sex.choices),
    "head_sex": dict(Sex.choices),
    "kind": dict(UnitKind.choices),
    "level": dict(Level.choices),
    "track": dict(Track.choices),
    "scheme": dict(CodeScheme.choices),
}
# What follows from other fields, or says nothing to a person.
UNSHOWN = frozenset({"person_id", "household_id", "award", "becomes_main"})
UNITS = frozenset({"unit_id", "parent_id"})
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Shown:
    """One field: what it was, what it becomes. `before` None: it is new."""

    label: str
    after: str
    before: str | None = None


@dataclass(frozen=True)
class Told:
    """A finding: where in the sheet, and what. `tone` is the icon."""

    words: str
    place: str
    tone: str


@dataclass(frozen=True)
class CandidateShown:
    """One of the register whom the row may mean, with what speaks for and against, and what would change."""

    id: int
    name: str
    facts: list[Shown]
    reasons: list[Told]
    changes: list[Shown]
    chosen: bool


@dataclass(frozen=True)
class RowShown:
    row: ImportRow
    facts: list[Shown]
    changes: list[Shown]
    findings: list[Told]
    candidates: list[CandidateShown] = field(default_factory=list)
    hidden: bool = False

    @property
    def said(self) -> str:
        """How the doubt was settled."""
        choice = self.row.choice
        if choice.startswith("same:"):
            name = next((one.name for one in self.candidates if one.chosen), "")
            return gettext("Là “%(name)s”") % {"name": name}
        return str(CHOSEN.get(choice, ""))


CHOSEN: dict[str, str | Promise] = {
    "new": _("Là người, đơn vị khác: thêm mới"),
    "accept": _("Đúng: ghi dòng này"),
    "skip": _("Không ghi dòng này"),
}


class Names:
    """Names of the units that the rows of a page speak of, asked for once."""

    def __init__(self, rows: Iterable[ImportRow], more: Iterable[Change] = ()) -> None:
        changes = [*(msgspec.convert(one, Change) for row in rows for one in row.changes), *more]
        ids = {
            value
            for change in changes
            for part in (change.was, change.now)
            for name, value in part.items()
            if name in UNITS and isinstance(value, int)
        }
        self._units = queries.names_of_units(ids)

    def unit(self, value: Any) -> str:
        row = refers_to(value)
        if row is not None:
            return gettext("đơn vị ở dòng %(row)s") % {"row": row}
        return self._units.get(value, "")


def rows_shown(
    run: ImportRun, rows: Sequence[ImportRow], planned: Mapping[tuple[int, int], list[Change]]
) -> list[RowShown]:
    """The rows of a page. `planned`: what a doubtful row would do to each candidate, by row and candidate (0: new)."""
    names = Names(rows, (change for changes in planned.values() for change in changes))
    known = _known(run.kind, rows)
    sheet = sheet_kinds()[run.kind]
    return [_shown(sheet, row, names, known, planned) for row in rows]


def _known(kind: str, rows: Iterable[ImportRow]) -> Mapping[int, Nominee]:
    ids = {one["id"] for row in rows for one in row.candidates}
    if kind == ListKind.HOUSEHOLDS:
        return queries.households_shown(ids)
    return queries.units_shown(ids) if kind == ListKind.UNITS else queries.people_shown(ids)


def _shown(
    sheet: SheetKind,
    row: ImportRow,
    names: Names,
    known: Mapping[int, Nominee],
    planned: Mapping[tuple[int, int], list[Change]],
) -> RowShown:
    changes = [msgspec.convert(one, Change) for one in row.changes]
    candidates = [
        _candidate(one, known[one["id"]], planned.get((row.pk, one["id"]), []), names, row.choice)
        for one in row.candidates
        if one["id"] in known
    ]
    return RowShown(
        row=row,
        facts=facts(sheet, row.values),
        changes=[line for change in changes for line in changed(change, names)]
        if row.outcome == RowOutcome.CHANGED
        else [],
        findings=[told(one) for one in row.findings],
        candidates=candidates,
        hidden=bool(row.sealed),
    )


def facts(sheet: SheetKind, values: Json) -> list[Shown]:
    """What the row says, in the order of the columns."""
    return [
        Shown(column.header, _value(sheet, column.key, values[column.key]))
        for column in sheet.column
        if column.key in values and column.key != "register_number"
    ]


def _value(sheet: SheetKind, key: str, value: Any) -> str:
    column = sheet.by_key[key]
    label = next((choice.label for choice in column.choices if choice.code == value), None)
    return label or in_words(value)


def in_words(value: Any) -> str:
    if value is None or value == "":
        return gettext("Chưa có")
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, str) and _ISO.fullmatch(value):
        return f"{datetime.date.fromisoformat(value):%d/%m/%Y}"
    return str(value)


def changed(change: Change, names: Names) -> list[Shown]:
    """One line a field that changes; a new post or code is one line."""
    if change.model == "sensitive":
        return [Shown(gettext("Dữ liệu nhạy cảm"), _secret_headers(change))]
    if change.model == "period":
        return []
    if not change.was:
        return [Shown(gettext("Thêm %(what)s") % {"what": str(OBJECTS[change.model]).lower()}, _summary(change, names))]
    prefix = f"{OBJECTS[change.model]}: " if change.model in ("appointment", "code") else ""
    return [
        Shown(prefix + label(name), _field(name, value, names), _field(name, change.was.get(name), names))
        for name, value in change.now.items()
        if name not in UNSHOWN
        and not (name == "birth_year" and "birth_date" in change.now and change.now["birth_date"])
    ]


def label(name: str) -> str:
    return str(FIELDS.get(name, name))


def _secret_headers(change: Change) -> str:
    columns = sheet_kinds()[ListKind.PEOPLE].by_key
    return ", ".join(columns[key].header for key in change.secret if key in columns)


def _summary(change: Change, names: Names) -> str:
    said = (
        f"{label(name)} {_field(name, value, names)}"
        for name, value in change.now.items()
        if value not in (None, "", False) and name not in UNSHOWN
    )
    return " · ".join(said)


def _field(name: str, value: Any, names: Names) -> str:
    if name in UNITS:
        return names.unit(value) if value is not None else gettext("Chưa có")
    return str(LABELS[name].get(value, value)) if name in LABELS and value else in_words(value)


def _candidate(one: Json, found: Nominee, changes: Sequence[Change], names: Names, choice: str) -> CandidateShown:
    return CandidateShown(
        id=one["id"],
        name=str(found),
        facts=_facts_of(found),
        reasons=[told(reason) for reason in one["reasons"]],
        changes=[line for change in changes for line in changed(change, names)],
        chosen=choice == f"same:{one['id']}",
    )


def _facts_of(found: Nominee) -> list[Shown]:
    if isinstance(found, Household):
        return _household_facts(found)
    return _person_facts(found) if isinstance(found, Person) else _unit_facts(found)


def _household_facts(household: Household) -> list[Shown]:
    rows = [("head_name", household.head_name), ("address", household.address), ("code", household.code)]
    return [Shown(label(name), value) for name, value in (*rows, ("unit_id", household.unit.name)) if value]


def _person_facts(person: Person) -> list[Shown]:
    born = in_words(person.birth_date.isoformat()) if person.birth_date else in_words(person.birth_year)
    rows = [("full_name", person.full_name), ("code", person.code), ("birth_date", born)]
    rows += [("unit_id", person.unit.name), ("position", person.position)]
    return [Shown(label(name), value) for name, value in rows if value]


def _unit_facts(unit: Unit) -> list[Shown]:
    rows = [("name", unit.name), ("code", unit.code), ("kind", str(unit.get_kind_display()))]
    rows += [("parent_id", unit.parent.name if unit.parent else "")]
    return [Shown(label(name), value) for name, value in rows if value]


MARKS = {"met": "met", "not_met": "fault", "unknown": "doubt"}


def told(finding: Json) -> Told:
    """A stored finding as a sentence with its place."""
    params = finding.get("params", {})
    place = ""
    if params.get("column"):
        place = gettext("Cột %(letter)s, %(header)s") % {"letter": params["column"], "header": params.get("header", "")}
    words = explain.say(finding["code"], params, get_language() or "vi")
    return Told(words, place, MARKS.get(finding.get("outcome", ""), "fault"))


def doubt_label(code: str) -> str:
    """A kind of doubt in a few words."""
    return str(DOUBTS.get(code) or _("Cần xem lại"))


DOUBTS: dict[str, str | Promise] = {
    "match.name_marks": _("Họ tên chỉ khác dấu"),
    "match.name_slip": _("Họ tên gần giống"),
    "match.name_order": _("Họ tên khác thứ tự các chữ"),
    "match.name_shorter": _("Họ tên thiếu chữ đệm"),
    "match.same_name": _("Trùng họ tên"),
    "match.same_year": _("Chỉ biết cùng năm sinh"),
    "match.birth_unknown": _("Chưa biết ngày sinh"),
    "match.birth_slip": _("Ngày sinh lệch một chút"),
    "match.other_birth": _("Cùng mã, khác ngày sinh"),
    "match.other_name": _("Cùng mã, khác họ tên"),
    "match.other_code": _("Khác mã cán bộ"),
    "match.other_identity": _("Khác số định danh"),
    "match.other_unit": _("Khác đơn vị"),
    "match.unit_unknown": _("Chưa biết đơn vị"),
    "match.other_unit_name": _("Cùng mã, khác tên đơn vị"),
    "match.other_unit_code": _("Cùng tên đơn vị, khác mã"),
    "match.other_identifier": _("Khác mã định danh"),
    "match.unit_name_written": _("Tên đơn vị viết khác"),
    "match.unit_name_former": _("Là tên cũ của một đơn vị"),
    "match.unit_name_place": _("Tên đơn vị chỉ khác địa danh"),
    "match.unit_name_near": _("Tên đơn vị gần giống"),
    "match.other_parent": _("Khác cấp trên"),
    "match.parent_unknown": _("Chưa biết cấp trên"),
    "doubt.several_people": _("Khớp với nhiều người"),
    "doubt.household": _("Chủ hộ cùng tên trong xã"),
    "doubt.several_units": _("Khớp với nhiều đơn vị"),
    "cell.name_odd": _("Họ tên khác thường"),
    "cell.lost_zeros": _("Mã có thể mất số 0 ở đầu"),
    "cell.zeros_elsewhere": _("Mã có thể mất số 0 ở đầu"),
    "cell.identity_zeros": _("Số định danh mất số 0 ở đầu"),
    "cell.identity_old": _("Chứng minh nhân dân cũ"),
    "cell.day_serial": _("Ngày ở dạng số"),
    "cell.only_month": _("Chỉ có tháng và năm"),
    "cell.became_date": _("Chữ đã bị đổi thành ngày"),
    "cell.old_font": _("Có thể gõ bằng phông cũ"),
    "row.perhaps_twice": _("Có thể trùng dòng khác"),
}


@dataclass(frozen=True)
class Tab:
    outcome: str
    label: str
    tone: str
    n: int
    query: str
    current: bool


def tabs(run: ImportRun, current: str) -> list[Tab]:
    order = (RowOutcome.FAULT, RowOutcome.DOUBT, RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.SAME)
    named = [(one.value, str(one.label), TONES[one]) for one in order]
    if run.state == ImportState.UNDONE:
        named.insert(0, (queries.KEPT, gettext("Để nguyên"), "note"))
    return [
        Tab(code, words, tone, run.counts.get(code, 0), f"?muc={code}", code == current) for code, words, tone in named
    ]


def first_tab(counts: Mapping[str, int]) -> str:
    """What needs eyes first."""
    wanted = (RowOutcome.FAULT, RowOutcome.DOUBT, RowOutcome.CHANGED, RowOutcome.NEW, RowOutcome.SAME)
    return next((one.value for one in wanted if counts.get(one.value)), RowOutcome.NEW.value)
