"""The sentence of the desk; what is asked stands in the address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.law.awards import Award
from thidua.law.criteria import Subject
from thidua_web.config.days import DayField
from thidua_web.eligibility.models.deeds import Merit
from thidua_web.eligibility.queries.cases import title_of
from thidua_web.eligibility.queries.questions import questions
from thidua_web.eligibility.queries.standing import State
from thidua_web.register.forms.desks import DeskForm
from thidua_web.register.forms.fields import UnitField, UnitInput
from thidua_web.register.forms.units import TOO_LONG

SUBJECTS = (("ca-nhan", _("cá nhân")), ("tap-the", _("tập thể")), ("ho-gia-dinh", _("hộ gia đình")))
GROUPS = (("title", _("Danh hiệu thi đua")), ("commendation", _("Hình thức khen thưởng")))
FIRST_YEAR = 2004
"""The first law on emulation and commendation came into force then."""


class CaseForm(DeskForm):
    """What is asked about: an award, or a campaign's offer (`muc`), a year, the kind of merit, a day."""

    loai = forms.ChoiceField(label=_("Những"), required=False, choices=SUBJECTS)
    giai = forms.ChoiceField(label=_("có thể đề nghị"), required=False)
    nam = forms.IntegerField(
        label=_("cho thành tích năm"),
        required=False,
        min_value=FIRST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "off"}),
    )
    loai_hinh = forms.ChoiceField(label=_("về"), required=False, choices=[("", _("công trạng")), *Merit.choices[1:]])
    ngay = DayField(label=_("xét vào ngày"), required=False)

    def __init__(
        self, *args: Any, awards: Iterable[Award], offers: Iterable[tuple[str, str]], on: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        found = list(awards)
        groups: list[Any] = [
            (label, [(one.code, title_of(one, on)) for one in found if one.kind == kind]) for kind, label in GROUPS
        ]
        named = [(f"muc-{key}", words) for key, words in offers]
        self.fields["giai"].choices = [  # type: ignore[attr-defined]
            *((label, listed) for label, listed in groups if listed),
            *([(_("Trong phong trào"), named)] if named else []),
        ]
        self.fields["ngay"].widget.attrs["size"] = "10"


class JudgingForm(forms.Form):
    """What a meeting said of everybody who is chosen."""

    question = forms.ChoiceField(label=_("Tiêu chuẩn"), error_messages={"required": _("Chưa chọn tiêu chuẩn.")})
    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=2100, widget=forms.HiddenInput)
    ground = forms.CharField(
        label=_("Căn cứ để kết luận"), max_length=300, error_messages={"required": _("Chưa ghi căn cứ."), **TOO_LONG}
    )

    def __init__(
        self, *args: Any, subject: Subject, asked: Iterable[tuple[str, str]] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, auto_id="judge_%s", **options)
        every = [(code, one.text) for code, one in questions(subject).items()]
        self.fields["question"].choices = every if asked is None else list(asked)  # type: ignore[attr-defined]


class DeskOfOpenForm(CaseForm):
    """With the units and names that are looked through."""

    don_vi = UnitField(label=_("ở đơn vị (và cấp dưới)"), required=False, widget=UnitInput)
    ket_qua = forms.ChoiceField(label=_("kết quả"), required=False, choices=[("", _("mọi kết quả")), *State.choices])
