"""Annual ratings and awards of before, written one by one."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, gettext

from thidua import explain
from thidua.findings import Basis, Outcome
from thidua.register.units_in_time import UnitInTime, UnitPeriod, may_be_awarded
from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import AwardRecord, Person, Rating, Unit
from thidua_web.register.nominees import Nominee, kind_of, name_of, unit_id_of, whose_is
from thidua_web.register.queries.units import name_on


@transaction.atomic
def set_rating(  # noqa: PLR0913 - what a rating is
    *,
    of: Person | Unit,
    year: int,
    track: str,
    level: str,
    scheme: str = "",
    paper: str = "",
    decided_on: datetime.date | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Rating:
    """One level a year and track: the newest counts, the journal keeps the one before. The same changes nothing."""
    rating = Rating.objects.select_for_update().filter(**whose_is(of), year=year, track=track).first()
    unit_name = name_on(_unit_of(of), datetime.date(year, 12, 31))
    said = {"level": level, "scheme": scheme, "paper": paper, "decided_on": decided_on, "unit_name": unit_name}
    if rating is not None and all(getattr(rating, name) == value for name, value in said.items()):
        return rating
    before = rating.level if rating else None
    rating = rating or Rating(**whose_is(of), year=year, track=track)
    for name, value in said.items():
        setattr(rating, name, value)
    rating.save()
    _journal("rating.set", of, by, at, {"year": year, "track": track, "level": level, "before": before})
    return rating


@transaction.atomic
def record_award(*, of: Nominee, by: Actor, at: datetime.datetime, **values: Any) -> AwardRecord:
    """An award as its decision says it, with the names of that day; `values` are the fields of the record.

    Raises ValidationError where a unit was dissolved before the decision. The same award again changes nothing.
    """
    day = values["decided_on"] or datetime.date(values["year"], 12, 31)
    if isinstance(of, Unit):
        refuse_dissolved(of, values["decided_on"], values["year"])
    unit_name = name_on(_unit_of(of), day)
    recipient = unit_name if isinstance(of, Unit) else name_of(of)
    known = AwardRecord.objects.select_for_update().filter(**whose_is(of), **values).first()
    if known is not None:
        return known
    award = AwardRecord.objects.create(**whose_is(of), **values, recipient_name=recipient, unit_name=unit_name)
    details = {"award": award.pk, "title": award.title, "year": award.year, "decision": award.decision}
    _journal("award.recorded", of, by, at, details)
    return award


def refuse_dissolved(unit: Unit, decided_on: datetime.date | None, year: int) -> None:
    """A dissolved unit gets no award: by the day of the decision or, where that is not known, by its year."""
    day = decided_on or (datetime.date(year, 1, 1) if year > unit.valid_from.year else unit.valid_from)
    finding = may_be_awarded(_in_time(unit), day, heir=_in_time(unit.heir) if unit.heir else None)
    if finding.outcome is not Outcome.MET:
        words = explain.sentence(finding, get_language() or "vi")
        raise ValidationError({"decided_on" if decided_on else "year": f"{words}{_said(finding.basis)}"})


def _said(basis: Basis | None) -> str:
    """On what it stands, and whether that was verified."""
    if basis is None or not basis.instrument:
        return ""
    return f" ({basis.instrument})" if basis.verified else f" ({basis.instrument}, {gettext('chưa kiểm chứng')})"


def _in_time(unit: Unit) -> UnitInTime:
    periods = [
        UnitPeriod(name=row.name, kind=row.kind, parent=None, start=row.valid_from, end=row.valid_to)
        for row in unit.periods.order_by("valid_from")
    ]
    return UnitInTime(code=unit.code, periods=tuple(periods))


def _unit_of(of: Nominee) -> Unit:
    return of if isinstance(of, Unit) else of.unit


def _journal(act: str, of: Nominee, by: Actor, at: datetime.datetime, details: dict[str, Any]) -> None:
    about = {"unit_id": unit_id_of(of), "subject": (kind_of(of), of.pk), "label": name_of(of)}
    record(act=act, by=by, at=at, **about, details=details)
