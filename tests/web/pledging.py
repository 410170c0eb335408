"""Campaigns that ask for pledges, and pledges through the product's own acts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.test import Client
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.progress.actions import pledges as actions
from thidua_web.progress.models import Pledge, PledgedTarget
from thidua_web.progress.queries import pledges as queries
from thidua_web.register.models import Unit
from web.cast import Cast
from web.launching import PLAN, launched

PLEDGES = PLAN.replace(
    "1. Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99%.",
    "1. Tỷ lệ hồ sơ giải quyết đúng hạn đạt ít nhất 99%.\n2. Trồng mới ít nhất 200 cây xanh.",
).replace(
    "1. Các sở, ban, ngành gửi kế hoạch",
    "1. Mỗi sở, ban, ngành đăng ký thực hiện ít nhất 01 công trình, phần việc.\n"
    "2. Các sở, ban, ngành gửi bản đăng ký thi đua về Sở Thử trước ngày 28 tháng 02 năm 2030.\n"
    "3. Các sở, ban, ngành gửi kế hoạch",
)


def asking(cast: Cast, text: str = PLEDGES) -> Campaign:
    """Launched, with two targets, and one work asked of every department."""
    return launched(cast, text)


def page_of(campaign: Campaign, unit: Unit, act: str = "") -> str:
    return f"/phong-trao/{campaign.pk}/dang-ky/{unit.pk}/{act}"


def work(name: str, **values: Any) -> dict[str, Any]:
    return {"token": uuid.uuid4(), "name": name, "finish_due": "30/9/2030", **values}


def target(indicator: str, value: str, **values: Any) -> dict[str, Any]:
    return {"token": uuid.uuid4(), "indicator": indicator, "op": ">=", "value": value, **values}


def fields(
    targets: Iterable[Mapping[str, Any]] = (), works: Iterable[Mapping[str, Any]] = (), **more: Any
) -> dict[str, Any]:
    """What a browser sends of the form."""
    data: dict[str, Any] = {"t": [], "w": [], "token": str(uuid.uuid4()), "note": "", **more}
    for kind, rows in (("t", targets), ("w", works)):
        for row in rows:
            data[kind].append(str(row["token"]))
            shown = {name: value for name, value in row.items() if name != "token" and value not in (None, False)}
            data |= {f"{kind}-{row['token']}-{name}": value for name, value in shown.items()}
    return data


def taken_on(row: PledgedTarget) -> float | None:
    return row.value if row.value is not None or row.source is None else row.source.value


def as_sent(pledge_targets: Iterable[Any]) -> list[dict[str, Any]]:
    """The campaign's targets as the page offers them, taken on at the plan's own number where it is for the unit to
    say one.
    """
    return [
        {
            "token": row.token,
            "op": row.op,
            "value": "" if taken_on(row) is None else f"{taken_on(row):g}".replace(".", ","),
            "measure": row.measure,
            "left_out": row.left_out,
            "why": row.why,
        }
        for row in pledge_targets
    ]


def offered(campaign: Campaign) -> list[dict[str, Any]]:
    return as_sent(queries.first_targets(campaign))


def write(
    client: Client, campaign: Campaign, unit: Unit, works: Iterable[Mapping[str, Any]] = (), seen: int = 0
) -> Pledge:
    """Saved through the page, with the campaign's targets as they are."""
    answer = client.post(page_of(campaign, unit, "luu/"), fields(offered(campaign), works, seen=seen))
    assert answer.status_code == 302, answer.content.decode()
    return Pledge.objects.get(campaign=campaign, unit=unit)


def make_pledge(
    campaign: Campaign, unit: Unit, by: User, *names: str, state: str = "draft", **works_values: Any
) -> Pledge:
    """With the campaign's targets and works of these names; handed in and accepted where `state` says so."""
    rows = [{"token": uuid.uuid4(), "name": name, "finish_due": timezone.localdate(), **works_values} for name in names]
    first = queries.first_targets(campaign)
    targets = [queries.target_values(row) | {"value": taken_on(row)} for row in first]
    draft = actions.Draft(targets, rows)
    saved = actions.save(
        campaign=campaign, unit=unit, draft=draft, seen=0, token=uuid.uuid4(), by=by, at=timezone.now()
    )
    pledge = queries.pledge_of(campaign.pk, unit.pk)
    assert saved.standing is actions.Standing.SAVED
    assert pledge is not None
    if state in ("submitted", "accepted"):
        done = actions.submit(pledge=pledge, seen=pledge.revision, by=by, at=timezone.now())
        assert done.refusal is None, done.findings
    if state == "accepted":
        pledge.refresh_from_db()
        assert actions.accept(pledge=pledge, seen=pledge.revision, by=by, at=timezone.now())
    pledge.refresh_from_db()
    return pledge
