"""A campaign that asks for reports, units that have pledged, and what they write."""

from __future__ import annotations

import datetime
import io
import re
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.campaigns.models import Campaign, Duty, DutyDay
from thidua_web.progress.actions import reports as actions
from thidua_web.progress.models import Evidence, Pledge, PledgedTarget, PledgedWork, Report, ReportSheet
from thidua_web.progress.stages import PledgeState
from thidua_web.register.models import Unit
from web.cast import LONG_AGO, Cast, make_user
from web.launched import in_days, make_campaign, make_duty

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Told:
    """The province asks, the office pledged one target and one work, and reports on `day`."""

    campaign: Campaign
    duty: Duty
    day: DutyDay
    unit: Unit
    clerk: User
    head: User
    target: PledgedTarget
    work: PledgedWork

    @property
    def page(self) -> str:
        return f"/bao-cao/{self.day.pk}/{self.unit.pk}/"

    @property
    def report(self) -> Report:
        return Report.objects.get(day=self.day, unit=self.unit)


def make_told(cast: Cast, *, due: int = 3, units: Iterable[Unit] = ()) -> Told:
    campaign = make_campaign(cast.province, cast.users["head"])
    duty = make_duty(campaign, in_days(due), units=[cast.office, *units], what="Báo cáo kết quả thi đua")
    pledge = make_pledge(campaign, cast.office, cast.users["neighbour"])
    head = make_user("office-head")
    give_role(user=head, unit=cast.office, role=Role.HEAD, on=LONG_AGO)
    target = make_target(pledge, "Tỷ lệ hồ sơ đúng hạn", value=99, measure="%", baseline=90, base_year=2025)
    work = make_work(pledge, "Sửa trụ sở tiếp dân", finish_due=in_days(40))
    return Told(campaign, duty, duty.days.get(), cast.office, cast.users["neighbour"], head, target, work)


def make_pledge(campaign: Campaign, unit: Unit, by: User, state: str = PledgeState.ACCEPTED) -> Pledge:
    now = timezone.now()
    return Pledge.objects.create(campaign=campaign, unit=unit, state=state, edited_by=by, edited_at=now)


def make_target(pledge: Pledge, indicator: str, **fields: Any) -> PledgedTarget:
    place = pledge.targets.count() + 1
    said = {"place": place, "token": uuid.uuid4(), "op": ">=", "due": in_days(60)} | fields
    return PledgedTarget.objects.create(pledge=pledge, indicator=indicator, **said)


def make_work(pledge: Pledge, name: str, **fields: Any) -> PledgedWork:
    place = pledge.works.count() + 1
    said = {"place": place, "token": uuid.uuid4(), "campaign": pledge.campaign} | fields
    return PledgedWork.objects.create(pledge=pledge, name=name, **said)


def fields_of(page: str) -> dict[str, str]:
    """What the form's own inputs hold."""
    found = {}
    for name in ("revision", "tab"):
        match = re.search(rf'name="{name}" value="([^"]*)"', page)
        assert match, name
        found[name] = match[1]
    return found


def write(client: Client, told: Told, act: str = "save", **cells: Any) -> Any:
    """Open the page as whoever is signed in, write these cells, and press the button."""
    page = client.get(told.page).content.decode()
    return client.post(f"{told.page}luu/", fields_of(page) | {"act": act} | cells)


def whole(told: Told) -> dict[str, str]:
    """All that a report needs to be signed."""
    return {f"v{told.target.pk}": "99,5", f"p{told.work.pk}": "40", "t0": "Đạt kết quả tốt."}


def send(
    told: Told, *, unit: Unit | None = None, day: DutyDay | None = None, on: datetime.date | None = None, **cells: Any
) -> Report:
    """Written and signed by the acts themselves, on that day."""
    unit, day = unit or told.unit, day or told.day
    at = timezone.now() if on is None else timezone.make_aware(datetime.datetime.combine(on, datetime.time(9)))
    said = cells or {f"v{told.target.pk}": 95.0, f"p{told.work.pk}": 40, "t0": "Lời"}
    saving = actions.save(day=day, unit=unit, cells=said, seen=0, tab="", by=told.clerk, at=at)
    assert saving.report is not None
    moved = actions.sign(report=saving.report, seen=saving.report.revision, by=told.head, at=at)
    assert moved is actions.Moved.DONE
    return Report.objects.get(pk=saving.report.pk)


def make_papers(day: DutyDay, unit: Unit, by: User) -> dict[str, int]:
    """A report with a file, and a workbook that came back, by the names that addresses use."""
    now = timezone.now()
    report = actions.open_report(day=day, unit=unit, by=by, at=now)
    said = {"file": keep_content(PDF, kind="pdf"), "uploaded_by": by, "uploaded_at": now}
    evidence = Evidence.objects.create(report=report, name="a.pdf", **said)
    sheet = ReportSheet.objects.create(report=report, name="a.xlsx", read={"t0": ["", "Lời"]}, **said)
    return {"evidence": evidence.pk, "sheet": sheet.pk}


def file(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def archive(**members: bytes | str) -> bytes:
    """A zip file; `__` in a name stands for a slash, `_` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, content in members.items():
            book.writestr(name, content)
    return made.getvalue()
