"""Reminders of the last day of a submission, as of duties. Who prepares it is told while it is a draft, who signs it
once it lies there; a unit that began nothing in a round is told until the day. What was sent is not said.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua.plans.reminding import Reminding, When, reminding, short
from thidua_web.nominations.models import Round, Submission
from thidua_web.nominations.stages import SubmissionState
from thidua_web.nominations.submission_news import round_key, submission_key
from thidua_web.notices.actions import Told, notify_each
from thidua_web.notices.recipients import who_may
from thidua_web.register.models import Unit

KINDS = {
    ("submission", "near"): "submission.near",
    ("submission", "today"): "submission.today",
    ("submission", "late"): "submission.late",
    ("round", "near"): "round.near",
    ("round", "today"): "round.today",
}
EXCEPTED = "nominations.deadline_past"
PREPARES, SIGNS = "nomination.edit", "nomination.submit"


class Open(NamedTuple):
    """What was not sent, or not begun (`about` is then "round"): of which unit, and whose turn it is."""

    about: str
    pk: int
    title: str
    due: datetime.date
    unit: int
    unit_name: str
    permission: str


def remind(*, at: datetime.datetime) -> int:
    """Everything that is to be said on this day, once; nothing on a day off. Returns how many notices are new."""
    days = reminding(timezone.localdate(at))
    if days is None:
        return 0
    rows = [*_unsent(days), *_unbegun(days)]
    people = {one: who_may(one, {row.unit for row in rows}, on=days.today) for one in {row.permission for row in rows}}
    return sum(
        notify_each(_told(chosen, people, days), KINDS[about, when], at=at)
        for (about, when), chosen in _grouped(rows, days).items()
    )


def _unsent(days: Reminding) -> Iterator[Open]:
    """Drafts, and what waits for a signature; late ones but for those that may be sent late."""
    rows = Submission.objects.exclude(state=SubmissionState.SUBMITTED).filter(
        due_on__range=(days.first, days.last), unit__valid_to__isnull=True
    )
    let_pass = Q(due_on__lt=days.today, exceptions__granted=True, exceptions__code__startswith=EXCEPTED)
    excepted = set(rows.filter(let_pass).values_list("pk", flat=True))
    for row in rows.select_related("unit").order_by("due_on", "pk"):
        if row.due_on and row.pk not in excepted:
            permission = SIGNS if row.state == SubmissionState.PRESENTED else PREPARES
            yield Open("submission", row.pk, row.title, row.due_on, row.unit_id, row.unit.name, permission)


def _unbegun(days: Reminding) -> Iterator[Open]:
    """Open rounds with the units directly below, those that were told of its opening, that hold nothing in it."""
    rows = Round.objects.filter(closed_at=None, opens_on__lte=days.today, due_on__range=(days.today, days.last))
    rounds = list(rows.order_by("due_on", "pk"))
    below: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.valid(on=days.today).filter(parent__in={one.to_unit_id for one in rounds}).order_by("pk"):
        below[unit.parent_id].append(unit)
    begun = set(Submission.objects.filter(round__in=rounds).values_list("round_id", "unit_id"))
    for one in rounds:
        for unit in below[one.to_unit_id]:
            if one.due_on and (one.pk, unit.pk) not in begun:
                yield Open("round", one.pk, one.title, one.due_on, unit.pk, unit.name, PREPARES)


def _grouped(rows: Iterable[Open], days: Reminding) -> dict[tuple[str, When], list[Open]]:
    grouped: defaultdict[tuple[str, When], list[Open]] = defaultdict(list)
    for row in rows:
        grouped[row.about, days.when(row.due)].append(row)
    return grouped


def _told(rows: list[Open], people: dict[str, dict[int, set[int]]], days: Reminding) -> Iterator[Told]:
    for row in rows:
        left = str(days.left(row.due))
        params = {"title": short(row.title), "unit": row.unit_name, "due": row.due.isoformat(), "left": left}
        href, key = _about(row, days.distance(row.due))
        for user in people[row.permission].get(row.unit, ()):
            yield Told(user, params, href, key)


def _about(row: Open, when: str) -> tuple[str, str]:
    """Where it is done, and what the notice is known by."""
    if row.about == "round":
        return f"{reverse('nominations:start')}?dot={row.pk}", round_key(row.pk, row.unit, row.due, when)
    return reverse("nominations:submission", args=[row.pk]), submission_key(row.pk, row.due, when)
