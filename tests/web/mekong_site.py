"""A site with the six hundred units of 30/06/2025, somebody in each, and a campaign that Hậu Giang has launched."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.actions.launches import launch, prepare
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import DutyDay, PlanDocument, ReviewedFact
from thidua_web.campaigns.tasks import read_plan
from thidua_web.demo.build import plan_text
from thidua_web.register.models import Appointment, Person, Unit
from web import mekong
from web.browser import PASSWORD
from web.processes import Site

# The plan's days are counted from this one: its campaign ran from 10/06 to 07/11/2025.
COUNTED_FROM = datetime.date(2025, 7, 10)
LAUNCHED = datetime.datetime(2025, 6, 4, 8, tzinfo=datetime.UTC)
POSTS = (
    ("quantri", "CT", Role.ADMINISTRATOR),
    ("quantri", "HG", Role.ADMINISTRATOR),
    ("quantri", "ST", Role.ADMINISTRATOR),
    ("vanthu", "HG", Role.CLERK),
    ("lanhdao", "HG", Role.HEAD),
    ("chutich", "CT", Role.HEAD),
    ("xa", "HG-X000", Role.CLERK),
)


def furnish() -> None:
    """Run inside the site's own process."""
    units = mekong.make_units()
    password = make_password(PASSWORD)
    for username in dict.fromkeys(name for name, _, _ in POSTS):
        User.objects.create(username=username, full_name=f"Người {username}", password=password, is_demo=True)
    for username, code, role in POSTS:
        give_role(user=User.objects.get(username=username), unit=units[code], role=role, on=mekong.LONG_AGO)
    _people(units)
    _launch(units["HG"])


def _people(units: dict[str, Unit]) -> None:
    people = Person.objects.bulk_create(
        Person(full_name=f"Nguyễn Văn {unit.code}", unit=unit, position="Chủ tịch") for unit in units.values()
    )
    Appointment.objects.bulk_create(
        Appointment(person=one, unit_id=one.unit_id, position=one.position, is_head=True, valid_from=mekong.LONG_AGO)
        for one in people
    )


def _launch(unit: Unit) -> None:
    """The plan is read, accepted and launched by the product's own acts; one commune has done its first duty."""
    clerk, head = User.objects.get(username="vanthu"), User.objects.get(username="lanhdao")
    text = plan_text("ke-hoach-moi-truong", on=COUNTED_FROM)
    text = text.replace("Minh Giang", "Hậu Giang").replace("MINH GIANG", "HẬU GIANG")
    uploaded = upload_plan(source=io.BytesIO(text.encode()), name="ke-hoach.txt", unit=unit, by=clerk, at=LAUNCHED)
    assert uploaded.document is not None
    read_plan(uploaded.document.pk)
    document = PlanDocument.objects.get(pk=uploaded.document.pk)
    ReviewedFact.objects.filter(document=document).update(verdict="accepted")
    edition = prepare(document=document, by=clerk, at=LAUNCHED).edition
    assert edition is not None
    launch(edition=edition, by=head, at=LAUNCHED)
    commune = Unit.objects.get(code="HG-X000")
    day = DutyDay.objects.filter(duty__addressed__unit=commune, due__isnull=False).order_by("due", "pk").first()
    assert day is not None
    mark_done(day=day, unit=commune, by=clerk, at=timezone.now())


def site(folder: Path, *, server_database: str) -> Site:
    """Not started yet."""
    return Site(folder, server_database=server_database, demo=False)
