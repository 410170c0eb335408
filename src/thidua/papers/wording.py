"""Days, numbers and names as Nghị định 30/2020/NĐ-CP writes them."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Of the points of a clause: the Vietnamese alphabet without letters that carry marks, đ kept."""

BLANK = "……"


_NOWHERE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line end, halves of pairs, and what Unicode keeps out of texts."""


def clean(text: str) -> str:
    """Composed Unicode, tabs as spaces, line ends as "\\n"; characters that no file can hold are left out."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return _NOWHERE.sub("", lines)


def day_words(day: datetime.date | None) -> str:
    """ "ngày 05 tháng 01 năm 2026": a 0 before days under 10 and months 1 and 2 only (mục II, khoản 4)."""
    if day is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_words(moment: datetime.datetime) -> str:
    """ "14 giờ 00 phút, ngày 05 tháng 01 năm 2026"."""
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút, {day_words(moment.date())}"


def short_day(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def counted(number: int) -> str:
    """ "05", "12", "1.250"."""
    return f"{number:02d}" if number < 10 else f"{number:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """ "93,3%", "100%": one decimal, halves up. Raises ZeroDivisionError where there is no whole."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def roman(number: int) -> str:
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, letters in steps:
        times, number = divmod(number, value)
        out += letters * times
    return out


def letter(number: int) -> str:
    """a, b, c, d, đ... then aa, ab: the points of a clause."""
    before, place = divmod(number - 1, len(LETTERS))
    return (letter(before) if before else "") + LETTERS[place]


def joined(parts: Iterable[str]) -> str:
    """ "03 tập thể, 05 cá nhân và 01 hộ gia đình"."""
    *first, last = [part for part in parts if part] or [""]
    return f"{', '.join(first)} và {last}" if first else last


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_LAUNCHED = re.compile(r"^(?:kế hoạch\s+)?(?:về\s+)?(?:việc\s+)?(?:tổ chức\s+)?phát động\s+", re.IGNORECASE)
_STRAIGHT = re.compile(r'"([^"]*)"')


def movement(title: str) -> str:
    """A movement within a sentence, of the title of the plan that launched it: "phong trào thi đua “...”"."""
    bare = _STRAIGHT.sub("“\\1”", _LAUNCHED.sub("", title.strip()))
    return bare if bare[:2].isupper() else f"{bare[:1].lower()}{bare[1:]}"


def ended(text: str, mark: str) -> str:
    """The text with this mark at its end instead of another."""
    return text.rstrip().rstrip(";.,") + mark


def breadth(text: str, size: int) -> float:
    """About how long a line of bold letters of Times is in millimetres: by kinds of letters, within a tenth."""
    ems = sum(0.26 if char == " " else 0.71 if char.isupper() else 0.31 if char in "il.,-'" else 0.5 for char in text)
    return ems * size * 25.4 / 72


def balanced(text: str, *, size: int, width: float) -> tuple[str, ...]:
    """Lines of about one length, none longer than `width` millimetres unless a single word is: how names are broken."""
    words = _words(text)
    lines = max(1, math.ceil(breadth(" ".join(words), size) / width))
    while lines < len(words):
        found = _filled(words, size, _narrowest(words, size, lines))
        if max(breadth(line, size) for line in found) <= width:
            return found
        lines += 1
    return tuple(words) or ("",)


def _words(text: str) -> list[str]:
    """What is never parted: a dash from the word before it, a name ("Minh Giang"), words of two syllables or more."""
    held = _HELD.sub(lambda match: _GLUE.join(match[0].split()), text)
    found: list[str] = []
    for word in held.split():
        if found and (word in {"-", "–"} or (_is_name(word) and _is_name(found[-1].split()[-1]))):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return [word.replace(_GLUE, " ") for word in found]


_GLUE = "\u2060"
_HELD = re.compile(
    r"\b(?:ủy\s+ban\s+nhân\s+dân|thi\s+đua|khen\s+thưởng|bằng\s+khen|giấy\s+khen|xuất\s+sắc|thành\s+tích|phong\s+trào"
    r"|danh\s+hiệu|nhiệm\s+vụ|kế\s+hoạch|hội\s+đồng|đề\s+nghị|thẩm\s+định|ý\s+kiến|công\s+tác|nông\s+nghiệp|môi\s+trường"
    r"|tài\s+chính|giáo\s+dục|đào\s+tạo|xây\s+dựng|khoa\s+học|công\s+nghệ|văn\s+hóa|thể\s+thao|du\s+lịch|kinh\s+tế|bảo\s+vệ"
    r"|thủ\s+trưởng|đơn\s+vị)\b",
    re.IGNORECASE,
)
"""Words that titles and names of bodies are made of."""


def _is_name(word: str) -> bool:
    bare = word.strip("“”\"'(),;.")
    return bare[:1].isupper() and not bare.isupper()


def _narrowest(words: list[str], size: int, lines: int) -> float:
    """The least width, to a millimetre, in which the words fill no more than so many lines."""
    width = max(breadth(word, size) for word in words)
    while len(_filled(words, size, width)) > lines:
        width += 1
    return width


def _filled(words: list[str], size: int, width: float) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if breadth(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
