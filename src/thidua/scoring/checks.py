"""Whether the parts of a scoring table fit together: sums, names, formulas, surveys, the chain of tie-breakers.

Each check yields the place of what is wrong, as a path into the tree (`("criterion", 3, "formula")`), and a finding:
`not_met` is a fault, `unknown` a doubt that somebody should look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapidfuzz import fuzz, process

from thidua.findings import Finding, not_met, unknown
from thidua.scoring.decimals import decimals_of
from thidua.scoring.formula import names_in
from thidua.scoring.parsing import NAME, RESERVED, FormulaError
from thidua.scoring.parts import Criterion, ScoringTable, TieBreaker

Path = tuple[str | int, ...]
Placed = Iterator[tuple[Path, Finding]]

_HUNDRED = Decimal(100)
_NEEDS_OF = ("section", "criterion", "count")


def check(table: ScoringTable) -> Placed:
    yield from _keys(table)
    yield from _numbers(table)
    yield from _sums(table)
    for index, criterion in enumerate(table.criteria):
        yield from (((*("criterion", index), *path), finding) for path, finding in _criterion(table, criterion))
    yield from _chain(table)


def no_such(code: str, said: str, known: Sequence[str]) -> Finding:
    """There is nothing of that name; with the one that may have been meant, where one is like it."""
    near = process.extractOne(said, list(known), scorer=fuzz.ratio, score_cutoff=70)
    if near:
        return not_met(f"{code}_near", said=said, known=list(known), near=near[0])
    return not_met(code, said=said, known=list(known))


def _keys(table: ScoringTable) -> Placed:
    seen: set[str] = set()
    sections = (("section", index, section.key) for index, section in enumerate(table.sections))
    criteria = (("criterion", index, criterion.key) for index, criterion in enumerate(table.criteria))
    for kind, index, key in (*sections, *criteria):
        if not NAME.fullmatch(key):
            yield (kind, index, "key"), not_met("scoring.table_name", said=key)
        elif key in seen:
            yield (kind, index, "key"), not_met("scoring.table_twice", said=key)
        seen.add(key)
    if not table.criteria:
        yield ("criterion",), not_met("scoring.table_empty")


def _numbers(table: ScoringTable) -> Placed:
    places = table.rounding.places
    if not 0 <= places <= 4:
        yield ("rounding", "places"), not_met("scoring.table_places", said=places)
    numbers: list[tuple[Path, Decimal | None]] = [
        (("bonus_cap",), table.bonus_cap),
        (("deduction_cap",), table.deduction_cap),
        *((("section", n, "max_points"), section.max_points) for n, section in enumerate(table.sections)),
        *((("criterion", n, "max_points"), criterion.max_points) for n, criterion in enumerate(table.criteria)),
        *((("criterion", n, "cap"), criterion.cap) for n, criterion in enumerate(table.criteria)),
    ]
    for path, number in numbers:
        if number is None:
            continue
        if not 0 <= number <= 10_000:
            yield path, not_met("scoring.table_range", said=number, least=0, most=10_000)
        elif decimals_of(number) > max(0, places):
            yield path, not_met("scoring.table_decimals", said=number, places=places)


def _sums(table: ScoringTable) -> Placed:
    for index, section in enumerate(table.sections):
        points = sum((c.max_points for c in table.of_section(section.key) if c.kind == "standard"), Decimal(0))
        if points != section.max_points:
            params = {"section": section.label, "sum": points, "points": section.max_points}
            yield ("section", index, "max_points"), not_met("scoring.table_section_sum", **params)
    total = sum((section.max_points for section in table.sections), Decimal(0))
    if table.total is not None and total != table.total:
        yield ("total",), not_met("scoring.table_total", sum=total, total=table.total)
    elif table.total is None and table.sections and total != _HUNDRED:
        yield ("section",), unknown("scoring.table_not_hundred", sum=total)


def _criterion(table: ScoringTable, criterion: Criterion) -> Placed:
    sections = [section.key for section in table.sections]
    if criterion.section and criterion.section not in sections:
        said = criterion.section
        yield ("section",), no_such("scoring.table_no_section", said, sections)
    elif not criterion.section and criterion.kind == "standard":
        yield ("section",), not_met("scoring.table_section_needed", criterion=criterion.label)
    if criterion.cap is not None and criterion.cap < criterion.max_points:
        yield ("cap",), unknown("scoring.table_cap_below", cap=criterion.cap, points=criterion.max_points)
    yield from _inputs(criterion)
    yield from _formula(criterion)
    yield from _survey(criterion)


def _inputs(criterion: Criterion) -> Placed:
    seen: set[str] = set()
    for index, given in enumerate(criterion.inputs):
        path = ("inputs", index, "key")
        if not NAME.fullmatch(given.key):
            yield path, not_met("scoring.table_name", said=given.key)
        elif given.key in RESERVED:
            yield path, not_met("scoring.table_reserved", said=given.key)
        elif given.key in seen:
            yield path, not_met("scoring.table_twice", said=given.key)
        seen.add(given.key)


def _formula(criterion: Criterion) -> Placed:
    try:
        tree = criterion.tree
    except FormulaError as error:
        yield ("formula",), not_met(error.code, **error.params)
        return
    if tree is None:
        return
    known = [given.key for given in criterion.inputs]
    used = names_in(tree)
    for name in sorted(used - set(known)):
        yield ("formula",), no_such("scoring.table_unknown_input", name, known)
    for index, given in enumerate(criterion.inputs):
        if given.source != "survey" and given.key not in used:
            yield ("inputs", index, "key"), unknown("scoring.table_unused_input", said=given.key)
    survey = criterion.survey
    if survey is not None and survey.key in used:
        yield ("formula",), not_met("scoring.table_survey_in_formula", said=survey.key)


def _survey(criterion: Criterion) -> Placed:
    surveys = [given for given in criterion.inputs if given.source == "survey"]
    share = criterion.survey_share
    if not 0 <= share <= _HUNDRED:
        yield ("survey_share",), not_met("scoring.table_range", said=share, least=0, most=100)
    elif share and len(surveys) != 1:
        yield ("survey_share",), not_met("scoring.table_survey_input", share=share, found=len(surveys))
    elif surveys and not share:
        yield ("survey_share",), not_met("scoring.table_survey_share", said=surveys[0].key)
    if share and criterion.kind == "deduction":
        yield ("survey_share",), not_met("scoring.table_survey_deduction")


def _chain(table: ScoringTable) -> Placed:
    links = table.tie_breakers
    for index, link in enumerate(links):
        yield from ((("tie_breaker", index, *path), finding) for path, finding in _link(table, link))
        if link in links[:index]:
            yield ("tie_breaker", index, "by"), not_met("scoring.table_tie_twice")
        if link.by == "council" and index < len(links) - 1:
            yield ("tie_breaker", index, "by"), not_met("scoring.table_tie_after_council")


def _link(table: ScoringTable, link: TieBreaker) -> Placed:
    known = {
        "section": [section.key for section in table.sections],
        "criterion": [criterion.key for criterion in table.criteria],
    }.get(link.by)
    if link.by in _NEEDS_OF and not link.of:
        yield ("of",), not_met("scoring.table_tie_of")
    elif link.by not in _NEEDS_OF and link.of:
        yield ("of",), unknown("scoring.table_tie_of_unused", said=link.of)
    elif known is not None and link.of not in known:
        yield ("of",), no_such("scoring.table_tie_unknown", link.of, known)
    elif link.by == "count" and not re.fullmatch(NAME, link.of):
        yield ("of",), not_met("scoring.table_name", said=link.of)
    if link.by == "bonus" and not any(criterion.kind == "bonus" for criterion in table.criteria):
        yield ("by",), unknown("scoring.table_tie_nothing")
    if link.by == "deductions" and not any(criterion.kind == "deduction" for criterion in table.criteria):
        yield ("by",), unknown("scoring.table_tie_nothing")
