"""Values as officials write them: 09/10/2024, 1.234,5, "ngày 15 của tháng cuối quý"."""

from __future__ import annotations

import datetime

from django.utils.translation import get_language, gettext, ngettext

WEEKDAYS = {
    "MO": "thứ Hai",
    "TU": "thứ Ba",
    "WE": "thứ Tư",
    "TH": "thứ Năm",
    "FR": "thứ Sáu",
    "SA": "thứ Bảy",
    "SU": "Chủ nhật",
}
ENGLISH_WEEKDAYS = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
# 1,234.5 as 1.234,5
_MARKS = str.maketrans(",.", ".,")


def weekdays() -> dict[str, str]:
    """Names of the days of the week by their iCalendar codes, Monday first."""
    return ENGLISH_WEEKDAYS if get_language() == "en" else WEEKDAYS


def say_day(value: object) -> str:
    """A date, or an ISO day, month or year, as 09/10/2024, 10/2024 or 2024; other words stay as they are."""
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    parts = str(value).split("-")
    return "/".join(reversed(parts)) if all(part.isdecimal() for part in parts) and len(parts) <= 3 else str(value)


def say_number(value: float, language: str | None = None) -> str:
    """In the page's language where none is named."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text if (language or get_language()) == "en" else text.translate(_MARKS)


def say_span(start: object, end: object) -> str:
    if start and end and start == end:
        return say_day(start)
    if start and end:
        return gettext("từ %(start)s đến %(end)s") % {"start": say_day(start), "end": say_day(end)}
    if start:
        return gettext("từ %(start)s") % {"start": say_day(start)}
    return gettext("đến %(end)s") % {"end": say_day(end)} if end else ""


def say_recurrence(rule: str) -> str:
    """An RRULE in words; a rule of a shape that has no words is shown as it is."""
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    known = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "UNTIL", "COUNT", "BYSETPOS", "WKST"}
    every = _every(parts.get("FREQ", ""), int(parts.get("INTERVAL", "1")), _numbers(parts.get("BYMONTH")))
    if not every or set(parts) - known:
        return rule
    pieces = [every, _on_days(parts), _in_months(parts), _until(parts)]
    return ", ".join(piece for piece in pieces if piece)


def _every(frequency: str, interval: int, months: list[int]) -> str:
    if frequency == "MONTHLY" and (interval == 3 or months in ([3, 6, 9, 12], [1, 4, 7, 10])):
        return gettext("hằng quý")
    if frequency in ("MONTHLY", "YEARLY") and (interval == 6 or len(months) == 2):
        return gettext("6 tháng một lần")
    one = {
        "DAILY": gettext("hằng ngày"),
        "WEEKLY": gettext("hằng tuần"),
        "MONTHLY": gettext("hằng tháng"),
        "YEARLY": gettext("hằng năm"),
    }
    if interval == 1 or frequency not in one:
        return one.get(frequency, "")
    unit = {
        "DAILY": ngettext("%(n)d ngày một lần", "%(n)d ngày một lần", interval),
        "WEEKLY": ngettext("%(n)d tuần một lần", "%(n)d tuần một lần", interval),
        "MONTHLY": ngettext("%(n)d tháng một lần", "%(n)d tháng một lần", interval),
        "YEARLY": ngettext("%(n)d năm một lần", "%(n)d năm một lần", interval),
    }
    return unit[frequency] % {"n": interval}


def _on_days(parts: dict[str, str]) -> str:
    days = _numbers(parts.get("BYMONTHDAY"))
    if days == [-1]:
        return gettext("ngày cuối tháng")
    if days:
        return gettext("ngày %(days)s") % {"days": _list(days)}
    names = weekdays()
    return ", ".join(names.get(day[-2:], day) for day in parts.get("BYDAY", "").split(",") if day)


def _in_months(parts: dict[str, str]) -> str:
    months = _numbers(parts.get("BYMONTH"))
    if len(months) == 1:
        return gettext("tháng %(month)s") % {"month": months[0]}
    return gettext("các tháng %(months)s") % {"months": _list(months)} if 0 < len(months) < 12 else ""


def _until(parts: dict[str, str]) -> str:
    if "UNTIL" in parts:
        day = parts["UNTIL"]
        return gettext("đến %(end)s") % {"end": f"{day[6:8]}/{day[4:6]}/{day[:4]}"}
    if "COUNT" in parts:
        return gettext("%(n)s lần") % {"n": parts["COUNT"]}
    return ""


def _numbers(text: str | None) -> list[int]:
    return [int(word) for word in (text or "").split(",") if word.lstrip("-").isdecimal()]


def _list(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
