"""Works that may be the one being written: fetched by their words, judged by the core."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec

from thidua.plans.campaign import Work
from thidua.progress.likeness import Likeness, WorkFacts, alike, nearest, search_words
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.queries.campaigns import frozen_parts
from thidua_web.progress import word_index
from thidua_web.progress.models import PledgedWork
from thidua_web.progress.queries.pledge_asked import Newest, newest_edition

MOST_COMPARED, MOST_SHOWN = 120, 3


@dataclass(frozen=True)
class Family:
    """A campaign with all above and below it, and the works that the plans at and above it name.

    A work of a plan has a negative key, its place in `named` counted from -1. `top` is the campaign above all,
    `edition` the newest plan of the one that was asked about.
    """

    top: int
    named: Sequence[tuple[Work, Campaign]]
    edition: Newest | None

    @cached_property
    def campaigns(self) -> frozenset[int]:
        """Asked for once, and only where works of others are searched."""
        return _with_all_below(self.top)

    def facts(self) -> list[WorkFacts]:
        return [
            WorkFacts(key=-place, name=work.project.name, owner="") for place, (work, _) in enumerate(self.named, 1)
        ]


def family(campaign: Campaign) -> Family:
    line = _line(campaign)
    editions = [newest_edition(one.pk) for one in line]
    named = [(work, one) for one, edition in zip(line, editions, strict=True) for work in _named(one.pk, edition)]
    return Family(line[-1].pk, named, editions[0])


@lru_cache(maxsize=64)
def _named(campaign: int, edition: object) -> list[Work]:
    """`edition` says which state of the plan this is the answer for: it is not taken apart for every letter."""
    return msgspec.convert(frozen_parts(campaign)["works"], list[Work])


def _line(campaign: Campaign) -> list[Campaign]:
    """The campaign and those above it; no chain of plans is longer than the levels of the State."""
    line = [campaign]
    while line[-1].parent_id is not None and len(line) < 10:
        line.append(Campaign.objects.select_related("unit").get(pk=line[-1].parent_id))
    return line


def _with_all_below(root: int) -> frozenset[int]:
    found, level = {root}, {root}
    while level:
        level = set(Campaign.objects.filter(parent__in=level).order_by().values_list("pk", flat=True)) - found
        found |= level
    return frozenset(found)


def near(  # noqa: PLR0913 - what a work is known by
    name: str, *, within: Family, owner: str = "", where: str = "", but: Collection[int] = (), most: int = MOST_SHOWN
) -> tuple[Likeness, ...]:
    """The works of the family that look like one of this name; `but` are the keys of the work itself and its parts."""
    new = WorkFacts(key=0, name=name, owner=owner, place=where)
    known = [facts for facts in _candidates(name, within) if facts.key not in but]
    return nearest(new, [*within.facts(), *known], most=most)


def _candidates(name: str, within: Family) -> list[WorkFacts]:
    keys = word_index.sharing(search_words(name), within.campaigns, most=MOST_COMPARED)
    rows = PledgedWork.objects.filter(pk__in=keys).order_by()
    return [
        WorkFacts(key=pk, name=name, owner=owner, place=where)
        for pk, name, where, owner in rows.values_list("pk", "name", "where", "pledge__unit__name")
    ]


def kept(found: Iterable[Likeness], within: Family) -> list[dict[str, object]]:
    """As a work keeps what looked like it."""
    return [
        {"work": one.key, "score": one.score}
        if one.key > 0
        else {"plan": within.named[-one.key - 1][0].key, "of": within.named[-one.key - 1][1].pk, "score": one.score}
        for one in found
    ]


@dataclass(frozen=True)
class Other:
    """Another work that looks like one: its name, whose it is, why, and the page of its pledge ("": the plan's own)."""

    name: str
    owner: str
    where: str
    likeness: Likeness
    work: PledgedWork | None = None


def others(found: Iterable[Likeness], within: Family) -> list[Other]:
    """The works found, with what may be told of them."""
    found = list(found)
    rows = works_by_key([one.key for one in found if one.key > 0])
    shown = []
    for one in found:
        if one.key > 0 and one.key in rows:
            row = rows[one.key]
            shown.append(Other(row.name, row.pledge.unit.name, row.where, one, row))
        elif one.key < 0:
            named, campaign = within.named[-one.key - 1]
            shown.append(Other(named.project.name, campaign.number or campaign.title, "", one))
    return shown


def works_by_key(keys: Collection[int]) -> Mapping[int, PledgedWork]:
    rows = PledgedWork.objects.filter(pk__in=keys, left_out=False, pledge__closed_at__isnull=True)
    return {row.pk: row for row in rows.select_related("pledge__unit")}


def others_of(works: Iterable[PledgedWork], within: Family) -> dict[int, list[Other]]:
    """What was found when each was saved and still looks like it, by work; one query for all of them."""
    works = list(works)
    rows = works_by_key({one["work"] for work in works for one in work.alike if "work" in one})
    plans = {(campaign.pk, named.key): named for named, campaign in within.named}
    numbers = {campaign.pk: campaign.number or campaign.title for _, campaign in within.named}
    found: dict[int, list[Other]] = {}
    for work in works:
        facts = facts_of(work)
        for one in work.alike:
            row, plan = rows.get(one.get("work", 0)), plans.get((one.get("of", 0), one.get("plan", "")))
            if row is not None and (likeness := alike(facts, facts_of(row))):
                found.setdefault(work.pk, []).append(Other(row.name, row.pledge.unit.name, row.where, likeness, row))
            elif plan is not None and (likeness := alike(facts, WorkFacts(key=-1, name=plan.project.name))):
                found.setdefault(work.pk, []).append(Other(plan.project.name, numbers[one["of"]], "", likeness))
    return found


def facts_of(work: PledgedWork) -> WorkFacts:
    return WorkFacts(key=work.pk, name=work.name, owner=work.pledge.unit.name, place=work.where)
