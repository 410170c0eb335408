"""Asking another body for its confirmation, and what it answered."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.forms.launches import DAY_HINT, DayField
from thidua_web.eligibility.models.facts import Confirmer
from thidua_web.nominations.models import Confirmation
from thidua_web.register.forms.fields import PastDayField

CHOOSE = ("", _("chọn trong danh sách"))
LONGEST = _("Quá dài: tối đa %(limit_value)d ký tự.")


class AskForm(forms.Form):
    body = forms.ChoiceField(
        label=_("Xin xác nhận của"),
        choices=[CHOOSE, *Confirmer.choices],
        error_messages={"required": _("Chưa chọn cơ quan."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    asked_of = forms.CharField(
        label=_("Tên cơ quan nhận văn bản"),
        max_length=200,
        help_text=_("như ghi trên văn bản, ví dụ: Thuế cơ sở 3 tỉnh Minh Giang"),
        error_messages={"required": _("Chưa ghi tên cơ quan."), "max_length": LONGEST},
    )
    asked_on = PastDayField(label=_("Ngày gửi"), help_text=DAY_HINT)
    due_on = DayField(label=_("Đề nghị trả lời trước ngày"), required=False, help_text=DAY_HINT)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        asked, due = values.get("asked_on"), values.get("due_on")
        if asked and due and due < asked:
            self.add_error("due_on", _("Hạn trả lời đứng trước ngày gửi."))
        return values

    @property
    def asking(self) -> dict[str, Any]:
        """The fields of actions.confirmations.Asking."""
        return dict(self.cleaned_data)


class AnswerForm(forms.Form):
    yes = forms.ChoiceField(
        label=_("Nội dung trả lời"),
        choices=(("yes", _("Xác nhận đã thực hiện đầy đủ nghĩa vụ")), ("no", _("Không xác nhận, hoặc còn vi phạm"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    answered_on = PastDayField(label=_("Ngày trả lời"), help_text=DAY_HINT)
    paper = forms.CharField(
        label=_("Số văn bản"), max_length=80, required=False, error_messages={"max_length": LONGEST}
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": LONGEST},
    )

    def __init__(self, *args: Any, confirmation: Confirmation, **options: Any) -> None:
        self.confirmation = confirmation
        super().__init__(*args, auto_id=f"x{confirmation.pk}_%s", **options)

    def clean_answered_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["answered_on"]
        if day < self.confirmation.asked_on:
            raise forms.ValidationError(_("Trả lời trước ngày gửi."))
        return day

    @property
    def answer(self) -> dict[str, Any]:
        """The fields of actions.confirmations.Answer."""
        said = self.cleaned_data
        words = {name: " ".join(said[name].split()) for name in ("paper", "note")}
        return {"yes": said["yes"] == "yes", "answered_on": said["answered_on"], **words}


class AnswerRequestForm(forms.Form):
    """What the unit says with what it added."""

    words = forms.CharField(
        label=_("Trả lời"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đã bổ sung những gì, ở tệp nào; điều gì không có và vì sao."),
        error_messages={
            "required": _("Hãy ghi đã bổ sung những gì, để người thẩm định tìm thấy."),
            "max_length": LONGEST,
        },
    )
