"""What a confirmed reading becomes: phases by level, duties with their days, targets, offers, open questions.

A `CampaignPlan` is data alone; nothing in it knows a unit of a register or today's date.
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

from thidua.findings import Finding
from thidua.plans.reading import Condition, Criterion, DossierPart, Fact, Pledge, Project, Quota, Target


class Words(Struct, frozen=True, kw_only=True):
    """The literal words an item stands on, and where they stand in the raw text."""

    quote: str
    span: tuple[int, int]

    @classmethod
    def under(cls, fact: Fact) -> Words:
        return cls(quote=fact.quote, span=fact.span)


class Item(Struct, frozen=True, kw_only=True):
    """Anything of a campaign; `key` is that of the reviewed fact it was made of."""

    key: str
    words: Words


class Phase(Item, frozen=True, kw_only=True):
    """A band of the timeline, both days included; `level` is None where the phase is everybody's."""

    label: str
    level: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


class Party(Struct, frozen=True, kw_only=True):
    """Who is addressed: a body by its name, or a `group` of bodies ("departments", "communes", ... or "all")."""

    name: str
    group: str | None = None


class Occurrence(Struct, frozen=True, kw_only=True):
    """One day of a duty: `day` as the plan gives it, `due` the working day that ends it."""

    day: datetime.date
    due: datetime.date


class Duty(Item, frozen=True, kw_only=True):
    """Who must do what, by when, to whom.

    `days` is empty where the plan fixes none: a standing task, or a deadline that an open question asks about.
    `within` is the key of the task whose words hold this deadline.
    """

    what: str
    who: str | None = None
    to: str | None = None
    parties: tuple[Party, ...] = ()
    nature: Literal["deadline", "task"] = "deadline"
    time: str | None = None
    rule: str | None = None
    days: tuple[Occurrence, ...] = ()
    within: str | None = None


class Aim(Item, frozen=True, kw_only=True):
    """A target of the campaign."""

    target: Target


class Work(Item, frozen=True, kw_only=True):
    """A project that the plan names."""

    project: Project


class PledgeRule(Item, frozen=True, kw_only=True):
    """What units must register."""

    pledge: Pledge
    parties: tuple[Party, ...] = ()


class ConditionItem(Item, frozen=True, kw_only=True):
    """What pledges must keep to, or what must be done before anything is proposed."""

    condition: Condition
    parties: tuple[Party, ...] = ()


class Offer(Item, frozen=True, kw_only=True):
    """An award that the campaign offers, with the clauses of the plan that decide about it."""

    award: str
    granted_by: str | None = None
    for_: Literal["individual", "collective", "both"] = "both"
    criteria: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    dossier: tuple[DossierPart, ...] = ()


class Question(Item, frozen=True, kw_only=True):
    """A day that a person must set. `finding` makes the sentence; `about` is where an answer goes.

    `asks` says which days are missing; `hint` is what the plan says of them ("tuần học thứ 22", "quý III năm 2025").
    """

    about: Literal["phase", "duty"]
    asks: Literal["day", "start", "end", "span"]
    finding: Finding
    hint: str | None = None


class Answer(Struct, frozen=True, kw_only=True):
    """The days that a person set; `start` alone answers a question for one day."""

    start: datetime.date | None = None
    end: datetime.date | None = None


class CampaignPlan(Struct, frozen=True, kw_only=True):
    """Everything a launch freezes, in the order of the text."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: datetime.date | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    phases: tuple[Phase, ...] = ()
    duties: tuple[Duty, ...] = ()
    targets: tuple[Aim, ...] = ()
    works: tuple[Work, ...] = ()
    pledges: tuple[PledgeRule, ...] = ()
    conditions: tuple[ConditionItem, ...] = ()
    offers: tuple[Offer, ...] = ()
    questions: tuple[Question, ...] = ()
