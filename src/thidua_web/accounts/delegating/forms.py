"""What somebody fills in to lend a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.delegating.queries import LONGEST, MOST_LISTED
from thidua_web.accounts.models import Membership, User
from thidua_web.config.days import DayField

NAMED = re.compile(r"\(([^()\s]+)\)\s*$")


class ColleagueInput(forms.TextInput):
    """A line to write in, with the colleagues to choose from where they are few."""

    template_name = "accounts/delegating/colleague_input.html"

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"})
        self.people: Sequence[User] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.people:
            context["people"] = self.people
            context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_people"
        return context


class LendForm(forms.Form):
    """Fields are named as the act names what it refuses."""

    post = forms.ModelChoiceField(
        label=_("Vai trò của bạn"),
        queryset=Membership.objects.none(),
        empty_label=None,
        error_messages={"required": _("Hãy chọn vai trò."), "invalid_choice": _("Hãy chọn vai trò.")},
    )
    to = forms.CharField(
        label=_("Ủy quyền cho"),
        max_length=200,
        widget=ColleagueInput,
        help_text=_("họ tên hoặc tên đăng nhập; người cùng đơn vị, cấp trên hoặc cấp dưới"),
        error_messages={"required": _("Chưa ghi người nhận.")},
    )
    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do hoặc số văn bản"),
        max_length=300,
        error_messages={
            "required": _("Hãy ghi lý do hoặc số văn bản, ví dụ: đi công tác; Giấy ủy quyền số 12/GUQ-SNV."),
            "max_length": _("Quá dài: tối đa %(limit_value)d ký tự."),
        },
    )

    def __init__(self, *args: Any, posts: Sequence[Membership], people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, auto_id="lend_%s", **options)
        choice: Any = self.fields["post"]
        choice.queryset = Membership.objects.filter(pk__in=[row.pk for row in posts]).select_related("unit")
        choice.label_from_instance = lambda row: f"{row.get_role_display()}, {row.unit.name}"
        listed = list(people[: MOST_LISTED + 1])
        self.people = people
        self.fields["to"].widget.people = listed if len(listed) <= MOST_LISTED else ()
        self.fields["last"].help_text = _("nhiều nhất %(days)d ngày") % {"days": LONGEST}

    def clean_to(self) -> User:
        """By "Họ Tên (ten.dang.nhap)" as listed, by the name to sign in with, or by a full name that one person has."""
        text: str = " ".join(self.cleaned_data["to"].split())
        named = NAMED.search(text)
        username = named[1] if named else text
        if found := self.people.filter(username__iexact=username).first():
            return found
        same = [one for one in self.people.filter(folded__contains=search_key(text))[:50] if _is_called(one, text)]
        if len(same) == 1:
            return same[0]
        if same:
            names = "; ".join(f"{one.full_name} ({one.username})" for one in same[:4])
            raise forms.ValidationError(
                _("Có nhiều người tên ấy: %(names)s. Ghi tên đăng nhập."), params={"names": names}
            )
        raise forms.ValidationError(
            _("Không có ai tên “%(name)s” làm việc ở đơn vị của bạn, cấp trên hay cấp dưới và có tài khoản đang dùng."),
            params={"name": text},
        )

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())


def _is_called(user: User, text: str) -> bool:
    return search_key(user.full_name) == search_key(text)
