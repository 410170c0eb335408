"""What is said against a nomination, by a citizen or by whoever writes it down; what is found; conflicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.config.days import DayField
from thidua_web.nominations.forms.cases import TOO_LONG, words_field
from thidua_web.nominations.forms.consulting import DAY_HINT
from thidua_web.nominations.models import ConflictKind, Finding

CHANNELS = {
    "letter": _("Đơn, thư"),
    "phone": _("Điện thoại"),
    "visit": _("Trực tiếp"),
    "mail": _("Thư điện tử"),
    "web": _("Trang công khai"),
}
NAME, CONTACT = 120, 200


class _Sender(forms.Form):
    name = forms.CharField(
        label=_("Họ và tên người phản ánh"), max_length=NAME, required=False, error_messages={"max_length": TOO_LONG}
    )
    contact = forms.CharField(
        label=_("Địa chỉ, điện thoại hoặc thư điện tử"),
        max_length=CONTACT,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )


class OpinionForm(_Sender):
    """On the public page. `about`: numbers and names of those that are shown."""

    nomination = forms.TypedChoiceField(
        label=_("Ý kiến về"),
        coerce=int,
        error_messages={"required": _("Chưa chọn ý kiến về ai."), "invalid_choice": _("Chưa chọn ý kiến về ai.")},
    )
    words = words_field(_("Nội dung ý kiến"), _("Chưa ghi ý kiến."), rows=7)
    field_order = ("nomination", "words", "name", "contact")

    def __init__(self, *args: Any, about: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nomination"].choices = [("", _("Chọn tên trong danh sách")), *about]  # type: ignore[attr-defined]
        self.fields["name"].label = _("Họ và tên của bạn")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["contact"].help_text = _("để cơ quan trả lời bạn; có thể để trống")


class HeardForm(_Sender):
    """What reached the office another way."""

    channel = forms.ChoiceField(label=_("Nhận qua"), choices=[one for one in CHANNELS.items() if one[0] != "web"])
    received_on = DayField(label=_("Ngày nhận"), help_text=DAY_HINT)
    words = words_field(_("Nội dung phản ánh"), _("Chưa ghi nội dung phản ánh."), rows=7)
    field_order = ("channel", "received_on", "words", "name", "contact")

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_received_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["received_on"]
        if day > self.on:
            raise forms.ValidationError(_("Ngày chưa đến."))
        return day


class HandleForm(forms.Form):
    finding = forms.ChoiceField(
        label=_("Kết quả xác minh"),
        choices=Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn kết quả xác minh.")},
    )
    answer = words_field(
        _("Trả lời"), _("Chưa ghi trả lời."), rows=6, hint=_("đã xác minh điều gì, căn cứ nào, xử lý ra sao")
    )


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Xung đột lợi ích"),
        choices=ConflictKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn.")},
    )
    words = forms.CharField(
        label=_("Quan hệ thế nào"),
        max_length=300,
        required=False,
        help_text=_("ví dụ: em ruột; người thân thì bắt buộc ghi"),
        error_messages={"max_length": TOO_LONG},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == ConflictKind.KIN and not str(said.get("words", "")).strip():
            self.add_error("words", _("Là người thân thì ghi quan hệ thế nào."))
        return said
