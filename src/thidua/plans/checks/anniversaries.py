"""Arithmetic of anniversaries: origin and years must give the date."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from thidua.findings import Basis, Finding
from thidua.plans.checks.plan import Plan, not_met, own_words
from thidua.plans.reading import Anniversary
from thidua.vietnamese.folding import search_key


class Origin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The day an often celebrated event happened; `pattern` is over folded text."""

    name: str
    pattern: str
    origin: datetime.date


@cache
def origins() -> tuple[Origin, ...]:
    tree = tomllib.loads(files(__package__).joinpath("anniversaries.toml").read_text("utf-8"))
    return msgspec.convert(tree["anniversary"], tuple[Origin, ...])


def check_anniversary_years(plan: Plan) -> Iterable[Finding]:
    """Origin plus the years claimed is the year of the date."""
    for fact in plan.reading.anniversaries:
        if fact.origin is None or fact.date is None or fact.years is None:
            continue
        if _year(fact.date) - _year(fact.origin) != fact.years and not _counts_both_years(fact):
            yield not_met(
                "anniversary.years", own_words(fact), fact,
                name=fact.name, years=fact.years, origin=fact.origin, date=fact.date,
                expected=f"{_year(fact.origin) + fact.years}{_same_day(fact)}",
                counted=_year(fact.date) - _year(fact.origin),
            )  # fmt: skip


def check_anniversary_day(plan: Plan) -> Iterable[Finding]:
    """An anniversary falls on the day and month of its origin."""
    for fact in plan.reading.anniversaries:
        if fact.origin is None or fact.date is None or len(fact.origin) < 10 or len(fact.date) < 10:
            continue
        if fact.origin[4:] != fact.date[4:]:
            yield not_met("anniversary.day", own_words(fact), fact, name=fact.name, origin=fact.origin, date=fact.date)


def check_anniversary_origin(plan: Plan) -> Iterable[Finding]:
    """An event of common knowledge has the origin, and so the years, that everyone knows."""
    for fact in plan.reading.anniversaries:
        known = _known(fact)
        if known is None or _agrees(fact, known.origin):
            continue
        basis = Basis(quote=known.name, source="ngày kỷ niệm phổ biến, chưa đối chiếu văn bản")
        yield not_met("anniversary.origin", basis, fact, name=fact.name, known=known.origin)


def _known(fact: Anniversary) -> Origin | None:
    name = search_key(fact.name)
    found = [known for known in origins() if re.search(known.pattern, name)]
    return found[0] if len(found) == 1 else None


def _agrees(fact: Anniversary, origin: datetime.date) -> bool:
    if fact.origin is not None:
        return origin.isoformat().startswith(fact.origin)
    if fact.date is not None and fact.years is not None:
        return _year(fact.date) - fact.years == origin.year
    return True


def _counts_both_years(fact: Anniversary) -> bool:
    """ "10 năm xây dựng nông thôn mới (2011 - 2020)" counts the years of work, the first and the last too."""
    span = _year(fact.date or "0") - _year(fact.origin or "0") + 1
    whole_years = len(fact.date or "") == len(fact.origin or "") == 4
    return (
        whole_years
        and span == fact.years
        and re.search(r"\b(?:xay dung|thuc hien|trien khai)\b", search_key(fact.name)) is not None
    )


def _year(date: str) -> int:
    return int(date[:4])


def _same_day(fact: Anniversary) -> str:
    """Day and month to go with the expected year, as exact as the plan's own date."""
    return (fact.origin or "")[4:] if len(fact.date or "") == 10 else ""
