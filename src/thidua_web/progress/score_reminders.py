"""Reminders of a scoring's own days: seven, three and one working days before own scores and peers' checks are due, on
the day, and once when it is late. Whoever has sent its sheet hears nothing more.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua.plans.working_days import count_working_days, due_day
from thidua_web.campaigns.reminders import DISTANCES, LATE_FOR, LONGEST, when_said, working_days_left
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
    today = timezone.localdate(at)
    if due_day(today) != today:
        return 0
    ahead = {distance: count_working_days(today, distance) for distance in DISTANCES}
    rows = [row for row in _open(today, max(ahead.values())) if today - LATE_FOR <= row.due <= max(ahead.values())]
    return sum(
        notify_each(_told(chosen, source, today, ahead), kind, at=at)
        for (kind, source), chosen in _by_kind(rows, today).items()
    )


def _open(today: datetime.date, last: datetime.date) -> Iterator[Open]:
    """Of scorings whose step is not over; four queries, however many there are."""
    # A day off moves the end by days, a long holiday by two weeks.
    first = today - 2 * LATE_FOR
    own = Q(state=ScoringState.OWN, own_due__range=(first, last))
    peer = Q(state=ScoringState.PEER, peer_due__range=(first, last))
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


def _by_kind(rows: Iterable[Open], today: datetime.date) -> dict[tuple[str, Source], list[Open]]:
    kinds: defaultdict[tuple[str, Source], list[Open]] = defaultdict(list)
    for row in rows:
        when = "late" if row.due < today else "today" if row.due == today else "near"
        kinds[KINDS[row.source, when], row.source].append(row)
    return kinds


def _told(rows: list[Open], source: Source, today: datetime.date, ahead: dict[int, datetime.date]) -> Iterator[Told]:
    left = working_days_left(today, max(ahead.values()))
    people = who_may(f"score.{source}", {row.scorer for row in rows}, on=today)
    for row in rows:
        title = row.title if len(row.title) <= LONGEST else f"{row.title[: LONGEST - 1]}…"
        params = {"title": title, "unit": row.unit_name, "due": row.due.isoformat(), "left": str(left.get(row.due, 1))}
        href = reverse("progress:score_sheet", args=[row.scoring, row.unit])
        key = reminder_key(row.scoring, source, row.unit, when_said(row.due, today, ahead))
        for user in people.get(row.scorer, ()):
            yield Told(user, params, href, key)
