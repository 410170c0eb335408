"""Soát kế hoạch: what a careful chief of office would catch before signing.

A check is a small function over a `Plan` that yields a finding for each problem and nothing for what is in order. All
checks stand in `CHECKS`; a new one is a function and one line here, a message and a line in docs/reference/checks.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct

from thidua.findings import Finding
from thidua.plans.checks import (
    anniversaries,
    awards,
    basis,
    bodies,
    contents,
    days,
    deadlines,
    form,
    numbering,
    parent,
    periods,
    quotas,
    spelling,
)
from thidua.plans.checks.plan import Plan
from thidua.plans.reading import Reading

__all__ = ["CHECKS", "Check", "Plan", "Severity", "check"]


class Severity(StrEnum):
    """How much it matters before signing: must be put right, should be looked at, good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Check(Struct, frozen=True):
    """`code` is the code of every finding that `look` yields."""

    code: str
    severity: Severity
    look: Callable[[Plan], Iterable[Finding]]


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CHECKS: tuple[Check, ...] = (
    # Ngày kỷ niệm
    Check("anniversary.years", _E, anniversaries.check_anniversary_years),
    Check("anniversary.day", _E, anniversaries.check_anniversary_day),
    Check("anniversary.origin", _W, anniversaries.check_anniversary_origin),
    # Ngày tháng
    Check("day.impossible", _E, days.check_day_exists),
    Check("day.weekday", _W, days.check_weekday_fits),
    # Thời gian, đợt thi đua
    Check("period.days", _E, periods.check_days_claimed),
    Check("period.reversed", _E, periods.check_period_reversed),
    Check("period.before_plan", _N, periods.check_launched_late),
    Check("phase.overlap", _E, periods.check_phase_order),
    Check("phase.gap", _W, periods.check_phase_gap),
    Check("phase.missing", _W, periods.check_phase_numbers),
    Check("phase.outside", _E, periods.check_phase_inside),
    Check("phase.short", _W, periods.check_phases_fill),
    # Thời hạn
    Check("deadline.before_plan", _E, deadlines.check_deadline_before_plan),
    Check("deadline.long_after", _W, deadlines.check_deadline_long_after),
    Check("deadline.registration", _E, deadlines.check_registration_in_time),
    Check("deadline.nomination_early", _W, deadlines.check_nomination_after_end),
    Check("deadline.summary_early", _W, deadlines.check_summary_after_end),
    Check("deadline.order", _E, deadlines.check_stages_in_order),
    Check("deadline.contradicts", _E, deadlines.check_deadline_contradicts),
    Check("deadline.day_off", _N, deadlines.check_deadline_on_day_off),
    Check("deadline.no_day", _N, deadlines.check_deadline_fixed),
    Check("recurrence.never", _W, deadlines.check_recurrence_inside),
    Check("recurrence.short_month", _N, deadlines.check_recurrence_every_month),
    # Căn cứ, viện dẫn
    Check("basis.missing", _N, basis.check_basis_present),
    Check("basis.incomplete", _N, basis.check_basis_complete),
    Check("basis.after_plan", _E, basis.check_basis_before_plan),
    Check("basis.not_yet", _W, basis.check_basis_in_force_yet),
    Check("basis.expired", _E, basis.check_basis_still_in_force),
    Check("basis.expires", _N, basis.check_basis_outlives_campaign),
    Check("basis.wrong_date", _W, basis.check_basis_dated_right),
    Check("basis.two_dates", _E, basis.check_basis_one_date),
    Check("basis.symbol", _W, basis.check_basis_symbol),
    # Cơ quan, địa danh
    Check("body.level", _E, bodies.check_level_exists),
    Check("body.province", _E, bodies.check_province_exists),
    Check("body.office", _W, bodies.check_office_exists),
    Check("body.ends_during", _N, bodies.check_body_lasts),
    # Nội dung tối thiểu
    Check("content.goal", _W, contents.check_goal_named),
    Check("content.subjects", _W, contents.check_subjects_named),
    Check("content.criteria", _W, contents.check_criteria_named),
    Check("content.time", _W, contents.check_time_named),
    Check("content.measures", _W, contents.check_measures_named),
    Check("content.inspection", _N, contents.check_inspection_named),
    Check("content.exemplars", _N, contents.check_exemplars_named),
    Check("content.review", _W, contents.check_review_named),
    Check("content.awards", _W, contents.check_awards_named),
    # Khen thưởng
    Check("award.grantor", _E, awards.check_award_grantor),
    Check("award.subject", _E, awards.check_award_subject),
    Check("award.movement_length", _W, awards.check_award_movement_length),
    Check("award.movement_launcher", _W, awards.check_award_movement_launcher),
    Check("award.old_cap", _W, awards.check_award_old_cap),
    Check("award.unnamed", _N, awards.check_award_named_fully),
    # Số lượng, chỉ tiêu
    Check("quota.zero", _E, quotas.check_quota_positive),
    Check("quota.contradicts", _E, quotas.check_quota_once),
    Check("quota.sum", _W, quotas.check_quota_sum),
    Check("target.no_measure", _N, quotas.check_target_measured),
    Check("target.contradicts", _E, quotas.check_target_once),
    Check("target.over_hundred", _W, quotas.check_target_reachable),
    Check("target.range", _E, quotas.check_target_range),
    # Thể thức
    Check("form.number", _W, form.check_number_given),
    Check("form.number_padded", _N, form.check_number_padded),
    Check("form.number_spacing", _N, form.check_number_spacing),
    Check("form.symbol", _E, form.check_symbol_fits_type),
    Check("form.date", _W, form.check_place_and_date_given),
    Check("form.place", _N, form.check_place_given),
    Check("form.date_padded", _N, form.check_date_padded),
    Check("form.motto", _N, form.check_motto),
    Check("form.bases", _N, form.check_bases_punctuated),
    Check("form.ending", _N, form.check_ending),
    Check("form.recipients", _N, form.check_recipients),
    Check("form.filed", _N, form.check_filed),
    Check("form.signer", _N, form.check_signer_named),
    Check("form.deputy", _W, form.check_deputy_signs_for),
    Check("form.on_behalf", _W, form.check_signs_on_behalf),
    Check("form.by_order", _W, form.check_signs_by_order),
    Check("numbering.gap", _W, numbering.check_numbering_gap),
    Check("numbering.double", _W, numbering.check_numbering_double),
    # Chữ viết
    Check("spelling.syllable", _N, spelling.check_syllables),
    Check("spelling.marks", _N, spelling.check_fixed_words),
    Check("spelling.twice", _N, spelling.check_no_word_twice),
    Check("spelling.foreign_letter", _W, spelling.check_foreign_letters),
    Check("spelling.composition", _N, spelling.check_one_composition),
    # So với kế hoạch cấp trên
    Check("parent.uncited", _W, parent.check_parent_cited),
    Check("parent.period", _E, parent.check_parent_period),
    Check("parent.deadline", _E, parent.check_parent_deadlines),
    Check("parent.duty", _W, parent.check_parent_duties),
    Check("parent.quota", _E, parent.check_parent_quotas),
    Check("parent.award", _W, parent.check_parent_awards),
)


def check(reading: Reading, raw: str, *, parent: Reading | None = None, on: date | None = None) -> tuple[Finding, ...]:
    """Problems of a plan in the order of `CHECKS`; each carries its `severity` in `params`.

    `raw` is the text that the reading's spans point into, `parent` the plan that this one carries out, `on` the day
    of checking, which stands in where the plan bears no date.
    """
    plan = Plan(reading=reading, raw=raw, parent=parent, on=on)
    return tuple(
        msgspec.structs.replace(finding, params={**finding.params, "severity": item.severity.value})
        for item in CHECKS
        for finding in item.look(plan)
    )
