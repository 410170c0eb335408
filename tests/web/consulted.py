"""Consultations and publications, asked for as people ask for them."""

from __future__ import annotations

import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from thidua_web.nominations.models import Consultation, Nomination, Publication
from thidua_web.register.models import Unit
from web.cast import Cast

ASK, PUBLISH = "/lay-y-kien/moi/", "/lay-y-kien-nhan-dan/moi/"


def in_a_week() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=7)


def said_day(day: datetime.date) -> str:
    return day.strftime("%d/%m/%Y")


def ask(client: Client, cast: Cast, row: Nomination | None, body: Unit | None, **said: Any) -> Any:
    """By the appraiser; `body` None for one that the register does not hold."""
    client.force_login(cast.users["appraiser"])
    data = {
        "ho_so": row.pk if row else "", "seen": 1, "unit": body.code if body else "",
        "other": "" if body else "Công an tỉnh Thử", "question": "Việc chấp hành pháp luật",
        "due_on": said_day(in_a_week()), "silence": "nothing", "basis": "",
    }  # fmt: skip
    return client.post(ASK, data | said)


def asked(client: Client, cast: Cast, row: Nomination | None, body: Unit | None, **said: Any) -> Consultation:
    answer = ask(client, cast, row, body, **said)
    assert answer.status_code == 302, answer.content.decode()
    return Consultation.objects.latest("pk")


def publish(client: Client, cast: Cast, row: Nomination | None, **said: Any) -> Any:
    client.force_login(cast.users["appraiser"])
    data = {
        "ho_so": row.pk if row else "", "seen": 1, "title": "Lấy ý kiến Nhân dân năm nay",
        "since": said_day(timezone.localdate()), "until": said_day(in_a_week()),
    }  # fmt: skip
    return client.post(PUBLISH, data | said)


def published(client: Client, cast: Cast, row: Nomination | None, **said: Any) -> Publication:
    answer = publish(client, cast, row, **said)
    assert answer.status_code == 302, answer.content.decode()
    return Publication.objects.latest("pk")
