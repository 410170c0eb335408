"""A person is added or put right, takes a post or leaves it; two are merged; sensitive data are written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.register.forms.fields import PastDayField, UnitField
from thidua_web.register.forms.units import TOO_LONG, plain
from thidua_web.register.models import Person, Unit
from thidua_web.register.models.people import Sex

FIRST_YEAR = 1900
BIRTH = re.compile(r"(?:(\d{1,2})[/.\-](\d{1,2})[/.\-])?(\d{4})")
# As lists write it.
YES = "x"
ID_NUMBER = re.compile(r"\d{9}|\d{12}")


class Birth(NamedTuple):
    """The whole day, or the year alone."""

    day: datetime.date | None
    year: int | None


class BirthField(forms.CharField):
    """09/10/1990, or 1990."""

    def clean(self, value: Any) -> Birth:
        text = plain(str(super().clean(value)))
        if not text:
            return Birth(None, None)
        found = BIRTH.fullmatch(text)
        wrong = forms.ValidationError(
            _("“%(value)s” không phải là ngày sinh. Viết 09/10/1990, hoặc chỉ năm: 1990."), params={"value": text}
        )
        if found is None:
            raise wrong
        day, month, year = found.groups()
        if not FIRST_YEAR <= int(year) <= datetime.date.max.year or (day is None and month is not None):
            raise wrong
        try:
            return Birth(datetime.date(int(year), int(month), int(day)) if day else None, int(year))
        except ValueError:
            raise wrong from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Birth):
            return f"{value.day:%d/%m/%Y}" if value.day else str(value.year or "")
        return value


class IdentityForm(forms.Form):
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=120, error_messages={"required": _("Chưa ghi họ và tên."), **TOO_LONG}
    )
    code = forms.CharField(label=_("Mã cán bộ"), required=False, max_length=40, error_messages=TOO_LONG)
    birth = BirthField(label=_("Ngày sinh"), required=False, max_length=10, help_text=_("09/10/1990, hoặc chỉ năm"))
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", _("chưa rõ")), *Sex.choices])

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_full_name(self) -> str:
        return plain(self.cleaned_data["full_name"])

    def clean_code(self) -> str:
        return plain(self.cleaned_data["code"])

    def clean_birth(self) -> Birth:
        birth: Birth = self.cleaned_data["birth"]
        if birth.year and birth.year > self.today.year:
            raise forms.ValidationError(_("Năm sinh đứng sau năm nay."))
        return birth

    @property
    def plain_values(self) -> dict[str, Any]:
        """As the person's fields are called."""
        birth: Birth = self.cleaned_data["birth"]
        names = ("full_name", "code", "sex")
        return {name: self.cleaned_data[name] for name in names} | {"birth_date": birth.day, "birth_year": birth.year}


def identity_of(person: Person) -> dict[str, Any]:
    birth = Birth(person.birth_date, person.birth_year)
    return {"full_name": person.full_name, "code": person.code, "sex": person.sex, "birth": birth}


class PostFields(forms.Form):
    position = forms.CharField(label=_("Chức vụ"), required=False, max_length=160, error_messages=TOO_LONG)
    is_head = forms.BooleanField(label=_("Đứng đầu đơn vị"), required=False)

    def clean_position(self) -> str:
        return plain(self.cleaned_data["position"])


class NewPersonForm(IdentityForm, PostFields):
    unit = UnitField(label=_("Đơn vị"), help_text=_("Ghi tên hoặc mã; đang gõ thì máy gợi ý."))
    since = PastDayField(label=_("Từ ngày"), help_text=_("Ngày bắt đầu ở đơn vị: ngày/tháng/năm"))
    field_order = ("full_name", "birth", "sex", "code", "unit", "position", "is_head", "since")

    def __init__(self, *args: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].among = among  # type: ignore[attr-defined]


class PostForm(PostFields):
    """A post that is held: put right, or ended."""

    valid_from = PastDayField(label=_("Từ ngày"), help_text=_("ngày/tháng/năm"))
    valid_to = PastDayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống là còn giữ."))
    field_order = ("unit", "position", "is_head", "main", "valid_from", "valid_to")


class NewPostForm(PostForm):
    unit = UnitField(label=_("Đơn vị"), help_text=_("Ghi tên hoặc mã; đang gõ thì máy gợi ý."))
    main = forms.BooleanField(
        label=_("Là nơi công tác chính"),
        required=False,
        help_text=_("Bỏ chọn nếu kiêm nhiệm: người này vẫn đứng trong danh sách của đơn vị cũ."),
    )

    def __init__(self, *args: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].among = among  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao là một người"),
        max_length=300,
        help_text=_("Ghi vào nhật ký, ví dụ: nhập hai lần từ hai danh sách."),
        error_messages={"required": _("Chưa ghi lý do gộp."), **TOO_LONG},
    )


class SensitiveForm(forms.Form):
    ethnicity = forms.CharField(label=_("Dân tộc"), required=False, max_length=40, error_messages=TOO_LONG)
    religion = forms.CharField(label=_("Tôn giáo"), required=False, max_length=40, error_messages=TOO_LONG)
    party_member = forms.ChoiceField(
        label=_("Đảng viên"), required=False, choices=(("", _("không ghi")), (YES, _("là đảng viên")))
    )
    party_since = PastDayField(label=_("Ngày vào Đảng"), required=False, help_text=_("ngày/tháng/năm"))
    id_number = forms.CharField(
        label=_("Số định danh cá nhân (CCCD)"),
        required=False,
        max_length=20,
        help_text=_("12 chữ số, hoặc 9 của CMND cũ"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @classmethod
    def shown(cls, values: Mapping[str, str]) -> dict[str, Any]:
        """What is sealed, as the form's fields show it."""
        since = values.get("party_since", "")
        return {**values, "party_since": datetime.date.fromisoformat(since) if since else None}

    def clean_id_number(self) -> str:
        number = "".join(self.cleaned_data["id_number"].split())
        if number and not ID_NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Số định danh có 12 chữ số (CMND cũ có 9)."))
        return number

    @property
    def values(self) -> dict[str, str]:
        """As they are sealed: days in ISO form."""
        given = self.cleaned_data
        since = given["party_since"]
        return {
            "ethnicity": plain(given["ethnicity"]),
            "religion": plain(given["religion"]),
            "party_member": YES if since else given["party_member"],
            "party_since": since.isoformat() if since else "",
            "id_number": given["id_number"],
        }
