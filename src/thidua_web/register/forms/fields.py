"""Fields that several forms of the register ask."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.folding import search_key
from thidua_web.config.days import DayField
from thidua_web.register.models import Unit
from thidua_web.register.queries.searching import found_in, words_of

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_NAMED = 4
WITH_CODE = re.compile(r"\(([^()]+)\)\s*$")


class PastDayField(DayField):
    """Any day since 1900: units were founded and people joined the Party long ago."""

    def to_python(self, value: Any) -> datetime.date | None:
        try:
            day: datetime.date | None = forms.DateField.to_python(self, value)
        except forms.ValidationError as error:
            error.params = {"value": value}
            raise
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            said = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise forms.ValidationError(_("Năm phải từ %(first)s đến %(last)s."), params=said)
        return day


def name_and_code(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})"


class UnitInput(forms.TextInput):
    """A line to write in; the server proposes units while one writes."""

    template_name = "register/unit_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        asking = {
            "hx-get": reverse_lazy("register:choose_unit"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "next datalist",
            "hx-sync": "this:replace",
        }
        super().__init__({"autocomplete": "off", "spellcheck": "false", **asking, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_units"
        return context


class UnitField(forms.CharField):
    """A unit as people write it: its name, a part of it, its code. Cleans to the Unit; the form sets `among`."""

    widget = UnitInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=260, **options)
        self.error_messages["required"] = _("Chưa ghi đơn vị. Ghi tên hoặc mã.")
        self.among: QuerySet[Unit] = Unit.objects.none()

    def clean(self, value: Any) -> Unit | None:
        text = " ".join(str(super().clean(value)).split())
        return self._called(text) if text else None

    def _called(self, text: str) -> Unit:
        coded = WITH_CODE.search(text)
        for code in (text, coded[1] if coded else ""):
            if code and (unit := self.among.filter(code__iexact=code).first()):
                return unit
        near = list(self.among.filter(found_in(Unit, words_of(text))).order_by("sort_text", "pk")[:50])
        same = [unit for unit in near if search_key(unit.name) == search_key(text)]
        found = same or near
        if not found:
            raise forms.ValidationError(
                _("Không có đơn vị “%(unit)s” trong phạm vi của bạn. Ghi tên hoặc mã đơn vị."), params={"unit": text}
            )
        if len(found) > 1:
            names = "; ".join(name_and_code(unit) for unit in found[:MOST_NAMED])
            raise forms.ValidationError(
                _("Nhiều đơn vị khớp với “%(unit)s”: %(names)s… Hãy ghi mã đơn vị."),
                params={"unit": text, "names": names},
            )
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return name_and_code(value) if isinstance(value, Unit) else value
