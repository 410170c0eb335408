"""Every write to a bloc: made, put right, ended; members from a day to a day; the head and its rotation."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import Bloc, BlocHead, BlocMember, Unit

ONE_DAY = datetime.timedelta(days=1)


class Added(NamedTuple):
    """Which units came in, and which were members on that day already."""

    new: list[Unit]
    already: list[Unit]


@transaction.atomic
def make_bloc(  # noqa: PLR0913 - what a bloc is
    *, unit: Unit, name: str, paper: str, valid_from: datetime.date, by: Actor, at: datetime.datetime
) -> Bloc:
    """A bloc without members. The same made twice is one. Raises ValidationError where the name is taken then."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    there = Bloc.objects.filter(unit=unit, name=name, valid_from=valid_from, paper=paper, valid_to=None).first()
    if there is not None:
        return there
    _refuse_taken(unit.pk, name, valid_from)
    bloc = Bloc.objects.create(unit=unit, name=name, paper=paper, valid_from=valid_from)
    _journal("bloc.made", bloc, by, at, {"from": valid_from.isoformat(), "paper": paper})
    return bloc


@transaction.atomic
def change_bloc(*, bloc: Bloc, name: str, paper: str, by: Actor, at: datetime.datetime) -> bool:
    """Its name and its paper. False where nothing differs."""
    bloc = _locked(bloc)
    pairs = {"name": (bloc.name, name), "paper": (bloc.paper, paper)}
    changes = {field: list(pair) for field, pair in pairs.items() if pair[0] != pair[1]}
    if not changes:
        return False
    _refuse_taken(bloc.unit_id, name, bloc.valid_from, besides=bloc)
    bloc.name, bloc.paper = name, paper
    bloc.save()
    _journal("bloc.changed", bloc, by, at, {"changes": changes})
    return True


@transaction.atomic
def end_bloc(*, bloc: Bloc, on: datetime.date, by: Actor, at: datetime.datetime) -> bool:
    """`on` is the last day; members and head end with it. False where it has ended.

    Raises ValidationError where it, a member or a head begins later than that.
    """
    bloc = _locked(bloc)
    if bloc.valid_to is not None:
        return False
    begins = [bloc.valid_from, *_begins(BlocMember, bloc), *_begins(BlocHead, bloc)]
    if max(begins) > on:
        words = gettext("Ngày cuối không được trước ngày %(day)s, là ngày sau cùng có thay đổi trong cụm, khối.")
        raise ValidationError({"on": words % {"day": f"{max(begins):%d/%m/%Y}"}})
    for model in (BlocMember, BlocHead):
        model.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), bloc=bloc).update(valid_to=on)
    bloc.valid_to = on
    bloc.save()
    _journal("bloc.ended", bloc, by, at, {"on": on.isoformat()})
    return True


@transaction.atomic
def add_members(*, bloc: Bloc, units: Collection[Unit], on: datetime.date, by: Actor, at: datetime.datetime) -> Added:
    """These units are members from that day on; one that was to come later comes then.

    Raises ValidationError naming every unit that does not stand on that day, and where the bloc does not.
    """
    bloc = _locked(bloc)
    _refuse_outside(bloc, on)
    wanted = sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: unit.sort_text)
    _refuse_ended(wanted, on)
    rows = BlocMember.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), bloc=bloc, unit__in=wanted)
    spans = {row.unit_id: row for row in rows.order_by("-valid_from")}  # the earliest of each
    added = Added([], [])
    for unit in wanted:
        span = spans.get(unit.pk)
        if span is not None and span.valid_from <= on:
            added.already.append(unit)
            continue
        added.new.append(unit)
        if span is not None:
            BlocMember.objects.filter(pk=span.pk).update(valid_from=on)
    BlocMember.objects.bulk_create(
        BlocMember(bloc=bloc, unit=unit, valid_from=on) for unit in added.new if unit.pk not in spans
    )
    if added.new:
        _journal("bloc.members_added", bloc, by, at, {"on": on.isoformat(), "units": _names(added.new)})
    return added


@transaction.atomic
def remove_members(
    *, bloc: Bloc, units: Collection[Unit], on: datetime.date, by: Actor, at: datetime.datetime
) -> list[Unit]:
    """`on` is their last day as members, and as head for whichever of them leads. Who came in after it never did.

    Returns those for whom it changed something.
    """
    bloc = _locked(bloc)
    begun = BlocMember.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), bloc=bloc, unit__in=units)
    gone = sorted({row.unit for row in begun.select_related("unit")}, key=lambda unit: unit.sort_text)
    for model in (BlocMember, BlocHead):
        rows = model.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), bloc=bloc, unit__in=units)
        rows.filter(valid_from__gt=on).delete()
        rows.update(valid_to=on)
    if gone:
        _journal("bloc.members_removed", bloc, by, at, {"on": on.isoformat(), "units": _names(gone)})
    return gone


@transaction.atomic
def set_head(*, bloc: Bloc, unit: Unit, on: datetime.date, by: Actor, at: datetime.datetime) -> bool:
    """`unit` leads the bloc from that day until the next head that is written already, if any.

    False where it leads then. Raises ValidationError where it is no member on that day.
    """
    bloc = _locked(bloc)
    _refuse_outside(bloc, on)
    if not BlocMember.objects.valid(on=on).filter(bloc=bloc, unit=unit).exists():
        words = gettext("Ngày %(day)s, “%(unit)s” không là thành viên nên không làm trưởng cụm, khối.")
        raise ValidationError({"unit": words % {"day": f"{on:%d/%m/%Y}", "unit": unit.name}})
    now = BlocHead.objects.valid(on=on).filter(bloc=bloc).first()
    if now is not None and now.unit_id == unit.pk:
        return False
    until = now.valid_to if now else _day_before_next(bloc, on)
    if now is not None and now.valid_from == on:
        now.delete()
    elif now is not None:
        BlocHead.objects.filter(pk=now.pk).update(valid_to=on - ONE_DAY)
    BlocHead.objects.create(bloc=bloc, unit=unit, valid_from=on, valid_to=until)
    _journal("bloc.head_set", bloc, by, at, {"on": on.isoformat(), "unit": unit.name})
    return True


def _day_before_next(bloc: Bloc, on: datetime.date) -> datetime.date | None:
    later = BlocHead.objects.filter(bloc=bloc, valid_from__gt=on).order_by("valid_from").first()
    return later.valid_from - ONE_DAY if later else bloc.valid_to


def _locked(bloc: Bloc) -> Bloc:
    return Bloc.objects.select_for_update().get(pk=bloc.pk)


def _begins(model: type[BlocMember] | type[BlocHead], bloc: Bloc) -> Iterable[datetime.date]:
    return model.objects.filter(bloc=bloc).values_list("valid_from", flat=True)


def _refuse_taken(unit_id: int, name: str, on: datetime.date, besides: Bloc | None = None) -> None:
    same = Bloc.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), unit=unit_id, name=name)
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise ValidationError({"name": gettext("Đã có cụm, khối tên này vào ngày đó.")})


def _refuse_outside(bloc: Bloc, on: datetime.date) -> None:
    if on < bloc.valid_from or (bloc.valid_to is not None and on > bloc.valid_to):
        last = f"{bloc.valid_to:%d/%m/%Y}" if bloc.valid_to else gettext("nay")
        words = gettext("Ngày phải trong thời gian của cụm, khối: từ %(first)s đến %(last)s.")
        raise ValidationError({"on": words % {"first": f"{bloc.valid_from:%d/%m/%Y}", "last": last}})


def _refuse_ended(units: Iterable[Unit], on: datetime.date) -> None:
    words = gettext("Ngày %(day)s, “%(unit)s” không hoạt động.")
    wrong = [unit for unit in units if unit.valid_from > on or (unit.valid_to is not None and unit.valid_to < on)]
    if wrong:
        raise ValidationError({"units": [words % {"day": f"{on:%d/%m/%Y}", "unit": unit.name} for unit in wrong]})


def _names(units: Iterable[Unit]) -> list[str]:
    return [unit.name for unit in units]


def _journal(act: str, bloc: Bloc, by: Actor, at: datetime.datetime, details: dict[str, Any]) -> None:
    record(act=act, by=by, at=at, unit_id=bloc.unit_id, subject=("bloc", bloc.pk), label=bloc.name, details=details)
