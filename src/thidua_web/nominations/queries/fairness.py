"""Who is nominated and who passes, by group; and whose dossiers come back, for what.

Ethnicity is sealed: it is opened for counting alone, for those who may see sensitive data, and never leaves here by
name. What nobody recorded is told as not recorded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from thidua.nominations.fairness import GroupShare, Row, shares
from thidua.vietnamese.folding import search_key
from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.nominations.models import Nomination, Return
from thidua_web.nominations.stages import NominationState
from thidua_web.register.models import Appointment, SensitiveData, Unit
from thidua_web.register.sealing import SealBrokenError, owner_of, unseal

PASSED = {NominationState.RECOMMENDED: True, NominationState.NOT_RECOMMENDED: False, NominationState.WITHDRAWN: False}
POST, SEX, ETHNICITY, AREA, KIND = "post", "sex", "ethnicity", "area", "kind"
STANDS = Coalesce("collective__path", "person__unit__path", "household__unit__path", "unit__path")
"""Where a nominee stands; a collective stands in itself."""
MAJORITY = "kinh"
MOST_OPENED = 5_000
"""People whose sealed data are opened for one page."""


@dataclass(frozen=True)
class Asked:
    """Of which desk; `year`, `campaign`, `award` narrow it. `sensitive`: whether ethnicity may be counted."""

    unit: Unit
    year: int | None = None
    campaign: int | None = None
    award: str = ""
    sensitive: bool = False


def nominated(asked: Asked) -> QuerySet[Nomination]:
    """Everything that was ever lodged with this desk."""
    rows = Nomination.objects.filter(to_unit=asked.unit, lodged_on__isnull=False)
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.campaign:
        rows = rows.filter(submission__campaign=asked.campaign)
    return rows.filter(award=asked.award) if asked.award else rows


def fairness(asked: Asked) -> tuple[GroupShare, ...]:
    """By post, sex and ethnicity of people; by area and by the kind of the proposing unit of everybody."""
    rows = list(nominated(asked).order_by().values_list("state", "person_id", "person__sex", "unit__kind", STANDS))
    people = {person for _, person, *_ in rows if person}
    among = nominated(asked).order_by().values("person")
    posts, areas = _posts(among), _areas()
    ethnic = _ethnicity(among) if asked.sensitive and len(people) <= MOST_OPENED else {}
    told, all_of_them = [], []
    for state, person, sex, kind, path in rows:
        passed = PASSED.get(NominationState(state))
        if person:
            told.append(Row(passed=passed, groups=_groups(person, sex, posts, ethnic)))
        all_of_them.append(Row(passed=passed, groups={AREA: _area(path, areas), KIND: kind}))
    dimensions = (POST, SEX, ETHNICITY) if ethnic else (POST, SEX)
    return (*shares(told, dimensions), *shares(all_of_them, (AREA, KIND)))


def _groups(person: int, sex: str, posts: Mapping[int, str], ethnic: Mapping[int, str]) -> dict[str, str]:
    return {POST: posts.get(person, ""), SEX: sex or "", ETHNICITY: ethnic.get(person, "")}


def _posts(among: Any) -> dict[int, str]:
    """A recorded group says it; heading a unit says leader."""
    facts = RecordedFact.objects.standing().filter(person__in=among, kind=FactKind.GROUP, code__in=("leader", "direct"))
    found = dict(facts.values_list("person_id", "code"))
    heads = Appointment.objects.filter(person__in=among, is_head=True, valid_to__isnull=True)
    return found | dict.fromkeys(heads.values_list("person_id", flat=True), "leader")


def _areas() -> dict[int, str]:
    """Of units that say it, the last that was said."""
    said = RecordedFact.objects.standing().filter(kind=FactKind.AREA, unit__isnull=False).order_by("at", "pk")
    return dict(said.values_list("unit_id", "code"))


def _area(path: str, areas: Mapping[int, str]) -> str:
    """That of the nearest unit that says it."""
    numbers = (int(number) for number in reversed(path.split("/")) if number)
    return next((areas[number] for number in numbers if number in areas), "")


def _ethnicity(among: Any) -> dict[int, str]:
    found = {}
    rows = SensitiveData.objects.filter(person__in=among).values_list("person_id", "sealed")
    for person, sealed in rows.iterator():
        try:
            said = unseal(sealed, owner=owner_of(person)).get("ethnicity", "")
        except SealBrokenError:
            continue
        if said:
            found[person] = "majority" if search_key(said) == MAJORITY else "minority"
    return found


# --- What comes back --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitReturns:
    """Of a unit: nominations lodged, how many of them came back at least once, how often in all, for what."""

    unit: Unit
    lodged: int
    returned: int
    times: int
    codes: tuple[tuple[str, int], ...]


def returns(asked: Asked) -> tuple[list[UnitReturns], Counter[str]]:
    """By unit, those with most returns first; and how often each reason was given. Four queries."""
    rows = nominated(asked)
    lodged = dict(rows.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n"))
    told = Return.objects.filter(nomination__in=rows, undone_at__isnull=True).order_by()
    times: Counter[int] = Counter()
    back: dict[int, set[int]] = defaultdict(set)
    codes: dict[int, Counter[str]] = defaultdict(Counter)
    for unit, nomination, given in told.values_list("nomination__unit", "nomination_id", "codes"):
        times[unit] += 1
        back[unit].add(nomination)
        codes[unit].update(given)
    units = Unit.objects.in_bulk([unit for unit in lodged if times[unit]])
    found = [
        UnitReturns(units[key], lodged[key], len(back[key]), times[key], tuple(codes[key].most_common(3)))
        for key in units
    ]
    return sorted(found, key=lambda one: (-one.times, one.unit.sort_text)), _all(codes.values())


def _all(counters: Iterable[Counter[str]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for one in counters:
        whole.update(one)
    return whole
