"""Shares of those who passed, group by group, drawn with what the numbers leave open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import structs

from thidua.explain import sentence
from thidua.nominations.fairness import NOT_RECORDED, GroupShare, comparisons
from thidua.nominations.fairness import not_recorded as core_not_recorded
from thidua.nominations.returning import return_reasons
from thidua_web.eligibility.models.facts import Area
from thidua_web.nominations.queries.fairness import AREA, ETHNICITY, KIND, POST, SEX
from thidua_web.register.models import UnitKind
from thidua_web.register.models.people import Sex

WIDTH = 240
TITLES: dict[str, Promise] = {
    POST: _("Lãnh đạo và người trực tiếp lao động, công tác"),
    SEX: _("Nữ và nam"),
    ETHNICITY: _("Dân tộc"),
    AREA: _("Địa bàn"),
    KIND: _("Loại đơn vị trình"),
}
GROUPS: dict[str, Promise | str] = {
    "leader": _("Lãnh đạo, quản lý"),
    "direct": _("Trực tiếp lao động, công tác"),
    "minority": _("Dân tộc thiểu số"),
    "majority": _("Dân tộc Kinh"),
    **{kind.value: kind.label for kind in Sex},
    **{area.value: area.label for area in Area},
    **{kind.value: kind.label for kind in UnitKind},
}
UNKNOWN = _("Chưa ghi nhận")
HINTS: dict[str, Promise] = {
    AREA: _(
        "Địa bàn ghi ở trang Dữ kiện xét khen thưởng của đơn vị; đơn vị cấp dưới chưa ghi thì theo đơn vị gần nhất ở "
        "trên."
    )
}


@dataclass(frozen=True)
class Line:
    """`low`, `high`, `at`: places on a drawing `WIDTH` wide; None where too few were decided."""

    share: GroupShare
    label: str
    percent: int | None
    low: str = ""
    span: str = ""
    at: str = ""


@dataclass(frozen=True)
class Part:
    """A dimension. `said`: what two groups show; `missing`: how many were not recorded; `hint`: where that is done."""

    title: str
    lines: list[Line]
    said: list[str]
    missing: str = ""
    small: bool = False
    hint: Promise | str = ""


def parts(found: Sequence[GroupShare], language: str) -> list[Part]:
    return [
        _part(name, [one for one in found if one.dimension == name], language)
        for name in TITLES
        if any(one.dimension == name for one in found)
    ]


def _part(name: str, found: Sequence[GroupShare], language: str) -> Part:
    named = [_named(one) for one in found]
    missing = core_not_recorded(found, name)
    return Part(
        title=str(TITLES[name]),
        lines=[_line(one) for one in found],
        said=[sentence(one, language) for one in comparisons(named)] if name != KIND else [],
        missing=sentence(missing, language) if missing else "",
        small=any(one.small for one in found),
        hint=HINTS.get(name, ""),
    )


def _named(one: GroupShare) -> GroupShare:
    """With the group's name for sentences; what was not recorded stays without one."""
    return structs.replace(one, group=label(one.group)) if one.group != NOT_RECORDED else one


def label(group: str) -> str:
    return str(GROUPS.get(group, group) if group else UNKNOWN)


def _line(one: GroupShare) -> Line:
    if one.share is None or one.low is None or one.high is None:
        return Line(one, label(one.group), None)
    return Line(
        share=one,
        label=label(one.group),
        percent=round(100 * one.share),
        low=f"{one.low * WIDTH:.1f}",
        span=f"{max(1.0, (one.high - one.low) * WIDTH):.1f}",
        at=f"{one.share * WIDTH:.1f}",
    )


def reasons(counted: Counter[str], language: str) -> list[tuple[str, int, str]]:
    """Reason, how often, how wide its bar is."""
    most = max(counted.values(), default=1)
    return [(reason(code, language), n, f"{n / most * WIDTH:.1f}") for code, n in counted.most_common()]


def reason(code: str, language: str) -> str:
    known = return_reasons().get(code)
    return known.label.in_language(language) if known else code
