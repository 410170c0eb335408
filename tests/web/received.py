"""Nominations that an appraising unit has received, laid in bulk: enough of each for lists and acts on many."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations.actions import batches
from thidua_web.nominations.models import Batch, Nomination, Submission
from thidua_web.register.models import Person, Unit
from web.cast import Cast
from web.register_rows import make_person

LODGED_ON = datetime.date(2025, 11, 3)


def a_sent_submission(cast: Cast, unit: Unit | None = None, **values: Any) -> Submission:
    """Signed and sent by the office to the province."""
    by, at = cast.users["neighbour"], timezone.now()
    given: dict[str, Any] = {
        "unit": unit or cast.office, "to_unit": cast.province, "kind": "yearly", "year": 2025,
        "title": "Đề nghị khen thưởng năm 2025", "state": "submitted", "prepared_by": by, "prepared_at": at,
        "signed_by": by, "signed_at": at, "lodged_on": LODGED_ON,
    }  # fmt: skip
    return Submission.objects.create(**given | values)


def received(submission: Submission, names: Iterable[str], **values: Any) -> list[Nomination]:
    """Each a person of the unit, lodged for Lao động tiên tiến, met and without defects unless told otherwise."""
    people = [make_person(submission.unit, name) for name in names]
    return lay(submission, people, **values)


def lay(submission: Submission, people: Iterable[Person], **values: Any) -> list[Nomination]:
    by: User = submission.prepared_by
    given: dict[str, Any] = {
        "submission": submission, "unit": submission.unit, "to_unit": submission.to_unit, "subject": "individual",
        "award": "LDTT", "merit": "yearly", "year": submission.year, "state": "lodged", "edited_by": by,
        "edited_at": submission.prepared_at, "lodged_on": LODGED_ON, "outcome": "met",
        "unit_name": submission.unit.name,
    }  # fmt: skip
    rows = [
        Nomination(**given | {"person": person, "name": person.full_name, "place": place} | values)
        for place, person in enumerate(people)
    ]
    return Nomination.objects.bulk_create(rows)


def done_batch(cast: Cast) -> Batch:
    """Two that were taken in together."""
    rows = received(a_sent_submission(cast), ["Lê Một", "Lê Hai"])
    by, at = cast.users["appraiser"], timezone.now()
    batch = batches.prepare(to_unit=cast.province, act="accept", keys=[row.pk for row in rows], by=by, at=at)
    assert batches.carry_out(batch=batch, params={}, by=by, at=at)
    return batch
