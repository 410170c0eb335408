"""What becomes of units, told to the apps above the register. They act in the same transaction, or answer.

Receivers are connected in the `ready` of their app. Each answers with what is said at the signal; None where the
matter is none of its business.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.dispatch import Signal
from django.utils.functional import Promise

Moved = dict[str, Any]
"""What a receiver moved, as JSON of its own shape: it gets the same back when the reform is undone."""


@dataclass(frozen=True)
class Reorganised:
    """Units that end and who goes on for them, by number, from the day `on`. `names` are those of the last day.

    Every unit that ends is in `names`; without an heir it is in neither of the others. `successors` begin with the
    heir.
    """

    on: datetime.date
    at: datetime.datetime
    names: Mapping[int, str]
    heirs: Mapping[int, int] = field(default_factory=dict)
    successors: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def last_day(self) -> datetime.date:
        return self.on - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Foreseen:
    """One kind of thing that will go on elsewhere: how many of every ended unit, and the first few by name.

    Names are for those alone who have the `permission` in the unit.
    """

    label: Promise | str
    counts: Mapping[int, int]
    named: Sequence[tuple[int, str]] = ()
    permission: str = ""


@dataclass(frozen=True)
class Outlook:
    """What a receiver foresees; `heads` are the names of those who lead a unit, by unit."""

    lines: Sequence[Foreseen] = ()
    heads: Mapping[int, Sequence[str]] = field(default_factory=dict)


reorganised = Signal()
"""`change: Reorganised`; in the transaction of the reform. Answers with `Moved`."""

put_back = Signal()
"""`handovers: Mapping[str, Moved]` by the label of the app that moved it; in the transaction of the undoing."""

foreseen = Signal()
"""`on: date, ended: Collection[int], leading: Collection[int]` before a reform. Answers with an `Outlook`."""

standing_upon = Signal()
"""`units: Collection[int]` that the reform made, `handovers` as at `put_back`, `since: datetime`.

Answers with what would lose its ground if the reform were undone, in a few words each; none where it may be.
"""


def follow(change: Reorganised) -> dict[str, Moved]:
    """Let the apps above follow; what they moved, by their label."""
    sent = reorganised.send(sender=Reorganised, change=change)
    return {_label(receiver): moved for receiver, moved in sent}


def _label(receiver: Any) -> str:
    config = apps.get_containing_app_config(receiver.__module__)
    return config.label if config else receiver.__module__


def foresee(*, on: datetime.date, ended: Collection[int], leading: Collection[int]) -> list[Outlook]:
    sent = foreseen.send(sender=Reorganised, on=on, ended=ended, leading=leading)
    return [outlook for _, outlook in sent]


def reasons_against(*, units: Collection[int], handovers: Mapping[str, Moved], since: datetime.datetime) -> list[str]:
    sent = standing_upon.send(sender=Reorganised, units=units, handovers=handovers, since=since)
    return [reason for _, reasons in sent for reason in reasons]
