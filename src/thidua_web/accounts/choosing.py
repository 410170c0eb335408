"""A unit and a role as people write them: by code or name, with accents or without."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.collation import collation_key
from thidua.vietnamese.folding import search_key
from thidua_web.accounts.access import Role
from thidua_web.register.models import Unit

MOST_LISTED = 300
MOST_NAMED = 4


class Units:
    """Units at or below those whose paths are given, that live on a day. `listed` is empty where there are too many."""

    def __init__(self, paths: list[str], *, on: datetime.date) -> None:
        self.rows = Unit.objects.valid(on=on).within(paths)
        self._found: dict[str, Unit] = {}
        self._listed: list[Unit] | None = None

    @property
    def listed(self) -> list[Unit]:
        if self._listed is None:
            rows = list(self.rows.order_by("path")[: MOST_LISTED + 1])
            self._listed = sorted(rows, key=lambda unit: collation_key(unit.name)) if len(rows) <= MOST_LISTED else []
        return self._listed

    def called(self, text: str) -> Unit:
        """The one unit of this code or name. Raises ValidationError where there is none, or more than one."""
        text = " ".join(text.split())
        if text not in self._found:
            self._found[text] = self._look_for(text)
        return self._found[text]

    def _look_for(self, text: str) -> Unit:
        """Never a guess: a role in the wrong unit is worse than asking again."""
        if unit := self.rows.filter(code__iexact=text).first():
            return unit
        key = search_key(text)
        near = list(self.rows.filter(folded__contains=key).order_by("sort_text", "pk")[:50]) if key else []
        same = [unit for unit in near if search_key(unit.name) == key]
        if len(same) == 1:
            return same[0]
        names = "; ".join(f"{unit.name} ({unit.code})" for unit in (same or near)[:MOST_NAMED])
        if same:
            said = gettext("Nhiều đơn vị có tên “%(unit)s”: %(names)s. Hãy ghi mã đơn vị.")
        elif near:
            said = gettext("Không có đơn vị nào có mã hoặc tên đúng là “%(unit)s”. Có phải: %(names)s?")
        else:
            said = gettext("Không có đơn vị “%(unit)s” trong phạm vi của bạn. Ghi mã hoặc tên đơn vị.")
        raise ValidationError(said % {"unit": text, "names": names})


def role_called(text: str) -> Role:
    """By code or name, or by the beginning of one role's name. Raises ValidationError."""
    key = search_key(text)
    for role in Role:
        if key in (role.value, search_key(str(role.label))):
            return role
    begins = [role for role in Role if key and search_key(str(role.label)).startswith(key)]
    if len(begins) == 1:
        return begins[0]
    names = ", ".join(str(role.label) for role in begins or Role)
    said = gettext("Không rõ vai trò “%(role)s”. Ghi một trong: %(names)s.")
    raise ValidationError(said % {"role": text, "names": names})


class UnitInput(forms.TextInput):
    """A line to write in, with the units to choose from where they are few."""

    template_name = "accounts/unit_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.units: Sequence[Unit] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.units:
            context["units"] = self.units
            context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_units"
        return context


class UnitField(forms.CharField):
    """Cleans to the Unit; `among` is set by the form."""

    widget = UnitInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Đơn vị"))
        super().__init__(max_length=200, error_messages={"required": _("Chưa ghi đơn vị.")}, **options)
        self.among: Units | None = None

    def choose_among(self, units: Units) -> None:
        self.among = units
        self.widget.units = units.listed

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        if self.among is None:
            raise RuntimeError("the form has not said which units there are")
        return self.among.called(text)

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Unit) else value
