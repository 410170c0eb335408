from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua_web.config.days import DayField


class AsOfForm(forms.Form):
    """Words to look for and the day whose law is shown; what is wrong in one leaves the other as it is."""

    tim = forms.CharField(
        label=_("có chữ"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    ngay = DayField(label=_("vào ngày"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="desk_%s", **options)

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() or name in self.cleaned_data else None

    @property
    def on(self) -> datetime.date:
        day: datetime.date | None = self.value("ngay")
        return day or timezone.localdate()


class BetweenForm(forms.Form):
    """Two days, the first not after the last."""

    tu = DayField(label=_("từ ngày"), required=False)
    den = DayField(label=_("đến ngày"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="desk_%s", **options)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("tu"), values.get("den")
        if first and last and first > last:
            self.add_error("den", _("Ngày sau phải không sớm hơn ngày đầu."))
        return values
