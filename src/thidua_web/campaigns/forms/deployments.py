"""What a unit fills in on its way through a campaign that it was sent, and the filters of the board."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.deployment import STEPS
from thidua_web.campaigns.forms.launches import DAY_HINT, DayField
from thidua_web.campaigns.forms.uploads import ACCEPTED
from thidua_web.campaigns.queries.board import REACHED, Level


class BoardForm(forms.Form):
    """The filters, as a sentence."""

    cap = forms.ChoiceField(label=_("Đơn vị"), required=False, choices=[("", _("mọi cấp")), *Level.choices])
    thuoc = forms.ChoiceField(label=_("thuộc"), required=False)
    buoc = forms.ChoiceField(
        label=_("đang ở bước"),
        required=False,
        choices=[("", _("mọi bước")), *((step.value, REACHED[step]) for step in STEPS)],
    )
    tim = forms.CharField(label=_("tên có chữ"), required=False, max_length=200)

    def __init__(self, *args: Any, parents: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, auto_id="board_%s", **options)
        self.fields["thuoc"].choices = [  # type: ignore[attr-defined]
            ("", _("mọi đơn vị cấp trên")),
            *((str(pk), name) for pk, name in parents),
        ]


class OwnPlanForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp kế hoạch triển khai của đơn vị"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Chưa chọn tệp nào."),
            "empty": _("Tệp này rỗng. Hãy chọn lại đúng tệp."),
        },
    )


class PaperForm(forms.Form):
    """A launch by a document on paper."""

    on = DayField(label=_("Ngày phát động"), help_text=DAY_HINT)
    paper = forms.CharField(
        label=_("Số, ký hiệu văn bản"),
        max_length=200,
        error_messages={
            "required": _("Chưa ghi số văn bản, ví dụ: 15/KH-STC."),
            "max_length": _("Quá dài: tối đa %(limit_value)d ký tự."),
        },
    )

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa tới. Hãy ghi ngày đã phát động."))
        return day
