"""The states of a submission and of a nomination, one table each: act, from, to, and the permission it needs."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("Đang lập")
    PRESENTED = "presented", _("Chờ lãnh đạo ký")
    SUBMITTED = "submitted", _("Đã trình")


class NominationState(models.TextChoices):
    DRAFT = "draft", _("Đang lập hồ sơ")
    LODGED = "lodged", _("Chờ tiếp nhận")
    IN_APPRAISAL = "in_appraisal", _("Đang thẩm định")
    ASKED = "asked", _("Chờ bổ sung")
    RETURNED = "returned", _("Trả lại")
    RECOMMENDED = "recommended", _("Đề nghị Hội đồng xét")
    NOT_RECOMMENDED = "not_recommended", _("Không đề nghị")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Move(NamedTuple):
    """`permission` is asked for in the unit that proposes; with `above`, in the unit that appraises."""

    act: str
    label: Promise
    from_: frozenset[str]
    to: str
    permission: str
    above: bool = False


def _table(*moves: Move) -> dict[str, Move]:
    return {move.act: move for move in moves}


_S, _N = SubmissionState, NominationState

SUBMISSION_MOVES = _table(
    Move("present", _("Trình lãnh đạo ký"), frozenset({_S.DRAFT}), _S.PRESENTED, "nomination.edit"),
    Move("withdraw", _("Rút về để sửa"), frozenset({_S.PRESENTED}), _S.DRAFT, "nomination.edit"),
    Move("hand_back", _("Lãnh đạo trả lại để sửa"), frozenset({_S.PRESENTED}), _S.DRAFT, "nomination.submit"),
    Move("submit", _("Ký trình"), frozenset({_S.DRAFT, _S.PRESENTED}), _S.SUBMITTED, "nomination.submit"),
)

UNDER_APPRAISAL = frozenset({_N.LODGED, _N.IN_APPRAISAL, _N.ASKED})
CONCLUDED = frozenset({_N.RECOMMENDED, _N.NOT_RECOMMENDED})
EDITABLE = frozenset({_N.DRAFT, _N.RETURNED})
"""In which the unit writes in the dossier; while it is asked for more, it adds files and answers alone."""

NOMINATION_MOVES = _table(
    Move("lodge", _("Trình"), frozenset({_N.DRAFT}), _N.LODGED, "nomination.submit"),
    Move("lodge_again", _("Trình lại"), frozenset({_N.RETURNED}), _N.LODGED, "nomination.submit"),
    Move("pull", _("Rút đề nghị"), EDITABLE | UNDER_APPRAISAL, _N.WITHDRAWN, "nomination.submit"),
    Move("accept", _("Tiếp nhận"), frozenset({_N.LODGED}), _N.IN_APPRAISAL, "appraisal.act", above=True),
    Move("send_back", _("Trả lại hồ sơ"), UNDER_APPRAISAL, _N.RETURNED, "appraisal.act", above=True),
    Move("ask", _("Yêu cầu bổ sung"), frozenset({_N.IN_APPRAISAL}), _N.ASKED, "appraisal.act", above=True),
    Move("answer", _("Gửi bổ sung"), frozenset({_N.ASKED}), _N.IN_APPRAISAL, "nomination.edit"),
    Move(
        "recommend",
        _("Đề nghị Hội đồng xét"),
        frozenset({_N.IN_APPRAISAL}),
        _N.RECOMMENDED,
        "appraisal.act",
        above=True,
    ),
    Move(
        "not_recommend",
        _("Không đề nghị"),
        frozenset({_N.IN_APPRAISAL}),
        _N.NOT_RECOMMENDED,
        "appraisal.act",
        above=True,
    ),
    Move("reopen", _("Thẩm định lại"), CONCLUDED, _N.IN_APPRAISAL, "appraisal.act", above=True),
)

JOURNALED = {
    "lodge_again": "nomination.lodged_again",
    "pull": "nomination.pulled",
    "accept": "appraisal.accepted",
    "send_back": "appraisal.sent_back",
    "ask": "appraisal.asked",
    "answer": "appraisal.answered",
    "recommend": "appraisal.recommended",
    "not_recommend": "appraisal.not_recommended",
    "reopen": "appraisal.reopened",
}
"""By the act of the stage table, the act of the journal."""
