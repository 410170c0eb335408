"""What a plan asks of Party organisations of one kind is asked of no others: on the list as in the dossier."""

from __future__ import annotations

import pytest
from django.utils import timezone

from thidua_web.campaigns.models import Offer
from thidua_web.eligibility.queries import screened
from thidua_web.eligibility.queries.standing import STATES, state_of
from thidua_web.nominations.actions.nominees import Wanted, add
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.candidates import frame_of, open_cases
from thidua_web.nominations.queries.checking import checked_of
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Rating, Unit
from web.cast import LONG_AGO, Cast
from web.launching import PLAN, launched
from web.submitting import of_the_office

ASKED = "Từ năm 2020 đến năm 2024, tổ chức Đảng được xếp loại hoàn thành tốt nhiệm vụ trở lên, trong đó có ít nhất"
PARTIES = PLAN.replace(
    "III. HÌNH THỨC KHEN THƯỞNG\na) ",
    f"""III. TIÊU CHUẨN, HÌNH THỨC KHEN THƯỞNG
1. Tiêu chuẩn khen thưởng tập thể
a) Đối với Chi, Đảng bộ sở, ban, ngành, đoàn thể tỉnh
- {ASKED} 03 năm hoàn thành xuất sắc nhiệm vụ.
b) Đối với Đảng bộ Công an tỉnh; Đảng bộ Quân sự tỉnh
- {ASKED} 02 năm hoàn thành xuất sắc nhiệm vụ.
2. Hình thức khen thưởng
""",
)
LEVELS = ("excellent", "excellent", "good", "good", "good")


def party(cast: Cast, name: str) -> Unit:
    """Two of five years excellent."""
    unit = create_unit(code=name[-9:], name=name, kind="party", parent=cast.province, valid_from=LONG_AGO)
    rated = (Rating(unit=unit, year=year, level=level, track="party") for year, level in enumerate(LEVELS, 2020))
    Rating.objects.bulk_create(rated)
    return unit


@pytest.mark.django_db
def test_five_years_of_ratings_are_those_that_the_plan_asks_of_such_a_party_organisation(cast: Cast) -> None:
    screened.forget()
    campaign, now, today = launched(cast, PARTIES), timezone.now(), timezone.localdate()
    offer = Offer.objects.get(campaign=campaign)
    units = [party(cast, name) for name in ("Đảng bộ Quân sự tỉnh", "Đảng bộ Sở Y tế")]
    row = of_the_office(cast, unit=cast.province, kind="campaign", campaign=campaign, year=2030)
    wanted = Wanted("BANG_KHEN_TINH", 2030, "campaign", offer)
    add(submission=row, nominees=units, wanted=wanted, by=cast.users["clerk"], at=now)
    found = checked_of(list(Nomination.objects.filter(submission=row).order_by("place")), today)
    military, health = [one.assessment for one in found.values() if one.assessment]
    asked = open_cases(row, "collective", wanted=f"muc-{offer.pk}", year=2030, merit="", on=today)
    assert asked.case is not None
    listed = frame_of(asked.case, row, unit="", words=())
    assert listed is not None
    states = dict(listed.select("id", "state").iter_rows())
    assert [STATES[states[unit.pk]] for unit in units] == [state_of(military), state_of(health)]
    assert (military.outcome.value, health.outcome.value) == ("unknown", "not_met")
    assert [sum("tổ chức Đảng" in one.criterion.text for one in each.results) for each in (military, health)] == [1, 1]
    screened.forget()
