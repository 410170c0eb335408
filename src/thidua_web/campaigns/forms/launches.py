"""What people fill in on the way to a launch, and after it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.forms import fields as fact_fields
from thidua_web.campaigns.forms.uploads import ACCEPTED

FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)


class DayField(fact_fields.DayField):
    """A day of our times."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["required"] = _("Chưa ghi ngày. Viết ngày/tháng/năm, ví dụ 09/10/2026.")

    def clean(self, value: Any) -> datetime.date | None:
        day: datetime.date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Năm phải trong khoảng 1990 đến 2100."))
        return day


DAY_HINT = _("ngày/tháng/năm")
ASKED = {"day": ("start",), "start": ("start",), "end": ("end",), "span": ("start", "end")}
LABELS = {"day": {"start": _("Ngày")}}


class AnswerForm(forms.Form):
    """The days that a question asks for, and the document that sets them."""

    start = DayField(label=_("Ngày bắt đầu"), required=False, help_text=DAY_HINT)
    end = DayField(label=_("Ngày kết thúc"), required=False, help_text=DAY_HINT)
    basis = forms.CharField(
        label=_("Theo văn bản số"),
        max_length=200,
        error_messages={
            "required": _("Chưa ghi văn bản làm căn cứ, ví dụ: Công văn số 25/SNV-TĐKT."),
            "max_length": _("Quá dài: tối đa %(limit_value)d ký tự."),
        },
    )

    def __init__(self, *args: Any, asks: str, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = ASKED[asks]
        for name in {"start", "end"} - set(asked):
            del self.fields[name]
        for name in asked:
            self.fields[name].required = True
            self.fields[name].label = LABELS.get(asks, {}).get(name, self.fields[name].label)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        return values

    def clean_basis(self) -> str:
        return " ".join(self.cleaned_data["basis"].split())


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do trả lại"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Hãy ghi cần sửa điều gì, để người chuẩn bị biết mà sửa."),
            "max_length": _("Quá dài: tối đa %(limit_value)d ký tự."),
        },
    )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Ghi chú gửi lãnh đạo"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Quá dài: tối đa %(limit_value)d ký tự.")},
    )


class AmendForm(forms.Form):
    """A document that changes a campaign."""

    file = forms.FileField(
        label=_("Tệp văn bản sửa đổi"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Chưa chọn tệp nào."),
            "empty": _("Tệp này rỗng. Hãy chọn lại đúng tệp."),
        },
    )
    scope = forms.ChoiceField(
        label=_("Văn bản này"),
        choices=(
            ("part", _("sửa đổi, bổ sung một số nội dung; phần còn lại giữ nguyên")),
            ("whole", _("thay thế toàn bộ kế hoạch đang thực hiện")),
        ),
        widget=forms.RadioSelect,
        initial="part",
        error_messages={"required": _("Hãy chọn một trong hai."), "invalid_choice": _("Hãy chọn một trong hai.")},
    )
