"""Three households of a commune: one judged by the meeting of its hamlet, one judged in part, one commended."""

from __future__ import annotations

import datetime

from thidua_web.accounts.models import User
from thidua_web.demo.days import moment
from thidua_web.eligibility.actions import deeds, facts
from thidua_web.eligibility.models import FactKind
from thidua_web.register.actions.households import create_household
from thidua_web.register.actions.records import record_award
from thidua_web.register.models import Household, Unit
from thidua_web.register.models.people import Sex

COMMUNE = "VS-01"
YEAR = 2025
HELD = "Họp ấp bình xét, có biên bản"
GDVH = ("GDVH.law_abiding", "GDVH.active", "GDVH.happy", "GENERAL.no_pending_case")
GIVEN = "Hiến 420 m² đất vườn để mở rộng đường liên ấp 3, ấp 4"


def make_households(*, on: datetime.date) -> None:
    """Once, through the product's own acts."""
    if Household.objects.exists():
        return
    clerk, at = User.objects.get(username="vanthu.xa"), moment(on, -18, 10)
    commune = Unit.objects.get(code=COMMUNE)
    act = {"by": clerk, "at": at}

    def live(name: str, sex: str, place: str, code: str) -> Household:
        return create_household(head_name=name, head_sex=sex, address=place, code=code, unit=commune, **act)

    judged = live("Trương Văn Hai", Sex.MALE, "ấp 3", "VS-H-0031")
    in_part = live("Nguyễn Thị Sáu", Sex.FEMALE, "ấp 3", "VS-H-0047")
    commended = live("Huỳnh Tấn Lợi", Sex.MALE, "ấp 4", "VS-H-0112")
    for household, questions in ((judged, GDVH), (in_part, GDVH[:2]), (commended, GDVH)):
        for question in questions:
            said = {"code": question, "year": YEAR, "yes": True, "title": HELD}
            facts.record_fact(of=household, kind=FactKind.ANSWER, **said, **act)
    day = datetime.date(YEAR, 8, 20)
    deed = deeds.record_deed(of=commended, title=GIVEN, text="", since=None, until=day, **act)
    award = record_award(
        of=commended,
        title="Giấy khen",
        year=YEAR,
        merit=GIVEN,
        decision="96/QĐ-UBND",
        decided_on=datetime.date(YEAR, 10, 15),
        issuer="Chủ tịch Ủy ban nhân dân xã Vàm Sen",
        golden_number="",
        **act,
    )
    deeds.note_award(award=award, merit="sudden", code="", deed=deed, **act)
