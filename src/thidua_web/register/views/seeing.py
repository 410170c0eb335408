"""What of the register somebody sees."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.queries import household as household_queries
from thidua_web.register.queries import person as person_queries
from thidua_web.register.queries import unit as unit_queries
from thidua_web.register.queries.unit_desk import Reach


def access_of(request: HttpRequest) -> Any:
    """The rights of whoever asks (accounts.access.Access, which stands above the register)."""
    return request.access  # type: ignore[attr-defined]


def reach_of(request: HttpRequest, permission: str) -> Reach:
    """The units in which the permission is held, anywhere. Http404 or PermissionDenied where there is none."""
    access = access_of(request)
    paths = access.paths(permission)
    if not paths:
        access.require(permission, access.current.pk if access.current else None)
    return Reach(paths, access.ids(permission) - {unit.pk for unit in access.units})


def sees_unit(request: HttpRequest, unit: Unit | None) -> bool:
    """Without asking the database: by the unit's path."""
    if unit is None:
        return False
    access = access_of(request)
    inside = any(unit.path.startswith(path) for path in access.paths("unit.see"))
    return inside or unit.pk in access.ids("unit.see")


def load_unit(request: HttpRequest, unit_id: int, permission: str) -> Unit:
    """Http404 for strangers to the unit, PermissionDenied for members who may not."""
    unit = unit_queries.unit(unit_id)
    if unit is None:
        raise Http404
    access_of(request).require(permission, unit.pk)
    return unit


def load_person(request: HttpRequest, person_id: int, permission: str) -> Person:
    """The same for a person, who belongs to the unit of the main post."""
    person = person_queries.person(person_id)
    if person is None:
        raise Http404
    access_of(request).require(permission, person.unit_id)
    return person


def load_household(request: HttpRequest, household_id: int, permission: str) -> Household:
    """The same for a household, which belongs to its commune."""
    household = household_queries.household(household_id)
    if household is None:
        raise Http404
    access_of(request).require(permission, household.unit_id)
    return household
