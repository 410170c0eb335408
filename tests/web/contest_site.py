"""Hậu Giang's plan on a site whose units contend for it: Party organisations with their quotas, and an enterprise.

Laid in by `site.run`: who works there, and what stands in their dossiers before browsers open them. Nothing of the plan
is changed but its last day, which lies before any day that can be today.
"""

from __future__ import annotations

import datetime
import io
import json
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, Deployment, Offer
from thidua_web.demo.accounts import PASSWORD
from thidua_web.nominations.actions import dossier_files, nominees
from thidua_web.nominations.actions import submissions as acts
from thidua_web.nominations.actions.dossier_files import About
from thidua_web.nominations.models import Claim, Submission
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Appointment, Person, Rating, Unit
from web import nomination_site
from web.reported import PDF
from web.submitting import reviewed

SINCE = datetime.date(2015, 1, 1)
PARTY, STAFF, POLITICS, SUGAR = "DBQS", "DBQS-1", "DBQS-2", "MIA"
UNITS = (
    (PARTY, "Đảng bộ Quân sự tỉnh", "party", "UBND"),
    (STAFF, "Chi bộ Phòng Tham mưu", "party", PARTY),
    (POLITICS, "Chi bộ Phòng Chính trị", "party", PARTY),
    (SUGAR, "Công ty Cổ phần Mía đường Phụng Hiệp", "enterprise", "UBND"),
)
PEOPLE = {
    PARTY: ("Nguyễn Hữu Tâm", "Lê Hoàng Phúc", "Đặng Minh Trí"),
    STAFF: ("Trần Quốc Bảo",),
    POLITICS: ("Võ Thanh Liêm",),
}
EXTENDED = "Công văn của Ban Thi đua - Khen thưởng: các cơ quan, đơn vị trình đề nghị khen thưởng đến hết ngày {day}."
LEVELS = ("good", "excellent", "excellent", "good", "excellent")


@transaction.atomic
def lay(path: str) -> str:
    """Numbers of the campaign and of one submission of each unit, as JSON."""
    campaign = Campaign.objects.get(pk=nomination_site.launch(path))
    offer = Offer.objects.get(campaign=campaign, award__startswith="Bằng khen")
    units = {code: _unit(code, name, kind, parent) for code, name, kind, parent in UNITS}
    made = {"campaign": campaign.pk}
    for code, unit in units.items():
        _launch(campaign, unit)
        found: list[Any] = [_person(name, unit) for name in PEOPLE.get(code, ())] or [unit]
        made[code] = _submission(campaign, offer, unit, found[:1]).pk
    _rate(units[SUGAR])
    return json.dumps(made)


def _unit(code: str, name: str, kind: str, parent: str) -> Unit:
    """With a clerk and a head: `vanthu.mia`, `lanhdao.mia`."""
    unit = create_unit(code=code, name=name, kind=kind, parent=Unit.objects.get(code=parent), valid_from=SINCE)
    for role, word in ((Role.CLERK, "vanthu"), (Role.HEAD, "lanhdao")):
        user = User.objects.create(
            username=f"{word}.{code.lower()}", full_name=f"{role.label} {name}", password=make_password(PASSWORD),
            is_demo=True,
        )  # fmt: skip
        give_role(user=user, unit=unit, role=role, on=SINCE)
    return unit


def _person(name: str, unit: Unit) -> Person:
    person = Person.objects.create(full_name=name, unit=unit, position="Trợ lý")
    Appointment.objects.create(person=person, unit=unit, position="Trợ lý", valid_from=SINCE)
    Rating.objects.bulk_create(
        Rating(person=person, unit_name=unit.name, year=year, track="party", level="excellent")
        for year in range(2020, 2025)
    )
    return person


def _launch(campaign: Campaign, unit: Unit) -> None:
    """At home; and summed it up, as the plan asks before anything is proposed."""
    now = timezone.now()
    said = {"sent_at": now, "moved_at": now, "launched_at": now, "launched_on": timezone.localdate()}
    Deployment.objects.update_or_create(campaign=campaign, unit=unit, defaults=said | {"summarised_at": now})


def _rate(unit: Unit) -> None:
    """The Party organisation of 2020 to 2024, as the plan asks: three of five years excellent."""
    Rating.objects.bulk_create(
        Rating(unit=unit, unit_name=unit.name, year=year, track="party", level=level, paper=f"{year}/QĐ-ĐU")
        for year, level in enumerate(LEVELS, 2020)
    )


def _submission(campaign: Campaign, offer: Offer, unit: Unit, found: list[Any]) -> Submission:
    """A draft by the clerk with its minutes, every dossier written and proved. Its last day is a month from now."""
    by, now = User.objects.get(username=f"vanthu.{unit.code.lower()}"), timezone.now()
    last = timezone.localdate(now) + datetime.timedelta(days=30)
    row = acts.begin(
        unit=unit, to_unit=campaign.unit, kind="campaign", year=2025, title=f"Đề nghị khen thưởng: {unit.name}", by=by,
        at=now, campaign=campaign, due_on=last, due_basis=EXTENDED.format(day=f"{last:%d/%m/%Y}"),
    )  # fmt: skip
    wanted = nominees.Wanted("BANG_KHEN_TINH", 2025, "campaign", offer, campaign.start, campaign.end)
    nominees.add(submission=row, nominees=found, wanted=wanted, by=by, at=now)
    reviewed(row)
    for one in row.nominations.all():
        one.summary = "Thành tích chào mừng Đại hội Đảng bộ các cấp"
        one.save()
        claim = Claim.objects.create(nomination=one, place=1, words="Vượt chỉ tiêu được giao trước Đại hội")
        added = dossier_files.add_file(
            nomination=one, source=io.BytesIO(PDF), name="Báo cáo kết quả.pdf", about=About(claim=claim), by=by, at=now
        )
        assert added.file is not None
    return row


def let_it_end(key: int) -> None:
    """Yesterday was the last day."""
    last = timezone.localdate() - datetime.timedelta(days=1)
    basis = EXTENDED.format(day=f"{last:%d/%m/%Y}")
    Submission.objects.filter(pk=key).update(due_on=last, due_basis=basis)
