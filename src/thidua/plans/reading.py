"""What was read out of a plan: every fact with the words it stands on.

A fact's `quote` is a literal piece of the raw text and `span` its [start, end) there; `sureness` runs from 0 to 1.
Dates are ISO days; `PartialDate` may be a day, a month ("2025-09") or a year ("1969"). Field names are the contract
that other programs rely on; fields may be added, never given another meaning.
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

PartialDate = str
Op = Literal[">=", "<=", "=", "range"]


class Fact(Struct, frozen=True, kw_only=True):
    """Anything that stands on words of the document."""

    quote: str
    span: tuple[int, int]
    sureness: float = 1.0


class HeaderField(Fact, frozen=True, kw_only=True):
    """One field of the header; a date is given as its ISO form."""

    value: str


class Header(Struct, frozen=True, kw_only=True):
    """The head and the foot of the document; None where a field is not there.

    `date_partial` stands in place of `date` where the day is not filled in ("2026-01"). `draft` is true where the
    document calls itself one.
    """

    number: HeaderField | None = None
    symbol: HeaderField | None = None
    issuer: HeaderField | None = None
    place: HeaderField | None = None
    date: HeaderField | None = None
    date_partial: HeaderField | None = None
    type: HeaderField | None = None
    title: HeaderField | None = None
    theme: HeaderField | None = None
    slogan: HeaderField | None = None
    signer: HeaderField | None = None
    signer_position: HeaderField | None = None
    draft: bool = False


class Document(Fact, frozen=True, kw_only=True):
    """A document named by this one. `number` holds its symbol too ("147/KH-UBND"); laws may have none."""

    number: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    type: str | None = None


class Period(Fact, frozen=True, kw_only=True):
    """When the campaign, a phase of it, or a level's congress runs, both days included.

    `label` is the phase's name or the heading over it; `level` is a congress's level ("cấp cơ sở"). A day that the
    text does not fix is None.
    """

    label: str | None = None
    level: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


class Target(Fact, frozen=True, kw_only=True):
    """What must be reached: `indicator` compared by `op` with `value`, in `unit`.

    A "range" runs from `value` to `value_max`. `strict` marks "trên" and "dưới": the bound itself does not count.
    A target without a number ("đạt chuẩn") has only its indicator.
    """

    indicator: str
    op: Op = "="
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    strict: bool = False


class Subject(Fact, frozen=True, kw_only=True):
    """Who takes part or is commended."""

    kind: Literal["collective", "individual", "household", "both"]
    text: str


class Project(Fact, frozen=True, kw_only=True):
    """A work named in the plan; `by` is as exact as the words, a quarter being its last day."""

    name: str
    milestone: Literal["start", "finish"] | None = None
    by: PartialDate | None = None


class Pledge(Fact, frozen=True, kw_only=True):
    """What each unit must register: `who` at least `min` of `of`."""

    who: str
    min: int | None = None
    of: str | None = None


class Condition(Fact, frozen=True, kw_only=True):
    """What `who` must keep to: `text` is the clause.

    "floor": targets may not be pledged below the result of the base `year` (None where the base is not a calendar
    year: the year before, the assigned plan). "no_duplicate": works may not repeat those of others. "gate": who did not
    do something is not considered; `thidua.plans.gates.gate_requirements` says what.
    """

    kind: Literal["floor", "no_duplicate", "gate"]
    who: str | None = None
    year: int | None = None
    text: str


class Movement(Fact, frozen=True, kw_only=True):
    """Another named movement or programme to take part in."""

    name: str


class Anniversary(Fact, frozen=True, kw_only=True):
    """`origin` is the day or year of the event, `date` the day it is kept, `years` the count the text claims."""

    name: str
    origin: PartialDate | None = None
    date: PartialDate | None = None
    years: int | None = None


class AwardForm(Fact, frozen=True, kw_only=True, rename={"for_": "for"}):
    """A form of commendation, named with its granter where the text names one."""

    name: str
    granted_by: str | None = None
    for_: Literal["individual", "collective", "both"] = "both"


class Criterion(Fact, frozen=True, kw_only=True):
    """What a nominee must have reached.

    `rating_years` are the first and last year of the annual ratings it asks for, `min_excellent_years` how many of
    them must be "hoàn thành xuất sắc nhiệm vụ"; None where the text does not ask.
    """

    applies_to: str | None = None
    text: str
    rating_years: tuple[int, int] | None = None
    min_excellent_years: int | None = None


class Quota(Fact, frozen=True, kw_only=True):
    """How many a unit may propose: at most `max` of the kind `of`; where `of` opens with "%", a share in percent."""

    unit: str
    max: int
    of: str


class DossierPart(Fact, frozen=True, kw_only=True):
    """A paper that a nomination must hold."""

    document: str


class Relative(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A deadline counted from another event: `days` of kind `unit` after the event named by `from`, negative before it.

    `days` is None where the text only names the event ("khi tổng kết"); a week is 7 days, a month 30.
    """

    days: int | None = None
    unit: Literal["day", "working_day"] = "day"
    from_: str | None = None


class Deadline(Fact, frozen=True, kw_only=True):
    """`what` is due from `who`, sent `to`: on a `date`, by a `recurrence`, or counted from an event (`relative`).

    `recurrence` is an iCalendar RRULE (RFC 5545), `time` is "HH:MM". A relative deadline has a date too where the plan
    holds the event's own day and counts calendar days.
    """

    what: str
    who: str | None = None
    to: str | None = None
    date: datetime.date | None = None
    time: str | None = None
    recurrence: str | None = None
    relative: Relative | None = None


class OpenDay(Fact, frozen=True, kw_only=True):
    """What has a day that the plan does not fix: put off to a later paper, left blank, or told in weeks of school.

    `hint` is what the plan says of it ("quý III năm 2025", "ngày … tháng 6 năm 2026", "tuần học thứ 22").
    """

    what: str
    reason: Literal["postponed", "blank", "week"]
    hint: str | None = None


class ProgrammeItem(Fact, frozen=True, kw_only=True):
    """One entry of the order of business of a congress or meeting."""

    item: str


class Task(Fact, frozen=True, kw_only=True):
    """Who is told to do what; `who` is None where neither the sentence nor a heading names it."""

    who: str | None = None
    text: str


class Recipient(Fact, frozen=True, kw_only=True):
    """One line under "Nơi nhận"."""

    name: str


class Reading(Struct, frozen=True, kw_only=True):
    """Everything read out of one document, in the order of the text."""

    header: Header = Header()
    legal_basis: tuple[Document, ...] = ()
    cited_documents: tuple[Document, ...] = ()
    periods: tuple[Period, ...] = ()
    targets: tuple[Target, ...] = ()
    subjects: tuple[Subject, ...] = ()
    projects: tuple[Project, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    conditions: tuple[Condition, ...] = ()
    movements: tuple[Movement, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    award_forms: tuple[AwardForm, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    dossier: tuple[DossierPart, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    open_days: tuple[OpenDay, ...] = ()
    programme: tuple[ProgrammeItem, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()


KINDS: tuple[str, ...] = tuple(name for name in Reading.__struct_fields__ if name != "header")
