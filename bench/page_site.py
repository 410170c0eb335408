"""Runs inside the measured site: lays out what is measured, and counts the queries that a page makes."""

from __future__ import annotations

import io
import time
import uuid

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from long_plans import long_plan, plan_of_duties

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions import launches, reviews
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import DutyDay, PlanDocument, PlanReading, ReviewedFact
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.stages import PlanState
from thidua_web.campaigns.tasks import read_plan
from thidua_web.demo.files import docx_from_text
from thidua_web.register.models import Unit


def read_long_plan(*, copies: int, facts: int, length: int) -> dict[str, int]:
    """A plan that the reader has read, with exactly `facts` facts under review; `found` is how many it had found."""
    document = read(docx_from_text(long_plan(copies, length=length)), f"dai-{facts}.docx")
    rows = ReviewedFact.objects.filter(document=document)
    found = rows.count()
    kept = list(rows.values_list("pk", flat=True)[:facts])
    rows.exclude(pk__in=kept).delete()
    if not facts:
        PlanReading.objects.filter(document=document).update(findings=[])
    characters = len(PlanReading.objects.get(document=document).raw)
    return {"id": document.pk, "found": found, "characters": characters}


def launch_duties(count: int) -> dict[str, float]:
    """A campaign with `count` duties, all of it done by the product's own acts. The tasks around them are rejected."""
    text = plan_of_duties(count, begin=timezone.localdate().replace(month=1, day=1))
    document = read(text.encode(), f"nhiem-vu-{count}.txt")
    head, clerk = (User.objects.get(username=name) for name in ("lanhdao", "vanthu"))
    for kind in ReviewedFact.objects.filter(document=document).values_list("kind", flat=True).order_by().distinct():
        act = ReviewAct.REJECT_KIND if kind == "tasks" else ReviewAct.ACCEPT_KIND
        actor = reviews.Actor(clerk, timezone.now(), uuid.uuid4())
        reviews.decide_kind(document=document, act=act, kind=kind, seen=10**6, actor=actor)
    begun = time.perf_counter()
    edition = launches.prepare(document=document, by=clerk, at=timezone.now()).edition
    prepared = time.perf_counter()
    assert edition is not None
    assert launches.launch(edition=edition, by=head, at=timezone.now())
    launched = time.perf_counter()
    duties = DutyDay.objects.filter(duty__campaign=edition.campaign_id).count()
    return {
        "id": edition.campaign_id,
        "plan": document.pk,
        "duties": duties,
        "prepare": prepared - begun,
        "launch": launched - prepared,
    }


def read(data: bytes, name: str) -> PlanDocument:
    """Sent by the province's clerk, and read: here, or by the site's worker where that was faster."""
    clerk, unit = User.objects.get(username="vanthu"), Unit.objects.get(code="UBND")
    uploaded = upload_plan(source=io.BytesIO(data), name=name, unit=unit, by=clerk, at=timezone.now())
    assert uploaded.document is not None, uploaded.error
    read_plan(uploaded.document.pk)
    while (document := PlanDocument.objects.get(pk=uploaded.document.pk)).under_way:
        time.sleep(0.1)
    assert document.state == PlanState.READ, document.error_code
    return document


def session_of(username: str) -> str:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def queries_of(username: str, paths: list[str]) -> list[int]:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=username))
    return [_queries(client, path) for path in paths]


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return len(captured)
