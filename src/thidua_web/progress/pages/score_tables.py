"""A scoring table as people read it: sections with their criteria, formulas in words, the chain of tie-breakers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language, gettext

from thidua.scoring.decimals import in_words
from thidua.scoring.parts import Criterion, ScoringTable, TieBreaker
from thidua.scoring.wording import formula_text


def language() -> str:
    return "en" if get_language() == "en" else "vi"


def say_points(value: Decimal | str | None) -> str:
    """9,05; "" where it is not known."""
    if value is None:
        return ""
    number = Decimal(value)
    return in_words(Decimal(int(number)) if number == number.to_integral() else number, language())


def say_limit(value: Decimal) -> str:
    return in_words(Decimal(f"{value.normalize():f}"), language())


class CriterionRow(NamedTuple):
    criterion: Criterion
    points: str
    formula: str
    inputs: str


class Part(NamedTuple):
    """A section, or what stands outside of sections, with its criteria."""

    key: str
    label: str
    points: str
    rows: list[CriterionRow]


def parts(table: ScoringTable) -> list[Part]:
    found = [
        Part(one.key, one.label, say_limit(one.max_points), [_row(c) for c in table.of_section(one.key)])
        for one in table.sections
    ]
    outside = [_row(criterion) for criterion in table.of_section("")]
    if outside:
        found.append(Part("", gettext("Điểm thưởng, điểm trừ"), "", outside))
    return found


def _row(criterion: Criterion) -> CriterionRow:
    return CriterionRow(criterion, say_standard(criterion), say_formula(criterion), say_inputs(criterion))


def say_standard(criterion: Criterion) -> str:
    """ "10", "thưởng tối đa 2", "trừ 0,5 mỗi lần, tối đa 4" in as few words as the table needs."""
    most = {"points": say_limit(criterion.limit)}
    if criterion.kind == "bonus":
        return gettext("cộng đến %(points)s") % most
    if criterion.kind == "deduction":
        return gettext("trừ đến %(points)s") % most
    return say_limit(criterion.max_points)


def say_formula(criterion: Criterion) -> str:
    tree = criterion.tree
    words = gettext("người chấm cho điểm") if tree is None else formula_text(tree, language())
    if criterion.survey_share:
        share = {"formula": words, "share": say_limit(criterion.survey_share)}
        return gettext("%(formula)s; %(share)s%% điểm theo khảo sát hài lòng") % share
    return words


def say_inputs(criterion: Criterion) -> str:
    return "; ".join(
        f"{given.key}: {given.label}" + (f" ({given.unit})" if given.unit else "") for given in criterion.inputs
    )


def say_chain(table: ScoringTable) -> list[str]:
    return [_say_link(table, link) for link in table.tie_breakers]


def _say_link(table: ScoringTable, link: TieBreaker) -> str:
    fewer = link.order == "fewest"
    words = {
        "section": gettext("hơn điểm mục “%(name)s”"),
        "criterion": gettext("hơn điểm tiêu chí “%(name)s”"),
        "deductions": gettext("ít điểm trừ hơn"),
        "bonus": gettext("nhiều điểm thưởng hơn"),
        "first_report": gettext("báo cáo đầu tiên gửi sớm hơn"),
        "count": gettext("ít hơn về “%(name)s”") if fewer else gettext("nhiều hơn về “%(name)s”"),
        "council": gettext("Hội đồng quyết định"),
    }[link.by]
    return words % {"name": link.label or table.labels.get(link.of, link.of)}
