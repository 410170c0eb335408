"""Biên bản họp xét: what was said for and against each nominee, criterion by criterion, and how it was voted.

A plan may ask for just that ("phân tích làm rõ thành tích đáp ứng theo tiêu chuẩn khen thưởng"). The secretary signs on
the left, the chair on the right, and there is neither place nor day in the head (Nghị định 30/2020/NĐ-CP, mẫu 1.9).
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct, structs

from thidua.findings import Outcome
from thidua.papers.issuing import Issue, head
from thidua.papers.nominees import Nominee, nominee_table
from thidua.papers.paper import (
    Block,
    Column,
    Heading,
    Item,
    KeyValues,
    Listed,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from thidua.papers.wording import capital, counted, ended, moment_words, percent

OUTCOMES = {Outcome.MET: "Đạt", Outcome.NOT_MET: "Không đạt", Outcome.UNKNOWN: "Chưa đủ căn cứ"}
WAYS = {"ballot": "Bỏ phiếu kín", "hands": "Biểu quyết"}


class Attendee(Struct, frozen=True, kw_only=True):
    """`opinion`: the written opinion of one who was absent, `reason`: why absent."""

    name: str
    position: str = ""
    opinion: str = ""
    reason: str = ""


class Analysis(Struct, frozen=True, kw_only=True):
    """One criterion: its words, where it stands, what the merit has to it, how it came out."""

    criterion: str
    basis: str = ""
    merit: str = ""
    outcome: Outcome


class Votes(Struct, frozen=True, kw_only=True):
    """`of`: all members, also those who did not vote. `written`: how many of the votes came as written opinions.

    Raises ValueError where there are more votes than members.
    """

    yes: int
    no: int = 0
    abstained: int = 0
    of: int
    written: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.abstained, self.written) < 0 or self.yes + self.no + self.abstained > self.of:
            raise ValueError("more votes than members, or a count below zero")


class Reviewed(Struct, frozen=True, kw_only=True):
    """`said`: what members said; `result`: what the meeting decided about it, as a sentence without its stop."""

    nominee: Nominee
    analysis: tuple[Analysis, ...] = ()
    said: tuple[str, ...] = ()
    votes: Votes | None = None
    way: Literal["ballot", "hands"] = "ballot"
    result: str


class Minutes(Struct, frozen=True, kw_only=True):
    """`meeting`: its name, as it follows "Họp". Times are those of the place; `read_out`: whether the minutes were read
    to all and agreed.
    """

    issue: Issue
    meeting: str
    began: datetime.datetime
    ended: datetime.datetime
    place: str
    chair: Attendee
    secretary: Attendee
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...] = ()
    guests: tuple[Attendee, ...] = ()
    opening: tuple[str, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    read_out: bool = False


def minutes(held: Minutes) -> Paper:
    """`present` holds chair and secretary too, where they are members; those without a vote are guests."""
    return structs.replace(
        head(held.issue),
        form="minutes",
        kind="BIÊN BẢN",
        summary=f"Họp {held.meeting}",
        body=(*_who(held), *_what(held), *_results(held), _closing(held)),
        signatures=(
            Signature(authority=("Thư ký",), name=held.secretary.name, side="left"),
            Signature(authority=("Chủ tọa",), name=held.chair.name),
        ),
    )


def _who(held: Minutes) -> list[Block]:
    members = len(held.present) + len(held.absent)
    there = f"Có mặt {counted(len(held.present))}/{counted(members)} thành viên:"
    found: list[Block] = [
        KeyValues((("Thời gian bắt đầu", moment_words(held.began)), ("Địa điểm", held.place))),
        Paragraph("Thành phần tham dự:"),
        Paragraph(there),
        _people(held.present),
    ]
    if held.absent:
        found += [Paragraph(f"Vắng mặt {counted(len(held.absent))} thành viên:"), _people(held.absent)]
    if held.guests:
        found += [Paragraph("Mời dự:"), _people(held.guests)]
    pairs = (("Chủ trì", _person(held.chair)), ("Thư ký", _person(held.secretary)))
    return [*found, KeyValues(pairs)]


def _people(people: tuple[Attendee, ...]) -> Listed:
    return Listed(tuple(Item(f"{_person(one)}{'.' if n == len(people) else ';'}") for n, one in enumerate(people, 1)))


def _person(one: Attendee) -> str:
    named = ", ".join(filter(None, (one.name, one.position)))
    reason = f" ({one.reason})" if one.reason else ""
    opinion = f"; đã gửi ý kiến bằng văn bản: {one.opinion}" if one.opinion else ""
    return f"{named}{reason}{opinion}"


def _what(held: Minutes) -> list[Block]:
    found: list[Block] = [Heading("section", "Nội dung"), *(Paragraph(words) for words in held.opening)]
    for one in held.reviewed:
        found += _reviewed(one)
    return found


def _reviewed(one: Reviewed) -> list[Block]:
    award = f": đề nghị {one.nominee.award}" if one.nominee.award else ""
    found: list[Block] = [Heading("clause", f"{one.nominee.named}{award}")]
    if one.nominee.merit:
        found.append(Paragraph(ended(f"Tóm tắt thành tích: {one.nominee.merit}", ".")))
    if one.analysis:
        found += [Paragraph("Đối chiếu với từng tiêu chuẩn:"), _analysis(one.analysis)]
    if one.said:
        found += [Paragraph("Ý kiến tại cuộc họp:"), Listed(tuple(Item(words) for words in one.said))]
    if one.votes is not None:
        found.append(Paragraph(f"{WAYS[one.way]}: {_voted(one.votes)}."))
    return [*found, Paragraph(f"Kết quả: {one.result}.")]


def _analysis(criteria: tuple[Analysis, ...]) -> Table:
    columns = (
        Column("STT", 0.5, "center"),
        Column("Tiêu chuẩn", 2.6),
        Column("Căn cứ", 1.6),
        Column("Thành tích, minh chứng", 3),
        Column("Đối chiếu dữ kiện", 1, "center"),
    )
    rows = (
        Row((str(n), one.criterion, one.basis, one.merit, OUTCOMES[one.outcome])) for n, one in enumerate(criteria, 1)
    )
    return Table(columns, tuple(rows))


def _voted(votes: Votes) -> str:
    shares = f"{counted(votes.yes)}/{counted(votes.of)} đồng ý" + (
        f" ({percent(votes.yes, votes.of)} tổng số thành viên)" if votes.of else ""
    )
    parts = [shares, f"{counted(votes.no)} không đồng ý", f"{counted(votes.abstained)} không có ý kiến"]
    silent = votes.of - votes.yes - votes.no - votes.abstained
    parts += [f"{counted(silent)} không biểu quyết"] if silent else []
    parts += [f"trong đó {counted(votes.written)} ý kiến bằng văn bản"] if votes.written else []
    return ", ".join(parts)


def _agreed(votes: Votes | None) -> str:
    return f"{votes.yes}/{votes.of}" if votes else ""


def _results(held: Minutes) -> list[Block]:
    """All in one table: what the presentation takes over."""
    if not held.reviewed:
        return []
    rows = [
        (one.nominee, (capital(one.nominee.award), _agreed(one.votes), capital(one.result))) for one in held.reviewed
    ]
    more = (Column("Danh hiệu, hình thức", 2), Column("Đồng ý", 1, "right"), Column("Kết quả", 1.8))
    return [Heading("section", "Kết quả chung"), nominee_table(rows, *more)]


def _closing(held: Minutes) -> Paragraph:
    read = " Biên bản đã được đọc lại cho những người dự họp nghe và nhất trí." if held.read_out else ""
    return Paragraph(f"Cuộc họp kết thúc vào {moment_words(held.ended)}.{read}")
