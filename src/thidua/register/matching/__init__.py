"""The same person or the same unit across lists: surely, in doubt, or not at all, each with its reasons."""

from thidua.register.matching.answers import Candidate, Match, MatchOutcome
from thidua.register.matching.people import PeopleIndex, PersonFacts
from thidua.register.matching.units import UnitFacts, UnitIndex

__all__ = ["Candidate", "Match", "MatchOutcome", "PeopleIndex", "PersonFacts", "UnitFacts", "UnitIndex"]
