"""Where the apps above put doors on the pages of a person, a unit and a household, which may not know them.

Their `ready` appends to these lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise


class Door(NamedTuple):
    """A page about one person, unit or household: `view` takes its number."""

    label: Promise | str
    view: str
    permission: str


class ShownDoor(NamedTuple):
    label: Promise | str
    href: str


PERSON: list[Door] = []
UNIT: list[Door] = []
HOUSEHOLD: list[Door] = []


def doors(of: Iterable[Door], key: int, access: Any, unit_id: int) -> list[ShownDoor]:
    """Those that whoever asks may open: the permission is asked for in the unit, that of a person's main post."""
    return [
        ShownDoor(door.label, reverse(door.view, args=[key])) for door in of if access.may(door.permission, unit_id)
    ]
