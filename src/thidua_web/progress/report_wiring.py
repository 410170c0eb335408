"""Where reports stand among the pages of a campaign, on "Việc của tôi", and behind the duties that ask for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.extensions import Door, Tab
from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.campaigns.pages.work import Act, Line, Rank
from thidua_web.config.addresses import address
from thidua_web.progress.models import Report
from thidua_web.progress.pages.reports import period_words
from thidua_web.progress.queries import reports as queries
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit

LABELS = {
    ReportState.DRAFT: _("Soạn tiếp báo cáo"),
    ReportState.PRESENTED: _("Xem báo cáo chờ ký"),
    ReportState.RETURNED: _("Sửa báo cáo"),
    ReportState.SENT: _("Xem báo cáo đã gửi"),
}


def connect() -> None:
    """Once, when the app is ready."""
    extensions.TABS.append(Tab(_("Báo cáo"), "progress:reports", "report.see"))
    extensions.TABS.append(Tab(_("Tiến độ"), "progress:progress", "report.see"))
    extensions.DOORS.append(doors)
    extensions.HOME.append(home)
    extensions.REPORTS.append(newest)


def newest(campaign: Campaign, units: Sequence[int]) -> Mapping[int, str]:
    days = queries.newest_sent(campaign.pk, units)
    return {unit: address("progress:report", day, unit) for unit, day in days.items()}


def doors(days: Sequence[DutyDay], unit: Unit) -> Mapping[int, Door]:
    """A report is done by sending it, not by saying so."""
    found = queries.report_days(days)
    states = queries.states_of(found, unit) if found else {}
    return {day.pk: _door(day, unit, states.get(day.pk)) for day in found}


def _door(day: DutyDay, unit: Unit, state: str | None) -> Door:
    label = LABELS[ReportState(state)] if state else _("Lập báo cáo")
    return Door(str(label), reverse("progress:report", args=[day.pk, unit.pk]))


def home(access: Access, unit: Unit, on: datetime.date) -> Iterable[Line]:
    """What the head has to sign, and what came back."""
    lines: list[Line] = []
    if access.may("report.sign", unit.pk):
        lines += [_waiting(report, on) for report in queries.waiting_to_be_signed(unit.pk)]
    if access.may("report.edit", unit.pk):
        lines += [_returned(report, on) for report in queries.returned(unit.pk)]
    return lines


def _waiting(report: Report, on: datetime.date) -> Line:
    since = timezone.localdate(report.presented_at) if report.presented_at else on
    by = report.presented_by.full_name if report.presented_by else ""
    late = report.day.due is not None and report.day.due < on
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=report.day.due or since,
        tone="fault" if late else "waiting",
        said=gettext("Quá hạn, chờ ký") if late else gettext("Chờ ký"),
        title=_title(report),
        url=report.get_absolute_url(),
        notes=(gettext("%(name)s trình %(day)s") % {"name": by, "day": say_day(since)}, *_notes(report)),
        act=Act(gettext("Xem và ký"), report.get_absolute_url()),
    )


def _returned(report: Report, on: datetime.date) -> Line:
    since = timezone.localdate(report.returned_at) if report.returned_at else on
    by = report.returned_by.full_name if report.returned_by else ""
    said = gettext("%(name)s trả lại: %(reason)s") % {"name": by, "reason": report.reason}
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="doubt",
        said=gettext("Trả lại để sửa"),
        title=_title(report),
        url=report.get_absolute_url(),
        notes=(said, *_notes(report)),
        act=Act(gettext("Sửa báo cáo"), report.get_absolute_url()),
    )


def _title(report: Report) -> str:
    return gettext("Báo cáo %(period)s") % {"period": period_words(report.day)}


def _notes(report: Report) -> tuple[str, ...]:
    due = report.day.due
    title = report.day.duty.campaign.title
    return (title, gettext("Hạn %(day)s") % {"day": say_day(due)}) if due else (title,)
