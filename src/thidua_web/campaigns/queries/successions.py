"""What of campaigns goes on when their unit ends, and what keeps a reform from being undone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign, Deployment, DutyDay, DutyDone, DutyUnit, Edition, PlanDocument
from thidua_web.config.bulk import batched
from thidua_web.register.signals import Foreseen, Moved, Outlook

MOST_NAMED = 100


def running(units: Iterable[int], *, on: datetime.date) -> QuerySet[Campaign]:
    """Of these units, not over on that day, or not launched yet."""
    return Campaign.objects.filter(not_over("", on), unit__in=list(units))


def not_over(path: str, on: datetime.date) -> Q:
    """`path` leads to the campaign ("edition__campaign__")."""
    unlaunched, endless = Q(**{f"{path}launched_at__isnull": True}), Q(**{f"{path}end__isnull": True})
    return unlaunched | endless | Q(**{f"{path}end__gte": on})


def plans_under_way(units: Iterable[int], *, on: datetime.date) -> QuerySet[PlanDocument]:
    """Of campaigns that are not over on that day, or of none yet."""
    open_ = Q(edition__isnull=True) | not_over("edition__campaign__", on)
    return PlanDocument.objects.filter(open_, unit__in=list(units))


def duties_owed(units: Iterable[int], *, on: datetime.date) -> QuerySet[DutyUnit]:
    """What these units owe to campaigns that run on that day: duties with a day not done, or without any day."""
    days = DutyDay.objects.in_force().filter(duty=OuterRef("duty_id"))
    done = DutyDone.objects.filter(day=OuterRef("pk"), unit=OuterRef(OuterRef("unit_id")))
    running = Q(duty__campaign__end__isnull=True) | Q(duty__campaign__end__gte=on)
    rows = DutyUnit.objects.filter(running, unit__in=list(units), duty__ended_by__isnull=True)
    return rows.filter(Exists(days.filter(~Exists(done))) | ~Exists(days), duty__campaign__launched_at__isnull=False)


def deployments_under_way(units: Iterable[int], *, on: datetime.date) -> QuerySet[Deployment]:
    """Of these units, in campaigns that are not over on that day."""
    rows = Deployment.objects.standing().filter(not_over("campaign__", on), unit__in=list(units))
    return rows.order_by("campaign", "unit")


def foresee(*, on: datetime.date, ended: Collection[int], **sent: Any) -> Outlook:
    campaigns, plans = running(ended, on=on), plans_under_way(ended, on=on)
    titles = campaigns.order_by("unit_id", "pk").values_list("unit_id", "title")[:MOST_NAMED]
    return Outlook(
        (
            Foreseen(_("Phong trào đang chạy"), _counted(campaigns), list(titles), "campaign.see"),
            Foreseen(_("Kế hoạch đang làm"), _counted(plans)),
            Foreseen(_("Nhiệm vụ chưa xong"), _counted(duties_owed(ended, on=on))),
        )
    )


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("pk")))


def standing_upon(
    *, units: Collection[int], handovers: Mapping[str, Moved], since: datetime.datetime, **sent: Any
) -> list[str]:
    """Launches, plans and marks of since then: in the new units, or on what they went on with."""
    moved = handovers["campaigns"]
    carried = [pk for pk, _unit in moved["campaigns"]]
    launched = Edition.objects.filter(launched_at__gt=since)
    launches = launched.filter(Q(campaign__unit__in=units) | Q(campaign__in=carried)).count()
    plans = PlanDocument.objects.filter(unit__in=units, uploaded_at__gt=since).count()
    marks = _marks(units, moved["duties"]["added"], since)
    return [
        text % {"n": n}
        for text, n in (
            (gettext("%(n)s lần phát động, ban hành sửa đổi sau đó"), launches),
            (gettext("%(n)s kế hoạch đã gửi ở đơn vị mới"), plans),
            (gettext("%(n)s nhiệm vụ đơn vị kế thừa đã ghi đã làm"), marks),
            (gettext("%(n)s bước triển khai của đơn vị kế thừa sau đó"), _steps(moved.get("deployments"), since)),
        )
        if n
    ]


def _marks(units: Collection[int], added: Sequence[int], since: datetime.datetime) -> int:
    """What was said of days that were due from new units, or from others on duties that came to them."""
    rows = DutyDone.objects.filter(at__gt=since, inherited_from__isnull=True)
    own = set(rows.filter(unit__in=units).values_list("pk", flat=True))
    if added:
        came = DutyUnit.objects.filter(duty=OuterRef("day__duty_id"), unit=OuterRef("unit_id"))
        came = came.filter(inherited_from__isnull=False, pk__range=(min(added), max(added)))
        own |= set(rows.filter(Exists(came)).values_list("pk", flat=True))
    return len(own)


def _steps(carried: Mapping[str, Any] | None, since: datetime.datetime) -> int:
    """Heirs that have gone on with what was sent to the units before them."""
    if not carried:
        return 0
    rows = [*carried["added"], *(row[0] for row in carried["changed"])]
    return sum(Deployment.objects.filter(pk__in=some, moved_at__gt=since).count() for some in batched(rows))
