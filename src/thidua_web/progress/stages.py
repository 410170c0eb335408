"""The states of a pledge, a report and a scoring, one table each: act, from, to, and the permission it needs."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class PledgeState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã gửi đăng ký")
    RETURNED = "returned", _("Trả lại để sửa")
    ACCEPTED = "accepted", _("Đã chấp nhận")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    PRESENTED = "presented", _("Chờ lãnh đạo ký")
    SENT = "sent", _("Đã gửi")
    RETURNED = "returned", _("Trả lại để sửa")


class ScoringState(models.TextChoices):
    OWN = "own", _("Tự chấm")
    PEER = "peer", _("Chấm chéo")
    STANDING = "standing", _("Thường trực thẩm định")
    PUBLISHED = "published", _("Đã công bố")


class Move(NamedTuple):
    """`permission` is asked for in the unit of the row; with `above`, in the unit that launched or that scores."""

    act: str
    from_: frozenset[str]
    to: str
    permission: str
    above: bool = False


def _table(*moves: Move) -> dict[str, Move]:
    return {move.act: move for move in moves}


PLEDGE_MOVES = _table(
    Move("submit", frozenset({PledgeState.DRAFT, PledgeState.RETURNED}), PledgeState.SUBMITTED, "pledge.submit"),
    Move("take_back", frozenset({PledgeState.SUBMITTED}), PledgeState.DRAFT, "pledge.submit"),
    Move(
        "send_back",
        frozenset({PledgeState.SUBMITTED, PledgeState.ACCEPTED}),
        PledgeState.RETURNED,
        "pledge.decide",
        above=True,
    ),
    Move("accept", frozenset({PledgeState.SUBMITTED}), PledgeState.ACCEPTED, "pledge.decide", above=True),
)

REPORT_MOVES = _table(
    Move("present", frozenset({ReportState.DRAFT, ReportState.RETURNED}), ReportState.PRESENTED, "report.edit"),
    Move("withdraw", frozenset({ReportState.PRESENTED}), ReportState.DRAFT, "report.edit"),
    Move("hand_back", frozenset({ReportState.PRESENTED}), ReportState.RETURNED, "report.sign"),
    Move(
        "sign",
        frozenset({ReportState.DRAFT, ReportState.PRESENTED, ReportState.RETURNED}),
        ReportState.SENT,
        "report.sign",
    ),
    Move("send_back", frozenset({ReportState.SENT}), ReportState.RETURNED, "report.return", above=True),
)

SCORING_MOVES = _table(
    Move("open_peer", frozenset({ScoringState.OWN}), ScoringState.PEER, "score.lead", above=True),
    Move(
        "open_standing",
        frozenset({ScoringState.OWN, ScoringState.PEER}),
        ScoringState.STANDING,
        "score.lead",
        above=True,
    ),
    Move("reopen", frozenset({ScoringState.PEER, ScoringState.STANDING}), ScoringState.OWN, "score.lead", above=True),
    Move("publish", frozenset({ScoringState.STANDING}), ScoringState.PUBLISHED, "score.publish", above=True),
)
