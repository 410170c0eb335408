"""The filters of the desks, as sentences; what is asked stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.config.days import DayField
from thidua_web.register.forms.fields import UnitField, UnitInput
from thidua_web.register.models import Unit, UnitKind
from thidua_web.register.models.people import Sex
from thidua_web.register.queries.unit_desk import State

STATES = (
    (State.LIVING, _("đang hoạt động")),
    (State.ENDED, _("đã kết thúc")),
    (State.ALL, _("đang hoạt động và đã kết thúc")),
)
ACCOUNTS = (("", _("có hoặc không có tài khoản")), ("co", _("có tài khoản")), ("khong", _("chưa có tài khoản")))
SEEKING = {"type": "search", "autocomplete": "off"}


class DeskForm(forms.Form):
    """What is wrong in one part of the sentence leaves the others as they are."""

    tim = forms.CharField(label=_("có chữ"), required=False, max_length=100, widget=forms.TextInput(attrs=SEEKING))

    def __init__(self, *args: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, auto_id="desk_%s", **options)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.among = among

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() or name in self.cleaned_data else None


class UnitDeskForm(DeskForm):
    loai = forms.ChoiceField(label=_("loại"), required=False, choices=[("", _("mọi loại")), *UnitKind.choices])
    thuoc = UnitField(label=_("trực thuộc"), required=False)
    trang_thai = forms.ChoiceField(label=_("tình trạng"), required=False, choices=STATES)
    ngay = DayField(label=_("vào ngày"), required=False)


class PeopleDeskForm(DeskForm):
    don_vi = UnitField(label=_("ở"), required=False, widget=UnitInput)
    gioi_tinh = forms.ChoiceField(label=_("giới tính"), required=False, choices=[("", _("nam, nữ")), *Sex.choices])
    tai_khoan = forms.ChoiceField(label=_("tài khoản"), required=False, choices=ACCOUNTS)
