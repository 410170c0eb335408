"""From a reviewed plan to a launched campaign. Every move is one conditional update: of two at once, one wins."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.plans import review
from thidua.plans.campaign import CampaignPlan
from thidua_web.accounts.models import User
from thidua_web.campaigns.actions.deployments import deploy, note_family
from thidua_web.campaigns.actions.parts import Writing, write_parts
from thidua_web.campaigns.models import Campaign, Duty, Edition, Phase, PlanDocument, Question, ReviewedFact
from thidua_web.campaigns.queries import launches as queries
from thidua_web.campaigns.queries import questions
from thidua_web.campaigns.queries.reviews import items_of
from thidua_web.campaigns.stages import EDITION_MOVES, EditionState, PlanState
from thidua_web.campaigns.telling import tell_of_launch, tell_of_preparing, tell_of_return
from thidua_web.journal.actions import record
from thidua_web.register.queries.units import name_on

EVERY = models.Q()


class Refusal(models.TextChoices):
    """Why a plan cannot be prepared."""

    NOT_READ = "not_read", _("Văn bản chưa đọc xong.")
    PENDING = "pending", _("Còn dữ kiện chưa đối chiếu với văn bản.")
    NOTHING = "nothing", _("Chưa có dữ kiện nào được chấp nhận, nên không có gì để phát động.")
    ANOTHER = (
        "another",
        _("Một văn bản sửa đổi khác của phong trào này đang chờ lãnh đạo. Hãy xử lý xong văn bản đó trước."),
    )


@dataclass(frozen=True)
class Prepared:
    """The edition that lies with the head now, or why there is none."""

    edition: Edition | None = None
    refusal: Refusal | None = None


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def prepare(*, document: PlanDocument, by: User, at: datetime.datetime, note: str = "") -> Prepared:
    """Close the review and lay the plan before the head. What lies there already, or is launched, stays as it is."""
    try:
        with transaction.atomic():
            return Prepared(edition=_prepare(document, by, at, note))
    except _RefusedError as error:
        return Prepared(refusal=error.refusal)


def _prepare(document: PlanDocument, by: User, at: datetime.datetime, note: str) -> Edition:
    open_ = PlanDocument.objects.filter(pk=document.pk, state=PlanState.READ, sealed=False)
    if not open_.update(sealed=True):
        standing = Edition.objects.filter(document=document).exclude(state=EditionState.RETURNED).first()
        if standing is None:
            raise _RefusedError(Refusal.NOT_READ)
        return standing
    _refuse_unready(document)
    edition = _lay_before_head(document, by, at, note)
    _ask(document)
    tell_of_preparing(edition, by, at=at)
    _journal("campaign.prepared", edition, by, at, note=note)
    return edition


def _refuse_unready(document: PlanDocument) -> None:
    facts = ReviewedFact.objects.filter(document=document)
    if facts.filter(verdict=review.Verdict.PENDING).exists():
        raise _RefusedError(Refusal.PENDING)
    if not facts.exclude(verdict=review.Verdict.REJECTED).exists():
        raise _RefusedError(Refusal.NOTHING)
    if document.amends_id is None:
        return
    others = Edition.objects.filter(campaign=document.amends_id, state=EditionState.PREPARED)
    if others.exclude(document=document).exists():
        raise _RefusedError(Refusal.ANOTHER)


def _lay_before_head(document: PlanDocument, by: User, at: datetime.datetime, note: str) -> Edition:
    fields = {"prepared_by": by, "prepared_at": at, "note": note}
    returned = Edition.objects.filter(document=document).first()
    if returned is not None:
        _move("prepare", returned, **fields)
        returned.refresh_from_db()
        return returned
    campaign = _campaign_for(document)
    number = campaign.editions.aggregate(last=models.Max("number"))["last"] or 0
    return Edition.objects.create(campaign=campaign, number=number + 1, document=document, **fields)


def _campaign_for(document: PlanDocument) -> Campaign:
    """The one that the plan amends, locked so that two amendments get two numbers; else a new one."""
    if document.amends_id is not None:
        return Campaign.objects.select_for_update().get(pk=document.amends_id)
    plan = queries.plan_of(document.pk, ())
    return Campaign.objects.create(unit_id=document.unit_id, **_head(plan, document))


def _head(plan: CampaignPlan, document: PlanDocument) -> dict[str, Any]:
    return {
        "title": plan.title or document.name,
        "number": plan.number[:80],
        "start": plan.start,
        "end": plan.end,
    }


def _ask(document: PlanDocument) -> None:
    """One row a question; what the plan asks no more goes."""
    rows = questions.asked(document, queries.standing_before(document))
    document.questions.exclude(key__in=[row.key for row in rows]).delete()
    for row in rows:
        row.save()


@transaction.atomic
def withdraw(*, edition: Edition, by: User, at: datetime.datetime) -> bool:
    """Take the plan back to mend it. False where the head has it no more."""
    moved = _give_back("withdraw", edition, returned_by=by, returned_at=at, reason="")
    if moved:
        tell_of_return(edition, by, "", at=at)
        _journal("campaign.withdrawn", edition, by, at)
    return moved


@transaction.atomic
def send_back(*, edition: Edition, by: User, at: datetime.datetime, reason: str) -> bool:
    """The head returns the plan; `reason` says what to mend. False where it was taken back or launched meanwhile."""
    if not reason.strip():
        raise ValueError("a return says why")
    moved = _give_back("send_back", edition, returned_by=by, returned_at=at, reason=reason)
    if moved:
        tell_of_return(edition, by, reason, at=at)
        _journal("campaign.sent_back", edition, by, at, reason=reason)
    return moved


def _give_back(act: str, edition: Edition, **fields: object) -> bool:
    moved = _move(act, edition, **fields)
    if moved:
        PlanDocument.objects.filter(pk=edition.document_id).update(sealed=False)
    return moved


@transaction.atomic
def launch(*, edition: Edition, by: User, at: datetime.datetime) -> bool:
    """Freeze the plan and make the campaign of it: phases, duties with days and units, targets, offers; send it out.

    False where the edition is not the one that the head has seen: launched already, taken back, prepared anew.
    """
    campaign = Campaign.objects.select_for_update().get(pk=edition.campaign_id)
    before = queries.standing(campaign.pk)
    after = queries.follow(before, edition.document, queries.prepared_plan_of(edition.document_id))
    reading = review.confirmed(items_of(edition.document_id), draft=_is_draft(edition.document))
    frozen = {"reading": msgspec.to_builtins(reading), "plan": msgspec.to_builtins(after.plan)}
    seen = models.Q(prepared_at=edition.prepared_at)
    name = name_on(campaign.unit, timezone.localdate(at))
    if not _move("launch", edition, only=seen, launched_by=by, launched_at=at, launched_as=name, **frozen):
        return False
    register = queries.register_of(campaign.unit_id, on=timezone.localdate(at))
    write_parts(Writing(campaign, edition, *after, register=register))
    _close_moot_questions(campaign)
    _head_of_campaign(campaign, edition, after.plan, at=at, name=name)
    _join_family(campaign, edition.document)
    sent = deploy(campaign=campaign, at=at)
    note_family(campaign=campaign, at=at)
    tell_of_launch(campaign, edition, by, amended=sent if before is not None else None, at=at)
    act = "campaign.launched" if before is None else "campaign.amended"
    _journal(act, edition, by, at, duties=len(after.plan.duties), title=after.plan.title or "")
    return True


def _is_draft(document: PlanDocument) -> bool:
    return bool(document.result.reading.get("header", {}).get("draft"))


def _close_moot_questions(campaign: Campaign) -> None:
    """What an amendment states anew or drops needs no answer to its old words."""
    still = {
        (row.document_id, row.key)
        for model in (Phase, Duty)
        for row in model.objects.in_force().filter(campaign=campaign)
    }
    launched = Question.objects.filter(document__edition__campaign=campaign, answered_at__isnull=True)
    launched = launched.filter(document__edition__state=EditionState.LAUNCHED)
    moot = [row.pk for row in launched if (row.document_id, row.key) not in still]
    Question.objects.filter(pk__in=moot).delete()


def _head_of_campaign(
    campaign: Campaign, edition: Edition, plan: CampaignPlan, *, at: datetime.datetime, name: str
) -> None:
    """An amendment in part changes days, never the name under which the campaign is known; an heir launches nothing
    anew.
    """
    head = _head(plan, edition.document)
    if edition.document.amends_in_part:
        head = {"start": plan.start, "end": plan.end}
    first = campaign.launched_at or at
    launched_as = campaign.launched_as or name
    Campaign.objects.filter(pk=campaign.pk).update(launched_at=first, launched_as=launched_as, **head)


def _join_family(campaign: Campaign, document: PlanDocument) -> None:
    """Under the campaign of the plan that this one carries out, above those of the plans that carry out this one."""
    launched = Campaign.objects.filter(editions__state=EditionState.LAUNCHED).exclude(pk=campaign.pk)
    if campaign.parent_id is None and document.parent_id is not None:
        parent = launched.filter(editions__document=document.parent_id).first()
        Campaign.objects.filter(pk=campaign.pk).update(parent=parent)
    children = launched.filter(editions__document__parent=document, parent__isnull=True)
    Campaign.objects.filter(pk__in=list(children.values_list("pk", flat=True))).update(parent=campaign)


def _journal(act: str, edition: Edition, by: User, at: datetime.datetime, **details: object) -> None:
    """Once launched the line leads to the campaign, before that to the plan under review."""
    document = edition.document
    launched = act in ("campaign.launched", "campaign.amended")
    record(
        act=act,
        by=by,
        at=at,
        unit_id=document.unit_id,
        subject=("campaign", edition.campaign_id) if launched else ("plan", document.pk),
        label=str(details.pop("title", "")) or edition.campaign.title,
        details={"plan": document.pk, "edition": edition.number, **details},
    )


def _move(act: str, edition: Edition, *, only: models.Q = EVERY, **fields: object) -> bool:
    """Make the move where the table allows it now."""
    move = EDITION_MOVES[act]
    return bool(Edition.objects.filter(only, pk=edition.pk, state__in=move.from_).update(state=move.to, **fields))
