"""Plans, their review, and the campaigns that they become."""

from thidua_web.campaigns.models.calendars import CalendarAddress
from thidua_web.campaigns.models.campaigns import (
    Campaign,
    Duty,
    DutyDay,
    DutyDone,
    DutyUnit,
    Edition,
    Offer,
    Phase,
    Question,
    Target,
)
from thidua_web.campaigns.models.deployments import Deployment
from thidua_web.campaigns.models.plans import PlanDocument, PlanReading
from thidua_web.campaigns.models.reviews import ReviewedFact, ReviewStep

__all__ = [
    "CalendarAddress",
    "Campaign",
    "Deployment",
    "Duty",
    "DutyDay",
    "DutyDone",
    "DutyUnit",
    "Edition",
    "Offer",
    "Phase",
    "PlanDocument",
    "PlanReading",
    "Question",
    "ReviewStep",
    "ReviewedFact",
    "Target",
]
