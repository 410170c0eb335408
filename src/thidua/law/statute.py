"""One file a law, decree, circular or local regulation: standards, principles, votes, deadlines, papers, money.

Every entry says its clause, its days, and whether it was verified. A rule is never edited: the new one stands beside
it with its date. Local regulations are further files of the same form; what they ask comes on top.
"""

from __future__ import annotations

import datetime
import math
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from thidua.law.criteria import Entry, Mark, Principle, Standard, Subject, Test

LawFileLevel = Literal["national", "local"]
Denominator = Literal["members", "present", "cast"]
Topic = Literal[
    "principle", "scope", "movement", "authority", "delegation", "advice", "presentation", "payer", "fund", "bonus",
    "filing", "publication", "consultation", "simple_procedure", "counting", "rating", "form", "report", "cancellation",
]  # fmt: skip
"""What a provision is about: who decides or proposes, who sets the details, who pays, how files and lists go…"""


class VoteRule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vote on these awards: `percent` of the `of`, or a `majority` of them, must agree.

    `quorum`, a fraction of all members, must be there. `council`: whose vote it is, "" for the council of whoever
    proposes; a rule without awards is for every meeting.
    """

    awards: tuple[str, ...] = ()
    council: Literal["", "central", "province", "base"] = ""
    text: str
    required: bool = True
    secret: bool | None = None
    percent: int | None = None
    majority: bool = False
    of: Denominator | None = None
    quorum: Annotated[str, msgspec.Meta(pattern=r"^\d+/[1-9]\d*$")] = ""
    written_opinions: bool | None = None
    max_ballots: int | None = None
    tie: str = ""

    def quorum_of(self, members: int) -> int:
        """How many of so many members must be there; none where the rule sets no quorum."""
        return math.ceil(Fraction(self.quorum) * members) if self.quorum else 0

    def votes_of(self, total: int) -> int:
        """How many of so many (of `of`) must agree; none where the rule sets no share."""
        if self.majority:
            return total // 2 + 1
        return math.ceil(Fraction(self.percent, 100) * total) if self.percent is not None else 0


class Deadline(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step's limit: so many days behind `after` or ahead of `before`, or by a day of the year.

    `by` is that day ("31/12"), `next_year` of the following year. `merits` narrows it to some kinds of merit.
    """

    step: str
    text: str
    awards: tuple[str, ...] = ()
    merits: tuple[str, ...] = ()
    days: int | None = None
    unit: Literal["working_day", "day"] = "working_day"
    after: str = ""
    before: str = ""
    by: str = ""
    next_year: bool = False


class DossierRule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Papers that a nomination for these awards holds; `only_for` narrows a part to some of them."""

    awards: tuple[str, ...] = ()
    merits: tuple[str, ...] = ()
    parts: tuple[DossierPaper, ...]


class DossierPaper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code` names the paper, `form` its official form where one is known, `or_code` a paper that does as well.

    `merits` narrows it to some kinds of merit, `business` to enterprises and those who head them.
    """

    code: str
    text: str
    form: str = ""
    only_for: tuple[str, ...] = ()
    merits: tuple[str, ...] = ()
    business: bool = False
    or_code: str = ""


class BonusRate(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Times the base salary; `at_most`: the body that gives the award sets the rate, and this is its limit."""

    award: str
    subject: Subject
    rate: Decimal
    at_most: bool = False


class BaseSalary(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lương cơ sở, in đồng."""

    amount: int


class Rounding(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bonus money goes up to a whole multiple of `to` đồng."""

    to: int
    text: str


class Preference(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to prefer among equals; `group` is one of `thidua.rules.preferring`."""

    group: str
    text: str


class Ceiling(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At most `percent` of the number `of`, for these awards."""

    awards: tuple[str, ...]
    percent: int
    of: str
    text: str


class Transition(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rule a case astride the change keeps."""

    text: str
    lodged_before: datetime.date | None = None


class Provision(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule that people carry out or read: nothing is computed from it, and it is still part of the law.

    `topic` says what it is about, `awards` which awards it concerns (none named: all of them).
    """

    topic: Topic
    text: str
    awards: tuple[str, ...] = ()


class Doubt(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `since` on entries of the statute are not verified, for an amendment's text was not read."""

    by: str
    text: str


class Statute(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file. `instrument` is its number ("06/2022/QH15"), `text` the name of the file with its exact wording."""

    instrument: str
    level: LawFileLevel = "national"
    title: str = ""
    mark: Mark = "open"
    source: str = ""
    text: str = ""
    standard: tuple[Standard, ...] = ()
    principle: tuple[Principle, ...] = ()
    vote: tuple[VoteRule, ...] = ()
    deadline: tuple[Deadline, ...] = ()
    dossier: tuple[DossierRule, ...] = ()
    bonus: tuple[BonusRate, ...] = ()
    base_salary: tuple[BaseSalary, ...] = ()
    rounding: tuple[Rounding, ...] = ()
    preference: tuple[Preference, ...] = ()
    ceiling: tuple[Ceiling, ...] = ()
    transition: tuple[Transition, ...] = ()
    provision: tuple[Provision, ...] = ()
    doubt: tuple[Doubt, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        return (
            *self.standard, *self.principle, *self.vote, *self.deadline, *self.dossier, *self.bonus,
            *self.base_salary, *self.rounding, *self.preference, *self.ceiling, *self.transition, *self.provision,
            *self.doubt,
        )  # fmt: skip

    def mark_of(self, entry: Entry, on: datetime.date) -> Mark:
        """An entry's mark on a day: "open" from the day on which an amendment came in force that nobody has read."""
        if any(doubt.in_force(on) for doubt in self.doubt):
            return "open"
        return entry.mark or self.mark

    def source_of(self, entry: Entry) -> str:
        return entry.source or self.source


def read_statute(path: Path) -> Statute:
    """Raises msgspec.ValidationError with the place in the file, tomllib.TOMLDecodeError where it is no TOML."""
    return parse_statute(path.read_text("utf-8"))


def parse_statute(text: str) -> Statute:
    return msgspec.convert(tomllib.loads(text), Statute, dec_hook=_test)


def _test(kind: type, value: Any) -> Any:
    """`{ rated = { level = "good" } }` as a Test."""
    if kind is Test and isinstance(value, dict) and len(value) == 1:
        ((predicate, params),) = value.items()
        if isinstance(params, dict):
            return Test(predicate, params)
    raise ValueError("a test is one predicate with its parameters")
