"""Plans as long as wanted, out of the demo's own plans and of prose that says nothing to be read out."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from thidua_web.demo.build import plan_text
from thidua_web.demo.units import DEPARTMENTS, DISTRICTS

PAGE_OF_PAPER = 2300  # characters of a page in the form of NĐ 30/2020
SECTIONS = re.compile(r"\n(?=[IVX]+\. )")
FIGURES = re.compile(r"\b([1-8])(\d)(?=%| tỷ| doanh nghiệp| nhà)")
FOOT = re.compile(r"\n(?=:::\nNơi nhận:)")
PROSE = Path(__file__).with_name("prose.txt")


def long_plan(copies: int, *, length: int) -> str:
    """The province's plan with its sections `copies` times, each after as much prose as makes `length` characters."""
    head, body, foot = _parts(plan_text("ke-hoach-tinh"))
    told = [_copy(body, number) for number in range(copies)]
    prose = itertools.cycle(PROSE.read_text(encoding="utf-8").splitlines())
    room = (length - len(head) - len(foot) - sum(map(len, told))) // copies
    chapters = [part for number, copy in enumerate(told) for part in (_chapter(number, room, prose), copy)]
    return "\n\n".join((head, *chapters, foot))


def _parts(text: str) -> tuple[str, str, str]:
    head, body = SECTIONS.split(text, maxsplit=1)
    body, foot = FOOT.split(body, maxsplit=1)
    return head.strip(), body.strip(), foot.strip()


def _copy(body: str, number: int) -> str:
    """Every section again under a number of its own, with other figures, as a plan of many fields has them."""
    sections = [part.strip() for part in SECTIONS.split(f"\n{body}") if part.strip()]
    first = number * (len(sections) + 1) + 2
    renumbered = (re.sub(r"^[IVX]+\.", f"{roman(first + place)}.", part) for place, part in enumerate(sections))
    return FIGURES.sub(lambda m: f"{m[1]}{(int(m[2]) + number) % 10}", "\n\n".join(renumbered))


def _chapter(number: int, room: int, prose: Iterator[str]) -> str:
    paragraphs = [f"{roman(number * 6 + 1)}. ĐẶC ĐIỂM TÌNH HÌNH"]
    while sum(len(words) + 2 for words in paragraphs) < room:
        paragraphs.append(next(prose))
    return "\n\n".join(paragraphs)


def roman(number: int) -> str:
    values = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in values:
        while number >= value:
            written, number = written + letters, number - value
    return written


def plan_of_duties(count: int, *, begin: datetime.date) -> str:
    """The province's head and foot around `count` sentences, each with who must do what by when."""
    head, _, foot = _parts(plan_text("ke-hoach-tinh"))
    last = begin + datetime.timedelta(days=364)
    period = f"III. THỜI GIAN THỰC HIỆN\n\nTừ {_in_words(begin)} đến {_in_words(last)}."
    communes = (f"Ủy ban nhân dân {name}" for *_, names in DISTRICTS for name in names)
    bodies = [*(name for _, name, _ in DEPARTMENTS), *communes]
    duties = [_duty(number, bodies, begin) for number in range(count)]
    return "\n\n".join((head, period, "IV. TỔ CHỨC THỰC HIỆN", *duties, foot))


def _duty(number: int, bodies: Sequence[str], begin: datetime.date) -> str:
    day = begin + datetime.timedelta(days=number * 7 % 364)
    who = bodies[number % len(bodies)]
    return f"{number + 1}. {who} báo cáo kết quả phần việc số {number + 1:04} về Sở Nội vụ trước {_in_words(day)}."


def _in_words(day: datetime.date) -> str:
    return f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"
