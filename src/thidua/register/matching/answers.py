"""What comes out of a comparison with the register."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from thidua.findings import Finding

# So many candidates are shown for one row at most.
MOST = 5


class MatchOutcome(StrEnum):
    """Exact: one known, beyond doubt. Doubt: a person decides. None: nobody known comes near."""

    EXACT = "exact"
    DOUBT = "doubt"
    NONE = "none"


class Candidate(Struct, frozen=True):
    """One that is known. `score` (0 to 100) orders candidates; `reasons` speak for it (met), against it (not_met), or
    say what is not known."""

    key: int
    score: int
    reasons: tuple[Finding, ...]
    exact: bool = False


class Match(Struct, frozen=True):
    """`candidates` has the one that is meant (exact), those that may be meant, the likeliest first (doubt), or none."""

    outcome: MatchOutcome
    candidates: tuple[Candidate, ...] = ()

    @property
    def key(self) -> int | None:
        """The known one, where there is no doubt."""
        return self.candidates[0].key if self.outcome is MatchOutcome.EXACT else None


def decide(candidates: Iterable[Candidate]) -> Match:
    """One that is exact alone is meant; two that are exact are two to choose from."""
    ranked = sorted(candidates, key=lambda candidate: (not candidate.exact, -candidate.score, candidate.key))
    exact = [candidate for candidate in ranked if candidate.exact]
    if len(exact) == 1:
        return Match(MatchOutcome.EXACT, (exact[0],))
    return Match(MatchOutcome.DOUBT, tuple(ranked[:MOST])) if ranked else Match(MatchOutcome.NONE)
