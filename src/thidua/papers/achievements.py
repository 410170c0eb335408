"""Báo cáo thành tích: who reports, what was achieved and by what it is proved, what was commended before.

Headings follow whom it is about and for what kind of merit; which number the form has in a decree is said only where
that is sure (`thidua.papers.patterns`).
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct, structs

from thidua.papers.issuing import Issue, head, signed
from thidua.papers.nominees import Subject
from thidua.papers.paper import (
    Block,
    Column,
    Heading,
    KeyValues,
    Numbered,
    Paper,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
)
from thidua.papers.patterns import pattern_of
from thidua.papers.wording import capital, ended, short_day

Merit = Literal["yearly", "sudden", "campaign"]


class Figure(Struct, frozen=True, kw_only=True):
    """A number as it is to be printed, with what it was to be."""

    label: str
    unit: str = ""
    planned: str = ""
    reached: str
    share: str = ""


class Claim(Struct, frozen=True, kw_only=True):
    """One achievement, its numbers, and by what it is proved ("Quyết định số 12/QĐ-UBND ngày 05/01/2026")."""

    text: str
    figures: tuple[Figure, ...] = ()
    evidence: tuple[str, ...] = ()


class Passage(Struct, frozen=True, kw_only=True):
    """A titled part of the report with its paragraphs; with `tells_claims` the claims follow them, "a)", "b)"…"""

    title: str
    words: tuple[str, ...] = ()
    tells_claims: bool = False


class PastAward(Struct, frozen=True, kw_only=True):
    """`decision`: number of the decision and who issued it."""

    year: int
    award: str
    decision: str = ""
    day: datetime.date | None = None


class Confirmer(Struct, frozen=True, kw_only=True):
    """Who confirms, once that is known: lines of authority and name."""

    authority: tuple[str, ...] = ()
    name: str = ""


class Achievements(Struct, frozen=True, kw_only=True):
    """`profile`: lines of who it is, in order (`Person`, `Collective`, `Household` have them); `about`: paragraphs
    or titled parts that follow. `done`: titled parts of what was achieved; without them the claims stand alone.
    `award` as it is printed, `occasion` names the movement. `on`: the day the dossier is lodged.

    The one who signs: a person, the head of a household, or for a collective the signer of `issue`.
    """

    issue: Issue
    subject: Subject
    merit: Merit = "yearly"
    name: str
    award: str
    occasion: str = ""
    profile: tuple[tuple[str, str], ...] = ()
    about: tuple[str | Passage, ...] = ()
    done: tuple[Passage, ...] = ()
    claims: tuple[Claim, ...] = ()
    past: tuple[PastAward, ...] = ()
    unit_confirms: Confirmer | None = None
    superior_confirms: Confirmer = Confirmer()
    on: datetime.date | None = None


FIRST = {
    "collective": "Sơ lược đặc điểm, tình hình",
    "individual": "Sơ lược tiểu sử",
    "household": "Sơ lược về gia đình",
}
DONE = {
    "yearly": "Thành tích đạt được",
    "sudden": "Thành tích đột xuất đạt được",
    "campaign": "Thành tích đạt được trong phong trào thi đua",
}
PAST = "Các hình thức đã được khen thưởng"
PLEDGED = {
    "collective": "Đơn vị chịu trách nhiệm về tính chính xác của các thành tích nêu trong báo cáo này.",
    "individual": "Tôi chịu trách nhiệm về tính chính xác của các thành tích nêu trong báo cáo này.",
    "household": "Gia đình tôi chịu trách nhiệm về tính chính xác của các thành tích nêu trong báo cáo này.",
}
SEALED, SIGNED = "(Ký, ghi rõ họ tên, đóng dấu)", "(Ký, ghi rõ họ tên)"


Lines = tuple[tuple[str, str], ...]


class Person(Struct, frozen=True, kw_only=True):
    """A short life, for `Achievements.profile`. What is not given is left out."""

    name: str
    born: datetime.date | None = None
    sex: str = ""
    birthplace: str = ""
    residence: str = ""
    post: str = ""
    unit: str = ""
    education: str = ""
    duties: str = ""

    @property
    def lines(self) -> Lines:
        return _given(
            ("Họ và tên", self.name),
            ("Ngày, tháng, năm sinh", short_day(self.born) if self.born else ""),
            ("Giới tính", self.sex),
            ("Quê quán", self.birthplace),
            ("Nơi ở hiện nay", self.residence),
            ("Chức vụ", self.post),
            ("Đơn vị công tác", self.unit),
            ("Trình độ chuyên môn", self.education),
            ("Nhiệm vụ được giao", self.duties),
        )


class Collective(Struct, frozen=True, kw_only=True):
    """What a collective is. What is not given is left out."""

    name: str
    address: str = ""
    founded: str = ""
    organisation: str = ""
    staff: str = ""
    duties: str = ""

    @property
    def lines(self) -> Lines:
        return _given(
            ("Tên tập thể", self.name),
            ("Địa điểm trụ sở", self.address),
            ("Quá trình thành lập", self.founded),
            ("Cơ cấu tổ chức", self.organisation),
            ("Số người", self.staff),
            ("Chức năng, nhiệm vụ", self.duties),
        )


class Household(Struct, frozen=True, kw_only=True):
    """What a household is. What is not given is left out."""

    head: str
    address: str = ""
    members: str = ""
    work: str = ""

    @property
    def lines(self) -> Lines:
        return _given(
            ("Hộ gia đình ông (bà)", self.head),
            ("Địa chỉ", self.address),
            ("Số người", self.members),
            ("Nghề nghiệp", self.work),
        )


def _given(*lines: tuple[str, str]) -> Lines:
    return tuple((label, value) for label, value in lines if value)


def achievements(told: Achievements) -> Paper:
    return structs.replace(
        head(told.issue),
        kind="BÁO CÁO THÀNH TÍCH",
        summary=_summary(told),
        body=(*_who(told), *_done(told), *_before(told), Paragraph(PLEDGED[told.subject])),
        signatures=_signatures(told),
        recipients=(),
        filed="",
        pattern=pattern_of(f"{told.merit} {told.subject}", told.on or told.issue.day),
    )


def _summary(told: Achievements) -> str:
    movement = f" theo chuyên đề: {told.occasion}" if told.occasion else " theo chuyên đề"
    kind = {"yearly": "", "sudden": " (khen thưởng đột xuất)", "campaign": f" (khen thưởng{movement})"}[told.merit]
    return f"Đề nghị tặng {told.award}{kind}"


def _who(told: Achievements) -> list[Block]:
    lines = told.profile or (("Tên", told.name),)
    about = [block for one in told.about for block in _about(one)]
    return [Heading("section", FIRST[told.subject]), KeyValues(lines), *about]


def _about(one: str | Passage) -> list[Block]:
    return [Paragraph(one)] if isinstance(one, str) else _passage(one)


def _passage(one: Passage) -> list[Block]:
    return [Heading("clause", one.title), *(Paragraph(words) for words in one.words)]


def _done(told: Achievements) -> list[Block]:
    found: list[Block] = [Heading("section", DONE[told.merit])]
    for one in told.done:
        found += _passage(one)
        if one.tells_claims:
            found += _claims(told.claims, "point")
    return found if told.done else [*found, *_claims(told.claims, "clause")]


def _claims(claims: tuple[Claim, ...], level: Literal["clause", "point"]) -> list[Block]:
    found: list[Block] = []
    for claim in claims:
        proofs = f" (Minh chứng: {'; '.join(claim.evidence)})" if claim.evidence else ""
        found.append(Numbered(level, (Run(ended(claim.text, "")), Run(proofs, italic=True), Run("."))))
        if claim.figures:
            found.append(_figures(claim.figures))
    return found


def _figures(figures: tuple[Figure, ...]) -> Table:
    columns = (
        Column("Chỉ tiêu", 4),
        Column("Đơn vị tính", 1.2, "center"),
        Column("Kế hoạch", 1.2, "right"),
        Column("Thực hiện", 1.2, "right"),
        Column("So kế hoạch", 1.2, "right"),
    )
    return Table(columns, tuple(Row((one.label, one.unit, one.planned, one.reached, one.share)) for one in figures))


def _before(told: Achievements) -> list[Block]:
    """Always for the yearly round; for a deed or a movement only where there is something."""
    if not told.past:
        none: list[Block] = [Heading("section", PAST), Paragraph("Chưa được khen thưởng.")]
        return none if told.merit == "yearly" else []
    columns = (Column("Năm", 0.7, "center"), Column("Danh hiệu, hình thức khen thưởng", 3), Column(_DECISION, 3))
    past = sorted(told.past, key=lambda one: one.year)
    rows = tuple(Row((str(one.year), capital(one.award), _decision(one))) for one in past)
    return [Heading("section", PAST), Table(columns, rows)]


_DECISION = "Số, ngày, cơ quan ban hành quyết định"


def _decision(one: PastAward) -> str:
    return ", ".join(filter(None, (one.decision, f"ngày {short_day(one.day)}" if one.day else "")))


def _signatures(told: Achievements) -> tuple[Signature, ...]:
    """The reporter on the right; whoever confirms on the left, a second confirmation below in the middle."""
    superior = _confirmed(told.superior_confirms, "cấp trình duyệt")
    if told.subject == "collective":
        own = signed(told.issue)
        own = structs.replace(own, authority=own.authority or ("Thủ trưởng đơn vị",), note=SEALED)
        return (structs.replace(superior, side="left"), own)
    words = "Người báo cáo thành tích" if told.subject == "individual" else "Đại diện hộ gia đình"
    own = Signature(authority=(words,), name=told.name, note=SIGNED)
    if told.unit_confirms is None:
        return (structs.replace(superior, side="left"), own)
    unit = _confirmed(told.unit_confirms, "thủ trưởng đơn vị")
    return (structs.replace(unit, side="left"), own, structs.replace(superior, side="center"))


def _confirmed(by: Confirmer, words: str) -> Signature:
    return Signature(authority=("Xác nhận của", words, *by.authority), name=by.name, note=SEALED)
