"""The states of a plan document and of an edition, one table each: act, from, to, and the permission it needs
(None: the worker's act)."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    WAITING = "waiting", _("Chờ đọc")
    READING = "reading", _("Đang đọc")
    READ = "read", _("Đã đọc")
    UNREADABLE = "unreadable", _("Không đọc được")
    STOPPED = "stopped", _("Đã dừng")


class ReadingStep(models.TextChoices):
    """What the worker is doing, with how far it has come in percent."""

    EXTRACT = "extract", _("Lấy chữ ra khỏi tệp")
    READ = "read", _("Tìm thời hạn, chỉ tiêu, tiêu chuẩn…")
    CHECK = "check", _("Soát kế hoạch")


PROGRESS = {ReadingStep.EXTRACT: 10, ReadingStep.READ: 50, ReadingStep.CHECK: 80}


class Move(NamedTuple):
    act: str
    from_: frozenset[PlanState]
    to: PlanState
    permission: str | None


UNDER_WAY = frozenset({PlanState.WAITING, PlanState.READING})
SETTLED = frozenset(PlanState) - UNDER_WAY

MOVES = {
    move.act: move
    for move in (
        Move("begin_reading", UNDER_WAY, PlanState.READING, None),
        Move("finish_reading", frozenset({PlanState.READING}), PlanState.READ, None),
        Move("give_up", frozenset({PlanState.READING}), PlanState.UNREADABLE, None),
        Move("put_back", frozenset({PlanState.READING}), PlanState.WAITING, None),
        Move("stop_reading", UNDER_WAY, PlanState.STOPPED, "plan.stop_reading"),
        Move("read_again", SETTLED, PlanState.WAITING, "plan.read_again"),
    )
}


class EditionState(models.TextChoices):
    PREPARED = "prepared", _("Chờ lãnh đạo phát động")
    RETURNED = "returned", _("Trả lại để sửa")
    LAUNCHED = "launched", _("Đã phát động")


class EditionMove(NamedTuple):
    act: str
    from_: frozenset[EditionState]
    to: EditionState
    permission: str


# A first "prepare" makes the edition; after a return the same one is prepared again.
EDITION_MOVES = {
    move.act: move
    for move in (
        EditionMove("prepare", frozenset({EditionState.RETURNED}), EditionState.PREPARED, "campaign.prepare"),
        EditionMove("withdraw", frozenset({EditionState.PREPARED}), EditionState.RETURNED, "campaign.prepare"),
        EditionMove("send_back", frozenset({EditionState.PREPARED}), EditionState.RETURNED, "campaign.launch"),
        EditionMove("launch", frozenset({EditionState.PREPARED}), EditionState.LAUNCHED, "campaign.launch"),
    )
}

# A deadline so near is called near, on every page.
SOON = datetime.timedelta(days=14)
