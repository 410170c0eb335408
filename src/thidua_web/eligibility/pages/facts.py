"""The page of what was recorded of a person, a unit or a household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.law.awards import awards
from thidua.law.criteria import Subject
from thidua_web.campaigns.pages.wording import say_day, say_number, say_span
from thidua_web.eligibility.models import Completeness, FactKind, RecordedFact
from thidua_web.eligibility.models.facts import SENSITIVE, WORKS, Area, Confirmer, Form, Group, RecordKind, Scope
from thidua_web.eligibility.queries.questions import figures, questions

LASTING = (FactKind.SERVICE, FactKind.MATERNITY, FactKind.LEAVE)
SAID = (FactKind.ANSWER, FactKind.CONFIRMATION)
SECTIONS: tuple[tuple[str, Promise | str, tuple[FactKind, ...]], ...] = (
    ("sang-kien", _("Sáng kiến, công trình"), WORKS),
    ("ky-luat-thanh-tra", _("Kỷ luật, thanh tra, khiếu nại"), SENSITIVE),
    ("nhom", _("Nhóm đối tượng"), (FactKind.GROUP, FactKind.MEMBERS_GROUP)),
    ("dia-ban", _("Địa bàn"), (FactKind.AREA,)),
    ("ket-luan", _("Kết luận, xác nhận"), SAID),
    ("so-lieu", _("Số liệu"), (FactKind.MEASURE,)),
    ("thoi-gian", _("Thời gian công tác, nghỉ"), LASTING),
)
CODES = {
    FactKind.GROUP: Group, FactKind.MEMBERS_GROUP: Group, FactKind.AREA: Area, FactKind.CONFIRMATION: Confirmer,
}  # fmt: skip
"""What the codes of a kind are."""
NOT_OF: dict[Subject, tuple[str, ...]] = {
    "individual": ("dia-ban",),
    "collective": ("sang-kien", "thoi-gian"),
    "household": ("sang-kien", "thoi-gian", "dia-ban"),
}
# Nobody disciplines a household.
INQUIRIES = _("Thanh tra, điều tra, khiếu nại")


@dataclass(frozen=True)
class Line:
    """`tone` is that of a state; `when` the year or the days; `stands_on` the paper."""

    fact: RecordedFact
    words: str
    when: str
    more: str
    stands_on: str
    tone: str
    open: bool


@dataclass(frozen=True)
class Section:
    key: str
    label: Promise | str
    lines: list[Line]


def sections(facts: Iterable[RecordedFact], subject: Subject, *, sensitive: bool) -> list[Section]:
    """Only those kinds that such a subject can have, and that are shown to whoever asks."""
    standing = [fact for fact in facts if fact.withdrawn_at is None]
    left_out = set(NOT_OF[subject])
    if not sensitive:
        left_out.add("ky-luat-thanh-tra")
    return [
        Section(key, _label(key, label, subject), [line(fact, subject) for fact in standing if fact.kind in kinds])
        for key, label, kinds in SECTIONS
        if key not in left_out
    ]


def _label(key: str, label: Promise | str, subject: Subject) -> Promise | str:
    return INQUIRIES if subject == "household" and key == "ky-luat-thanh-tra" else label


def withdrawn(facts: Iterable[RecordedFact], subject: Subject) -> list[Line]:
    return [line(fact, subject) for fact in facts if fact.withdrawn_at is not None]


def line(fact: RecordedFact, subject: Subject) -> Line:
    lasting = fact.since is not None
    when = str(fact.year or "") if not lasting else say_span(fact.since, fact.until)
    if lasting and fact.until is None:
        when = gettext("từ %(day)s đến nay") % {"day": say_day(fact.since)}
    return Line(
        fact=fact,
        words=words(fact, subject),
        when=when,
        more=_more(fact),
        stands_on=paper(fact),
        tone=_tone(fact),
        open=lasting and fact.until is None,
    )


def words(fact: RecordedFact, subject: Subject) -> str:
    """What the fact says, in a phrase."""
    kind = str(FactKind(fact.kind).label)
    if fact.kind == FactKind.DISCIPLINE:
        return f"{kind}: {Form(fact.code).label}" if fact.code in Form.values else kind
    if codes := CODES.get(FactKind(fact.kind)):
        label = str(codes(fact.code).label) if fact.code in codes.values else fact.code
        of_members = fact.kind == FactKind.MEMBERS_GROUP
        return gettext("Người trong đơn vị: %(group)s") % {"group": label} if of_members else label
    if fact.kind == FactKind.ANSWER:
        asked = questions(subject).get(fact.code)
        return f"{asked.text} ({asked.place})" if asked else fact.code
    if fact.kind == FactKind.MEASURE:
        figure = figures(subject).get(fact.code)
        return figure.text if figure else fact.code
    return fact.title or kind


def _more(fact: RecordedFact) -> str:
    said: list[str] = []
    if fact.kind in WORKS:
        said += [str(FactKind(fact.kind).label), gettext("phạm vi %(scope)s") % {"scope": Scope(fact.scope).label}]
        if fact.used_for:
            said.append(gettext("đã dùng cho %(award)s") % {"award": award_name(fact.used_for)})
    if fact.kind == FactKind.CONFIRMATION:
        said.append(gettext("đã thực hiện đầy đủ nghĩa vụ") if fact.yes else gettext("còn vi phạm, nghĩa vụ"))
    if fact.kind == FactKind.ANSWER:
        said += [gettext("đáp ứng") if fact.yes else gettext("không đáp ứng"), fact.title]
    if fact.kind == FactKind.MEASURE and fact.value is not None:
        said.append(say_number(float(fact.value)))
    if fact.cleared:
        said.append(gettext("kết luận không có vi phạm"))
    return ", ".join(filter(None, said))


def _tone(fact: RecordedFact) -> str:
    if fact.yes is None:
        return ""
    return "met" if fact.yes else "fault"


def paper(row: Any) -> str:
    """ "12/QĐ-SNV ngày 05/12/2025", as records cite what they stand on."""
    number, day = row.paper, row.decided_on
    if number and day:
        return gettext("%(number)s ngày %(day)s") % {"number": number, "day": say_day(day)}
    return number or (gettext("văn bản ngày %(day)s") % {"day": say_day(day)} if day else "")


def award_name(code: str) -> str:
    found = awards().get(code)
    return found.name if found else code


@dataclass(frozen=True)
class CompleteLine:
    row: Completeness
    label: str
    since: str
    elsewhere: str


def complete_lines(found: Mapping[str, Completeness], unit_id: int) -> list[CompleteLine]:
    """`elsewhere`: the unit above that says it, where it is not the unit itself."""
    return [
        CompleteLine(
            row,
            str(RecordKind(kind).label),
            gettext("từ năm %(year)s") % {"year": row.from_year} if row.from_year else gettext("từ khi thành lập"),
            row.unit.name if row.unit_id != unit_id else "",
        )
        for kind, row in found.items()
    ]
