"""A campaign under way: the clerk has reviewed its plan, the head has launched it, some units have done their part.

Its days are counted from the day on which the demo is made, so that something is always late and something soon.
Everything goes through the product's own acts, each plan in one transaction: what was interrupted begins anew.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions import duties, launches, reviews
from thidua_web.campaigns.actions.reviews import Actor
from thidua_web.campaigns.models import Campaign, DutyDay, Edition, PlanDocument, ReviewedFact, ReviewStep
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.stages import PlanState
from thidua_web.demo.days import moment
from thidua_web.demo.progress import follow_campaign
from thidua_web.register.models import Unit

RECEIVED, LAUNCHED = -37, -36


class Correction(NamedTuple):
    """What the clerk saw in the fact of this kind that stands on these words."""

    kind: str
    words: str
    values: dict[str, Any]


class Mark(NamedTuple):
    unit: str
    by: str
    what: str
    days: int


CORRECTED = (
    Correction("targets", "điểm tập kết rác", {"indicator": "Số điểm tập kết rác tự phát được xóa", "unit": "điểm"}),
    Correction("deadlines", "Báo cáo sơ kết đợt 1", {"to": "Sở Nội vụ"}),
    Correction("tasks", "bảo đảm kinh phí", {"who": "Sở Tài chính"}),
    Correction("open_days", "thông báo sau", {"what": "Hội nghị tổng kết và trao thưởng"}),
)
# The works of the campaign have their days; as deadlines of nobody they would only be asked about.
REJECTED = (("deadlines", "Trạm trung chuyển rác"), ("deadlines", "Vườn ươm cây xanh"))
ADDED = Correction(
    "pledges",
    "Đăng ký phần việc của đơn vị",
    {"who": "Các sở, ban, ngành; Ủy ban nhân dân các xã, phường, đặc khu", "of": "phần việc"},
)
DONE = (
    Mark("SNNMT", "vanthu.so", "Hướng dẫn phân loại rác", -21),
    Mark("SNNMT", "vanthu.so", "Ban hành kế hoạch hưởng ứng", -19),
    Mark("SNV", "vanthu.noivu", "Ban hành kế hoạch hưởng ứng", -18),
    Mark("VS-01", "vanthu.xa", "Ban hành kế hoạch hưởng ứng", -17),
    Mark("SNV", "vanthu.noivu", "Báo cáo kết quả hằng tháng", -27),
)


@transaction.atomic
def launch_campaign(document: PlanDocument, *, on: datetime.date) -> None:
    """Review, prepare and launch, unless somebody has begun to."""
    if document.state != PlanState.READ or _begun(document):
        return
    clerk, head = (User.objects.get(username=name) for name in ("vanthu", "lanhdao"))
    _review(document, clerk, moment(on, RECEIVED, 9))
    note = "Kính trình Chủ tịch phát động; thời gian hội nghị tổng kết sẽ ấn định sau."
    prepared = launches.prepare(document=document, by=clerk, at=moment(on, RECEIVED, 15), note=note)
    if prepared.edition and launches.launch(edition=prepared.edition, by=head, at=moment(on, LAUNCHED, 8)):
        _mark(prepared.edition.campaign, on)
        follow_campaign(prepared.edition.campaign, on=on)


@transaction.atomic
def review_half(document: PlanDocument, *, by: str) -> None:
    """Accept the first half of the facts, unless somebody has begun to review."""
    if document.state != PlanState.READ or _begun(document):
        return
    user, rows = User.objects.get(username=by), ReviewedFact.objects.filter(document=document)
    for row in rows[: rows.count() // 2]:
        reviews.decide(document=document, act=ReviewAct.ACCEPT, key=row.key, seen=row.revision, actor=_actor(user))


def _begun(document: PlanDocument) -> bool:
    steps, editions = ReviewStep.objects.filter(document=document), Edition.objects.filter(document=document)
    return steps.exists() or editions.exists()


def _review(document: PlanDocument, clerk: User, at: datetime.datetime) -> None:
    """What the reader did not see as a person does is corrected; everything else is as it was read."""
    for kind, words, values in CORRECTED:
        for row in _facts(document, kind, words):
            seen, actor = row.revision, _actor(clerk, at)
            reviews.correct(document=document, key=row.key, values=values, span=None, seen=seen, actor=actor)
    for kind, words in REJECTED:
        for row in _facts(document, kind, words):
            seen, actor = row.revision, _actor(clerk, at)
            reviews.decide(document=document, act=ReviewAct.REJECT, key=row.key, seen=seen, actor=actor)
    _add(document, clerk, at)
    _accept_the_rest(document, clerk, at)


def _facts(document: PlanDocument, kind: str, words: str) -> list[ReviewedFact]:
    rows = ReviewedFact.objects.filter(document=document, kind=kind)
    return [row for row in rows if words in row.fact["quote"]][:1]


def _add(document: PlanDocument, clerk: User, at: datetime.datetime) -> None:
    kind, words, values = ADDED
    start = document.result.raw.find(words)
    if start >= 0 and not _facts(document, kind, words):
        span = (start, start + len(words))
        reviews.add(document=document, kind=kind, values=values, span=span, actor=_actor(clerk, at))


def _accept_the_rest(document: PlanDocument, clerk: User, at: datetime.datetime) -> None:
    document.refresh_from_db(fields=["revision"])
    kinds = ReviewedFact.objects.filter(document=document).values_list("kind", flat=True)
    for kind in dict.fromkeys(kinds):
        seen, actor = document.revision, _actor(clerk, at)
        reviews.decide_kind(document=document, act=ReviewAct.ACCEPT_KIND, kind=kind, seen=seen, actor=actor)


def _actor(by: User, at: datetime.datetime | None = None) -> Actor:
    return Actor(by=by, at=at or timezone.now(), token=uuid.uuid4())


def _mark(campaign: Campaign, on: datetime.date) -> None:
    for mark in DONE:
        days = DutyDay.objects.filter(duty__campaign=campaign, duty__what__startswith=mark.what)
        day = days.order_by("day").first()
        if day is not None:
            unit, by = Unit.objects.get(code=mark.unit), User.objects.get(username=mark.by)
            duties.mark_done(day=day, unit=unit, by=by, at=moment(on, mark.days, 10))
