"""A simulated province of sixty units that carries out the plans of three real provinces, by the product's own acts.

What happens, and when, stands in province_year.py. The plans' texts lie outside of the repository. The name of the real
province gives way to the simulated one's; nothing else of a plan is changed.
"""

from __future__ import annotations

import datetime
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.actions import launches, reviews
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import Campaign, DutyDay, PlanDocument, ReviewedFact
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.tasks import read_plan
from thidua_web.progress.actions import pledges, reports
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork, Report
from thidua_web.progress.queries import pledges as pledge_queries
from thidua_web.progress.queries.reports import report_duties
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Appointment, Person, Unit

LONG_AGO = datetime.date(2004, 1, 1)
PASSWORD = "MinhGiang2026"
NAMES = {"tra-vinh-128": "Trà Vinh", "hau-giang-du-thao": "Hậu Giang", "thai-nguyen-dai-hoi": "Thái Nguyên"}
DEPARTMENTS = (
    "Văn phòng Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Xây dựng",
    "Sở Công Thương", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Y tế", "Sở Giáo dục và Đào tạo",
    "Sở Thông tin và Truyền thông", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp", "Thanh tra tỉnh",
    "Sở Lao động - Thương binh và Xã hội",
)  # fmt: skip
DISTRICTS = ("huyện Vàm Sen", "huyện Long Hải", "huyện An Lĩnh", "thị xã Bình Tân", "thành phố Minh Giang")
COMMUNES = ("Tân Lộc", "Mỹ Thạnh", "Hòa Bình", "Phước An", "Thạnh Phú")
SCHOOLS = ("Vàm Sen", "Long Hải", "An Lĩnh", "Bình Tân", "Minh Giang", "Nguyễn Du", "Lê Lợi", "Trần Phú", "Chu Văn An")
ENTERPRISES = (
    "Công ty Cổ phần Dừa Minh Giang", "Công ty TNHH Thủy sản Vàm Sen", "Công ty Cổ phần May Long Hải",
    "Công ty TNHH Cơ khí An Lĩnh", "Công ty Cổ phần Cấp nước", "Công ty TNHH Đóng tàu Bình Tân",
)  # fmt: skip


def moment(day: datetime.date, hour: int = 9) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def text_of(name: str, raw: str) -> str:
    """A real plan's words under the simulated province's name."""
    place = NAMES[name]
    return raw.replace(place, "Minh Giang").replace(place.upper(), "MINH GIANG")


@dataclass
class Province:
    """Units by code, and the two people of each: a clerk and a head."""

    units: dict[str, Unit] = field(default_factory=dict)
    clerks: dict[str, User] = field(default_factory=dict)
    heads: dict[str, User] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)

    def of(self, kind: str) -> list[Unit]:
        """In the order in which they were made."""
        return [unit for unit in self.units.values() if unit.kind == kind]

    def clerk(self, unit: Unit) -> User:
        return self.clerks[unit.code]

    def head(self, unit: Unit) -> User:
        return self.heads[unit.code]


def found_province() -> Province:
    """Sixty units: the province, 14 departments, 5 districts with 5 communes each, 6 enterprises, 9 schools."""
    made = Province()
    _make(made, "MG", "Ủy ban nhân dân tỉnh Minh Giang", "province", "")
    for number, name in enumerate(DEPARTMENTS):
        _make(made, f"S{number:02}", name, "department", "MG")
    for number, name in enumerate(DISTRICTS):
        _make(made, f"H{number}", f"Ủy ban nhân dân {name}", "district", "MG")
        for part, place in enumerate(COMMUNES):
            kind, word = ("ward", "phường") if part == 0 and number > 2 else ("commune", "xã")
            _make(made, f"H{number}-{part}", f"Ủy ban nhân dân {word} {place} {number + 1}", kind, f"H{number}")
    for number, name in enumerate(ENTERPRISES):
        _make(made, f"D{number}", name, "enterprise", "MG")
    for number, name in enumerate(SCHOOLS):
        _make(made, f"T{number}", f"Trường Trung học phổ thông {name}", "school", "S08")
    _staff(made)
    return made


def _make(made: Province, code: str, name: str, kind: str, parent: str) -> None:
    above = made.units[parent] if parent else None
    made.units[code] = create_unit(code=code, name=name, kind=kind, parent=above, valid_from=LONG_AGO)


def _staff(made: Province) -> None:
    """Usernames are the code with the role: `mg-clerk`, `h0-head`. The head has a post in the register, too."""
    password = make_password(PASSWORD)
    for unit in made.units.values():
        for role, users in ((Role.CLERK, made.clerks), (Role.HEAD, made.heads)):
            name = f"{unit.code.lower()}-{role.value}"
            person = Person.objects.create(full_name=f"Nguyễn Văn {unit.code}", unit=unit, position=str(role.label))
            Appointment.objects.create(
                person=person, unit=unit, position=person.position, is_head=role is Role.HEAD, valid_from=LONG_AGO
            )
            user = User.objects.create(
                username=name, full_name=f"Người {name}", person=person, password=password, is_demo=True
            )
            Membership.objects.create(user=user, unit=unit, role=role, valid_from=LONG_AGO)
            users[unit.code] = user
    for name, role in (
        ("mg-auditor", Role.AUDITOR),
        ("mg-admin", Role.ADMINISTRATOR),
        ("mg-appraiser", Role.APPRAISER),
    ):
        user = User.objects.create(username=name, full_name=f"Người {name}", password=password, is_demo=True)
        Membership.objects.create(user=user, unit=made.units["MG"], role=role, valid_from=LONG_AGO)


# Plans ---------------------------------------------------------------------------------------------------------------


def launch(
    made: Province,
    unit: Unit,
    text: str,
    day: datetime.date,
    *,
    carries_out: Campaign | None = None,
    who: Mapping[str, str] | None = None,
) -> Campaign:
    """Uploaded by the clerk, read, every fact accepted, laid before the head, launched by the head.

    `who` is what the clerk corrects first: by words of a fact, whom it addresses.
    """
    at = moment(day)
    uploaded = upload_plan(
        source=io.BytesIO(text.encode()), name=f"ke-hoach-{unit.code}.txt", unit=unit, by=made.clerk(unit), at=at,
        carries_out=carries_out,
    )  # fmt: skip
    assert uploaded.document is not None, uploaded.error
    read_plan(uploaded.document.pk)
    document = PlanDocument.objects.get(pk=uploaded.document.pk)
    _review(document, made.clerk(unit), at, who or {})
    done = launches.prepare(document=document, by=made.clerk(unit), at=at)
    assert done.edition is not None, done.refusal
    assert launches.launch(edition=done.edition, by=made.head(unit), at=moment(day, 10))
    return Campaign.objects.get(pk=done.edition.campaign_id)


def _review(document: PlanDocument, by: User, at: datetime.datetime, who: Mapping[str, str]) -> None:
    rows = ReviewedFact.objects.filter(document=document)
    for words, party in who.items():
        asked = rows.filter(kind__in=("deadlines", "tasks"))
        row = next(row for row in asked if words in row.fact["quote"])
        actor = reviews.Actor(by, at, uuid.uuid4())
        reviews.correct(
            document=document, key=row.key, values={"who": party}, span=None, seen=row.revision, actor=actor
        )
    for kind in rows.filter(verdict="pending").order_by().values_list("kind", flat=True).distinct():
        actor = reviews.Actor(by, at, uuid.uuid4())
        reviews.decide_kind(document=document, act=ReviewAct.ACCEPT_KIND, kind=kind, seen=10**6, actor=actor)


# Pledges -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Promise:
    """What a unit takes on: the campaign's targets at these places (others are left out), own ones, works.

    `own` rows have the fields of a pledged target; of `works` each is a name with the day it is to be finished.
    """

    takes: Sequence[int] = ()
    own: Sequence[Mapping[str, Any]] = ()
    works: Sequence[tuple[str, datetime.date]] = ()
    note: str = ""


def write_pledge(made: Province, campaign: Campaign, unit: Unit, promise: Promise, day: datetime.date) -> Pledge:
    """Saved, not handed in. What was gathered from below stays in it."""
    before = Pledge.objects.filter(campaign=campaign, unit=unit).first()
    targets = []
    for place, row in enumerate(pledge_queries.first_targets(campaign)):
        values = {name: getattr(row, name) for name in pledge_queries.TARGET_FIELDS} | {"token": row.token}
        left = place not in promise.takes
        # Whoever takes a target of the province's on, takes on all of it.
        values |= {"value": row.source.value, "value_max": row.source.value_max} if row.source else {}
        targets.append(values | {"left_out": left, "why": "Không thuộc nhiệm vụ của đơn vị" if left else ""})
    targets += [{"token": uuid.uuid4(), "op": ">=", "due": campaign.end, **row} for row in promise.own]
    works: list[dict[str, Any]] = [
        {"token": uuid.uuid4(), "name": name, "finish_due": due} for name, due in promise.works
    ]
    if before is not None:
        gathered = before.works.filter(part_of__isnull=False)
        works += [
            {name: getattr(row, name) for name in pledge_queries.WORK_FIELDS} | {"token": row.token} for row in gathered
        ]
    saved = pledges.save(
        campaign=campaign, unit=unit, draft=pledges.Draft(targets, works, promise.note),
        seen=before.revision if before else 0, token=uuid.uuid4(), by=made.clerk(unit), at=moment(day),
    )  # fmt: skip
    assert saved.standing is pledges.Standing.SAVED
    return saved.pledge


def hand_in(made: Province, pledge: Pledge, day: datetime.date) -> pledges.Submitted:
    pledge.refresh_from_db()
    return pledges.submit(pledge=pledge, seen=pledge.revision, by=made.clerk(pledge.unit), at=moment(day, 10))


def accept(made: Province, pledge: Pledge, day: datetime.date) -> None:
    pledge.refresh_from_db()
    by = made.clerk(pledge.campaign.unit)
    assert pledges.accept(pledge=pledge, seen=pledge.revision, by=by, at=moment(day, 11))


def pledge(made: Province, campaign: Campaign, unit: Unit, promise: Promise, day: datetime.date) -> Pledge:
    """Written, handed in, accepted the next day."""
    row = write_pledge(made, campaign, unit, promise, day)
    done = hand_in(made, row, day)
    assert done.refusal is None, (unit.name, done)
    accept(made, row, day + datetime.timedelta(days=1))
    row.refresh_from_db()
    return row


# Reports -------------------------------------------------------------------------------------------------------------


def report(
    made: Province,
    day: DutyDay,
    unit: Unit,
    sent: datetime.date,
    *,
    share: float,
    finished: Mapping[str, datetime.date] | None = None,
) -> Report:
    """Written by the clerk, presented, signed by the head. `share` of every target's way is reached; of the works
    those `finished` are done, the others as far as the share.
    """
    cells = cells_for(day.duty.campaign_id, unit, share, finished or {})
    at = moment(sent, 14)
    saved = reports.save(day=day, unit=unit, cells=cells, seen=0, tab="", by=made.clerk(unit), at=at)
    assert saved.report is not None, saved
    row = saved.report
    assert reports.present(report=row, seen=row.revision, by=made.clerk(unit), at=at) is reports.Moved.DONE
    signed = reports.sign(report=row, seen=row.revision, by=made.head(unit), at=moment(sent, 15))
    assert signed is reports.Moved.DONE, signed
    return row


def cells_for(campaign: int, unit: Unit, share: float, finished: Mapping[str, datetime.date]) -> dict[str, Any]:
    targets = PledgedTarget.objects.taken().filter(pledge__campaign=campaign, pledge__unit=unit)
    works = PledgedWork.objects.taken().filter(pledge__campaign=campaign, pledge__unit=unit)
    cells: dict[str, Any] = {"t0": f"{unit.name} đạt {share:.0%} kế hoạch."}
    for row in targets:
        value = came(row, share)
        cells |= {f"v{row.pk}": value} if value is not None else {f"n{row.pk}": "Đang thực hiện"}
    for row in works:
        done = finished.get(row.name)
        cells |= {f"p{row.pk}": 100, f"f{row.pk}": done} if done else {f"p{row.pk}": min(99, round(share * 100))}
    return cells


def came(row: PledgedTarget, share: float) -> float | None:
    """How far a target has come: from nothing up to its value; one that must stay below is kept at four fifths."""
    aim = row.value if row.value is not None else row.value_max
    if aim is None:
        return None
    return round(aim * 0.8, 3) if row.op == "<=" else round(aim * share, 3)


def days_of(campaign: Campaign, *, words: str = "bao cao") -> list[DutyDay]:
    """Of duties that ask for a report, in order."""
    rows = [duty.pk for duty in report_duties(campaign.pk) if words in duty.folded]
    days = DutyDay.objects.in_force().filter(duty__in=rows, due__isnull=False)
    return list(days.select_related("duty__campaign").order_by("due"))
