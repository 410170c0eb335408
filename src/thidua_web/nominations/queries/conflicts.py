"""Who should not act on which nomination."""

from __future__ import annotations

import datetime

from thidua.findings import Finding
from thidua.nominations import conflicts as core
from thidua.nominations.conflicts import Officer
from thidua.nominations.values import Nomination as Values
from thidua_web.accounts.models import User
from thidua_web.nominations.models import ConflictDeclaration, ConflictKind, Nomination
from thidua_web.nominations.queries.loading import code_of, code_of_user
from thidua_web.nominations.queries.values import nomination_values
from thidua_web.register.models import Appointment


def officer(user: User, rows: list[Nomination], on: datetime.date) -> Officer:
    """What is known of who is to act: where they work on the day, and what they declared of these nominations."""
    declared = ConflictDeclaration.objects.filter(user=user, nomination__in=rows, withdrawn_at__isnull=True)
    by_pk = {row.pk: row for row in rows}
    kin, other = {}, {}
    for one in declared:
        row = by_pk[one.nomination_id]
        if one.kind == ConflictKind.KIN:
            kin[code_of(row)] = one.words
        else:
            other[str(row.pk)] = one.words or one.get_kind_display()
    return Officer(code=code_of_user(user), units=_units(user, on), kin=kin, declared=other)


def _units(user: User, on: datetime.date) -> tuple[str, ...]:
    """The units of their posts."""
    if not user.person_id:
        return ()
    posts = Appointment.objects.valid(on=on).filter(person=user.person_id)
    return tuple(f"unit-{unit}" for unit in posts.values_list("unit_id", flat=True))


def conflicts_of(user: User, nomination: Nomination, on: datetime.date) -> tuple[Finding, ...]:
    return conflicts_among(user, [nomination], on)[nomination.pk]


def conflicts_among(
    user: User, rows: list[Nomination], on: datetime.date, known: dict[int, Values] | None = None
) -> dict[int, tuple[Finding, ...]]:
    """Of many at once; `known` spares the reading of values that are at hand."""
    known = known or nomination_values(rows, on)
    who = officer(user, rows, on)
    return {row.pk: core.conflicts(who, known[row.pk]) for row in rows}


def barred(user: User, nomination: Nomination, on: datetime.date) -> bool:
    return core.barred(conflicts_of(user, nomination, on))
