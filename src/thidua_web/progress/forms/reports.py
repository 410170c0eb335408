"""The one form of a report: a field for every cell, all read at once.

What cannot be read is an error at its field; the rest is kept, so that a wrong day does not cost the numbers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.forms.fields import NumberField, WholeField
from thidua_web.campaigns.forms.launches import DayField
from thidua_web.progress.models.cells import NARRATIVE, Cells, empty, names

LONGEST_NOTE, LONGEST_NARRATIVE = 2_000, 30_000
LARGEST = 1e15
LONGEST = _("Quá dài: tối đa %(limit_value)d ký tự.")
_MINUS = re.compile(r"^[-−–]\s*")


class ResultField(NumberField):
    """A result as 1.234,5, below zero as -2,5; a percent sign behind it says nothing new."""

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip().removesuffix("%").strip()
        positive = _MINUS.sub("", text)
        try:
            number = super().clean(positive)
        except forms.ValidationError as error:
            error.params = {"value": value}
            raise
        if number is not None and number >= LARGEST:
            raise forms.ValidationError(_("“%(value)s” lớn quá mức ghi được."), params={"value": value})
        return -number if number and positive != text else number


class PercentField(WholeField):
    def clean(self, value: Any) -> Any:
        number = super().clean(str(value or "").strip().removesuffix("%"))
        if number is not None and not 0 <= number <= 100:
            raise forms.ValidationError(_("Phần trăm phải từ 0 đến 100."))
        return number


class ActualDayField(DayField):
    """A day on which something has happened."""

    def __init__(self, *, today: datetime.date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Ngày này chưa tới. Chỉ ghi ngày thực tế đã diễn ra."))
        return day


class LinesField(forms.CharField):
    """Words of several lines; lines end as everywhere here, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").strip()


def _words(most: int, rows: int) -> forms.CharField:
    field = LinesField(required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows}))
    field.error_messages["max_length"] = LONGEST
    return field


def field_of(cell: str, *, today: datetime.date) -> forms.Field:
    if cell == NARRATIVE:
        return _words(LONGEST_NARRATIVE, 10)
    match cell[0]:
        case "v":
            return ResultField(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case "p":
            return PercentField(required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
        case "s" | "f":
            return ActualDayField(required=False, today=today)
        case _:
            return _words(LONGEST_NOTE, 1)


class ReportForm(forms.Form):
    """`told` are the cells that can be read; a cell that the page did not send stays what it is."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    tab = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, targets: Iterable[int], works: Iterable[int], today: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, auto_id="r_%s", **options)
        self.cells = names(targets, works)
        # A field keeps nothing of what it reads: one does for all cells of a kind.
        kinds = {cell[0]: cell for cell in self.cells}
        made = {kind: field_of(cell, today=today) for kind, cell in kinds.items()}
        self.fields |= {cell: made[cell[0]] for cell in self.cells}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for cell in self.cells:
            begun, finished = values.get(f"s{cell[1:]}"), values.get(cell)
            if cell[0] == "f" and begun and finished and finished < begun:
                self.add_error(cell, _("Ngày hoàn thành đứng trước ngày khởi công."))
        return values

    @property
    def told(self) -> Cells:
        sent = {cell for cell in self.cells if self.add_prefix(cell) in self.data}
        read = self.cleaned_data
        return {cell: empty(cell) if read[cell] in (None, "") else read[cell] for cell in sent if cell in read}

    @property
    def readable(self) -> bool:
        """Whether it says which report was on the screen."""
        return "revision" in self.cleaned_data
