"""From reviewed facts to a campaign: what nobody rejected, on its days, under the days that people have set.

Nothing is guessed and nothing is lost: what has no day becomes a question.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from thidua.findings import Evidence, Finding, Outcome
from thidua.plans.calendar import (
    NAMELESS_PERIOD,
    Span,
    campaign_span,
    duty_span,
    issued_on,
    resolve_days,
    schedule_deadline,
    schedule_period,
)
from thidua.plans.campaign import (
    Aim,
    Answer,
    CampaignPlan,
    ConditionItem,
    Duty,
    Item,
    Occurrence,
    Phase,
    PledgeRule,
    Question,
    Words,
    Work,
)
from thidua.plans.offers import Keyed, offers_of
from thidua.plans.parties import parties
from thidua.plans.reading import (
    AwardForm,
    Condition,
    Criterion,
    Deadline,
    DossierPart,
    Fact,
    HeaderField,
    OpenDay,
    Period,
    Pledge,
    Project,
    Quota,
    Reading,
    Target,
    Task,
)
from thidua.plans.recurring import settle, unroll
from thidua.plans.review import Reviewed, Verdict, confirmed
from thidua.plans.working_days import due_day

MOST_DAYS = 800
"""Days of one duty at most; a duty that recurs more often is written up to there and asks for an earlier last day."""

Asks = Literal["day", "start", "end", "span"]
_ASKS: Mapping[str, Asks] = {
    "calendar.period_without_both": "span",
    "calendar.period_without_start": "start",
    "calendar.period_without_end": "end",
    "calendar.recurrence_without_start": "span",
    "calendar.recurrence_without_end": "end",
    "campaign.too_many_days": "end",
}
_UNANSWERED: Mapping[str, Answer] = MappingProxyType({})
_NO_DAYS = Answer()

F = TypeVar("F", bound=Fact)
Part = TypeVar("Part", bound=Item)


def plan_campaign(items: Sequence[Reviewed], *, answers: Mapping[str, Answer] = _UNANSWERED) -> CampaignPlan:
    """The campaign of all items that nobody rejected; `answers` holds the days set for questions, by the item's key."""
    draft = _Draft([item for item in items if item.verdict is not Verdict.REJECTED], answers)
    phases = [_plan_phase(item, draft) for item in draft.of(Period)]
    duties = [_plan_deadline(item, draft) for item in draft.of(Deadline)]
    duties += [_plan_open_day(item, draft) for item in draft.of(OpenDay) if item not in draft.carried.values()]
    tasks = [_plan_task(item) for item in draft.of(Task)]
    return CampaignPlan(
        **_head(draft.reading),
        phases=tuple(phase for phase, _ in phases),
        duties=tuple(_in_order([*tasks, *(duty for duty, _ in duties)])),
        targets=tuple(Aim(key=key, words=Words.under(fact), target=fact) for key, fact in draft.of(Target)),
        works=tuple(Work(key=key, words=Words.under(fact), project=fact) for key, fact in draft.of(Project)),
        pledges=tuple(_plan_pledge(item) for item in draft.of(Pledge)),
        conditions=tuple(_plan_condition(item) for item in draft.of(Condition)),
        offers=offers_of(draft.of(AwardForm), draft.of(Criterion), draft.of(Quota), draft.of(DossierPart)),
        questions=tuple(_in_order([*chain.from_iterable(asked for _, asked in (*phases, *duties))])),
    )


class _Draft:
    """The items that count, with the answered days in them, and the reading that they make."""

    def __init__(self, items: Sequence[Reviewed], answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.items = {item.key: _answered(item, self.answer(item.key)) for item in items}
        self.reading = confirmed(self.items.values())
        self.tasks = self.of(Task)
        self.carried = _carried(items)

    def of(self, kind: type[F]) -> list[Keyed[F]]:
        found = [Keyed(key, item.fact) for key, item in self.items.items() if isinstance(item.fact, kind)]
        return sorted(found, key=lambda item: item.fact.span[0])

    def answer(self, key: str) -> Answer:
        return self.answers.get(key, _NO_DAYS)

    def span_of(self, key: str) -> Span:
        """When the duty under this key may recur."""
        start, end = duty_span(self.reading)
        return self.answer(key).start or start, self.answer(key).end or end

    def follows_event(self, key: str, deadline: Deadline) -> bool:
        """Whether the reader counted this day; an event that moved then moves it. A day that a person set stays."""
        read = self.items[key].read
        is_as_read = isinstance(read, Deadline) and read.date == deadline.date
        return deadline.relative is not None and (deadline.date is None or is_as_read)


def _carried(items: Sequence[Reviewed]) -> dict[str, Keyed[OpenDay]]:
    """The open days that other facts of the same words already hold, by these facts' keys: they ask once."""
    carried: dict[str, Keyed[OpenDay]] = {}
    for item in items:
        if isinstance(item.fact, OpenDay):
            carriers = [other.key for other in items if other.key not in carried and _carries(other.fact, item.fact)]
            if carriers:
                carried[carriers[0]] = Keyed(item.key, item.fact)
    return carried


def _carries(fact: Fact, open_day: OpenDay) -> bool:
    """A phase or deadline without its days, or one whose day is expected only ("dự kiến quý III")."""
    if fact.span[0] >= open_day.span[1] or open_day.span[0] >= fact.span[1]:
        return False
    if isinstance(fact, Period):
        return not (fact.start and fact.end)
    if not isinstance(fact, Deadline) or fact.recurrence:
        return False
    return fact.date is None or (open_day.reason == "postponed" and open_day.hint is not None)


def _answered(item: Reviewed, answer: Answer) -> Reviewed:
    """A phase takes its days before all else, since duties are counted from them."""
    if not isinstance(item.fact, Period):
        return item
    phase = replace(item.fact, start=answer.start or item.fact.start, end=answer.end or item.fact.end)
    return replace(item, fact=phase)


def _head(reading: Reading) -> dict[str, Any]:
    header = reading.header
    start, end = campaign_span(reading)
    return {
        "title": _value(header.title),
        "number": "/".join(filter(None, (_value(header.number), _value(header.symbol)))),
        "issuer": _value(header.issuer),
        "issued_on": issued_on(reading),
        "start": start,
        "end": end,
    }


def _value(field: HeaderField | None) -> str:
    return field.value if field else ""


def _plan_phase(item: Keyed[Period], draft: _Draft) -> tuple[Phase, list[Question]]:
    key, period = item
    phase = Phase(
        key=key,
        words=Words.under(period),
        label=period.label or NAMELESS_PERIOD,
        level=period.level,
        start=period.start,
        end=period.end,
    )
    return phase, [_ask(item, finding, draft) for finding in _left_open(schedule_period(period))]


def _plan_pledge(item: Keyed[Pledge]) -> PledgeRule:
    key, pledge = item
    return PledgeRule(key=key, words=Words.under(pledge), pledge=pledge, parties=parties(pledge.who))


def _plan_condition(item: Keyed[Condition]) -> ConditionItem:
    key, condition = item
    return ConditionItem(
        key=key, words=Words.under(condition), condition=condition, parties=parties(condition.who or "")
    )


def _plan_task(item: Keyed[Task]) -> Duty:
    key, task = item
    return Duty(
        key=key, words=Words.under(task), what=task.text, who=task.who, parties=parties(task.who or ""), nature="task"
    )


def _plan_deadline(item: Keyed[Deadline], draft: _Draft) -> tuple[Duty, list[Question]]:
    key, deadline = item
    days, findings = _days_of(item, draft)
    task = _task_around(deadline, draft.tasks)
    who = deadline.who or (task.fact.who if task else None)
    duty = Duty(
        key=key,
        words=Words.under(deadline),
        what=deadline.what,
        who=who,
        parties=parties(who or ""),
        to=deadline.to,
        time=deadline.time,
        rule=deadline.recurrence,
        days=tuple(Occurrence(day=day, due=due_day(day)) for day in days),
        within=task.key if task else None,
    )
    return duty, [_ask(item, finding, draft) for finding in findings]


def _plan_open_day(item: Keyed[OpenDay], draft: _Draft) -> tuple[Duty, list[Question]]:
    key, open_day = item
    day = draft.answer(key).start or draft.answer(key).end
    task = _task_around(open_day, draft.tasks)
    who = task.fact.who if task else None
    duty = Duty(
        key=key,
        words=Words.under(open_day),
        what=open_day.what,
        who=who,
        parties=parties(who or ""),
        days=(Occurrence(day=day, due=due_day(day)),) if day else (),
        within=task.key if task else None,
    )
    return duty, [] if day else [_ask(item, _not_fixed(open_day), draft)]


def _task_around(deadline: Fact, tasks: Iterable[Keyed[Task]]) -> Keyed[Task] | None:
    """The task whose words hold the deadline's, the closest where several do."""
    start, end = deadline.span
    around = [task for task in tasks if task.fact.span[0] <= start < end <= task.fact.span[1]]
    return min(around, key=lambda task: task.fact.span[1] - task.fact.span[0], default=None)


def _days_of(item: Keyed[Deadline], draft: _Draft) -> tuple[list[datetime.date], list[Finding]]:
    """The days of a deadline and what it leaves open."""
    key, deadline = item
    answer = draft.answer(key)
    if deadline.recurrence and not deadline.date and not deadline.relative:
        days, findings = _recurring_days(deadline, deadline.recurrence, draft.reading, draft.span_of(key))
        return (days, findings) if days or not answer.start else ([answer.start], [])
    day = answer.start or answer.end or deadline.date
    counted = draft.follows_event(key, deadline) and answer == _NO_DAYS
    days = (resolve_days(deadline, draft.reading) if counted else []) or ([day] if day else [])
    if not days:
        return [], _left_open(schedule_deadline(deadline, draft.reading, (None, None)))
    return days, [_not_fixed(draft.carried[key].fact)] if key in draft.carried and answer == _NO_DAYS else []


def _recurring_days(
    deadline: Deadline, rule: str, reading: Reading, span: Span
) -> tuple[list[datetime.date], list[Finding]]:
    """Without a last day, up to the end of the year after the first."""
    findings = _left_open(schedule_deadline(deadline, reading, span))
    start, end = span
    if start is None:
        return [], findings
    try:
        days = unroll(settle(rule), start, end or datetime.date(start.year + 1, 12, 31), most=MOST_DAYS + 1)
    except ValueError:
        return [], findings
    return days[:MOST_DAYS], findings + [_too_many(deadline)] * (len(days) > MOST_DAYS)


def _left_open(lines: Iterable[object]) -> list[Finding]:
    return [line for line in lines if isinstance(line, Finding)]


def _too_many(deadline: Deadline) -> Finding:
    return Finding(
        code="campaign.too_many_days",
        outcome=Outcome.UNKNOWN,
        params={"what": deadline.what, "most": MOST_DAYS},
        facts_used=(Evidence(kind="deadlines", quote=deadline.quote, span=deadline.span),),
    )


def _not_fixed(open_day: OpenDay) -> Finding:
    return Finding(
        code=f"campaign.day_{open_day.reason}",
        outcome=Outcome.UNKNOWN,
        params={"what": open_day.what},
        facts_used=(Evidence(kind="open_days", quote=open_day.quote, span=open_day.span),),
    )


def _ask(item: Keyed[Fact], finding: Finding, draft: _Draft) -> Question:
    open_day = item.fact if isinstance(item.fact, OpenDay) else None
    if item.key in draft.carried:
        open_day = draft.carried[item.key].fact
    return Question(
        key=item.key,
        words=Words.under(item.fact),
        about="phase" if isinstance(item.fact, Period) else "duty",
        asks=_ASKS.get(finding.code, "day"),
        finding=finding,
        hint=open_day.hint if open_day else finding.params.get("after"),
    )


def _in_order(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: part.words.span[0])
