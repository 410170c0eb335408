"""Whom a page is about, and who may open it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from thidua.law.criteria import Subject
from thidua_web.accounts.access import Access
from thidua_web.register.models import Household, Unit
from thidua_web.register.nominees import Nominee, kind_of, name_of


def access_of(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def subject_of(of: Nominee) -> Subject:
    if isinstance(of, Unit):
        return "collective"
    return "household" if isinstance(of, Household) else "individual"


def place(of: Nominee) -> dict[str, Any]:
    """What the page's head says of whom it is about, and where its pages stand."""
    kind = kind_of(of)
    return {
        "of": of,
        "name": name_of(of),
        "unit_name": "" if isinstance(of, Unit) else of.unit.name,
        "is_unit": isinstance(of, Unit),
        "home": f"register:{kind}",
        "facts": f"eligibility:{kind}_facts",
        "add": f"eligibility:add_{kind}_fact",
        "open": f"eligibility:{kind}",
    }
