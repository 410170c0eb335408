"""A scoring is opened: what for, by which table; the table comes as a file, or is the one that comes along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign
from thidua_web.config.days import DayField
from thidua_web.register.models import Bloc

TOO_LONG = {"max_length": _("Quá dài: tối đa %(limit_value)d ký tự.")}
ACCEPTED = ".xlsx,.toml"
FROM_FILE, EXAMPLE = "file", "example"
LARGEST_TEXT = 500_000


class OpenScoringForm(forms.Form):
    """`text` is the table that was looked at, as TOML, when the form comes back to be opened."""

    bloc = forms.ModelChoiceField(
        label=_("Cụm, khối"),
        queryset=Bloc.objects.none(),
        empty_label=_("chọn cụm, khối"),
        error_messages={"required": _("Chưa chọn cụm, khối."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    title = forms.CharField(
        label=_("Tên gọi"),
        max_length=300,
        help_text=_("Ví dụ: Chấm điểm thi đua năm 2026, Khối các sở."),
        error_messages={"required": _("Chưa ghi tên gọi."), **TOO_LONG},
    )
    year = forms.IntegerField(
        label=_("Năm"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Chưa ghi năm."),
            "invalid": _("Năm là bốn chữ số."),
            "min_value": _("Năm là bốn chữ số."),
            "max_value": _("Năm là bốn chữ số."),
        },
    )
    campaign = forms.ModelChoiceField(
        label=_("Phong trào"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("cả năm, không riêng phong trào nào"),
        help_text=_("Chấm riêng một phong trào thì ngày báo cáo đầu tiên lấy theo phong trào ấy."),
        error_messages={"invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    on = DayField(label=_("Thành viên tính theo ngày"), help_text=_("ngày/tháng/năm"))
    own_due = DayField(label=_("Hạn tự chấm"), required=False, help_text=_("ngày/tháng/năm"))
    peer_due = DayField(label=_("Hạn chấm chéo"), required=False, help_text=_("ngày/tháng/năm"))
    table_from = forms.ChoiceField(
        label=_("Bảng điểm"),
        choices=[(FROM_FILE, _("Từ tệp Excel hoặc TOML")), (EXAMPLE, _("Bảng mẫu đi kèm, dùng nguyên như vậy"))],
        widget=forms.RadioSelect,
        initial=FROM_FILE,
    )
    file = forms.FileField(
        label=_("Tệp bảng điểm"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("Tệp này rỗng. Hãy chọn lại đúng tệp.")},
    )
    text = forms.CharField(required=False, max_length=LARGEST_TEXT, widget=forms.HiddenInput)

    def __init__(self, *args: Any, blocs: QuerySet[Bloc], campaigns: QuerySet[Campaign], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["bloc"].queryset = blocs  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        own, peer = values.get("own_due"), values.get("peer_due")
        if own and peer and peer < own:
            self.add_error("peer_due", _("Hạn chấm chéo đứng trước hạn tự chấm."))
        if values.get("table_from") == FROM_FILE and not values.get("file") and not values.get("text"):
            self.add_error("file", _("Chưa chọn tệp nào."))
        return values

    @property
    def head(self) -> dict[str, Any]:
        """Of a valid form, what the scoring is without its table."""
        names = ("bloc", "title", "year", "campaign", "on", "own_due", "peer_due")
        return {name: self.cleaned_data[name] for name in names}


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Chưa ghi lý do."), **TOO_LONG},
    )
