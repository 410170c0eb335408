"""The appraisal desk in words: its rows, its counts, what of it is asked for by the address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua.findings import Outcome
from thidua.law.awards import awards
from thidua.plans.working_days import working_days_after
from thidua_web.accounts.models import User
from thidua_web.eligibility.queries.cases import title_of
from thidua_web.nominations.forms.desk import ALL, MINE, NOBODY, AppraisalDeskForm
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.desk import RECEIVED, SOON, Wanted
from thidua_web.nominations.stages import UNDER_APPRAISAL, NominationState
from thidua_web.register.pages.desks import address
from thidua_web.register.queries.searching import words_of

TONES = {
    NominationState.LODGED: "waiting",
    NominationState.IN_APPRAISAL: "reading",
    NominationState.ASKED: "doubt",
    NominationState.RETURNED: "undo",
    NominationState.RECOMMENDED: "met",
    NominationState.NOT_RECOMMENDED: "stopped",
    NominationState.WITHDRAWN: "note",
}
OUTCOMES = {
    Outcome.MET.value: ("met", _("Đạt")),
    Outcome.UNKNOWN.value: ("unknown", _("Chưa đủ căn cứ")),
    Outcome.NOT_MET.value: ("fault", _("Không đạt")),
}
NEAR = {"tre": "late", "sap": "soon"}
GROUPS = (("title", _("Danh hiệu thi đua")), ("commendation", _("Hình thức khen thưởng")))


class Said(NamedTuple):
    """Words with their icon and colour."""

    tone: str
    words: Promise | str
    note: str = ""


@dataclass(frozen=True)
class Row:
    of: Nomination
    award: str
    lowered: str
    state: Said
    clock: Said
    outcome: Said
    round: str


class Tab(NamedTuple):
    label: Promise | str
    n: int
    query: str
    current: bool
    tone: str = ""


# --- The address ------------------------------------------------------------------------------------------------------


def wanted_of(form: AppraisalDeskForm, units: tuple[int, ...], user: User, on: datetime.date) -> Wanted:
    """What is wrong in one part of the sentence leaves the others as they are."""
    kind, _dash, key = str(form.value("dot") or "").rpartition("-")
    number = int(key) if key.isdecimal() else None
    return Wanted(
        units=units,
        on=on,
        states=_states(form.value("trang_thai") or ""),
        award=form.value("giai") or "",
        campaign=number if kind == "phong-trao" else None,
        round=number if kind == "dot" else None,
        kind=key if kind == "loai" else "",
        year=form.value("nam"),
        below=form.value("don_vi"),
        subject=form.value("loai") or "",
        appraiser=_appraiser(form.value("nguoi") or "", user),
        near=NEAR.get(form.value("han") or "", ""),
        outcome=form.value("ket_qua") or "",
        defects=bool(form.value("loi")),
        words=words_of(form.value("tim") or ""),
        order=form.value("xep") or "han",
    )


def _states(said: str) -> tuple[str, ...]:
    if said == ALL:
        return RECEIVED
    return (said,) if said else tuple(sorted(UNDER_APPRAISAL))


def _appraiser(said: str, user: User) -> int | None:
    if said == MINE:
        return user.pk
    if said == NOBODY:
        return 0
    return int(said) if said else None


def award_choices(on: datetime.date) -> list[tuple[Any, Any]]:
    """In the order of the law."""
    groups = [(label, [one for one in awards().values() if one.kind == kind]) for kind, label in GROUPS]
    return [(label, [(one.code, title_of(one, on)) for one in listed]) for label, listed in groups if listed]


# --- What is shown ----------------------------------------------------------------------------------------------------


def tabs(counts: Mapping[str, int], asked: QueryDict, states: Sequence[str]) -> list[Tab]:
    """What is being worked on, then every state, then all; each leads to itself under the same sentence."""
    current, everything = set(states), sum(counts.values())
    working = sum(counts.get(state, 0) for state in UNDER_APPRAISAL)
    found = [Tab(_("Đang xử lý"), working, _to(asked, ""), current == set(UNDER_APPRAISAL))]
    for state, tone in TONES.items():
        n, chosen = counts.get(state.value, 0), current == {state.value}
        if n or chosen:
            found.append(Tab(state.label, n, _to(asked, state.value), chosen, tone))
    return [*found, Tab(_("Tất cả"), everything, _to(asked, ALL), current == set(RECEIVED))]


def _to(asked: QueryDict, state: str) -> str:
    return address(asked, trang_thai=state, xem="")


def rows(found: Iterable[Nomination], on: datetime.date) -> list[Row]:
    """Days are counted for the rows that are shown alone."""
    titles: dict[str, str] = {}
    return [row(one, on, titles) for one in found]


def row(of: Nomination, on: datetime.date, titles: dict[str, str] | None = None) -> Row:
    known = {} if titles is None else titles
    state = NominationState(of.state)
    return Row(
        of=of,
        award=_title(of.award, on, known),
        lowered=_title(of.award_asked, on, known) if of.award_asked and of.award_asked != of.award else "",
        state=Said(TONES.get(state, "note"), state.label),
        clock=clock(of, on),
        outcome=outcome(of),
        round=_round(of),
    )


def _title(code: str, on: datetime.date, known: dict[str, str]) -> str:
    if code not in known:
        award = awards().get(code)
        known[code] = title_of(award, on) if award else code
    return known[code]


def clock(of: Nomination, on: datetime.date) -> Said:
    """How many working days are left, or what the clock stands still for."""
    due = of.clock_due
    if of.state == NominationState.ASKED and due is None:
        return Said("stopped", gettext("Tạm dừng, chờ bổ sung"))
    if due is None:
        return Said("", "")
    day = f"{due:%d/%m/%Y}"
    if due < on:
        over = max(1, working_days_after(due, on))
        words = ngettext("Quá %(n)d ngày làm việc", "Quá %(n)d ngày làm việc", over)
        return Said("fault", words % {"n": over}, day)
    left = working_days_after(on, due)
    if not left:
        return Said("doubt", gettext("Hôm nay là hạn"), day)
    words = ngettext("Còn %(n)d ngày làm việc", "Còn %(n)d ngày làm việc", left)
    return Said("doubt" if left <= SOON else "waiting", words % {"n": left}, day)


def outcome(of: Nomination) -> Said:
    """As it was when it was last stored."""
    tone, words = OUTCOMES.get(of.outcome, ("unknown", _("Chưa kiểm tra")))
    n = of.defects
    note = ngettext("%(n)d lỗi hồ sơ", "%(n)d lỗi hồ sơ", n) % {"n": n} if n else ""
    return Said(tone, words, note)


def _round(of: Nomination) -> str:
    sent = of.submission
    if sent.campaign is not None:
        return sent.campaign.title
    return sent.round.title if sent.round is not None else f"{sent.get_kind_display()} {sent.year}"


def query_of(asked: QueryDict, *without: str) -> str:
    """The sentence alone, without the page, what is looked at and what is chosen."""
    return address(asked, **dict.fromkeys(("xem", "cot", *without), "")).removeprefix("?")


def without(asked: QueryDict, *names: str) -> QueryDict:
    """The address with some of it left out, on the page it is on."""
    kept = asked.copy()
    for name in (*names, *(name for name, value in asked.items() if not value)):
        kept.pop(name, None)
    return kept


def narrowed(asked: QueryDict) -> bool:
    return any(value for name, value in asked.items() if name not in ("sau", "truoc", "xem", "cot", "xep"))
