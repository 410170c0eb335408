"""One cell of a workbook into a typed value: what Excel and people make of codes, days, names and numbers.

A cell holds what a reader of workbooks gives: text, int, float, bool, a date or a date with time, or None.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from thidua.register.kinds import Column, header_key
from thidua.vietnamese.folding import fold

Value = str | int | bool | datetime.date | tuple[str, ...]


class Odd(NamedTuple):
    """A cell that is wrong (`sure`), or can be read as `value` but should be looked at; `code` makes the sentence."""

    code: str
    params: dict[str, Any]
    value: Value | None = None
    sure: bool = True


Read = Callable[[Any], "Value | Odd | None"]

# Marks without width and controls: nobody sees them, every comparison does.
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#####"})
# Letters that stand for Vietnamese ones in the fonts of before Unicode (TCVN3: "NguyÔn V¨n").
_OLD = "¡¤¦¨©ª¬®µ¶¸¹¼½¾Æ×ÞßÐ"
_OLD_FONT = re.compile(rf"(?<=[^\W\d_])[{_OLD}]|[{_OLD}](?=[^\W\d_])")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
# A double holds this many digits for certain.
_SURE_DIGITS = 15
_EARLIEST = 1900
_LATEST = 2100
_SERIAL_START = datetime.date(1899, 12, 30)


def reader(column: Column, today: datetime.date | None = None, *, zero_led: int = 0) -> Read:
    """How cells of this column are read; None for an empty one.

    `today` bounds columns of what is past. `zero_led`: other codes of the column begin with 0 and are that long.
    """
    read = _code(column, zero_led) if column.type == "code" else _READERS[column.type](column)
    if column.past and today is not None:
        read = _not_after(read, today)
    return read


def clean(text: str) -> str:
    """Composed, single spaces, nothing invisible."""
    if not text.isprintable():
        text = _HIDDEN.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _text(cell: Any) -> str | Odd:
    """A cell's words. Numbers that are whole lose the fraction Excel gives them (1.0 is "1")."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.date):
        return Odd("cell.became_date", {"said": f"{cell:%d/%m/%Y}"}, f"{cell:%d/%m/%Y}", sure=False)
    return clean(str(cell))


def _words(column: Column) -> Read:
    longest = column.longest

    def read(cell: Any) -> Value | Odd | None:
        text = _text(cell)
        if isinstance(text, Odd) or not text:
            return text or None
        if text in _EXCEL_ERRORS:
            return Odd("cell.excel_error", {"said": text})
        if len(text) > longest:
            return Odd("cell.too_long", {"said": f"{text[:40]}…", "longest": longest, "length": len(text)})
        if not text.isascii() and _OLD_FONT.search(text):
            return Odd("cell.old_font", {"said": text}, text, sure=False)
        return text

    return read


def _name(column: Column) -> Read:
    words = _words(column)

    def read(cell: Any) -> Value | Odd | None:
        text = words(cell)
        if not isinstance(text, str):
            return text
        if text.isupper() or text.islower():
            text = _capitalised(text)
        if " " not in text or any(char.isdigit() or char in "@#_/\\;:" for char in text):
            return Odd("cell.name_odd", {"said": text}, text, sure=False)
        return text

    return read


def _capitalised(name: str) -> str:
    """ "NGUYỄN THỊ H'MAI" is Nguyễn Thị H'Mai."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _code(column: Column, zero_led: int) -> Read:
    words, lengths = _words(column), sorted(column.digits)

    def read(cell: Any) -> Value | Odd | None:
        shortened = _shortened(cell)
        if shortened:
            return shortened
        text = words(cell)
        if isinstance(text, Odd) and text.code == "cell.became_date":
            return Odd("cell.code_became_date", text.params)
        if not isinstance(text, str):
            return text
        text = text.replace(" ", "")
        if lengths and text.isdecimal() and len(text) not in lengths:
            return _padded(text, lengths)
        if not isinstance(cell, str) and text.isdecimal() and len(text) < zero_led:
            return Odd("cell.zeros_elsewhere", {"said": text}, text, sure=False)
        return text

    return read


def _padded(text: str, lengths: list[int]) -> Odd:
    """Digits of a length that no such code has: Excel takes the zeros at the front away."""
    longer = [length for length in lengths if length > len(text)]
    if not longer:
        return Odd("cell.wrong_digits", {"said": text, "digits": lengths, "length": len(text)})
    full = text.zfill(longer[0])
    return Odd("cell.lost_zeros", {"said": text, "taken": full}, full, sure=False)


def _shortened(cell: Any) -> Odd | None:
    """A long number that Excel shortened: the digits at its end are gone."""
    if isinstance(cell, float) and abs(cell) >= 10**_SURE_DIGITS:
        return Odd("cell.shortened", {"said": repr(cell)})
    if isinstance(cell, str) and _SHORTENED.fullmatch(cell.strip()):
        return Odd("cell.shortened", {"said": cell.strip()})
    return None


def _codes(column: Column) -> Read:
    words = _words(column)

    def read(cell: Any) -> Value | Odd | None:
        text = words(cell.replace("\n", ";") if isinstance(cell, str) else cell)
        if not isinstance(text, str):
            return text
        return tuple(dict.fromkeys(code.replace(" ", "") for code in re.split(r"[;,]", text) if code.strip())) or None

    return read


def _identity(_: Column) -> Read:
    def read(cell: Any) -> Value | Odd | None:
        text = _text(cell)
        if not text:
            return None
        digits = re.sub(r"[ .\-']", "", text) if isinstance(text, str) else ""
        return _shortened(cell) or _identity_number(digits, typed=isinstance(cell, str))

    return read


def _identity_number(digits: str, *, typed: bool) -> Value | Odd:
    """Twelve digits; nine are an old card where somebody typed them, and lost zeros where Excel counted them."""
    if not (digits.isascii() and digits.isdecimal() and 9 <= len(digits) <= 12):
        return Odd("cell.identity_form", {})
    if len(digits) == 12:
        return digits
    if typed and len(digits) == 9:
        return Odd("cell.identity_old", {}, digits, sure=False)
    return Odd("cell.identity_zeros", {}, digits.zfill(12), sure=False)


# ----------------------------------------------------------------------------------------------- days and years

# Each way to write a day, with the groups that are day, month and year.
_DAYS = (
    (re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{2,4})"), (1, 2, 3)),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?"), (3, 2, 1)),
    (re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})"), (1, 2, 3)),
    (re.compile(r"(\d\d)(\d\d)(\d{4})"), (1, 2, 3)),
)
_MONTH = re.compile(r"(?:\d{1,2})\s?[/.\-]\s?(\d{4})")
_YEAR = re.compile(r"(?:nam )?(\d{4})")


def _date(column: Column) -> Read:
    year_will_do = column.type == "date_or_year"

    def read(cell: Any) -> Value | Odd | None:
        if isinstance(cell, datetime.datetime):
            return _in_range(cell.date())
        if isinstance(cell, datetime.date):
            return _in_range(cell)
        if isinstance(cell, bool) or (isinstance(cell, float) and not math.isfinite(cell)):
            return Odd("cell.no_day", {"said": str(cell)})
        if isinstance(cell, int | float):
            return _day_of_number(cell, year_will_do=year_will_do)
        text = clean(str(cell))
        return _day_of_text(text, year_will_do=year_will_do) if text else None

    return read


def _in_range(day: datetime.date) -> datetime.date | Odd:
    if _EARLIEST <= day.year <= _LATEST:
        return day
    return Odd("cell.day_out_of_range", {"said": f"{day.day:02}/{day.month:02}/{day.year}"})


def _day_of_number(cell: float, *, year_will_do: bool) -> Value | Odd:
    """A bare number is a year, or the count of days that Excel keeps for a day."""
    number = int(cell)
    if _EARLIEST <= number <= _LATEST:
        return number if year_will_do else Odd("cell.only_year", {"said": str(number)})
    if 10_000 <= number <= 73_050:
        day = _SERIAL_START + datetime.timedelta(days=number)
        return Odd("cell.day_serial", {"said": str(number), "taken": day}, day, sure=False)
    return _day_of_text(str(number), year_will_do=year_will_do)


def _day_of_text(text: str, *, year_will_do: bool) -> Value | Odd:
    folded = fold(text)
    for pattern, order in _DAYS:
        match = pattern.fullmatch(folded)
        if match:
            return _day(text, *(match[place] for place in order))
    month, year = _MONTH.fullmatch(text), _YEAR.fullmatch(folded)
    if month and year_will_do:
        return Odd("cell.only_month", {"said": text, "taken": month[1]}, int(month[1]), sure=False)
    if year and _EARLIEST <= int(year[1]) <= _LATEST:
        return int(year[1]) if year_will_do else Odd("cell.only_year", {"said": text})
    return Odd("cell.no_day", {"said": text})


def _day(said: str, day: str, month: str, year: str) -> datetime.date | Odd:
    if len(year) != 4:
        return Odd("cell.short_year", {"said": said})
    try:
        return _in_range(datetime.date(int(year), int(month), int(day)))
    except ValueError:
        pass
    if int(month) > 12 >= int(day) and int(month) <= 31:
        return Odd("cell.month_first", {"said": said, "other": f"{int(month):02}/{int(day):02}/{year}"})
    return Odd("cell.impossible_day", {"said": said})


def _year(_: Column) -> Read:
    def read(cell: Any) -> Value | Odd | None:
        if isinstance(cell, datetime.date):
            return Odd("cell.no_year", {"said": f"{cell:%d/%m/%Y}"})
        text = _text(cell)
        if isinstance(text, Odd) or not text:
            return text or None
        match = _YEAR.fullmatch(fold(text))
        if match and _EARLIEST <= int(match[1]) <= _LATEST:
            return int(match[1])
        return Odd("cell.no_year", {"said": text})

    return read


def _not_after(read: Read, today: datetime.date) -> Read:
    def bounded(cell: Any) -> Value | Odd | None:
        value = read(cell)
        plain = value.value if isinstance(value, Odd) else value
        late = plain > today.year if isinstance(plain, int) else isinstance(plain, datetime.date) and plain > today
        if not late:
            return value
        return Odd("cell.in_future", {"said": f"{plain:%d/%m/%Y}" if isinstance(plain, datetime.date) else str(plain)})

    return bounded


# -------------------------------------------------------------------------------------------- choices and flags


def _choice(column: Column) -> Read:
    codes = {header_key(word): choice.code for choice in column.choices for word in (choice.label, *choice.also)}
    codes = {choice.code: choice.code for choice in column.choices} | codes
    labels = {choice.code: choice.label for choice in column.choices}
    known: dict[str, Value | Odd | None] = {}

    def read(cell: Any) -> Value | Odd | None:
        text = _said(cell)
        if text not in known:
            known[text] = _chosen(text, codes, labels)
        return known[text]

    return read


def _chosen(text: str, codes: dict[str, str], labels: dict[str, str]) -> Value | Odd | None:
    key = header_key(text)
    if not text or key in codes:
        return codes.get(key)
    near = process.extractOne(key, list(codes), scorer=fuzz.ratio, score_cutoff=80)
    if near:
        return Odd("cell.near_choice", {"said": text, "near": labels[codes[near[0]]]})
    return Odd("cell.no_choice", {"said": text, "choices": list(labels.values())})


_YES = frozenset({"x", "co", "1", "true", "yes", "v", "dung", "✓", "✔", "roi"})
_NO = frozenset({"khong", "0", "false", "no", "-", "chua"})


def _flag(_: Column) -> Read:
    def read(cell: Any) -> Value | Odd | None:
        if isinstance(cell, bool):
            return cell
        text = _said(cell)
        key = fold(text)
        if key in _YES or key in _NO:
            return key in _YES
        return Odd("cell.no_flag", {"said": text}) if text else None

    return read


def _said(cell: Any) -> str:
    text = _text(cell)
    return str(text.params["said"]) if isinstance(text, Odd) else text


_READERS: dict[str, Callable[[Column], Read]] = {
    "text": _words,
    "name": _name,
    "codes": _codes,
    "identity": _identity,
    "date": _date,
    "date_or_year": _date,
    "year": _year,
    "choice": _choice,
    "flag": _flag,
}
