"""Makes the demo, once: a second run finds it made and changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import PlanDocument
from thidua_web.campaigns.stages import PlanState
from thidua_web.campaigns.tasks import read_plan
from thidua_web.demo.accounts import make_accounts
from thidua_web.demo.files import docx_from_text, pdf_from_text
from thidua_web.demo.people import make_people
from thidua_web.demo.units import make_units
from thidua_web.register.models import Unit

PLANS = Path(__file__).with_name("plans")


def make_demo() -> None:
    """Units, people, accounts, and two plans already read. The database must be migrated."""
    with transaction.atomic():
        if not Unit.objects.exists():
            units = make_units()
            make_people(units.values())
            make_accounts(units)
    _add_plan("ke-hoach-tinh", "docx", unit="UBND", by="vanthu")
    _add_plan("ke-hoach-so", "pdf", unit="SNNMT", by="vanthu.so")


def plan_text(name: str) -> str:
    return (PLANS / f"{name}.txt").read_text(encoding="utf-8")


def plan_file(name: str, suffix: str) -> bytes:
    """A demo plan as DOCX or PDF."""
    return {"docx": docx_from_text, "pdf": pdf_from_text}[suffix](plan_text(name))


def _add_plan(name: str, suffix: str, *, unit: str, by: str) -> None:
    """The plan, uploaded and read here and now, as the worker would do it."""
    shown = f"{name}-minh-giang.{suffix}"
    there = PlanDocument.objects.filter(unit__code=unit, name=shown).first()
    if there is None:
        _upload(plan_file(name, suffix), shown, unit, by)
        there = PlanDocument.objects.get(unit__code=unit, name=shown)
    if there.state == PlanState.WAITING:
        read_plan(there.pk)


def _upload(data: bytes, name: str, unit: str, by: str) -> None:
    upload_plan(
        source=io.BytesIO(data),
        name=name,
        unit=Unit.objects.get(code=unit),
        by=User.objects.get(username=by),
        at=timezone.now(),
    )
