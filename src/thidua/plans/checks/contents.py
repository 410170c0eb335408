"""What Luật 06/2022/QH15, Điều 17 wants a movement to settle."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.findings import Finding
from thidua.plans.checks.plan import Plan, law, not_met, unknown


def check_goal_named(plan: Plan) -> Iterable[Finding]:
    """The goal: what is to be reached."""
    if not plan.reading.targets:
        yield from _missing(plan, "content.goal", r"\bmuc (?:tieu|dich)\b|\bchi tieu\b", "Điều 17 khoản 1")


def check_subjects_named(plan: Plan) -> Iterable[Finding]:
    """Scope and subjects: who takes part."""
    reading = plan.reading
    if not (reading.subjects or reading.quotas or reading.criteria):
        yield from _missing(plan, "content.subjects", r"\bdoi tuong\b|\bpham vi\b|\bthanh phan\b", "Điều 17 khoản 1")


def check_criteria_named(plan: Plan) -> Iterable[Finding]:
    """Content and criteria: by what the best are told."""
    if not plan.reading.criteria and not plan.reading.targets:
        yield from _missing(plan, "content.criteria", r"\btieu (?:chi|chuan)\b|\bthang diem\b", "Điều 17 khoản 1")


def check_time_named(plan: Plan) -> Iterable[Finding]:
    """Time: a first and a last day."""
    if not plan.is_campaign:
        return
    if not plan.reading.periods:
        yield not_met("content.time", law("Điều 17 khoản 1"), plan.head)
    elif not plan.start or not plan.end:
        yield unknown("content.time", law("Điều 17 khoản 1"), plan.whole or plan.reading.periods[0])


def check_measures_named(plan: Plan) -> Iterable[Finding]:
    """Measures: who does what."""
    if not plan.reading.tasks:
        words = r"\bto chuc thuc hien\b|\bbien phap\b|\bgiai phap\b|\bphan cong\b|\btrach nhiem\b"
        yield from _missing(plan, "content.measures", words, "Điều 17 khoản 1, khoản 2")


def check_inspection_named(plan: Plan) -> Iterable[Finding]:
    """Inspection and supervision of the movement."""
    words = r"\bkiem tra\b|\bgiam sat\b|\bdon doc\b|\btheo doi\b"
    yield from _missing(plan, "content.inspection", words, "Điều 17 khoản 3")


def check_exemplars_named(plan: Plan) -> Iterable[Finding]:
    """Finding, fostering and spreading exemplars."""
    words = r"\bdien hinh\b|\bnhan rong\b|nguoi tot,? viec tot|\bneu guong\b|guong (?:tieu bieu|tap the|ca nhan)"
    yield from _missing(plan, "content.exemplars", words, "Điều 17 khoản 4")


def check_review_named(plan: Plan) -> Iterable[Finding]:
    """Interim and closing review."""
    yield from _missing(plan, "content.review", r"\bso ket\b|\btong ket\b|\bso, tong ket\b", "Điều 17 khoản 5")


def check_awards_named(plan: Plan) -> Iterable[Finding]:
    """Commendation."""
    if not plan.reading.award_forms:
        yield from _missing(plan, "content.awards", r"\bkhen thuong\b|\bbieu duong\b|\bton vinh\b", "Điều 17 khoản 5")


def _missing(plan: Plan, code: str, words: str, place: str) -> Iterable[Finding]:
    if plan.is_campaign and plan.is_whole and not plan.mentions(words):
        yield not_met(code, law(place), plan.head)
