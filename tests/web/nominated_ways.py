"""The ways in which nominations of the simulated province are defective, and which of its units have which."""

from __future__ import annotations

from typing import NamedTuple

UNITS, BY_CAMPAIGN, EACH = 120, 57, 12
REGULATION = """
instrument = "12/2025/QĐ-UBND"
level = "local"
title = "Quy chế hoạt động của Hội đồng Thi đua - Khen thưởng các cấp"
mark = "verified"
source = "Quy chế của tỉnh mô phỏng"

[[vote]]
place = "Điều 6"
since = 2025-07-01
text = "Họp khi có ít nhất 2/3 thành viên; được ít nhất 80% tổng số thành viên đồng ý, người vắng mặt có ý kiến viết."
quorum = "2/3"
percent = 80
of = "members"
written_opinions = true
"""
"""What the province wants of meetings: in no national text that was read, so it stands in a regulation of its own."""


class Planted(NamedTuple):
    """The code a defect must be found with, and what the clause it breaks says where the code has several."""

    way: str
    code: str
    words: str = ""


OF_ONE = (
    Planted("no_paper", "paper_missing"),
    Planted("no_evidence", "claim_without_evidence"),
    Planted("before", "claim_before_period"),
    Planted("empty", "report_empty"),
    Planted("commended", "deed_commended"),
    Planted("held", "award_held"),
    Planted("elsewhere", "nominee_elsewhere"),
    Planted("dissolved", "unit_dissolved"),
    Planted("titles", "criterion_not_met", "03 lần liên tục"),
    Planted("rating", "criterion_not_met", "Trong năm, tập thể đạt đủ"),
    Planted("discipline", "criterion_not_met", "hết kỷ luật"),
    Planted("pending", "case_pending"),
    Planted("family", "award_not_for_household"),
    Planted("untrue", "claim_untrue"),
    Planted("misnamed", "name_differs"),
)
OF_FIRMS = (
    Planted("unasked", "confirmation_missing"),
    Planted("refused", "confirmation_refused"),
)
OF_LISTS = (
    Planted("late", "deadline_past"),
    Planted("unminuted", "minutes_missing"),
    Planted("short", "quorum_short"),
    Planted("over", "quota_over", "Đơn vị số 118"),
    Planted("unlaunched", "not_launched"),
)
"""Of a list as a whole, each in a unit of its own."""
OF_ALL_IN_A_LIST = (
    Planted("outvoted", "vote_below"),
    Planted("unanalysed", "criterion_not_analysed"),
)
"""Of everybody on a list, likewise."""
OF_SECOND_LISTS = (Planted("again", "award_proposed", "Đơn vị số 000"),)
WAYS = (*OF_ONE, *OF_FIRMS, *OF_LISTS, *OF_ALL_IN_A_LIST, *OF_SECOND_LISTS)
FAULTY = ("late", "unminuted", "outvoted", "short", "unanalysed", "over", "unlaunched")
"""Ways of the last units, in their order: those of the year, those of the campaign; only the last did not launch."""
CAMPAIGN_FAULTS = 3
FIRST_FAULTY = UNITS - len(FAULTY)
YEARLY = FIRST_FAULTY - BY_CAMPAIGN
