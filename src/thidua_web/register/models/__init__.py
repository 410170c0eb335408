"""Units, people and households in time, their ratings and awards, and how lists and reforms came in."""

from thidua_web.register.models.blocs import Bloc, BlocHead, BlocMember
from thidua_web.register.models.households import Household
from thidua_web.register.models.imports import ImportRow, ImportRun, ImportState, ListKind, MergeLog, RowOutcome
from thidua_web.register.models.people import Appointment, Person, SensitiveData
from thidua_web.register.models.records import AwardRecord, Rating
from thidua_web.register.models.reforms import Handover, Reform, ReformUnit
from thidua_web.register.models.units import Unit, UnitCode, UnitKind, UnitPeriod, ValidInTime

__all__ = [
    "Appointment",
    "AwardRecord",
    "Bloc",
    "BlocHead",
    "BlocMember",
    "Handover",
    "Household",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "ListKind",
    "MergeLog",
    "Person",
    "Rating",
    "Reform",
    "ReformUnit",
    "RowOutcome",
    "SensitiveData",
    "Unit",
    "UnitCode",
    "UnitKind",
    "UnitPeriod",
    "ValidInTime",
]
