"""The lines of the page "Việc của tôi": what each says and where it leads; no request, no database."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

import msgspec
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from thidua import explain
from thidua.plans.campaign import Question as Asked
from thidua_web.campaigns.models import Campaign, Deployment, DutyDay, Edition, Phase, PlanDocument, Question
from thidua_web.campaigns.pages.wording import say_day, say_number, weekdays
from thidua_web.campaigns.queries.work import Nearness
from thidua_web.campaigns.stages import EditionState, PlanState


class Rank(IntEnum):
    """What comes first. What others wait for stands above what is only due soon, own drafts stand last."""

    LATE = 0
    OTHERS_WAIT = 1
    SOON = 2
    UNFINISHED = 3


class Act(NamedTuple):
    label: str
    url: str


@dataclass(frozen=True)
class Line:
    """`tone` (class and icon) and `said` tell how late it is; `day` is that of a duty, which may be marked as done."""

    rank: Rank
    on: datetime.date | None
    tone: str
    said: str
    title: str
    url: str
    notes: tuple[str, ...] = ()
    act: Act | None = None
    day: DutyDay | None = None

    @property
    def order(self) -> tuple[int, datetime.date]:
        return self.rank, self.on or datetime.date.max


# Duties --------------------------------------------------------------------------------------------------------------

RANKS = {Nearness.LATE: Rank.LATE, Nearness.SOON: Rank.SOON, Nearness.AHEAD: Rank.SOON}
TONES = {Nearness.LATE: "fault", Nearness.SOON: "doubt", Nearness.AHEAD: "waiting"}


def duty_line(day: DutyDay, *, on: datetime.date) -> Line:
    """`day` comes with what `duties_open` counts of it."""
    near = Nearness(day.nearness)
    return Line(
        rank=RANKS[near],
        on=day.due,
        tone=TONES[near],
        said=say_left((day.due - on).days),
        title=day.duty.what,
        url=f"{day.duty.campaign.get_absolute_url()}#duties-title",
        notes=_kept(_sent_to(day), day.duty.campaign.title, _moved(day), _again(day)),
        day=day,
    )


def with_duty(line: Line, day: DutyDay, *, on: datetime.date) -> Line:
    """A line of an app above that is about what the duty asks for: one work, one line, as late as the duty."""
    late = day.nearness == Nearness.LATE
    told = _kept(say_left((day.due - on).days) if late else "", _again(day))
    notes = (*line.notes, *told)
    return replace(line, rank=Rank.LATE, tone="fault", notes=notes) if late else replace(line, notes=notes)


def say_today(on: datetime.date) -> str:
    name = list(weekdays().values())[on.weekday()]
    return f"{name[0].upper()}{name[1:]}, {say_day(on)}"


def say_left(days: int) -> str:
    if days < 0:
        return ngettext("Quá hạn %(n)d ngày", "Quá hạn %(n)d ngày", -days) % {"n": -days}
    if days < 2:
        return gettext("Ngày mai") if days else gettext("Hôm nay")
    return ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", days) % {"n": days}


def _sent_to(day: DutyDay) -> str:
    return gettext("Gửi %(to)s") % {"to": day.duty.to} if day.duty.to else ""


def _moved(day: DutyDay) -> str:
    """A deadline on a day off ends on the next working day; the plan's own day is told."""
    return gettext("Kế hoạch ghi ngày %(day)s") % {"day": say_day(day.day)} if day.day != day.due else ""


def _again(day: DutyDay) -> str:
    more = day.times - 1
    if not more:
        return ""
    return ngettext("Còn %(n)d lần nữa đến %(last)s", "Còn %(n)d lần nữa đến %(last)s", more) % {
        "n": more,
        "last": say_day(day.last),
    }


# Plans and editions --------------------------------------------------------------------------------------------------


def plan_line(document: PlanDocument, *, on: datetime.date) -> Line:
    since = _local(document.settled_at)
    unreadable = document.state == PlanState.UNREADABLE
    return Line(
        rank=Rank.UNFINISHED,
        on=since,
        tone="unreadable" if unreadable else "waiting",
        said=document.get_state_display() if unreadable else _say_waited(since, on),
        title=document.name if unreadable else title_of(document),
        url=document.get_absolute_url(),
        notes=() if unreadable else (_say_review(document),),
        act=_next_act(document),
    )


def facts_left(document: PlanDocument) -> int:
    """Plans that were read before there were reviews have none: all is still to be looked at."""
    return int(document.facts_left if document.facts_all else document.result.facts)


def title_of(document: PlanDocument) -> str:
    return document.result.title or document.name


def _say_review(document: PlanDocument) -> str:
    left = facts_left(document)
    if not left:
        return gettext("Đã đối chiếu xong, chưa trình lãnh đạo phát động")
    return gettext("Còn %(n)s dữ kiện chưa đối chiếu") % {"n": say_number(left)}


def needed(document: PlanDocument) -> str:
    """The permission that whoever takes the next step with the plan must hold."""
    if document.state == PlanState.UNREADABLE:
        return "plan.read_again"
    return "plan.review" if facts_left(document) else "campaign.prepare"


def _next_act(document: PlanDocument) -> Act:
    if document.state == PlanState.UNREADABLE:
        return Act(gettext("Xem lý do"), document.get_absolute_url())
    if facts_left(document):
        return Act(gettext("Đối chiếu"), document.get_absolute_url())
    return Act(gettext("Chuẩn bị phát động"), _launch_page(document))


def prepared_line(edition: Edition, *, on: datetime.date, may_launch: bool) -> Line:
    """The head's own work; for the others, what they wait for."""
    since = _local(edition.prepared_at)
    by = gettext("%(name)s trình %(day)s") % {"name": edition.prepared_by.full_name, "day": say_day(since)}
    url = _launch_page(edition.document)
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="waiting",
        said=_say_waited(since, on) if may_launch else gettext("Đang chờ lãnh đạo"),
        title=title_of(edition.document),
        url=url,
        notes=_kept(by, edition.note),
        act=Act(gettext("Xem và phát động"), url) if may_launch else None,
    )


def returned_line(edition: Edition, *, on: datetime.date) -> Line:
    since = _local(edition.returned_at) or on
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="doubt",
        said=_say_waited(since, on),
        title=title_of(edition.document),
        url=edition.document.get_absolute_url(),
        notes=(_say_returned(edition),),
        act=Act(gettext("Sửa và trình lại"), edition.document.get_absolute_url()),
    )


def _say_returned(edition: Edition) -> str:
    """Without a reason it was the office itself that took it back."""
    if not edition.reason:
        return gettext("Đã rút về để sửa")
    by = edition.returned_by.full_name if edition.returned_by else gettext("Lãnh đạo")
    return gettext("%(name)s trả lại: %(reason)s") % {"name": by, "reason": edition.reason}


def edition_lines(editions: Iterable[Edition], *, on: datetime.date, may_launch: bool) -> tuple[list[Line], list[Line]]:
    """Those before the head, and those that came back."""
    prepared, returned = [], []
    for edition in editions:
        if edition.state == EditionState.PREPARED:
            prepared.append(prepared_line(edition, on=on, may_launch=may_launch))
        else:
            returned.append(returned_line(edition, on=on))
    return prepared, returned


# Campaigns -----------------------------------------------------------------------------------------------------------


def question_lines(questions: Iterable[Question], *, on: datetime.date, language: str) -> list[Line]:
    """One line a campaign, with the first thing it asks."""
    asked: dict[Campaign, list[Question]] = defaultdict(list)
    for question in questions:
        asked[question.document.edition.campaign].append(question)
    return [_question_line(campaign, rows, on, language) for campaign, rows in asked.items()]


def _question_line(campaign: Campaign, questions: Sequence[Question], on: datetime.date, language: str) -> Line:
    since = _local(questions[0].document.edition.launched_at)
    n = len(questions)
    first = msgspec.convert(questions[0].question, Asked)
    url = f"{campaign.get_absolute_url()}#questions-title"
    return Line(
        rank=Rank.UNFINISHED,
        on=since,
        tone="unknown",
        said=_say_waited(since, on),
        title=campaign.title,
        url=url,
        notes=(
            ngettext("Còn %(n)d mốc chưa có ngày", "Còn %(n)d mốc chưa có ngày", n) % {"n": n},
            explain.sentence(first.finding, language),
        ),
        act=Act(gettext("Ấn định ngày"), url),
    )


def unreceived_line(row: Deployment, *, on: datetime.date) -> Line:
    """A campaign that the unit has not said it received: whoever sent it waits for that."""
    since = timezone.localdate(row.sent_at)
    page = f"{reverse('campaigns:board', args=[row.campaign_id])}#own"
    return Line(
        rank=Rank.OTHERS_WAIT,
        on=since,
        tone="waiting",
        said=_say_waited(since, on),
        title=row.campaign.title,
        url=page,
        notes=(gettext("Chưa xác nhận đã nhận"), row.campaign.unit.name),
        act=Act(gettext("Xác nhận đã nhận"), page),
    )


def campaign_line(campaign: Campaign, *, on: datetime.date) -> Line:
    begins = campaign.start if campaign.start and campaign.start > on else None
    return Line(
        rank=Rank.SOON,
        on=begins or campaign.end,
        tone="waiting",
        said=_say_running(campaign, begins, on),
        title=campaign.title,
        url=campaign.get_absolute_url(),
        notes=_kept(campaign.unit.name, _next_deadline(campaign)),
    )


def _say_running(campaign: Campaign, begins: datetime.date | None, on: datetime.date) -> str:
    if begins:
        days = (begins - on).days
        return ngettext("%(n)d ngày nữa bắt đầu", "%(n)d ngày nữa bắt đầu", days) % {"n": days}
    if campaign.end is None:
        return gettext("Đang diễn ra")
    return gettext("Ngày cuối") if campaign.end == on else say_left((campaign.end - on).days)


def _next_deadline(campaign: Campaign) -> str:
    if not campaign.next_due:
        return gettext("Không còn thời hạn nào phía trước")
    return gettext("Thời hạn kế tiếp %(day)s: %(what)s") % {
        "day": say_day(campaign.next_due),
        "what": campaign.next_what,
    }


def phase_line(phase: Phase, *, on: datetime.date) -> Line:
    level = f" ({phase.level})" if phase.level else ""
    return Line(
        rank=Rank.SOON,
        on=phase.start,
        tone="waiting",
        said=say_left((phase.start - on).days),
        title=gettext("Bắt đầu %(phase)s") % {"phase": f"{phase.label}{level}"},
        url=phase.campaign.get_absolute_url(),
        notes=(phase.campaign.title,),
    )


def _launch_page(document: PlanDocument) -> str:
    return reverse("campaigns:launch", args=[document.pk])


def _say_waited(since: datetime.date | None, on: datetime.date) -> str:
    days = (on - since).days if since else 0
    return ngettext("Chờ %(n)d ngày", "Chờ %(n)d ngày", days) % {"n": days} if days > 0 else gettext("Mới hôm nay")


def _local(at: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(at) if at else None


def _kept(*notes: str) -> tuple[str, ...]:
    return tuple(note for note in notes if note)
