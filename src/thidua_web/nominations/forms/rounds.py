"""A round in which nominations are taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.config.days import DayField
from thidua_web.eligibility.forms.desk import FIRST_YEAR
from thidua_web.nominations.forms.submissions import DAY_HINT
from thidua_web.register.forms.units import TOO_LONG


class RoundForm(forms.Form):
    title = forms.CharField(
        label=_("Tên đợt"), max_length=250, error_messages={"required": _("Chưa ghi tên đợt."), **TOO_LONG}
    )
    year = forms.IntegerField(
        label=_("Năm của thành tích"),
        min_value=FIRST_YEAR,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "off"}),
        error_messages={"required": _("Chưa ghi năm."), "invalid": _("Năm viết bằng bốn chữ số, ví dụ 2026.")},
    )
    opens_on = DayField(label=_("Nhận từ ngày"), help_text=DAY_HINT)
    due_on = DayField(label=_("Đến hết ngày"), help_text=_("để trống nếu không ấn định"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ của hạn"),
        help_text=_("lời của kế hoạch, hoặc số công văn"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={**TOO_LONG},
    )

    def __init__(self, *args: Any, fixed: bool = False, **options: Any) -> None:
        """`fixed`: the year of one that is open does not change."""
        super().__init__(*args, **options)
        if fixed:
            del self.fields["year"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        opens, due = said.get("opens_on"), said.get("due_on")
        if opens and due and due < opens:
            self.add_error("due_on", _("Ngày cuối đứng trước ngày bắt đầu nhận."))
        return said

    def clean_basis(self) -> str:
        return " ".join(self.cleaned_data["basis"].split())
