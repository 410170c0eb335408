"""The campaign of the demo reaches its units: some have received it, pledged and reported, others have not moved.

Through the product's own acts. Days are counted from the day on which the demo is made.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any, NamedTuple

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions import deployments
from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.demo.days import moment
from thidua_web.progress.actions import pledges, reports
from thidua_web.progress.actions.pledges import Draft
from thidua_web.progress.models import Pledge
from thidua_web.progress.queries import pledges as pledged
from thidua_web.progress.queries.reports import content
from thidua_web.register.models import Unit

RECEIVED = (("SNNMT", "vanthu.so", -36), ("SNV", "vanthu.noivu", -35), ("VS-01", "vanthu.xa", -33))
ON_PAPER = (("SNNMT", "vanthu.so", -19, "312/KH-SNNMT"), ("VS-01", "vanthu.xa", -17, "45/KH-UBND"))
MONTHLY = "Báo cáo kết quả hằng tháng"


class Work(NamedTuple):
    name: str
    where: str
    start: int
    finish: int


class Made(NamedTuple):
    """A unit's pledge: what it adds to the campaign's targets, with its numbers by the words of the indicator."""

    unit: str
    by: str
    day: int
    works: tuple[Work, ...]
    numbers: dict[str, tuple[float, float]]
    note: str = ""


# Baseline and number of the targets that the unit takes up.
PLEDGES = (
    Made(
        "SNNMT",
        "vanthu.so",
        -20,
        (
            Work("Xây dựng 12 điểm thu gom bao gói thuốc bảo vệ thực vật", "xã Vàm Sen, xã Long Hải", -33, 40),
            Work("Nâng cấp trạm cấp nước sạch Cồn Én", "xã Cồn Én", -50, -3),
        ),
        {"phân loại tại nguồn": (48, 65), "nước sạch": (89.5, 93), "cây xanh": (0, 60_000), "tập kết rác": (0, 15)},
        "40 điểm tập kết rác là chỉ tiêu cả tỉnh; Sở trực tiếp xóa 15 điểm, còn lại do các xã, phường thực hiện.",
    ),
    Made(
        "SNV",
        "vanthu.noivu",
        -12,
        (Work("Văn phòng không đồ nhựa dùng một lần", "trụ sở Sở Nội vụ", -10, 20),),
        {"cây xanh": (0, 500)},
        "Sở không quản lý địa bàn nên chỉ nhận chỉ tiêu trồng cây và phần việc tại trụ sở.",
    ),
    Made(
        "VS-01",
        "vanthu.xa",
        -6,
        (Work("Trồng hàng cây xanh dọc đường liên ấp 3, ấp 4", "xã Vàm Sen", -2, 45),),
        {"phân loại tại nguồn": (35, 62), "cây xanh": (0, 2_000), "tập kết rác": (0, 3)},
        "Xã còn 3 điểm tập kết rác tự phát.",
    ),
)
ACCEPTED = ("SNNMT", -15)
RETURNED = ("VS-01", -4, "Đề nghị bổ sung mức nước sạch nông thôn năm trước và ấn định chỉ tiêu của xã.")


def follow_campaign(campaign: Campaign, *, on: datetime.date) -> None:
    """What units have done of it so far. Called once, in the transaction of the launch."""
    for code, by, days in RECEIVED:
        deployments.confirm_receipt(deployment=_deployment(campaign, code), by=_user(by), at=moment(on, days, 14))
    for code, by, days, paper in ON_PAPER:
        day = on + datetime.timedelta(days=days)
        row = _deployment(campaign, code)
        deployments.launch_on_paper(deployment=row, on=day, paper=paper, by=_user(by), at=moment(on, days, 15))
    _pledge(campaign, on)
    _report(campaign, on)


def _deployment(campaign: Campaign, code: str) -> Any:
    return campaign.deployments.standing().get(unit__code=code)


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _pledge(campaign: Campaign, on: datetime.date) -> None:
    clerk = _user("vanthu")
    for made in PLEDGES:
        at = moment(on, made.day, 9)
        draft = Draft(_targets(campaign, made, on), [_work(work, on) for work in made.works], made.note)
        who = {"by": _user(made.by), "at": at}
        unit = Unit.objects.get(code=made.unit)
        saved = pledges.save(campaign=campaign, unit=unit, draft=draft, seen=0, token=uuid.uuid4(), **who)
        submitted = pledges.submit(pledge=saved.pledge, seen=saved.pledge.revision, **who)
        if submitted.refusal:
            raise ValueError(f"{made.unit}: {submitted}")
    accepted, returned = (Pledge.objects.get(campaign=campaign, unit__code=row[0]) for row in (ACCEPTED, RETURNED))
    pledges.accept(pledge=accepted, seen=accepted.revision, by=clerk, at=moment(on, ACCEPTED[1], 10))
    pledges.send_back(pledge=returned, reason=RETURNED[2], by=clerk, at=moment(on, RETURNED[1], 10))


def _targets(campaign: Campaign, made: Made, on: datetime.date) -> list[dict[str, Any]]:
    """The campaign's own rows: taken up with the unit's numbers, or left out with the reason."""
    rows = []
    for row in pledged.first_targets(campaign):
        values = pledged.target_values(row)
        found = next((pair for words, pair in made.numbers.items() if words in f"{row.indicator} {row.measure}"), None)
        if found is None:
            values |= {"left_out": True, "why": "Không thuộc phạm vi quản lý của đơn vị."}
        else:
            values |= {"baseline": found[0], "base_year": on.year - 1, "value": found[1]}
        rows.append(values)
    return rows


def _work(work: Work, on: datetime.date) -> dict[str, Any]:
    start, finish = (on + datetime.timedelta(days=days) for days in (work.start, work.finish))
    return {
        "token": uuid.uuid4(),
        "name": work.name,
        "where": work.where,
        "start_due": start,
        "finish_due": finish,
        "note": "",
        "unlike": "",
    }


def _report(campaign: Campaign, on: datetime.date) -> None:
    """The department has sent its first monthly report, half way to its targets and with one work ahead of its day."""
    unit = Unit.objects.get(code="SNNMT")
    days = DutyDay.objects.filter(duty__campaign=campaign, duty__what__startswith=MONTHLY, due__lt=on)
    day = days.select_related("duty__campaign").order_by("-due").first()
    if day is None or day.due is None:
        return
    sent = (day.due - on).days - 2
    cells: dict[str, Any] = {
        "t0": "Đã hướng dẫn phân loại rác đến 100 % xã, phường; phát động tuần lễ không rác thải nhựa."
    }
    shown = content(day, unit.pk, None)
    for target in shown.targets:
        begun = target.baseline or 0
        reached = begun + ((target.value or 0) - begun) * 0.55
        cells[f"v{target.pk}"] = round(reached, 1) if target.measure == "%" else round(reached)
    for number, work in enumerate(shown.works):
        cells |= {f"p{work.pk}": 100 if number else 35, f"s{work.pk}": work.start_due}
        if number:
            cells[f"f{work.pk}"] = on + datetime.timedelta(days=sent - 1)
    clerk, head = _user("vanthu.so"), _user("giamdoc.so")
    saved = reports.save(day=day, unit=unit, cells=cells, seen=0, tab="", by=clerk, at=moment(on, sent, 9))
    if saved.report is not None:
        reports.present(report=saved.report, seen=saved.report.revision, by=clerk, at=moment(on, sent, 10))
        reports.sign(report=saved.report, seen=saved.report.revision, by=head, at=moment(on, sent, 16))
