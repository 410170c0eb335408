"""How papers call awards and nominees."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from thidua.papers.nominees import Nominee
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.offers import award_title
from thidua_web.register.models import Unit, UnitKind


class Wording(NamedTuple):
    """`province`: the committee in whose province a unit writes, by whose name some awards go; "" elsewhere."""

    province: str

    def award(self, code: str, on: datetime.date) -> str:
        return award_title(code, on, province=self.province)

    def nominee(self, row: Nomination, on: datetime.date, *, merit: str | None = None) -> Nominee:
        """`merit`: in other words than those of the dossier."""
        return Nominee(
            name=row.name,
            subject=row.subject,  # type: ignore[arg-type]
            about=", ".join(filter(None, (row.position, row.unit_name))),
            award=self.award(row.award, on),
            merit=row.summary if merit is None else merit,
        )


def wording_of(unit: Unit) -> Wording:
    """One query."""
    numbers = [number for number in unit.path.split("/") if number]
    names = Unit.objects.filter(pk__in=numbers, kind=UnitKind.PROVINCE).values_list("name", flat=True)
    return Wording(next(iter(names), ""))
