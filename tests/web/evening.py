"""The evening of a deadline: every unit writes, presents and signs its report through the real pages, every button is
pressed twice at once, the worker and the server are killed meanwhile; afterwards the database is asked.

`furnish` and `found` run inside the site's own process, `Evening` outside of it.
"""

from __future__ import annotations

import http.client
import io
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from web.processes import Site, kill_group

TARGETS = (
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98%",
    "Tỷ lệ hồ sơ nộp trực tuyến đạt 70%",
    "Tỷ lệ văn bản điện tử có ký số đạt 100%",
    "Trồng mới 200 cây xanh",
    "Tỷ lệ người dân hài lòng đạt 95%",
)
PLAN = """UBND TỈNH THỬ
Số: 9/KH-UBND

KẾ HOẠCH
Phát động phong trào thi đua

I. THỜI GIAN
Phong trào thi đua được thực hiện từ ngày {start} đến ngày {end}.

II. CHỈ TIÊU
{targets}

III. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành gửi báo cáo kết quả thực hiện về Sở Nội vụ trước ngày {due}.
"""
PASSES = 200
STATE = re.compile(r'<h2 id="acts-title">([^<]*)</h2>')
WRITING, WAITING, SENT = "Đang soạn", "Chờ lãnh đạo ký", "Đã gửi"


# Inside the site ------------------------------------------------------------------------------------------------------


def furnish(count: int) -> dict[str, Any]:
    """A province with so many departments, each with a clerk and a head who are signed in, and an accepted pledge."""
    import datetime

    from django.utils import timezone

    from thidua_web.accounts.models import User
    from thidua_web.campaigns.models import DutyDay
    from thidua_web.progress.queries.reports import is_report
    from thidua_web.register.models import Unit

    now = timezone.now()
    since = now - datetime.timedelta(days=200)
    units = _make_units(count)
    people = _make_people(units)
    campaign = _launch(units[0], User.objects.get(username="head-0"), User.objects.get(username="clerk-0"), since)
    day = next(one for one in DutyDay.objects.select_related("duty") if one.day and is_report(one.duty))
    homes = list(Unit.objects.filter(pk__in=[unit.pk for unit in units[1:]]).order_by("pk"))
    _pledge(campaign, homes, people, now)
    targets, works = _taken_on(campaign, "PledgedTarget"), _taken_on(campaign, "PledgedWork")
    sessions = {user.username: _session(user) for user in User.objects.order_by("pk")}
    return {
        "day": day.pk,
        "units": [
            {
                "unit": unit.pk,
                "clerk": sessions[f"clerk-{number}"],
                "head": sessions[f"head-{number}"],
                "mail": f"head-{number}@example.org",
                "targets": targets[unit.pk],
                "works": works[unit.pk],
            }
            for number, unit in enumerate(homes, 1)
        ],
    }


def _make_units(count: int) -> list[Any]:
    from thidua_web.register.actions.units import create_unit
    from web.cast import LONG_AGO

    province = create_unit(code="T", name="UBND tỉnh Thử", kind="province", parent=None, valid_from=LONG_AGO)
    below = (
        create_unit(code=f"S{n}", name=f"Sở số {n}", kind="department", parent=province, valid_from=LONG_AGO)
        for n in range(1, count + 1)
    )
    return [province, *below]


def _make_people(units: Sequence[Any]) -> dict[int, dict[str, Any]]:
    from thidua_web.accounts.access import Role
    from thidua_web.accounts.models import Membership, User
    from web.cast import LONG_AGO

    people: dict[int, dict[str, Any]] = {}
    for number, unit in enumerate(units):
        for role in (Role.CLERK, Role.HEAD):
            name = f"{role.value}-{number}"
            user = User.objects.create(
                username=name, full_name=f"Người {name}", email=f"{name}@example.org", is_demo=True
            )
            Membership.objects.create(user=user, unit=unit, role=role, valid_from=LONG_AGO)
            people.setdefault(unit.pk, {})[role.value] = user
    return people


def _launch(unit: Any, head: Any, clerk: Any, at: Any) -> Any:
    """By the product's own acts; the report is due today."""
    import datetime

    from django.utils import timezone

    from thidua_web.campaigns.actions.launches import launch, prepare
    from thidua_web.campaigns.actions.plans import upload_plan
    from thidua_web.campaigns.models import Campaign, PlanDocument, ReviewedFact
    from thidua_web.campaigns.tasks import read_plan

    today = timezone.localdate()
    days = {
        "start": today - datetime.timedelta(days=199),
        "end": today + datetime.timedelta(days=30),
        "due": today,
    }
    said = {name: f"{day.day:02} tháng {day.month:02} năm {day.year}" for name, day in days.items()}
    targets = "\n".join(f"{number}. {words}." for number, words in enumerate(TARGETS, 1))
    text = PLAN.format(targets=targets, **said).encode()
    uploaded = upload_plan(source=io.BytesIO(text), name="ke-hoach.txt", unit=unit, by=clerk, at=at)
    assert uploaded.document is not None
    read_plan(uploaded.document.pk)
    document = PlanDocument.objects.get(pk=uploaded.document.pk)
    ReviewedFact.objects.filter(document=document).update(verdict="accepted")
    edition = prepare(document=document, by=clerk, at=at).edition
    assert edition is not None
    assert launch(edition=edition, by=head, at=at)
    return Campaign.objects.get(pk=edition.campaign_id)


def _pledge(campaign: Any, units: Sequence[Any], people: dict[int, dict[str, Any]], at: Any) -> None:
    """Every unit has taken on all targets of the campaign and two works, and was accepted."""
    import uuid

    from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork
    from thidua_web.progress.queries.pledges import first_targets

    rows = [
        Pledge(campaign=campaign, unit=unit, state="accepted", edited_by=people[unit.pk]["clerk"], edited_at=at)
        for unit in units
    ]
    Pledge.objects.bulk_create(rows)
    rows = list(Pledge.objects.filter(campaign=campaign).select_related("unit"))
    targets = [_of(pledge, target) for pledge in rows for target in first_targets(campaign)]
    works = [
        PledgedWork(
            pledge=pledge, campaign=campaign, token=uuid.uuid4(), place=part, finish_due=campaign.end,
            name=f"Sửa trụ sở {pledge.unit.name}, hạng mục {part}",
        )
        for pledge in rows
        for part in (1, 2)
    ]  # fmt: skip
    PledgedTarget.objects.bulk_create(targets, batch_size=1000)
    PledgedWork.objects.bulk_create(works, batch_size=1000)


def _of(pledge: Any, target: Any) -> Any:
    target.pledge = pledge
    target.value = target.source.value
    return target


def _taken_on(campaign: Any, model: str) -> dict[int, list[int]]:
    """By unit the numbers of its targets or works."""
    from thidua_web.progress import models

    found: dict[int, list[int]] = {}
    rows = getattr(models, model).objects.filter(pledge__campaign=campaign).order_by("pk")
    for unit, pk in rows.values_list("pledge__unit", "pk"):
        found.setdefault(unit, []).append(pk)
    return found


def _session(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def found() -> dict[str, Any]:
    """What the database holds after the evening."""
    from django.db.models import Count
    from django.utils import timezone

    from thidua_web.campaigns.models import Deployment, DutyDone
    from thidua_web.journal.models import JournalLine
    from thidua_web.journal.verifying import check_journal
    from thidua_web.notices.models import Letter, Notice
    from thidua_web.progress.models import Report, ReportedValue, ReportedWork

    acts = JournalLine.objects.filter(act__startswith="report.", subject_kind="report")
    waiting = Notice.objects.filter(kind="report.waiting")
    return {
        "reports": list(Report.objects.order_by("unit").values_list("unit", "state", "narrative")),
        "values": list(ReportedValue.objects.values_list("report__unit", "target", "value")),
        "works": list(ReportedWork.objects.values_list("report__unit", "work", "percent")),
        "done": list(DutyDone.objects.values_list("unit", flat=True)),
        "reported": list(Deployment.objects.filter(reported_at__isnull=False).values_list("unit", flat=True)),
        "acts": list(acts.values_list("act").annotate(n=Count("pk"), of=Count("subject", distinct=True)).order_by()),
        "told": list(waiting.values_list("user__email", flat=True)),
        "unread": waiting.filter(read_at__isnull=True).count(),
        "letters": dict(
            Letter.objects.filter(notice__in=waiting).values_list("state").annotate(n=Count("pk")).order_by()
        ),
        "faults": check_journal(at=timezone.now(), whole=True).faults,
    }


# Outside --------------------------------------------------------------------------------------------------------------


def site(folder: Path, *, server_database: str, settings: dict[str, str]) -> Site:
    """Not started yet."""
    return Site(folder, server_database=server_database, demo=False, settings=settings)


def call(site: Site, what: str) -> Any:
    return json.loads(
        site.run(f"import json; from web import evening; print(json.dumps(evening.{what}))").splitlines()[-1]
    )


class Person:
    """Somebody at a browser; two connections, so that a double click is two requests at once."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies, self.token = port, f"sessionid={session}", ""

    def get(self, path: str) -> str:
        status, page, cookie = self._ask("GET", path, None)
        assert status == 200, (path, status)
        token = re.search(r"csrftoken=([^;]+)", cookie)
        if token:
            self.token = token[1]
        return page

    def press_twice(self, path: str, fields: dict[str, str]) -> list[int]:
        """The statuses of both answers. Raises OSError or HTTPException where one of them never came."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        answers: list[int | Exception] = []
        start = threading.Barrier(2)

        def click() -> None:
            try:
                start.wait()
                answers.append(self._ask("POST", path, body)[0])
            except (OSError, http.client.HTTPException) as error:
                answers.append(error)

        clicks = [threading.Thread(target=click) for _ in range(2)]
        for one in clicks:
            one.start()
        for one in clicks:
            one.join()
        for one in answers:
            if isinstance(one, Exception):
                raise one
        return [one for one in answers if isinstance(one, int)]

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": f"{self.cookies}; csrftoken={self.token}" if self.token else self.cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie") or ""
        finally:
            connection.close()


@dataclass
class Reporting:
    """One unit's evening. What it types is made of its number, so that every value of every unit is another one."""

    port: int
    day: int
    one: dict[str, Any]
    head_comes_after: float
    again: int = 0
    clicks: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)

    @property
    def typed(self) -> dict[int, float]:
        return {key: self.one["unit"] + place / 10 for place, key in enumerate(self.one["targets"], 1)}

    @property
    def percents(self) -> dict[int, int]:
        return {key: (self.one["unit"] * 7 + place) % 99 + 1 for place, key in enumerate(self.one["works"])}

    @property
    def narrative(self) -> str:
        return f"Đơn vị {self.one['unit']} báo cáo."

    @property
    def page(self) -> str:
        return f"/bao-cao/{self.day}/{self.one['unit']}/"

    def go(self) -> None:
        """Until it is sent: after a lost answer the page is opened again, as a person would."""
        clerk, head = Person(self.port, self.one["clerk"]), Person(self.port, self.one["head"])
        saved = False
        for _ in range(PASSES):
            try:
                page = clerk.get(self.page)
                state = STATE.search(page)[1].strip()  # type: ignore[index]
                if state == SENT:
                    return
                if state == WRITING:
                    self._press(clerk, f"{self.page}luu/", self._form(page) | {"act": "present" if saved else "save"})
                    saved = True
                else:
                    assert state == WAITING, state
                    time.sleep(self.head_comes_after)
                    revision = re.search(r'name="revision" value="(\d+)"', head.get(self.page))
                    if revision:
                        self._press(head, f"{self.page}ky/", {"revision": revision[1]})
            except (OSError, http.client.HTTPException):
                self.again += 1
                time.sleep(0.3)
        raise AssertionError(f"unit {self.one['unit']} never got through")

    def _form(self, page: str) -> dict[str, str]:
        """The form as the browser has it, and what is typed into it."""
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("revision", "tab")}  # type: ignore[index]
        values = {f"v{key}": f"{value}".replace(".", ",") for key, value in self.typed.items()}
        works = {f"p{key}": str(percent) for key, percent in self.percents.items()}
        return hidden | values | works | {"t0": self.narrative}

    def _press(self, person: Person, path: str, fields: dict[str, str]) -> None:
        begun = time.perf_counter()
        statuses = person.press_twice(path, fields)
        self.took.append((time.perf_counter() - begun) * 1000)
        self.clicks.update(statuses)


@dataclass
class Evening:
    """All units within `window` seconds, more of them the nearer its end is; `letters` is the mail server's list."""

    site: Site
    told: dict[str, Any]
    window: float
    letters: Sequence[Any]
    head_comes_after: float = 1.0
    wrong: list[str] = field(default_factory=list)
    lasted: float = 0
    units: list[Reporting] = field(default_factory=list)

    def __post_init__(self) -> None:
        draw = random.Random(15)
        self.units = [
            Reporting(self.site.port, self.told["day"], one, self.head_comes_after * draw.uniform(0.5, 1.5))
            for one in self.told["units"]
        ]
        self.starts = sorted(self.window * draw.random() ** 0.5 for _ in self.units)

    def play(self) -> None:
        """The worker is killed at a third and at two thirds of the window, the server in its middle."""
        begun = time.monotonic()
        people = [
            threading.Thread(target=partial(self._one, unit, begun + start))
            for unit, start in zip(self.units, self.starts, strict=True)
        ]
        people += [
            threading.Thread(target=partial(self._at, begun + self.window * share, act))
            for share, act in ((1 / 3, self._kill_worker), (1 / 2, self._kill_server), (2 / 3, self._kill_worker))
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        self.lasted = time.monotonic() - begun
        assert not self.wrong, self.wrong[:5]

    def _one(self, unit: Reporting, start: float) -> None:
        self._at(start, unit.go)

    def _at(self, moment: float, act: Any) -> None:
        try:
            time.sleep(max(0.0, moment - time.monotonic()))
            act()
        except Exception as error:
            self.wrong.append(repr(error))

    def _kill_worker(self) -> None:
        kill_group(self.site.worker)
        self.site.start_worker()

    def _kill_server(self) -> None:
        self.site.kill_server()
        time.sleep(0.5)
        self.site.start_server()

    def settled(self, *, patience: float) -> dict[str, Any]:
        """What the database holds; waits so many seconds for letters that a killed worker had in hand."""
        end = time.monotonic() + patience
        while (now := call(self.site, "found()"))["letters"].keys() & {"waiting", "sending"}:
            if time.monotonic() > end:
                break
            time.sleep(2)
        return now

    def faults(self, now: dict[str, Any]) -> Iterator[str]:
        """Whatever is not as it must be."""
        units = {unit.one["unit"]: unit for unit in self.units}
        reports = {unit: (state, narrative) for unit, state, narrative in now["reports"]}
        wanted = {unit: ("sent", one.narrative) for unit, one in units.items()}
        yield from _differ("reports", [*reports.items()], [*wanted.items()], len(now["reports"]))
        values = [(unit, key, value) for unit, one in units.items() for key, value in one.typed.items()]
        yield from _differ("values", [tuple(row) for row in now["values"]], values)
        works = [(unit, key, value) for unit, one in units.items() for key, value in one.percents.items()]
        yield from _differ("works", [tuple(row) for row in now["works"]], works)
        yield from _differ("duty days marked", now["done"], [*units])
        yield from _differ("deployments reported", now["reported"], [*units])
        yield from _differ("notices", now["told"], [one.one["mail"] for one in self.units])
        for act, times, of in now["acts"]:
            if act in {"report.begun", "report.presented", "report.signed"} and not times == of == len(units):
                yield f"journal: {act} {times} times of {of} reports, {len(units)} units"
        if {row[0] for row in now["acts"]} < {"report.begun", "report.presented", "report.signed"}:
            yield f"journal: only {now['acts']}"
        if now["unread"]:
            yield f"{now['unread']} notices of signed reports still ask for a signature"
        if now["faults"]:
            yield f"the journal does not verify: {now['faults'][:3]}"
        yield from self._letters_twice()
        for unit in self.units:
            if set(unit.clicks) - {302}:
                yield f"unit {unit.one['unit']}: a click was answered {dict(unit.clicks)}"

    def _letters_twice(self) -> Iterator[str]:
        """Nobody is written to twice of one thing, whoever was killed while sending."""
        sent = Counter((one["To"], one["Subject"]) for one in self.letters)
        yield from (
            f"{address} got {times} letters “{subject}”" for (address, subject), times in sent.items() if times > 1
        )


def _differ(what: str, found: list[Any], wanted: list[Any], rows: int | None = None) -> Iterator[str]:
    if rows is not None and rows != len(wanted):
        yield f"{what}: {rows} rows for {len(wanted)}"
    lost, more = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    if lost:
        yield f"{what} lost: {list(lost.items())[:5]} ({sum(lost.values())})"
    if more:
        yield f"{what} too many or changed: {list(more.items())[:5]} ({sum(more.values())})"
