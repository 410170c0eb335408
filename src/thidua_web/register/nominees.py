"""Whom a record is of: a person, a unit or a household, and what every page and act asks of any of them."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from thidua_web.register.models import Household, Person, Unit

Nominee = Person | Unit | Household
Kind = Literal["person", "unit", "household"]
KINDS: tuple[Kind, ...] = ("person", "unit", "household")
"""As columns of records and subjects of the journal name them."""


class OfOne(Protocol):
    """A row with one of the three columns filled: an award, a fact, a deed."""

    person: Person | None
    unit: Unit | None
    household: Household | None


def nominee_of(row: OfOne | Any) -> Nominee:
    found = row.unit or row.person or row.household
    assert found is not None  # noqa: S101 - the database holds that it is one of the three
    return found  # type: ignore[no-any-return]


def kind_of(of: Nominee) -> Kind:
    if isinstance(of, Unit):
        return "unit"
    return "person" if isinstance(of, Person) else "household"


def whose_is(of: Nominee) -> dict[str, Any]:
    """The column that names whom a record is of, for filters and new rows."""
    return {kind_of(of): of}


def same_nominee(first: Any, second: Any) -> bool:
    """Whether two records are of the same one."""
    return all(getattr(first, f"{kind}_id") == getattr(second, f"{kind}_id") for kind in KINDS)


def name_of(of: Nominee) -> str:
    return of.full_name if isinstance(of, Person) else of.name


def path_of(of: Nominee) -> str:
    """Of the unit that it is, or that the person or the household belongs to."""
    return of.path if isinstance(of, Unit) else of.unit.path


def unit_id_of(of: Nominee) -> int:
    """The unit in which permissions are asked for: the unit itself, a person's, a household's commune."""
    return of.pk if isinstance(of, Unit) else of.unit_id
