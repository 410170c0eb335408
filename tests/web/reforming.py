"""Reforms that a test of a page or an act needs, drafted by the product's own act."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from thidua.register.acts import Act, Target
from thidua_web.accounts.models import User
from thidua_web.register.actions import reforms as actions
from thidua_web.register.models import Reform, Unit
from thidua_web.register.queries.reforms import as_kept


def merge(*old: str, into: str, name: str = "", **fields: Any) -> Act:
    return Act(act="merge", old=old, new=(Target(code=into, name=name, **fields),))


def rename(code: str, name: str) -> Act:
    return Act(act="rename", old=(code,), new=(Target(code=code, name=name),))


def move(code: str, parent: str) -> Act:
    return Act(act="move", old=(code,), new=(Target(code=code, parent=parent),))


def change_kind(code: str, kind: str) -> Act:
    return Act(act="change_kind", old=(code,), new=(Target(code=code, kind=kind),))


def split(old: str, *new: tuple[str, str], main: str) -> Act:
    return Act(act="split", old=(old,), new=tuple(Target(code=code, name=name) for code, name in new), heirs=(main,))


def dissolve(code: str, heir: str = "") -> Act:
    return Act(act="dissolve", old=(code,), heirs=(heir,) if heir else ())


def make_reform(unit: Unit, by: User, *acts: Act, on: datetime.date | None = None, title: str = "Sắp xếp") -> Reform:
    return actions.draft(
        unit=unit, title=title, on=on or timezone.localdate(), document="12/NQ-HĐND", by=by, at=timezone.now(),
        acts=[as_kept(act) for act in acts],
    )  # fmt: skip


def carry_out(reform: Reform, by: User) -> actions.Carried:
    actions.order(reform=reform, by=by, at=timezone.now())
    return actions.carry_out(reform=reform, at=timezone.now(), today=timezone.localdate())


def reformed(unit: Unit, by: User, acts: Iterable[Act], **fields: Any) -> Reform:
    """Drafted and carried out."""
    reform = make_reform(unit, by, *acts, **fields)
    carried = carry_out(reform, by)
    assert carried.done, carried.faults
    reform.refresh_from_db()
    return reform
