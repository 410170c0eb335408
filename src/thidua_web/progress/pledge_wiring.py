"""Where pledges stand among the pages of a campaign, on "Việc của tôi", and behind the duties that ask for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.extensions import Door, Tab
from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.campaigns.pages.work import Act, Line, Rank
from thidua_web.campaigns.queries import deployments
from thidua_web.progress.models import Pledge
from thidua_web.progress.queries import pledge_work as queries
from thidua_web.register.models import Unit


def connect() -> None:
    """Once, when the app is ready."""
    extensions.TABS.append(Tab(_("Đăng ký"), "progress:pledges", "pledge.see"))
    extensions.DOORS.append(doors)
    extensions.HOME.append(home)
    deployments.REGISTERED.append(queries.registered_on)


def doors(days: Sequence[DutyDay], unit: Unit) -> Mapping[int, Door]:
    """Where a pledge that a duty asks for is written."""
    asking = queries.pledging_days(days) if days else set()
    found = [day for day in days if day.pk in asking]
    campaigns = {day.duty.campaign_id for day in found}
    done = queries.handed_in(campaigns, unit.pk) if found else set()
    return {day.pk: _door(day.duty.campaign_id, unit, done=day.duty.campaign_id in done) for day in found}


def _door(campaign: int, unit: Unit, *, done: bool) -> Door:
    label = gettext("Xem đăng ký") if done else gettext("Đăng ký thi đua")
    return Door(label, reverse("progress:pledge", args=[campaign, unit.pk]))


def home(access: Access, unit: Unit, on: datetime.date) -> Iterable[Line]:
    """What came back, what waits for the unit's decision, what was begun and not handed in."""
    lines: list[Line] = []
    if access.may("pledge.edit", unit.pk):
        lines += [_returned(pledge, on) for pledge in queries.returned(unit.pk)]
        lines += [_begun(pledge, on) for pledge in queries.begun(unit.pk, on)]
    if access.may("pledge.decide", unit.pk):
        lines += [_waiting(campaign, on) for campaign in queries.waiting(unit.pk)]
    return lines


def _returned(pledge: Pledge, on: datetime.date) -> Line:
    since = timezone.localdate(pledge.decided_at) if pledge.decided_at else on
    by = pledge.campaign.unit.name
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="doubt",
        said=gettext("Trả lại để sửa"),
        title=gettext("Đăng ký thi đua: %(title)s") % {"title": pledge.campaign.title},
        url=pledge.get_absolute_url(),
        notes=(gettext("%(name)s trả lại: %(reason)s") % {"name": by, "reason": pledge.reason},),
        act=Act(gettext("Sửa đăng ký"), pledge.get_absolute_url()),
    )


def _begun(pledge: Pledge, on: datetime.date) -> Line:
    edited = timezone.localdate(pledge.edited_at)
    return Line(
        rank=Rank.UNFINISHED,
        on=edited,
        tone="waiting",
        said=gettext("Đang soạn"),
        title=gettext("Đăng ký thi đua: %(title)s") % {"title": pledge.campaign.title},
        url=pledge.get_absolute_url(),
        notes=(gettext("Sửa lần cuối %(day)s") % {"day": say_day(edited)},),
        act=Act(gettext("Soạn tiếp"), pledge.get_absolute_url()),
    )


def _waiting(campaign: Campaign, on: datetime.date) -> Line:
    """One line for all of a campaign; `campaign` comes with what `queries.waiting` counts."""
    n = campaign.waiting  # type: ignore[attr-defined]
    since = timezone.localdate(campaign.since)  # type: ignore[attr-defined]
    url = f"{reverse('progress:pledges', args=[campaign.pk])}?tinh_trang=submitted"
    said = ngettext("%(n)d đăng ký chờ chấp nhận", "%(n)d đăng ký chờ chấp nhận", n) % {"n": n}
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="waiting",
        said=gettext("Chờ chấp nhận"),
        title=said,
        url=url,
        notes=(campaign.title, gettext("Sớm nhất gửi %(day)s") % {"day": say_day(since)}),
        act=Act(gettext("Xem và chấp nhận"), url),
    )
