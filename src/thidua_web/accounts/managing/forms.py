"""What an administrator fills in."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Role
from thidua_web.accounts.choosing import UnitField, Units
from thidua_web.accounts.managing.queries import AccountState
from thidua_web.config.days import DayField

ROLES = [("", _("mọi vai trò")), *Role.choices]
CHOOSE_ROLE = [("", _("Chọn vai trò")), *Role.choices]


class DeskForm(forms.Form):
    """The filters, as a sentence."""

    vai_tro = forms.ChoiceField(label=_("giữ vai trò"), required=False, choices=ROLES)
    don_vi = UnitField(label=_("ở"), required=False)
    hai_buoc = forms.ChoiceField(
        label=_("xác thực hai bước"),
        required=False,
        choices=[("", _("có hoặc chưa")), ("co", _("đã bật")), ("chua", _("chưa bật"))],
    )
    tim = forms.CharField(label=_("có chữ"), required=False, max_length=200)
    trang_thai = forms.ChoiceField(required=False, choices=[("", ""), *AccountState.choices], widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Units, **options: Any) -> None:
        super().__init__(*args, auto_id="desk_%s", **options)
        self.fields["don_vi"].choose_among(units)  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    """A role to give. Its fields are named as the act names what it refuses."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=CHOOSE_ROLE,
        error_messages={"required": _("Hãy chọn vai trò."), "invalid_choice": _("Hãy chọn vai trò.")},
    )
    unit = UnitField(help_text=_("mã hoặc tên"))
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"), required=False, help_text=_("để trống: đến khi kết thúc"))

    def __init__(self, *args: Any, units: Units, **options: Any) -> None:
        super().__init__(*args, auto_id="give_%s", **options)
        self.fields["unit"].choose_among(units)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """From when a role is held no more."""

    day = DayField(label=_("Thôi giữ từ ngày"))

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day < self.on:
            raise forms.ValidationError(_("Ngày này đã qua: việc đã làm khi còn vai trò thì vẫn đứng đó."))
        return day
