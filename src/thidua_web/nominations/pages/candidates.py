"""Who could be proposed, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua.rules.assessing import assess
from thidua_web.eligibility.pages import desk
from thidua_web.eligibility.queries import cases, nominees
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.law.queries import current_law
from thidua_web.register.nominees import path_of


def rows_of(case: Case, keys: Sequence[int], language: str) -> Iterator[desk.Row]:
    """Each judged by itself, with everything it stands on."""
    offer, law = case.offer, current_law()
    people = nominees.by_number(offer.subject, keys)
    facts = facts_of(Asked(offer.subject, offer.year, case.campaign, case.on), keys)
    there = cases.by_place(case, map(path_of, people.values()))
    for key in keys:
        if key in people and key in facts:
            found = assess(there[path_of(people[key])].offer, facts[key], law, case.on)
            yield desk.row(people[key], found, case, facts[key], language)
