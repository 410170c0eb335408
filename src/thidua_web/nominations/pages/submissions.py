"""What lists of submissions and a submission's own page show; no request, no database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from thidua import explain
from thidua.findings import Finding, Outcome
from thidua.nominations.gate import ExceptedBy, Gate, Stop
from thidua.rules.limits import Meter
from thidua.rules.limits import finding as meter_finding
from thidua_web.campaigns.pages.strip import Step
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.campaigns.pages.work import say_left
from thidua_web.law.linking import basis_href
from thidua_web.nominations.models import GateException, Nomination, Submission
from thidua_web.nominations.queries.checking import Checked
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.stages import NominationState, SubmissionState

TONES = {SubmissionState.DRAFT: "note", SubmissionState.PRESENTED: "waiting", SubmissionState.SUBMITTED: "met"}
NOMINATION_TONES = {
    NominationState.DRAFT: "note",
    NominationState.LODGED: "waiting",
    NominationState.IN_APPRAISAL: "waiting",
    NominationState.ASKED: "doubt",
    NominationState.RETURNED: "doubt",
    NominationState.RECOMMENDED: "met",
    NominationState.NOT_RECOMMENDED: "fault",
    NominationState.WITHDRAWN: "stopped",
}
OUTCOMES = {Outcome.MET: "met", Outcome.NOT_MET: "fault", Outcome.UNKNOWN: "unknown"}
NEAR = 7
SHOWN = 3
METERS = 8


@dataclass(frozen=True)
class Chip:
    tone: str
    said: str


@dataclass(frozen=True)
class Line:
    """A submission in a list. `awards` in words with their numbers, `standing` what became of them."""

    row: Submission
    tone: str
    state: str
    awards: list[tuple[str, int]]
    standing: list[tuple[str, str, int]]
    due: Chip | None

    @property
    def n(self) -> int:
        return sum(n for _, n in self.awards)


def line(row: Submission, awards: Mapping[str, int], states: Mapping[str, int], today: datetime.date) -> Line:
    sent = row.state == SubmissionState.SUBMITTED
    told = [(NOMINATION_TONES[one], str(one.label), states[one]) for one in NominationState if states.get(one)]
    return Line(
        row=row,
        tone=TONES[SubmissionState(row.state)],
        state=row.get_state_display(),
        awards=sorted(((award_title(code, row.lodged_on or today), n) for code, n in awards.items()), key=_most),
        standing=told if sent else [],
        due=due(row, today),
    )


def _most(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def due(row: Submission, today: datetime.date) -> Chip | None:
    """How long there is; of what was sent, whether it came late."""
    if row.due_on is None:
        return None
    if row.lodged_on is not None:
        late = (row.lodged_on - row.due_on).days
        if late > 0:
            return Chip("fault", ngettext("Trình muộn %(n)d ngày", "Trình muộn %(n)d ngày", late) % {"n": late})
        return None
    left = (row.due_on - today).days
    said = f"{say_left(left)} ({say_day(row.due_on)})"
    return Chip("fault" if left < 0 else "doubt" if left <= NEAR else "note", said)


def strip(row: Submission) -> list[Step]:
    """Where it stands: prepared, before the head, sent. A head who signs at once leaves out the second."""
    order = list(SubmissionState)
    now = order.index(SubmissionState(row.state))
    known: dict[str, tuple[datetime.date | None, str]] = {
        SubmissionState.DRAFT: (timezone.localdate(row.prepared_at), row.prepared_by.full_name)
    }
    if now >= 1 and row.presented_at and row.presented_by:
        known[SubmissionState.PRESENTED] = (timezone.localdate(row.presented_at), row.presented_by.full_name)
    if row.signed_by and row.signed_at:
        known[SubmissionState.SUBMITTED] = (timezone.localdate(row.signed_at), row.signed_by.full_name)
    found = []
    for place, state in enumerate(order):
        said = "past" if place < now else "now" if place == now else "later"
        skipped = state == SubmissionState.PRESENTED and said == "past" and state not in known
        found.append(Step(str(state.label), "skipped" if skipped else said, *known.get(state, ())))
    return found


# --- Nominees ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A finding in words; `href` leads to where it stands."""

    tone: str
    words: str
    basis: str = ""
    href: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Row:
    """A nominee of a submission; `told` are the first defects, `more` counts the others, `asked` is not known yet."""

    row: Nomination
    place: int
    award: str
    tone: str
    state: str
    about: str
    standing: Chip
    asked_for: str = ""
    told: list[Said] = field(default_factory=list)
    more: int = 0
    asked: list[Said] = field(default_factory=list)

    @property
    def editable(self) -> bool:
        return self.row.state == NominationState.DRAFT


def rows(
    found: Sequence[Nomination], checked: Mapping[int, Checked], first: int, today: datetime.date, language: str
) -> list[Row]:
    return [_row(row, checked.get(row.pk), place, today, language) for place, row in enumerate(found, first)]


def _row(row: Nomination, checked: Checked | None, place: int, today: datetime.date, language: str) -> Row:
    told = [said(one, language) for one in checked.findings] if checked else []
    faults = [one for one in told if one.tone == "fault"]
    return Row(
        row=row,
        place=place,
        award=award_title(row.award, row.lodged_on or today),
        asked_for=_asked_for(row, today),
        tone=NOMINATION_TONES[NominationState(row.state)],
        state=row.get_state_display(),
        about=", ".join(filter(None, [row.position, row.unit_name])),
        standing=_standing(checked),
        told=faults[:SHOWN],
        more=max(0, len(faults) - SHOWN),
        asked=[one for one in told if one.tone != "fault"],
    )


def _asked_for(row: Nomination, today: datetime.date) -> str:
    """What the unit proposed, where it was moved to another award since."""
    if row.award_asked in ("", row.award):
        return ""
    return award_title(row.award_asked, row.lodged_on or today)


def _standing(checked: Checked | None) -> Chip:
    """What the checks come to, in one word."""
    if checked is None:
        return Chip("note", "")
    if checked.defects:
        n = len(checked.defects)
        return Chip("fault", ngettext("%(n)d điều chưa được", "%(n)d điều chưa được", n) % {"n": n})
    return Chip("note", "") if checked.findings else Chip("met", gettext("Đủ"))


def said(finding: Finding, language: str) -> Said:
    basis = finding.basis
    return Said(
        OUTCOMES[finding.outcome],
        explain.sentence(finding, language),
        (basis.citation or basis.quote or "") if basis else "",
        basis_href(basis) if basis else "",
        basis.verified if basis else True,
    )


# --- The gate ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownStop:
    """What forbids submitting. `name` is the nominee it is about; `exception` the newest that was asked for it."""

    key: str
    said: Said
    name: str
    href: str
    by: str
    excepted: bool
    exception: GateException | None

    @property
    def waits(self) -> bool:
        return self.exception is not None and self.exception.granted is None

    @property
    def may_ask(self) -> bool:
        return bool(self.by) and not self.excepted and not self.waits


@dataclass(frozen=True)
class ShownGate:
    stops: list[ShownStop]
    open: int
    may_submit: bool

    @property
    def standing(self) -> int:
        return sum(not stop.excepted for stop in self.stops)

    @property
    def firm(self) -> int:
        """Of these those that nobody may let pass: as long as one stands, nobody can sign."""
        return sum(not stop.by for stop in self.stops)


def gate(
    found: Gate, names: Mapping[str, Nomination], asked: Iterable[GateException], to: str, language: str
) -> ShownGate:
    """`names`: nominations by their refs; `to` is the appraising unit's name."""
    newest: dict[str, GateException] = {}
    for one in asked:
        newest.setdefault(one.code, one)
    stops = [_stop(one, names, newest, to, language) for one in found.stops]
    stops.sort(key=lambda stop: (stop.excepted, bool(stop.name)))
    return ShownGate(stops, len(found.open), found.may_submit)


def _stop(
    one: Stop, names: Mapping[str, Nomination], newest: Mapping[str, GateException], to: str, language: str
) -> ShownStop:
    row = names.get(one.ref)
    return ShownStop(
        key=one.key,
        said=said(one.finding, language),
        name=row.name if row else "",
        href=row.get_absolute_url() if row else "",
        by=who_excepts(one.excepted_by, to),
        excepted=one.excepted,
        exception=newest.get(one.key),
    )


def who_excepts(by: ExceptedBy, to: str) -> str:
    """In words; "" for nobody. `to` is the appraising unit's name."""
    words = {"standing_body": gettext("Thủ trưởng %(to)s"), "head_above": gettext("Người đứng đầu %(to)s")}
    return words[by] % {"to": to} if by else ""


# --- Quotas -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownMeter:
    """`tone`: fault where there are too many, doubt where it is full or not known."""

    tone: str
    words: str
    basis: str
    href: str


def meters(found: Iterable[Meter], language: str) -> list[ShownMeter]:
    """Those that bind first."""
    listed = sorted(found, key=lambda one: (not one.over, one.left is None, one.left or 0))
    return [_meter(one, language) for one in listed[:METERS]]


def _meter(one: Meter, language: str) -> ShownMeter:
    outcome = one.outcome
    tone = "fault" if outcome is Outcome.NOT_MET else "doubt" if outcome is Outcome.UNKNOWN or one.is_full else "met"
    words = explain.sentence(meter_finding(one), language)
    return ShownMeter(tone, words, one.basis.quote or one.basis.citation or "", basis_href(one.basis))


def exception_words(found: GateException) -> Chip:
    if found.granted is None:
        return Chip("waiting", gettext("Chờ trả lời"))
    return Chip("met", gettext("Đã cho phép")) if found.granted else Chip("fault", gettext("Không cho phép"))
