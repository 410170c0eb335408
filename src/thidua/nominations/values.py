"""What is asked about: a submission with its nominations, their claims, papers, confirmations, and the unit's meeting.

Whoever calls fills these from what is stored. A day, a number or an answer that is not known is None, never a guess:
the checks then ask for it. Codes of persons and units are whatever the register calls them by.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from thidua.findings import Basis
from thidua.law.awards import Level
from thidua.law.criteria import Subject
from thidua.rules.assessing import Assessment
from thidua.rules.facts import Facts, Merit
from thidua.rules.limits import Candidate, Limit, Numbers
from thidua.rules.offers import Offer

Verdict = Literal["", "proved", "took_part", "unprovable", "untrue"]
SubmissionKind = Literal["campaign", "yearly", "sudden"]
Council = Literal["", "central", "province", "base"]


class Claim(Struct, frozen=True, kw_only=True):
    """One thing the report says was achieved, with so many pieces of `evidence`; `verdict` "" while nobody judged it.

    `merit`: where the claim is an award that was given, the kind of merit that award was for.
    """

    key: str
    words: str
    since: datetime.date | None = None
    until: datetime.date | None = None
    evidence: int = 0
    verdict: Verdict = ""
    note: str = ""
    merit: Merit = ""


class HeldPaper(Struct, frozen=True, kw_only=True):
    """A paper that is there; `code` is that of the `NeededPaper` it stands for, "" for any other."""

    code: str
    name: str = ""
    dated: datetime.date | None = None
    pages: int | None = None


class Confirmation(Struct, frozen=True, kw_only=True):
    """Another body asked whether duties are fulfilled: `body` is tax, social_insurance, health_insurance, police…

    `yes` is None while it has not answered. A body asked again has several, of which the newest answer counts.
    """

    body: str
    asked_on: datetime.date | None = None
    answered_on: datetime.date | None = None
    yes: bool | None = None
    paper: str = ""


class Vote(Struct, frozen=True, kw_only=True):
    """Written opinions of those who were absent are counted in."""

    for_: int
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.for_ + self.against + self.abstained


class Meeting(Struct, frozen=True, kw_only=True):
    """The meeting that reviewed the nominees: `members` have a vote, of whom `present` came and `written` wrote.

    `votes` and `analysed` are by the nomination's ref, `analysed` with the keys of criteria (`criteria_keys`) that the
    minutes speak of. `council`: whose meeting it is, "" for the proposing unit's own.
    """

    held_on: datetime.date | None = None
    members: int | None = None
    present: int | None = None
    written: int = 0
    chair: str = ""
    secretary: str = ""
    votes: Mapping[str, Vote] = {}
    analysed: Mapping[str, frozenset[str]] = {}
    council: Council = ""


class Repeated(Struct, frozen=True, kw_only=True):
    """Another report that shares `words` words, `share` percent of this one (`thidua.rules.repeats`)."""

    other: str
    words: int
    share: int


class Double(Struct, frozen=True, kw_only=True):
    """An award or nomination that may be for the same deed; `sure` where the register says that it is one deed.

    `award` by its code, or in words; with its year and the paper that gave it ("" while it is only proposed).
    """

    award: str
    year: int
    words: str = ""
    decided: str = ""
    sure: bool = False


class Proposed(Struct, frozen=True, kw_only=True):
    """Another list on which the nominee stands: whose, and the day on which it was lodged."""

    unit: str
    on: datetime.date | None = None


class Nomination(Struct, frozen=True, kw_only=True):
    """One nominee proposed for one award.

    `nominee` is the register's code, `name` as the dossier writes it, `register_name` as the register has it ("" where
    it has none). `unit_codes`: the nominee's unit in the time of the merit and those above it, its own first; in it
    from `nominee_since` to `nominee_until`. `dissolved_on`: the last day of a collective that ended.
    `since`, `until`: the period of the merit. `lodged_on` selects the law; None while it is being prepared.
    `plan_papers` are the words of the plan's dossier. `proposed`: lists lodged before this one with the same authority
    that propose the nominee for the same award, year, kind of merit and campaign. `prepared_by`, `signed_by`,
    `chaired_by`: who had the file in hand in the proposing unit. `assessment` may be left out: it is made then.
    """

    ref: str
    nominee: str
    name: str
    subject: Subject
    award: str
    merit: Merit
    year: int
    offer: Offer
    facts: Facts
    assessment: Assessment | None = None
    lodged_on: datetime.date | None = None
    register_name: str = ""
    unit_codes: tuple[str, ...] = ()
    unit_names: tuple[str, ...] = ()
    unit_group: str | None = None
    nominee_since: datetime.date | None = None
    nominee_until: datetime.date | None = None
    dissolved_on: datetime.date | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    summary: str = ""
    report: str = ""
    claims: tuple[Claim, ...] = ()
    papers: tuple[HeldPaper, ...] = ()
    plan_papers: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    repeats: tuple[Repeated, ...] = ()
    doubles: tuple[Double, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    groups: frozenset[str] | None = None
    is_leader: bool | None = None
    business: bool = False
    deed: str = ""
    prepared_by: str = ""
    signed_by: str = ""
    chaired_by: str = ""

    @property
    def candidate(self) -> Candidate:
        """As quotas and shares of a list count it; whether it is a leader stands above the groups."""
        groups = self.groups
        if groups is not None and self.is_leader is not None:
            groups = groups | {"leader"} if self.is_leader else groups - {"leader"}
        return Candidate(
            ref=self.ref, subject=self.subject, units=self.unit_names, group=self.unit_group, groups=groups,
            award=self.award,
        )  # fmt: skip


class Submission(Struct, frozen=True, kw_only=True):
    """What a unit sends with one tờ trình.

    `launched`, `reported`: whether the unit launched the campaign and sent its report of it, None where not known;
    `launch_asked`, `report_asked` are the words that ask for it, None where nothing does. `due` is the last day, by
    `due_basis`. `presented_on`: the day of the tờ trình, signed by `signed_by`. `analysis_asked`: the words that ask
    the minutes to speak of every criterion. `receiver`: the level of the authority the list goes to, "" where it is
    not known. `listed` are candidates lodged elsewhere against the same `limits`, `numbers` what percentages are taken
    of. `excepted`: codes of findings that were excepted, alone or as "code:ref" for one nomination.
    """

    ref: str
    unit: str
    kind: SubmissionKind
    unit_name: str = ""
    campaign: str = ""
    received: bool | None = None
    launched: bool | None = None
    launch_asked: Basis | None = None
    reported: bool | None = None
    report_asked: Basis | None = None
    due: datetime.date | None = None
    due_basis: Basis | None = None
    presented_on: datetime.date | None = None
    prepared_by: str = ""
    signed_by: str = ""
    papers: tuple[HeldPaper, ...] = ()
    meeting: Meeting | None = None
    analysis_asked: Basis | None = None
    receiver: Level | Literal[""] = ""
    nominations: tuple[Nomination, ...] = ()
    limits: tuple[Limit, ...] = ()
    listed: tuple[Candidate, ...] = ()
    numbers: Numbers = {}
    excepted: frozenset[str] = frozenset()
