"""A field of a form with what stands around it, written at once: a page may have four hundred of them."""

from __future__ import annotations

from functools import cache

from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from thidua_web.config.icons import icon


@cache
def no_errors() -> ErrorList:
    return ErrorList()


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
        return mark_safe(f"{self._label(classes)}{self}{self._faults()}")  # noqa: S308 - each part is escaped

    def under_unseen_label(self) -> SafeString:
        return self.labelled("unseen")

    def cell(self) -> SafeString:
        """The same as one box, which is marked where something is wrong."""
        wrong = " wrong" if self.errors else ""
        return mark_safe(f'<div class="cell{wrong}">{self.labelled()}</div>')  # noqa: S308 - as above

    def _label(self, classes: str) -> str:
        said = f' class="{classes}"' if classes else ""
        hint = about = ""
        if self.help_text:
            words = conditional_escape(self.help_text)
            hint = f' <span class="hint unseen" id="{self.auto_id}_helptext">{words}</span>'
        if self.about:
            about = f'<span class="unseen"> {conditional_escape(self.about)}</span>'
        return f'<label{said} for="{self.id_for_label}">{conditional_escape(self.label)}{about}{hint}</label>'

    def _faults(self) -> str:
        return "".join(
            format_html('<p class="field-error" id="{}_error">{}{}</p>', self.auto_id, icon("fault"), error)
            for error in self.errors
        )
