"""What the register of Minh Giang does not say and criteria ask: groups, judgements, works, a discipline, an
inspection, deeds. Enough that some meet a title, some wait to be judged, some nearly do and some lack data.
"""

from __future__ import annotations

import datetime
from typing import Any

from thidua_web.accounts.models import User
from thidua_web.demo.days import moment
from thidua_web.eligibility.actions import completeness, deeds, facts
from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.eligibility.models.facts import RecordKind
from thidua_web.register.models import AwardRecord, Person, Unit

YEAR = 2025
SINCE = 2021
TOP, OFFICE = "UBND", "SNNMT"
FAR = ("DK-HD", "AL-04")
"""The island and the last commune up the mountains."""
JUDGED = ("SNNMT", "SNV", "VS-01")
"""Units whose meetings have judged their people."""
SPIRIT, NO_CASE = "LDTT.spirit", "GENERAL.no_pending_case"
MET = {SPIRIT: "Hội nghị công chức, viên chức nhất trí", NO_CASE: "Cơ quan quản lý, cơ quan kiểm tra xác nhận"}
"""What was answered, and who said so."""
WORKS = (
    ("initiative", "base", "Số hóa sổ theo dõi thủy lợi nội đồng"),
    ("initiative", "province", "Bản đồ cảnh báo xâm nhập mặn bằng dữ liệu mở"),
    ("science", "province", "Quy trình xử lý bao gói thuốc bảo vệ thực vật"),
)
SAVED = "Cứu ba người trong vụ lật ghe trên sông Vàm Sen"
MAPPED = (
    "Xây dựng bản đồ cảnh báo xâm nhập mặn cho 12 xã ven sông Vàm Sen",
    "Có thành tích xuất sắc trong xây dựng bản đồ cảnh báo xâm nhập mặn cho 12 xã ven sông Vàm Sen",
)
TAUGHT = "Tập huấn phân loại rác tại nguồn"
REPORTS = (
    "Trong sáu tháng, tôi đã xuống từng ấp của ba xã ven biển, mở 18 buổi tập huấn phân loại rác ngay tại nhà văn hóa, "
    "phát 2.400 thùng hai ngăn mua bằng tiền bán phế liệu, và giữ được lịch thu gom riêng rác hữu cơ ba ngày một lần.",
    "Được sự quan tâm của lãnh đạo, trong sáu tháng tôi đã xuống từng ấp của ba xã ven biển, mở 18 buổi tập huấn phân "
    "loại rác ngay tại nhà văn hóa, phát 2.400 thùng hai ngăn mua bằng tiền bán phế liệu. Bà con ghi nhận.",
)
"""The second is written over the first."""


def make_facts(*, on: datetime.date) -> None:
    """Once, through the product's own acts."""
    if RecordedFact.objects.exists():
        return
    clerk, at = User.objects.get(username="vanthu"), moment(on, -20, 9)
    top = Unit.objects.get(code=TOP)
    facts.record_fact(of=top, kind=FactKind.MEMBERS_GROUP, code="staff", by=clerk, at=at)
    for unit, area in {TOP: "elsewhere", **dict.fromkeys(FAR, "border")}.items():
        facts.record_fact(of=Unit.objects.get(code=unit), kind=FactKind.AREA, code=area, by=clerk, at=at)
    for kind in RecordKind.values:
        said = {"from_year": SINCE, "reason": f"Đã đối chiếu với hồ sơ lưu từ năm {SINCE}"}
        completeness.declare(unit=top, kind=kind, **said, by=clerk, at=at)
    _judge(clerk, at)
    _record(clerk, at, on)


def _people(code: str) -> list[Person]:
    units = Unit.objects.within([Unit.objects.get(code=code).path])
    return list(Person.objects.filter(unit__in=units, merged_into=None).select_related("unit").order_by("pk"))


def _judge(by: User, at: datetime.datetime) -> None:
    """The last of each unit has not been judged yet."""
    said: dict[str, Any] = {"kind": FactKind.ANSWER, "year": YEAR, "yes": True}
    for code in JUDGED:
        people = _people(code)
        for question, judged in ((NO_CASE, people), (SPIRIT, people[:-1])):
            for person in judged:
                facts.record_fact(of=person, code=question, title=MET[question], **said, by=by, at=at)


def _record(by: User, at: datetime.datetime, on: datetime.date) -> None:
    people = _people(OFFICE)
    for person, (kind, scope, title) in zip(people, WORKS, strict=False):
        said = {"year": YEAR, "scope": scope, "title": title, "paper": "87/QĐ-SNNMT"}
        facts.record_fact(of=person, kind=kind, **said, by=by, at=at)
    warned = {"since": datetime.date(YEAR, 9, 8), "until": None, "code": "warning", "paper": "214/QĐ-SNNMT"}
    facts.record_fact(of=people[-2], kind=FactKind.DISCIPLINE, **warned, by=by, at=at)
    looked_at = {"since": on - datetime.timedelta(days=40), "paper": "31/QĐ-TTRA"}
    facts.record_fact(of=Unit.objects.get(code="SXD"), kind=FactKind.INSPECTION, **looked_at, by=by, at=at)
    _deed(people[0], by, at)
    _twice(people[1], by, at)
    for person, text in zip(people[2:4], REPORTS, strict=True):
        day = datetime.date(YEAR, 11, 15)
        deeds.record_deed(of=person, title=TAUGHT, text=text, since=None, until=day, by=by, at=at)


def _twice(person: Person, by: User, at: datetime.datetime) -> None:
    """The department and the province commended one work, in two years and in two wordings."""
    given: dict[str, Any] = {"person": person, "recipient_name": person.full_name, "unit_name": person.unit.name}
    AwardRecord.objects.create(
        award="GIAY_KHEN",
        title="Giấy khen của Giám đốc Sở",
        year=YEAR - 1,
        decision="402/QĐ-SNNMT",
        merit=MAPPED[0],
        **given,
    )
    AwardRecord.objects.create(
        award="BANG_KHEN_TINH",
        title="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        year=YEAR,
        decision="655/QĐ-UBND",
        merit=MAPPED[1],
        **given,
    )


def _deed(person: Person, by: User, at: datetime.datetime) -> None:
    day = datetime.date(YEAR, 10, 12)
    text = "Ngày 12/10/2025 đã lao xuống dòng nước xiết, đưa hai cháu nhỏ và một người già vào bờ."
    deed = deeds.record_deed(of=person, title=SAVED, text=text, since=day, until=day, by=by, at=at)
    award = AwardRecord.objects.create(
        person=person,
        award="BANG_KHEN_TINH",
        title="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        year=YEAR,
        merit=SAVED,
        decision="2871/QĐ-UBND",
        decided_on=datetime.date(YEAR, 10, 20),
        issuer="Chủ tịch Ủy ban nhân dân tỉnh Minh Giang",
        recipient_name=person.full_name,
        unit_name=person.unit.name,
    )
    deeds.note_award(award=award, merit="sudden", code="", deed=deed, by=by, at=at)
