"""A unit founded or put right by a person. What changes from a day on is a reform, and stands with the reforms."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from thidua_web.journal.actions import Actor, record
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitCode


class GivenCode(NamedTuple):
    """A code that others gave the unit, and from when to when."""

    scheme: str
    code: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


@transaction.atomic
def found_unit(  # noqa: PLR0913 - what a unit is
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit,
    valid_from: datetime.date,
    codes: Sequence[GivenCode] = (),
    by: Actor,
    at: datetime.datetime,
) -> Unit:
    """Raises ValidationError where a code is taken or the unit above does not stand on the first day."""
    if parent.valid_from > valid_from or (parent.valid_to and parent.valid_to < valid_from):
        words = gettext("Ngày %(day)s, “%(unit)s” không hoạt động nên không thể có đơn vị trực thuộc.")
        raise ValidationError({"parent": words % {"day": f"{valid_from:%d/%m/%Y}", "unit": parent.name}})
    _refuse_taken(code)
    unit = create_unit(code=code, name=name, kind=kind, parent=parent, valid_from=valid_from)
    UnitCode.objects.bulk_create(UnitCode(unit=unit, **given._asdict()) for given in codes)
    details = {"code": code, "kind": kind, "parent": parent.pk, "from": valid_from.isoformat()}
    _journal("unit.created", unit, by, at, details)
    return unit


@transaction.atomic
def correct_unit(  # noqa: PLR0913 - what can be put right
    *, unit: Unit, code: str, name: str, codes: Sequence[GivenCode], reason: str, by: Actor, at: datetime.datetime
) -> bool:
    """What was written wrongly from the beginning: the code, the spelling of the latest name, the codes of others.

    False where nothing differs. Raises ValidationError where the code is taken.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    changes = _differences(unit, code, name, codes)
    if not changes:
        return False
    _refuse_taken(code, besides=unit)
    unit.code, unit.name = code, name
    unit.full_clean(exclude=["path"])
    unit.save()
    last = unit.periods.order_by("valid_from").last()
    if last is not None:
        last.name = name
        last.save()
    if "codes" in changes:
        unit.codes.all().delete()
        UnitCode.objects.bulk_create(UnitCode(unit=unit, **given._asdict()) for given in codes)
    _journal("unit.corrected", unit, by, at, {"changes": changes, "reason": reason})
    return True


def _differences(unit: Unit, code: str, name: str, codes: Sequence[GivenCode]) -> dict[str, Any]:
    """Old and new by field."""
    pairs: dict[str, tuple[Any, Any]] = {"code": (unit.code, code), "name": (unit.name, name)}
    held = unit.codes.order_by("pk").values_list("scheme", "code", "valid_from", "valid_to")
    pairs["codes"] = (sorted(map(_plain, held)), sorted(map(_plain, codes)))
    return {field: list(pair) for field, pair in pairs.items() if pair[0] != pair[1]}


def _plain(given: Sequence[Any]) -> list[str]:
    return [part.isoformat() if isinstance(part, datetime.date) else str(part or "") for part in given]


def _refuse_taken(code: str, besides: Unit | None = None) -> None:
    taken = Unit.objects.filter(code__iexact=code).exclude(pk=besides.pk if besides else None).first()
    if taken is not None:
        words = gettext("Mã “%(code)s” đã là của “%(unit)s”.") % {"code": code, "unit": taken.name}
        raise ValidationError({"code": words})


def _journal(act: str, unit: Unit, by: Actor, at: datetime.datetime, details: dict[str, Any]) -> None:
    record(act=act, by=by, at=at, unit_id=unit.pk, subject=("unit", unit.pk), label=unit.name, details=details)
