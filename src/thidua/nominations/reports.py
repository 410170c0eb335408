"""Sections of a report of achievements (báo cáo thành tích), by who is proposed and for what kind of merit.

One table for the form that a unit fills in and the paper that is made of it. The decree's models were read in part, so
the table follows what they have in common: who it is, what was achieved and how, what came of it, how duties towards
Party and State were kept. Awards already held are a part of every report too; the register says them, nobody writes
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from thidua.law.criteria import Subject
from thidua.rules.facts import Merit

Part = Literal["about", "achieved"]
"""First who it is, then what was achieved; awards held come last, and the register says them."""
PARTS: dict[Part, dict[Subject, str]] = {
    "about": {
        "individual": "Sơ lược lý lịch",
        "collective": "Sơ lược đặc điểm, tình hình",
        "household": "Sơ lược hoàn cảnh gia đình",
    },
    "achieved": dict.fromkeys(("individual", "collective", "household"), "Thành tích đạt được"),
}
AWARDS_HELD = "Các hình thức đã được khen thưởng"
MOST_LETTERS = 20_000
"""Of one section: about eight pages."""


class Section(Struct, frozen=True, kw_only=True):
    """`code` is what is stored; `hint` says what belongs there. A report without a `needed` section is not whole.

    `lists_claims`: the claims of the report are told here.
    """

    code: str
    title: str
    part: Part
    hint: str = ""
    needed: bool = False
    lists_claims: bool = False


def _about(code: str, title: str, hint: str, *, needed: bool = False) -> Section:
    return Section(code=code, title=title, part="about", hint=hint, needed=needed)


def _achieved(code: str, title: str, hint: str, *, needed: bool = False, claims: bool = False) -> Section:
    return Section(code=code, title=title, part="achieved", hint=hint, needed=needed, lists_claims=claims)


_LIFE = _about("background", "Quá trình công tác", "Nơi công tác, chức vụ đã giữ, thời gian.")
_SECTIONS: dict[str, Section] = {
    section.code: section
    for section in (
        _LIFE,
        _about("duties", "Quyền hạn, nhiệm vụ được giao", "Việc được giao trong thời gian xét.", needed=True),
        _about("features", "Đặc điểm, tình hình", "Số người, cơ cấu, cơ sở vật chất; thuận lợi, khó khăn."),
        _about("functions", "Chức năng, nhiệm vụ được giao", "Theo quyết định thành lập, phân công.", needed=True),
        _about("circumstances", "Hoàn cảnh gia đình", "Nơi ở, số người, nghề nghiệp, sinh kế."),
        _about("event", "Hoàn cảnh, diễn biến sự việc", "Khi nào, ở đâu, việc gì, ai chứng kiến.", needed=True),
        _achieved(
            "achieved",
            "Kết quả đã đạt",
            "Kết quả so với nhiệm vụ, chỉ tiêu và so với năm trước. Con số cụ thể ghi ở phần thành tích kê khai.",
            needed=True,
            claims=True,
        ),
        _achieved(
            "solutions", "Biện pháp, sáng kiến", "Cách làm, sáng kiến, giải pháp dẫn đến kết quả; nơi đã áp dụng."
        ),
        _achieved("effects", "Hiệu quả, phạm vi ảnh hưởng", "Lợi ích mang lại, cho ai, ở đâu; nơi nào học theo."),
        _achieved(
            "policy",
            "Chấp hành chủ trương của Đảng, pháp luật của Nhà nước",
            "Chấp hành pháp luật, nội quy, kỷ luật; nghĩa vụ thuế, bảo hiểm nếu có.",
        ),
        _achieved("unions", "Công tác Đảng, đoàn thể", "Kết quả công tác Đảng, công đoàn, đoàn thanh niên, hội."),
        _achieved(
            "community", "Tham gia hoạt động ở nơi cư trú", "Việc làm cho thôn, tổ dân phố, cho bà con; đóng góp."
        ),
        _achieved("bonds", "Đóng góp cho quan hệ hữu nghị, hợp tác", "Việc đã làm với Việt Nam, với địa phương."),
    )
}
_BY_SUBJECT: dict[Subject, tuple[str, ...]] = {
    "individual": ("background", "duties", "achieved", "solutions", "effects", "policy", "unions"),
    "collective": ("features", "functions", "achieved", "solutions", "effects", "policy", "unions"),
    "household": ("circumstances", "achieved", "solutions", "effects", "policy", "community"),
}
_FIRST: dict[Subject, str] = {"individual": "background", "collective": "features", "household": "circumstances"}


def sections_for(subject: Subject, merit: Merit) -> tuple[Section, ...]:
    """In the order of the report. A sudden deed needs its event told and little else; friendship needs no duties."""
    return tuple(_SECTIONS[code] for code in _codes(subject, merit))


def _codes(subject: Subject, merit: Merit) -> tuple[str, ...]:
    first = _FIRST[subject]
    if merit == "sudden":
        return (first, "event", "achieved", "effects", "policy")
    if merit == "foreign":
        return (first, "achieved", "bonds", "effects")
    return _BY_SUBJECT[subject]


def section(code: str) -> Section | None:
    """A section by its code, None where there is none."""
    return _SECTIONS.get(code)


def text_of(sections: Mapping[str, Any], subject: Subject, merit: Merit) -> str:
    """The report's own words in its order: what is searched for repeats. Words under codes that the report does not
    have, as of a merit it was changed from, are left out.
    """
    said = (str(sections.get(one.code) or "").strip() for one in sections_for(subject, merit))
    return "\n\n".join(words for words in said if words)


def lacking(sections: Mapping[str, Any], subject: Subject, merit: Merit) -> tuple[Section, ...]:
    """Needed sections in which nothing is written."""
    return tuple(
        one for one in sections_for(subject, merit) if one.needed and not str(sections.get(one.code) or "").strip()
    )
