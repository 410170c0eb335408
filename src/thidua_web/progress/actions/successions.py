"""What a unit has taken on goes on in its heir's pledge, and a report that it was writing; its own pledge is closed and
stays. Membership in a bloc ends with the unit: the heir is put into none by itself.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from thidua.progress.targets import is_share
from thidua_web.config.bulk import batched, set_each
from thidua_web.progress.models import (
    Evidence,
    Pledge,
    PledgedTarget,
    PledgedWork,
    Report,
    ReportedValue,
    ReportedWork,
)
from thidua_web.progress.queries import successions as queries
from thidua_web.progress.stages import PledgeState
from thidua_web.register import signals
from thidua_web.register.models import Bloc, BlocHead, BlocMember
from thidua_web.register.signals import Moved, Reorganised

BATCH = 500
Heirs = Mapping[int, int]
Copied = dict[int, int]
"""Of an old row the new one."""


def connect() -> None:
    """Called once when the apps are ready."""
    for signal, receiver in (
        (signals.reorganised, follow),
        (signals.put_back, go_back),
        (signals.foreseen, queries.foresee),
        (signals.standing_upon, queries.standing_upon),
    ):
        signal.connect(receiver, weak=False, dispatch_uid=f"{__name__}.{receiver.__name__}")


def follow(*, change: Reorganised, **sent: Any) -> Moved:
    """Carry everything over; the answer is what `go_back` needs."""
    pledges = list(queries.running_pledges(change.names, on=change.on).order_by("campaign_id", "unit_id"))
    heirs_own, made, grown = _heirs_pledges(pledges, change.heirs)
    (targets, made_targets), (works, made_works) = _take_over(pledges, heirs_own, change.heirs)
    closed = [pledge.pk for pledge in pledges]
    for some in batched(closed):
        Pledge.objects.filter(pk__in=some).update(closed_at=change.at)
    return {
        "closed": closed,
        "made": made,
        "grown": grown,
        "targets": made_targets,
        "works": made_works,
        **_reports(change, targets, works),
        **_blocs(change),
    }


# Pledges --------------------------------------------------------------------------------------------------------------


def _heirs_pledges(
    pledges: Iterable[Pledge], heirs: Heirs
) -> tuple[dict[tuple[int, int], Pledge], list[int], list[tuple[int, int]]]:
    """By campaign and heir the pledge that takes over; those made for it; those there before, with their revision."""
    coming: defaultdict[tuple[int, int], list[Pledge]] = defaultdict(list)
    for pledge in pledges:
        if pledge.unit_id in heirs:
            coming[pledge.campaign_id, heirs[pledge.unit_id]].append(pledge)
    rows = Pledge.objects.filter(
        campaign__in={campaign for campaign, _ in coming}, unit__in={heir for _, heir in coming}
    )
    own = {(row.campaign_id, row.unit_id): row for row in rows if (row.campaign_id, row.unit_id) in coming}
    grown = [(row.pk, row.revision) for row in own.values()]
    set_each(Pledge, ["revision"], [(pk, revision + 1) for pk, revision in grown])
    new = {key: _pledge_of(key, of) for key, of in coming.items() if key not in own}
    Pledge.objects.bulk_create(new.values(), batch_size=BATCH)
    return own | new, [row.pk for row in new.values()], grown


def _pledge_of(key: tuple[int, int], of: Sequence[Pledge]) -> Pledge:
    """As far as the least advanced of those that come together: nothing is accepted by a reform."""
    campaign, heir = key
    states = {row.state for row in of}
    state = PledgeState.DRAFT
    if states == {PledgeState.ACCEPTED}:
        state = PledgeState.ACCEPTED
    elif states <= {PledgeState.ACCEPTED, PledgeState.SUBMITTED}:
        state = PledgeState.SUBMITTED
    first = max(of, key=lambda row: row.edited_at)
    kept = ("due", "edited_by_id", "edited_at", "submitted_by_id", "submitted_at", "decided_by_id", "decided_at")
    return Pledge(
        campaign_id=campaign,
        unit_id=heir,
        inherited_from_id=of[0].unit_id,
        state=state,
        late=any(row.late for row in of),
        note="\n".join(row.note for row in of if row.note),
        findings=[one for row in of for one in row.findings],
        doubts=sum(row.doubts for row in of),
        revision=1,
        **{name: getattr(first, name) for name in kept},
    )


def _take_over(
    pledges: Iterable[Pledge], heirs_own: Mapping[tuple[int, int], Pledge], heirs: Heirs
) -> tuple[tuple[Copied, list[int]], tuple[Copied, list[int]]]:
    """Copies of all rows, marked with whom they come from, and which of them are new; the old ones stay."""
    into = {
        pledge.pk: heirs_own[pledge.campaign_id, heirs[pledge.unit_id]] for pledge in pledges if pledge.unit_id in heirs
    }
    units = {pledge.pk: pledge.unit_id for pledge in pledges}
    targets = _copies(PledgedTarget, into, units, but=_same_share)
    works = _copies(PledgedWork, into, units)
    return targets, works


def _same_share(row: PledgedTarget, there: Iterable[PledgedTarget]) -> bool:
    """A share of the campaign that the heir has taken on at the same height (99%) is one target, not two; so is one
    that neither has put a number to.
    """
    if not row.source_id or (row.value is not None and not is_share(row.indicator, row.measure)):
        return False
    said = (row.source_id, row.op, row.value, row.value_max, row.left_out)
    return any(said == (one.source_id, one.op, one.value, one.value_max, one.left_out) for one in there)


def _copies(
    model: Any, into: Mapping[int, Pledge], units: Mapping[int, int], but: Any = None
) -> tuple[Copied, list[int]]:
    there: defaultdict[int, list[Any]] = defaultdict(list)
    heirs = {pledge.pk for pledge in into.values()}
    for row in model.objects.filter(pledge__in=heirs):
        there[row.pledge_id].append(row)
    last = dict(model.objects.filter(pledge__in=heirs).order_by().values_list("pledge").annotate(n=Max("place")))
    copied: dict[int, Any] = {}
    new: list[Any] = []
    for row in model.objects.filter(pledge__in=list(into)).order_by("pledge__unit__sort_text", "place", "pk"):
        old, pledge, unit = row.pk, into[row.pledge_id], row.came_from_id or units[row.pledge_id]
        twin = next((one for one in there[pledge.pk] if but and but(row, [one])), None)
        if twin is not None:
            copied[old] = twin
            continue
        last[pledge.pk] = last.get(pledge.pk, -1) + 1
        row.pk, row.pledge, row.came_from_id, row.token = None, pledge, unit, uuid.uuid4()
        row._state.adding, row.place = True, last[pledge.pk]
        new.append(row)
        there[pledge.pk].append(row)
        copied[old] = row
    model.objects.bulk_create(new, batch_size=BATCH)
    return {old: row.pk for old, row in copied.items()}, [row.pk for row in new]


# Reports --------------------------------------------------------------------------------------------------------------


def _reports(change: Reorganised, targets: Copied, works: Copied) -> Moved:
    """A report begun and not sent is gone on with; the first of two for one day goes, the other stays where it was."""
    rows = list(queries.unsent_reports(change.heirs, on=change.on).order_by("edited_at", "pk"))
    days = {row.day_id for row in rows}
    heirs = set(change.heirs.values())
    there = set(Report.objects.filter(day__in=days, unit__in=heirs).values_list("day_id", "unit_id"))
    going = []
    for row in rows:
        place = (row.day_id, change.heirs[row.unit_id])
        if place not in there:
            there.add(place)
            going.append(row)
    set_each(Report, ["unit", "inherited_from"], [(row.pk, change.heirs[row.unit_id], row.unit_id) for row in going])
    pks = [row.pk for row in going]
    return {
        "reports": [(row.pk, row.unit_id, row.inherited_from_id) for row in going],
        "values": _lead_over(ReportedValue, "target", pks, targets),
        "told_works": _lead_over(ReportedWork, "work", pks, works),
        "proofs_of_targets": _lead_over(Evidence, "target", pks, targets),
        "proofs_of_works": _lead_over(Evidence, "work", pks, works),
    }


def _lead_over(model: Any, name: str, reports: Sequence[int], copied: Copied) -> list[tuple[int, int]]:
    """What they say of an old row they say of the new one; two that would say it of the same stay as they are."""
    rows = list(model.objects.filter(report__in=reports).values_list("pk", "report_id", f"{name}_id"))
    taken = {(report, row) for _, report, row in rows}
    gone = []
    for pk, report, row in rows:
        new = copied.get(row)
        if new is not None and (report, new) not in taken:
            taken.add((report, new))
            gone.append((pk, row))
    set_each(model, [name], [(pk, copied[row]) for pk, row in gone])
    return gone


# Blocs ----------------------------------------------------------------------------------------------------------------


def _blocs(change: Reorganised) -> Moved:
    """Blocs that an ended unit made go on with its heir; nobody's membership does."""
    rows = list(queries.blocs(change.heirs, on=change.on))
    set_each(Bloc, ["unit"], [(row.pk, change.heirs[row.unit_id]) for row in rows])
    ended: Moved = {"blocs": [(row.pk, row.unit_id) for row in rows]}
    for name, model in (("members", BlocMember), ("heads", BlocHead)):
        ended |= _end(name, model, list(change.names), change.last_day)
    return ended


def _end(name: str, model: Any, units: Sequence[int], last: datetime.date) -> Moved:
    """On the last day; what would only begin later goes."""
    rows = list(queries.spans(model, units, last=last))
    ending = [row for row in rows if row.valid_from <= last]
    never = [row for row in rows if row.valid_from > last]
    set_each(model, ["valid_to"], [(row.pk, last) for row in ending])
    model.objects.filter(pk__in=[row.pk for row in never]).delete()
    return {
        name: [(row.pk, _iso(row.valid_to)) for row in ending],
        f"{name}_dropped": [
            (row.pk, row.bloc_id, row.unit_id, _iso(row.valid_from), _iso(row.valid_to)) for row in never
        ],
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


# Back -----------------------------------------------------------------------------------------------------------------


def go_back(*, handovers: Mapping[str, Moved], **sent: Any) -> None:
    """As if it had never been carried over. Nobody has done anything on it since, or the reform could not be undone."""
    moved = handovers.get("progress")
    if not moved:
        return
    for model, field, rows in (
        (ReportedValue, "target", "values"),
        (ReportedWork, "work", "told_works"),
        (Evidence, "target", "proofs_of_targets"),
        (Evidence, "work", "proofs_of_works"),
    ):
        set_each(model, [field], moved[rows])
    set_each(Report, ["unit", "inherited_from"], moved["reports"])
    _pledges_back(moved)
    set_each(Bloc, ["unit"], moved["blocs"])
    for name, model in (("members", BlocMember), ("heads", BlocHead)):
        set_each(model, ["valid_to"], [(pk, _day(day)) for pk, day in moved[name]])
        model.objects.bulk_create(
            model(pk=pk, bloc_id=bloc, unit_id=unit, valid_from=_day(first), valid_to=_day(last))
            for pk, bloc, unit, first, last in moved[f"{name}_dropped"]
        )


def _pledges_back(moved: Moved) -> None:
    for model, pks in ((PledgedTarget, moved["targets"]), (PledgedWork, moved["works"])):
        for some in batched(pks):
            model.objects.filter(pk__in=some).delete()
    for some in batched(moved["made"]):
        Pledge.objects.filter(pk__in=some).delete()
    set_each(Pledge, ["revision"], moved["grown"])
    for some in batched(moved["closed"]):
        Pledge.objects.filter(pk__in=some).update(closed_at=None)
