"""What a file of a dossier is called, and the day that stands on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.forms.launches import DAY_HINT, DayField
from thidua_web.nominations.models import DossierFile


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Tên tệp"),
        max_length=180,
        error_messages={"required": _("Chưa ghi tên."), "max_length": _("Quá dài: tối đa %(limit_value)d ký tự.")},
    )
    dated = DayField(label=_("Ngày ghi trên văn bản"), required=False, help_text=DAY_HINT)

    def __init__(self, *args: Any, file: DossierFile, **options: Any) -> None:
        self.file = file
        initial = {"name": file.name, "dated": file.dated}
        super().__init__(*args, initial=initial, auto_id=f"file{file.pk}_%s", **options)
