"""What the page of one nomination shows, apart from its clauses (`case_clauses`) and its strip (`case_strip`)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.explain import sentence
from thidua.findings import Basis, Finding, Outcome
from thidua.nominations.dossier import NeededPaper
from thidua.nominations.reports import sections_for
from thidua_web.config import addresses
from thidua_web.eligibility.models import DeedRepeat
from thidua_web.eligibility.pages import facts as fact_pages
from thidua_web.journal.acts import words_of
from thidua_web.journal.models import JournalLine
from thidua_web.law.linking import basis_href
from thidua_web.nominations.models import (
    BatchRow,
    Claim,
    ClockChange,
    ClockEvent,
    DossierFile,
    Nomination,
    RowState,
)
from thidua_web.nominations.queries.cases import Dossier
from thidua_web.nominations.stages import JOURNALED
from thidua_web.register.models import AwardRecord, Rating
from thidua_web.register.nominees import Nominee, name_of, nominee_of

TONES = {Outcome.MET: "met", Outcome.NOT_MET: "fault", Outcome.UNKNOWN: "unknown"}
VERDICT_TONES = {"proved": "met", "took_part": "doubt", "unprovable": "fault", "untrue": "fault"}
OF_CRITERIA = frozenset({"nominations.criterion_not_met", "nominations.criterion_unknown"})
"""Told by the clauses themselves."""
SEALED = frozenset({"nominations.case_pending"})


@dataclass(frozen=True)
class Said:
    """A finding in words. `href` leads to where its basis stands."""

    words: str
    tone: str
    basis: str = ""
    href: str = ""
    verified: bool = True
    finding: Finding | None = None


def said(findings: Iterable[Finding], language: str, *, sealed: Collection[str] = (), sensitive: bool) -> list[Said]:
    """`sealed`: keys of clauses that are not told to everybody."""
    return [_said(one, language, hidden=not sensitive and _is_sealed(one, sealed)) for one in findings]


def note(finding: Finding | None, language: str) -> Said | None:
    """One that is no secret."""
    return _said(finding, language, hidden=False) if finding else None


def _is_sealed(one: Finding, keys: Collection[str]) -> bool:
    return one.code in SEALED or one.params.get("key") in keys


def _said(one: Finding, language: str, *, hidden: bool) -> Said:
    if hidden:
        words = gettext("Có điều cần xem về kỷ luật, thanh tra, khiếu nại; người thẩm định xem được.")
        return Said(words, TONES[one.outcome])
    basis = one.basis or Basis()
    cited = basis.citation or (f"“{basis.quote}”" if basis.quote else "")
    return Said(
        words=sentence(one, language),
        tone=TONES[one.outcome],
        basis=cited,
        href=basis_href(one.basis),
        verified=basis.verified or not cited,
        finding=one,
    )


def checks(findings: Iterable[Finding]) -> list[Finding]:
    """Those that the clauses do not tell, what is wrong before what must be asked for."""
    rest = [one for one in findings if one.code not in OF_CRITERIA]
    return sorted(rest, key=lambda one: one.outcome is not Outcome.NOT_MET)


# --- The dossier ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class File:
    file: DossierFile
    href: str


def file(row: DossierFile) -> File:
    """Where it is looked at; a file of the whole submission is read on the submission's own page."""
    if row.nomination_id is None:
        return File(row, address("nominations:submission", row.submission_id))
    return File(row, address("nominations:preview_file", row.nomination_id, row.pk))


def address(name: str, *keys: int) -> str:
    """ "" where this installation has no such page."""
    try:
        return addresses.address(name, *keys)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class ShownClaim:
    """`bound`: its row of the form by which claims are judged, where there is one."""

    claim: Claim
    number: int
    tone: str
    files: list[File]
    bound: Any = None


def claims(of: Dossier, form: Any = None) -> list[ShownClaim]:
    bound = {row.claim.pk: row for row in form.rows} if form else {}
    return [
        ShownClaim(claim, number, _tone(claim), [file(one) for one in of.of_claim(claim)], bound.get(claim.pk))
        for number, claim in enumerate(of.claims, 1)
    ]


def _tone(claim: Claim) -> str:
    return VERDICT_TONES.get(claim.verdict, "unknown")


@dataclass(frozen=True)
class Paper:
    """A paper that the rules ask for. `tone`: met where it is there, fault where it is missing, note where others
    hold it.
    """

    words: str
    tone: str
    label: str
    basis: str
    href: str
    verified: bool
    files: list[File] = field(default_factory=list)


def papers(needed: Sequence[NeededPaper], of: Dossier, missing: Collection[str], nomination: Nomination) -> list[Paper]:
    """`missing`: words of the papers that a check found missing."""
    return [_paper(one, of, missing, nomination) for one in needed]


def _paper(one: NeededPaper, of: Dossier, missing: Collection[str], nomination: Nomination) -> Paper:
    codes = {one.code, one.or_code} - {""}
    files = [file(row) for row in (*of.files, *of.shared) if row.paper in codes]
    tone, label = _standing(one, files, missing, nomination)
    basis = one.basis
    return Paper(
        words=one.words[:1].upper() + one.words[1:],
        tone=tone,
        label=label,
        basis=basis.citation or (f"“{basis.quote}”" if basis.quote else ""),
        href=basis_href(basis),
        verified=one.verified,
        files=files,
    )


HELD = {
    "confirmation": _("Xem mục Xác nhận"),
    "consultation": _("Cơ quan thẩm định lấy ý kiến"),
    "submission": _("Của cả lần trình"),
    "nomination": _("Sổ đã có"),
}
"""Where a paper is that neither lies here nor is missing."""


def _standing(
    one: NeededPaper, files: Sequence[File], missing: Collection[str], nomination: Nomination
) -> tuple[str, str]:
    if files:
        return "met", gettext("Có")
    if one.words in missing:
        return "fault", gettext("Thiếu")
    if one.code == "bao_cao":
        written = any(str(words).strip() for words in nomination.sections.values())
        return ("met", gettext("Lập trên hệ thống")) if written else ("fault", gettext("Thiếu"))
    return "note", str(HELD[one.held_by])


def report(nomination: Nomination) -> list[tuple[str, str]]:
    """Sections of the report that say something, each with its title."""
    titles = {one.code: one.title for one in sections_for(nomination.subject, nomination.merit)}  # type: ignore[arg-type]
    told = ((titles.get(code, code), str(words).strip()) for code, words in nomination.sections.items())
    return [(title, words) for title, words in told if words]


# --- For life ---------------------------------------------------------------------------------------------------------


@dataclass
class Year:
    year: int
    awards: list[AwardRecord] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)


def life(awards: Iterable[AwardRecord], ratings: Iterable[Rating]) -> list[Year]:
    """By year, the newest first."""
    years: dict[int, Year] = {}
    for award in awards:
        years.setdefault(award.year, Year(award.year)).awards.append(award)
    for rating in ratings:
        years.setdefault(rating.year, Year(rating.year)).ratings.append(rating)
    return sorted(years.values(), key=lambda one: -one.year)


def spells(rows: Iterable[Any], subject: str) -> list[fact_pages.Line]:
    return [fact_pages.line(row, subject) for row in rows]  # type: ignore[arg-type]


# --- Reports that repeat ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Repeat:
    name: str
    unit: str
    title: str
    share: int
    href: str


def repeats(rows: Iterable[DeedRepeat], own: int | None) -> list[Repeat]:
    found = []
    for row in rows:
        other = row.other if row.deed_id == own else row.deed
        of: Nominee = nominee_of(other)
        unit = of.name if not hasattr(of, "unit") else of.unit.name
        found.append(Repeat(name_of(of), unit, other.title, row.share, reverse("eligibility:repeat", args=[row.pk])))
    return found


# --- What happened ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    at: datetime.datetime
    words: str
    who: str
    more: str = ""
    batch: int | None = None
    """What it was done in together with others, where the reader may open it."""


ASSIGNED = "appraisal.assigned"
INSIDE = (
    "appraisal.verdict", "appraisal.override", "appraisal.assigned", "conflict.", "consultation.", "objection.",
    "appraisal.batch",
)  # fmt: skip
"""Acts of the appraising unit that are its own affair."""


def history(lines: Iterable[JournalLine], batches: Iterable[BatchRow], *, desk: bool) -> list[Happened]:
    """The newest first; an act on many at once has one line in the journal, that of the batch."""
    found = [
        Happened(line.at, words_of(line.act), line.actor_name, _more(line))
        for line in lines
        if desk or not line.act.startswith(INSIDE)
    ]
    for row in batches:
        act = JOURNALED.get(row.batch.act, ASSIGNED)
        if desk or not act.startswith(INSIDE):
            found += _in_batch(row, words_of(act), desk=desk)
    return sorted(found, key=lambda one: one.at, reverse=True)


def _in_batch(row: BatchRow, did: str, *, desk: bool) -> Iterator[Happened]:
    batch = row.batch
    key = batch.pk if desk else None
    yield Happened(batch.done_at or batch.at, did, batch.by.full_name, batch=key)
    if row.state == RowState.UNDONE and batch.undone_at and batch.undone_by:
        words = gettext("hoàn lại việc xử lý cùng lúc: %(act)s") % {"act": did}
        yield Happened(batch.undone_at, words, batch.undone_by.full_name, batch=key)


def _more(line: JournalLine) -> str:
    """What was said with it, where a word belongs in a list."""
    return str(line.details.get("reason") or line.details.get("clause") or "")[:300]


@dataclass(frozen=True)
class Pause:
    since: datetime.date
    until: datetime.date | None


def pauses(events: Iterable[ClockEvent]) -> list[Pause]:
    """When the clock stood still, the last start counting."""
    found: list[Pause] = []
    for event in events:
        if event.change == ClockChange.STARTED:
            found = []
        elif event.change == ClockChange.PAUSED:
            found.append(Pause(event.on, None))
        elif found and found[-1].until is None:
            found[-1] = Pause(found[-1].since, event.on)
    return found
