"""Whom a page is about, and who may open it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from thidua.law.criteria import Subject
from thidua_web.accounts.access import Access
from thidua_web.register.models import Person, Unit


def access_of(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def subject_of(of: Person | Unit) -> Subject:
    return "collective" if isinstance(of, Unit) else "individual"


def unit_id_of(of: Person | Unit) -> int:
    return of.pk if isinstance(of, Unit) else of.unit_id


def place(of: Person | Unit) -> dict[str, Any]:
    """What the page's head says of whom it is about, and where its pages stand."""
    kind = "unit" if isinstance(of, Unit) else "person"
    return {
        "of": of,
        "name": of.name if isinstance(of, Unit) else of.full_name,
        "unit_name": "" if isinstance(of, Unit) else of.unit.name,
        "is_unit": isinstance(of, Unit),
        "home": f"register:{kind}",
        "facts": f"eligibility:{kind}_facts",
        "add": f"eligibility:add_{kind}_fact",
        "open": f"eligibility:{kind}",
    }
