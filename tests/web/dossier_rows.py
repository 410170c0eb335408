"""Dossiers that the cast's office writes for the province, with their files; few, small, as rows."""

from __future__ import annotations

import datetime
from typing import Any

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.archive.actions import keep_content
from thidua_web.nominations.models import DossierFile, EvidenceRequest, Nomination, Submission
from thidua_web.register.models import Person
from web import nominated
from web.cast import LONG_AGO, Cast, make_user
from web.nominated import lodged

AT = datetime.datetime(2026, 11, 2, 3, tzinfo=datetime.UTC)


def a_submission(cast: Cast, **values: Any) -> Submission:
    """What the office proposes to the province, a draft."""
    return nominated.a_submission(cast.office, cast.province, cast.users["neighbour"], **values)


def a_person(cast: Cast, name: str = "Nguyễn Thị Hòa") -> Person:
    return Person.objects.create(full_name=name, unit=cast.office, position="Chuyên viên")


def a_nomination(submission: Submission, person: Person, **values: Any) -> Nomination:
    """A person for a title of the base, nothing written yet."""
    said = {"person": person, "award": "CSTDCS", "summary": "", "edited_at": AT} | values
    return nominated.a_nomination(submission, person.full_name, **said)


def a_file(nomination: Nomination, by: User, **values: Any) -> DossierFile:
    """A PDF in the dossier, its content like no other's."""
    number = DossierFile.objects.count() + 1
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/N " + str(number).encode() + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    said = {"name": f"to-{number}.pdf", "file": keep_content(content, kind="pdf")}
    return DossierFile.objects.create(
        nomination=nomination, submission=nomination.submission, uploaded_by=by, uploaded_at=AT, **(said | values)
    )


def ask_for_more(nomination: Nomination, by: User, words: str = "Bổ sung quyết định công nhận sáng kiến.") -> Any:
    """It was lodged, and the appraiser waits for the unit; the clock is not started."""
    lodged(nomination, "asked")
    return EvidenceRequest.objects.create(nomination=nomination, words=words, asked_by=by, asked_at=AT)


def colleague(cast: Cast, name: str = "colleague", role: Role = Role.CLERK) -> User:
    """Somebody else of the office."""
    user = make_user(name)
    Membership.objects.create(user=user, unit=cast.office, role=role, valid_from=LONG_AGO)
    return user
