"""A campaign of the demo's province with quarterly reports, laid in by `site.run` for browsers to look at."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import DutyDay
from thidua_web.progress.actions import reports
from thidua_web.progress.models import Pledge, PledgedTarget
from thidua_web.register.models import Unit
from web.launched import in_days, make_campaign, make_duty
from web.reported import make_pledge, make_target, make_work

TARGETS = (
    ("Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn", {"value": 99, "measure": "%", "baseline": 92.4}),
    ("Số nhà ở xóa tạm, dột nát hoàn thành", {"value": 120, "measure": "căn", "baseline": 40}),
    ("Tỷ lệ dịch vụ công trực tuyến toàn trình", {"value": 80, "measure": "%", "baseline": 51}),
    ("Tỷ lệ đơn thư quá hạn", {"op": "<=", "value": 2, "measure": "%", "baseline": 7.5}),
    ("Đơn vị đạt chuẩn văn hóa", {"value": None}),
)
WORKS = (
    ("Xây dựng Trung tâm điều hành thông minh của ngành", {"start_due": in_days(-80), "finish_due": in_days(30)}),
    ("Số hóa kho lưu trữ hồ sơ đất đai giai đoạn 1", {"finish_due": in_days(-5)}),
)


@transaction.atomic
def lay(title: str) -> str:
    """Answers with the keys that a browser needs, as JSON."""
    province, own = Unit.objects.get(code="UBND"), Unit.objects.get(code="SNNMT")
    head = User.objects.get(username="lanhdao")
    clerk, director = User.objects.get(username="vanthu.so"), User.objects.get(username="giamdoc.so")
    campaign = make_campaign(province, head, title=title)
    units = [own, *Unit.objects.filter(parent=province, kind="department").exclude(pk=own.pk).order_by("code")]
    units += list(Unit.objects.filter(kind="commune", valid_to=None).order_by("code")[:8])
    days = [in_days(-182), in_days(-91), in_days(-3), in_days(12)]
    duty = make_duty(
        campaign,
        *days,
        units=units,
        what="Báo cáo kết quả thực hiện phong trào thi đua hằng quý",
        rule="FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
    )
    rows = list(DutyDay.objects.filter(duty=duty).order_by("due"))
    for number, unit in enumerate(units):
        pledge = make_pledge(campaign, unit, clerk)
        for indicator, fields in TARGETS:
            make_target(pledge, indicator, base_year=2025, **fields)
        for name, fields in WORKS:
            make_work(pledge, name, where="Toàn tỉnh", **fields)
        if unit != own:
            _reports(pledge, rows, number, clerk, head)
    _send(Pledge.objects.get(campaign=campaign, unit=own), rows[0], 0, clerk, director, late=-3)
    _send(Pledge.objects.get(campaign=campaign, unit=own), rows[1], 0, clerk, director, late=2)
    return json.dumps({"campaign": campaign.pk, "unit": own.pk, "days": [row.pk for row in rows]})


def _reports(pledge: Pledge, days: list[DutyDay], number: int, clerk: User, head: User) -> None:
    """Early, in time, late and missing in turn, so that the grid has them all."""
    for place, day in enumerate(days[:3]):
        late = (-5, 0, 6, None)[(number + place) % 4]
        if late is not None:
            _send(pledge, day, number + 4 * place, clerk, head, late=late)


def _send(pledge: Pledge, day: DutyDay, step: int, clerk: User, head: User, *, late: int) -> None:
    assert day.due is not None
    on = day.due + datetime.timedelta(days=late)
    at = timezone.make_aware(datetime.datetime.combine(min(on, timezone.localdate()), datetime.time(9)))
    cells: dict[str, Any] = {"t0": "Đơn vị triển khai đúng kế hoạch; khó khăn chủ yếu là kinh phí đối ứng."}
    for target, value in zip(PledgedTarget.objects.filter(pledge=pledge), _values(step), strict=True):
        cells[f"v{target.pk}" if value is not None else f"n{target.pk}"] = value if value is not None else "Đã đạt"
    for place, work in enumerate(pledge.works.all()):
        cells[f"p{work.pk}"] = 100 if place else min(95, 20 + 5 * step)
        cells[f"f{work.pk}" if place else f"s{work.pk}"] = in_days(-20) if place else in_days(-90)
    saving = reports.save(day=day, unit=pledge.unit, cells=cells, seen=0, tab="", by=clerk, at=at)
    assert saving.report is not None
    reports.sign(report=saving.report, seen=saving.report.revision, by=head, at=at)


def _values(step: int) -> list[float | None]:
    return [93.0 + step * 0.7 % 6, 30.0 + 7 * step % 100, 52.0 + 3 * step % 40, 7.5 - step % 7, None]
