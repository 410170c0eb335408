"""Facts about people and units that the register does not hold, deeds, and how far back records are complete."""

from thidua_web.eligibility.models.deeds import AwardNote, Deed
from thidua_web.eligibility.models.facts import Completeness, FactEvidence, FactKind, RecordedFact

__all__ = ["AwardNote", "Completeness", "Deed", "FactEvidence", "FactKind", "RecordedFact"]
