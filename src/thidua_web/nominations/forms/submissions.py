"""What a unit fills in of a submission: how it begins, whom it chooses, with what number it is signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.law.awards import Award
from thidua_web.config.days import DayField
from thidua_web.eligibility.forms.desk import FIRST_YEAR, GROUPS, SUBJECTS
from thidua_web.eligibility.models.deeds import Merit
from thidua_web.eligibility.queries.cases import title_of
from thidua_web.eligibility.queries.standing import State
from thidua_web.nominations.models import Kind
from thidua_web.register.forms.desks import DeskForm
from thidua_web.register.forms.fields import UnitField, UnitInput
from thidua_web.register.forms.units import TOO_LONG
from thidua_web.register.models import Unit

DAY_HINT = _("ngày/tháng/năm")
SUDDEN = ("occasion", "happened_on", "place", "who")


class HeadForm(forms.Form):
    """What heads a submission, and to whom it goes. Of a sudden deed also what happened, when, where, who."""

    title = forms.CharField(
        label=_("Tên đề nghị"), max_length=250, error_messages={"required": _("Chưa ghi tên đề nghị."), **TOO_LONG}
    )
    to_unit = forms.TypedChoiceField(
        label=_("Nơi nhận và thẩm định"), coerce=int, error_messages={"required": _("Chưa chọn nơi nhận.")}
    )
    occasion = forms.CharField(
        label=_("Việc đã làm"),
        help_text=_("một, hai câu: ai đã làm gì, kết quả ra sao"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Chưa ghi việc đã làm."), **TOO_LONG},
    )
    happened_on = DayField(label=_("Ngày xảy ra"), help_text=DAY_HINT)
    place = forms.CharField(
        label=_("Nơi xảy ra"), max_length=200, error_messages={"required": _("Chưa ghi nơi xảy ra."), **TOO_LONG}
    )
    who = forms.CharField(
        label=_("Người, tập thể đã làm"),
        help_text=_("như các nhân chứng kể; chọn trong sổ ở bước sau"),
        required=False,
        max_length=300,
        error_messages={**TOO_LONG},
    )

    def __init__(self, *args: Any, kind: str, receivers: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.receivers = {unit.pk: unit for unit in receivers}
        self.fields["to_unit"].choices = [(unit.pk, unit.name) for unit in receivers]  # type: ignore[attr-defined]
        if kind != Kind.SUDDEN:
            for name in SUDDEN:
                del self.fields[name]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_happened_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này còn ở phía trước."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        """As fields of a submission."""
        said = dict(self.cleaned_data)
        said["to_unit"] = self.receivers[said["to_unit"]]
        return said


class StartForm(HeadForm):
    year = forms.IntegerField(
        label=_("Năm của thành tích"),
        min_value=FIRST_YEAR,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "off"}),
        error_messages={
            "required": _("Chưa ghi năm."),
            "invalid": _("Năm viết bằng bốn chữ số, ví dụ 2026."),
            "min_value": _("Năm sớm nhất là %(limit_value)s."),
        },
    )
    field_order = ("title", "year", "to_unit", *SUDDEN)


class SignForm(forms.Form):
    number = forms.CharField(
        label=_("Số, ký hiệu tờ trình"),
        help_text=_("ví dụ 15/TTr-SNV"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Chưa ghi số tờ trình."), **TOO_LONG},
    )


class ExceptionForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao xin ngoại lệ"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do, để người có thẩm quyền xem xét."), **TOO_LONG},
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do cho phép hoặc không cho phép."), **TOO_LONG},
    )


MERITS = (
    (Merit.YEARLY, Merit.YEARLY.label),
    (Merit.SERVICE, Merit.SERVICE.label),
    (Merit.FOREIGN, Merit.FOREIGN.label),
)


class ChoosingForm(DeskForm):
    """Who could be proposed: the sentence above the candidates. What is asked stands in the address."""

    loai = forms.ChoiceField(label=_("Những"), required=False, choices=SUBJECTS)
    giai = forms.ChoiceField(label=_("đề nghị"), required=False)
    nam = forms.IntegerField(
        label=_("cho thành tích năm"),
        required=False,
        min_value=FIRST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "off"}),
    )
    loai_hinh = forms.ChoiceField(label=_("về"), required=False, choices=MERITS)
    don_vi = UnitField(label=_("ở"), required=False, widget=UnitInput)
    ket_qua = forms.ChoiceField(label=_("kết quả"), required=False, choices=[("", _("mọi kết quả")), *State.choices])

    def __init__(
        self,
        *args: Any,
        awards: Iterable[Award],
        offers: Sequence[tuple[str, str]],
        on: datetime.date,
        yearly: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        found = list(awards)
        groups: list[Any] = [
            (label, [(one.code, title_of(one, on)) for one in found if one.kind == kind]) for kind, label in GROUPS
        ]
        self.fields["giai"].choices = [  # type: ignore[attr-defined]
            *([(_("Trong phong trào"), [(f"muc-{key}", words) for key, words in offers])] if offers else []),
            *((label, listed) for label, listed in groups if listed),
        ]
        if not yearly:
            del self.fields["loai_hinh"]
