"""What an administrator fills in to invite, and an invited person to accept."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Role
from thidua_web.accounts.choosing import UnitField, Units
from thidua_web.accounts.forms import PASSWORD_HINT
from thidua_web.accounts.inviting import queries
from thidua_web.accounts.inviting.reading import LONGEST_NAME, Fault, Guest, read_lines
from thidua_web.accounts.managing.forms import CHOOSE_ROLE
from thidua_web.accounts.models import User
from thidua_web.register.models import Person, Unit

NO_ROLE = {"required": _("Hãy chọn vai trò."), "invalid_choice": _("Hãy chọn vai trò.")}
BAD_EMAIL = {"required": _("Chưa ghi địa chỉ thư."), "invalid": _("Địa chỉ thư không đúng, ví dụ: ten@coquan.gov.vn.")}
NO_NAME = {"required": _("Chưa ghi họ tên."), "max_length": _("Quá dài: tối đa %(limit_value)d ký tự.")}


def faults_of(guests: Sequence[tuple[int, Guest]], by: User, at: datetime.datetime) -> list[Fault]:
    """One's own address, and who has an open invitation for the same. Nothing is said of who has an account."""
    there = queries.already_invited([guest for _line, guest in guests], at=at)
    faults = [Fault(line, str(queries.OWN)) for line, guest in guests if queries.is_own(guest.email, by)]
    again = gettext("%(email)s đã được mời vai trò này ngày %(day)s, chưa nhận. Gửi lại ở danh sách lời mời.")
    for line, guest in guests:
        if row := there.get(guest.key):
            faults.append(Fault(line, again % {"email": guest.email, "day": f"{row.at:%d/%m/%Y}"}))
    return sorted(faults, key=lambda fault: fault.line)


class OneForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=LONGEST_NAME, error_messages=NO_NAME)
    email = forms.EmailField(label=_("Thư điện tử"), error_messages=BAD_EMAIL)
    role = forms.ChoiceField(label=_("Vai trò"), choices=CHOOSE_ROLE, error_messages=NO_ROLE)
    unit = UnitField(help_text=_("mã hoặc tên"))

    def __init__(self, *args: Any, units: Units, by: User, at: datetime.datetime, **options: Any) -> None:
        super().__init__(*args, auto_id="one_%s", **options)
        self.fields["unit"].choose_among(units)  # type: ignore[attr-defined]
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.by, self.at = by, at

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            for fault in faults_of([(1, self.guest)], self.by, self.at):
                self.add_error("email", fault.text)
        return said

    @property
    def guest(self) -> Guest:
        said = self.cleaned_data
        return Guest(" ".join(said["full_name"].split()), said["email"].lower(), Role(said["role"]), said["unit"])


class ManyForm(forms.Form):
    """`faults` hold all that is wrong, by line; `guests` are there when nothing is."""

    lines = forms.CharField(
        label=_("Mỗi người một dòng"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        error_messages={"required": _("Chưa có dòng nào.")},
    )

    def __init__(
        self, *args: Any, units: Units, here: Unit | None, by: User, at: datetime.datetime, **options: Any
    ) -> None:
        super().__init__(*args, auto_id="many_%s", **options)
        self.units, self.here, self.by, self.at = units, here, by, at
        self.faults: list[Fault] = []
        self.guests: list[Guest] = []

    def clean_lines(self) -> str:
        text: str = self.cleaned_data["lines"]
        read = read_lines(text, self.units, self.here)
        self.faults = sorted([*read.faults, *faults_of(read.guests, self.by, self.at)], key=lambda one: one.line)
        if not self.faults and not read.guests:
            raise forms.ValidationError(_("Chưa có dòng nào."))
        if self.faults:
            n = len(self.faults)
            raise forms.ValidationError(_("Có %(n)d chỗ cần sửa; chưa ai được mời."), params={"n": n})
        self.guests = [guest for _line, guest in read.guests]
        return text


class PeopleForm(forms.Form):
    """The people of a unit in the register, each with an address to write in; those with one are invited."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        unit: Unit,
        by: User,
        at: datetime.datetime,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.people, self.unit, self.by, self.at = people, unit, by, at
        self.guests: list[Guest] = []
        for person in people:
            said = {"name": person.full_name}
            self.fields[f"email-{person.pk}"] = forms.EmailField(
                label=gettext("Thư điện tử của %(name)s") % said, required=False, error_messages=BAD_EMAIL
            )
            self.fields[f"role-{person.pk}"] = forms.ChoiceField(
                label=gettext("Vai trò của %(name)s") % said, choices=Role.choices, initial=Role.CLERK, required=False
            )

    def rows(self) -> list[tuple[Person, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"email-{one.pk}"], self[f"role-{one.pk}"]) for one in self.people]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        guests = [(one.pk, self._guest(one, said)) for one in self.people if said.get(f"email-{one.pk}")]
        for fault in faults_of(guests, self.by, self.at):
            self.add_error(f"email-{fault.line}", fault.text)
        seen: dict[str, int] = {}
        for pk, guest in guests:
            if seen.setdefault(guest.email, pk) != pk:
                self.add_error(f"email-{pk}", _("Địa chỉ này đã ghi cho một người khác ở trên."))
        if not guests and not self.errors:
            raise forms.ValidationError(_("Chưa ghi địa chỉ thư của ai."))
        self.guests = [guest for _pk, guest in guests]
        return said

    def _guest(self, person: Person, said: dict[str, Any]) -> Guest:
        role = Role(said.get(f"role-{person.pk}") or Role.CLERK)
        return Guest(person.full_name, said[f"email-{person.pk}"].lower(), role, self.unit, person)


class AcceptForm(forms.Form):
    """A new account; the address is that of the invitation."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=LONGEST_NAME, error_messages=NO_NAME)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        validators=[UnicodeUsernameValidator(message=_("Chỉ dùng chữ, số và các dấu @ . + - _, viết liền."))],
        help_text=_("Viết liền, không dấu cách; đăng nhập được cả bằng địa chỉ thư."),
        error_messages={
            "required": _("Chưa ghi tên đăng nhập."),
            "max_length": _("Quá dài: tối đa %(limit_value)d ký tự."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password1 = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        help_text=PASSWORD_HINT,
        error_messages={"required": _("Chưa đặt mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập lại mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_full_name(self) -> str:
        return " ".join(self.cleaned_data["full_name"].split())

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            free = queries.free_username(name)
            raise forms.ValidationError(_("Tên này đã có người dùng. Còn trống: %(free)s."), params={"free": free})
        return name

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, second = said.get("password1"), said.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập khác nhau."))
        return said
