"""What one demand of a plan asks: each reader tells a form of words that it can account for to the last word.

A demand becomes a test only where every one of its words is understood; whatever else is a person's to judge, with
evidence. Where a form holds more than a test can decide ("chỉ tiêu, nhiệm vụ được giao"), the test stands beside a
judgement of the whole. Patterns run on folded text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from thidua.law.criteria import Criterion
from thidua.plans.facts.quantities import Quantity, find_quantities
from thidua.rules.plan_words.frame import Frame, Reader, plain
from thidua.rules.plan_words.names import asks, slug
from thidua.rules.plan_words.ratings import read_of_which, read_rating, read_some_years
from thidua.rules.plan_words.results import (
    read_baseline,
    read_growth,
    read_rank,
    read_some_targets,
    read_steps,
    read_targets,
)
from thidua.rules.plan_words.standing import (
    read_discipline,
    read_duties,
    read_members,
    read_service,
    read_titles,
    read_work,
)

_NOT_ONE_VALUE = re.compile(
    r"[,;:(]|\b(?:khong|chua|thi(?! dua)|hoac|va co|cong nhan|xac nhan|binh chon|binh bau|suy ton|ghi nhan|danh gia"
    r"|so voi|rieng|truong hop"
    r"|neu"
    r"|dong thoi|nham|de (?=lam|xay))\b"
)
_DAYS = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]20\d\d|(?:thang \d+ )?nam 20\d\d|20\d\d ?- ?20\d\d")
_LONGEST = 16


def read_measured(words: str, frame: Frame) -> Criterion | None:
    """ "Tỷ lệ hồ sơ đúng hạn đạt 100%", "hiến từ 300 m2 đất trở lên": one value, its key the words around it."""
    found = list(find_quantities(_DAYS.sub(lambda day: "x" * len(day.group()), words)))
    if len(found) != 1 or found[0].timed or found[0].value_max is not None:
        return None
    quantity = found[0]
    if not quantity.percent and not quantity.compared.told:
        return None
    around = _around(words, quantity)
    if (
        around is None
        or _NOT_ONE_VALUE.search(around)
        or (around != "diem" and not 1 < len(around.split()) <= _LONGEST)
    ):
        return None
    op = quantity.compared.op if quantity.compared.told else ">="
    if quantity.compared.strict:
        op = ">" if op == ">=" else "<"  # type: ignore[assignment]
    return asks("measured", key=slug(around), op=op, value=plain(Decimal(str(quantity.value))))


def _around(words: str, quantity: Quantity) -> str | None:
    """What is measured: the words but for the number and how it is compared; None where it begins with the number."""
    before = re.sub(r"\b(?:phai|dat|la)$", "", words[: quantity.start].strip()).strip()
    unit = words[quantity.unit_start : quantity.unit_end].replace("%", " percent ")
    behind = re.sub(r"^(?:tro len|tro xuong)\b|\btro len$", "", words[max(quantity.end, quantity.unit_end) :].strip())
    return f"{before} {unit} {behind}".strip() if before or unit == "diem" else None


READERS: tuple[Reader, ...] = (
    read_of_which, read_some_years, read_rating, read_members, read_targets, read_some_targets, read_steps,
    read_baseline, read_growth, read_rank, read_discipline, read_duties, read_titles, read_work,
    read_service, read_measured,
)  # fmt: skip
"""In the order in which they are tried; the first that accounts for every word is right."""
