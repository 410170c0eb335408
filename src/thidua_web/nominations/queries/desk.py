"""The appraisal desk: what waits, filtered, counted by state, a page at a time; a hundred thousand as fast as a few.

Counting and filtering read one index that holds all that is asked (`nomination_queue`); a page is found again by the
nomination at its edge, so that nothing is counted off.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, Q, QuerySet

from thidua.law.awards import awards
from thidua.plans.working_days import count_working_days
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.journal.holding import until_next_act
from thidua_web.nominations.models import Nomination, Override, Round, Submission
from thidua_web.nominations.stages import UNDER_APPRAISAL, NominationState
from thidua_web.notices.recipients import who_may
from thidua_web.register.models import Unit
from thidua_web.register.queries.searching import few_in, found_in, holding

ON_A_PAGE = 50
FEW = 2_000
SOON = 3
"""Working days before the last one in which a nomination counts as soon due."""

RECEIVED = tuple(state.value for state in NominationState if state is not NominationState.DRAFT)
GROUPS = {"don_vi": "unit", "giai": "award"}
PLAIN = {"unit": F("unit_id") + 0, "award": F("award")}
"""By what groups are counted: a sum, so that the index of the desk is read, and not that of the column."""
MOST_OFFERED = 200
NARROW = 20
OF_A_ROW = (
    *("name", "subject", "position", "unit_name", "unit__name", "award", "award_asked", "year", "state", "clock_due"),
    *("outcome", "defects", "returns", "lodged_on", "appraiser__full_name", "submission__kind", "submission__year"),
    *("submission__campaign__title", "submission__round__title"),
)


@dataclass(frozen=True)
class Wanted:
    """What the sentence says. `units`: who appraises, its ended forerunners too. `appraiser` 0: nobody's."""

    units: tuple[int, ...]
    on: datetime.date
    states: tuple[str, ...] = tuple(sorted(UNDER_APPRAISAL))
    award: str = ""
    campaign: int | None = None
    round: int | None = None
    kind: str = ""
    year: int | None = None
    below: Unit | None = None
    subject: str = ""
    appraiser: int | None = None
    near: str = ""
    outcome: str = ""
    defects: bool = False
    words: tuple[str, ...] = ()
    order: str = "han"


class Page(NamedTuple):
    """`before`, `after`: the nominations beside which the other pages begin."""

    rows: Sequence[Nomination]
    counts: Mapping[str, int]
    total: int
    before: int | None
    after: int | None


# --- Filtering and counting -------------------------------------------------------------------------------------------


def filtered(wanted: Wanted) -> QuerySet[Nomination]:
    """In whatever state it was received; drafts were never sent."""
    rows = Nomination.objects.filter(**_of(wanted.units), state__in=RECEIVED, lodged_on__isnull=False).order_by()
    rows = rows.filter(_plain(wanted), _near(wanted), _holding(wanted))
    if (sent := _of_submission(wanted)) is not None:
        rows = _among(rows, *sent)
    if wanted.below is not None:
        rows = _among(rows, "unit_id", Unit.objects.within([wanted.below.path]))
    return rows


def _of(units: Sequence[int]) -> dict[str, Any]:
    """One unit as an equality, so that an index goes on being in order behind it."""
    return {"to_unit": units[0]} if len(units) == 1 else {"to_unit__in": units}


def _plain(wanted: Wanted) -> Q:
    asked = {name: getattr(wanted, name) for name in ("award", "year", "subject", "outcome")}
    found = Q(**{name: value for name, value in asked.items() if value})
    if wanted.defects:
        found &= Q(defects__gt=0)
    if wanted.appraiser is not None:
        found &= Q(appraiser=wanted.appraiser) if wanted.appraiser else Q(appraiser__isnull=True)
    return found


def _of_submission(wanted: Wanted) -> tuple[str, QuerySet] | None:
    asked = {name: getattr(wanted, name) for name in ("campaign", "round", "kind")}
    asked = {name: value for name, value in asked.items() if value}
    return ("submission_id", Submission.objects.filter(**asked)) if asked else None


def _among(rows: QuerySet[Nomination], name: str, there: QuerySet) -> QuerySet[Nomination]:
    """Where they are few, by the index of the column; where they are many, by that of the desk: a sum has no other."""
    keys = there.order_by().values("pk")
    if keys[: NARROW + 1].count() <= NARROW:
        return rows.filter(**{f"{name}__in": keys})
    return rows.alias(**{f"plain_{name}": F(name) + 0}).filter(**{f"plain_{name}__in": keys})


def _near(wanted: Wanted) -> Q:
    if wanted.near == "late":
        return Q(clock_due__lt=wanted.on)
    if wanted.near == "soon":
        return Q(clock_due__gte=wanted.on, clock_due__lte=soon_until(wanted.on))
    return Q()


def soon_until(on: datetime.date) -> datetime.date:
    return count_working_days(on, SOON)


def _holding(wanted: Wanted) -> Q:
    """By the index of letters where few hold them, else by looking at each name in the index of the desk."""
    if not wanted.words:
        return Q()
    return found_in(Nomination, wanted.words) if few_in(Nomination, wanted.words) else holding(wanted.words)


def counts(wanted: Wanted) -> Mapping[str, int]:
    """By state, under all that is asked but the state."""
    return _counts(replace(wanted, states=(), order=""))


@until_next_act
def _counts(wanted: Wanted) -> Mapping[str, int]:
    if wanted == Wanted(wanted.units, wanted.on, states=(), order=""):
        return _all_received(wanted.units)
    return dict(filtered(wanted).values_list("state").annotate(n=Count("pk")))


def _all_received(units: Sequence[int]) -> Mapping[str, int]:
    """By the narrowest index: only of what was withdrawn it must be known whether it was ever sent."""
    rows = Nomination.objects.filter(**_of(units)).order_by()
    found = dict(rows.values_list("state").annotate(n=Count("*")))
    found.pop(NominationState.DRAFT, None)
    if NominationState.WITHDRAWN in found:
        sent = rows.filter(state=NominationState.WITHDRAWN, lodged_on__isnull=False)
        found[NominationState.WITHDRAWN] = sent.count()
    return found


def in_state(wanted: Wanted) -> QuerySet[Nomination]:
    rows = filtered(wanted)
    return rows.filter(state=wanted.states[0]) if len(wanted.states) == 1 else rows.filter(state__in=wanted.states)


# --- Pages ------------------------------------------------------------------------------------------------------------


def page_of(wanted: Wanted, *, after: int | None = None, before: int | None = None) -> Page:
    """`after`, `before`: the nomination beside which the page stands; the first page without."""
    found = counts(wanted)
    total = sum(found.get(state, 0) for state in wanted.states)
    edge = Nomination.objects.filter(pk=before or after).defer("sections").first() if before or after else None
    backwards = edge is not None and before is not None
    keys = _keys(wanted, total, ON_A_PAGE + 1, edge, backwards=backwards)
    more, keys = len(keys) > ON_A_PAGE, keys[:ON_A_PAGE]
    keys = keys[::-1] if backwards else keys
    return Page(
        load(keys),
        found,
        total,
        before=keys[0] if keys and (more if backwards else edge is not None) else None,
        after=keys[-1] if keys and (more or backwards) else None,
    )


def load(keys: Sequence[int]) -> list[Nomination]:
    """In the order of the keys, with what a row shows and no more."""
    near = ("unit", "appraiser", "submission__campaign", "submission__round")
    rows = Nomination.objects.select_related(*near).only(*OF_A_ROW).filter(pk__in=keys).order_by()
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys if key in found]


def everything(wanted: Wanted, most: int) -> list[int]:
    """Numbers of what is asked for, in the order of the list, as many as `most`."""
    return _keys(wanted, most, most, None, backwards=False)


def _keys(wanted: Wanted, total: int, most: int, edge: Nomination | None, *, backwards: bool) -> list[int]:
    """So many behind the edge, or before it, nearest first."""
    rows = in_state(wanted)
    if wanted.order in GROUPS:
        return _grouped(rows, wanted, most, edge, backwards=backwards)
    if wanted.order == "ten":
        if total <= FEW:  # by what narrows them; many are walked in the order of their names
            rows = Nomination.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
        return _walked(rows, ("sort_text", "pk"), most, edge, backwards=backwards)
    return _by_clock([rows.filter(state=state) for state in wanted.states], most, edge, backwards=backwards)


def _walked(
    rows: QuerySet[Nomination], fields: Sequence[str], most: int, edge: Nomination | None, *, backwards: bool
) -> list[int]:
    return [key for *_, key in _walk(rows, fields, most, edge, backwards=backwards)]


def _walk(
    rows: QuerySet[Nomination], fields: Sequence[str], most: int, edge: Nomination | None, *, backwards: bool
) -> list[tuple[Any, ...]]:
    """The fields of so many, in their order; the last of them is the key."""
    if edge is not None:
        rows = rows.filter(_beyond(fields, edge, backwards=backwards))
    return list(rows.order_by(*_towards(fields, backwards)).values_list(*fields)[:most])


def _towards(fields: Sequence[str], backwards: bool) -> list[str]:
    return [f"-{name}" if backwards else name for name in fields]


def _beyond(fields: Sequence[str], edge: Nomination, *, backwards: bool) -> Q:
    """Behind the edge in the order of the fields; of two, the first alone already narrows the index."""
    way, at = "lt" if backwards else "gt", getattr(edge, fields[0])
    beyond = Q(**{f"{fields[0]}__{way}": at})
    if len(fields) == 1:
        return beyond
    last = Q(**{fields[0]: at, f"{fields[1]}__{way}": getattr(edge, fields[1])})
    return Q(**{f"{fields[0]}__{way}e": at}) & (beyond | last)


def _by_clock(
    states: Sequence[QuerySet[Nomination]], most: int, edge: Nomination | None, *, backwards: bool
) -> list[int]:
    """Whose last day is the nearest first; behind them those whose clock stands still. The index of the desk is in this
    order within one state alone, so each is walked by itself.
    """
    parts = [(True, ("clock_due", "pk")), (False, ("pk",))]
    if backwards:
        parts.reverse()
    if edge is not None and parts[0][0] != (edge.clock_due is not None):
        del parts[0]
    found: list[int] = []
    for number, (runs, fields) in enumerate(parts):
        beside, left = edge if number == 0 else None, most - len(found)
        each = (rows.filter(clock_due__isnull=not runs) for rows in states)
        part = [one for rows in each for one in _walk(rows, fields, left, beside, backwards=backwards)]
        found += [key for *_, key in sorted(part, reverse=backwards)[:left]]
        if len(found) >= most:
            break
    return found


def _grouped(
    rows: QuerySet[Nomination], wanted: Wanted, most: int, edge: Nomination | None, *, backwards: bool
) -> list[int]:
    """Unit by unit or award by award; within one in the order in which they came. Small groups are fetched together."""
    name, sizes = GROUPS[wanted.order], _sizes(wanted)
    groups = list(reversed(sizes)) if backwards else list(sizes)
    found: list[int] = []
    if edge is not None:
        at = edge.unit_id if name == "unit" else edge.award
        groups = groups[groups.index(at) :] if at in groups else groups
        if groups and groups[0] == at:
            found = _walked(rows.filter(**{name: at}), ("pk",), most, edge, backwards=backwards)
            groups = groups[1:]
    small, last, left = [], None, most - len(found)
    for group in groups:
        if left <= 0:
            break
        if sizes[group] > left:
            last = group
            break
        small.append(group)
        left -= sizes[group]
    place = {group: number for number, group in enumerate(small)}
    whole = rows.filter(**{f"{name}__in": small}).values_list(name, "pk") if small else []
    found += [key for _, key in sorted(whole, key=lambda one: (place[one[0]], -one[1] if backwards else one[1]))]
    if last is not None and left > 0:
        found += _walked(rows.filter(**{name: last}), ("pk",), left, None, backwards=backwards)
    return found


@until_next_act
def _sizes(wanted: Wanted) -> Mapping[Any, int]:
    """How many each group has, in the order of the groups."""
    name = GROUPS[wanted.order]
    found = dict(in_state(wanted).annotate(group=PLAIN[name]).values_list("group").annotate(n=Count("pk")))
    return {group: found[group] for group in _in_order(name, found)}


def _in_order(name: str, groups: Iterable[Any]) -> list[Any]:
    if name == "unit":
        return list(Unit.objects.filter(pk__in=list(groups)).order_by("sort_text", "pk").values_list("pk", flat=True))
    places = {code: place for place, code in enumerate(awards())}
    return sorted(groups, key=lambda code: (places.get(code, len(places)), code))


# --- What the sentence offers -----------------------------------------------------------------------------------------


class Choices(NamedTuple):
    """By number and name."""

    campaigns: Sequence[tuple[int, str]]
    rounds: Sequence[tuple[int, str]]
    appraisers: Sequence[tuple[int, str]]


@until_next_act
def choices(units: tuple[int, ...], on: datetime.date) -> Choices:
    sent = Submission.objects.filter(to_unit__in=units, campaign__isnull=False).order_by()
    campaigns = Campaign.objects.filter(pk__in=sent.values("campaign")).order_by("-pk")
    rounds = Round.objects.filter(to_unit__in=units).order_by("-opens_on", "-pk")
    return Choices(
        list(campaigns.values_list("pk", "title")[:MOST_OFFERED]),
        list(rounds.values_list("pk", "title")[:MOST_OFFERED]),
        appraisers(units, on),
    )


@until_next_act
def appraisers(units: tuple[int, ...], on: datetime.date) -> list[tuple[int, str]]:
    """Who may act here today, by given name."""
    users = {user for found in who_may("appraisal.act", units, on=on).values() for user in found}
    return list(User.objects.filter(pk__in=users).order_by("sort_text", "pk").values_list("pk", "full_name"))


# --- What waits -------------------------------------------------------------------------------------------------------


class Waiting(NamedTuple):
    """How many wait to be accepted, how many are late (all, and those of one appraiser), with the earliest day."""

    new: int
    new_due: datetime.date | None
    late: int
    late_due: datetime.date | None
    mine: int


@until_next_act
def waiting(unit: int, user: int, on: datetime.date) -> Waiting:
    rows = Nomination.objects.filter(to_unit=unit).order_by()
    new = rows.filter(state=NominationState.LODGED)
    late = rows.filter(state__in=UNDER_APPRAISAL, clock_due__lt=on)
    found = new.aggregate(new=Count("pk"), new_due=Min("clock_due"))
    found |= late.aggregate(late=Count("pk"), late_due=Min("clock_due"), mine=Count("pk", filter=Q(appraiser=user)))
    return Waiting(**found)


def to_agree(unit: int, user: int) -> list[Override]:
    """What another appraiser asks a second person for, the longest waiting first."""
    rows = Override.objects.filter(nomination__to_unit=unit, agreed__isnull=True, withdrawn_at__isnull=True)
    rows = rows.exclude(by=user).select_related("nomination", "by").order_by("at", "pk")
    return list(rows.defer("nomination__sections")[:MOST_OFFERED])
