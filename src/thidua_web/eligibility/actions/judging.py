"""Many are judged at once, as a meeting does: one answer, one ground, everybody who was chosen."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.eligibility.actions.facts import record_fact, withdraw_fact
from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.register.nominees import KINDS, Nominee, kind_of


@transaction.atomic
def judge_many(  # noqa: PLR0913 - what a meeting says
    *, of: Iterable[Nominee], question: str, year: int, ground: str, by: User, at: datetime.datetime
) -> list[RecordedFact]:
    """The clause is met by each; who was judged already is left as it is."""
    nominees = list(of)
    answered = RecordedFact.objects.standing().filter(kind=FactKind.ANSWER, code=question, year__in=(year,))
    done: set[tuple[str, int | None]] = set()
    for kind in KINDS:
        asked = [one for one in nominees if kind_of(one) == kind]
        if asked:
            rows = answered.filter(**{f"{kind}__in": asked}).values_list(f"{kind}_id", flat=True)
            done |= {(kind, key) for key in rows}
    said = {"kind": FactKind.ANSWER, "code": question, "year": year, "yes": True, "title": ground}
    return [record_fact(of=one, **said, by=by, at=at) for one in nominees if (kind_of(one), one.pk) not in done]


@transaction.atomic
def take_back(*, keys: Collection[int], by: User, at: datetime.datetime) -> int:
    """Undo: how many were taken back."""
    rows = (
        RecordedFact.objects.standing()
        .filter(pk__in=keys, kind=FactKind.ANSWER)
        .select_related("person", "unit", "household")
    )
    return sum(withdraw_fact(fact=row, by=by, at=at) for row in rows)
