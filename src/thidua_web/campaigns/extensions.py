"""Where the apps above put their pages among those of a campaign, which may not know them.

Their `ready` appends to these lists; the pages here go through them in order.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Access
from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.campaigns.pages.work import Line
from thidua_web.register.models import Unit


@dataclass(frozen=True)
class Tab:
    """One more page of a campaign: `view` takes the campaign's number."""

    label: Promise | str
    view: str
    permission: str


class Door(NamedTuple):
    """Where a duty is done, instead of being marked by hand."""

    label: str
    href: str


TABS: list[Tab] = [
    Tab(_("Phong trào"), "campaigns:campaign", "campaign.see"),
    Tab(_("Triển khai"), "campaigns:board", "deployment.see"),
]
"""The pages of a campaign, as its head lists them."""

HOME: list[Callable[[Access, Unit, datetime.date], Iterable[Line]]] = []
"""What else waits for the unit's people: lines for "Việc của tôi", already cut to what this person may do."""

DOORS: list[Callable[[Sequence[DutyDay], Unit], Mapping[int, Door]]] = []
"""Which of these days are done on a page of their own, by the day's number."""

REPORTS: list[Callable[[Campaign, Sequence[int]], Mapping[int, str]]] = []
"""Where the newest report of these units on a campaign is read, by the unit's number; the caller knows who may."""


class ShownTab(NamedTuple):
    label: Promise | str
    href: str
    current: bool


def tabs(campaign: Campaign, access: Access, view: str) -> list[ShownTab]:
    """Those that this person may open; a unit below sees the pages of what it was sent (`access` of its own unit)."""
    seen = (tab for tab in TABS if access.may(tab.permission, campaign.unit) or access.may_here(tab.permission))
    return [ShownTab(tab.label, reverse(tab.view, args=[campaign.pk]), tab.view == view) for tab in seen]


def home_lines(access: Access, unit: Unit, on: datetime.date) -> list[Line]:
    return [line for provider in HOME for line in provider(access, unit, on)]


def doors(days: Sequence[DutyDay], unit: Unit) -> dict[int, Door]:
    return {day: door for provider in DOORS for day, door in provider(days, unit).items()}


def report_doors(campaign: Campaign, units: Sequence[int]) -> dict[int, str]:
    return {unit: href for provider in REPORTS for unit, href in provider(campaign, units).items()}
