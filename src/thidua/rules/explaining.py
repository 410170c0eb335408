"""An assessment in words: lines that screens draw, and a letter that an appraiser can paste.

Nothing is decided here. Clauses of another kind of nominee stay in the lines, marked as `aside`; a letter leaves them
out as long as another way is left.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec import Struct, structs

from thidua.explain import say
from thidua.findings import Basis, Outcome
from thidua.rules.assessing import Assessment, Result
from thidua.rules.facts import Record
from thidua.rules.offers import Offer
from thidua.rules.phrases import text_of
from thidua.rules.sentences import is_inherited, judge_of, needs_of, sentence_of
from thidua.rules.sufficing import ELSEWHERE, Nearness, Need, missing, nearness, needed
from thidua.rules.words import Words, capital

__all__ = ["Explanation", "FactLine", "Line", "Nearness", "explain", "letter", "missing", "nearness"]

SHOWN = 3
"""Alternatives that a letter tells; the others are only counted."""


class FactLine(Struct, frozen=True, kw_only=True):
    """A fact used: in words, the paper it stands on, the register's row."""

    words: str
    paper: str = ""
    ref: str = ""
    inherited: bool = False


class Line(Struct, frozen=True, kw_only=True):
    """A clause. `number` is its place in this explanation ("2.1"), `basis` where it stands in the law.

    A test has a `sentence`, its `facts` and what would have sufficed (`needs`, "" where met); what is made of parts
    has `lines`, and `join` says how: "all", "any" or "not". `gate`: a test that says for whom or for what a clause is
    meant; `aside`: it is meant for another.
    """

    number: str
    text: str
    outcome: Outcome
    basis: Basis
    basis_words: str
    sentence: str = ""
    needs: str = ""
    facts: tuple[FactLine, ...] = ()
    lines: tuple[Line, ...] = ()
    join: str = ""
    gate: bool = False
    aside: bool = False

    def each(self) -> Iterator[Line]:
        """This line and all beneath, in reading order."""
        yield self
        for line in self.lines:
            yield from line.each()


class Explanation(Struct, frozen=True, kw_only=True):
    """`needs`: what would have sufficed as indented lines, `ask`: what evidence to send in. Both empty where met."""

    heading: str
    conclusion: str
    outcome: Outcome
    nearness: Nearness
    lines: tuple[Line, ...]
    needs: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def unverified(self) -> bool:
        """Whether a basis that was used, on a way that decides, has not been compared with the official text."""
        return any(line.basis_words and not line.basis.verified for top in self.lines for line in _used(top))


def explain(assessment: Assessment, language: str = "vi") -> Explanation:
    """Raises KeyError where the catalogue lacks words for a predicate's outcome."""
    frame = _Frame(assessment.offer, assessment.on, Words(language, assessment.on))
    need = needed(assessment)
    return Explanation(
        heading=_heading(frame),
        conclusion=frame.say(f"letter.{assessment.outcome}"),
        outcome=assessment.outcome,
        nearness=nearness(assessment),
        lines=tuple(_line(frame, result, str(n)) for n, result in enumerate(assessment.results, 1)),
        needs=tuple(_needs(frame, need)) if need else (),
        ask=tuple(_asks(frame, need)) if need and assessment.outcome is Outcome.UNKNOWN else (),
    )


def letter(assessment: Assessment, language: str = "vi") -> str:
    """Criterion, outcome, facts used, basis, what would have sufficed: plain text without markup."""
    told = explain(assessment, language)
    parts = [told.heading, told.conclusion, ""]
    for line in told.lines:
        parts += _told(line, language)
    if told.needs:
        parts += ["", *told.needs]
    if told.ask:
        parts += ["", say("rules.letter.ask", {}, language), *(f"- {line}" for line in told.ask)]
    if told.unverified:
        parts += ["", say("rules.letter.unverified", {}, language)]
    return "\n".join(parts) + "\n"


class _Frame(Struct, frozen=True):
    """What stays the same down one explanation."""

    offer: Offer
    on: datetime.date
    words: Words

    def say(self, code: str, **params: object) -> str:
        return say(f"rules.{code}", params, self.words.language)


def _heading(frame: _Frame) -> str:
    offer, words = frame.offer, frame.words
    award, subject = capital(words.award(offer.award)), words.say(offer.subject)
    return frame.say("letter.heading", award=award, subject=subject, year=str(offer.year), on=frame.on)


# --- Lines ----------------------------------------------------------------------------------------------------------


def _line(frame: _Frame, result: Result, number: str, text: str = "") -> Line:
    parts = _parts(frame, result)
    lines = tuple(_line(frame, part, f"{number}.{n}", said) for n, (part, said) in enumerate(parts, 1))
    return Line(
        number=number,
        text=text or text_of(result),
        outcome=result.outcome,
        basis=result.basis,
        basis_words=frame.words.basis(result.basis),
        sentence=_sentence(frame, result),
        needs="" if lines or result.outcome is Outcome.MET else _need(frame, result),
        facts=tuple(_fact(frame, row) for row in (result.tally.used if result.tally else ())),
        lines=lines,
        join=result.part_of if lines else "",
        gate=_is(result, *ELSEWHERE),
        aside=_is_aside(result),
    )


def _parts(frame: _Frame, result: Result) -> list[tuple[Result, str]]:
    """The parts, with words of their own for the standard of another award that is met here."""
    codes = result.criterion.meets
    if not codes or result.part_of != "any":
        return [(part, "") for part in result.parts]
    if len(codes) == 1:
        return [(part, "") for part in result.parts[0].parts]
    names = [frame.words.say("standard_of", award=frame.words.award(code)) for code in codes]
    return list(zip(result.parts, names, strict=True))


def _sentence(frame: _Frame, result: Result) -> str:
    if result.finding is not None:
        return sentence_of(result, frame.offer, frame.on, frame.words.language)
    award = _without_standard(frame, result)
    return frame.say("no_standard.unknown", award=award) if award else ""


def _without_standard(frame: _Frame, result: Result) -> str:
    """The award of which no standard is known; "" for anything else."""
    if not result.criterion.meets or any(part.parts for part in result.parts):
        return ""
    return frame.words.awards(result.criterion.meets)


def _fact(frame: _Frame, row: Record) -> FactLine:
    return FactLine(words=frame.words.fact(row), paper=row.cited, ref=row.ref, inherited=row.inherited)


def _is(result: Result, *predicates: str) -> bool:
    return result.criterion.test is not None and result.criterion.test.predicate in predicates


def _is_aside(result: Result) -> bool:
    """Whether a part that says for whom or for what the clause is meant says: not for this one."""
    need = needed(result)
    return need is not None and need.distance.elsewhere > 0


# --- What would have sufficed ---------------------------------------------------------------------------------------


def _need(frame: _Frame, result: Result) -> str:
    if result.finding is not None:
        return needs_of(result, frame.offer, frame.on, frame.words.language)
    award = _without_standard(frame, result)
    if award:
        return frame.say("no_standard.needs", award=award)
    if text_of(result):
        return frame.say("clause.needs", text=text_of(result))
    return frame.say("negated.needs", text=text_of(result.parts[0]))


def _needs(frame: _Frame, need: Need) -> Iterator[str]:
    if need.result is not None:
        yield frame.say("letter.needs", needs=_need(frame, need.result))
        return
    yield frame.say("letter.needs_any" if need.choice else "letter.needs_all")
    yield from _items(frame, need, 0)


def _items(frame: _Frame, need: Need, depth: int) -> Iterator[str]:
    indent, mark = "  " * depth, "+" if depth % 2 else "-"
    for part in need.parts[:SHOWN] if need.choice else need.parts:
        if part.choice:
            yield f"{indent}{mark} {frame.say('letter.one_of')}"
            yield from _items(frame, part, depth + 1)
        else:
            yield f"{indent}{mark} {_joined(frame, part)}"
    left = len(need.parts) - SHOWN
    if need.choice and left > 0:
        yield f"{indent}{mark} {frame.say('letter.more', count=left)}"


def _joined(frame: _Frame, need: Need) -> str:
    """One line: what all is needed together, on the nearest way."""
    words = list(dict.fromkeys(_need(frame, result) for result in need.leaves()))
    return frame.words.say("and").join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _asks(frame: _Frame, need: Need) -> Iterator[str]:
    """What to send in on the ways that are told. What is a former unit's is one question for all of it."""
    asked = [result for result in _told_leaves(need) if result.outcome is Outcome.UNKNOWN]
    former = [result for result in asked if result.finding and is_inherited(result, frame.offer, frame.on)]
    rows = dict.fromkeys(row for result in former for row in result.records if row.inherited)
    if rows:
        facts = frame.words.facts(structs.replace(row, inherited=False) for row in rows)
        yield capital(frame.say("inherited.unknown", facts=facts))
    judged = [result for result in asked if _is(result, "judged") and text_of(result)]
    yield from _judgements(frame, judged)
    rest = [result for result in asked if result not in former and result not in judged]
    yield from dict.fromkeys(_sentence(frame, result) for result in rest)


def _judgements(frame: _Frame, judged: list[Result]) -> Iterator[str]:
    """All that one body judges, each with the evidence that goes with it."""
    texts: dict[str, list[str]] = {}
    for result in judged:
        who, evidence = judge_of(result, frame.offer, frame.on, frame.words.language)
        texts.setdefault(who, []).append(frame.say("letter.judged", text=text_of(result), evidence=evidence))
    for who, clauses in texts.items():
        yield frame.say("letter.asked", who=who, texts="; ".join(dict.fromkeys(clauses)))


def _told_leaves(need: Need) -> Iterator[Result]:
    if need.result is not None:
        yield need.result
    for part in need.parts[:SHOWN] if need.choice else need.parts:
        yield from _told_leaves(part)


# --- The letter -----------------------------------------------------------------------------------------------------


def _told(line: Line, language: str) -> Iterator[str]:
    """A clause of the law with its outcome, and below it what decides."""
    heading = say("rules.letter.numbered", {"number": line.number, "clause": _clause(line, None, language)}, language)
    yield heading + ("" if line.lines else _seen(line, language))
    yield from _bullets(line, language, 1)


def _bullets(line: Line, language: str, depth: int) -> Iterator[str]:
    indent, mark = "   " * depth, "-" if depth % 2 else "+"
    for part in _below(line):
        words = _clause(part, line, language)
        if part.lines:
            yield f"{indent}{mark} {words}"
            yield from _bullets(part, language, depth + 1)
        else:
            yield f"{indent}{mark} {words}{_seen(part, language)}"


def _below(line: Line) -> Iterator[Line]:
    """The clauses a reader needs: what only holds others together is passed over, and so is "for whom" once it fits.

    Several alternatives stay apart, each with what belongs to it.
    """
    parts = _deciding(line)
    alone = line.join != "any" or len(parts) == 1
    for part in parts:
        if alone and (part.join == "all" or (part.join == "any" and len(_deciding(part)) == 1)):
            yield from _below(part)
        elif not (part.gate and part.outcome is Outcome.MET):
            yield part


def _deciding(line: Line) -> tuple[Line, ...]:
    """Of alternatives the ones that are met, else those meant for this nominee; of all others every part."""
    if line.join != "any":
        return line.lines
    met = tuple(part for part in line.lines if part.outcome is Outcome.MET)
    own = tuple(part for part in line.lines if not part.aside)
    return met or own or line.lines


def _used(line: Line) -> Iterator[Line]:
    """The line and what decides beneath it, in reading order."""
    yield line
    for part in _deciding(line):
        yield from _used(part)


def _clause(line: Line, above: Line | None, language: str) -> str:
    """The clause in brief, where it stands, and how it came out."""
    outcome = say(f"rules.words.{line.outcome}", {}, language)
    text = line.text or capital(line.sentence.rstrip("."))
    return say("rules.letter.clause", {"text": _placed(text, line, above, language), "outcome": outcome}, language)


def _placed(text: str, line: Line, above: Line | None, language: str) -> str:
    """Nothing of what was just said is said again: neither the place nor the instrument."""
    if not line.basis_words or (above is not None and line.basis_words == above.basis_words):
        return text
    if above is None or above.basis.instrument != line.basis.instrument or line.basis.quote or not line.basis.place:
        return say("rules.letter.cited", {"text": text, "basis": line.basis_words}, language)
    code = "in_place" if line.basis.verified else "in_place_unverified"
    return say(f"rules.letter.{code}", {"text": text, "place": line.basis.place}, language)


def _seen(line: Line, language: str) -> str:
    """What was found, and the facts with their papers; one without a paper is told by the sentence alone."""
    sentence = f" {line.sentence}" if line.text else ""
    facts = [f"{fact.words} ({fact.paper})" for fact in line.facts if fact.paper]
    return sentence + (" " + say("rules.letter.facts", {"facts": "; ".join(facts)}, language) if facts else "")
