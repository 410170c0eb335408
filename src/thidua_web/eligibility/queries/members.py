"""What a collective's members come to in a year: shares rated, titles held, discipline. Of whoever works in the unit or
below it; counted by unit in the database, and added up along the tree.

A figure is told only where it is sure: shares of ratings where every member is rated, of titles where the unit says
that its records of awards are complete, no discipline where those of discipline are.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q

from thidua.rules.facts import FORMS, LEVELS
from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.eligibility.queries.rows import Nearest
from thidua_web.register.models import AwardRecord, Person, Rating

ASKED = {"LDTT": ("LDTT", "CSTT", "CSTDCS", "CSTDBT", "CSTDTQ"), "CSTDCS": ("CSTDCS", "CSTDBT", "CSTDTQ")}
"""Titles that criteria on members ask about, and those whose standard holds theirs (Luật 06/2022/QH15 Điều 21-23)."""
RATED = ("excellent", "good", "done")


class Figure(NamedTuple):
    of: int
    key: str
    value: Decimal
    year: int


def figures(units: Mapping[int, str], year: int, nearest: Nearest) -> Iterator[Figure]:
    """`units` by number with their paths. Four queries."""
    tops = set(units)
    members, rated, held, disciplined = _counted(_within(units), year)
    sums = {key: _rolled(counts, tops) for key, counts in (("n", members), *rated.items(), *held.items())}
    graver = {form: _rolled(counts, tops) for form, counts in disciplined.items()}
    for unit, path in units.items():
        complete = nearest.complete_for(path)
        number = sums["n"].get(unit, 0)
        if number:
            yield from _rated(unit, year, number, sums)
            if complete.get("honours", year + 1) <= year:
                yield from _held(unit, year, number, sums)
        yield from _disciplined(unit, year, graver, known=complete.get("discipline", year + 1) <= year)


Counts = Counter[str]
ByKey = dict[str, Counts]


def _within(units: Mapping[int, str]) -> list[str] | None:
    """Paths to count under; None where that is everything, or as good."""
    return None if len(units) > 200 else list(units.values())


def _counted(paths: list[str] | None, year: int) -> tuple[Counts, ByKey, ByKey, ByKey]:
    """By the path of a person's unit: how many there are, are rated so, hold a title, are disciplined so.

    Joined, not looked up in a list of people: a planner without statistics read the list again for every record.
    """
    people = Person.objects.filter(_alive(paths, "")).order_by().values_list("unit__path")
    members = Counter(dict(people.annotate(n=Count("pk"))))
    of_people = _alive(paths, "person__") & Q(person__isnull=False)
    return members, _ratings(of_people, year), _titles(of_people, year), _disciplines(of_people, year)


def _alive(paths: list[str] | None, of: str) -> Q:
    """People who were not merged into others, at or below these paths; `of`: the way to the person."""
    alive = Q(**{f"{of}merged_into": None})
    if paths is None:
        return alive
    below = Q(pk__in=())
    for path in paths:
        below |= Q(**{f"{of}unit__path__below": path})
    return alive & below


def _ratings(of: Q, year: int) -> ByKey:
    found: ByKey = defaultdict(Counter)
    rows = Rating.objects.filter(of, year=year, track="state").order_by().values_list("person__unit__path", "level")
    for path, level, number in rows.annotate(n=Count("pk")):
        found["rated"][path] += number
        for least in RATED:
            if LEVELS.index(level) >= LEVELS.index(least):
                found[f"rated.{least}"][path] += number
    return found


def _titles(of: Q, year: int) -> ByKey:
    """A person who holds two of them is counted once for each question."""
    wanted = {code for codes in ASKED.values() for code in codes}
    rows = AwardRecord.objects.filter(of, year=year, award__in=wanted).order_by()
    holders: dict[int, tuple[str, set[str]]] = {}
    for person, path, code in rows.values_list("person_id", "person__unit__path", "award"):
        holders.setdefault(person or 0, (path, set()))[1].add(code)
    found: ByKey = defaultdict(Counter)
    for path, codes in holders.values():
        for title, counted in ASKED.items():
            found[f"held.{title}"][path] += not codes.isdisjoint(counted)
    return found


def _disciplines(of: Q, year: int) -> ByKey:
    begin, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    rows = RecordedFact.objects.standing().filter(of, kind=FactKind.DISCIPLINE, since__lte=end)
    rows = rows.filter(Q(until=None) | Q(until__gte=begin)).order_by()
    found: ByKey = defaultdict(Counter)
    for person_form in set(rows.values_list("person_id", "person__unit__path", "code")):
        _person, path, form = person_form
        for milder in FORMS[: FORMS.index(form) + 1] if form in FORMS else ():
            found[milder][path] += 1
    return found


def _rolled(counts: Counts, tops: Collection[int]) -> Mapping[int, int]:
    """Along each path to the units asked about."""
    found: Counter[int] = Counter()
    for path, number in counts.items():
        for part in path.split("/"):
            if part and int(part) in tops:
                found[int(part)] += number
    return found


def _rated(unit: int, year: int, number: int, sums: Mapping[str, Mapping[int, int]]) -> Iterable[Figure]:
    if sums.get("rated", {}).get(unit, 0) < number:
        return
    for level in RATED:
        yield Figure(unit, f"members.rated.{level}.share", _share(sums.get(f"rated.{level}", {}), unit, number), year)


def _held(unit: int, year: int, number: int, sums: Mapping[str, Mapping[int, int]]) -> Iterable[Figure]:
    for title in ASKED:
        held = sums.get(f"held.{title}", {})
        yield Figure(unit, f"members.honoured.{title}.share", _share(held, unit, number), year)
        yield Figure(unit, f"members.honoured.{title}.count", Decimal(held.get(unit, 0)), year)


def _disciplined(unit: int, year: int, graver: Mapping[str, Mapping[int, int]], *, known: bool) -> Iterable[Figure]:
    for form in FORMS:
        number = graver.get(form, {}).get(unit, 0)
        if known or number:
            yield Figure(unit, f"members.disciplined.{form}.count", Decimal(number), year)


def _share(counts: Mapping[int, int], unit: int, number: int) -> Decimal:
    return (Decimal(100 * counts.get(unit, 0)) / number).quantize(Decimal("0.0001"))
