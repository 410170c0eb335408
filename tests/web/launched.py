"""Plans, editions and launched campaigns made row by row, for the tests of pages that read them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.utils import timezone

from thidua.findings import Finding, Outcome
from thidua.plans.campaign import Question as Asked
from thidua.plans.campaign import Words
from thidua_web.accounts.models import User
from thidua_web.archive.models import StoredFile
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
)
from thidua_web.campaigns.stages import EditionState, PlanState
from thidua_web.register.models import Unit

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
    file = StoredFile.objects.create(sha256=f"{number:064x}", size=1, kind="txt")
    document = PlanDocument.objects.create(
        unit=unit, file=file, name=f"ke-hoach-{number}.txt", state=state, settled_at=at,
        uploaded_by=by, uploaded_at=at, queued_at=at, **fields,
    )  # fmt: skip
    if state == PlanState.READ:
        PlanReading.objects.create(
            document=document, raw="chữ", format="text", reading={}, findings=[], read_at=at, title=title, facts=3
        )
    for place, verdict in enumerate(verdicts, 1):
        ReviewedFact.objects.create(
            document=document, key=f"tasks-{place}", kind="tasks", place=place, fact={}, read={}, verdict=verdict
        )
    return document


def copy_plan(document: PlanDocument, **fields: Any) -> PlanDocument:
    """The same plan again with its reading and review, without reading it again."""
    reading, facts, number = document.result, list(document.facts.all()), next(_numbers)
    document = PlanDocument.objects.get(pk=document.pk)
    for name, value in {"pk": None, "name": f"ke-hoach-{number}.txt", **fields}.items():
        setattr(document, name, value)
    document.file = StoredFile.objects.create(sha256=f"{number:064x}", size=1, kind="txt")
    document.save(force_insert=True)
    for row in (reading, *facts):
        row.pk, row.document = None, document
        row.save(force_insert=True)
    return document


def accept_all(document: PlanDocument) -> PlanDocument:
    ReviewedFact.objects.filter(document=document).update(verdict="accepted")
    return document


def make_edition(
    unit: Unit, by: User, *, state: str = EditionState.PREPARED, at: datetime.datetime | None = None, **fields: Any
) -> Edition:
    at, title = at or timezone.now(), fields.pop("title", "Phong trào thi đua")
    launched = state == EditionState.LAUNCHED
    campaign = Campaign.objects.create(
        unit=unit,
        title=title,
        start=fields.pop("start", in_days(-30)),
        end=fields.pop("end", in_days(60)),
        launched_at=at if launched else None,
    )
    if launched:
        fields |= {"launched_by": by, "launched_at": at, "plan": {}, "reading": {}}
    sealed = state != EditionState.RETURNED
    document = make_plan(unit, by, title=title, verdicts=("accepted",), at=at, sealed=sealed)
    return Edition.objects.create(
        campaign=campaign, number=1, document=document, state=state, prepared_by=by, prepared_at=at, **fields
    )


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


def make_question(campaign: Campaign, what: str = "Báo cáo tuần học thứ 22") -> Question:
    finding = Finding(code="calendar.deadline_without_day", outcome=Outcome.UNKNOWN, params={"what": what})
    number = next(_numbers)
    asked = Asked(
        key=f"deadlines-{number}", words=Words(quote=what, span=(0, 3)), about="duty", asks="day", finding=finding
    )
    edition = campaign.editions.get()
    return Question.objects.create(edition=edition, key=asked.key, question=msgspec.to_builtins(asked))


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
