"""Who is told of what happens to reports. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime

from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.notices.actions import notify, settle
from thidua_web.notices.recipients import who_may
from thidua_web.progress.models import Report
from thidua_web.progress.queries.reports import period_of

LONGEST = 160


def tell_of_presenting(report: Report, by: User, *, at: datetime.datetime) -> None:
    """Those who may sign it, but for whoever presented it."""
    heads = who_may("report.sign", [report.unit_id], on=timezone.localdate(at)).get(report.unit_id, set()) - {by.pk}
    due = report.day.due
    params = _told(report) | {
        "by": by.full_name,
        "due": due.isoformat() if due else "",
        "title": _short(report.day.duty.campaign.title),
    }
    key = f"{_waiting(report)}:{int(at.timestamp())}"
    notify(heads, "report.waiting", params, href=report.get_absolute_url(), key=key, at=at)


def tell_of_return(report: Report, by: User, reason: str, *, at: datetime.datetime) -> None:
    """Whoever wrote and presented it, unless they returned it themselves."""
    people = {report.presented_by_id, report.edited_by_id, report.signed_by_id} - {by.pk, None}
    params = _told(report) | {"by": by.full_name, "reason": _short(reason)}
    key = f"report:{report.pk}:returned:{int(at.timestamp())}"
    notify(people, "report.returned", params, href=report.get_absolute_url(), key=key, at=at)


def settle_waiting(report: Report, *, at: datetime.datetime) -> None:
    """It lies with the head no more."""
    if report.presented_at:
        settle(keys=[f"{_waiting(report)}:{int(report.presented_at.timestamp())}"], at=at)


def _told(report: Report) -> dict[str, str]:
    period = period_of(report.day, report.day.duty.campaign)
    return {"period": period.words() if period else "", "unit": report.unit.name}


def _waiting(report: Report) -> str:
    return f"report:{report.pk}:waiting"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
