"""What the page of a dossier shows, put together from its rows; no request, no database."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from thidua.findings import Basis
from thidua.nominations.dossier import NeededPaper
from thidua.nominations.gate import STOPS
from thidua.nominations.reports import PARTS, lacking, sections_for
from thidua_web.eligibility.models.facts import Confirmer
from thidua_web.law.linking import basis_href
from thidua_web.nominations.forms.dossiers import SECTION, DossierForm, Row
from thidua_web.nominations.models import Claim, Confirmation, DossierFile, Nomination
from thidua_web.nominations.pages.submissions import Chip, due, who_excepts

REPORT = "bao_cao"
PASSED = "nominations.deadline_past"


# --- The last day -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LastDay:
    """By when it must be sent. Once it has `passed`, only who is named `by` lets it be sent; `excepted`: they did."""

    chip: Chip
    passed: bool
    excepted: bool
    by: str


def last_day(nomination: Nomination, today: datetime.date, excepted: Callable[[str], bool]) -> LastDay | None:
    """Of what was not sent yet; `excepted` is asked with a stop's key, only where the day has passed."""
    row = nomination.submission
    chip = due(row, today)
    if chip is None or row.due_on is None or row.lodged_on is not None:
        return None
    passed = row.due_on < today
    by = who_excepts(STOPS[PASSED], nomination.to_unit.name)
    return LastDay(chip, passed, passed and excepted(PASSED), by)


# --- The report -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownSection:
    """`field` to write in, or `text` to read."""

    code: str
    title: str
    needed: bool
    lists_claims: bool
    text: str = ""
    field: Any = None


@dataclass(frozen=True)
class ShownPart:
    title: str
    sections: tuple[ShownSection, ...]


def report_parts(nomination: Nomination, form: DossierForm | None) -> list[ShownPart]:
    """In the order of the paper."""
    found: dict[str, list[ShownSection]] = defaultdict(list)
    for one in sections_for(nomination.subject, nomination.merit):  # type: ignore[arg-type]
        text = str(nomination.sections.get(one.code) or "")
        written = form.about[SECTION + one.code] if form else None
        shown = ShownSection(one.code, gettext(one.title), one.needed, one.lists_claims, text, written)
        found[one.part].append(shown)
    return [
        ShownPart(gettext(PARTS[part][nomination.subject]), tuple(sections))  # type: ignore[index]
        for part, sections in found.items()
    ]


@dataclass(frozen=True)
class ShownClaim:
    """A row of the form or a claim to be read, with its evidence. `key` is what an upload names it by."""

    number: int
    row: Row | None = None
    claim: Claim | None = None
    files: Sequence[DossierFile] = ()

    @property
    def key(self) -> str:
        return f"c-{self.row.token if self.row else self.claim.token if self.claim else ''}"


def claim_rows(form: DossierForm, claims: Iterable[Claim], files: Iterable[DossierFile]) -> list[ShownClaim]:
    known = {claim.token: claim for claim in claims}
    of = by_claim(files)
    return [
        ShownClaim(number, row, claim, of.get(claim.pk, ()) if claim else ())
        for number, row in enumerate(form.claims, 1)
        for claim in [known.get(row.token)]
    ]


def claim_lines(claims: Iterable[Claim], files: Iterable[DossierFile]) -> list[ShownClaim]:
    of = by_claim(files)
    return [ShownClaim(number, None, claim, of.get(claim.pk, ())) for number, claim in enumerate(claims, 1)]


def by_claim(files: Iterable[DossierFile]) -> Mapping[int, list[DossierFile]]:
    found: dict[int, list[DossierFile]] = defaultdict(list)
    for file in files:
        if file.claim_id:
            found[file.claim_id].append(file)
    return found


# --- What the dossier has to hold -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BasisLine:
    words: str
    href: str
    verified: bool


@dataclass(frozen=True)
class PaperLine:
    """A paper of the checklist. `tone` and `said`: how it stands; `href` where it is done; `about` names it to an
    upload, "" where none belongs there.
    """

    code: str
    words: str
    form: str
    tone: str
    said: str
    basis: BasisLine
    files: tuple[DossierFile, ...] = ()
    href: str = ""
    about: str = ""

    @property
    def is_missing(self) -> bool:
        return self.tone in ("fault", "doubt")


@dataclass(frozen=True)
class Checklist:
    papers: tuple[PaperLine, ...]

    @property
    def missing(self) -> int:
        return sum(paper.is_missing for paper in self.papers)


@dataclass(frozen=True)
class Held:
    """What is there: the dossier's own files, codes of the papers of the whole submission, confirmations."""

    files: Sequence[DossierFile] = ()
    of_submission: frozenset[str] = frozenset()
    confirmations: Sequence[Confirmation] = field(default=())


def checklist(nomination: Nomination, needed: Iterable[NeededPaper], held: Held, today: datetime.date) -> Checklist:
    return Checklist(tuple(_paper(nomination, paper, held, today) for paper in needed))


def _paper(nomination: Nomination, paper: NeededPaper, held: Held, today: datetime.date) -> PaperLine:
    if paper.held_by == "submission":
        return _of_submission(nomination, paper, held)
    if paper.held_by == "confirmation":
        return _confirmed(nomination, paper, held, today)
    if paper.held_by == "consultation":
        return _line(paper, "note", gettext("Cơ quan thẩm định lấy"))
    files = tuple(file for file in held.files if file.paper in (paper.code, paper.or_code or paper.code))
    if not files and paper.code == REPORT:
        return _report(nomination, paper)
    if files:
        return _line(paper, "met", gettext("Đã có"), files=files, about=f"p-{paper.code}")
    return _line(paper, "fault", gettext("Chưa có"), about=f"p-{paper.code}")


def _of_submission(nomination: Nomination, paper: NeededPaper, held: Held) -> PaperLine:
    href = reverse("nominations:submission", args=[nomination.submission_id])
    if paper.code in held.of_submission:
        return _line(paper, "met", gettext("Đã có, chung cả đợt đề nghị"), href=href)
    return _line(paper, "note", gettext("Lập chung cho cả đợt đề nghị"), href=href)


def _report(nomination: Nomination, paper: NeededPaper) -> PaperLine:
    """The form is the report: whole when its needed sections are written."""
    empty = lacking(nomination.sections, nomination.subject, nomination.merit)  # type: ignore[arg-type]
    about = f"p-{paper.code}"
    if empty:
        names = ", ".join(gettext(one.title) for one in empty)
        return _line(paper, "fault", gettext("Soạn ở đây; còn trống: %(names)s") % {"names": names}, about=about)
    return _line(paper, "met", gettext("Đã soạn ở đây"), about=about)


def _confirmed(nomination: Nomination, paper: NeededPaper, held: Held, today: datetime.date) -> PaperLine:
    href = reverse("nominations:confirmations", args=[nomination.pk])
    if any(file.paper == paper.code for file in held.files):
        return _line(paper, "met", gettext("Đã có"), href=href, about=f"p-{paper.code}")
    if not paper.bodies:
        tone = "met" if any(one.yes for one in held.confirmations) else "fault"
        said = gettext("Đã có") if tone == "met" else gettext("Chưa xin xác nhận")
        return _line(paper, tone, said, href=href)
    states = [(body, _standing(body, held.confirmations, today)) for body in paper.bodies]
    worst = min((state[0] for _, state in states), key=("fault", "doubt", "waiting", "met").index)
    said = "; ".join(f"{Confirmer(body).label}: {state[1]}" for body, state in states)
    return _line(paper, worst, said, href=href)


def _standing(body: str, confirmations: Iterable[Confirmation], today: datetime.date) -> tuple[str, str]:
    """The newest counts."""
    own = [one for one in confirmations if one.body == body]
    return confirmation_state(own[-1], today) if own else ("fault", gettext("chưa xin"))


def confirmation_state(one: Confirmation, today: datetime.date) -> tuple[str, str]:
    if one.yes:
        return "met", gettext("đã xác nhận")
    if one.yes is False:
        return "fault", gettext("không xác nhận")
    if one.due_on and one.due_on < today:
        return "doubt", gettext("quá hạn từ %(day)s") % {"day": f"{one.due_on:%d/%m/%Y}"}
    return "waiting", gettext("chờ trả lời")


def _line(paper: NeededPaper, tone: str, said: str, **more: Any) -> PaperLine:
    return PaperLine(paper.code, paper.words, paper.form, tone, said, basis_line(paper.basis), **more)


def basis_line(basis: Basis) -> BasisLine:
    return BasisLine(basis.citation, basis_href(basis), basis.verified)


@dataclass(frozen=True)
class Choice:
    """What an uploaded file may be of: `key` in the form, in words."""

    key: str
    words: str


def upload_choices(papers: Checklist, claims: Iterable[ShownClaim], open_request: bool) -> list[Choice]:
    """Papers that are asked for come first, those that are missing before those that are there."""
    asked = [paper for paper in papers.papers if paper.about]
    asked.sort(key=lambda paper: not paper.is_missing)
    choices = [Choice("", gettext("Tài liệu khác của hồ sơ"))]
    if open_request:
        choices.insert(0, Choice("r", gettext("Điều cơ quan thẩm định yêu cầu bổ sung")))
    choices += [Choice(paper.about, paper.words) for paper in asked]
    claims_said = gettext("Thành tích %(n)s: %(words)s")
    return choices + [
        Choice(one.key, claims_said % {"n": one.number, "words": one.claim.words if one.claim else ""})
        for one in claims
        if one.claim
    ]
