"""A field of a form with what stands around it, written at once: a page may have four hundred of them."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.html import format_html
from django.utils.safestring import SafeString

from thidua_web.config.icons import icon


@cache
def no_errors() -> ErrorList:
    return ErrorList()


def escaped(value: Any) -> str:
    """Escaped where it is not safe yet. Numbers, too, are written without a language's own marks."""
    text = value if isinstance(value, str) else str(value)
    return text if hasattr(text, "__html__") else escape(text)


class Cell(BoundField):
    """Every field of every form; the templates of forms of many rows ask for `labelled` or `cell`.

    `about` is what of several things the field is about: read aloud, not seen.
    """

    about = ""

    @property
    def errors(self) -> ErrorList:
        return self.form.errors.get(self.name) or no_errors()

    def labelled(self, classes: str = "") -> SafeString:
        """Label, hint, control, what is wrong with it."""
        return SafeString(f"{self._label(classes)}{self.as_widget()}{self._faults()}")

    def under_unseen_label(self) -> SafeString:
        return self.labelled("unseen")

    def cell(self) -> SafeString:
        """The same as one box, which is marked where something is wrong."""
        wrong = " wrong" if self.errors else ""
        return SafeString(f'<div class="cell{wrong}">{self.labelled()}</div>')

    def _label(self, classes: str) -> str:
        said = f' class="{classes}"' if classes else ""
        hint = about = ""
        if self.help_text:
            hint = f' <span class="hint unseen" id="{self.auto_id}_helptext">{escaped(self.help_text)}</span>'
        if self.about:
            about = f'<span class="unseen"> {escaped(self.about)}</span>'
        return f'<label{said} for="{self.id_for_label}">{escaped(self.label)}{about}{hint}</label>'

    def _faults(self) -> str:
        return "".join(
            format_html('<p class="field-error" id="{}_error">{}{}</p>', self.auto_id, icon("fault"), error)
            for error in self.errors
        )
