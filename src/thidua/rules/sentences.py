"""What an official would write about one test: what was found, what is missing, what would have sufficed.

Findings hold codes and numbers. Each predicate's parameters become words (`thidua.rules.phrases`); the sentence is the
catalogue's, under `rules.<predicate>.<outcome>` and `.needs`. A few reasons stand above a predicate's own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import structs

from thidua.explain import say, sentence
from thidua.findings import Finding, Outcome
from thidua.rules.assessing import Result
from thidua.rules.facts import HonourFact
from thidua.rules.offers import Offer
from thidua.rules.phrases import PHRASES, Said, counted_rows, honoured, judged
from thidua.rules.tally import UNBOUNDED
from thidua.rules.words import Words, capital


def sentence_of(result: Result, offer: Offer, on: datetime.date, language: str = "vi") -> str:
    """What was found, or why it is held otherwise. Of a test; raises KeyError where an outcome has no words."""
    held = result.finding.params.get("overridden") if result.finding else None
    if held is not None:
        return say("rules.overridden", {"reason": held}, language)
    said = Said(result, offer, Words(language, on))
    above = _above(said)
    params = _ABOVE[above](said) if above else PHRASES[said.asked.name](said)
    code = f"rules.{above or said.asked.name}"
    return capital(sentence(Finding(code=code, outcome=result.outcome, params=params), language))


def needs_of(result: Result, offer: Offer, on: datetime.date, language: str = "vi") -> str:
    """What would have sufficed, to stand behind "Sẽ đạt nếu": a clause without capital and full stop."""
    said = Said(result, offer, Words(language, on))
    if _above(said) == "inherited":
        return say("rules.inherited.needs", _inherited(said), language)
    return say(f"rules.{said.asked.name}.needs", PHRASES[said.asked.name](said), language)


def judge_of(result: Result, offer: Offer, on: datetime.date, language: str = "vi") -> tuple[str, str]:
    """Who must judge, and with what evidence; of a test that is `judged`."""
    said = judged(Said(result, offer, Words(language, on)))
    return said["who"], said["evidence"]


def is_inherited(result: Result, offer: Offer, on: datetime.date) -> bool:
    """Whether a test is not known only for what it has is a former unit's."""
    return _above(Said(result, offer, Words("vi", on))) == "inherited"


def _above(said: Said) -> str:
    """A reason that stands above the predicate's own: no anchor, only what a former unit earned, an unclear merit."""
    if said.result.outcome is Outcome.MET:
        return ""
    if said.tally.unanchored:
        return "unanchored"
    return _doubt(said) if said.result.outcome is Outcome.UNKNOWN else ""


def _doubt(said: Said) -> str:
    """Why what there is does not settle it."""
    if _is_enough(said) and not said.tally.missing:
        return "inherited"
    unclear = any(isinstance(row, HonourFact) and not row.merit for row in said.tally.used)
    if said.params.get("merits") and unclear and said.tally.possible < UNBOUNDED:
        return "unclear_merit"
    if said.asked.name == "not_already_awarded" and said.tally.used:
        return "same_merit"
    if said.params.get("after") and len(counted_rows(said)) >= said.asked.need:
        return "how_long"
    return ""


def _is_enough(said: Said) -> bool:
    """With what is a former unit's, or with nothing that may still be missing."""
    inherited = sum(row.inherited for row in said.tally.used)
    return inherited > 0 and (said.tally.sure + inherited >= said.asked.need or said.tally.possible < UNBOUNDED)


def _unanchored(said: Said) -> dict[str, Any]:
    after = said.words.awards(said.params["after"])
    return {"after": after, "latest": str(said.offer.year - (getattr(said.asked, "years", None) or 0))}


def _inherited(said: Said) -> dict[str, Any]:
    rows = [structs.replace(row, inherited=False) for row in said.tally.used if row.inherited]
    return {"facts": said.words.facts(rows)}


def _how_long(said: Said) -> dict[str, Any]:
    """Enough since the award, too little in the years that are sure."""
    words, years = said.words, getattr(said.asked, "years", None) or 0
    sure, need = said.tally.sure, words.number(said.asked.need)
    have = words.say("some_recent", have=words.number(sure)) if sure else words.say("none_recent")
    return {"after": words.awards(said.params["after"]), "have": have, "need": need, "years": words.number(years)}


_ABOVE: Mapping[str, Callable[[Said], dict[str, Any]]] = {
    "unanchored": _unanchored,
    "inherited": _inherited,
    "unclear_merit": honoured,
    "same_merit": PHRASES["not_already_awarded"],
    "how_long": _how_long,
}
