"""The page of one unit."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from thidua_web.register.models import Unit, UnitKind, UnitPeriod
from thidua_web.register.models.households import HOUSING
from thidua_web.register.pages import records
from thidua_web.register.queries import unit as queries
from thidua_web.register.queries.blocs import blocs_of
from thidua_web.register.queries.households import number_in


@dataclass(frozen=True)
class Event:
    """Something that became of the unit on a day; `units` are named after the words, each with whether it is seen."""

    on: datetime.date
    words: str
    units: list[tuple[Unit, bool]] = field(default_factory=list)
    document: str = ""


def unit_page(
    unit: Unit, *, on: datetime.date, rights: Mapping[str, bool], sees: Callable[[Unit], bool]
) -> dict[str, Any]:
    came_from, came_after = queries.kin(unit)
    houses = unit.kind in HOUSING
    rated = rights["may_see_ratings"]
    awarded = rights["may_see_awards"]
    return {
        "unit": unit,
        "kind": UnitKind(unit.kind).label,
        "chain": [(one, sees(one)) for one in queries.chain(unit)],
        "successors": [(one, sees(one)) for one in came_after],
        "codes": queries.codes(unit),
        "heads": queries.heads(unit, on),
        "people": queries.people(unit) if rights["may_see_people"] else None,
        "houses": houses,
        "households": number_in(unit, on) if houses and rights["may_see_people"] else 0,
        "below": queries.below(unit, on),
        "blocs": blocs_of(unit, on),
        "history": history(unit, came_from, came_after, sees),
        "ratings": records.rating_rows(queries.ratings(unit=unit), unit=unit) if rated else None,
        "awards": queries.awards(unit=unit) if awarded else None,
    }


def history(unit: Unit, came_from: list[Unit], came_after: list[Unit], sees: Callable[[Unit], bool]) -> list[Event]:
    """The newest first."""
    papers = {row.reform.on: row.reform.document or row.reform.title for row in queries.reforms(unit)}
    events, before = [], None
    for period in queries.periods(unit):
        begun = period.valid_from
        made = [(one, sees(one)) for one in came_from] if before is None else []
        events.append(Event(begun, _became(period, before), made, papers.get(begun, "")))
        before = period
    if unit.valid_to:
        after = unit.valid_to + datetime.timedelta(days=1)
        words = gettext("Kết thúc; công việc do đơn vị sau tiếp tục") if came_after else gettext("Kết thúc")
        events.append(Event(unit.valid_to, words, [(one, sees(one)) for one in came_after], papers.get(after, "")))
    return events[::-1]


def _became(period: UnitPeriod, before: UnitPeriod | None) -> str:
    kind, parent = UnitKind(period.kind).label, period.parent.name if period.parent else ""
    if before is None:
        under = gettext("trực thuộc %(unit)s") % {"unit": parent} if parent else ""
        return ", ".join(filter(None, [gettext("Thành lập: %(name)s") % {"name": period.name}, str(kind), under]))
    changes = []
    if period.name != before.name:
        changes.append(gettext("đổi tên từ “%(old)s” thành “%(new)s”") % {"old": before.name, "new": period.name})
    if period.kind != before.kind:
        changes.append(gettext("đổi loại thành %(kind)s") % {"kind": kind})
    if period.parent_id != before.parent_id:
        changes.append(gettext("chuyển về trực thuộc %(unit)s") % {"unit": parent or gettext("không đơn vị nào")})
    words = "; ".join(changes) or gettext("không đổi gì")
    return words[:1].upper() + words[1:]
