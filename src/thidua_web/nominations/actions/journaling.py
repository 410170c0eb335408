"""One line of the journal about a row of nominations: what it is called, and whose unit's affair it is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Model

from thidua_web.accounts.models import User
from thidua_web.journal.actions import record
from thidua_web.nominations.models import AppraisedList, Consultation, Publication, Round, Submission


class _Told(NamedTuple):
    """The kind of subject, and the fields that hold its unit and its label."""

    kind: str
    unit: str
    label: str


_TOLD: Mapping[type[Model], _Told] = {
    Submission: _Told("submission", "unit_id", "title"),
    Round: _Told("round", "to_unit_id", "title"),
    Consultation: _Told("consultation", "unit_id", "asked_name"),
    Publication: _Told("publication", "unit_id", "title"),
    AppraisedList: _Told("appraised_list", "to_unit_id", "title"),
}


def journal(
    act: str, row: Model, by: User, at: datetime.datetime, *, unit: int | None = None, **details: object
) -> None:
    """`unit`: whose affair the act is, where that is not the row's own unit. On one nomination: `moving.note`."""
    told = _TOLD[type(row)]
    record(
        act=act,
        by=by,
        at=at,
        unit_id=unit or getattr(row, told.unit),
        subject=(told.kind, row.pk),
        label=getattr(row, told.label),
        details=details,
    )
