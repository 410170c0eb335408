"""Who stands in a submission while it is a draft: added many at once, removed, moved to another award, put in order."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Max

from thidua.vietnamese.collation import person_sort_text, sort_text
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Offer as OfferRow
from thidua_web.config.bulk import batched, set_each
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.actions.submissions import Moved
from thidua_web.nominations.models import Nomination, Subject, Submission
from thidua_web.nominations.models.nominations import COLUMNS
from thidua_web.nominations.stages import NominationState, SubmissionState
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.nominees import Nominee, name_of

MOST = 5_000
"""Nominations of one submission: more are sent with another tờ trình."""


@dataclass(frozen=True)
class Wanted:
    """For what: an award, the year of the merit, what kind of merit, the campaign's offer where it is one."""

    award: str
    year: int
    merit: str
    offer: OfferRow | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Added:
    """`there`: how many stood in it already for the award; `closed`: it is no draft any more; `full`: too many."""

    new: list[int] = field(default_factory=list)
    there: int = 0
    closed: bool = False
    full: bool = False


@transaction.atomic
def add(
    *, submission: Submission, nominees: Sequence[Nominee], wanted: Wanted, by: User, at: datetime.datetime
) -> Added:
    """All of them or, where there would be too many, none. Who is in it for the award already stays as they are."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state != SubmissionState.DRAFT:
        return Added(closed=True)
    standing = Nomination.objects.filter(submission=held).exclude(state=NominationState.WITHDRAWN)
    there = set(standing.filter(award=wanted.award).values_list("person_id", "collective_id", "household_id"))
    fresh = list({_key(one): one for one in nominees if _key(one) not in there}.values())
    if standing.count() + len(fresh) > MOST:
        return Added(full=True, there=len(nominees) - len(fresh))
    place = standing.aggregate(last=Max("place"))["last"] or 0
    rows = [_row(held, one, wanted, place + n, by, at) for n, one in enumerate(fresh, 1)]
    made = Nomination.objects.bulk_create(rows, batch_size=500)
    if made:
        _touch(held)
        said = {"award": wanted.award, "year": wanted.year, "n": len(made), "nominations": [row.pk for row in made]}
        journal("nomination.added", held, by, at, **said)
    return Added(new=[row.pk for row in made], there=len(nominees) - len(fresh))


def _key(of: Nominee) -> tuple[int | None, int | None, int | None]:
    if isinstance(of, Person):
        return (of.pk, None, None)
    return (None, of.pk, None) if isinstance(of, Unit) else (None, None, of.pk)


def subject_of(of: Nominee) -> str:
    if isinstance(of, Person):
        return Subject.INDIVIDUAL
    return Subject.COLLECTIVE if isinstance(of, Unit) else Subject.HOUSEHOLD


def _row(  # noqa: PLR0913, PLR0917 - what a nomination is
    held: Submission, of: Nominee, wanted: Wanted, place: int, by: User, at: datetime.datetime
) -> Nomination:
    subject = subject_of(of)
    name = name_of(of)
    return Nomination(
        submission=held,
        unit_id=held.unit_id,
        to_unit_id=held.to_unit_id,
        place=place,
        subject=subject,
        **{COLUMNS[subject]: of},
        name=name[:200],
        position=of.position if isinstance(of, Person) else "",
        unit_name=_unit_name(of)[:200],
        award=wanted.award,
        offer=wanted.offer,
        merit=wanted.merit,
        year=wanted.year,
        since=wanted.since,
        until=wanted.until,
        edited_by=by,
        edited_at=at,
        sort_text=_sort_text(of),
    )


def _unit_name(of: Nominee) -> str:
    if isinstance(of, Unit):
        return of.parent.name if of.parent else ""
    return of.unit.name


def _sort_text(of: Nominee) -> str:
    if isinstance(of, Person):
        return person_sort_text(of.full_name)
    return person_sort_text(of.head_name) if isinstance(of, Household) else sort_text(of.name)


@transaction.atomic
def remove(*, submission: Submission, keys: Collection[int], by: User, at: datetime.datetime) -> int | None:
    """Out of the draft, with what was written of them. How many; None where it is no draft any more.

    What was lodged once is withdrawn by its own act instead, so that its history stays.
    """
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state != SubmissionState.DRAFT:
        return None
    rows = Nomination.objects.filter(submission=held, pk__in=keys, state=NominationState.DRAFT, lodged_on=None)
    names = list(rows.values_list("pk", "name", "award"))
    for part in batched([key for key, _, _ in names]):
        Nomination.objects.filter(pk__in=part).delete()
    if names:
        _touch(held)
        journal("nomination.removed", held, by, at, n=len(names), removed=[list(row) for row in names])
    return len(names)


@transaction.atomic
def change_award(
    *, submission: Submission, keys: Collection[int], wanted: Wanted, by: User, at: datetime.datetime
) -> Added:
    """For these another award. Those who stand in it for that award already keep both."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state != SubmissionState.DRAFT:
        return Added(closed=True)
    rows = list(Nomination.objects.filter(submission=held, pk__in=keys, state=NominationState.DRAFT))
    standing = Nomination.objects.filter(submission=held, award=wanted.award).exclude(state=NominationState.WITHDRAWN)
    there = set(standing.values_list("person_id", "collective_id", "household_id"))
    free = [row for row in rows if (row.person_id, row.collective_id, row.household_id) not in there]
    fields = {"award": wanted.award, "offer": wanted.offer, "merit": wanted.merit, "year": wanted.year}
    changed = Nomination.objects.filter(pk__in=[row.pk for row in free])
    changed.update(**fields, revision=F("revision") + 1, edited_by=by, edited_at=at)
    if free:
        _touch(held)
        was = sorted({row.award for row in free})
        said = {"n": len(free), "was": was, "award": wanted.award, "nominations": [row.pk for row in free]}
        journal("submission.edited", held, by, at, **said)
    return Added(new=[row.pk for row in free], there=len(rows) - len(free))


@transaction.atomic
def move_to(*, submission: Submission, key: int, place: int, by: User, at: datetime.datetime) -> Moved:
    """To this place, counted from 1, in the order of the tờ trình; the others move up or down."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state != SubmissionState.DRAFT:
        return Moved.STALE
    rows = Nomination.objects.filter(submission=held).exclude(state=NominationState.WITHDRAWN)
    order = list(rows.order_by("place", "pk").values_list("pk", flat=True))
    if key not in order:
        return Moved.STALE
    before = list(order)
    order.remove(key)
    order.insert(min(max(place, 1), len(before)) - 1, key)
    if order == before:
        return Moved.ALREADY
    _number(order)
    _touch(held)
    journal("submission.edited", held, by, at, moved=key, place=order.index(key) + 1)
    return Moved.DONE


def _number(order: Iterable[int]) -> None:
    set_each(Nomination, ["place"], [(key, n) for n, key in enumerate(order, 1)])


def _touch(held: Submission) -> None:
    """Who signs must have seen the list as it is."""
    Submission.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
