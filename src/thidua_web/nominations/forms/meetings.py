"""What is asked about a review meeting. What cannot be read is an error at its field; everything else is kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.forms.launches import DAY_HINT, DayField
from thidua_web.nominations.models import Attendance, Part

MOST_PEOPLE = 200
MOST_VOTES = 9999
NUMERIC = {"inputmode": "numeric"}


class MeetingForm(forms.Form):
    held_on = DayField(label=_("Ngày họp"), required=False, help_text=DAY_HINT)
    began_at = forms.TimeField(label=_("Bắt đầu lúc"), required=False, help_text=_("giờ:phút, ví dụ 14:00"))
    ended_at = forms.TimeField(label=_("Kết thúc lúc"), required=False, help_text=_("giờ:phút, ví dụ 16:30"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    members = forms.IntegerField(
        label=_("Tổng số thành viên có quyền biểu quyết"),
        min_value=1,
        max_value=MOST_VOTES,
        required=False,
        help_text=_("Kể cả người vắng mặt. Để trống thì tính theo danh sách dưới đây."),
        widget=forms.TextInput(attrs=NUMERIC),
    )
    secret = forms.BooleanField(label=_("Bỏ phiếu kín"), required=False)
    discussion = forms.CharField(
        label=_("Diễn biến, ý kiến chung"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        began, ended = values.get("began_at"), values.get("ended_at")
        if began and ended and ended <= began:
            self.add_error("ended_at", _("Giờ kết thúc không sau giờ bắt đầu."))
        return values


class AttendeeForm(forms.Form):
    name = forms.CharField(label=_("Họ và tên"), max_length=120, required=False)
    position = forms.CharField(label=_("Chức vụ, đơn vị"), max_length=160, required=False)
    part = forms.ChoiceField(label=_("Tư cách"), choices=Part.choices, required=False)
    attendance = forms.ChoiceField(label=_("Dự họp"), choices=Attendance.choices, required=False)
    words = forms.CharField(label=_("Ý kiến bằng văn bản, hoặc lý do vắng"), max_length=500, required=False)

    def clean_part(self) -> str:
        return self.cleaned_data["part"] or Part.MEMBER

    def clean_attendance(self) -> str:
        return self.cleaned_data["attendance"] or Attendance.PRESENT


@dataclass
class Row:
    token: uuid.UUID
    form: AttendeeForm
    removed: bool = False

    @property
    def prefix(self) -> str:
        return f"p-{self.token}"

    @property
    def values(self) -> dict[str, Any]:
        self.form.is_valid()
        empty = {"name": "", "position": "", "part": Part.MEMBER, "attendance": Attendance.PRESENT, "words": ""}
        return {**empty, **self.form.cleaned_data, "token": self.token}


def row(values: Mapping[str, Any], data: QueryDict | None = None) -> Row:
    token = values["token"]
    form = AttendeeForm(data, prefix=f"p-{token}", initial=dict(values), auto_id="id_%s")
    return Row(token, form)


def blank() -> Row:
    return row({"token": uuid.uuid4(), "part": Part.MEMBER, "attendance": Attendance.PRESENT})


def stored_rows(people: Iterable[Any]) -> list[Row]:
    names = ("name", "position", "part", "attendance", "words", "token")
    return [row({name: getattr(one, name) for name in names}) for one in people]


def read_rows(data: QueryDict) -> list[Row]:
    """What was sent; a row without a name is nobody."""
    gone = set(data.getlist("remove"))
    found = []
    for text in dict.fromkeys(data.getlist("p")[:MOST_PEOPLE]):
        try:
            one = row({"token": uuid.UUID(text)}, data)
        except ValueError:
            continue
        one.removed = one.prefix in gone or not data.get(f"{one.prefix}-name", "").strip()
        found.append(one)
    return found


class VoteForm(forms.Form):
    """One nomination's votes; written opinions are counted in."""

    agreed = forms.IntegerField(
        label=_("Đồng ý"), min_value=0, max_value=MOST_VOTES, required=False, widget=forms.TextInput(attrs=NUMERIC)
    )
    against = forms.IntegerField(
        label=_("Không đồng ý"),
        min_value=0,
        max_value=MOST_VOTES,
        required=False,
        widget=forms.TextInput(attrs=NUMERIC),
    )
    abstained = forms.IntegerField(
        label=_("Không có ý kiến"),
        min_value=0,
        max_value=MOST_VOTES,
        required=False,
        widget=forms.TextInput(attrs=NUMERIC),
    )

    def __init__(self, *args: Any, most: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        counts = [values.get(name) for name in ("agreed", "against", "abstained")]
        if any(count is not None for count in counts) and values.get("agreed") is None and not self.errors:
            self.add_error("agreed", _("Ghi số phiếu đồng ý, kể cả khi là 0."))
        total = sum(count or 0 for count in counts)
        if self.most and total > self.most:
            self.add_error("agreed", _("Tổng số phiếu nhiều hơn số thành viên có quyền biểu quyết."))
        return values


def vote_form(key: int, initial: Mapping[str, Any], most: int | None, data: QueryDict | None = None) -> VoteForm:
    return VoteForm(data, prefix=f"v-{key}", initial=dict(initial), most=most, auto_id="id_%s")


class AlikeForm(VoteForm):
    """The same result for every nomination without one."""


LONGEST_ANALYSIS = 4000


def read_analysis(data: QueryDict, keys: Iterable[str]) -> dict[str, str]:
    return {key: data.get(f"a-{key}", "").strip()[:LONGEST_ANALYSIS] for key in keys}
