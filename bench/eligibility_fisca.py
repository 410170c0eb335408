"""The three rules for OpenFisca: variables of a year, read out of arrays of all people.

Its data must lie as one array a year before it begins; `arrays` makes them, and what that takes is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from eligibility_rows import FIRST, LAST, Rows
from openfisca_core.entities import build_entity
from openfisca_core.periods import ETERNITY, YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

UNRATED = 0
PERSON = build_entity(key="person", plural="people", label="", is_person=True)


def _input(key: str, period: str, kind: type = int) -> type[Variable]:
    return type(key, (Variable,), {"value_type": kind, "entity": PERSON, "definition_period": period, "label": key})


def _back(person: Any, key: str, period: Any, years: int) -> list[Any]:
    return [person(key, period.offset(-i)) for i in range(years)]


def _row(person: Any, period: Any, times: int) -> tuple[Any, Any]:
    given = _back(person, "given", period, times + 1)
    known_from, year = person("honours_from", period), period.start.year
    maybe = [one | (year - i < known_from) for i, one in enumerate(given)]
    runs = [np.all(rows[:times], axis=0) | np.all(rows[1:], axis=0) for rows in (given, maybe)]
    return runs[0], ~runs[1]


def _at_least(fits: list[Any], rated: list[Any], need: int) -> tuple[Any, Any]:
    sure = sum(fit.astype(int) for fit in fits)
    missing = sum((level == UNRATED).astype(int) for level in rated)
    return sure >= need, sure + missing < need


def _hau_giang(person: Any, period: Any) -> tuple[Any, Any]:
    rated = _back(person, "level", period, 5)
    every = _at_least([level >= 4 for level in rated], rated, 5)
    three = _at_least([level == 5 for level in rated], rated, 3)
    return every[0] & three[0], every[1] | three[1]


def _cstdbt(person: Any, period: Any) -> tuple[Any, Any]:
    row = _row(person, period, 3)
    wide = sum(_back(person, "wide_works", period, LAST - FIRST + 1)) >= 1
    return row[0] & wide, row[1] | (~wide & (person("works_from", period) <= 0))


def _bang_khen_tinh(person: Any, period: Any) -> tuple[Any, Any]:
    row, rated = _row(person, period, 2), _back(person, "level", period, 2)
    years = _at_least([level == 5 for level in rated], rated, 2)
    made = (sum(_back(person, "initiatives", period, 2)) >= 2) | (sum(_back(person, "science", period, 2)) >= 2)
    no_more = ~made & (person("works_from", period) <= period.start.year - 1)
    return row[0] | (years[0] & made), row[1] & (years[1] | no_more)


_RULES = {"HAU_GIANG": _hau_giang, "CSTDBT": _cstdbt, "BANG_KHEN_TINH": _bang_khen_tinh}


def _answer(award: str, place: int) -> type[Variable]:
    def formula(person: Any, period: Any) -> Any:
        return _RULES[award](person, period)[place]

    kind = _input(f"{award}_{place}", YEAR, bool)
    kind.formula = formula
    return kind


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([PERSON])
    yearly = [_input(key, YEAR) for key in ("level", "wide_works", "initiatives", "science")]
    known = [_input(key, ETERNITY) for key in ("honours_from", "works_from")]
    made.add_variables(*yearly, _input("given", YEAR, bool), *known)
    made.add_variables(*(_answer(award, place) for award in _RULES for place in (0, 1)))
    return made


def arrays(rows: Rows) -> Mapping[tuple[str, str], Any]:
    size = rows.people.height
    found: dict[tuple[str, str], Any] = {}
    ratings = [_column(rows.ratings, name) for name in ("person", "year")]
    levels = rows.ratings["level"].to_physical().to_numpy() + 1
    honours = [_column(rows.honours.filter(award="CSTDCS"), name) for name in ("person", "year")]
    kinds = {"initiatives": {"kind": "initiative"}, "science": {"kind": "science"}, "wide_works": {"scope": "province"}}
    works = {key: [_column(rows.works.filter(**only), n) for n in ("person", "year")] for key, only in kinds.items()}
    for year in range(FIRST - 1, LAST + 1):
        found["level", str(year)] = np.zeros(size, dtype=int)
        found["level", str(year)][ratings[0][ratings[1] == year]] = levels[ratings[1] == year]
        found["given", str(year)] = np.bincount(honours[0][honours[1] == year], minlength=size) > 0
        for key, (person, of_year) in works.items():
            found[key, str(year)] = np.bincount(person[of_year == year], minlength=size)
    for key in ("honours", "works"):
        found[f"{key}_from", "ETERNITY"] = _column(rows.people, f"complete.{key}")
    return found


def _column(frame: Any, name: str) -> Any:
    return frame[name].to_numpy()


def outcomes(made: TaxBenefitSystem, given: Mapping[tuple[str, str], Any], award: str) -> tuple[Any, Any]:
    """Who meets the rule, and who does not."""
    size = len(next(iter(given.values())))
    simulation = SimulationBuilder().build_default_simulation(made, size)
    for (key, period), values in given.items():
        simulation.set_input(key, period, values)
    return tuple(simulation.calculate(f"{award}_{place}", str(LAST)) for place in (0, 1))
