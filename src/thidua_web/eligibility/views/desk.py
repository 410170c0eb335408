"""Who may be proposed for what: everybody in reach against one award."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua.law.criteria import Subject
from thidua.law.law import Law
from thidua.rules.assessing import NoStandardError, assess
from thidua_web.archive.downloads import TYPES, written_response
from thidua_web.eligibility.forms.desk import DeskOfOpenForm, JudgingForm
from thidua_web.eligibility.pages import desk as pages
from thidua_web.eligibility.pages import meters
from thidua_web.eligibility.queries import nominees, screened
from thidua_web.eligibility.queries.cases import Case, by_place
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.eligibility.queries.screened import Filter
from thidua_web.eligibility.queries.stamp import stamp
from thidua_web.eligibility.queries.standing import STATES, State
from thidua_web.eligibility.views.choosing import choice_of
from thidua_web.eligibility.views.judging import LAST
from thidua_web.eligibility.views.seeing import access_of
from thidua_web.eligibility.workbook import write
from thidua_web.journal.actions import record
from thidua_web.law.queries import current_law
from thidua_web.register.nominees import path_of
from thidua_web.register.queries.searching import words_of
from thidua_web.register.views.seeing import reach_of

AT_ONCE = 500


@dataclass(frozen=True)
class Looked:
    """What the address asks: `case` None where the law of the day knows nothing of the kind."""

    form: DeskOfOpenForm
    subject: Subject
    case: Case | None
    law: Law
    frame: pl.DataFrame | None
    state: State | None


def _look(request: HttpRequest) -> Looked:
    reach = reach_of(request, "eligibility.see")
    law = current_law()
    choice = choice_of(request.GET, law, access_of(request))
    form = choice.form(DeskOfOpenForm, request.GET, among=reach.units())
    case = choice.case
    unit = form.value("don_vi")
    asked = Filter(reach.paths, unit.path if unit else "", words_of(form.value("tim") or ""))
    frame = None
    if case is not None:
        try:
            frame = screened.within(screened.screened(case, law, stamp()), asked)
        except NoStandardError:
            case = None
    state = State(said) if (said := form.value("ket_qua")) else None
    return Looked(form, choice.subject, case, law, frame, state)


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """A page of those who are nearest, with reasons."""
    looked = _look(request)
    query = _query(request.GET)
    context: dict[str, Any] = {"form": looked.form, "case": looked.case, "subject": looked.subject, "query": query}
    if looked.case is None or looked.frame is None:
        return render(request, "eligibility/desk.html", context)
    counts = screened.counts(looked.frame)
    listed = screened.ordered(looked.frame, looked.state)
    page = _number(request.GET.get("trang", ""))
    keys, of_pages = screened.page_of(listed, page)
    page = min(page, of_pages)
    rows = list(_rows(looked.case, looked.law, keys))
    everything = gettext("Tất cả")
    context |= {
        "rows": rows,
        "tabs": pages.tabs(counts, _query(request.GET, "ket_qua"), looked.state, everything),
        "counts": counts,
        "total": listed.height,
        "first": (page - 1) * screened.ON_A_PAGE + 1,
        "last": (page - 1) * screened.ON_A_PAGE + len(rows),
        "before": f"{query}&trang={page - 1}" if page > 1 else "",
        "after": f"{query}&trang={page + 1}" if page < of_pages else "",
        "unverified": pages.unverified(rows),
        "meters": _meters(looked.case, looked.frame),
        "narrowed": any(request.GET.get(name) for name in ("tim", "don_vi", "ket_qua")),
    }
    context |= _judging(request, looked, rows)
    return render(request, "eligibility/desk.html", context)


def _judging(request: HttpRequest, looked: Looked, rows: list[pages.Row]) -> dict[str, Any]:
    """The bar by which a clerk writes what a meeting judged of everybody in sight; and its undo."""
    may_edit = bool(access_of(request).paths("fact.edit"))
    last = request.session.get(LAST) if may_edit else None
    asked = pages.asked(rows, looked.subject)
    if looked.case is None or looked.state is not State.JUDGE or not may_edit or not asked:
        return {"judged_last": last}
    form = JudgingForm(subject=looked.subject, asked=asked, initial={"year": looked.case.offer.year})
    return {"judging": form, "judged_last": last}


def _rows(case: Case, law: Law, keys: list[int]) -> Iterator[pages.Row]:
    """Each judged by itself, with everything it stands on."""
    offer = case.offer
    people = nominees.by_number(offer.subject, keys)
    facts = facts_of(Asked(offer.subject, offer.year, case.campaign, case.on), keys)
    language = get_language() or "vi"
    there = by_place(case, map(path_of, people.values()))
    for key in keys:
        if key in people and key in facts:
            found = assess(there[path_of(people[key])].offer, facts[key], law, case.on)
            yield pages.row(people[key], found, case, facts[key], language)


def _meters(case: Case, frame: pl.DataFrame) -> list[meters.Shown]:
    """Of a campaign's offer: those in sight who meet it."""
    if case.campaign is None:
        return []
    met = frame.filter(pl.col("state") == STATES.index(State.MET)).select("id", "path")
    paths = dict(met.iter_rows())
    return meters.shown(case, list(paths), nominees.places(paths, case.campaign.unit))


def _query(asked: QueryDict, *without: str) -> str:
    kept = asked.copy()
    for name in ("trang", *without):
        kept.pop(name, None)
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept.urlencode()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered, each with the reasons; written to a file as it is made, a part at a time."""
    access = access_of(request)
    access.require("eligibility.see", access.current.pk if access.current else None)
    looked = _look(request)
    keys: list[int] = []
    if looked.case is not None and looked.frame is not None:
        keys = screened.ordered(looked.frame, looked.state)["id"].to_list()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    write(file, looked.case, _parts(looked, keys))
    today = timezone.localdate()
    _note(request, looked, len(keys), today)
    return written_response(file, name=f"co-the-de-nghi-{today:%Y%m%d}.xlsx", content_type=TYPES["xlsx"])


def _parts(looked: Looked, keys: list[int]) -> Iterator[pages.Row]:
    if looked.case is not None:
        for first in range(0, len(keys), AT_ONCE):
            yield from _rows(looked.case, looked.law, keys[first : first + AT_ONCE])


def _note(request: HttpRequest, looked: Looked, rows: int, today: datetime.date) -> None:
    access = access_of(request)
    said = {"award": looked.case.offer.award, "year": looked.case.offer.year} if looked.case else {}
    record(
        act="eligibility.exported",
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        unit_id=access.current.pk if access.current else None,
        label=looked.case.title if looked.case else "",
        details={"rows": rows, "on": f"{today:%Y-%m-%d}", **said},
    )
