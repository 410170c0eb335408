"""The one form of a dossier: what the report says, section by section, and a part for every claim.

What cannot be read is an error at its field; everything else is kept, so that a wrong day does not cost the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.nominations.reports import MOST_LETTERS, Section, sections_for
from thidua_web.campaigns.forms.launches import DAY_HINT, DayField
from thidua_web.nominations.models import Nomination, Subject

LONGEST = _("Quá dài: tối đa %(limit_value)d ký tự.")
MOST_CLAIMS = 100
SUMMARY = 500
CLAIM = "w"
SECTION = "s_"
ABOUT = ("summary", "position", "since", "until")


class Line(forms.CharField):
    """Words of at most so many letters; a line's end in them is a space."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=most, required=False, **options)
        self.error_messages["max_length"] = LONGEST

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())


class Passage(forms.CharField):
    """Words in paragraphs."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=most, required=False, **options)
        self.error_messages["max_length"] = LONGEST

    def to_python(self, value: Any) -> str:
        lines = str(value or "").replace("\r\n", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()


class AboutForm(forms.Form):
    """What the report begins with, and its sections."""

    summary = Line(
        most=SUMMARY,
        label=_("Tóm tắt thành tích"),
        help_text=_("Một câu, tối đa 500 ký tự; in vào tờ trình và danh sách."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": SUMMARY}),
    )
    position = Line(most=200, label=_("Chức vụ, công việc khi đề nghị"))
    since = DayField(label=_("Thành tích từ ngày"), required=False, help_text=DAY_HINT)
    until = DayField(label=_("đến ngày"), required=False, help_text=DAY_HINT)

    def __init__(self, *args: Any, nomination: Nomination, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sections = sections_for(nomination.subject, nomination.merit)  # type: ignore[arg-type]
        if nomination.subject != Subject.INDIVIDUAL:
            del self.fields["position"]
        for section in self.sections:
            self.fields[SECTION + section.code] = _section_field(section)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        return values


def _section_field(section: Section) -> Passage:
    return Passage(
        most=MOST_LETTERS,
        label=gettext(section.title),
        help_text=gettext(section.hint),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": MOST_LETTERS}),
    )


class ClaimForm(forms.Form):
    """One thing that was achieved."""

    words = Line(most=2000, label=_("Thành tích"), widget=forms.Textarea(attrs={"rows": 2}))
    value = Line(most=80, label=_("Con số, mức đạt"))
    since = DayField(label=_("Từ ngày"), required=False, help_text=DAY_HINT)
    until = DayField(label=_("Đến ngày"), required=False, help_text=DAY_HINT)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        return values


@dataclass
class Row:
    """One claim on the form. `stored` are the values that stand in the dossier; empty of a new one."""

    token: uuid.UUID
    stored: Mapping[str, Any]
    form: ClaimForm
    removed: bool = False

    @property
    def prefix(self) -> str:
        return f"{CLAIM}-{self.token}"

    @property
    def values(self) -> dict[str, Any]:
        """What was read; where it could not be, what stands already."""
        if not self.form.is_bound:
            return dict(self.stored)
        self.form.is_valid()
        read = {**_blank(), **self.stored, **self.form.cleaned_data, "token": self.token}
        return in_order(read, self.stored)

    @property
    def is_blank(self) -> bool:
        """Nothing was written in it: an offered row that was not taken."""
        return not self.form.errors and not any(self.values[name] for name in ("words", "value", "since", "until"))


def in_order(read: dict[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """A new first day behind the old last one does not go in without a new last one."""
    if read["since"] and read["until"] and read["until"] < read["since"]:
        return read | {name: stored.get(name) for name in ("since", "until")}
    return read


@dataclass
class DossierForm:
    about: AboutForm
    claims: list[Row] = field(default_factory=list)
    too_many: bool = False

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Field's id on the page, its label, what is wrong; those of rows that go are nobody's business."""
        asked: list[forms.Form] = [self.about, *(row.form for row in self.claims if not row.removed)]
        return [
            (form[name].id_for_label, str(form.fields[name].label), str(error))
            for form in asked
            if form.is_bound
            for name, errors in form.errors.items()
            for error in errors
        ]

    def draft(self, nomination: Nomination) -> dict[str, Any]:
        """What may be stored: fields that cannot be read keep what stands."""
        stored = about_values(nomination)
        if self.about.is_bound:
            self.about.is_valid()
            stored |= {key: value for key, value in self.about.cleaned_data.items() if key in self.about.data}
        stored = in_order(stored, {"since": nomination.since, "until": nomination.until})
        told = {one.code: stored[SECTION + one.code] for one in self.about.sections}
        return {
            **{name: stored[name] for name in ABOUT},
            "sections": {**nomination.sections, **told},
            "claims": [row.values for row in self.claims if not row.removed and not row.is_blank],
        }


def about_values(nomination: Nomination) -> dict[str, Any]:
    sections = sections_for(nomination.subject, nomination.merit)  # type: ignore[arg-type]
    said = {SECTION + one.code: str(nomination.sections.get(one.code) or "") for one in sections}
    return {name: getattr(nomination, name) for name in ABOUT} | said


def unbound(nomination: Nomination, claims: Iterable[Mapping[str, Any]]) -> DossierForm:
    """The form as the dossier stands; each mapping holds a claim's values and its `token`."""
    about = AboutForm(nomination=nomination, initial=about_values(nomination))
    return DossierForm(about, [_row(values) for values in claims])


def blank() -> Row:
    return _row({**_blank(), "token": uuid.uuid4()})


def read(data: QueryDict, nomination: Nomination, known: Mapping[uuid.UUID, Mapping[str, Any]]) -> DossierForm:
    """What was sent. `known` are the claims that stand, by their tokens."""
    about = AboutForm(data, nomination=nomination, initial=about_values(nomination))
    sent = data.getlist(CLAIM)
    return DossierForm(about, _rows(data, sent[:MOST_CLAIMS], known), too_many=len(sent) > MOST_CLAIMS + 1)


def _rows(data: QueryDict, sent: Sequence[str], known: Mapping[uuid.UUID, Mapping[str, Any]]) -> list[Row]:
    gone = set(data.getlist("remove"))
    rows = []
    for text in dict.fromkeys(sent):
        try:
            token = uuid.UUID(text)
        except ValueError:
            continue
        row = _row({**_blank(), **known.get(token, {}), "token": token}, data)
        row.removed = row.prefix in gone
        rows.append(row)
    return rows


def _row(values: Mapping[str, Any], data: QueryDict | None = None) -> Row:
    token = values["token"]
    form = ClaimForm(data, prefix=f"{CLAIM}-{token}", initial=dict(values), auto_id="id_%s")
    return Row(token, values, form)


def _blank() -> dict[str, Any]:
    return {"words": "", "value": "", "since": None, "until": None}
