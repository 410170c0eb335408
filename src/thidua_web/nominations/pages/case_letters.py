"""Letters of the appraising unit about one nomination: sent back, not recommended; as it was said then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from thidua.explain import say, sentence
from thidua.findings import Finding, Outcome
from thidua.nominations.returning import return_reasons
from thidua.papers.letters import (
    Defect,
    Ground,
    RefusalLetter,
    Refused,
    Returned,
    ReturnLetter,
    refusal_letter,
    return_letter,
)
from thidua.papers.nominees import Nominee
from thidua.papers.paper import Paper
from thidua.papers.wording import capital, day_words
from thidua.rules.explaining import Line
from thidua_web.nominations.models import Nomination, Opinion, Return, StoredAssessment
from thidua_web.nominations.pages.issuing import cited, issue_of
from thidua_web.nominations.pages.wording import wording_of

LANGUAGE = "vi"


def returned(nomination: Nomination, row: Return) -> Paper:
    """Each reason with where it stands and what to do; the appraiser's own words at the end."""
    defects = [_defect(code) for code in row.codes]
    if row.words.strip():
        defects.append(Defect(reason=row.words.strip()))
    asked = ReturnLetter(
        issue=issue_of(nomination.to_unit, ""),
        to=(nomination.unit.name,),
        submission=_submission(nomination),
        returned=(Returned(nominee=_nominee(nomination), defects=tuple(defects)),),
        by=row.due_on,
    )
    return return_letter(asked)


def _defect(code: str) -> Defect:
    """A reason that the table no longer holds is told by its code."""
    reason = return_reasons().get(code)
    if reason is None:
        return Defect(reason=code)
    return Defect(reason=reason.label.vi, article=cited(reason.basis), todo=reason.do.vi)


def refused(nomination: Nomination, row: Opinion, stored: StoredAssessment | None, *, whole: bool) -> Paper:
    """Each ground with its article, what was found and what would have sufficed; `whole`: every clause in an annex."""
    lines = lines_of(stored)
    grounds = [_ground(one, lines) for one in reasons_of(row)]
    said = Ground(article="Kết luận thẩm định", fact=row.words.strip())
    asked = RefusalLetter(
        issue=issue_of(nomination.to_unit, ""),
        to=(nomination.unit.name,),
        submission=_submission(nomination),
        refused=(
            Refused(
                nominee=_nominee(nomination),
                grounds=(*grounds, said),
                explained="\n".join(_told(lines, 0)) if whole else "",
            ),
        ),
    )
    return refusal_letter(asked)


def reasons_of(row: Opinion) -> tuple[Finding, ...]:
    return tuple(msgspec.convert(one, Finding) for one in row.reasons)


def lines_of(stored: StoredAssessment | None) -> tuple[Line, ...]:
    return msgspec.convert(stored.lines.get("lines", ()), tuple[Line, ...]) if stored and stored.lines else ()


def _ground(one: Finding, lines: Iterable[Line]) -> Ground:
    clause = next((line for line in lines if line.number == one.params.get("number")), None)
    wanted = dict.fromkeys(needs_of(clause)) if clause else {}
    return Ground(article=capital(cited(one.basis)) or "Hồ sơ", fact=_fact(one), sufficed="; ".join(wanted))


def _fact(one: Finding) -> str:
    return sentence(one, LANGUAGE)


def needs_of(line: Line) -> Iterator[str]:
    """What would have sufficed on ways meant for this nominee; of several ways the first."""
    if line.outcome is Outcome.MET or line.aside:
        return
    if line.needs:
        yield line.needs
    parts = [part for part in line.lines if part.outcome is not Outcome.MET and not part.aside]
    for part in parts[:1] if line.join == "any" else parts:
        yield from needs_of(part)


def _told(lines: Iterable[Line], depth: int) -> Iterator[str]:
    """A clause a line, its parts below it."""
    for line in lines:
        if line.aside:
            continue
        outcome = say(f"rules.words.{line.outcome}", {}, LANGUAGE)
        basis = f" ({line.basis_words})" if line.basis_words else ""
        found = f" {line.sentence}" if line.sentence else ""
        mark = f"{line.number}. " if not depth else f"{'   ' * depth}- "
        yield f"{mark}{line.text or found.strip()}{basis}: {outcome}.{found if line.text else ''}"
        yield from _told(line.lines, depth + 1)


# --- Both -------------------------------------------------------------------------------------------------------------


def _submission(nomination: Nomination) -> str:
    sent: Mapping[str, Any] = {
        "number": f" số {nomination.submission.number}" if nomination.submission.number else "",
        "day": f" {day_words(nomination.submission.lodged_on)}" if nomination.submission.lodged_on else "",
        "unit": nomination.unit.name,
    }
    return f"Tờ trình{sent['number']}{sent['day']} của {sent['unit']}"


def _nominee(nomination: Nomination) -> Nominee:
    on = nomination.lodged_on or nomination.submission.prepared_at.date()
    return wording_of(nomination.unit).nominee(nomination, on, merit="")
