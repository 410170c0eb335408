"""Households are added and put right; one that moves takes its records along."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import Household, Unit
from thidua_web.register.models.households import HOUSING

FIELDS = ("head_name", "head_sex", "head", "code", "address", "unit", "valid_from", "valid_to")


@transaction.atomic
def create_household(*, by: Actor, at: datetime.datetime, **values: Any) -> Household:
    """`values` are fields (`FIELDS`). Raises ValidationError for a unit that holds no households, for a code that
    another household there has, for a last day before the first.
    """
    household = Household(**values)
    _refuse(household)
    household.save()
    _journal("household.created", household, by, at, {})
    return household


@transaction.atomic
def change_household(*, household: Household, by: Actor, at: datetime.datetime, **values: Any) -> list[str]:
    """The names of the fields that changed; the same again changes nothing. Raises as `create_household`.

    The journal gets the names of the fields and, where it moved, the commune of before.
    """
    row = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    changed = [name for name in FIELDS if name in values and getattr(row, name) != values[name]]
    if not changed:
        return []
    before = row.unit_id
    for name in changed:
        setattr(row, name, values[name])
    _refuse(row)
    row.save()
    moved = {"from": before} if "unit" in changed else {}
    _journal("household.changed", row, by, at, {"fields": changed, **moved})
    return changed


def _refuse(household: Household) -> None:
    unit: Unit = household.unit
    if unit.kind not in HOUSING:
        words = gettext("Hộ gia đình thuộc xã, phường, thị trấn, đặc khu; “%(unit)s” không phải.")
        raise ValidationError({"unit": words % {"unit": unit.name}})
    if household.valid_from and household.valid_to and household.valid_to < household.valid_from:
        raise ValidationError({"valid_to": gettext("Ngày kết thúc đứng trước ngày bắt đầu.")})
    if household.code:
        same = Household.objects.filter(unit=unit, code__iexact=household.code).exclude(pk=household.pk).first()
        if same is not None:
            words = gettext("Mã này của %(name)s, cùng xã. Mỗi hộ một mã.")
            raise ValidationError({"code": words % {"name": same.name}})


def _journal(act: str, household: Household, by: Actor, at: datetime.datetime, details: dict[str, Any]) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=household.unit_id,
        subject=("household", household.pk),
        label=household.name,
        details=details,
    )
