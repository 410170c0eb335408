"""The rating of a year and an award of before."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.register.forms.fields import PastDayField
from thidua_web.register.forms.units import TOO_LONG, plain
from thidua_web.register.models.records import Level, Track

FIRST_YEAR = 1945
WHOLE = {"required": _("Chưa ghi năm."), "invalid": _("Năm phải là bốn chữ số.")}


class YearField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"})
        super().__init__(label=_("Năm"), widget=widget, error_messages=WHOLE, **options)


class RecordForm(forms.Form):
    year = YearField()

    def __init__(self, *args: Any, today: datetime.date, last_year: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.last_year = today, last_year

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= self.today.year:
            words = _("Năm phải từ %(first)s đến %(last)s.")
            raise forms.ValidationError(words, params={"first": FIRST_YEAR, "last": self.today.year})
        if self.last_year is not None and year > self.last_year:
            raise forms.ValidationError(_("Đơn vị đã kết thúc trong năm %(year)s."), params={"year": self.last_year})
        return year

    def clean_decided_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["decided_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Ngày quyết định đứng sau hôm nay."))
        return day


class RatingForm(RecordForm):
    track = forms.ChoiceField(label=_("Xếp loại về"), choices=Track.choices)
    level = forms.ChoiceField(
        label=_("Mức xếp loại"),
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn mức xếp loại.")},
    )
    paper = forms.CharField(
        label=_("Văn bản"), required=False, max_length=80, help_text=_("Số, ký hiệu."), error_messages=TOO_LONG
    )
    decided_on = PastDayField(label=_("Ngày văn bản"), required=False, help_text=_("ngày/tháng/năm"))


class AwardForm(RecordForm):
    title = forms.CharField(
        label=_("Danh hiệu, hình thức khen thưởng"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "award_titles"}),
        error_messages={"required": _("Chưa ghi danh hiệu hoặc hình thức khen thưởng."), **TOO_LONG},
    )
    merit = forms.CharField(label=_("Thành tích"), required=False, max_length=500, error_messages=TOO_LONG)
    decision = forms.CharField(
        label=_("Số quyết định"),
        required=False,
        max_length=80,
        help_text=_("ví dụ 1234/QĐ-UBND"),
        error_messages=TOO_LONG,
    )
    decided_on = PastDayField(label=_("Ngày quyết định"), required=False, help_text=_("ngày/tháng/năm"))
    issuer = forms.CharField(label=_("Người quyết định"), required=False, max_length=200, error_messages=TOO_LONG)
    golden_number = forms.CharField(label=_("Số sổ vàng"), required=False, max_length=40, error_messages=TOO_LONG)
    field_order = ("title", "year", "merit", "decision", "decided_on", "issuer", "golden_number")

    @property
    def values(self) -> dict[str, Any]:
        """As the award's fields are called."""
        return {name: plain(value) if isinstance(value, str) else value for name, value in self.cleaned_data.items()}
