"""The sentence of the appraisal desk; what is asked stands in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from thidua.findings import Outcome
from thidua_web.nominations.models import Kind, Subject
from thidua_web.nominations.queries.desk import RECEIVED, Choices
from thidua_web.nominations.stages import NominationState
from thidua_web.register.forms.desks import DeskForm
from thidua_web.register.forms.fields import UnitField, UnitInput

OPEN, ALL = "", "tat-ca"
MINE, NOBODY = "toi", "chua"
FIRST_YEAR, LAST_YEAR = 2004, 2100
STATES = (
    (OPEN, _("đang xử lý")),
    *((value, label) for value, label in NominationState.choices if value in RECEIVED),
    (ALL, _("mọi trạng thái")),
)
OUTCOMES = (
    ("", _("bất kỳ")),
    (Outcome.MET.value, _("đạt")),
    (Outcome.UNKNOWN.value, _("chưa đủ căn cứ")),
    (Outcome.NOT_MET.value, _("không đạt")),
)
NEAR = (("", _("bất kỳ")), ("tre", _("quá hạn")), ("sap", _("sắp đến hạn")))
ORDERS = (
    ("", _("hạn gần nhất")),
    ("ten", _("tên")),
    ("don_vi", _("đơn vị trình")),
    ("giai", _("danh hiệu, hình thức")),
)


class Column(TextChoices):
    """What of a nomination the table shows beside the name."""

    UNIT = "don_vi", _("Đơn vị trình")
    AWARD = "giai", _("Đề nghị")
    STATE = "trang_thai", _("Trạng thái")
    CLOCK = "han", _("Hạn thẩm định")
    OUTCOME = "ket_qua", _("Kết quả kiểm tra")
    APPRAISER = "nguoi", _("Người thẩm định")
    ROUND = "dot", _("Đợt, phong trào")
    LODGED = "ngay_trinh", _("Ngày trình")
    RETURNS = "tra_lai", _("Số lần trả lại")


USUAL = (Column.UNIT, Column.AWARD, Column.STATE, Column.CLOCK, Column.OUTCOME, Column.APPRAISER)


class AppraisalDeskForm(DeskForm):
    trang_thai = forms.ChoiceField(label=_("trạng thái"), required=False, choices=STATES)
    giai = forms.ChoiceField(label=_("đề nghị"), required=False)
    dot = forms.ChoiceField(label=_("thuộc"), required=False)
    nam = forms.IntegerField(
        label=_("thành tích năm"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "off"}),
    )
    don_vi = UnitField(label=_("do đơn vị (và cấp dưới) trình"), required=False, widget=UnitInput)
    loai = forms.ChoiceField(label=_("cho"), required=False, choices=[("", _("mọi đối tượng")), *Subject.choices])
    nguoi = forms.ChoiceField(label=_("người thẩm định"), required=False)
    han = forms.ChoiceField(label=_("hạn"), required=False, choices=NEAR)
    ket_qua = forms.ChoiceField(label=_("kết quả kiểm tra"), required=False, choices=OUTCOMES)
    loi = forms.BooleanField(label=_("chỉ hồ sơ còn lỗi"), required=False)
    xep = forms.ChoiceField(label=_("xếp theo"), required=False, choices=ORDERS)

    def __init__(self, *args: Any, choices: Choices, awards: Iterable[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["giai"].choices = [("", _("mọi danh hiệu, hình thức")), *awards]  # type: ignore[attr-defined]
        groups: list[Any] = [("", _("mọi đợt, phong trào"))]
        if choices.rounds:
            groups.append((_("Đợt nhận hồ sơ"), [(f"dot-{key}", title) for key, title in choices.rounds]))
        if choices.campaigns:
            groups.append((_("Phong trào"), [(f"phong-trao-{key}", title) for key, title in choices.campaigns]))
        kinds = [(f"loai-{value}", label) for value, label in Kind.choices]
        groups.append((_("Loại đợt"), kinds))
        self.fields["dot"].choices = groups  # type: ignore[attr-defined]
        people = [(str(key), name) for key, name in choices.appraisers]
        self.fields["nguoi"].choices = [  # type: ignore[attr-defined]
            *(("", _("bất kỳ ai")), (MINE, _("là tôi")), (NOBODY, _("chưa phân công"))),
            *([(_("Người thẩm định"), people)] if people else []),
        ]
