"""The form for the values of one fact, made from the core's own list of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua.errors import InvalidFactError
from thidua.plans.fields import Field, fields_of
from thidua_web.campaigns.forms import fields as fact_fields
from thidua_web.campaigns.pages.facts import CONDITIONS, HEADER_LABELS, WHO

LABELS: Mapping[str, Promise] = {
    "value": _("Nội dung"),
    "number": _("Số, ký hiệu"),
    "date": _("Ngày"),
    "issuer": _("Cơ quan ban hành"),
    "type": _("Loại văn bản"),
    "label": _("Tên đợt"),
    "level": _("Cấp"),
    "start": _("Bắt đầu"),
    "end": _("Kết thúc"),
    "indicator": _("Chỉ tiêu"),
    "op": _("So sánh"),
    "value_max": _("Đến"),
    "unit": _("Đơn vị tính"),
    "strict": _("Không kể chính con số ấy (“trên”, “dưới”)"),
    "kind": _("Loại"),
    "text": _("Nội dung"),
    "name": _("Tên"),
    "milestone": _("Mốc"),
    "by": _("Thời điểm"),
    "who": _("Ai làm"),
    "min": _("Ít nhất"),
    "of": _("Cái gì"),
    "origin": _("Ngày, năm gốc"),
    "years": _("Số năm"),
    "year": _("Năm gốc"),
    "granted_by": _("Ai tặng"),
    "for_": _("Tặng cho"),
    "applies_to": _("Áp dụng cho"),
    "rating_years": _("Xếp loại các năm"),
    "min_excellent_years": _("Số năm hoàn thành xuất sắc, ít nhất"),
    "max": _("Không quá"),
    "document": _("Giấy tờ"),
    "what": _("Việc"),
    "to": _("Gửi tới"),
    "time": _("Giờ"),
    "recurrence": _("Định kỳ"),
    "relative": _("Tính từ một mốc"),
    "item": _("Mục"),
    "reason": _("Vì sao chưa có ngày"),
    "hint": _("Kế hoạch viết"),
}
OWN_LABELS: Mapping[tuple[str, str], Promise] = {
    ("targets", "value"): _("Con số"),
    ("quotas", "unit"): _("Đơn vị đề nghị"),
    ("quotas", "of"): _("Cho"),
    ("pledges", "of"): _("Đăng ký cái gì"),
    ("deadlines", "date"): _("Hạn"),
    ("anniversaries", "date"): _("Ngày kỷ niệm"),
    ("tasks", "text"): _("Việc"),
    ("conditions", "who"): _("Áp dụng cho"),
    ("open_days", "what"): _("Việc chưa có ngày"),
}
CHOICES: Mapping[str, Promise] = {
    ">=": _("≥ ít nhất"),
    "<=": _("≤ nhiều nhất"),
    "=": _("= bằng"),
    "range": _("trong khoảng"),
    "start": _("Khởi công"),
    "finish": _("Hoàn thành"),
    "postponed": _("sẽ có văn bản sau"),
    "blank": _("để trống"),
    "week": _("tính theo tuần"),
    **WHO,
    **CONDITIONS,
}

Make = Callable[[Field], forms.Field]


def _choice(field: Field) -> forms.Field:
    choices = [(code, CHOICES.get(code, code)) for code in field.choices]
    return forms.ChoiceField(choices=choices if field.required else [("", ""), *choices])


MAKERS: Mapping[str, Make] = {
    "text": lambda _field: forms.CharField(max_length=1000),
    "long": lambda _field: forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})),
    "day": lambda _field: fact_fields.DayField(),
    "partial_day": lambda _field: fact_fields.PartialDayField(),
    "number": lambda _field: fact_fields.NumberField(),
    "whole": lambda _field: fact_fields.WholeField(),
    "choice": _choice,
    "flag": lambda _field: forms.BooleanField(),
    "year": lambda _field: fact_fields.YearField(),
    "years": lambda _field: fact_fields.YearsField(),
    "rule": lambda _field: fact_fields.RuleField(),
    "relative": lambda _field: fact_fields.RelativeField(),
    "clock": lambda _field: forms.CharField(max_length=5),
}


class FactForm(forms.Form):
    """One field for each of the kind's; which are required, and what goes together, the core says when it is built."""

    def __init__(self, *args: Any, kind: str, header_field: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in fields_of(kind, header_field):
            made = MAKERS[field.shape](field)
            made.required = False
            made.label = _label(kind, field, header_field)
            made.widget.is_required = False
            self.fields[field.name] = made

    def values(self) -> dict[str, Any]:
        """What was filled in; blank is None."""
        return {name: None if value in ("", None) else value for name, value in self.cleaned_data.items()}

    def tell(self, error: InvalidFactError) -> None:
        """Put the core's faults at their fields."""
        for fault in error.faults:
            sentence = explain.say(fault.code, fault.params, get_language() or "vi")
            self.add_error(fault.field if fault.field in self.fields else None, sentence)


def _label(kind: str, field: Field, header_field: str | None) -> Promise | str:
    if kind == "header":
        return HEADER_LABELS.get(header_field or "", LABELS["value"])
    return OWN_LABELS.get((kind, field.name)) or LABELS[field.name]
