"""Bodies and places at the day the plan speaks of: gone, merged, renamed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from thidua.findings import Basis, Evidence, Finding
from thidua.law.bodies import EndedBody, ended_bodies
from thidua.plans.checks.plan import Plan, evidence, not_met

_OLD_DOCUMENT = re.compile(r"\bngày\s[\d/\s]+(?:tháng[\d\s]+năm[\d\s]+)?của\b[^.;]*$")


def check_level_exists(plan: Plan) -> Iterable[Finding]:
    """Since 01/07/2025 there is no district level and no thị trấn."""
    yield from _named(plan, "level", "body.level")


def check_province_exists(plan: Plan) -> Iterable[Finding]:
    """A plan names provinces as they are on its day."""
    yield from _named(plan, "province", "body.province")


def check_office_exists(plan: Plan) -> Iterable[Finding]:
    """A plan gives duties to offices by the names they bear on its day."""
    yield from _named(plan, "office", "body.office")


def check_body_lasts(plan: Plan) -> Iterable[Finding]:
    """A body that ends while the campaign runs leaves its duties to a successor."""
    if plan.day is None or plan.last_day is None:
        return
    for body in ended_bodies():
        if plan.day < body.ended <= plan.last_day:
            words = list(_duty_words(plan, body))
            if words:
                yield not_met(
                    "body.ends_during", _basis(body), *words[:8],
                    body=_name(body), ended=body.ended, successor=body.successor, last=plan.last_day,
                )  # fmt: skip


def _named(plan: Plan, kind: str, code: str) -> Iterator[Finding]:
    for body in ended_bodies():
        if body.kind != kind or plan.day is None or plan.day < body.ended:
            continue
        places = [(a, b) for a, b in body.find(plan.lower) if not _OLD_DOCUMENT.search(plan.lower, max(0, a - 120), a)]
        if places:
            words = [plan.words(plan.flow, a, b) for a, b in places]
            yield not_met(
                code, _basis(body), *words,
                body=_name(body), ended=body.ended, successor=body.successor, count=len(words), day=plan.day,
            )  # fmt: skip


def _duty_words(plan: Plan, body: EndedBody) -> Iterator[Evidence]:
    """Words that give the body something to do or to get; of a province, the heading.

    An office that is told to do something passes it on with its files; only what it must hand in by a day is told.
    """
    reading = plan.reading
    if body.kind == "province":
        fields = (reading.header.issuer, reading.header.title)
        yield from (evidence(field) for field in fields if field and body.find(_lower(field.value)))
        return
    facts = (*reading.pledges, *reading.deadlines, *reading.quotas, *reading.award_forms)
    yield from (evidence(fact) for fact in facts if body.find(_lower(fact.quote)))
    if body.kind == "level":
        yield from (evidence(task) for task in reading.tasks if task.who and body.find(_lower(task.who)))


def _lower(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).lower().split())


def _basis(body: EndedBody) -> Basis:
    return Basis(instrument=body.source, verified=body.verified, source=body.source)


def _name(body: EndedBody) -> str:
    return f"tỉnh {body.name}" if body.kind == "province" else body.name
