"""What is filled in to ask another body, to answer, and to show a list to the people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign
from thidua_web.config.days import DayField
from thidua_web.nominations.forms.cases import TOO_LONG, words_field
from thidua_web.nominations.models import Answer, ConsultationItem, Silence
from thidua_web.nominations.stages import UNDER_APPRAISAL, NominationState
from thidua_web.register.forms.fields import UnitField
from thidua_web.register.models import Unit

DAY_HINT = _("ngày/tháng/năm")
NO_CAMPAIGN = 0
SHORT = 300


def _line(label: Any, *, limit: int = SHORT, required: bool = False, hint: Any = "", missing: Any = "") -> Any:
    said = {"max_length": TOO_LONG, **({"required": missing} if missing else {})}
    return forms.CharField(label=label, max_length=limit, required=required, help_text=hint, error_messages=said)


# --- Which nominations ------------------------------------------------------------------------------------------------


class ChosenForm(forms.Form):
    """The sentence on top: one nomination, or all of a campaign, an award, a state."""

    ho_so = forms.IntegerField(required=False, widget=forms.HiddenInput)
    phong_trao = forms.TypedChoiceField(label=_("của"), required=False, coerce=int, empty_value=None)
    giai = forms.ChoiceField(label=_("đề nghị"), required=False)
    buoc = forms.ChoiceField(label=_("đang"), required=False)

    def __init__(
        self, *args: Any, campaigns: Iterable[Campaign], awards: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        listed = [(one.pk, one.title[:90]) for one in campaigns]
        none = [(NO_CAMPAIGN, _("đợt thường xuyên, đột xuất"))]
        self.fields["phong_trao"].choices = [("", _("mọi đợt, phong trào")), *none, *listed]  # type: ignore[attr-defined]
        self.fields["giai"].choices = [("", _("mọi danh hiệu, hình thức")), *awards]  # type: ignore[attr-defined]
        states = [(one.value, one.label) for one in NominationState if one in UNDER_APPRAISAL]
        self.fields["buoc"].choices = [("", _("mọi bước thẩm định")), *states]  # type: ignore[attr-defined]

    @property
    def which(self) -> Q | None:
        """None where nothing was chosen: a list is not asked about by leaving everything open."""
        said = self.cleaned_data if self.is_valid() else {}
        if said.get("ho_so"):
            return Q(pk=said["ho_so"])
        campaign, award, state = said.get("phong_trao"), said.get("giai"), said.get("buoc")
        if campaign is None and not award:
            return None
        found = Q()
        if campaign is not None:
            found &= Q(submission__campaign=campaign or None) if campaign else Q(submission__campaign__isnull=True)
        found &= Q(award=award) if award else Q()
        return found & (Q(state=state) if state else Q())


class _OfMany(forms.Form):
    """`seen`: how many nominations were on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


# --- Consultations ----------------------------------------------------------------------------------------------------


class AskBodyForm(_OfMany):
    unit = UnitField(
        label=_("Cơ quan, đơn vị có trên hệ thống"),
        required=False,
        help_text=_("Ghi tên hoặc mã; cơ quan trả lời ngay trên hệ thống."),
    )
    other = _line(_("hoặc cơ quan khác"), limit=200, hint=_("gửi văn bản giấy, thẩm định ghi lại trả lời"))
    question = words_field(_("Hỏi ý kiến về"), _("Chưa ghi hỏi ý kiến về điều gì."))
    due_on = DayField(label=_("Trả lời chậm nhất"), help_text=DAY_HINT)
    silence = forms.ChoiceField(
        label=_("Quá hạn mà không trả lời"), choices=Silence.choices, initial=Silence.NOTHING, widget=forms.RadioSelect
    )
    basis = _line(
        _("Căn cứ"), hint=_("văn bản quy định thời hạn; bắt buộc khi coi không trả lời là đồng ý"), limit=SHORT
    )
    pauses = forms.BooleanField(label=_("Tạm dừng thời hạn thẩm định đến khi kết thúc lấy ý kiến"), required=False)

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.fields["unit"].among = Unit.objects.valid(on=on)  # type: ignore[attr-defined]

    def clean_due_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["due_on"]
        if day < self.on:
            raise forms.ValidationError(_("Ngày đã qua."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unit, other = said.get("unit"), " ".join(str(said.get("other", "")).split())
        if "unit" in said and not unit and not other:
            self.add_error("unit", _("Chưa ghi lấy ý kiến của ai."))
        if unit and other:
            self.add_error("other", _("Chỉ ghi một trong hai; mỗi cơ quan một lần lấy ý kiến."))
        if said.get("silence") == Silence.AGREES and not str(said.get("basis", "")).strip():
            self.add_error("basis", _("Coi không trả lời là đồng ý thì ghi văn bản nào quy định như vậy."))
        return said | {"other": other}


class AnswerForm(forms.Form):
    """A line for each nomination, and one for all the rest. `recorded`: from the body's letter, with its day."""

    rest = forms.ChoiceField(label=_("Những hồ sơ còn lại"), required=False)
    rest_words = _line(_("Ý kiến chung cho những hồ sơ còn lại"), limit=1000)
    paper = _line(_("Văn bản trả lời số"), limit=80, hint=_("ví dụ 125/CAT-PA05"))

    def __init__(
        self, *args: Any, items: Sequence[ConsultationItem], recorded: bool, since: datetime.date, on: datetime.date,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.items, self.recorded, self.since, self.on = items, recorded, since, on
        choices = [("", _("Chưa trả lời")), *Answer.choices]
        self.fields["rest"].choices = [("", _("Để trả lời sau")), *Answer.choices]  # type: ignore[attr-defined]
        if recorded:
            self.fields["paper"].required = True
            self.fields["paper"].error_messages["required"] = _("Chưa ghi số văn bản trả lời.")
            self.fields["day"] = DayField(label=_("Ngày của văn bản"), help_text=DAY_HINT)
        for item in items:
            self.fields[f"a{item.pk}"] = forms.ChoiceField(
                label=_("Trả lời"), choices=choices, required=False, initial=item.answer
            )
            self.fields[f"w{item.pk}"] = forms.CharField(
                label=_("Ý kiến"), max_length=2000, required=False, initial=item.words,
                widget=forms.Textarea(attrs={"rows": 2}), error_messages={"max_length": TOO_LONG},
            )  # fmt: skip
            for name in (f"a{item.pk}", f"w{item.pk}"):
                self[name].about = item.nomination.name  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[tuple[ConsultationItem, Any, Any]]:
        return [(item, self[f"a{item.pk}"], self[f"w{item.pk}"]) for item in self.items]

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if not self.since <= day <= self.on:
            raise forms.ValidationError(_("Ngày của văn bản nằm giữa ngày hỏi và hôm nay."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        pairs = [(f"a{item.pk}", f"w{item.pk}") for item in self.items] + [("rest", "rest_words")]
        for answer, words in pairs:
            given = said.get(answer)
            if given in (Answer.DISAGREE, Answer.OTHER) and not str(said.get(words, "")).strip():
                self.add_error(words, _("Không nhất trí hoặc ý kiến khác thì ghi rõ."))
            if words != "rest_words" and not given and str(said.get(words, "")).strip():
                self.add_error(answer, _("Đã ghi ý kiến nhưng chưa chọn trả lời."))
        if not self.errors and not any(said.get(answer) for answer, _words in pairs):
            raise forms.ValidationError(_("Chưa trả lời hồ sơ nào."))
        return said


# --- Publications -----------------------------------------------------------------------------------------------------


class PublishForm(_OfMany):
    title = _line(_("Tên danh sách"), limit=250, required=True, missing=_("Chưa ghi tên danh sách."))
    since = DayField(label=_("Công khai từ ngày"), help_text=DAY_HINT)
    until = DayField(label=_("đến hết ngày"), help_text=DAY_HINT)
    where = _line(_("Nơi đăng khác"), hint=_("báo, cổng thông tin, niêm yết ở thôn; trang công khai luôn có"))
    basis = _line(_("Căn cứ"), hint=_("để trống nếu tự nguyện"))

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_since(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["since"]
        if day < self.on:
            raise forms.ValidationError(_("Ngày đã qua: không công khai lùi ngày."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày cuối đứng trước ngày đầu."))
        return said
