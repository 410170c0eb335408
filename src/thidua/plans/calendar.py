"""A plan's days as iCalendar (RFC 5545): phases, deadlines, recurring duties, with alarms before them.

What the document leaves open is not guessed: it is left out, or left without an end, and `open_questions` says so.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from thidua.explain import say
from thidua.findings import Evidence, Finding, Outcome
from thidua.plans.campaign import CampaignPlan, Duty, Occurrence, Phase
from thidua.plans.ical import DEADLINE, PHASE, ZONE, Event, write_calendar
from thidua.plans.reading import Deadline, Fact, Period, Reading
from thidua.plans.recurring import first_occurrence, parse_rule, settle
from thidua.plans.working_days import DUE_BASIS, count_working_days
from thidua.vietnamese.folding import search_key

Span = tuple[datetime.date | None, datetime.date | None]

NAMELESS_PERIOD = "Thời gian thực hiện"
ALARM_DAYS = (7, 3, 1)
_ALARM_DAYS_BY_FREQUENCY: dict[str, tuple[int, ...]] = {"DAILY": (), "WEEKLY": (3, 1)}
_UID_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://thidua.invalid/calendar")
_LONGEST_COUNT = 3 * 366
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
# "ngày ban hành Kế hoạch này phải hoàn thành …": the event ends before what must be done.
_WHAT_IS_DUE = re.compile(r"\s+phai\b.*")
_EACH_PHASE = re.compile(
    r"\b(?P<side>ket thuc|cuoi|sau|bat dau) (?P<each>(?:moi|tung|cac) )?(?P<noun>dot|chang|giai doan)$"
)
_EACH_TIME = re.compile(r"\b(?:moi|tung) (?:dot|chang|giai doan)\b")
_LAST_MINUTE = datetime.time(23, 59, 59)


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the calendar. `end` is the last day itself; `time` is local; `rule` an RRULE with its UNTIL."""

    fact: Fact
    category: str
    summary: str
    start: datetime.date
    end: datetime.date | None = None
    time: datetime.time | None = None
    rule: str | None = None


def to_ical(reading: Reading, *, name: str, stamp: datetime.datetime) -> bytes:
    """The calendar `name`; `stamp` (aware) is the DTSTAMP of every event. Same reading and stamp, same bytes."""
    seen: Counter[str] = Counter()
    events = []
    for entry in plan_entries(reading):
        identity = _identity(reading, entry)
        seen[identity] += 1
        events.append(_event(entry, _uid(f"{seen[identity]} {identity}")))
    return write_calendar(events, name=name, stamp=stamp)


def campaign_ical(plan: CampaignPlan, *, name: str, stamp: datetime.datetime, uid_base: str) -> bytes:
    """The calendar `name` of a campaign: every phase, and every day of every duty on the day that the plan names.

    `uid_base` tells the campaigns of one place apart from those of all others; an event keeps its UID as long as its
    item's key and day stay.
    """
    phases = (event for phase in plan.phases for event in _phase_events(phase, uid_base))
    duties = (event for duty in plan.duties for event in _duty_events(duty, uid_base))
    return write_calendar([*phases, *duties], name=name, stamp=stamp)


def _phase_events(phase: Phase, uid_base: str) -> Iterator[Event]:
    period = Period(
        quote=phase.words.quote,
        span=phase.words.span,
        label=phase.label,
        level=phase.level,
        start=phase.start,
        end=phase.end,
    )
    for line in schedule_period(period):
        if isinstance(line, Entry):
            yield _event(line, _uid(f"{uid_base}\n{phase.key}"))


def _duty_events(duty: Duty, uid_base: str) -> Iterator[Event]:
    for before, one in zip((None, *duty.days), duty.days, strict=False):
        yield Event(
            uid=_uid(f"{uid_base}\n{duty.key}\n{one.day.isoformat()}"),
            category=DEADLINE,
            summary=_summary(duty.what, duty.who),
            description=f"{duty.words.quote}\n{_say_day(one)}",
            start=one.day,
            time=_clock(duty.time),
            alarms=tuple(days for days in ALARM_DAYS if before is None or days < (one.day - before.day).days),
        )


def _say_day(one: Occurrence) -> str:
    code = "calendar.event_day" if one.day == one.due else "calendar.event_due_later"
    return say(code, {"day": one.day, "due": one.due, "basis": f"{DUE_BASIS.place}, {DUE_BASIS.instrument}"})


def _event(entry: Entry, uid: str) -> Event:
    frequency = parse_rule(entry.rule)["FREQ"] if entry.rule else ""
    alarms = _ALARM_DAYS_BY_FREQUENCY.get(frequency, ALARM_DAYS) if entry.category == DEADLINE else ()
    return Event(
        uid=uid,
        category=entry.category,
        summary=entry.summary,
        description=entry.fact.quote,
        start=entry.start,
        end=entry.end,
        time=entry.time,
        rule=entry.rule,
        alarms=alarms,
    )


def _uid(identity: str) -> str:
    return f"{uuid.uuid5(_UID_SPACE, identity)}@thidua"


def plan_entries(reading: Reading) -> list[Entry]:
    """What can be put on days, in the order of the text within phases, then deadlines."""
    return [line for line in _schedule(reading) if isinstance(line, Entry)]


def open_questions(reading: Reading) -> list[Finding]:
    """What has no day yet, or no last day; each finding (outcome unknown) points at its words."""
    return [line for line in _schedule(reading) if isinstance(line, Finding)]


def campaign_span(reading: Reading) -> Span:
    """First and last day over all periods; the last is None where one of them is left open."""
    starts = [period.start for period in reading.periods if period.start]
    ends = [period.end for period in reading.periods if period.end]
    open_ended = any(period.start and not period.end for period in reading.periods)
    return min(starts, default=None), None if open_ended else max(ends, default=None)


def _schedule(reading: Reading) -> Iterator[Entry | Finding]:
    for period in reading.periods:
        yield from schedule_period(period)
    for deadline in reading.deadlines:
        yield from schedule_deadline(deadline, reading, duty_span(reading))


def schedule_period(period: Period) -> Iterator[Entry | Finding]:
    """The phase's entry and what it leaves open."""
    label = period.label or NAMELESS_PERIOD
    summary = f"{label} ({period.level})" if period.level else label
    if period.start:
        yield Entry(fact=period, category=PHASE, summary=summary, start=period.start, end=period.end or period.start)
    elif period.end:
        yield Entry(fact=period, category=PHASE, summary=f"{summary}: kết thúc", start=period.end)
    if not (period.start and period.end):
        missing = "both" if not (period.start or period.end) else "start" if period.end else "end"
        yield _ask(f"calendar.period_without_{missing}", "periods", period, label=summary)


def schedule_deadline(deadline: Deadline, reading: Reading, span: Span) -> Iterator[Entry | Finding]:
    """The deadline's entry and what it leaves open; `span` bounds a recurrence."""
    days = [deadline.date] if deadline.date else resolve_days(deadline, reading)
    yield from (_deadline_entry(deadline, day) for day in days)
    if days:
        return
    if deadline.recurrence and not deadline.relative:
        yield from _schedule_recurrence(deadline, deadline.recurrence, span)
    else:
        code = "calendar.deadline_counted_from_unknown_day" if deadline.relative else "calendar.deadline_without_day"
        after = deadline.relative.from_ if deadline.relative else None
        yield _ask(code, "deadlines", deadline, what=deadline.what, after=after)


def _deadline_entry(
    deadline: Deadline, day: datetime.date, rule: str | None = None, *, until: datetime.date | None = None
) -> Entry:
    summary, time = _summary(deadline.what, deadline.who), _clock(deadline.time)
    bounded = _bounded(rule, until, timed=time is not None) if rule else None
    return Entry(fact=deadline, category=DEADLINE, summary=summary, start=day, time=time, rule=bounded)


def _summary(what: str, who: str | None) -> str:
    return f"{what} – {who}" if who else what


def _clock(time: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(time) if time and _CLOCK.fullmatch(time) else None


def _schedule_recurrence(deadline: Deadline, rule: str, span: Span) -> Iterator[Entry | Finding]:
    start, end = span
    if start is None:
        yield _ask("calendar.recurrence_without_start", "deadlines", deadline, what=deadline.what)
        return
    try:
        rule = settle(rule)
        first = first_occurrence(rule, start)
    except ValueError:
        yield _ask("calendar.recurrence_unreadable", "deadlines", deadline, what=deadline.what, rule=rule)
        return
    if first is None or (end and first > end):
        yield _ask("calendar.recurrence_never_falls", "deadlines", deadline, what=deadline.what)
        return
    yield _deadline_entry(deadline, first, rule, until=end)
    if end is None:
        yield _ask("calendar.recurrence_without_end", "deadlines", deadline, what=deadline.what)


def duty_span(reading: Reading) -> Span:
    """The campaign, from the day of the document on: nobody reports before the plan is signed."""
    start, end = campaign_span(reading)
    issued = issued_on(reading)
    if start and issued and end and issued > end:
        return start, end
    return max(filter(None, (start, issued)), default=None), end


def _bounded(rule: str, end: datetime.date | None, *, timed: bool) -> str:
    """UNTIL is a day where the event is a day, and UTC where it has a time (RFC 5545, 3.3.10)."""
    if end is None:
        return rule
    last = datetime.datetime.combine(end, _LAST_MINUTE, ZONE).astimezone(datetime.UTC)
    until = f"{last:%Y%m%dT%H%M%SZ}" if timed else f"{end:%Y%m%d}"
    return ";".join(f"{key}={value}" for key, value in (parse_rule(rule) | {"UNTIL": until}).items())


def resolve_days(deadline: Deadline, reading: Reading) -> list[datetime.date]:
    """The days of a deadline counted from an event: one, or one a phase ("kết thúc mỗi đợt"); none where open."""
    relative = deadline.relative
    each = _EACH_PHASE.search(search_key(relative.from_ or "")) if relative else None
    if relative is None or each is None or not (each["each"] or _EACH_TIME.search(search_key(deadline.what))):
        day = _resolve_day(deadline, reading)
        return [day] if day else []
    event = "bắt đầu" if each["side"] == "bat dau" else "kết thúc"
    labels = dict.fromkeys(period.label for period in reading.periods if period.label)
    of_each = (
        replace(deadline, relative=replace(relative, from_=f"{event} {label}"))
        for label in labels
        if search_key(label).startswith(each["noun"])
    )
    return sorted({day for one in of_each if (day := _resolve_day(one, reading))})


def _resolve_day(deadline: Deadline, reading: Reading) -> datetime.date | None:
    """The day of a deadline counted from an event whose own day the document holds."""
    relative = deadline.relative
    if relative is None or relative.from_ is None or relative.days is None or abs(relative.days) > _LONGEST_COUNT:
        return None
    event = _day_of_event(search_key(relative.from_), reading)
    if event is None:
        return None
    if relative.unit == "working_day":
        return count_working_days(event, relative.days)
    return event + datetime.timedelta(days=relative.days)


def _day_of_event(words: str, reading: Reading) -> datetime.date | None:
    """The day of the event that folded `words` name: the signing of this document, the end or begin of the campaign
    or of one of its phases. Any other event (another document's issue, a congress, receipt) has no day here.
    """
    words = _WHAT_IS_DUE.sub("", words)
    own_type = search_key(reading.header.type.value) if reading.header.type else "ke hoach"
    if re.search(rf"\b(ban hanh|ngay ky)( ({re.escape(own_type)}|van ban))?( nay)?$", words):
        return issued_on(reading)
    event = re.search(
        r"\b(ket thuc|bat dau)( (?P<what>(dot|phong trao|chien dich|thi dua|cao diem|chang)\b.*))?$", words
    )
    if event is None:
        return None
    ends = event[1] == "ket thuc"
    phases = [p for p in reading.periods if p.label and search_key(p.label) == event["what"]]
    if phases:
        days = {phase.end if ends else phase.start for phase in phases}
        return days.pop() if len(days) == 1 else None
    if re.search(r"\d", event["what"] or ""):
        return None
    start, end = campaign_span(reading)
    return end if ends else start


def issued_on(reading: Reading) -> datetime.date | None:
    """The day of the document, None where its head does not give a whole day."""
    value = reading.header.date.value if reading.header.date else ""
    return datetime.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None


def _ask(code: str, kind: str, fact: Fact, **params: str | None) -> Finding:
    return Finding(
        code=code,
        outcome=Outcome.UNKNOWN,
        params={key: value for key, value in params.items() if value is not None},
        facts_used=(Evidence(kind=kind, quote=fact.quote, span=fact.span),),
    )


def _identity(reading: Reading, entry: Entry) -> str:
    """What an event keeps when its day is corrected, so that calendars move it and do not show it twice."""
    header = reading.header
    own = (field.value if field else "" for field in (header.number, header.symbol, header.issuer, header.title))
    return "\n".join((*own, entry.category, entry.summary, entry.fact.quote))
