"""Form fields for the values of facts, written and shown as officials write them."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from thidua.plans.reading import Relative
from thidua.vietnamese.numbers import NUMBER, parse_number
from thidua_web.campaigns.pages.wording import WEEKDAYS, say_day, say_number, weekdays

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class DayField(forms.DateField):
    """A day as 09/10/2024, whatever the browser's own language."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("“%(value)s” không phải là một ngày. Viết ngày/tháng/năm, ví dụ 09/10/2026.")
        super().__init__(input_formats=DAY_FORMATS, error_messages={"invalid": wrong}, **kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            error.params = {"value": value}
            raise

    def prepare_value(self, value: Any) -> Any:
        iso = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        return say_day(value) if iso or isinstance(value, datetime.date) else value


class PartialDayField(forms.CharField):
    """A day, a month or a year as 09/10/2024, 10/2024 or 2024; the value is their ISO form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        parts = re.split(r"[/.\-]", text) if text else []
        if not all(part.isdecimal() for part in parts) or len(parts) > 3 or (parts and len(parts[-1]) != 4):
            wrong = _("“%(value)s” không phải là ngày, tháng hoặc năm. Ví dụ: 15/12/2026, 9/2026 hoặc 2026.")
            raise forms.ValidationError(wrong, code="invalid", params={"value": text})
        return "-".join([parts[-1], *(f"{int(part):02}" for part in reversed(parts[:-1]))]) if parts else ""

    def prepare_value(self, value: Any) -> Any:
        iso = isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d){0,2}", value)
        return say_day(value) if iso else value


class NumberField(forms.CharField):
    """A number as 1.234,5."""

    whole = False

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip().replace(" ", "")
        if not text:
            return None
        number = parse_number(text) if re.fullmatch(NUMBER, text) else None
        if number is None or (self.whole and number % 1):
            raise forms.ValidationError(self.wrong(), code="invalid", params={"value": text})
        return int(number) if self.whole else number

    def wrong(self) -> Any:
        return _("“%(value)s” không phải là số. Viết theo kiểu 1.234,5.")

    def prepare_value(self, value: Any) -> Any:
        """Always as it is read back, in the Vietnamese way, whatever the page's language."""
        return say_number(value, "vi") if isinstance(value, int | float) else value


class WholeField(NumberField):
    whole = True

    def wrong(self) -> Any:
        return _("“%(value)s” không phải là số nguyên.")


class YearField(WholeField):
    """A year has no dot after its thousands."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value


class YearsField(forms.CharField):
    """First and last year as 2020–2024."""

    def clean(self, value: Any) -> tuple[int, int] | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{4})(?:\s*(?:-|–|đến)\s*(\d{4}))?", text)
        if not found:
            wrong = _("“%(value)s” không phải là khoảng năm. Viết ví dụ 2020–2024.")
            raise forms.ValidationError(wrong, code="invalid", params={"value": text})
        return int(found[1]), int(found[2] or found[1])

    def prepare_value(self, value: Any) -> Any:
        return f"{value[0]}–{value[1]}" if isinstance(value, list | tuple) else value


class SeveralInputs(forms.MultiWidget):
    """Inputs of one value, each under its own label."""

    template_name = "campaigns/_several_inputs.html"

    def __init__(self, parts: dict[str, forms.Widget], labels: list[Any]) -> None:
        super().__init__(parts)
        self.labels = labels

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["labelled"] = list(zip(self.labels, context["widget"]["subwidgets"], strict=True))
        return context


class RelativeInputs(SeveralInputs):
    def __init__(self) -> None:
        units = [("day", _("ngày")), ("working_day", _("ngày làm việc"))]
        super().__init__(
            {
                "days": forms.TextInput(attrs={"inputmode": "numeric"}),
                "unit": forms.Select(choices=units),
                "from": forms.TextInput(),
            },
            [_("Số ngày"), _("Tính theo"), _("Kể từ")],
        )

    def decompress(self, value: Any) -> list[Any]:
        relative = value if isinstance(value, Relative) else Relative()
        return [relative.days, relative.unit, relative.from_]


class RelativeField(forms.MultiValueField):
    """A deadline counted from another event."""

    widget = RelativeInputs

    def __init__(self, **kwargs: Any) -> None:
        days = forms.IntegerField(required=False, error_messages={"invalid": _("Số ngày phải là số nguyên.")})
        unit = forms.CharField(required=False)
        super().__init__((days, unit, forms.CharField(required=False)), require_all_fields=False, **kwargs)

    def compress(self, data: list[Any]) -> Relative | None:
        days, unit, event = data or (None, None, None)
        if days is None and not event:
            return None
        return Relative(days=days, unit="working_day" if unit == "working_day" else "day", from_=event or None)


EVERY = [
    ("", _("Không lặp lại")),
    ("daily", _("Hằng ngày")),
    ("weekly", _("Hằng tuần")),
    ("monthly", _("Hằng tháng")),
    ("quarterly", _("Hằng quý")),
    ("half-yearly", _("6 tháng một lần")),
    ("yearly", _("Hằng năm")),
    ("other", _("Khác (RRULE)")),
]
RULES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "half-yearly": "FREQ=MONTHLY;INTERVAL=6",
    "yearly": "FREQ=YEARLY",
}
MONTHS = {"quarterly": "3,6,9,12", "half-yearly": "6,12"}
DATED = ("monthly", "quarterly", "half-yearly", "yearly")


_weekday = lazy(lambda code: weekdays()[code], str)


class RuleInputs(SeveralInputs):
    def __init__(self) -> None:
        weekdays = [("", ""), *((code, _weekday(code)) for code in WEEKDAYS)]
        super().__init__(
            {
                "every": forms.Select(choices=EVERY),
                "weekday": forms.Select(choices=weekdays),
                "day": forms.TextInput(attrs={"inputmode": "numeric"}),
                "months": forms.TextInput(),
                "other": forms.TextInput(),
            },
            [_("Lặp lại"), _("Thứ (hằng tuần)"), _("Ngày (-1: ngày cuối)"), _("Các tháng"), _("Quy tắc khác")],
        )

    def decompress(self, value: Any) -> list[Any]:
        return split_rule(value) if value else [""] * 5


def split_rule(rule: str) -> list[str]:
    """An RRULE as (every, weekday, day, months, other); what has no place of its own stands whole under "other"."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    weekday, day, months = (parts.pop(name, "") for name in ("BYDAY", "BYMONTHDAY", "BYMONTH"))
    plain = ";".join(f"{name}={value}" for name, value in parts.items())
    every = next((name for name, text in RULES.items() if text == plain), "other")
    if every == "other" or join_rule(every, weekday, day, months) != rule:
        return ["other", "", "", "", rule]
    return [every, weekday, day, months.replace(",", ", "), ""]


def join_rule(every: str, weekday: str, day: str, months: str) -> str:
    kept = [RULES[every]]
    if every in DATED and months:
        kept.append(f"BYMONTH={months}")
    if every in DATED and day:
        kept.append(f"BYMONTHDAY={day}")
    if every == "weekly" and weekday:
        kept.append(f"BYDAY={weekday}")
    return ";".join(kept)


class RuleField(forms.MultiValueField):
    """How a deadline recurs; the value is an iCalendar RRULE, which the core judges."""

    widget = RuleInputs

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([forms.CharField(required=False) for _part in range(5)], require_all_fields=False, **kwargs)

    def compress(self, data: list[Any]) -> str:
        every, weekday, day, months, other = (str(part or "").strip() for part in (data or [""] * 5))
        if every == "other":
            return other
        if not every:
            return ""
        if every not in RULES:
            raise forms.ValidationError(_("Hãy chọn chu kỳ trong danh sách."), code="invalid")
        return join_rule(every, weekday, day, re.sub(r"[\s;,]+", ",", months).strip(",") or MONTHS.get(every, ""))
