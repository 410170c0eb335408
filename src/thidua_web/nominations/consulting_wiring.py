"""Where consultations and objections stand on "Việc của tôi"."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.campaigns.pages.work import Act, Line, Rank, say_left
from thidua_web.nominations.models import Consultation
from thidua_web.nominations.queries import consulting as queries
from thidua_web.register.models import Unit

SOON = 3
MOST = 20


def connect() -> None:
    """Once, when the app is ready."""
    extensions.HOME.append(home)


def home(access: Access, unit: Unit, on: datetime.date) -> Iterable[Line]:
    """What the unit was asked, what came back, what the people said."""
    lines: list[Line] = []
    if access.may("consultation.answer", unit):
        lines += [_asked(row, on) for row in queries.asked_of(unit)[:MOST]]
    if access.may("appraisal.act", unit):
        lines += [line for row in queries.running(unit, on)[:MOST] for line in _came_back(row, on)]
    if access.may("objection.handle", unit) and (n := queries.objections_open(unit)):
        lines.append(_objections(n, on))
    return lines


def _asked(row: Consultation, on: datetime.date) -> Line:
    n, answered = row.n, row.answered  # type: ignore[attr-defined]
    href = reverse("nominations:answer_consultation", args=[row.pk])
    left, late = (row.due_on - on).days, row.due_on < on
    counted = ngettext("%(n)s hồ sơ chưa trả lời", "%(n)s hồ sơ chưa trả lời", n - answered)
    by = gettext("%(unit)s hỏi %(day)s") % {"unit": row.unit.name, "day": say_day(row.asked_on)}
    return Line(
        rank=Rank.LATE if late else Rank.OTHERS_WAIT,
        on=row.due_on,
        tone="fault" if late else "doubt" if left <= SOON else "waiting",
        said=say_left(left),
        title=gettext("Trả lời lấy ý kiến về khen thưởng"),
        url=href,
        notes=(counted % {"n": say_number(n - answered)}, by),
        act=Act(gettext("Xem và trả lời"), href),
    )


def _came_back(row: Consultation, on: datetime.date) -> Iterable[Line]:
    """Answered whole, or past its day: either way the asking waits to be ended."""
    n, answered = row.n, row.answered  # type: ignore[attr-defined]
    whole = n == answered
    counted = gettext("%(done)s/%(n)s hồ sơ đã trả lời") % {"done": say_number(answered), "n": say_number(n)}
    yield Line(
        rank=Rank.OTHERS_WAIT,
        on=row.due_on,
        tone="met" if whole else "doubt",
        said=gettext("Đã trả lời đủ") if whole else gettext("Quá hạn trả lời"),
        title=gettext("Lấy ý kiến %(name)s") % {"name": row.asked_name},
        url=row.get_absolute_url(),
        notes=(counted, gettext("Hạn %(day)s") % {"day": say_day(row.due_on)}),
        act=Act(gettext("Xem và kết thúc"), row.get_absolute_url()),
    )


def _objections(n: int, on: datetime.date) -> Line:
    """One line for all of them; whose they are the list says to those who may."""
    href = reverse("nominations:objections")
    words = ngettext("%(n)s ý kiến phản ánh chưa xử lý", "%(n)s ý kiến phản ánh chưa xử lý", n)
    said = gettext("Chờ xử lý"), words % {"n": say_number(n)}
    return Line(Rank.OTHERS_WAIT, on, "doubt", *said, href, (), Act(gettext("Mở danh sách"), href))
