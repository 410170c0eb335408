"""Where the appraisal desk stands on "Việc của tôi"."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.campaigns.pages.work import Act, Line, Rank
from thidua_web.nominations.models import AppraisedList, Override
from thidua_web.nominations.queries import desk as queries
from thidua_web.nominations.queries import lists
from thidua_web.register.models import Unit


def connect() -> None:
    """Once, when the app is ready."""
    extensions.HOME.append(home)


def home(access: Access, unit: Unit, on: datetime.date) -> Iterable[Line]:
    """What came in, what is late, whose reasons wait for a second person, which lists wait for a signature."""
    who = access.actor.pk if access.actor else 0
    lines: list[Line] = []
    if access.may("appraisal.act", unit.pk):
        lines += _queue(queries.waiting(unit.pk, who, on), on)
    if access.may("appraisal.agree", unit.pk):
        lines += [_to_agree(row) for row in queries.to_agree(unit.pk, who)]
    if access.may("appraisal.sign", unit.pk):
        lines += [_to_sign(row) for row in lists.to_sign(unit.pk)]
    return lines


def _queue(waits: queries.Waiting, on: datetime.date) -> Iterable[Line]:
    """One line for all that are new and one for all that are late: hundreds would bury everything else."""
    if waits.late:
        words = ngettext("%(n)s hồ sơ quá hạn thẩm định", "%(n)s hồ sơ quá hạn thẩm định", waits.late)
        mine = gettext("%(n)s hồ sơ do bạn thẩm định") % {"n": say_number(waits.mine)} if waits.mine else ""
        said = gettext("Quá hạn"), words % {"n": say_number(waits.late)}
        yield _line(Rank.LATE, waits.late_due or on, "fault", said, {"han": "tre"}, mine)
    if waits.new:
        words = ngettext("%(n)s hồ sơ chờ tiếp nhận", "%(n)s hồ sơ chờ tiếp nhận", waits.new)
        until = gettext("Hạn sớm nhất %(day)s") % {"day": say_day(waits.new_due)} if waits.new_due else ""
        said = gettext("Chờ tiếp nhận"), words % {"n": say_number(waits.new)}
        yield _line(Rank.OTHERS_WAIT, waits.new_due or on, "waiting", said, {"trang_thai": "lodged"}, until)


def _line(  # noqa: PLR0913, PLR0917 - what a line is
    rank: Rank, on: datetime.date, tone: str, said: tuple[str, str], asked: dict[str, Any], note: str
) -> Line:
    url = reverse("nominations:desk", query=asked)
    notes = (note,) if note else ()
    return Line(rank, on, tone, *said, url, notes, Act(gettext("Mở bàn thẩm định"), url))


def _to_sign(row: AppraisedList) -> Line:
    url = row.get_absolute_url()
    since = timezone.localdate(row.made_at)
    made = gettext("%(name)s lập %(day)s") % {"name": row.made_by.full_name, "day": say_day(since)}
    said = gettext("Chưa ký")
    return Line(Rank.UNFINISHED, since, "waiting", said, row.title, url, (made,), Act(gettext("Xem và ký"), url))


def _to_agree(row: Override) -> Line:
    url = row.nomination.get_absolute_url()
    since = timezone.localdate(row.at)
    asked = gettext("%(name)s đề nghị %(day)s") % {"name": row.by.full_name, "day": say_day(since)}
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="waiting",
        said=gettext("Chờ bạn đồng ý"),
        title=gettext("Thay đổi kết quả một tiêu chuẩn: %(name)s") % {"name": row.nomination.name},
        url=url,
        notes=(asked, row.reason),
        act=Act(gettext("Xem và trả lời"), url),
    )
