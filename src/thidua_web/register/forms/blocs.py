"""A bloc is made, put right, ended; its members and its head are written from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.config.days import DayField
from thidua_web.register.forms.desks import STATES
from thidua_web.register.forms.fields import UnitField
from thidua_web.register.forms.reforms import CodesField
from thidua_web.register.forms.units import TOO_LONG, plain
from thidua_web.register.models import Unit
from thidua_web.register.queries.blocs import Member

SEEKING = {"type": "search", "autocomplete": "off"}
DAY_HINT = _("ngày/tháng/năm")


class BlocDeskForm(forms.Form):
    """What is wrong in one part of the sentence leaves the others as they are."""

    tim = forms.CharField(label=_("có chữ"), required=False, max_length=100, widget=forms.TextInput(attrs=SEEKING))
    trang_thai = forms.ChoiceField(label=_("tình trạng"), required=False, choices=STATES)
    ngay = DayField(label=_("vào ngày"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="desk_%s", **options)

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() or name in self.cleaned_data else None


class BlocForm(forms.Form):
    name = forms.CharField(
        label=_("Tên cụm, khối"),
        max_length=200,
        help_text=_("Ví dụ: Khối thi đua các sở; Cụm thi đua số 1."),
        error_messages={"required": _("Chưa ghi tên."), **TOO_LONG},
    )
    paper = forms.CharField(
        label=_("Quyết định"),
        max_length=80,
        required=False,
        help_text=_("Số, ký hiệu văn bản chia cụm, khối."),
        error_messages=TOO_LONG,
    )

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"])

    def clean_paper(self) -> str:
        return plain(self.cleaned_data["paper"])


class NewBlocForm(BlocForm):
    unit = UnitField(label=_("Đơn vị lập"), help_text=_("Thường trực của đơn vị này thẩm định điểm của cụm, khối."))
    valid_from = DayField(label=_("Từ ngày"), help_text=DAY_HINT)
    field_order = ("name", "unit", "valid_from", "paper")

    def __init__(self, *args: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].among = among  # type: ignore[attr-defined]


class EndBlocForm(forms.Form):
    on = DayField(label=_("Ngày cuối"), help_text=DAY_HINT)


class MembersForm(forms.Form):
    units = CodesField(
        label=_("Đơn vị"),
        help_text=_("Mỗi dòng một đơn vị: tên hoặc mã. Dán được cả cột mã từ Excel."),
    )
    on = DayField(label=_("Từ ngày"), help_text=DAY_HINT)

    def __init__(self, *args: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].among = among  # type: ignore[attr-defined]

    def clean_units(self) -> list[Unit]:
        return list(Unit.objects.filter(code__in=self.cleaned_data["units"]))


class RemoveForm(forms.Form):
    units = forms.MultipleChoiceField(
        label=_("Thành viên"),
        error_messages={
            "required": _("Chưa chọn đơn vị nào."),
            "invalid_choice": _("Có đơn vị không còn là thành viên. Hãy xem lại."),
        },
    )
    on = DayField(label=_("Ngày cuối là thành viên"), help_text=DAY_HINT)

    def __init__(self, *args: Any, members: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self._units = {str(one.unit.pk): one.unit for one in members}
        self.fields["units"].choices = [(key, key) for key in self._units]  # type: ignore[attr-defined]

    def clean_units(self) -> list[Unit]:
        return [self._units[key] for key in self.cleaned_data["units"]]


class HeadForm(forms.Form):
    unit = forms.ChoiceField(
        label=_("Đơn vị trưởng"),
        error_messages={"required": _("Chưa chọn đơn vị."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    on = DayField(label=_("Từ ngày"), help_text=DAY_HINT)

    def __init__(self, *args: Any, members: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self._units = {str(one.unit.pk): one.unit for one in members}
        choices = [("", _("chọn một thành viên")), *((str(one.unit.pk), one.name) for one in members)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        return self._units[self.cleaned_data["unit"]]
