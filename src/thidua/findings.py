"""The one answer type of the core: what was looked at, how it came out, on which basis, from which facts."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Outcome(StrEnum):
    """Three-valued (Kleene) outcome. Unknown is not a refusal: it names the evidence that is missing."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Basis(Struct, frozen=True, kw_only=True):
    """Where a rule stands: an instrument with its place, or a plan's own words.

    `verified` is False for what was taken from memory or from a secondary copy; screens then say so.
    """

    instrument: str | None = None
    place: str | None = None
    quote: str | None = None
    verified: bool = False
    source: str | None = None

    @property
    def citation(self) -> str:
        """The place, then the instrument; "" for a plan's own words alone."""
        return ", ".join(part for part in (self.place, self.instrument) if part)


class Evidence(Struct, frozen=True, kw_only=True):
    """Words a finding stands on: `kind` names the fact's list in the reading, or "text" for other words."""

    kind: str
    quote: str
    span: tuple[int, int]


class Finding(Struct, frozen=True, kw_only=True):
    """`code` and `params` make the sentence (`thidua.explain`); `facts_used` are the words pointed at."""

    code: str
    outcome: Outcome
    params: dict[str, Any] = {}
    basis: Basis | None = None
    facts_used: tuple[Evidence, ...] = ()


def met(code: str, basis: Basis | None = None, /, **params: Any) -> Finding:
    return Finding(code=code, outcome=Outcome.MET, params=params, basis=basis)


def not_met(code: str, basis: Basis | None = None, /, **params: Any) -> Finding:
    return Finding(code=code, outcome=Outcome.NOT_MET, params=params, basis=basis)


def unknown(code: str, basis: Basis | None = None, /, **params: Any) -> Finding:
    return Finding(code=code, outcome=Outcome.UNKNOWN, params=params, basis=basis)
