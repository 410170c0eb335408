"""What the core says of a nomination or a submission as they are stored."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import structs

from thidua.findings import Finding, Outcome
from thidua.nominations.checking import check, check_submission
from thidua.nominations.criteria_keys import overridden
from thidua.nominations.dossier import NeededPaper, dossier_note, papers_for
from thidua.nominations.gate import Gate, gate
from thidua.nominations.values import Nomination as Values
from thidua.rules.assessing import Assessment, NoStandardError, assess
from thidua.rules.facts import Merit
from thidua_web.law.queries import current_law
from thidua_web.nominations.models import Nomination, Override, Submission
from thidua_web.nominations.queries.offers import judged_on
from thidua_web.nominations.queries.submission_values import submission_values
from thidua_web.nominations.queries.values import Sent, held_of, nomination_values


@dataclass(frozen=True)
class Checked:
    """A nomination with its values, its assessment (None where nothing is known to be asked) and the checks it fails.

    The assessment holds the overrides that a second person agreed to; `plain` is what the facts alone say. `sent` and
    `overrides` (all of them) are the rows that were read for it.
    """

    values: Values
    assessment: Assessment | None
    plain: Assessment | None
    findings: tuple[Finding, ...]
    sent: Sent
    overrides: tuple[Override, ...]

    @property
    def outcome(self) -> str:
        return self.assessment.outcome.value if self.assessment else Outcome.UNKNOWN.value

    @property
    def defects(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.outcome is Outcome.NOT_MET)


def checked(nomination: Nomination, on: datetime.date) -> Checked:
    return checked_of([nomination], on)[nomination.pk]


def checked_of(rows: Sequence[Nomination], on: datetime.date) -> dict[int, Checked]:
    """Of many with the queries of one."""
    held, overrides = held_of(rows), _overrides(rows)
    known = nomination_values(rows, on, held)
    return {
        row.pk: _checked(known[row.pk], held.sent[row.pk], overrides.get(row.pk, []), judged_on(row, on))
        for row in rows
    }


def _checked(known: Values, sent: Sent, overrides: list[Override], on: datetime.date) -> Checked:
    plain = assessment_of(known, on)
    whole = overridden(plain, agreed(overrides)) if plain else None
    known = structs.replace(known, assessment=whole)
    return Checked(known, whole, plain, check(known, current_law(), on=on), sent, tuple(overrides))


def assessment_of(known: Values, on: datetime.date) -> Assessment | None:
    try:
        return assess(known.offer, known.facts, current_law(), on)
    except NoStandardError:
        return None


def _overrides(rows: Sequence[Nomination]) -> dict[int, list[Override]]:
    found: dict[int, list[Override]] = defaultdict(list)
    for one in Override.objects.filter(nomination__in=rows).select_related("by", "second"):
        found[one.nomination_id].append(one)
    return found


def agreed(overrides: Iterable[Override]) -> dict[str, tuple[Outcome, str]]:
    """What each clause becomes, and why, by those that count."""
    return {one.key: (Outcome(one.becomes), one.reason) for one in overrides if one.counts}


def submission_findings(submission: Submission, on: datetime.date) -> tuple[Finding, ...]:
    return check_submission(submission_values(submission, on), current_law(), on=submission.lodged_on or on)


def gate_of(submission: Submission, on: datetime.date) -> Gate:
    """Whether the unit may submit today, and what stands in its way."""
    return gate(submission_values(submission, on), current_law(), on)


def needed_papers(nomination: Nomination, on: datetime.date, known: Values | None = None) -> tuple[NeededPaper, ...]:
    """What the rules of the day ask for; `known` spares the reading of values that are at hand."""
    known = known or nomination_values([nomination], on)[nomination.pk]
    return papers_for(
        current_law(),
        award=known.award,
        subject=known.subject,
        merit=known.merit,
        on=judged_on(nomination, on),
        business=known.business,
        plan_papers=known.plan_papers,
    )


def papers_note(nomination: Nomination, on: datetime.date) -> Finding | None:
    """What is not sure of the list of papers; None where a list below the law was read."""
    merit: Merit = nomination.merit  # type: ignore[assignment]
    return dossier_note(current_law(), award=nomination.award, merit=merit, on=judged_on(nomination, on))
