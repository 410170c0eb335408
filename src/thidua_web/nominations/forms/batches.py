"""What is filled in for many at once: the forms of one, and no more than that."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.nominations.forms.cases import AskForm, RecommendForm, SendBackForm, words_field


class RefuseForm(forms.Form):
    """One reason for all; the findings of each dossier are kept with it."""

    words = words_field(_("Kết luận, để các đơn vị đọc"), _("Chưa ghi kết luận."))


class AssigneeForm(forms.Form):
    appraiser = forms.ChoiceField(label=_("Giao cho"), error_messages={"required": _("Chưa chọn người thẩm định.")})

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["appraiser"].choices = [(str(key), name) for key, name in people]  # type: ignore[attr-defined]


def form_of(act: str, data: Any, on: datetime.date) -> forms.Form:
    """Empty where the act asks for nothing."""
    if act == "send_back":
        return SendBackForm(data, on=on)
    if act == "ask":
        return AskForm(data, on=on)
    if act == "recommend":
        return RecommendForm(data)
    return RefuseForm(data) if act == "not_recommend" else forms.Form(data)


def params_of(form: forms.Form) -> dict[str, Any]:
    """What was filled in, as JSON."""
    said = form.cleaned_data
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in said.items()}
