"""Facts that criteria need, written one by one; every error at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.law.criteria import Subject
from thidua_web.eligibility.models import FactKind
from thidua_web.eligibility.models.deeds import Merit
from thidua_web.eligibility.models.facts import SENSITIVE, WORKS, Area, Confirmer, Form, Group, RecordKind, Scope
from thidua_web.eligibility.queries.questions import figures, questions
from thidua_web.register.forms.fields import PastDayField
from thidua_web.register.forms.records import FIRST_YEAR, YearField
from thidua_web.register.forms.units import TOO_LONG, plain

CHOOSE = ("", _("chọn trong danh sách"))
CHOICE_ERRORS = {"required": _("Chưa chọn."), "invalid_choice": _("Hãy chọn trong danh sách.")}
YES_NO = (("yes", _("Có, đáp ứng")), ("no", _("Không đáp ứng")))
HINT_DAY = _("ngày/tháng/năm")
NUMBER = {"required": _("Chưa ghi số."), "invalid": _("“%(value)s” không phải là số.")}


class DecimalField(forms.DecimalField):
    """A number as it is written here (1.234,5) or in programs (1234.5)."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = str(value or "").replace(" ", "")
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        try:
            return super().to_python(text)
        except forms.ValidationError as error:
            error.params = {"value": value}
            raise


class FactForm(forms.Form):
    """`subject` tells a person's form from a unit's, a household's. `values` are the fact's fields, `kind` its kind."""

    sensitive = False
    title: Any = ""
    submit: Any = _("Ghi dữ kiện")

    def __init__(self, *args: Any, subject: Subject, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.subject, self.today = subject, today
        for name in ("paper", "decided_on", "file"):
            if name in self.fields:
                self.fields[name] = self.fields.pop(name)

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not FIRST_YEAR <= year <= self.today.year:
            words = _("Năm phải từ %(first)s đến %(last)s.")
            raise forms.ValidationError(words, params={"first": FIRST_YEAR, "last": self.today.year})
        return year

    def clean_decided_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["decided_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Ngày văn bản đứng sau hôm nay."))
        return day

    @property
    def kind(self) -> str:
        return str(self.cleaned_data["kind"])

    @property
    def values(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("kind", "file")}
        return {name: plain(value) if isinstance(value, str) else value for name, value in said.items()}


class PaperForm(FactForm):
    """What every fact stands on."""

    paper = forms.CharField(
        label=_("Văn bản"), required=False, max_length=80, help_text=_("Số, ký hiệu."), error_messages=TOO_LONG
    )
    decided_on = PastDayField(label=_("Ngày văn bản"), required=False, help_text=HINT_DAY)
    file = forms.FileField(
        label=_("Minh chứng"), required=False, help_text=_("PDF, ảnh PNG hoặc JPEG, DOCX, XLSX; tối đa 20 MB.")
    )


class WorkForm(PaperForm):
    title = _("Ghi sáng kiến, công trình")
    kind = forms.ChoiceField(
        label=_("Loại"), choices=[(kind.value, kind.label) for kind in WORKS], error_messages=CHOICE_ERRORS
    )
    name = forms.CharField(
        label=_("Tên sáng kiến, công trình"),
        max_length=300,
        error_messages={"required": _("Chưa ghi tên."), **TOO_LONG},
    )
    year = YearField(help_text=_("Năm được công nhận."))
    scope = forms.ChoiceField(label=_("Phạm vi ảnh hưởng được công nhận"), choices=Scope.choices)

    @property
    def values(self) -> dict[str, Any]:
        said = super().values
        return said | {"title": said.pop("name")}


class SpanForm(PaperForm):
    since = PastDayField(label=_("Từ ngày"), help_text=HINT_DAY)
    until = PastDayField(label=_("Đến ngày"), required=False, help_text=_("Để trống nếu chưa kết thúc."))
    field_order = ("kind", "code", "name", "since", "until", "cleared")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        if since and since > self.today:
            self.add_error("since", _("Ngày bắt đầu đứng sau hôm nay."))
        return said


class LastingForm(SpanForm):
    title = _("Ghi thời gian công tác, nghỉ")
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[(k.value, k.label) for k in (FactKind.SERVICE, FactKind.MATERNITY, FactKind.LEAVE)],
        error_messages=CHOICE_ERRORS,
    )


class ReviewForm(SpanForm):
    """What is sensitive."""

    sensitive = True
    title = _("Ghi kỷ luật, thanh tra, khiếu nại")
    kind = forms.ChoiceField(
        label=_("Loại"), choices=[(kind.value, kind.label) for kind in SENSITIVE], error_messages=CHOICE_ERRORS
    )
    code = forms.ChoiceField(
        label=_("Hình thức kỷ luật"), required=False, choices=[("", _("không phải kỷ luật")), *Form.choices]
    )
    cleared = forms.BooleanField(label=_("Đã kết luận không có vi phạm"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        disciplined = said.get("kind") == FactKind.DISCIPLINE
        if disciplined and not said.get("code"):
            self.add_error("code", _("Chưa chọn hình thức kỷ luật."))
        if not disciplined and said.get("code"):
            self.add_error("code", _("Chỉ ghi hình thức khi loại là kỷ luật."))
        if disciplined and said.get("cleared"):
            self.add_error("cleared", _("Kỷ luật không có kết luận này; nếu quyết định bị hủy, hãy rút dữ kiện."))
        return said


class InquiryForm(ReviewForm):
    """Of a household, which nobody disciplines."""

    title = _("Ghi thanh tra, điều tra, khiếu nại")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.value, kind.label) for kind in SENSITIVE if kind != FactKind.DISCIPLINE]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        del self.fields["code"]


class GroupForm(PaperForm):
    title = _("Ghi nhóm đối tượng")
    whose = forms.ChoiceField(label=_("Nhóm này là của"), required=False)
    code = forms.ChoiceField(label=_("Nhóm"), choices=Group.choices, error_messages=CHOICE_ERRORS)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.subject != "collective":
            del self.fields["whose"]
            return
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            (FactKind.MEMBERS_GROUP.value, _("mọi người trong đơn vị chưa ghi riêng")),
            (FactKind.GROUP.value, _("chính đơn vị này")),
        ]

    @property
    def kind(self) -> str:
        return str(self.cleaned_data.get("whose") or FactKind.GROUP.value)

    @property
    def values(self) -> dict[str, Any]:
        said = super().values
        said.pop("whose", None)
        return said


class AreaForm(PaperForm):
    """Of a unit; whatever is below it and says nothing else is there too."""

    title = _("Ghi địa bàn")
    code = forms.ChoiceField(
        label=_("Địa bàn"),
        choices=Area.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Đúng cho cả các đơn vị cấp dưới chưa ghi riêng. Luật chú trọng khen thưởng nơi biên giới, trên biển, hải "
            "đảo, vùng đặc biệt khó khăn (điểm d khoản 2 Điều 5 Luật số 06/2022/QH15)."
        ),
        error_messages=CHOICE_ERRORS,
    )

    @property
    def kind(self) -> str:
        return FactKind.AREA.value


class AnswerForm(PaperForm):
    """What only a person can judge."""

    title = _("Ghi kết luận")
    code = forms.ChoiceField(label=_("Tiêu chuẩn"), error_messages=CHOICE_ERRORS)
    yes = forms.ChoiceField(label=_("Kết luận"), choices=YES_NO, widget=forms.RadioSelect, error_messages=CHOICE_ERRORS)
    year = YearField(required=False, help_text=_("Để trống nếu đúng cho mọi năm."))
    name = forms.CharField(
        label=_("Căn cứ để kết luận"),
        max_length=300,
        help_text=_("Việc làm, kết quả cụ thể; ai đánh giá."),
        error_messages={"required": _("Chưa ghi căn cứ."), **TOO_LONG},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            CHOOSE, *((one.key, f"{one.text} ({one.place})") for one in questions(self.subject).values()),
        ]  # fmt: skip

    @property
    def kind(self) -> str:
        return FactKind.ANSWER.value

    @property
    def values(self) -> dict[str, Any]:
        said = super().values
        return said | {"yes": said["yes"] == "yes", "title": said.pop("name")}


class ConfirmationForm(PaperForm):
    title = _("Ghi xác nhận")
    code = forms.ChoiceField(
        label=_("Cơ quan xác nhận"), choices=[CHOOSE, *Confirmer.choices], error_messages=CHOICE_ERRORS
    )
    yes = forms.ChoiceField(
        label=_("Nội dung"),
        choices=(("yes", _("Đã thực hiện đầy đủ nghĩa vụ")), ("no", _("Còn vi phạm, nghĩa vụ chưa thực hiện"))),
        widget=forms.RadioSelect,
        error_messages=CHOICE_ERRORS,
    )
    year = YearField(required=False, help_text=_("Để trống nếu đúng cho mọi năm."))

    @property
    def kind(self) -> str:
        return FactKind.CONFIRMATION.value

    @property
    def values(self) -> dict[str, Any]:
        said = super().values
        return said | {"yes": said["yes"] == "yes"}


class MeasureForm(PaperForm):
    title = _("Ghi số liệu")
    code = forms.ChoiceField(label=_("Số liệu"), error_messages=CHOICE_ERRORS)
    value = DecimalField(label=_("Giá trị"), max_digits=16, decimal_places=4, error_messages=NUMBER)
    year = YearField(required=False, help_text=_("Để trống nếu đúng cho mọi năm."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            CHOOSE, *((one.key, f"{one.text} ({one.place})") for one in figures(self.subject).values()),
        ]  # fmt: skip

    @property
    def kind(self) -> str:
        return FactKind.MEASURE.value


class DeedForm(FactForm):
    """An achievement; what it is commended with is said at the award."""

    title = _("Ghi thành tích")
    submit = _("Ghi thành tích")
    name = forms.CharField(
        label=_("Thành tích"),
        max_length=200,
        help_text=_("Một câu, như sẽ viết trong quyết định."),
        error_messages={"required": _("Chưa ghi thành tích."), **TOO_LONG},
    )
    text = forms.CharField(
        label=_("Kể rõ hơn"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    since = PastDayField(label=_("Từ ngày"), required=False, help_text=HINT_DAY)
    until = PastDayField(label=_("Đến ngày"), required=False, help_text=HINT_DAY)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        return said

    @property
    def kind(self) -> str:
        return ""

    @property
    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"title": plain(said["name"]), **{name: said[name] for name in ("text", "since", "until")}}


class EndForm(forms.Form):
    until = PastDayField(label=_("Ngày kết thúc"), help_text=HINT_DAY)
    cleared = forms.BooleanField(label=_("Đã kết luận không có vi phạm"), required=False)

    def __init__(self, *args: Any, may_be_cleared: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_be_cleared:
            del self.fields["cleared"]


class AwardNoteForm(forms.Form):
    merit = forms.ChoiceField(
        label=_("Loại hình khen thưởng"), required=False, choices=[("", _("chưa rõ")), *Merit.choices]
    )
    code = forms.ChoiceField(label=_("Là danh hiệu, hình thức nào trong luật"), required=False)
    deed = forms.ChoiceField(label=_("Cho thành tích nào"), required=False)

    def __init__(self, *args: Any, awards: Mapping[str, str], deeds: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", _("như sổ ghi")), *awards.items()]  # type: ignore[attr-defined]
        self.fields["deed"].choices = [("", _("chưa gắn")), *deeds.items()]  # type: ignore[attr-defined]


class CompletenessForm(forms.Form):
    kind = forms.ChoiceField(label=_("Sổ về"), choices=RecordKind.choices, error_messages=CHOICE_ERRORS)
    from_year = YearField(required=False, help_text=_("Để trống nếu đầy đủ từ khi thành lập."))
    reason = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Đã đối chiếu với tài liệu nào, ai đối chiếu."),
        error_messages={"required": _("Chưa ghi căn cứ."), **TOO_LONG},
    )

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["from_year"].label = _("Đầy đủ từ năm")

    def clean_from_year(self) -> int:
        year: int | None = self.cleaned_data["from_year"]
        if year is not None and not FIRST_YEAR <= year <= self.today.year:
            words = _("Năm phải từ %(first)s đến %(last)s.")
            raise forms.ValidationError(words, params={"first": FIRST_YEAR, "last": self.today.year})
        return year or 0

    def clean_reason(self) -> str:
        return plain(self.cleaned_data["reason"])


FORMS: dict[str, type[FactForm]] = {
    "sang-kien": WorkForm,
    "thoi-gian": LastingForm,
    "ky-luat-thanh-tra": ReviewForm,
    "thanh-tra": InquiryForm,
    "nhom": GroupForm,
    "dia-ban": AreaForm,
    "ket-luan": AnswerForm,
    "xac-nhan": ConfirmationForm,
    "so-lieu": MeasureForm,
    "thanh-tich": DeedForm,
}
OF_PEOPLE = tuple(key for key in FORMS if key not in ("thanh-tra", "dia-ban"))
OF_UNITS = ("ky-luat-thanh-tra", "nhom", "dia-ban", "ket-luan", "xac-nhan", "so-lieu", "thanh-tich")
OF_HOUSEHOLDS = ("thanh-tra", "nhom", "ket-luan", "xac-nhan", "so-lieu", "thanh-tich")


def forms_for(subject: Subject) -> tuple[str, ...]:
    return {"individual": OF_PEOPLE, "collective": OF_UNITS, "household": OF_HOUSEHOLDS}[subject]
