"""What people fill in to act on one nomination."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thidua.nominations.returning import return_reasons
from thidua_web.accounts.models import User
from thidua_web.campaigns.forms.launches import DAY_HINT, DayField
from thidua_web.nominations.models import Claim, Nomination, Verdict
from thidua_web.nominations.queries import desk

LONGEST = 4000
TOO_LONG = _("Quá dài: tối đa %(limit_value)d ký tự.")


def words_field(label: Any, missing: Any, *, required: bool = True, rows: int = 4, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


class SendBackForm(forms.Form):
    """`suggested`: codes of reasons that the checks give; they stand checked at first."""

    codes = forms.MultipleChoiceField(
        label=_("Lý do trả lại"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chưa chọn lý do nào.")},
    )
    words = words_field(_("Nói rõ thêm để đơn vị biết phải sửa gì"), "", required=False)
    due_on = DayField(label=_("Gửi lại trước ngày"), required=False, help_text=DAY_HINT)

    def __init__(self, *args: Any, suggested: Iterable[str] = (), on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        language = get_language() or "vi"
        chosen = self.fields["codes"]
        chosen.choices = [(code, one.label.in_language(language)) for code, one in return_reasons().items()]  # type: ignore[attr-defined]
        chosen.initial = list(suggested)

    def clean_due_on(self) -> datetime.date | None:
        return not_past(self.cleaned_data["due_on"], self.on)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("codes") == ["other"] and not str(values.get("words", "")).strip():
            self.add_error("words", gettext("Lý do khác thì ghi rõ là gì."))
        return values


def not_past(day: datetime.date | None, on: datetime.date) -> datetime.date | None:
    if day is not None and day < on:
        raise forms.ValidationError(gettext("Ngày đã qua."))
    return day


class AskForm(forms.Form):
    words = words_field(_("Cần bổ sung điều gì"), _("Chưa ghi cần bổ sung điều gì."))
    due_on = DayField(label=_("Gửi trước ngày"), required=False, help_text=DAY_HINT)

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_due_on(self) -> datetime.date | None:
        return not_past(self.cleaned_data["due_on"], self.on)


class PullForm(forms.Form):
    words = words_field(_("Lý do rút"), _("Chưa ghi lý do."))


class ReopenForm(forms.Form):
    words = words_field(_("Lý do thẩm định lại"), _("Chưa ghi lý do."))


class RecommendForm(forms.Form):
    """`needs_words`: something is open, and whoever recommends speaks of it."""

    words = words_field(_("Nhận xét"), _("Chưa ghi vì sao vẫn đề nghị Hội đồng xét."), required=False)

    def __init__(self, *args: Any, needs_words: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = needs_words
        if needs_words:
            self.fields["words"].label = _("Vì sao vẫn đề nghị Hội đồng xét")


class NotRecommendForm(forms.Form):
    """`reasons` are findings of today, told by their place in the list."""

    reasons = forms.MultipleChoiceField(
        label=_("Vì những điều này"), widget=forms.CheckboxSelectMultiple, required=False
    )
    words = words_field(_("Kết luận, để đơn vị đọc"), _("Chưa ghi kết luận."))

    def __init__(self, *args: Any, findings: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reasons"].choices = findings  # type: ignore[attr-defined]
        if not findings:
            del self.fields["reasons"]


OUTCOMES = [("met", _("Đạt")), ("not_met", _("Không đạt"))]


class OverrideForm(forms.Form):
    """`was`: what the facts say."""

    becomes = forms.ChoiceField(
        label=_("Coi là"), widget=forms.RadioSelect, error_messages={"required": _("Chưa chọn kết quả.")}
    )
    reason = words_field(_("Lý do, căn cứ"), _("Chưa ghi lý do."))

    def __init__(self, *args: Any, was: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["becomes"].choices = [one for one in OUTCOMES if one[0] != was]  # type: ignore[attr-defined]
        if len(self.fields["becomes"].choices) == 1:  # type: ignore[attr-defined]
            self.initial.setdefault("becomes", self.fields["becomes"].choices[0][0])  # type: ignore[attr-defined]


class SecondForm(forms.Form):
    """To agree takes no words, to refuse does."""

    words = words_field(_("Ý kiến (bắt buộc khi không đồng ý)"), "", required=False, rows=2)

    def __init__(self, *args: Any, refuses: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.refuses = refuses

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if self.refuses and not words.strip():
            raise forms.ValidationError(gettext("Chưa ghi vì sao không đồng ý."))
        return words


class LowerForm(forms.Form):
    award = forms.ChoiceField(
        label=_("Chuyển sang xét"), error_messages={"required": _("Chưa chọn danh hiệu, hình thức.")}
    )
    reason = words_field(_("Lý do"), _("Chưa ghi lý do."))

    def __init__(self, *args: Any, awards: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["award"].choices = list(awards.items())  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    appraiser = forms.TypedChoiceField(
        label=_("Người thẩm định"), coerce=int, error_messages={"required": _("Chưa chọn người.")}
    )

    def __init__(self, nomination: Nomination, *args: Any, on: datetime.date, **options: Any) -> None:
        options.setdefault("initial", {"appraiser": nomination.appraiser_id})
        super().__init__(*args, **options)
        field: Any = self.fields["appraiser"]
        field.choices = desk.appraisers((nomination.to_unit_id,), on)

    def clean_appraiser(self) -> User:
        return User.objects.get(pk=self.cleaned_data["appraiser"])


class JudgedClaim(NamedTuple):
    claim: Claim
    verdict: forms.BoundField
    note: forms.BoundField


class VerdictsForm(forms.Form):
    """A verdict and a note for each claim; what is against a claim says why."""

    def __init__(self, *args: Any, claims: Sequence[Claim], **options: Any) -> None:
        super().__init__(*args, **options)
        self.claims = claims
        for claim in claims:
            self.fields[f"v{claim.pk}"] = forms.ChoiceField(
                label=_("Kết luận"),
                required=False,
                choices=[("", _("Chưa kết luận")), *Verdict.choices],
                initial=claim.verdict,
            )
            self.fields[f"n{claim.pk}"] = forms.CharField(
                label=_("Vì sao"),
                required=False,
                max_length=LONGEST,
                initial=claim.verdict_note,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for claim in self.claims:
            verdict, words = values.get(f"v{claim.pk}", ""), str(values.get(f"n{claim.pk}", ""))
            if verdict not in ("", Verdict.PROVED) and not words.strip():
                self.add_error(f"n{claim.pk}", gettext("Kết luận này phải ghi vì sao."))
        return values

    @property
    def rows(self) -> list[JudgedClaim]:
        return [JudgedClaim(claim, self[f"v{claim.pk}"], self[f"n{claim.pk}"]) for claim in self.claims]

    @property
    def verdicts(self) -> dict[int, tuple[str, str]]:
        """By the number of the claim: the verdict and why."""
        return {
            claim.pk: (self.cleaned_data[f"v{claim.pk}"], self.cleaned_data[f"n{claim.pk}"].strip())
            for claim in self.claims
            if f"v{claim.pk}" in self.data
        }
