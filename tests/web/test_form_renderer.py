"""Fields are written as Django's own templates write them, letter for letter."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from thidua_web.config.form_renderer import WRITERS, Renderer

SHARP = """<b>"Sở" & 'Ban'</b>"""
CHOICES = [("", "—"), (1, _("Tự chấm")), ("x", SHARP), ("Nhóm <1>", [("a", "A"), (2500, "hai nghìn rưỡi")])]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(), SHARP),
    (forms.TextInput(attrs={"inputmode": "decimal", "disabled": True, "readonly": False, "data-x": SHARP}), None),
    (forms.TextInput(), ""),
    (forms.TextInput(), mark_safe("a&amp;b")),
    (forms.TextInput(attrs={"aria-label": _("Kết quả"), "maxlength": 2000}), 1234.5),
    (forms.HiddenInput(), 12345),
    (forms.NumberInput(attrs={"min": 0}), 2500),
    (forms.EmailInput(), "a@example.org"),
    (forms.PasswordInput(), "bí mật"),
    (forms.PasswordInput(render_value=True), "bí mật"),
    (forms.FileInput(attrs={"accept": ".pdf", "multiple": False}), None),
    (forms.DateInput(), datetime.date(2026, 1, 31)),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.CheckboxInput(), "chọn"),
    (forms.Textarea(attrs={"rows": 2}), f"\ndòng hai {SHARP}"),
    (forms.Textarea(), None),
    (forms.Select(choices=CHOICES), "x"),
    (forms.Select(choices=CHOICES, attrs={"required": True}), 2500),
    (forms.SelectMultiple(choices=CHOICES), ["a", "1"]),
    (forms.NullBooleanSelect(), True),
    (forms.RadioSelect(choices=CHOICES[:3]), "x"),
    (forms.CheckboxSelectMultiple(choices=CHOICES), ["x"]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda one: type(one).__name__)
def test_a_widget_is_written_as_by_its_template(widget: forms.Widget, value: Any) -> None:
    said = {"name": 'ten"1"', "value": value, "attrs": {"id": "id_ten"}}
    assert widget.render(**said, renderer=Renderer()) == widget.render(**said, renderer=DjangoTemplates())


def test_a_whole_form_is_written_as_by_its_template() -> None:
    class Asked(forms.Form):
        name = forms.CharField(label="Tên", help_text="Như trong văn bản", max_length=20)
        kind = forms.ChoiceField(choices=CHOICES)
        note = forms.CharField(widget=forms.Textarea, required=False)

    plain, own = (Asked({"name": "x" * 30}, renderer=one) for one in (DjangoTemplates(), Renderer()))
    assert str(own) == str(plain)


def test_each_of_them_has_its_template_in_django() -> None:
    for name in WRITERS:
        assert DjangoTemplates().get_template(name)


def test_a_cell_is_its_label_its_hint_its_control_and_what_is_wrong_with_it() -> None:
    class Asked(forms.Form):
        day = forms.CharField(label=SHARP, help_text="09/10/2024", required=True)

    form = Asked({"day": ""}, auto_id="id_%s")
    cell = form["day"]
    cell.about = "Sở <Y> tế"
    made = cell.labelled()
    assert '<label for="id_day">&lt;b&gt;&quot;Sở&quot; &amp; &#x27;Ban&#x27;&lt;/b&gt;' in made
    assert '<span class="unseen"> Sở &lt;Y&gt; tế</span>' in made
    assert '<span class="hint unseen" id="id_day_helptext">09/10/2024</span></label><input' in made
    assert 'aria-describedby="id_day_helptext id_day_error"' in made
    assert '<p class="field-error" id="id_day_error"><svg class="icon"' in made
    assert cell.cell() == f'<div class="cell wrong">{made}</div>'
    assert '<label class="unseen" for="id_day">' in cell.under_unseen_label()
    assert Asked().fields["day"] is not form.fields["day"]
    assert not Asked()["day"].errors
