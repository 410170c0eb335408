"""A campaign of a whole province under way, written into an empty database: the same every time.

The campaign is read, reviewed and launched by the product's own acts; what its units did with it is laid beside it in
bulk: how far they have come, what they have taken on, what they reported in four quarters.
"""

from __future__ import annotations

import datetime
import io
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from progress_plan import quarter, text
from register_rows import FAMILY, GIVEN, MIDDLE, advance_keys, write_rows
from work_names import nearly, place, where, work_name

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.actions import launches
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import Campaign, Deployment, DutyDay, DutyDone, PlanDocument, ReviewedFact
from thidua_web.campaigns.tasks import read_plan
from thidua_web.demo.accounts import PASSWORD
from thidua_web.progress.models import (
    Pledge,
    PledgedTarget,
    PledgedWork,
    Report,
    ReportedValue,
    ReportedWork,
)
from thidua_web.progress.queries import pledge_checks
from thidua_web.progress.queries import pledges as pledge_queries
from thidua_web.progress.queries import reports as report_queries
from thidua_web.register.models import Unit, UnitPeriod

LONG_AGO = datetime.date(1992, 1, 1)
ACCOUNTS = 20
TAKEN = 20
STATES = ("accepted",) * 16 + ("submitted",) * 3 + ("returned",)
ALIKE = 0.04
LOOKED_AT = 100


class Sizes(NamedTuple):
    """What there is of everything."""

    units: int = 3_500
    pledges: int = 3_000
    works: int = 50_000
    values: int = 200_000


@dataclass
class Scene:
    """What the rows stand on."""

    sizes: Sizes
    draw: random.Random
    today: datetime.date
    by: User
    campaign: Campaign
    units: list[Unit]
    quarters: list[DutyDay] = field(default_factory=list)


def make(sizes: Sizes = Sizes()) -> dict[str, int]:  # noqa: B008 - a tuple
    """Lay everything out; the counts of what was made. Raises RuntimeError where there are units already."""
    if Unit.objects.exists():
        raise RuntimeError("the database has units already: take an empty one")
    draw, today = random.Random(2026), timezone.localdate()
    make_units(sizes.units, draw)
    make_accounts(sizes)
    campaign = launch(today)
    owner = campaign.unit
    units = list(Unit.objects.exclude(pk=owner.pk).order_by("pk"))
    scene = Scene(sizes, draw, today, User.objects.get(username="bench1"), campaign, units)
    scene.quarters = quarters(campaign)
    deploy(scene)
    pledge(scene)
    report(scene)
    note_doubts(scene)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return counts()


def counts() -> dict[str, int]:
    tables = (Unit, Deployment, Pledge, PledgedTarget, PledgedWork, Report, ReportedValue, ReportedWork)
    return {model._meta.model_name or "": model._default_manager.count() for model in tables}


# Units and accounts ---------------------------------------------------------------------------------------------------


def make_units(count: int, draw: random.Random) -> None:
    """A province; departments and districts; communes; schools and enterprises."""
    rows = [
        Unit(pk=key, code=f"MG.{key}", name=name, kind=kind, parent_id=parent, path=path, valid_from=LONG_AGO)
        for key, (kind, name, parent, path) in enumerate(_unit_rows(count, draw), 1)
    ]
    for row in rows:
        row.fill_keys()
    write_rows(Unit, rows)
    periods = (
        UnitPeriod(unit=unit, name=unit.name, kind=unit.kind, parent_id=unit.parent_id, valid_from=LONG_AGO)
        for unit in rows
    )
    write_rows(UnitPeriod, periods)
    advance_keys(Unit)


def _unit_rows(count: int, draw: random.Random) -> Iterator[tuple[str, str, int | None, str]]:
    """Kind, name, key of the parent, path; keys count from 1."""
    yield "province", "Ủy ban nhân dân tỉnh Minh Giang", None, "/1/"
    key, communes = 1, []
    for number in range(max(4, count // 90)):
        key += 1
        name = "Sở Nội vụ" if number == 0 else f"Sở số {number + 1}"
        yield "department", name, 1, f"/1/{key}/"
    districts = range(key + 1, key + 1 + max(3, count // 300))
    for key in districts:
        yield "district", f"Ủy ban nhân dân huyện {place(draw)} {key}", 1, f"/1/{key}/"
    for number in range(max(12, count // 22)):
        key += 1
        home = districts[number % len(districts)]
        kind, word = ("ward", "phường") if number % 4 == 0 else ("commune", "xã")
        communes.append((key, f"/1/{home}/{key}/"))
        yield kind, f"Ủy ban nhân dân {word} {place(draw)} {key}", home, f"/1/{home}/{key}/"
    while key < count:
        key += 1
        home, path = communes[key % len(communes)]
        kind, word = draw.choice(
            (("school", "Trường Tiểu học"), ("school", "Trường Mầm non"), ("enterprise", "Công ty TNHH"))
        )
        yield kind, f"{word} {place(draw)} {key}", home, f"{path}{key}/"


def make_accounts(sizes: Sizes) -> None:
    """bench1 launches for the province, other odd ones work for it, too. Every fourth one works for a district or a
    commune that mends its pledge, the others for a school or an enterprise that has its last report still to send.
    Other units have nobody, so that no notice goes out to thousands.
    """
    password, draw = make_password(PASSWORD), random.Random(1)
    for number in range(1, ACCOUNTS + 1):
        name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
        user = User.objects.create(username=f"bench{number}", full_name=name, password=password, is_demo=True)
        role = Role.HEAD if number == 1 else Role.CLERK
        Membership.objects.create(user=user, unit=_home(number, sizes), role=role, valid_from=LONG_AGO)


def _home(number: int, sizes: Sizes) -> Unit:
    if number % 2:
        return Unit.objects.get(pk=1)
    if number % 4 == 0:
        rows = Unit.objects.filter(kind__in=("district", "commune", "ward")).order_by("-kind", "pk")
    else:
        rows = Unit.objects.filter(kind__in=("school", "enterprise"), pk__lte=sizes.pledges).order_by("-pk")
    return rows[number * 2 % rows.count()]


# The campaign ---------------------------------------------------------------------------------------------------------


def launch(today: datetime.date) -> Campaign:
    """Begun three quarters ago, so that the fourth is under way."""
    start = quarter(today, -3)
    at = timezone.make_aware(datetime.datetime.combine(start, datetime.time(8)))
    head, clerk = (User.objects.get(username=name) for name in ("bench1", "bench3"))
    plan, unit = text(start).encode(), Unit.objects.get(pk=1)
    uploaded = upload_plan(source=io.BytesIO(plan), name="ke-hoach.txt", unit=unit, by=clerk, at=at)
    assert uploaded.document is not None
    read_plan(uploaded.document.pk)
    document = PlanDocument.objects.get(pk=uploaded.document.pk)
    ReviewedFact.objects.filter(document=document).update(verdict="accepted")
    edition = launches.prepare(document=document, by=clerk, at=at).edition
    assert edition is not None
    assert launches.launch(edition=edition, by=head, at=at)
    return Campaign.objects.select_related("unit").get(pk=edition.campaign_id)


def quarters(campaign: Campaign) -> list[DutyDay]:
    """The days of the quarterly report."""
    duty = next(one for one in report_queries.report_duties(campaign.pk) if one.rule)
    return list(DutyDay.objects.in_force().filter(duty=duty).order_by("due"))


def deploy(scene: Scene) -> None:
    """Every step has units that stand on it: nothing moved, received, planned, launched, reported."""
    rows = list(Deployment.objects.filter(campaign=scene.campaign).order_by("unit_id"))
    for place_, row in enumerate(rows):
        far = scene.draw.choices(range(5), (1, 2, 2, 3, 12))[0] if place_ >= scene.sizes.pledges else 4
        days = sorted(scene.draw.sample(range(1, 80), 4))
        moments = [row.sent_at + datetime.timedelta(days=days[step], hours=step) for step in range(far)]
        names = ("received_at", "planned_at", "launched_at", "reported_at")
        for name, moment in zip(names, moments, strict=False):
            setattr(row, name, moment)
        row.received_by = scene.by if far else None
        row.moved_at = row.last_moment()
    fields = ["received_at", "received_by", "planned_at", "launched_at", "reported_at", "moved_at"]
    Deployment.objects.bulk_update(rows, fields, batch_size=200)


# Pledges --------------------------------------------------------------------------------------------------------------


def pledge(scene: Scene) -> None:
    """Departments, districts and communes first, each with many works, then schools and enterprises."""
    homes, draw = scene.units[: scene.sizes.pledges], scene.draw
    at = scene.campaign.launched_at + datetime.timedelta(days=40)
    own = {
        unit: "accepted" if int(name.removeprefix("bench")) % 4 else "returned"
        for name, unit in Membership.objects.values_list("user__username", "unit")
    }
    write_rows(
        Pledge,
        (
            Pledge(
                campaign=scene.campaign, unit=unit, state=state, revision=3, edited_by=scene.by, edited_at=at,
                submitted_by=scene.by, submitted_at=at, late=draw.random() < 0.08,
                decided_by=scene.by if state in ("accepted", "returned") else None,
                decided_at=at if state in ("accepted", "returned") else None,
                reason="Bổ sung mốc hoàn thành từng công trình." if state == "returned" else "",
            )
            for unit in homes
            for state in [own.get(unit.pk) or draw.choice(STATES)]
        ),
    )  # fmt: skip
    pledges = list(Pledge.objects.filter(campaign=scene.campaign).order_by("unit_id").values_list("pk", flat=True))
    write_rows(PledgedTarget, _targets(scene, pledges))
    write_rows(PledgedWork, _works(scene, pledges))
    _know_alike(scene)


def _targets(scene: Scene, pledges: Sequence[int]) -> Iterator[PledgedTarget]:
    first = pledge_queries.first_targets(scene.campaign)
    for pledge_ in pledges:
        left = set(scene.draw.sample(range(len(first)), len(first) - TAKEN))
        for row in first:
            aim = _part(row, len(pledges))
            value = aim * scene.draw.uniform(1, 1.05) if aim is not None and row.op != "<=" else aim
            yield PledgedTarget(
                pledge_id=pledge_, source=row.source, token=row.token, place=row.place, indicator=row.indicator,
                op=row.op, value=round(value, 1) if value is not None else None, value_max=row.value_max,
                measure=row.measure, strict=row.strict, due=row.due, baseline=aim and round(aim * 0.9, 1),
                base_year=scene.campaign.start.year - 1, left_out=row.place in left,
                why="Không thuộc chức năng của đơn vị" if row.place in left else "",
            )  # fmt: skip


def _part(row: PledgedTarget, units: int) -> float | None:
    """What a unit takes on: the plan's number where it is each unit's own, else its part of what all reach."""
    whole = row.source.value if row.source else None
    return row.value if row.value is not None or whole is None else whole / units


def _works(scene: Scene, pledges: Sequence[int]) -> Iterator[PledgedWork]:
    """The first units have three times as many as the last; one in twenty-five is another's in other words."""
    draw, start, names = scene.draw, scene.campaign.start, list[str]()
    weights = [3 - 2 * place_ / len(pledges) for place_ in range(len(pledges))]
    for number, pledge_ in enumerate(sorted(draw.choices(pledges, weights, k=scene.sizes.works))):
        copy = names and draw.random() < ALIKE
        name = nearly(draw.choice(names), draw) if copy else work_name(draw)
        names.append(name)
        begin = start + datetime.timedelta(days=draw.randint(5, 200))
        yield PledgedWork(
            pledge_id=pledge_, campaign=scene.campaign, token=uuid.UUID(int=number + 1), place=number, name=name,
            where=where(draw) if draw.random() < 0.4 else "",
            start_due=begin if draw.random() < 0.7 else None,
            finish_due=begin + datetime.timedelta(days=draw.randint(20, 150)),
        )  # fmt: skip


def _know_alike(scene: Scene) -> None:
    """Works of one name know of each other, as their saving would have told them."""
    seen: dict[str, int] = {}
    found = []
    for work in PledgedWork.objects.filter(campaign=scene.campaign).only("pk", "words").order_by("pk"):
        first = seen.setdefault(work.words, work.pk)
        if first != work.pk:
            work.alike = [{"work": first, "score": 100}]
            found.append(work)
    PledgedWork.objects.bulk_update(found, ["alike"], batch_size=500)


def note_doubts(scene: Scene) -> None:
    """What the core finds in pledges whose works are another's too, kept as their handing in would have kept it."""
    works = PledgedWork.objects.filter(campaign=scene.campaign).exclude(alike=[])
    chosen = sorted(set(works.values_list("pledge_id", flat=True)))[:LOOKED_AT]
    changed = []
    for row in Pledge.objects.filter(pk__in=chosen).select_related("campaign__unit", "unit"):
        doubts = pledge_checks.check(row, on=timezone.localdate(row.submitted_at)).doubts
        row.findings, row.doubts = msgspec.to_builtins(doubts), len(doubts)
        changed.append(row)
    Pledge.objects.bulk_update(changed, ["findings", "doubts"], batch_size=100)


# Reports --------------------------------------------------------------------------------------------------------------


def report(scene: Scene) -> None:
    """Quarter by quarter until there are as many values as wanted: the last quarter is still coming in."""
    left = scene.sizes.values // TAKEN
    pledged = list(Pledge.objects.filter(campaign=scene.campaign).order_by("unit_id").values_list("unit_id", flat=True))
    for number, day in enumerate(scene.quarters, 1):
        units = pledged[: max(0, left)]
        left -= len(units)
        _quarter(scene, day, units, number)
    last = ReportedWork.objects.filter(work=OuterRef("pk")).order_by("-report__day__due")
    PledgedWork.objects.filter(campaign=scene.campaign).update(
        started_on=Subquery(last.values("started_on")[:1]), finished_on=Subquery(last.values("finished_on")[:1])
    )


def _quarter(scene: Scene, day: DutyDay, units: Sequence[int], number: int) -> None:
    draw, by = scene.draw, scene.by
    reports = []
    for unit in units:
        sent = min(day.due + datetime.timedelta(days=round(draw.gauss(-2, 3))), scene.today)
        at = timezone.make_aware(datetime.datetime.combine(sent, datetime.time(15, draw.randint(0, 59))))
        reports.append(
            Report(
                day=day, unit_id=unit, state="sent", revision=4, edited_by=by, edited_at=at, presented_by=by,
                presented_at=at, signed_by=by, signed_at=at, signed_as="Đơn vị", sent_on=sent,
                narrative=f"Quý {number}: đơn vị triển khai đúng kế hoạch; khó khăn chính là nguồn vốn đối ứng.",
            )
        )  # fmt: skip
    write_rows(Report, reports)
    write_rows(DutyDone, (DutyDone(day=day, unit_id=row.unit_id, by=by, at=row.signed_at) for row in reports))
    of_unit = dict(Report.objects.filter(day=day).values_list("unit_id", "pk"))
    share = number / len(scene.quarters)
    write_rows(ReportedValue, _values(scene, of_unit, share))
    write_rows(ReportedWork, _reported_works(scene, of_unit, share))


def _values(scene: Scene, of_unit: dict[int, int], share: float) -> Iterator[ReportedValue]:
    rows = PledgedTarget.objects.taken().filter(pledge__campaign=scene.campaign, pledge__unit__in=list(of_unit))
    for pk, unit, value in rows.order_by("pk").values_list("pk", "pledge__unit_id", "value"):
        came = round((value or 1) * (0.4 + 0.6 * share) * scene.draw.uniform(0.85, 1.1), 1)
        yield ReportedValue(report_id=of_unit[unit], target_id=pk, value=came)


def _reported_works(scene: Scene, of_unit: dict[int, int], share: float) -> Iterator[ReportedWork]:
    rows = PledgedWork.objects.filter(campaign=scene.campaign, pledge__unit__in=list(of_unit)).order_by("pk")
    for pk, unit, begin, finish in rows.values_list("pk", "pledge__unit_id", "start_due", "finish_due"):
        percent = min(100, round(100 * share * scene.draw.uniform(0.6, 1.3)))
        done = finish + datetime.timedelta(days=scene.draw.randint(-25, 5)) if percent == 100 else None
        yield ReportedWork(
            report_id=of_unit[unit], work_id=pk, percent=percent, started_on=begin,
            finished_on=min(max(done, begin or done), scene.today) if done else None,
        )  # fmt: skip
