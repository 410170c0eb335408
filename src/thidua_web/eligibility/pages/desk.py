"""The rows of the desk: a page of nominees, each with what is missing or what it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext

from thidua.findings import Basis, Outcome
from thidua.law.criteria import Subject
from thidua.rules.assessing import Assessment, Result
from thidua.rules.facts import Facts
from thidua.rules.sentences import needs_of, sentence_of
from thidua.rules.sufficing import ELSEWHERE, needed
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.questions import questions
from thidua_web.eligibility.queries.screened import Counts
from thidua_web.eligibility.queries.standing import State, state_of
from thidua_web.law.linking import basis_href
from thidua_web.register.models import Household, Unit
from thidua_web.register.nominees import Nominee, kind_of, name_of

TONES = {
    State.MET: "met",
    State.JUDGE: "waiting",
    State.NEARLY: "doubt",
    State.UNKNOWN: "unknown",
    State.FAR: "stopped",
}
SHOWN = 3


@dataclass(frozen=True)
class Reason:
    """A clause in a sentence: what is missing, or what it stands on; `href` leads to the law."""

    words: str
    basis: str
    href: str
    verified: bool


@dataclass(frozen=True)
class Row:
    """`reasons` are the first few, `more` counts the others. `given`: the award of that year is there already."""

    key: int
    name: str
    about: str
    state: State
    tone: str
    reasons: list[Reason]
    more: int
    href: str
    given: bool
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    label: Promise | str
    n: int
    query: str
    current: bool
    tone: str = ""


def row(of: Nominee, assessment: Assessment, case: Case, facts: Facts, language: str) -> Row:
    state = state_of(assessment)
    told = _missing(assessment, language) if state is not State.MET else _stands_on(assessment, language)
    reasons = list(dict.fromkeys(told))
    return Row(
        key=of.pk,
        name=name_of(of),
        about=about(of),
        state=state,
        tone=TONES[state],
        reasons=reasons[:SHOWN],
        more=max(0, len(reasons) - SHOWN),
        href=detail(of, case),
        questions=_questions(assessment) if state is State.JUDGE else (),
        given=any((one.award, one.year) == (case.offer.award, case.offer.year) for one in facts.honours),
    )


def about(of: Nominee) -> str:
    if isinstance(of, Unit):
        return of.parent.name if of.parent else ""
    if isinstance(of, Household):
        return ", ".join(filter(None, [of.address, of.unit.name]))
    return ", ".join(filter(None, [of.position, of.unit.name]))


def detail(of: Nominee, case: Case) -> str:
    """Where the whole judgement stands, with its day and year in the address."""
    view = f"eligibility:{kind_of(of)}_award"
    asked = {"nam": case.offer.year, "ngay": f"{case.on:%d/%m/%Y}"}
    if case.row is not None:
        asked["muc"] = case.row.pk
    elif case.offer.merit != "yearly":
        asked["loai_hinh"] = case.offer.merit
    return f"{reverse(view, args=[of.pk, case.offer.award])}?{urlencode(asked)}"


def _missing(assessment: Assessment, language: str) -> Iterator[Reason]:
    """What is settled against it first, what a person has to judge last."""
    need = needed(assessment)
    for result in sorted(need.leaves() if need else (), key=_order):
        yield _reason(needs_words(result, assessment, language), result.basis)


def _questions(assessment: Assessment) -> tuple[str, ...]:
    """What a person has still to judge, on the nearest way."""
    need = needed(assessment)
    tests = [one.criterion.test for one in need.leaves() if one.criterion.test is not None] if need else []
    return tuple(str(dict(test.params)["question"]) for test in tests if test.predicate == "judged")


def asked(rows: Iterable[Row], subject: Subject) -> list[tuple[str, str]]:
    """The questions of these rows that the law asks, each with its clause."""
    known = questions(subject)
    wanted = dict.fromkeys(code for row in rows for code in row.questions)
    return [(code, f"{known[code].text} ({known[code].place})") for code in wanted if code in known]


def _order(result: Result) -> int:
    if result.outcome is Outcome.NOT_MET:
        return 0
    return 2 if _is_judged(result) else 1


def _is_judged(result: Result) -> bool:
    return result.criterion.test is not None and result.criterion.test.predicate == "judged"


def needs_words(result: Result, assessment: Assessment, language: str) -> str:
    """What would have sufficed; of a clause that only a person decides, the clause."""
    text = result.criterion.text or result.criterion.quote
    if result.finding is None:
        return text
    if _is_judged(result) and text:
        return gettext("Cần người xét: %(text)s") % {"text": text}
    return gettext("Cần: %(needs)s") % {"needs": needs_of(result, assessment.offer, assessment.on, language)}


def _stands_on(assessment: Assessment, language: str) -> Iterator[Reason]:
    """The tests that decide, without those that say only for whom a clause is meant."""
    for result in (one for top in assessment.results for one in _deciding(top)):
        test = result.criterion.test
        if test is not None and test.predicate not in ELSEWHERE:
            yield _reason(sentence_of(result, assessment.offer, assessment.on, language), result.basis)


def _deciding(result: Result) -> Iterator[Result]:
    """The tests that make it met; of alternatives the first that is."""
    if result.outcome is not Outcome.MET:
        return
    if not result.parts:
        yield result
    met = [part for part in result.parts if part.outcome is Outcome.MET]
    for part in met[:1] if result.part_of == "any" else met:
        yield from _deciding(part)


def _reason(words: str, basis: Basis) -> Reason:
    said = basis.citation
    return Reason(words, said, basis_href(basis), basis.verified)


def tabs(counts: Counts, query: str, state: State | None, everything: Promise | str) -> list[Tab]:
    """`query` is the address without its state and page."""
    found = [Tab(everything, counts.all, query, state is None)]
    found += [
        Tab(one.label, counts.by_state[one], f"{query}&ket_qua={one.value}", state is one, TONES[one]) for one in State
    ]
    return [tab for tab in found if tab.n or tab.current or tab is found[0]]


def unverified(rows: Sequence[Row]) -> bool:
    return any(not reason.verified for one in rows for reason in one.reasons)
