"""Submissions of the cast's office to the province, with people of the office in them; and its head."""

from __future__ import annotations

from typing import Any

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.register.models import Person
from web import nominated
from web.cast import LONG_AGO, Cast, make_user


def of_the_office(cast: Cast, **values: Any) -> Submission:
    """A draft of 2026, prepared by the office's clerk."""
    said = {"year": 2026, "title": "Đề nghị khen thưởng năm 2026"} | values
    return nominated.a_submission(cast.office, cast.province, cast.users["neighbour"], **said)


def with_people(submission: Submission, *names: str, **values: Any) -> list[Nomination]:
    """New people of its unit, proposed for the title of the base."""
    said = {"award": "CSTDCS"} | values
    return [nominated.a_nomination(submission, name, **said) for name in names]


def person_of(submission: Submission, name: str = "Nguyễn Thị Hòa") -> Person:
    return Person.objects.create(full_name=name, unit=submission.unit, position="Chuyên viên")


def office_head(cast: Cast) -> User:
    user = make_user("office_head")
    Membership.objects.create(user=user, unit=cast.office, role=Role.HEAD, valid_from=LONG_AGO)
    return user
