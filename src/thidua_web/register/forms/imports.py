"""The file of a list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.register.models import ListKind


class ListForm(forms.Form):
    """One workbook. What it holds is judged by its content."""

    kind = forms.ChoiceField(choices=ListKind.choices)
    file = forms.FileField(
        label=_("Tệp danh sách"),
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": _("Chưa chọn tệp nào. Hãy chọn hoặc kéo thả tệp .xlsx đã điền.")},
    )
