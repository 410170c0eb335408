"""What nominees, or their units, did of a campaign: launched it, summed it up, sent their reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from thidua.rules.predicates.answers import LAUNCHED, SUMMARISED
from thidua_web.campaigns.models import Campaign, Deployment


class Done(NamedTuple):
    launched: bool
    summarised: bool


def done(campaign: Campaign) -> Mapping[int, Done]:
    """By unit, of those that the campaign was sent to and of the one that launched it. One query."""
    rows = Deployment.objects.standing().filter(campaign=campaign).order_by()
    found = {
        unit: Done(bool(at or on), bool(summed))
        for unit, at, on, summed in rows.values_list("unit_id", "launched_at", "launched_on", "summarised_at")
    }
    return found | {campaign.unit_id: Done(True, found.get(campaign.unit_id, Done(True, False)).summarised)}


def answers(path: str, done: Mapping[int, Done]) -> dict[str, bool]:
    """Of whoever stands at this path: what the nearest unit did that the campaign was sent to."""
    for part in reversed(path.split("/")):
        if part and int(part) in done:
            said = done[int(part)]
            return {LAUNCHED: said.launched, SUMMARISED: said.summarised}
    return {}
