"""A household is added or put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.register.forms.desks import DeskForm
from thidua_web.register.forms.fields import PastDayField, UnitField, UnitInput
from thidua_web.register.forms.units import TOO_LONG, plain
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.models.people import Sex

STATES = (("", _("đang ở")), ("moi-ho", _("đang ở và đã đi")))


class PersonCodeField(forms.CharField):
    """A person by the code that units give their staff. Cleans to the Person; the form sets `among`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.among: QuerySet[Person] = Person.objects.none()

    def clean(self, value: Any) -> Person | None:
        code = plain(str(super().clean(value)))
        if not code:
            return None
        found = list(self.among.filter(code__iexact=code)[:2])
        if len(found) != 1:
            said = (
                _("Không có ai mang mã “%(code)s” trong phạm vi của bạn.")
                if not found
                else _("Nhiều người mang mã “%(code)s”. Hãy sửa mã của họ trước.")
            )
            raise forms.ValidationError(said, params={"code": code})
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Person) else value


class HouseholdForm(forms.Form):
    head_name = forms.CharField(
        label=_("Họ và tên chủ hộ"),
        max_length=120,
        error_messages={"required": _("Chưa ghi họ và tên chủ hộ."), **TOO_LONG},
    )
    head_sex = forms.ChoiceField(
        label=_("Giới tính của chủ hộ"),
        required=False,
        choices=[("", _("chưa rõ")), *Sex.choices],
        help_text=_("Để gọi “Hộ ông”, “Hộ bà”."),
    )
    unit = UnitField(label=_("Xã, phường, đặc khu"), help_text=_("Ghi tên hoặc mã; đang gõ thì máy gợi ý."))
    address = forms.CharField(
        label=_("Nơi ở"),
        required=False,
        max_length=200,
        help_text=_("Thôn, tổ dân phố, số nhà."),
        error_messages=TOO_LONG,
    )
    code = forms.CharField(
        label=_("Mã hộ"),
        required=False,
        max_length=40,
        help_text=_("Mã mà xã dùng để gọi hộ này."),
        error_messages=TOO_LONG,
    )
    head = PersonCodeField(
        label=_("Mã cán bộ của chủ hộ"),
        required=False,
        help_text=_("Chỉ ghi khi chủ hộ cũng có trong sổ người."),
    )
    valid_from = PastDayField(label=_("Là hộ ở đây từ ngày"), required=False, help_text=_("ngày/tháng/năm"))
    valid_to = PastDayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Ghi khi hộ đã chuyển đi hoặc không còn. Để trống là còn.")
    )

    def __init__(self, *args: Any, among: QuerySet[Unit], people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].among = among  # type: ignore[attr-defined]
        self.fields["head"].among = people  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """As the household's fields are called."""
        return {name: plain(value) if isinstance(value, str) else value for name, value in self.cleaned_data.items()}


def values_of(household: Household) -> dict[str, Any]:
    return {name: getattr(household, name) for name in HouseholdForm.base_fields}


class HouseholdDeskForm(DeskForm):
    don_vi = UnitField(label=_("ở"), required=False, widget=UnitInput)
    trang_thai = forms.ChoiceField(label=_("tình trạng"), required=False, choices=STATES)
