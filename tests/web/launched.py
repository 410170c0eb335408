"""Plans, editions and launched campaigns with the duties and days that a test of a page needs.

What is prepared, launched or returned went through the product's own acts; duties with days around today are rows.
"""

from __future__ import annotations

import datetime
import itertools
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.utils import timezone

from thidua.findings import Finding, Outcome
from thidua.plans.campaign import Question as Asked
from thidua.plans.campaign import Words
from thidua.plans.reading import Header, Reading
from thidua_web.accounts.models import User
from thidua_web.archive.models import StoredFile
from thidua_web.campaigns.actions import launches
from thidua_web.campaigns.models import (
    Campaign,
    Duty,
    DutyDay,
    DutyUnit,
    Edition,
    Phase,
    PlanDocument,
    PlanReading,
    Question,
    ReviewedFact,
    Target,
)
from thidua_web.campaigns.stages import EditionState, PlanState
from thidua_web.register.models import Unit

READING = msgspec.to_builtins(Reading(header=Header()))
_numbers = itertools.count(1)


def today() -> datetime.date:
    return timezone.localdate()


def in_days(days: int) -> datetime.date:
    return today() + datetime.timedelta(days=days)


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def make_plan(
    unit: Unit,
    by: User,
    *,
    title: str = "Kế hoạch thi đua",
    state: str = PlanState.READ,
    verdicts: Sequence[str] = (),
    at: datetime.datetime | None = None,
    **fields: Any,
) -> PlanDocument:
    """A plan with one fact in review for every verdict."""
    number, at = next(_numbers), at or timezone.now()
    file = StoredFile.objects.create(sha256=secrets.token_hex(32), size=1, kind="txt")
    document = PlanDocument.objects.create(
        unit=unit, file=file, name=f"ke-hoach-{number}.txt", state=state, settled_at=at,
        uploaded_by=by, uploaded_at=at, queued_at=at, **fields,
    )  # fmt: skip
    if state == PlanState.READ:
        PlanReading.objects.create(
            document=document, raw="chữ", format="text", reading=READING, findings=[], read_at=at, title=title, facts=3
        )
    for place, verdict in enumerate(verdicts, 1):
        _fact(document, f"movements-{place}", "movements", {"name": "Dân vận khéo"}, verdict)
    return document


def _fact(document: PlanDocument, key: str, kind: str, values: dict[str, str], verdict: str) -> None:
    """A fact that nothing of a campaign is made of."""
    fact = {"quote": "chữ", "span": [0, 3], **values}
    place = ReviewedFact.objects.filter(document=document).count() + 1
    ReviewedFact.objects.create(
        document=document, key=key, kind=kind, place=place, fact=fact, read=fact, verdict=verdict
    )


def copy_plan(document: PlanDocument, **fields: Any) -> PlanDocument:
    """The same plan again with its reading and review, without reading it again."""
    reading, facts, number = document.result, list(document.facts.all()), next(_numbers)
    document = PlanDocument.objects.get(pk=document.pk)
    for name, value in {"pk": None, "name": f"ke-hoach-{number}.txt", **fields}.items():
        setattr(document, name, value)
    document.file = StoredFile.objects.create(sha256=secrets.token_hex(32), size=1, kind="txt")
    document.save(force_insert=True)
    for row in (reading, *facts):
        row.pk, row.document = None, document
        row.save(force_insert=True)
    return document


def accept_all(document: PlanDocument) -> PlanDocument:
    ReviewedFact.objects.filter(document=document).update(verdict="accepted")
    return document


def make_edition(
    unit: Unit,
    by: User,
    *,
    state: str = EditionState.PREPARED,
    title: str = "Phong trào thi đua",
    at: datetime.datetime | None = None,
    returned_at: datetime.datetime | None = None,
    **fields: Any,
) -> Edition:
    """A plan without any day, prepared by the product's own act, then launched or given back."""
    at, now = at or timezone.now(), timezone.now()
    document = make_plan(unit, by, title=title, at=at, verdicts=("accepted",))
    _fact(document, "header-title", "header", {"value": title}, "accepted")
    edition = launches.prepare(document=document, by=by, at=at, note=fields.get("note", "")).edition
    assert edition is not None
    sender = fields.get("returned_by", by)
    if state == EditionState.LAUNCHED:
        launches.launch(edition=edition, by=by, at=at)
    elif reason := fields.get("reason"):
        launches.send_back(edition=edition, by=sender, at=returned_at or now, reason=reason)
    elif state == EditionState.RETURNED:
        launches.withdraw(edition=edition, by=sender, at=returned_at or now)
    days = {"start": fields.get("start", in_days(-30)), "end": fields.get("end", in_days(60))}
    Campaign.objects.filter(pk=edition.campaign_id).update(**days)
    return Edition.objects.select_related("campaign").get(pk=edition.pk)


def make_campaign(unit: Unit, by: User, **fields: Any) -> Campaign:
    return make_edition(unit, by, state=EditionState.LAUNCHED, **fields).campaign


def make_duty(
    campaign: Campaign, *days: datetime.date | None, units: Iterable[Unit] = (), what: str = "Báo cáo", **fields: Any
) -> Duty:
    """A duty on these days; `due` (a list) moves them."""
    due = fields.pop("due", days)
    number = next(_numbers)
    duty = Duty.objects.create(
        **_part(campaign, number),
        **({"nature": "deadline", "what": what, "folded": what, "quote": f"“{what}” trong kế hoạch"} | fields),
    )
    DutyDay.objects.bulk_create(DutyDay(duty=duty, day=day, due=end) for day, end in zip(days, due, strict=True))
    DutyUnit.objects.bulk_create(DutyUnit(duty=duty, unit=unit) for unit in units)
    return duty


def make_phase(campaign: Campaign, start: datetime.date, end: datetime.date, **fields: Any) -> Phase:
    part = _part(campaign, next(_numbers))
    return Phase.objects.create(**part, **({"label": "Đợt 1", "start": start, "end": end, "quote": "đợt 1"} | fields))


def make_target(campaign: Campaign, indicator: str, **fields: Any) -> Target:
    place = next(_numbers)
    return Target.objects.create(
        **_part(campaign, place) | {"key": f"targets-{place}", "quote": indicator}, indicator=indicator, **fields
    )


def make_question(campaign: Campaign, what: str = "Báo cáo tuần học thứ 22") -> Question:
    finding = Finding(code="calendar.deadline_without_day", outcome=Outcome.UNKNOWN, params={"what": what})
    number = next(_numbers)
    asked = Asked(
        key=f"deadlines-{number}", words=Words(quote=what, span=(0, 3)), about="duty", asks="day", finding=finding
    )
    document = campaign.editions.get().document
    return Question.objects.create(document=document, key=asked.key, question=msgspec.to_builtins(asked))


def _part(campaign: Campaign, number: int) -> dict[str, Any]:
    edition = campaign.editions.get()
    return {
        "campaign": campaign,
        "document_id": edition.document_id,
        "key": f"deadlines-{number}",
        "span_start": 0,
        "span_end": 3,
        "place": number,
        "begun_by": edition,
    }
