"""Facts about people and units that the register does not hold, deeds, and how far back records are complete."""

from thidua_web.eligibility.models.deeds import AwardNote, Deed
from thidua_web.eligibility.models.facts import Completeness, FactEvidence, FactKind, RecordedFact
from thidua_web.eligibility.models.repeats import DeedPrint, DeedRepeat

__all__ = [
    "AwardNote",
    "Completeness",
    "Deed",
    "DeedPrint",
    "DeedRepeat",
    "FactEvidence",
    "FactKind",
    "RecordedFact",
]
