"""Makes the demo, once: a second run finds it made and changes nothing."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.plans import begin_reading, read_document, upload_plan
from thidua_web.campaigns.models import PlanDocument
from thidua_web.demo.accounts import make_accounts, make_administrator
from thidua_web.demo.bloc import make_bloc
from thidua_web.demo.campaign import RECEIVED, launch_campaign, review_half
from thidua_web.demo.days import moment
from thidua_web.demo.facts import make_facts
from thidua_web.demo.files import docx_from_text, pdf_from_text
from thidua_web.demo.households import make_households
from thidua_web.demo.nominations import make_nominations
from thidua_web.demo.people import make_people
from thidua_web.demo.register import make_records
from thidua_web.demo.units import make_units, reorganise
from thidua_web.register.models import Unit

PLANS = Path(__file__).with_name("plans")
DAY = re.compile(r"\{([+-]\d+)\}")


def make_demo(*, on: datetime.date | None = None) -> None:
    """Units, people, accounts, plans in every state of their work, as of a day. The database must be migrated."""
    on = on or timezone.localdate()
    make_register()
    make_facts(on=on)
    make_households(on=on)
    now = timezone.now()
    _add_plan("ke-hoach-tinh", "docx", unit="UBND", by="vanthu", on=on, at=now)
    half = _add_plan("ke-hoach-so", "pdf", unit="SNNMT", by="vanthu.so", on=on, at=now)
    review_half(half, by="vanthu.so")
    received = moment(on, RECEIVED, 8)
    launched = _add_plan("ke-hoach-moi-truong", "docx", unit="UBND", by="vanthu", on=on, at=received)
    launch_campaign(launched, on=on)
    make_bloc(on=on)
    make_nominations(on=on)


@transaction.atomic
def make_register() -> None:
    """Units with the reform of 2025, people, accounts, posts, ratings and awards: whatever is not there yet."""
    if not Unit.objects.exists():
        make_units()
        reorganise(by=make_administrator())
        make_people(Unit.objects.all())
    make_accounts({unit.code: unit for unit in Unit.objects.all()})
    make_records()


def plan_text(name: str, *, on: datetime.date | None = None) -> str:
    """A demo plan; its days are counted from `on` where it has such."""
    return _dated((PLANS / f"{name}.txt").read_text(encoding="utf-8"), on or timezone.localdate())


def plan_file(name: str, suffix: str, *, on: datetime.date | None = None) -> bytes:
    """A demo plan as DOCX or PDF."""
    return {"docx": docx_from_text, "pdf": pdf_from_text}[suffix](plan_text(name, on=on))


def _dated(text: str, on: datetime.date) -> str:
    """Days written as "{-30}" are counted from `on`. Official papers write a nought before days up to 9, and before
    January and February.
    """

    def say(match: re.Match[str]) -> str:
        day = on + datetime.timedelta(days=int(match[1]))
        month = f"{day.month:02}" if day.month < 3 else day.month
        return f"ngày {day.day:02} tháng {month} năm {day.year}"

    return DAY.sub(say, text)


def _add_plan(  # noqa: PLR0913 - what a plan of the demo is
    name: str, suffix: str, *, unit: str, by: str, on: datetime.date, at: datetime.datetime
) -> PlanDocument:
    """The plan, uploaded and read at once, as the worker would do it; both or neither."""
    shown = f"{name}-minh-giang.{suffix}"
    there = PlanDocument.objects.filter(unit__code=unit, name=shown)
    with transaction.atomic():
        if not there.exists():
            uploaded = upload_plan(
                source=io.BytesIO(plan_file(name, suffix, on=on)),
                name=shown,
                unit=Unit.objects.get(code=unit),
                by=User.objects.get(username=by),
                at=at,
            )
            _read(uploaded.document, at)
    return there.get()


def _read(document: PlanDocument | None, at: datetime.datetime) -> None:
    run = document and begin_reading(document_id=document.pk, at=at)
    if document and run:
        read_document(document=document, run=run, clock=lambda: at)
