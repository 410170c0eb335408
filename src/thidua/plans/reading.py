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
    """The head and the foot of the document. `draft` is true where the document calls itself one."""

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
    label: str | None = None
    level: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


class Target(Fact, frozen=True, kw_only=True):
    """`strict` marks "trên" and "dưới": the bound itself does not count."""

    indicator: str
    op: Op = "="
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    strict: bool = False


class Subject(Fact, frozen=True, kw_only=True):
    kind: Literal["collective", "individual", "household", "both"]
    text: str


class Project(Fact, frozen=True, kw_only=True):
    name: str
    milestone: Literal["start", "finish"] | None = None
    by: PartialDate | None = None


class Pledge(Fact, frozen=True, kw_only=True):
    who: str
    min: int | None = None
    of: str | None = None


class Movement(Fact, frozen=True, kw_only=True):
    name: str


class Anniversary(Fact, frozen=True, kw_only=True):
    name: str
    origin: PartialDate | None = None
    date: PartialDate | None = None
    years: int | None = None


class AwardForm(Fact, frozen=True, kw_only=True, rename={"for_": "for"}):
    name: str
    granted_by: str | None = None
    for_: Literal["individual", "collective", "both"] = "both"


class Criterion(Fact, frozen=True, kw_only=True):
    applies_to: str | None = None
    text: str
    rating_years: tuple[int, int] | None = None
    min_excellent_years: int | None = None


class Quota(Fact, frozen=True, kw_only=True):
    unit: str
    max: int
    of: str


class DossierPart(Fact, frozen=True, kw_only=True):
    document: str


class Relative(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A deadline counted from another event: `days` of kind `unit` after the event named by `from`."""

    days: int | None = None
    unit: Literal["day", "working_day"] = "day"
    from_: str | None = None


class Deadline(Fact, frozen=True, kw_only=True):
    """A fixed date, an iCalendar RRULE, or a time counted from another event (`relative`)."""

    what: str
    who: str | None = None
    to: str | None = None
    date: datetime.date | None = None
    time: str | None = None
    recurrence: str | None = None
    relative: Relative | None = None


class ProgrammeItem(Fact, frozen=True, kw_only=True):
    item: str


class Task(Fact, frozen=True, kw_only=True):
    who: str | None = None
    text: str


class Recipient(Fact, frozen=True, kw_only=True):
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
    movements: tuple[Movement, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    award_forms: tuple[AwardForm, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    dossier: tuple[DossierPart, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    programme: tuple[ProgrammeItem, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()


KINDS: tuple[str, ...] = tuple(name for name in Reading.__struct_fields__ if name != "header")
