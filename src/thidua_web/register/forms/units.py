"""A unit is founded or put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.register.forms.fields import PastDayField, UnitField
from thidua_web.register.models import Unit, UnitKind
from thidua_web.register.models.units import CodeScheme

TOO_LONG = {"max_length": _("Quá dài: tối đa %(limit_value)d ký tự.")}
EMPTY_ROWS = 2


def plain(text: str) -> str:
    return " ".join(text.split())


class NameAndCode(forms.Form):
    name = forms.CharField(
        label=_("Tên đầy đủ"), max_length=200, error_messages={"required": _("Chưa ghi tên."), **TOO_LONG}
    )
    code = forms.CharField(
        label=_("Mã trong sổ"),
        max_length=40,
        help_text=_("Mỗi đơn vị một mã, không trùng; ví dụ SNV, H61.12."),
        error_messages={"required": _("Chưa ghi mã."), **TOO_LONG},
    )

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"])

    def clean_code(self) -> str:
        return plain(self.cleaned_data["code"])


class NewUnitForm(NameAndCode):
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[("", _("chọn một loại")), *UnitKind.choices],
        error_messages={"required": _("Chưa chọn loại."), "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    parent = UnitField(label=_("Trực thuộc"), help_text=_("Ghi tên hoặc mã; đang gõ thì máy gợi ý."))
    valid_from = PastDayField(label=_("Hoạt động từ ngày"), help_text=_("ngày/tháng/năm"))
    identifier = forms.CharField(
        label=_("Mã định danh điện tử"), required=False, max_length=40, error_messages=TOO_LONG
    )
    field_order = ("name", "kind", "parent", "code", "identifier", "valid_from")

    def __init__(self, *args: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].among = among  # type: ignore[attr-defined]


class CorrectUnitForm(NameAndCode):
    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=300,
        help_text=_("Ghi vào nhật ký, ví dụ: gõ sai dấu."),
        error_messages={"required": _("Chưa ghi lý do sửa."), **TOO_LONG},
    )


class CodeForm(forms.Form):
    """One code of others; an empty row is none."""

    scheme = forms.ChoiceField(label=_("Loại mã"), choices=CodeScheme.choices, required=False)
    code = forms.CharField(label=_("Mã"), max_length=40, required=False, error_messages=TOO_LONG)
    valid_from = PastDayField(label=_("Từ ngày"), required=False)
    valid_to = PastDayField(label=_("Đến ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối đứng trước ngày đầu."))
        return values


class CodesFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        given = [(row["scheme"], row["code"]) for row in self.rows]
        if len(given) != len(set(given)):
            raise forms.ValidationError(_("Một mã được ghi hai lần."))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Those that name a code."""
        return [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", {}).get("code")]


CODES = forms.formset_factory(CodeForm, formset=CodesFormSet, extra=EMPTY_ROWS, max_num=30, absolute_max=30)
