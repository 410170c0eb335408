"""What the list of pledges shows; no request, no database."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext

from thidua_web.campaigns.pages.wording import say_day
from thidua_web.progress.models import PledgedWork
from thidua_web.progress.pages import likeness
from thidua_web.progress.pages.likeness import ShownOther
from thidua_web.progress.queries.likeness import Other
from thidua_web.progress.queries.pledge_list import Amounts, Desk, Entry, Filter, Where
from thidua_web.register.models import UnitKind

TONES = {
    Where.NONE: "unknown",
    Where.WRITING: "note",
    Where.SUBMITTED: "waiting",
    Where.RETURNED: "doubt",
    Where.ACCEPTED: "met",
}


@dataclass(frozen=True)
class Row:
    """`head` is the level's name where another level begins; `amounts` and `submitted` are words."""

    entry: Entry
    label: str
    tone: str
    amounts: str
    left_out: int = 0
    submitted: str = ""
    head: str = ""


def rows(desk: Desk) -> list[Row]:
    shown, kind = [], ""
    labels = dict(UnitKind.choices)
    for entry in desk.entries:
        amounts = desk.amounts.get(entry.pledge.pk, Amounts()) if entry.pledge else Amounts()
        head = str(labels.get(entry.unit.kind, entry.unit.kind)) if entry.unit.kind != kind else ""
        kind = entry.unit.kind
        submitted = _submitted(desk.days.get(entry.pledge.pk)) if entry.pledge else ""
        said = gettext("%(targets)s chỉ tiêu, %(works)s công trình") % amounts._asdict()
        shown.append(Row(entry, str(entry.where.label), TONES[entry.where], said, amounts.left_out, submitted, head))
    return shown


def _submitted(at: datetime.datetime | None) -> str:
    return gettext("gửi %(day)s") % {"day": say_day(timezone.localdate(at))} if at else ""


@dataclass(frozen=True)
class Tab:
    label: str
    n: int
    query: str
    current: bool
    tone: str = ""


def tabs(desk: Desk, wanted: Filter, query: Callable[[Filter], str]) -> list[Tab]:
    """A state with its count each; the address keeps the other filters."""
    every = replace(wanted, state="", page=1)
    shown = [Tab(gettext("Tất cả"), desk.all, query(every), not wanted.state)]
    for where in Where:
        chosen = replace(every, state=where.value)
        shown.append(
            Tab(str(where.label), desk.counts.get(where, 0), query(chosen), wanted.state == where, TONES[where])
        )
    return shown


@dataclass(frozen=True)
class Pair:
    """A work and what looks like it; `unlike` is what its unit said of that."""

    work: PledgedWork
    others: Sequence[ShownOther]
    href: str

    @property
    def unlike(self) -> str:
        return self.work.unlike


def pairs(works: Iterable[PledgedWork], found: Mapping[int, list[Other]], language: str) -> list[Pair]:
    """Those that nobody has explained first; what has been renamed since looks alike no more. Two that look like each
    other are one pair.
    """
    shown, told = [], set()
    for work in works:
        others = [one for one in found.get(work.pk, ()) if one.work is None or (one.work.pk, work.pk) not in told]
        told |= {(work.pk, one.work.pk) for one in others if one.work}
        if others:
            href = f"{work.pledge.get_absolute_url()}#w-{work.token}"
            shown.append(Pair(work, likeness.shown(others, language, linked=True), href))
    return sorted(shown, key=lambda pair: (bool(pair.unlike), -max(other.score for other in pair.others)))
