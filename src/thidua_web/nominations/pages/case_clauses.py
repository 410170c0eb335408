"""The assessment clause by clause: what the facts say, how it is held, what the unit's meeting said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from thidua.findings import Outcome
from thidua.nominations.criteria_keys import OWN_QUESTIONS, key_of, overridden
from thidua.rules.assessing import Assessment, Result
from thidua.rules.explaining import FactLine, Line
from thidua_web.law.linking import basis_href
from thidua_web.nominations.models import Override
from thidua_web.register.nominees import Nominee, kind_of

TONES = {Outcome.MET: "met", Outcome.NOT_MET: "fault", Outcome.UNKNOWN: "unknown"}
SENSITIVE = frozenset({"not_disciplined", "not_under_review", "members_not_disciplined"})
"""Predicates whose facts are for few."""


@dataclass(frozen=True)
class Fact:
    """A fact used, with the page of its record where whoever reads may open it."""

    line: FactLine
    href: str


@dataclass(frozen=True)
class Clause:
    """`outcome` is how it is held, `line.outcome` what the facts say. `sealed`: what was found is not shown.

    `folded`: opened when asked for, because it decides nothing: it is met, meant for others, or another of several
    ways is nearer.
    """

    line: Line
    key: str
    outcome: Outcome
    tone: str
    href: str
    override: Override | None = None
    said: str = ""
    sealed: bool = False
    folded: bool = False
    facts: Sequence[Fact] = ()
    lines: list[Clause] = field(default_factory=list)

    @property
    def is_held(self) -> bool:
        """Whether it counts as something else than the facts say, by itself or by one of its parts."""
        return self.outcome != self.line.outcome

    def each(self) -> Iterator[Clause]:
        yield self
        for part in self.lines:
            yield from part.each()


def _none(_key: str) -> None:
    """Nobody holds it to be anything else."""


def _nowhere(_ref: str) -> str:
    return ""


@dataclass(frozen=True)
class Frame:
    """What stays the same down the tree: the marks by key, where a fact leads, whether sensitive ones are shown."""

    sensitive: bool
    override_of: Callable[[str], Override | None] = _none
    analyses: Mapping[str, str] = field(default_factory=dict)
    href: Callable[[str], str] = _nowhere


def clauses(plain: Assessment, lines: Sequence[Line], overrides: Mapping[str, Any], frame: Frame) -> list[Clause]:
    """`lines`: as the assessment is explained; `overrides`: those that count, as the core takes them."""
    held = overridden(plain, overrides)
    rows = zip(lines, plain.results, held.results, strict=True)
    return _folded([_clause(*row, str(place), frame) for place, row in enumerate(rows, 1)], "all")


_NEARNESS = {Outcome.NOT_MET: 0, Outcome.UNKNOWN: 1, Outcome.MET: 2}


def _folded(parts: list[Clause], join: str) -> list[Clause]:
    """Of several ways the nearest stay open; of what must all be met, what is not."""
    nearest = max((_near(part) for part in parts), default=0)
    return [replace(part, folded=_is_folded(part, join, nearest)) for part in parts]


def _near(part: Clause) -> int:
    return -1 if part.line.aside else _NEARNESS[part.outcome]


def _is_folded(part: Clause, join: str, nearest: int) -> bool:
    if part.override is not None or any(below.override for below in part.each()):
        return False
    if join == "any":
        return _near(part) < nearest
    return part.line.aside or (part.outcome is Outcome.MET and bool(part.lines))


def _clause(line: Line, result: Result, held: Result, number: str, frame: Frame) -> Clause:
    key = key_of(result, number)
    sealed = not frame.sensitive and _is_sensitive(result) and result.outcome is not Outcome.MET
    return Clause(
        line=line,
        key=key,
        outcome=held.outcome,
        tone="note" if line.aside else TONES[held.outcome],
        href=basis_href(line.basis),
        override=frame.override_of(key),
        said=frame.analyses.get(key, ""),
        sealed=sealed,
        facts=() if sealed else [Fact(one, frame.href(one.ref)) for one in line.facts],
        lines=_folded([_clause(*row, frame) for row in _parts(line, result, held, number)], line.join),
    )


def _parts(line: Line, result: Result, held: Result, number: str) -> Iterator[tuple[Line, Result, Result, str]]:
    """The explanation leaves out the storey of an award whose standard is the only one that may be met."""
    if len(result.criterion.meets) == 1 and result.part_of == "any" and result.parts:
        result, held, number = result.parts[0], held.parts[0], f"{number}.1"
    rows = zip(line.lines, result.parts, held.parts, strict=True)
    for place, (part, own, own_held) in enumerate(rows, 1):
        yield part, own, own_held, f"{number}.{place}"


def _is_sensitive(result: Result) -> bool:
    test = result.criterion.test
    if test is None:
        return False
    return test.predicate in SENSITIVE or dict(test.params).get("question") in OWN_QUESTIONS


def sensitive_keys(plain: Assessment) -> frozenset[str]:
    """Clauses at the top of which a sensitive test decides: a check that tells of one is not told to everybody."""
    rows = enumerate(plain.results, 1)
    return frozenset(
        key_of(result, str(place))
        for place, result in rows
        if any(_is_sensitive(test) and test.outcome is not Outcome.MET for test in result.tests())
    )


def record_hrefs(of: Nominee, *, sees_facts: bool) -> Callable[[str], str]:
    """Where a fact's record is read, by its reference ("rating:5"); "" for what stands on no page of its own."""
    home = reverse(f"register:{kind_of(of)}", args=[of.pk])
    recorded = reverse(f"eligibility:{kind_of(of)}_facts", args=[of.pk]) if sees_facts else ""
    pages = {"rating": f"{home}#ratings-title", "award": f"{home}#awards-title", "fact": recorded}

    def href(ref: str) -> str:
        kind, _, key = ref.partition(":")
        if kind == "campaign" and key.isdecimal():
            return reverse("campaigns:campaign", args=[int(key)])
        return pages.get(kind, "")

    return href
