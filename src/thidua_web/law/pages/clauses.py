"""What an award asks, clause by clause, as a page shows it: words, place, how it is decided, the exact wording."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.law.awards import awards
from thidua.law.criteria import Criterion, cite
from thidua.law.law import Rule
from thidua.law.texts import InstrumentText
from thidua_web.law.linking import award_href, instrument_href

JOINS = {"all": _("Đủ cả các điều sau"), "any": _("Một trong các điều sau"), "not": _("Không được rơi vào")}
BY_PEOPLE = {"judged", "confirmed"}
LOOKED_AT: dict[str, Promise] = {
    "rated": _("xếp loại hằng năm"),
    "honoured": _("khen thưởng đã có"),
    "honoured_in_a_row": _("khen thưởng đã có, các năm liên tục"),
    "not_already_awarded": _("khen thưởng đã có cho cùng thành tích"),
    "work_recognised": _("sáng kiến, đề tài được công nhận"),
    "not_disciplined": _("kỷ luật"),
    "not_under_review": _("thanh tra, điều tra, khiếu nại, tố cáo"),
    "served": _("thời gian công tác"),
    "in_being": _("đơn vị còn hoạt động"),
    "existed": _("quá trình xây dựng, phát triển"),
    "judged": _("người có trách nhiệm xét, có minh chứng"),
    "confirmed": _("giấy xác nhận của cơ quan có thẩm quyền"),
    "launched_campaign": _("đã phát động phong trào"),
    "summarised_campaign": _("đã tổng kết phong trào"),
    "members_honoured": _("danh hiệu của các thành viên"),
    "members_rated": _("xếp loại của các thành viên"),
    "members_not_disciplined": _("kỷ luật của các thành viên"),
    "ranked_first": _("xếp hạng trong cụm, khối, phong trào"),
    "targets_met": _("kết quả thực hiện chỉ tiêu"),
    "not_below_baseline": _("kết quả so với năm gốc"),
    "reported": _("báo cáo đã gửi"),
    "measured": _("số đo được"),
    "in_movement": _("phong trào mà đề nghị này thuộc về"),
    "for_merit": _("loại hình khen thưởng"),
    "of_group": _("nhóm đối tượng"),
}
"""What each predicate of the rules looks at, in words."""


@dataclass(frozen=True)
class Clause:
    """`verified` leaves amendments aside that nobody read: the page says those once.

    `joins`: how its parts make it, "" for a test. `wording`: the exact words at its place, where loaded.
    """

    text: str
    place: str
    href: str
    verified: bool
    source: str
    joins: Promise | str
    looked_at: Promise | str
    by_person: bool
    meets: tuple[tuple[str, str], ...]
    wording: tuple[str, ...]
    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class _Around:
    """What stays the same within one entry."""

    rule: Rule
    on: datetime.date
    text: InstrumentText | None


def clauses(rule: Rule, on: datetime.date, text: InstrumentText | None) -> tuple[Clause, ...]:
    """The clauses of a standard or a principle on a day."""
    asked: tuple[Criterion, ...] = getattr(rule.entry, "all", ())
    return tuple(_clause(criterion, _Around(rule, on, text), "") for criterion in asked)


def _clause(criterion: Criterion, around: _Around, above: str) -> Clause:
    """The exact words stand where a place is first named, not again beneath it."""
    place = cite(criterion.place, above) if criterion.place else above
    basis = around.rule.basis(around.on, criterion, place)
    test = criterion.test.predicate if criterion.test else ""
    return Clause(
        text=criterion.text,
        place=basis.place or "",
        href=instrument_href(around.rule.statute.instrument, basis.place or ""),
        verified=(criterion.mark or around.rule.own_mark) == "verified",
        source=basis.source or "",
        joins=_joins(criterion),
        looked_at=LOOKED_AT.get(test, ""),
        by_person=test in BY_PEOPLE,
        meets=tuple((awards()[code].name, award_href(code, around.on)) for code in criterion.meets if code in awards()),
        wording=_words(around.text, basis.place or "") if criterion.place else (),
        parts=tuple(_clause(part, around, place) for part in criterion.parts),
    )


@dataclass(frozen=True)
class Row:
    """A clause on its own line, `depth` steps in. `span`: over how many lines its exact words stand, 0 for none."""

    clause: Clause
    depth: int
    span: int


def rows(top: Sequence[Clause]) -> list[Row]:
    """The tree line by line; the words at a place reach down to the next clause with words of its own."""
    lines = list(_lines(top, 0))
    worded = [place for place, (clause, _) in enumerate(lines) if clause.wording or place == 0]
    spans = dict(zip(worded, (end - begin for begin, end in pairwise([*worded, len(lines)])), strict=True))
    return [Row(clause, depth, spans.get(place, 0)) for place, (clause, depth) in enumerate(lines)]


def _lines(top: Sequence[Clause], depth: int) -> Iterator[tuple[Clause, int]]:
    for clause in top:
        yield clause, depth
        yield from _lines(clause.parts, depth + 1)


def _words(text: InstrumentText | None, place: str) -> tuple[str, ...]:
    """Of a clause with points only its opening: the points bring their own words."""
    if text is None:
        return ()
    found = text.wording(place)
    opening = [paragraph.text for paragraph in found if not paragraph.point]
    return tuple(opening or [paragraph.text for paragraph in found])


def _joins(criterion: Criterion) -> Promise | str:
    if criterion.all:
        return JOINS["all"]
    if criterion.any:
        return JOINS["any"]
    return JOINS["not"] if criterion.not_ is not None else ""
