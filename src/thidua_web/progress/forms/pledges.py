"""The one form of a pledge: a part for every target and every work, all read at once.

What cannot be read is an error at its field; everything else is kept, so that a wrong day does not cost the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.forms.fields import NumberField, YearField
from thidua_web.campaigns.forms.launches import DAY_HINT, DayField

LONGEST = _("Quá dài: tối đa %(limit_value)d ký tự.")
MOST_ROWS = 400
OPERATORS = (
    (">=", _("ít nhất")),
    ("<=", _("nhiều nhất")),
    ("=", _("đạt")),
    ("range", _("từ … đến")),
)
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Words(forms.CharField):
    """Words of at most so many letters; a line's end in them is a space."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=most, required=False, **options)
        self.error_messages["max_length"] = LONGEST

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())


class BaseYearField(YearField):
    def clean(self, value: Any) -> Any:
        year = super().clean(value)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_("Năm phải trong khoảng 1990 đến 2100."))
        return year


class TargetForm(forms.Form):
    """A target that the unit takes on; one of the campaign's may be left out with a reason."""

    indicator = Words(most=1000, label=_("Chỉ tiêu"), widget=forms.Textarea(attrs={"rows": 2}))
    op = forms.ChoiceField(label=_("Mức"), choices=OPERATORS, required=False)
    value = NumberField(label=_("Con số"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    value_max = NumberField(label=_("đến"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    measure = Words(most=80, label=_("Đơn vị tính"))
    baseline = NumberField(
        label=_("Kết quả năm gốc"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    base_year = BaseYearField(
        label=_("Năm gốc"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    due = DayField(label=_("Hạn hoàn thành"), required=False, help_text=DAY_HINT)
    left_out = forms.BooleanField(label=_("Đơn vị không nhận chỉ tiêu này"), required=False)
    why = Words(most=1000, label=_("Lý do"))

    def clean_op(self) -> str:
        return self.cleaned_data["op"] or ">="


class WorkForm(forms.Form):
    """A work with the days by which it is to begin and to be finished."""

    name = Words(most=1000, label=_("Tên công trình, phần việc"), widget=forms.Textarea(attrs={"rows": 2}))
    where = Words(most=200, label=_("Địa điểm"))
    start_due = DayField(label=_("Hạn khởi công"), required=False, help_text=DAY_HINT)
    finish_due = DayField(label=_("Hạn hoàn thành"), required=False, help_text=DAY_HINT)
    note = Words(most=2000, label=_("Ghi chú"))
    unlike = Words(most=1000, label=_("Khác với công trình đã có ở chỗ nào"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, finish = values.get("start_due"), values.get("finish_due")
        if start and finish and finish < start:
            self.add_error("finish_due", _("Ngày hoàn thành trước ngày khởi công."))
        return values


class SharedFields(dict[str, forms.Field]):
    """Fields that no form of them changes: a copy for each of a hundred rows took longer than reading the rows."""

    def __deepcopy__(self, memo: object) -> SharedFields:
        return self


for made in (TargetForm, WorkForm):
    made.base_fields = SharedFields(made.base_fields)
KINDS: Mapping[str, type[forms.Form]] = {"t": TargetForm, "w": WorkForm}


@dataclass
class Row:
    """One part of the form. `stored` are the values that stand in the pledge (or would, of a prefilled one)."""

    kind: str
    token: uuid.UUID
    stored: Mapping[str, Any]
    form: Any
    removed: bool = False

    @property
    def prefix(self) -> str:
        return f"{self.kind}-{self.token}"

    @property
    def values(self) -> dict[str, Any]:
        """What was read; where it could not be, what stands already."""
        if not self.form.is_bound:
            return dict(self.stored)
        self.form.is_valid()
        read = {**_empty(self.kind), **self.stored, **self.form.cleaned_data}
        # The words of the campaign's target are the campaign's.
        return read | {"indicator": self.stored["indicator"]} if self.stored.get("source") else read

    @property
    def is_blank(self) -> bool:
        """Nothing was written in it: an offered row that was not taken."""
        name = "indicator" if self.kind == "t" else "name"
        if self.form.errors or self.stored.get("source") or self.stored.get("came_from"):
            return False
        return not any(self.values.get(key) for key in (name, "value", "where", "start_due", "finish_due", "measure"))


@dataclass
class PledgeForm:
    """`why` is said where the pledge is handed in though a rule is not met."""

    targets: list[Row] = field(default_factory=list)
    works: list[Row] = field(default_factory=list)
    note: str = ""
    too_many: bool = False

    @property
    def rows(self) -> list[Row]:
        return [*self.targets, *self.works]

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Field's name on the page, its label, what is wrong; those of rows that go are nobody's business."""
        return [
            (row.form[name].id_for_label, str(row.form.fields[name].label), str(error))
            for row in self.rows
            if not row.removed and row.form.is_bound
            for name, errors in row.form.errors.items()
            for error in errors
        ]


def unbound(targets: Iterable[Mapping[str, Any]], works: Iterable[Mapping[str, Any]], note: str) -> PledgeForm:
    """The form as the pledge stands; each mapping holds a row's values and its `token`."""
    return PledgeForm(
        [_row("t", values) for values in targets],
        [_row("w", values) for values in works],
        note,
    )


def blank(kind: str) -> Row:
    return _row(kind, {**_empty(kind), "token": uuid.uuid4()})


def read(data: QueryDict, known: Mapping[uuid.UUID, Mapping[str, Any]]) -> PledgeForm:
    """What was sent. `known` are the rows of the pledge: of those only what a person may change is read anew."""
    return PledgeForm(
        _read("t", data, known),
        _read("w", data, known),
        " ".join(data.get("note", "").split())[:2000],
        too_many=len(data.getlist("t")) + len(data.getlist("w")) > MOST_ROWS,
    )


def _read(kind: str, data: QueryDict, known: Mapping[uuid.UUID, Mapping[str, Any]]) -> list[Row]:
    gone = set(data.getlist("remove"))
    rows = []
    for text in dict.fromkeys(data.getlist(kind)[:MOST_ROWS]):
        try:
            token = uuid.UUID(text)
        except ValueError:
            continue
        row = _row(kind, {**_empty(kind), **known.get(token, {}), "token": token}, data)
        row.removed = f"{kind}-{token}" in gone
        rows.append(row)
    return rows


def _row(kind: str, values: Mapping[str, Any], data: QueryDict | None = None) -> Row:
    token = values["token"]
    form = KINDS[kind](data, prefix=f"{kind}-{token}", initial=dict(values), auto_id="id_%s")
    return Row(kind, token, values, form)


def _empty(kind: str) -> dict[str, Any]:
    if kind == "t":
        numbers = dict.fromkeys(("value", "value_max", "baseline", "base_year", "due"))
        return {"indicator": "", "op": ">=", "measure": "", "left_out": False, "why": "", **numbers}
    return {"name": "", "where": "", "start_due": None, "finish_due": None, "note": "", "unlike": ""}
