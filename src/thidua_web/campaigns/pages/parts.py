"""Parts of a campaign as pages show them: what, who, when, and the way to the words they stand on."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from thidua import explain
from thidua.plans import campaign as core
from thidua_web.campaigns.pages import facts
from thidua_web.campaigns.pages.timeline import Band, Drawing, Flag, draw
from thidua_web.campaigns.pages.wording import say_day, say_recurrence, say_span
from thidua_web.campaigns.stages import SOON

WordsOf = Callable[[str], str]


@dataclass(frozen=True)
class ShownPhase:
    label: str
    level: str
    when: str
    state: str
    href: str


@dataclass(frozen=True)
class ShownDuty:
    what: str
    who: str
    to: str
    when: str
    href: str
    is_task: bool


@dataclass(frozen=True)
class Line:
    """Anything with one sentence and particulars, as facts have them."""

    headline: str
    details: tuple[facts.Detail, ...]
    href: str


@dataclass(frozen=True)
class ShownQuestion:
    key: str
    sentence: str
    hint: str
    href: str


def phase(one: core.Phase, words: WordsOf, today: datetime.date) -> ShownPhase:
    when = span(one.start, one.end)
    return ShownPhase(name(one.label), one.level or "", when, state_of(one.start, one.end, today), words(one.key))


def span(start: datetime.date | None, end: datetime.date | None) -> str:
    return say_span(start, end) or gettext("Chưa có ngày")


def name(label: str) -> str:
    """A heading in capitals shouts on a page."""
    return (label.capitalize() if label.isupper() else label) or gettext("Cả phong trào")


def state_of(start: datetime.date | None, end: datetime.date | None, today: datetime.date) -> str:
    if start is None and end is None:
        return "unknown"
    if end is not None and end < today:
        return "past"
    return "now" if start is None or start <= today else "later"


def duty(one: core.Duty, words: WordsOf) -> ShownDuty:
    return ShownDuty(one.what, one.who or "", one.to or "", when(one), words(one.key), one.nature == "task")


def tracked(duties: Sequence[core.Duty]) -> list[core.Duty]:
    """What is followed up: all but the tasks whose words hold deadlines, which are done by these."""
    holders = {one.within for one in duties}
    return [one for one in duties if one.key not in holders]


def first_day(one: core.Duty) -> datetime.date:
    """Standing tasks come last."""
    return one.days[0].day if one.days else datetime.date.max


def when(one: core.Duty) -> str:
    """ "16:30 30/10/2026", "hằng quý: 15/03/2026, 15/06/2026 … (4 ngày)"."""
    days = [say_day(day.day) for day in one.days]
    rule = say_recurrence(one.rule) if one.rule else ""
    if not days:
        return rule or ("" if one.nature == "task" else gettext("Chưa có ngày"))
    if len(days) > 4:
        said = gettext("%(first)s, %(second)s … %(last)s (%(n)d ngày)") % {
            "first": days[0],
            "second": days[1],
            "last": days[-1],
            "n": len(days),
        }
    else:
        said = ", ".join(days)
    said = f"{one.time} {said}" if one.time else said
    return f"{rule}: {said}" if rule else said


def target(one: core.Aim, words: WordsOf) -> Line:
    return _line(facts.SAYS["targets"], one.target, words(one.key))


def work(one: core.Work, words: WordsOf) -> Line:
    return _line(facts.SAYS["projects"], one.project, words(one.key))


def pledge(one: core.PledgeRule, words: WordsOf) -> Line:
    return _line(facts.SAYS["pledges"], one.pledge, words(one.key))


def condition(one: core.ConditionItem, words: WordsOf) -> Line:
    return _line(facts.SAYS["conditions"], one.condition, words(one.key))


def _line(says: facts.Says, fact: object, href: str) -> Line:
    headline, details = says(fact)
    return Line(headline, tuple(details), href)


@dataclass(frozen=True)
class ShownOffer:
    award: str
    granted_by: str
    whom: str
    criteria: tuple[str, ...]
    quotas: tuple[Line, ...]
    dossier: tuple[str, ...]
    href: str


def offer(one: core.Offer, words: WordsOf) -> ShownOffer:
    return ShownOffer(
        award=one.award or gettext("Khen thưởng"),
        granted_by=one.granted_by or "",
        whom=str(facts.WHO[one.for_]),
        criteria=tuple(criterion.text for criterion in one.criteria),
        quotas=tuple(_line(facts.SAYS["quotas"], quota, "") for quota in one.quotas),
        dossier=tuple(part.document for part in one.dossier),
        href=words(one.key),
    )


def question(one: core.Question, words: WordsOf, language: str) -> ShownQuestion:
    return ShownQuestion(one.key, explain.sentence(one.finding, language), one.hint or "", words(one.key))


def timeline(phases: Iterable[core.Phase], flags: Sequence[Flag], today: datetime.date) -> Drawing | None:
    bands = [Band(one.key, name(one.label), one.start, one.end, one.level or "") for one in phases]
    return draw(bands, flags, today=today)


def flags_of(duties: Iterable[core.Duty], today: datetime.date) -> list[Flag]:
    """One for every day of every duty; what lies behind is past, whether it was done the plan cannot know."""
    return [Flag(day.due, one.what, flag_state(day.due, today)) for one in duties for day in one.days]


def flag_state(due: datetime.date, today: datetime.date) -> str:
    if due < today:
        return "past"
    return "soon" if due <= today + SOON else "later"
