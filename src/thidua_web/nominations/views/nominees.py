"""Who could be proposed in a submission, chosen many at once; removed, moved to another award, put in order."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua.law.criteria import Subject
from thidua_web.config.bulk import batched
from thidua_web.eligibility.pages import desk
from thidua_web.eligibility.queries import nominees as people
from thidua_web.eligibility.queries import screened
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.standing import State
from thidua_web.eligibility.views.choosing import SUBJECTS, year_of
from thidua_web.nominations.actions import nominees as actions
from thidua_web.nominations.actions.nominees import MOST, Added, Wanted
from thidua_web.nominations.actions.submissions import Moved
from thidua_web.nominations.forms.submissions import ChoosingForm
from thidua_web.nominations.models import Kind, Submission
from thidua_web.nominations.pages import submissions as pages
from thidua_web.nominations.pages.candidates import rows_of
from thidua_web.nominations.queries import candidates as queries
from thidua_web.nominations.queries.candidates import Open
from thidua_web.nominations.queries.meters import meters_of
from thidua_web.nominations.queries.submissions import standing as in_order
from thidua_web.nominations.stages import SubmissionState
from thidua_web.nominations.views.seeing import load_submission
from thidua_web.nominations.views.submissions import NOT_MOVED
from thidua_web.register.models import Unit
from thidua_web.register.nominees import Nominee
from thidua_web.register.queries.searching import words_of

FEW = 50
"""So many are told by name of those who were in it already."""


@dataclass(frozen=True)
class Looked:
    """What the address asks: `frame` None where the law of the day asks nothing of the kind."""

    row: Submission
    form: ChoosingForm
    subject: Subject
    open: Open
    frame: pl.DataFrame | None
    state: State | None

    @property
    def case(self) -> Case | None:
        return self.open.case if self.frame is not None else None


def _look(request: HttpRequest, row: Submission) -> Looked:
    asked, today = request.GET, timezone.localdate()
    subject = SUBJECTS.get(asked.get("loai", ""), "individual")
    year = year_of(asked) or row.year
    merit = asked.get("loai_hinh", "")
    merit = merit if merit in ("yearly", "service", "foreign") else ""
    found = queries.open_cases(row, subject, wanted=asked.get("giai", ""), year=year, merit=merit, on=today)
    form = _form(asked, row, found, subject, year, today)
    unit = form.value("don_vi")
    words = words_of(form.value("tim") or "")
    frame = None
    if found.case is not None:
        frame = queries.frame_of(found.case, row, unit=unit.path if unit else "", words=words)
    said = form.value("ket_qua")
    return Looked(row, form, subject, found, frame, State(said) if said else None)


def _form(  # noqa: PLR0913, PLR0917 - what the sentence says
    asked: QueryDict, row: Submission, found: Open, subject: Subject, year: int, on: datetime.date
) -> ChoosingForm:
    data = asked.copy()
    said = {
        "loai": next(name for name, value in SUBJECTS.items() if value == subject),
        "giai": _wanted(found.case),
        "nam": str(year),
    }
    for name, value in said.items():
        if not data.get(name) or name == "giai":
            data[name] = value
    return ChoosingForm(
        data,
        awards=found.listed,
        offers=[(str(offer.pk), case.title) for offer, case in found.offered],
        on=on,
        yearly=row.kind == Kind.YEARLY,
        among=Unit.objects.valid(on=on).filter(path__below=row.unit.path),
    )


def _wanted(case: Case | None) -> str:
    if case is None:
        return ""
    return f"muc-{case.row.pk}" if case.row else case.offer.award


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The nearest first, with reasons; what is ticked, or everybody the filter finds, goes in with one act."""
    row = load_submission(request, submission_id, "nomination.edit")
    if row.state != SubmissionState.DRAFT:
        messages.warning(request, str(NOT_MOVED))
        return redirect(row)
    looked = _look(request, row)
    if request.method == "POST":
        return _add(request, looked)
    return render(request, "nominations/choose.html", _context(request, looked))


def _context(request: HttpRequest, looked: Looked) -> dict[str, Any]:
    row, language, today = looked.row, get_language() or "vi", timezone.localdate()
    query = _query(request.GET)
    standing = in_order(row)
    context: dict[str, Any] = {
        "row": row, "form": looked.form, "subject": looked.subject, "case": looked.case, "query": query,
        "chosen": len(standing), "subjects": _subjects(request, looked),
        "meters": pages.meters(meters_of(row, standing, today, looked.case), language),
    }  # fmt: skip
    if looked.case is None or looked.frame is None:
        return context
    listed = screened.ordered(looked.frame, looked.state)
    number = request.GET.get("trang", "")
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    keys, of_pages = screened.page_of(listed, page)
    page = min(max(page, 1), of_pages)
    rows = list(rows_of(looked.case, keys, language))
    there = queries.standing_in(row, looked.case, keys)
    first = (page - 1) * screened.ON_A_PAGE + 1
    return context | {
        "rows": [(one, one.key in there) for one in rows],
        "tabs": desk.tabs(
            screened.counts(looked.frame), _query(request.GET, "ket_qua"), looked.state, gettext("Tất cả")
        ),
        "total": listed.height,
        "first": first,
        "last": first + len(rows) - 1,
        "before": f"{query}&trang={page - 1}" if page > 1 else "",
        "after": f"{query}&trang={page + 1}" if page < of_pages else "",
        "unverified": desk.unverified(rows),
        "narrowed": any(request.GET.get(name) for name in ("tim", "don_vi", "ket_qua")),
    }


def _subjects(request: HttpRequest, looked: Looked) -> list[tuple[str, str, bool]]:
    """Tabs between people, collectives and households; the award is another's there."""
    names = {"ca-nhan": gettext("Cá nhân"), "tap-the": gettext("Tập thể"), "ho-gia-dinh": gettext("Hộ gia đình")}
    kept = _query(request.GET, "loai", "giai", "ket_qua", "tim")
    return [
        (label, f"loai={name}{'&' if kept else ''}{kept}", SUBJECTS[name] == looked.subject)
        for name, label in names.items()
    ]


def _query(asked: QueryDict, *without: str) -> str:
    kept = asked.copy()
    for name in ("trang", *without):
        kept.pop(name, None)
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept.urlencode()


# --- Adding -----------------------------------------------------------------------------------------------------------


def _add(request: HttpRequest, looked: Looked) -> HttpResponse:
    here = f"{reverse('nominations:choose', args=[looked.row.pk])}?{_query(request.GET)}"
    if looked.case is None or looked.frame is None:
        return redirect(here)
    within = queries.keys_of(looked.frame, looked.state)
    if request.POST.get("all"):
        keys = within
    else:
        reach, said = set(within), [int(one) for one in request.POST.getlist("chon") if one.isdecimal()]
        keys = [key for key in said if key in reach]
    if not keys:
        messages.warning(request, gettext("Chưa chọn ai."))
        return redirect(here)
    done = actions.add(
        submission=looked.row,
        nominees=_nominees(looked.subject, keys),
        wanted=wanted_of(looked.row, looked.case),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    tell_of_adding(request, done, looked.case.title)
    return redirect(looked.row if done.closed else here)


def _nominees(subject: Subject, keys: Sequence[int]) -> list[Nominee]:
    """In the order in which they were listed."""
    found: dict[int, Nominee] = {}
    for part in batched(keys):
        found |= people.by_number(subject, part)
    return [found[key] for key in keys if key in found]


def wanted_of(row: Submission, case: Case) -> Wanted:
    """The merit's time is the campaign's, the year's, or the day of the deed."""
    offer = case.offer
    since: datetime.date | None = datetime.date(offer.year, 1, 1)
    until: datetime.date | None = datetime.date(offer.year, 12, 31)
    if row.kind == Kind.SUDDEN:
        since = until = row.happened_on
    elif row.campaign is not None:
        since, until = row.campaign.start, row.campaign.end
    return Wanted(offer.award, offer.year, offer.merit, case.row, since, until)


def tell_of_adding(request: HttpRequest, done: Added, award: str) -> None:
    if done.closed:
        messages.warning(request, str(NOT_MOVED))
    elif done.full:
        said = gettext("Một đề nghị chứa tối đa %(most)d người, tập thể. Chưa thêm ai; hãy lập thêm một đề nghị.")
        messages.warning(request, said % {"most": MOST})
    else:
        if done.new:
            n = len(done.new)
            said = ngettext("Đã thêm %(n)d đề nghị: %(award)s.", "Đã thêm %(n)d đề nghị: %(award)s.", n)
            messages.success(request, said % {"n": n, "award": award})
        if done.there:
            said = ngettext(
                "%(n)d người, tập thể đã có trong danh sách từ trước.",
                "%(n)d người, tập thể đã có trong danh sách từ trước.",
                done.there,
            )
            messages.warning(request, said % {"n": done.there})


# --- On the submission's own page -------------------------------------------------------------------------------------


def _ticked(request: HttpRequest) -> list[int]:
    """Numbers of nominations."""
    return [int(one) for one in request.POST.getlist("chon") if one.isdecimal() and len(one) < 12]


@require_POST
def remove(request: HttpRequest, submission_id: int) -> HttpResponse:
    row = load_submission(request, submission_id, "nomination.edit")
    keys = _ticked(request)
    gone = actions.remove(submission=row, keys=keys, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if gone is None:
        messages.warning(request, str(NOT_MOVED))
    elif gone:
        said = ngettext("Đã bỏ %(n)d đề nghị.", "Đã bỏ %(n)d đề nghị.", gone)
        messages.success(request, said % {"n": gone})
    else:
        messages.warning(request, gettext("Chưa chọn ai."))
    return redirect(row)


@require_POST
def change_award(request: HttpRequest, submission_id: int) -> HttpResponse:
    """For those ticked another award, chosen among those that such nominees may be given: asked first, then done."""
    row = load_submission(request, submission_id, "nomination.edit")
    said = set(_ticked(request))
    rows = [one for one in in_order(row) if one.pk in said]
    subjects = {one.subject for one in rows}
    if len(subjects) != 1:
        words = gettext("Hãy chọn riêng cá nhân, tập thể hoặc hộ gia đình.") if rows else gettext("Chưa chọn ai.")
        messages.warning(request, words)
        return redirect(row)
    subject: Any = subjects.pop()
    wanted, today = request.POST.get("giai", ""), timezone.localdate()
    found = queries.open_cases(row, subject, wanted=wanted, year=row.year, merit="", on=today)
    if not wanted or found.case is None:
        form = _form(QueryDict(mutable=True), row, found, subject, row.year, today)
        return render(request, "nominations/change_award.html", {"row": row, "rows": rows, "form": form})
    done = actions.change_award(
        submission=row,
        keys=[one.pk for one in rows],
        wanted=wanted_of(row, found.case),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    _tell_of_changing(request, done, found.case.title)
    return redirect(row)


def _tell_of_changing(request: HttpRequest, done: Added, award: str) -> None:
    if done.closed:
        messages.warning(request, str(NOT_MOVED))
        return
    if done.new:
        n = len(done.new)
        said = ngettext("Đã chuyển %(n)d đề nghị sang %(award)s.", "Đã chuyển %(n)d đề nghị sang %(award)s.", n)
        messages.success(request, said % {"n": n, "award": award})
    if done.there:
        said = ngettext(
            "%(n)d người, tập thể đã được đề nghị %(award)s nên giữ nguyên.",
            "%(n)d người, tập thể đã được đề nghị %(award)s nên giữ nguyên.",
            done.there,
        )
        messages.warning(request, said % {"n": done.there, "award": award})


@require_POST
def reorder(request: HttpRequest, submission_id: int) -> HttpResponse:
    """`chon` to `cho`, its place in the tờ trình counted from 1."""
    row = load_submission(request, submission_id, "nomination.edit")
    key, place = request.POST.get("mot", ""), request.POST.get("cho", "")
    if not (key.isdecimal() and place.isdecimal() and len(key) < 12 and len(place) < 6):
        messages.warning(request, gettext("Hãy ghi số thứ tự mới."))
        return redirect(row)
    moved = actions.move_to(
        submission=row,
        key=int(key),
        place=int(place),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    if moved is Moved.STALE:
        messages.warning(request, str(NOT_MOVED))
    return redirect(row)
