"""Writes the rows of a campaign out of its plan: what stays keeps its row, what goes is ended, what is new is added."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from thidua.plans import campaign as core
from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.actions.handing_on import BATCH, carried_marks
from thidua_web.campaigns.addressees import Register
from thidua_web.campaigns.models import Campaign, Duty, DutyDay, DutyDone, DutyUnit, Edition, Offer, Phase, Target
from thidua_web.campaigns.models.campaigns import Part
from thidua_web.campaigns.queries.launches import Source
from thidua_web.register.models import Unit

Fields = dict[str, Any]
Days = dict[datetime.date | None, datetime.date | None]


@dataclass(frozen=True)
class Writing:
    """`edition` begins and ends rows; `kept` are the words that a part's row stands on so far, by the part's key.

    Without `register` the addressees stay as they are.
    """

    campaign: Campaign
    edition: Edition
    plan: core.CampaignPlan
    sources: Mapping[str, Source]
    kept: Mapping[str, Source]
    register: Register | None = None


def write_parts(writing: Writing) -> None:
    plan = writing.plan
    _write(Phase, plan.phases, _phase, writing)
    _write(Target, plan.targets, _target, writing)
    _write(Offer, plan.offers, _offer, writing)
    said = dict(Duty.objects.in_force().filter(campaign=writing.campaign).values_list("pk", "who"))
    duties = _write(Duty, plan.duties, lambda duty: _duty(duty, writing.sources), writing)
    _write_days(duties, plan.duties, writing.edition)
    if writing.register is not None:
        same = {row.pk for row in duties.values() if said.get(row.pk) == row.who}
        _write_units(duties, plan.duties, writing.register, same)


def _write(
    model: type[Part], items: Sequence[core.Item], fields_of: Callable[[Any], Fields], writing: Writing
) -> dict[str, Any]:
    """The rows in force, by the key of their item."""
    in_force = model.objects.in_force().filter(campaign=writing.campaign)
    standing = {Source(row.document_id, row.key): row for row in in_force}
    rows: dict[str, Any] = {}
    new: list[Part] = []
    changed: list[Part] = []
    for place, item in enumerate(items, 1):
        row = standing.pop(writing.kept[item.key], None) if item.key in writing.kept else None
        if row is None:
            row = model(campaign=writing.campaign, begun_by=writing.edition)
            new.append(row)
        if _set(row, _common(item, place, writing.sources[item.key]) | fields_of(item)) and row.pk:
            changed.append(row)
        rows[item.key] = row
    names = [*_COMMON, *(fields_of(items[0]) if items else ())]
    model.objects.filter(pk__in=[row.pk for row in standing.values()]).update(ended_by=writing.edition)
    model.objects.bulk_update(changed, names, batch_size=BATCH)
    model.objects.bulk_create(new, batch_size=BATCH)
    return rows


def _set(row: Part, fields: Fields) -> bool:
    """Whether anything became different."""
    different = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


_COMMON = ("document_id", "key", "quote", "span_start", "span_end", "place")


def _common(item: core.Item, place: int, source: Source) -> Fields:
    start, end = item.words.span
    return dict(zip(_COMMON, (*source, item.words.quote, start, end, place), strict=True))


def _phase(phase: core.Phase) -> Fields:
    level = (phase.level or "")[:200]
    return {"label": phase.label, "level": level, "start": phase.start, "end": phase.end}


def _duty(duty: core.Duty, sources: Mapping[str, Source]) -> Fields:
    words = (duty.what, duty.who, duty.to, duty.words.quote)
    return {
        "nature": duty.nature,
        "what": duty.what,
        "who": duty.who or "",
        "to": duty.to or "",
        "time": datetime.time.fromisoformat(duty.time) if duty.time else None,
        "rule": (duty.rule or "")[:200],
        "within": sources[duty.within].key if duty.within else "",
        "folded": search_key(" ".join(part for part in words if part)),
    }


def _target(aim: core.Aim) -> Fields:
    target = aim.target
    return {
        "indicator": target.indicator,
        "op": target.op,
        "value": target.value,
        "value_max": target.value_max,
        "unit": (target.unit or "")[:80],
        "strict": target.strict,
    }


def _offer(offer: core.Offer) -> Fields:
    return {"award": offer.award, "granted_by": offer.granted_by or "", "terms": msgspec.to_builtins(offer)}


def _write_days(rows: Mapping[str, Duty], duties: Sequence[core.Duty], edition: Edition) -> None:
    """A day that stays keeps its row, so that what units have marked on it is not lost.

    A task whose words hold deadlines is done by these, and has no row of its own.
    """
    holders = {duty.within for duty in duties}
    standing: dict[int, dict[datetime.date | None, DutyDay]] = {row.pk: {} for row in rows.values()}
    for day in DutyDay.objects.in_force().filter(duty__in=list(standing)):
        standing[day.duty_id][day.day] = day
    new: list[DutyDay] = []
    moved: list[DutyDay] = []
    for duty in duties:
        row = rows[duty.key]
        known = standing[row.pk]
        for day, due in _days(duty, holders).items():
            there = known.pop(day, None)
            if there is None:
                new.append(DutyDay(duty=row, day=day, due=due))
            elif there.due != due:
                there.due = due
                moved.append(there)
    gone = [day.pk for days in standing.values() for day in days.values()]
    DutyDay.objects.filter(pk__in=gone).update(ended_by=edition)
    DutyDay.objects.bulk_update(moved, ["due"], batch_size=BATCH)
    DutyDay.objects.bulk_create(new, batch_size=BATCH)


def _days(duty: core.Duty, holders: Collection[str | None]) -> Days:
    without: Days = {} if duty.key in holders else {None: None}
    return {one.day: one.due for one in duty.days} or without


def _write_units(
    rows: Mapping[str, Duty], duties: Iterable[core.Duty], register: Register, same: Collection[int]
) -> None:
    """Where a duty is given to the `same` words as before, those stay who go on for a unit that the words meant."""
    wanted = {(rows[duty.key].pk, unit) for duty in duties for unit in _addressed(duty, register)}
    standing = {
        (row.duty_id, row.unit_id): row for row in DutyUnit.objects.filter(duty__in=[row.pk for row in rows.values()])
    }
    heirs = {pair for pair, row in standing.items() if row.inherited_from_id and row.duty_id in same}
    gone = {pair: row.pk for pair, row in standing.items() if pair not in wanted | heirs}
    DutyUnit.objects.filter(pk__in=gone.values()).delete()
    new = sorted(wanted - standing.keys())
    DutyUnit.objects.bulk_create((DutyUnit(duty_id=duty, unit_id=unit) for duty, unit in new), batch_size=BATCH)
    DutyDone.objects.bulk_create(carried_marks(_before(new, gone)), batch_size=BATCH)


def _before(new: Iterable[tuple[int, int]], gone: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """Of the new addressees those that go on for one that goes: what it had done is not asked for again."""
    links = Unit.successors.through.objects.filter(from_unit__in={unit for _, unit in gone})
    ended: dict[int, list[int]] = {}
    for before, heir in links.values_list("from_unit_id", "to_unit_id"):
        ended.setdefault(heir, []).append(before)
    found = {(duty, unit): [one for one in ended.get(unit, ()) if (duty, one) in gone] for duty, unit in new}
    return {pair: units for pair, units in found.items() if units}


def _addressed(duty: core.Duty, register: Register) -> set[int]:
    """A deadline that the plan gives to nobody is followed by whoever launches."""
    if not duty.who and not duty.parties and duty.nature == "deadline":
        return {register.owner}
    return {body.pk for party in duty.parties for body in register.reach(party).units}
