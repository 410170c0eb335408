"""Reminders of the days on which own scores and peers' checks are due, as of duties. Whoever has sent its sheet hears
nothing more.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua.plans.reminding import LATE_FOR, Reminding, When, reminding, short
from thidua.plans.working_days import due_day
from thidua_web.notices.actions import Told, notify_each
from thidua_web.notices.recipients import who_may
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.score_news import reminder_key
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import BlocMember

KINDS = {
    (Source.OWN, "near"): "score.own_near",
    (Source.OWN, "today"): "score.own_today",
    (Source.OWN, "late"): "score.own_late",
    (Source.PEER, "near"): "score.peer_near",
    (Source.PEER, "today"): "score.peer_today",
    (Source.PEER, "late"): "score.peer_late",
}


class Open(NamedTuple):
    """A sheet that was not sent: `scorer` gives the points, to itself or to a peer. Numbers are those of units."""

    scoring: int
    title: str
    due: datetime.date
    source: Source
    unit: int
    unit_name: str
    scorer: int


def remind(*, at: datetime.datetime) -> int:
    """Everything that is to be said on this day, once; nothing on a day off. Returns how many notices are new."""
    days = reminding(timezone.localdate(at))
    if days is None:
        return 0
    rows = [row for row in _open(days) if days.first <= row.due <= days.last]
    return sum(
        notify_each(_told(chosen, source, days), KINDS[source, when], at=at)
        for (source, when), chosen in _grouped(rows, days).items()
    )


def _open(days: Reminding) -> Iterator[Open]:
    """Of scorings whose step is not over; four queries, however many there are."""
    # A day off moves the end by days, a long holiday by two weeks.
    within = (days.first - LATE_FOR, days.last)
    own = Q(state=ScoringState.OWN, own_due__range=within)
    peer = Q(state=ScoringState.PEER, peer_due__range=within)
    scorings = {row.pk: row for row in Scoring.objects.filter(own | peer)}
    sheets = ScoreSheet.objects.filter(scoring__in=scorings, scorer__valid_to__isnull=True)
    sheets = sheets.exclude(source=Source.STANDING).select_related("unit")
    sent: defaultdict[int, set[int]] = defaultdict(set)
    for sheet in sheets:
        scoring = scorings[sheet.scoring_id]
        if sheet.source == Source.OWN and sheet.sent_at:
            sent[scoring.pk].add(sheet.unit_id)
        elif sheet.source == Source.PEER and not sheet.sent_at and scoring.state == ScoringState.PEER:
            due = due_day(scoring.peer_due)
            yield Open(scoring.pk, scoring.title, due, Source.PEER, sheet.unit_id, sheet.unit.name, sheet.scorer_id)
    yield from _own(scorings, sent)


def _own(scorings: Mapping[int, Scoring], sent: Mapping[int, set[int]]) -> Iterator[Open]:
    """Members on the scoring's day that still are, and have not sent their own."""
    own = [row for row in scorings.values() if row.state == ScoringState.OWN]
    members = BlocMember.objects.filter(bloc__in={row.bloc_id for row in own}, unit__valid_to__isnull=True)
    by_bloc: defaultdict[int, list[BlocMember]] = defaultdict(list)
    for member in members.select_related("unit").order_by("unit__sort_text", "unit"):
        by_bloc[member.bloc_id].append(member)
    for scoring in own:
        for member in by_bloc[scoring.bloc_id]:
            is_valid = member.valid_from <= scoring.on and (member.valid_to is None or member.valid_to >= scoring.on)
            if is_valid and member.unit_id not in sent.get(scoring.pk, ()):
                due, unit = due_day(scoring.own_due), member.unit
                yield Open(scoring.pk, scoring.title, due, Source.OWN, unit.pk, unit.name, unit.pk)


def _grouped(rows: Iterable[Open], days: Reminding) -> dict[tuple[Source, When], list[Open]]:
    grouped: defaultdict[tuple[Source, When], list[Open]] = defaultdict(list)
    for row in rows:
        grouped[row.source, days.when(row.due)].append(row)
    return grouped


def _told(rows: list[Open], source: Source, days: Reminding) -> Iterator[Told]:
    people = who_may(f"score.{source}", {row.scorer for row in rows}, on=days.today)
    for row in rows:
        left = str(days.left(row.due))
        params = {"title": short(row.title), "unit": row.unit_name, "due": row.due.isoformat(), "left": left}
        href = reverse("progress:score_sheet", args=[row.scoring, row.unit])
        key = reminder_key(row.scoring, source, row.unit, days.distance(row.due))
        for user in people.get(row.scorer, ()):
            yield Told(user, params, href, key)
