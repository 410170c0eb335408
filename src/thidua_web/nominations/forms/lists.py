"""What is asked about appraised lists and the views of fairness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign

FIRST_YEAR, LAST_YEAR = 2000, 2100


class ListForm(forms.Form):
    title = forms.CharField(label=_("Tên danh sách"), max_length=250)
    campaign = forms.ModelChoiceField(
        label=_("Của phong trào"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("Không thuộc phong trào nào"),
    )
    year = forms.IntegerField(
        label=_("Thành tích năm"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, campaigns: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]


class SignForm(forms.Form):
    number = forms.CharField(label=_("Số báo cáo"), max_length=40, help_text=_("ví dụ 125/BC-SNV"))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class AskedForm(forms.Form):
    """The sentence on top of both views; everything may be left open."""

    nam = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    phong_trao = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    giai = forms.ChoiceField(required=False)

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        campaigns: Sequence[Campaign],
        awards: Sequence[tuple[str, str]],
        **o: Any,
    ) -> None:
        super().__init__(*args, **o)
        self.fields["nam"].choices = [("", _("mọi năm")), *((year, year) for year in years)]  # type: ignore[attr-defined]
        listed = [(one.pk, one.title[:90]) for one in campaigns]
        self.fields["phong_trao"].choices = [("", _("mọi đợt, phong trào")), *listed]  # type: ignore[attr-defined]
        self.fields["giai"].choices = [("", _("mọi danh hiệu, hình thức")), *awards]  # type: ignore[attr-defined]
