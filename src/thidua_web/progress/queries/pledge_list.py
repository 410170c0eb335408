"""The pledges of a campaign as the unit that launched sees them: who has, who has not, late, by level."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.models import Campaign
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork
from thidua_web.progress.queries import sums
from thidua_web.progress.queries.pledge_asked import Asked, Listed, listed
from thidua_web.progress.stages import PledgeState

ON_A_PAGE = 50
MOST_WORDS = 8


class Where(models.TextChoices):
    """Where a unit stands with its pledge; the order is that of the desk."""

    NONE = "none", _("Chưa đăng ký")
    WRITING = "writing", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ chấp nhận")
    RETURNED = "returned", _("Trả lại để sửa")
    ACCEPTED = "accepted", _("Đã chấp nhận")


STANDS: Mapping[str, Where] = {
    PledgeState.DRAFT: Where.WRITING,
    PledgeState.SUBMITTED: Where.SUBMITTED,
    PledgeState.RETURNED: Where.RETURNED,
    PledgeState.ACCEPTED: Where.ACCEPTED,
}


FIELDS = ("pk", "unit_id", "state", "revision", "late", "doubts", "was_submitted")


@dataclass(frozen=True)
class Filter:
    """What the address says. `late`: handed in late, or not though the day is over; `doubtful`: with findings."""

    state: str = ""
    kind: str = ""
    words: str = ""
    late: bool = False
    doubtful: bool = False
    page: int = 1


class Stand(NamedTuple):
    """Of a pledge what a list of thousands needs."""

    pk: int
    unit: int
    state: str
    revision: int
    late: bool
    doubts: int
    was_submitted: bool


class Entry(NamedTuple):
    """A unit and its pledge, if it has one; `late` is what the day makes of it today."""

    unit: Listed
    pledge: Stand | None
    where: Where
    late: bool

    @property
    def is_clean(self) -> bool:
        """It may be accepted with others at once."""
        return self.where is Where.SUBMITTED and self.pledge is not None and not self.pledge.doubts


@dataclass(frozen=True)
class Desk:
    """One page; `counts` are those of every state under the other filters, `clean` all that may be accepted at once."""

    entries: Sequence[Entry]
    counts: Mapping[Where, int]
    kinds: Sequence[str]
    clean: Sequence[Entry]
    total: int
    page: int
    pages: int
    late: int
    amounts: Mapping[int, Amounts]
    days: Mapping[int, datetime.datetime]

    @property
    def all(self) -> int:
        return sum(self.counts.values())


def desk(campaign: Campaign, by: Asked, asked_for: Filter, *, due: datetime.date | None, on: datetime.date) -> Desk:
    """A fixed number of queries, whatever the number of units."""
    entries = _entries(campaign, by, due, on)
    kinds = list(dict.fromkeys(entry.unit.kind for entry in entries))
    words = search_key(asked_for.words).split()[:MOST_WORDS]
    found = [entry for entry in entries if _fits(entry, asked_for, words)]
    counts = Counter(entry.where for entry in found)
    chosen = [entry for entry in found if not asked_for.state or entry.where == asked_for.state]
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    page = min(max(1, asked_for.page), pages)
    shown = chosen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    keys = [entry.pledge.pk for entry in shown if entry.pledge]
    return Desk(
        entries=shown,
        counts=counts,
        kinds=kinds,
        clean=[entry for entry in chosen if entry.is_clean],
        total=len(chosen),
        page=page,
        pages=pages,
        late=sum(entry.late for entry in entries),
        amounts=amounts(keys),
        days=dict(_submitted(keys)),
    )


def _submitted(keys: Sequence[int]) -> models.QuerySet:
    return Pledge.objects.filter(pk__in=keys, submitted_at__isnull=False).order_by().values_list("pk", "submitted_at")


def _entries(campaign: Campaign, by: Asked, due: datetime.date | None, on: datetime.date) -> list[Entry]:
    """Those that are asked, and behind them those that pledge without being asked."""
    rows = sums.of_pledges(campaign.pk, lambda: _stands(campaign), what="stands")
    pledges = {row[1]: Stand(*row) for row in rows}
    more = pledges.keys() - by.units
    over = due is not None and on > due
    units = [*by.listed, *listed(more)] if more else by.listed
    return [_entry(unit, pledges.get(unit.pk), over=over) for unit in units]


def _stands(campaign: Campaign) -> models.QuerySet:
    # Days are fetched for a page only: reading thousands of them takes longer than all the rest.
    submitted = models.ExpressionWrapper(models.Q(submitted_at__isnull=False), models.BooleanField())
    rows = open_pledges(campaign).exclude(unit=campaign.unit_id).annotate(was_submitted=submitted)
    return rows.order_by().values_list(*FIELDS)


def open_pledges(campaign: Campaign) -> models.QuerySet[Pledge]:
    """Without those of units that have ended: their heirs' hold what they took on."""
    return Pledge.objects.filter(campaign=campaign, closed_at__isnull=True)


def _entry(unit: Listed, pledge: Stand | None, *, over: bool) -> Entry:
    """What was handed in is as it was then; what was not is late once the day is over."""
    if pledge is None:
        return Entry(unit, None, Where.NONE, over)
    late = pledge.late if pledge.was_submitted else over
    return Entry(unit, pledge, STANDS[pledge.state], late)


def _fits(entry: Entry, asked_for: Filter, words: Sequence[str]) -> bool:
    if asked_for.kind and entry.unit.kind != asked_for.kind:
        return False
    if asked_for.late and not entry.late:
        return False
    if asked_for.doubtful and not (entry.pledge and entry.pledge.doubts):
        return False
    return not words or all(word in entry.unit.folded for word in words)


class Amounts(NamedTuple):
    """How many targets and works a pledge takes on, and how many targets of the campaign it leaves out."""

    targets: int = 0
    works: int = 0
    left_out: int = 0


def amounts(pledges: Sequence[int]) -> dict[int, Amounts]:
    targets, works = (_counted(rows, pledges) for rows in (PledgedTarget.objects, PledgedWork.objects))
    return {
        pk: Amounts(targets.get((pk, False), 0), works.get((pk, False), 0), targets.get((pk, True), 0))
        for pk in pledges
    }


def _counted(rows: models.Manager, pledges: Sequence[int]) -> dict[tuple[int, bool], int]:
    """By the pledge, and whether it left the row out."""
    found = rows.filter(pledge__in=pledges).order_by().values_list("pledge", "left_out")
    return {(pledge, left_out): n for pledge, left_out, n in found.annotate(n=models.Count("pk"))}


def chosen(campaign: Campaign, units: Sequence[int]) -> list[Pledge]:
    """The handed-in pledges of these units, for an act on all of them."""
    rows = Pledge.objects.filter(campaign=campaign, unit__in=units, state=PledgeState.SUBMITTED, doubts=0)
    return list(rows.select_related("campaign__unit", "unit"))


def alike_works(campaign: Campaign, *, most: int = 200) -> list[PledgedWork]:
    """Works that were handed in and look like another's, the unit's word beside them."""
    rows = PledgedWork.objects.taken().filter(campaign=campaign, pledge__closed_at__isnull=True)
    rows = rows.exclude(alike=[]).exclude(pledge__state=PledgeState.DRAFT)
    return list(rows.select_related("pledge__unit").order_by("pledge__unit__sort_text", "place", "pk")[:most])
