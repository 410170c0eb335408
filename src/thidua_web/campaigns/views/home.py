from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.models import DutyDone
from thidua_web.campaigns.pages import work as worklist
from thidua_web.campaigns.pages.work import Line
from thidua_web.campaigns.queries import deployments
from thidua_web.campaigns.queries import work as queries
from thidua_web.campaigns.queries.work import Nearness
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import units_above

MOST_NOW, MOST_BESIDE = 30, 10


@dataclass
class Desk:
    """One person's work in one unit on one day."""

    access: Access
    unit: Unit
    at: datetime.datetime
    now: list[Line] = field(default_factory=list)
    done: list[tuple[DutyDone, extensions.Door | None]] = field(default_factory=list)
    ahead: list[Line] = field(default_factory=list)
    watched: list[Line] = field(default_factory=list)

    @property
    def on(self) -> datetime.date:
        return timezone.localdate(self.at)

    def may(self, permission: str) -> bool:
        return self.access.may(permission, self.unit.pk)


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs me now, what is coming, and what I watch, in the unit that I work in."""
    access = request.access  # type: ignore[attr-defined]
    if access.current is None:
        return render(request, "campaigns/no_unit.html")
    desk = lay_out(Desk(access, access.current, timezone.now()))
    shown = (10_000, 10_000) if "het" in request.GET else (MOST_NOW, MOST_BESIDE)
    context = {"desk": desk, "most_now": shown[0], "most_beside": shown[1], "next": request.get_full_path()}
    context["today"] = worklist.say_today(desk.on)
    return render(request, "campaigns/home.html", context | _rights(desk))


def _rights(desk: Desk) -> dict[str, bool]:
    return {
        "may_mark": desk.may("duty.mark"),
        "may_launch": desk.may("campaign.launch"),
        "may_upload": desk.may("plan.upload"),
        "may_see": desk.may("campaign.see"),
        "may_subscribe": desk.may("calendar.subscribe"),
    }


def lay_out(desk: Desk) -> Desk:
    """Everything that the person's permissions give, each list in its order."""
    desk.now += extensions.home_lines(desk.access, desk.unit, desk.on)
    if desk.may("campaign.see"):
        _add_duties(desk)
        _add_campaigns(desk)
    if desk.may("plan.see"):
        _add_plans(desk)
    if desk.may("campaign.answer"):
        questions = queries.questions_open(desk.unit.pk)
        desk.now += worklist.question_lines(questions, on=desk.on, language=get_language() or "vi")
    if desk.may("deployment.act"):
        unreceived = deployments.unreceived(desk.unit.pk, on=desk.on)
        desk.now += [worklist.unreceived_line(row, on=desk.on) for row in unreceived]
    for lines in (desk.now, desk.ahead, desk.watched):
        lines.sort(key=lambda line: line.order)
    return desk


def _add_duties(desk: Desk) -> None:
    """To those who may not mark them, late duties are something to watch and the others something to come. One that
    stands there already, as a report to sign or to mend, is not told twice.
    """
    may_mark = desk.may("duty.mark")
    days = queries.duties_open(desk.unit.pk, on=desk.on)
    told = {line.url: place for place, line in enumerate(desk.now)}
    doors = extensions.doors(days, desk.unit) if may_mark or told else {}
    for day in days:
        line = worklist.duty_line(day, on=desk.on)
        door = doors.get(day.pk)
        if door and door.href in told:
            place = told[door.href]
            desk.now[place] = worklist.with_duty(desk.now[place], day, on=desk.on)
            continue
        if door and may_mark:
            line = replace(line, act=worklist.Act(door.label, door.href))
        if day.nearness == Nearness.AHEAD:
            desk.ahead.append(line)
        elif may_mark:
            desk.now.append(line)
        else:
            (desk.watched if day.nearness == Nearness.LATE else desk.ahead).append(line)
    if may_mark:
        today = timezone.localtime(desk.at).replace(hour=0, minute=0, second=0, microsecond=0)
        done = queries.duties_done(desk.unit.pk, since=today)
        doors = extensions.doors([mark.day for mark in done], desk.unit)
        desk.done = [(mark, doors.get(mark.day_id)) for mark in done]


def _add_campaigns(desk: Desk) -> None:
    """Those of the unit and of the units above it."""
    units = [desk.unit.pk, *units_above(desk.unit)]
    desk.watched += [worklist.campaign_line(one, on=desk.on) for one in queries.campaigns_running(units, on=desk.on)]
    desk.ahead += [worklist.phase_line(phase, on=desk.on) for phase in queries.phases_ahead(units, on=desk.on)]


def _add_plans(desk: Desk) -> None:
    if desk.may("plan.review"):
        plans = queries.plans_unfinished(desk.unit.pk, at=desk.at)
        desk.now += [worklist.plan_line(plan, on=desk.on) for plan in plans if desk.may(worklist.needed(plan))]
    may_launch = desk.may("campaign.launch")
    editions = queries.editions_waiting(desk.unit.pk)
    prepared, returned = worklist.edition_lines(editions, on=desk.on, may_launch=may_launch)
    (desk.now if may_launch else desk.watched).extend(prepared)
    if desk.may("campaign.prepare"):
        desk.now += returned
