"""The filters of the list of pledges, as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua_web.progress.queries.pledge_list import Where
from thidua_web.register.models import UnitKind


class ListForm(forms.Form):
    tinh_trang = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("mọi tình trạng")), *Where.choices]
    )
    cap = forms.ChoiceField(label=_("của"), required=False)
    muon = forms.BooleanField(label=_("chỉ những đơn vị muộn"), required=False)
    xem = forms.BooleanField(label=_("chỉ những bản có điều cần xem"), required=False)
    tim = forms.CharField(label=_("tên có chữ"), required=False, max_length=200)

    def __init__(self, *args: Any, kinds: Iterable[str], **options: Any) -> None:
        super().__init__(*args, auto_id="list_%s", **options)
        labels = dict(UnitKind.choices)
        self.fields["cap"].choices = [  # type: ignore[attr-defined]
            ("", _("mọi cấp")),
            *((kind, labels.get(kind, kind)) for kind in kinds),
        ]
