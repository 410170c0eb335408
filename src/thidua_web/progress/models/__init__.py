"""Pledges, reports on them, and the scoring of blocs."""

from thidua_web.progress.models.pledges import Pledge, PledgedTarget, PledgedWork
from thidua_web.progress.models.reports import Evidence, Report, ReportedValue, ReportedWork, ReportSheet
from thidua_web.progress.models.scoring import ScoreEntry, ScoreEvidence, ScoreSheet, Scoring, Source

__all__ = [
    "Evidence",
    "Pledge",
    "PledgedTarget",
    "PledgedWork",
    "Report",
    "ReportSheet",
    "ReportedValue",
    "ReportedWork",
    "ScoreEntry",
    "ScoreEvidence",
    "ScoreSheet",
    "Scoring",
    "Source",
]
