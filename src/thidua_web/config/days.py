"""A day as officials write it, in every form of every app."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)


class DayField(forms.DateField):
    """A day of our times as 09/10/2024, whatever the browser's own language."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"type": "text", "inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        errors = {
            "required": _("Chưa ghi ngày. Viết ngày/tháng/năm, ví dụ 09/10/2026."),
            "invalid": _("“%(value)s” không phải là một ngày. Viết ngày/tháng/năm, ví dụ 09/10/2026."),
        }
        super().__init__(input_formats=FORMATS, error_messages=errors, **options)

    def to_python(self, value: Any) -> datetime.date | None:
        try:
            day: datetime.date | None = super().to_python(value)
        except forms.ValidationError as error:
            error.params = {"value": value}
            raise
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Năm phải trong khoảng 1990 đến 2100."))
        return day
