"""Where submissions stand among the pages of a campaign and on "Việc của tôi"."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.extensions import Tab
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.campaigns.pages.work import Act, Line, Rank, say_left
from thidua_web.campaigns.queries.campaigns import upwards
from thidua_web.nominations.models import GateException, Round, Submission
from thidua_web.nominations.queries import submissions as queries
from thidua_web.register.models import Unit

SOON = 14
"""Days ahead in which a last day is told."""


def connect() -> None:
    """Once, when the app is ready."""
    extensions.TABS.append(Tab(_("Đề nghị"), "nominations:campaign_submissions", "nomination.see"))
    extensions.HOME.append(home)


def home(access: Access, unit: Unit, on: datetime.date) -> Iterable[Line]:
    """What the head has to sign and to answer, what came back, what is due soon."""
    lines: list[Line] = []
    if access.may("nomination.submit", unit):
        lines += [_waiting(row, on) for row in queries.waiting_to_be_signed(unit)]
    if access.may("nomination.except", unit):
        lines += [_exception(one, on) for one in queries.exceptions_waiting(unit)]
    if access.may("nomination.edit", unit):
        lines += [_draft(row, on) for row in queries.drafts(unit)]
        lines += [line for row in queries.come_back(unit) for line in _come_back(row, on)]
        lines += [_not_begun(row, on) for row in queries.rounds_not_begun(unit, upwards([unit]), on)]
    return lines


def _waiting(row: Submission, on: datetime.date) -> Line:
    since = timezone.localdate(row.presented_at) if row.presented_at else on
    by = row.presented_by.full_name if row.presented_by else ""
    late = row.due_on is not None and row.due_on < on
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=row.due_on or since,
        tone="fault" if late else "waiting",
        said=gettext("Quá hạn, chờ ký") if late else gettext("Chờ ký"),
        title=row.title,
        url=row.get_absolute_url(),
        notes=(gettext("%(name)s trình %(day)s") % {"name": by, "day": say_day(since)}, *_notes(row)),
        act=Act(gettext("Xem và ký"), row.get_absolute_url()),
    )


def _draft(row: Submission, on: datetime.date) -> Line:
    """In hand: handed back, late or due soon before what merely was begun."""
    back = bool(row.reason)
    late = row.due_on is not None and row.due_on < on
    near = row.due_on is not None and (row.due_on - on).days <= SOON
    if back:
        by = row.returned_by.full_name if row.returned_by else ""
        said, first = gettext("Trả lại để sửa"), gettext("%(name)s trả lại: %(reason)s")
        notes: tuple[str, ...] = (first % {"name": by, "reason": row.reason}, *_notes(row))
    else:
        said = say_left((row.due_on - on).days) if row.due_on and (late or near) else gettext("Đang soạn")
        notes = _notes(row)
    rank = Rank.LATE if late else Rank.OTHERS_WAIT if back else Rank.SOON if near else Rank.UNFINISHED
    return Line(
        rank=rank,
        on=row.due_on or timezone.localdate(row.prepared_at),
        tone="fault" if late else "doubt" if back or near else "waiting",
        said=said,
        title=row.title,
        url=row.get_absolute_url(),
        notes=notes,
        act=Act(gettext("Lập tiếp"), row.get_absolute_url()),
    )


def _come_back(row: Submission, on: datetime.date) -> Iterable[Line]:
    """A line for what was returned, one for what was asked for; `row` comes with what the query counts."""
    returned, asked = row.returned, row.asked  # type: ignore[attr-defined]
    since, answer_by = row.back_on, row.answer_by  # type: ignore[attr-defined]
    if returned:
        said = ngettext("%(n)d hồ sơ bị trả lại", "%(n)d hồ sơ bị trả lại", returned) % {"n": returned}
        yield _line(row, said, since or on, "returned", gettext("Sửa và trình lại"), late=False)
    if asked:
        late = answer_by is not None and answer_by < on
        said = ngettext("%(n)d hồ sơ chờ bổ sung", "%(n)d hồ sơ chờ bổ sung", asked) % {"n": asked}
        yield _line(row, said, answer_by or on, "asked", gettext("Bổ sung"), late=late)


def _line(row: Submission, said: str, day: datetime.date, state: str, act: str, *, late: bool) -> Line:  # noqa: PLR0913 - one line of two
    href = f"{row.get_absolute_url()}?tinh_trang={state}#nominees-title"
    rank, tone = (Rank.LATE, "fault") if late else (Rank.OTHERS_WAIT, "doubt")
    return Line(rank, day, tone, said, row.title, href, (row.to_unit.name,), Act(act, href))


def _exception(one: GateException, on: datetime.date) -> Line:
    href = reverse("nominations:exception", args=[one.pk])
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=timezone.localdate(one.asked_at),
        tone="doubt",
        said=gettext("Xin ngoại lệ"),
        title=one.submission.title,
        url=href,
        notes=(one.submission.unit.name, one.words),
        act=Act(gettext("Xem và trả lời"), href),
    )


def _not_begun(row: Round, on: datetime.date) -> Line:
    href = f"{reverse('nominations:start')}?dot={row.pk}"
    left = (row.due_on - on).days if row.due_on else None
    late = left is not None and left < 0
    return Line(
        rank=Rank.LATE if late else Rank.SOON,
        on=row.due_on,
        tone="fault" if late else "doubt" if left is not None and left <= SOON else "waiting",
        said=say_left(left) if left is not None else gettext("Đang nhận hồ sơ"),
        title=row.title,
        url=href,
        notes=(gettext("%(by)s nhận hồ sơ khen thưởng") % {"by": row.to_unit.name},),
        act=Act(gettext("Lập đề nghị"), href),
    )


def _notes(row: Submission) -> tuple[str, ...]:
    n = row.n  # type: ignore[attr-defined]
    counted = ngettext("%(n)d đề nghị", "%(n)d đề nghị", n) % {"n": n}
    told = (counted, gettext("gửi %(to)s") % {"to": row.to_unit.name})
    return (*told, gettext("Hạn %(day)s") % {"day": say_day(row.due_on)}) if row.due_on else told
