"""Which nominations a consultation or a publication is about: one, or all that a sentence names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from thidua_web.nominations.forms.consulting import ChosenForm
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries import consulting as queries
from thidua_web.register.models import Unit

SHOWN = 20


class Chosen(NamedTuple):
    """`one`: it was come to from the page of a single nomination."""

    form: ChosenForm
    rows: list[Nomination]
    one: bool

    @property
    def first(self) -> list[Nomination]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.rows) - SHOWN)


def chosen(unit: Unit, said: Mapping[str, Any], on: datetime.date) -> Chosen:
    campaigns, awards = queries.campaigns_among(unit), queries.awards_among(unit, on)
    form = ChosenForm(said, campaigns=campaigns, awards=awards, auto_id="chon_%s")  # type: ignore[arg-type]
    which = form.which
    rows = [] if which is None else list(queries.open_for(unit).filter(which))
    return Chosen(form, rows, bool(form.is_valid() and form.cleaned_data.get("ho_so")))
