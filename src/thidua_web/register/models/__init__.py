"""Units and people in time, their ratings and awards, and how lists and reforms came in."""

from thidua_web.register.models.imports import ImportRow, ImportRun, MergeLog
from thidua_web.register.models.people import Appointment, Person, SensitiveData
from thidua_web.register.models.records import AwardRecord, Rating
from thidua_web.register.models.reforms import Handover, Reform, ReformUnit
from thidua_web.register.models.units import Unit, UnitCode, UnitKind, UnitPeriod, ValidInTime

__all__ = [
    "Appointment",
    "AwardRecord",
    "Handover",
    "ImportRow",
    "ImportRun",
    "MergeLog",
    "Person",
    "Rating",
    "Reform",
    "ReformUnit",
    "SensitiveData",
    "Unit",
    "UnitCode",
    "UnitKind",
    "UnitPeriod",
    "ValidInTime",
]
