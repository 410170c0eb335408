"""Every write to how far units have come with a campaign. What a unit has done once is not done twice.

A plan that is read, a campaign that is launched and a report that is sent are journaled by their own acts; here only
what is an act of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import BigIntegerField, Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from thidua.deployment import Step
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, Deployment, PlanDocument
from thidua_web.campaigns.queries import deployments as queries
from thidua_web.campaigns.stages import PlanState
from thidua_web.campaigns.telling import Sent, settle_steps
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit

BATCH = 500
TO_RECEIVE = (Step.RECEIVED,)
TO_PLAN = (*TO_RECEIVE, Step.PLANNED)
TO_LAUNCH = (*TO_PLAN, Step.LAUNCHED)


def deploy(*, campaign: Campaign, at: datetime.datetime) -> Sent:
    """Send the campaign to every unit that a duty addresses. Called by a launch, in its transaction.

    After an amendment those addressed now get it too, from others it is withdrawn. To a unit that had it before it is
    sent again, with the steps that it had taken.
    """
    wanted = queries.addressed_units(campaign.pk, on=timezone.localdate(at))
    standing = dict(Deployment.objects.standing().filter(campaign=campaign).values_list("unit_id", "pk"))
    new, gone = wanted - standing.keys(), standing.keys() - wanted
    rows = Deployment.objects.standing().filter(campaign=campaign)
    if gone:
        chosen = Q(unit__in=gone) if len(gone) <= len(wanted) else ~Q(unit__in=wanted)
        rows.filter(chosen).update(withdrawn_at=at)
    before = _before(campaign, new) if standing else {}
    Deployment.objects.bulk_create((_sent(campaign, unit, before.get(unit), at) for unit in sorted(new)), BATCH)
    return Sent(frozenset(new), frozenset(gone))


def _before(campaign: Campaign, units: Iterable[int]) -> dict[int, Deployment]:
    """The newest withdrawn row of each."""
    rows = Deployment.objects.filter(campaign=campaign, unit__in=list(units), withdrawn_at__isnull=False)
    return {row.unit_id: row for row in rows.order_by("withdrawn_at", "pk")}


def _sent(campaign: Campaign, unit: int, row: Deployment | None, at: datetime.datetime) -> Deployment:
    if row is None:
        return Deployment(campaign=campaign, unit_id=unit, sent_at=at, moved_at=at)
    row.pk, row._state.adding = None, True
    row.sent_at, row.moved_at, row.withdrawn_at = at, at, None
    return row


@transaction.atomic
def confirm_receipt(*, deployment: Deployment, by: User, at: datetime.datetime) -> bool:
    """The unit says that it received the campaign. False where it had, or has taken a later step."""
    row = _standing(deployment).filter(received_at__isnull=True)
    moved = bool(row.update(received_at=at, received_by=by, moved_at=_not_before(at)))
    if moved:
        settle_steps([deployment.pk], TO_RECEIVE, at=at)
        _journal("deployment.received", deployment, by, at)
    return moved


@transaction.atomic
def launch_on_paper(*, deployment: Deployment, on: datetime.date, paper: str, by: User, at: datetime.datetime) -> bool:
    """The unit launched it on that day by a document (`paper`: its number) that is not in here.

    False where the unit has launched it already.
    """
    said = _advance(_standing(deployment).filter(launched_at__isnull=True), by, at, launched_at=at)
    if said:
        _correct(deployment, launched_on=on, paper=" ".join(paper.split()))
        settle_steps([deployment.pk], TO_LAUNCH, at=at)
        _journal("deployment.launched_on_paper", deployment, by, at, on=on.isoformat(), paper=paper)
    return bool(said)


@transaction.atomic
def take_back_paper(*, deployment: Deployment, by: User, at: datetime.datetime) -> bool:
    """What was said of a launch on paper was wrong. False where nothing was said. That it was received stays."""
    row = (
        _standing(deployment)
        .select_for_update(of=("self",))
        .filter(launched_on__isnull=False)
        .select_related("child")
        .first()
    )
    if row is None:
        return False
    launched = row.child.launched_at if row.child else None
    details = {"on": row.launched_on.isoformat(), "paper": row.paper}
    _correct(row, launched_at=launched, launched_on=None, paper="")
    _journal("deployment.paper_taken_back", deployment, by, at, **details)
    return True


def note_report(
    *, campaign: Campaign, unit: Unit, at: datetime.datetime, final: bool, signed_by: User | None = None
) -> bool:
    """The unit has sent a report on the campaign; `final` is the one that sums it up. False where that is no news."""
    rows = Deployment.objects.standing().filter(campaign=campaign, unit=unit)
    news = _advance(rows.filter(reported_at__isnull=True), signed_by, at, reported_at=at)
    if final:
        news += _advance(rows.filter(summarised_at__isnull=True), signed_by, at, summarised_at=at)
    return bool(news)


@transaction.atomic
def note_plan(*, document: PlanDocument, at: datetime.datetime) -> int:
    """A plan was read that carries out a campaign: the own plan of its unit, there and in all campaigns above.

    Of several the newest counts; what amends a campaign is no plan of its own. Returns how many rows say it now.
    """
    carried_out = Campaign.objects.filter(editions__document=document.parent_id).values_list("pk", flat=True).first()
    if document.parent_id is None or document.amends_id is not None or carried_out is None:
        return 0
    rows = Deployment.objects.standing().filter(campaign__in=queries.above(carried_out), unit=document.unit_id)
    rows = rows.filter(Q(plan__isnull=True) | Q(plan__uploaded_at__lt=document.uploaded_at))
    pks = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    planned = Coalesce(F("planned_at"), _moment(at))
    settle_steps(pks, TO_PLAN, at=at)
    return _advance(Deployment.objects.filter(pk__in=pks), document.uploaded_by, at, plan=document, planned_at=planned)


def note_family(*, campaign: Campaign, at: datetime.datetime) -> int:
    """A launched campaign found its place among others: its unit, and those of all campaigns below, have launched
    what stands above. Called by a launch, in its transaction, once it has its parent and was sent out.
    """
    campaign = Campaign.objects.get(pk=campaign.pk)
    below = [campaign.pk, *(pk for level in queries.levels_below(campaign.pk) for pk in level)]
    launched = {one.unit_id: one for one in Campaign.objects.filter(pk__in=below).order_by("-launched_at", "-pk")}
    plans = PlanDocument.objects.filter(parent__edition__campaign__in=below, amends__isnull=True, state=PlanState.READ)
    own = {plan.unit_id: plan for plan in plans.only("unit_id", "settled_at").order_by("uploaded_at", "pk")}
    first = _first_plans([one.pk for one in launched.values()])
    rows = Deployment.objects.standing().filter(campaign__in=queries.above(campaign.pk))
    rows = rows.filter(unit__in=launched.keys() | own.keys()).filter(Q(child__isnull=True) | Q(plan__isnull=True))
    changed = [row for row in rows.select_for_update() if _catch_up(row, launched, own | first, at)]
    Deployment.objects.bulk_update(changed, STEPS, batch_size=BATCH)
    settle_steps([row.pk for row in changed if row.launched_at], TO_LAUNCH, at=at)
    return len(changed)


STEPS = ("received_at", "plan", "planned_at", "child", "launched_at", "moved_at")


def _first_plans(campaigns: list[int]) -> dict[int, PlanDocument]:
    """Of each unit the plan with which it launched one of these campaigns."""
    plans = PlanDocument.objects.filter(edition__campaign__in=campaigns, edition__number=1)
    return {plan.unit_id: plan for plan in plans.only("unit_id", "settled_at").order_by("pk")}


def _catch_up(
    row: Deployment, launched: dict[int, Campaign], plans: dict[int, PlanDocument], at: datetime.datetime
) -> bool:
    """Whether there is news of the unit; what it had said itself stays."""
    child, plan = launched.get(row.unit_id), plans.get(row.unit_id)
    child = child if child is not None and child.pk != row.campaign_id and row.child_id is None else None
    plan = plan if row.plan_id is None else None
    if child is not None:
        row.child, row.launched_at = child, row.launched_at or child.launched_at
    if plan is not None:
        row.plan, row.planned_at = plan, row.planned_at or plan.settled_at or at
    row.received_at = row.received_at or max(row.sent_at, row.launched_at or row.planned_at or row.sent_at)
    row.moved_at = row.last_moment()
    return child is not None or plan is not None


def _standing(deployment: Deployment) -> QuerySet[Deployment]:
    return Deployment.objects.standing().filter(pk=deployment.pk)


def _advance(rows: QuerySet[Deployment], by: User | None, at: datetime.datetime, **fields: object) -> int:
    """A step after the receipt: whoever takes it has received it, too."""
    return rows.update(
        received_at=Coalesce(F("received_at"), _moment(at)),
        received_by=Case(
            When(received_at__isnull=True, then=Value(by.pk if by else None)),
            default=F("received_by"),
            output_field=BigIntegerField(),
        ),
        moved_at=_not_before(at),
        **fields,
    )


def _correct(deployment: Deployment, **fields: object) -> None:
    """Set what may lie in the past, and when it last moved."""
    row = Deployment.objects.get(pk=deployment.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.moved_at = row.last_moment()
    row.save(update_fields=[*fields, "moved_at"])


def _not_before(at: datetime.datetime) -> Greatest:
    return Greatest(F("moved_at"), _moment(at))


def _moment(at: datetime.datetime) -> Value:
    return Value(at, output_field=DateTimeField())


def _journal(act: str, deployment: Deployment, by: User, at: datetime.datetime, **details: object) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=deployment.unit_id,
        subject=("deployment", deployment.pk),
        label=deployment.campaign.title,
        details={"campaign": deployment.campaign_id, **details},
    )
