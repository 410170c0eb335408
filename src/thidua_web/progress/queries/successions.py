"""What of pledges, reports and blocs goes on when a unit ends, and what keeps a reform from being undone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.queries.successions import not_over
from thidua_web.progress.models import Pledge, Report
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Bloc, BlocHead, BlocMember
from thidua_web.register.signals import Foreseen, Moved, Outlook


def running_pledges(units: Iterable[int], *, on: datetime.date) -> QuerySet[Pledge]:
    """Of these units, in campaigns that are not over on that day."""
    return Pledge.objects.filter(not_over("campaign__", on), unit__in=list(units), closed_at__isnull=True)


def unsent_reports(units: Iterable[int], *, on: datetime.date) -> QuerySet[Report]:
    """Begun and not sent, for campaigns that are not over; what was sent stays with who sent it."""
    rows = Report.objects.filter(not_over("day__duty__campaign__", on), unit__in=list(units))
    return rows.exclude(state=ReportState.SENT)


def spans(model: type[BlocMember | BlocHead], units: Iterable[int], *, last: datetime.date) -> QuerySet[Any]:
    """Rows of blocs that reach beyond the last day of these units."""
    return model.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last), unit__in=list(units))


def blocs(units: Iterable[int], *, on: datetime.date) -> QuerySet[Bloc]:
    """Made by these units and not ended before that day."""
    return Bloc.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), unit__in=list(units))


def foresee(*, on: datetime.date, ended: Collection[int], **sent: Any) -> Outlook:
    last = on - datetime.timedelta(days=1)
    members = _counted(spans(BlocMember, ended, last=last))
    return Outlook(
        (
            Foreseen(_("Đăng ký thi đua đang chạy"), _counted(running_pledges(ended, on=on))),
            Foreseen(_("Báo cáo đang soạn"), _counted(unsent_reports(ended, on=on))),
            Foreseen(_("Có trong cụm, khối thi đua (kết thúc, không tự chuyển)"), members),
        )
    )


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("pk")))


def standing_upon(
    *, units: Collection[int], handovers: Mapping[str, Moved], since: datetime.datetime, **sent: Any
) -> list[str]:
    """What was pledged, decided or reported since then: by the new units, or on what came to others."""
    moved = handovers.get("progress", {})
    carried = [pk for pk, _revision in moved.get("grown", [])]
    touched = Q(edited_at__gt=since) | Q(submitted_at__gt=since) | Q(decided_at__gt=since)
    pledges = Pledge.objects.filter(touched, Q(unit__in=units) | Q(pk__in=carried)).count()
    came = [pk for pk, _unit in moved.get("reports", [])]
    written = Q(edited_at__gt=since) | Q(signed_at__gt=since)
    reports = Report.objects.filter(written, Q(unit__in=units) | Q(pk__in=came)).count()
    # A pledge that grew may already have been reported on by an heir that was there before.
    grown = Pledge.objects.filter(pk__in=carried)
    told = Report.objects.filter(written, unit__in=grown.values("unit_id")).exclude(unit__in=units).exclude(pk__in=came)
    told = told.filter(Q(values__target__in=moved.get("targets", [])) | Q(works__work__in=moved.get("works", [])))
    reports += told.distinct().count()
    joined = BlocMember.objects.filter(unit__in=units).count()
    return [
        text % {"n": n}
        for text, n in (
            (gettext("%(n)s đăng ký thi đua đã sửa, gửi hoặc được xử lý sau đó"), pledges),
            (gettext("%(n)s báo cáo đã viết hoặc gửi sau đó"), reports),
            (gettext("%(n)s lần đưa đơn vị mới vào cụm, khối thi đua"), joined),
        )
        if n
    ]
