"""The items in force that an amendment in part may repeal, to be chosen from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from thidua.plans.campaign import CampaignPlan
from thidua_web.campaigns.pages.changes import LISTS, in_a_line


@dataclass(frozen=True)
class Choice:
    """`value` is what the form sends."""

    value: str
    line: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """One list of the campaign."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in self.choices)


def groups(
    plan: CampaignPlan, offered: Mapping[str, str], chosen: Collection[str], words: Callable[[str], str]
) -> list[ChoiceGroup]:
    """`offered` holds the values of the items that may be chosen, by their keys in the plan in force."""
    made = []
    for name, label in LISTS.items():
        items = [item for item in getattr(plan, name) if item.key in offered]
        choices = tuple(
            Choice(offered[item.key], in_a_line(item), words(item.key), offered[item.key] in chosen) for item in items
        )
        made.append(ChoiceGroup(name, str(label), choices))
    return [group for group in made if group.choices]
