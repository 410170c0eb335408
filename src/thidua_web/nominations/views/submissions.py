"""The list of a unit's submissions, how one begins, and its own page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.forms.launches import ReturnForm
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.queries.campaigns import lineage, upwards
from thidua_web.campaigns.views.seeing import load_campaign, load_reached
from thidua_web.eligibility.queries.cases import case_of_campaign, offers
from thidua_web.eligibility.views.choosing import ended_year
from thidua_web.nominations.actions import submissions as actions
from thidua_web.nominations.actions.submissions import Moved
from thidua_web.nominations.forms.submissions import ExceptionForm, HeadForm, SignForm, StartForm
from thidua_web.nominations.models import Kind, Nomination, Round, Submission
from thidua_web.nominations.pages import submissions as pages
from thidua_web.nominations.queries import submissions as queries
from thidua_web.nominations.queries.checking import checked_of, gate_of
from thidua_web.nominations.queries.dues import Due, due_of_campaign
from thidua_web.nominations.queries.meters import meters_of
from thidua_web.nominations.queries.submissions import Filter
from thidua_web.nominations.stages import NominationState, SubmissionState
from thidua_web.nominations.views.seeing import access_of, load_seen, load_submission
from thidua_web.register.models import Unit

REFUSED = 422
GATE_INLINE = 60
"""So many nominations are checked whenever the page is opened; for more the gate has a page of its own."""
NOT_MOVED = _("Đề nghị đã thay đổi từ khi bạn mở trang. Hãy xem lại bản mới nhất dưới đây rồi làm tiếp.")


# --- The list ---------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """Those of the own unit; those of units below, for who sees them."""
    access = access_of(request)
    unit = access.current
    if not access.sees_nominations:
        access.require("nomination.see", unit)
    assert unit is not None  # noqa: S101 - whoever sees nominations has a post
    today = timezone.localdate()
    asked = _asked(request)
    below = Unit.objects.within(access.paths("nomination.see"))
    own = Unit.objects.filter(pk=unit.pk) if access.may("nomination.see", unit) else Unit.objects.none()
    units = below.exclude(pk=unit.pk) if asked.below else own
    pager = Paginator(queries.listed(units, asked), queries.ON_A_PAGE)
    page = pager.get_page(request.GET.get("trang"))
    kept = request.GET.copy()
    kept.pop("trang", None)
    context = {
        "unit": unit,
        "page": page,
        "total": pager.count,
        "lines": lines_of(list(page.object_list), today),
        "asked": asked,
        "query": kept.urlencode(),
        "states": SubmissionState.choices,
        "may_start": access.may("nomination.edit", unit),
        "may_round": access.may("nomination.round", unit),
        "narrowed": bool(asked.state or asked.year or asked.words),
        "has_below": below.exclude(pk=unit.pk).exists(),
    }
    return render(request, "nominations/submissions.html", context)


def lines_of(rows: Sequence[Submission], today: datetime.date) -> list[pages.Line]:
    keys = [row.pk for row in rows]
    awards, states = queries.award_counts(keys), queries.state_counts(keys)
    return [pages.line(row, awards.get(row.pk, {}), states.get(row.pk, {}), today) for row in rows]


def _asked(request: HttpRequest) -> Filter:
    said = request.GET
    year, state = said.get("nam", ""), said.get("tinh_trang", "")
    return Filter(
        below=said.get("cua") == "cap-duoi",
        state=state if state in SubmissionState.values else "",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        words=said.get("tim", "").strip()[:100],
    )


@never_cache
@require_safe
def campaign_submissions(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A campaign's: those of units in reach, and for who appraises what was sent there."""
    campaign = load_reached(request, campaign_id, "nomination.see")
    access = access_of(request)
    reach = Unit.objects.within(access.paths("nomination.see"))
    to_unit = campaign.unit_id if access.may("appraisal.see", campaign.unit) else None
    pager = Paginator(queries.of_campaign(campaign, reach, to_unit), queries.ON_A_PAGE)
    page = pager.get_page(request.GET.get("trang"))
    today = timezone.localdate()
    context = {
        "campaign": campaign,
        "page": page,
        "total": pager.count,
        "lines": lines_of(list(page.object_list), today),
        "due": due_of_campaign(campaign, today, access.current),
        "rounds": [one for one in queries.rounds_open([campaign.unit_id], today) if one.campaign_id == campaign.pk],
        "may_start": access.may_here("nomination.edit"),
        "may_round": access.may("nomination.round", campaign.unit),
    }
    return render(request, "nominations/campaign_submissions.html", context)


# --- How one begins ---------------------------------------------------------------------------------------------------


class Origin(NamedTuple):
    """What a submission starts from."""

    kind: str
    year: int
    title: str
    campaign: Campaign | None = None
    round: Round | None = None
    due: Due | None = None

    @property
    def query(self) -> str:
        if self.round:
            return urlencode({"dot": self.round.pk})
        return urlencode({"phong-trao": self.campaign.pk} if self.campaign else {"loai": self.kind})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """From an open round, a campaign's offers, the yearly round, a sudden deed; the address says which."""
    access = access_of(request)
    unit = access.current
    access.require("nomination.edit", unit)
    assert unit is not None  # noqa: S101 - it was required
    today = timezone.localdate()
    origin = _origin(request, unit, today)
    if origin is None:
        return render(request, "nominations/start.html", _choices(unit, today))
    receivers = receivers_of(unit, origin.campaign, origin.round)
    initial = {"title": origin.title[:250], "year": origin.year, "to_unit": receivers[0].pk if receivers else None}
    form = StartForm(request.POST or None, kind=origin.kind, receivers=receivers, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = _begin(request, unit, origin, form)
        return redirect("nominations:choose", row.pk)
    context = {"unit": unit, "origin": origin, "form": form, "receivers": receivers}
    return render(request, "nominations/start.html", context, status=REFUSED if form.is_bound else 200)


def _begin(request: HttpRequest, unit: Unit, origin: Origin, form: StartForm) -> Submission:
    due = origin.due
    return actions.begin(
        unit=unit,
        kind=origin.kind,
        campaign=origin.campaign,
        round_=origin.round,
        due_on=due.on if due else None,
        due_basis=due.words if due else "",
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        **form.values,
    )


def receivers_of(unit: Unit, campaign: Campaign | None, round_: Round | None) -> list[Unit]:
    """Who may appraise: of a round whoever opened it; else the campaign's launcher, units above, the unit itself."""
    if round_ is not None:
        return [round_.to_unit]
    line = [int(part) for part in reversed(unit.path.split("/")) if part]
    if campaign is not None:
        line = [campaign.unit_id, *line]
    order = list(dict.fromkeys([*(key for key in line if key != unit.pk), unit.pk]))
    found = Unit.objects.in_bulk(order)
    return [found[key] for key in order if key in found]


def _origin(request: HttpRequest, unit: Unit, today: datetime.date) -> Origin | None:
    """None where the address names nothing that there is."""
    said = request.GET
    if (key := said.get("dot", "")).isdecimal():
        row = queries.round_(int(key))
        if row is None or row.closed_at is not None or row.to_unit_id not in upwards([unit]):
            raise Http404
        due = Due(row.due_on, row.basis) if row.due_on else None
        return Origin(row.kind, row.year, _title(row.kind, row.year, row.campaign), row.campaign, row, due)
    if (key := said.get("phong-trao", "")).isdecimal():
        campaign = load_campaign(request, int(key))
        year = (min(campaign.end, today) if campaign.end else today).year
        due = due_of_campaign(campaign, today, unit)
        return Origin(Kind.CAMPAIGN, year, _title(Kind.CAMPAIGN, year, campaign), campaign, None, due)
    if said.get("loai") == Kind.YEARLY:
        year = ended_year(today)
        return Origin(Kind.YEARLY, year, _title(Kind.YEARLY, year))
    if said.get("loai") == Kind.SUDDEN:
        return Origin(Kind.SUDDEN, today.year, _title(Kind.SUDDEN, today.year))
    return None


def _title(kind: str, year: int, campaign: Campaign | None = None) -> str:
    """As papers call it, in whatever language the page is."""
    if campaign is not None:
        return f"Đề nghị khen thưởng: {campaign.title}"
    return f"Đề nghị khen thưởng đột xuất năm {year}" if kind == Kind.SUDDEN else f"Đề nghị khen thưởng năm {year}"


def _choices(unit: Unit, today: datetime.date) -> dict[str, Any]:
    """What there is to start from: rounds that are open, campaigns that offer awards."""
    above = upwards([unit])
    found: dict[int, dict[str, Any]] = {}
    for row in offers([unit.path], list(lineage([unit])), today):
        told = found.setdefault(row.campaign_id, {"campaign": row.campaign, "awards": []})
        if any(case_of_campaign(row, subject, today) for subject in ("individual", "collective", "household")):
            told["awards"].append(row.award)
    listed = [one | {"due": due_of_campaign(one["campaign"], today, unit)} for one in found.values() if one["awards"]]
    for one in listed:
        one["awards"] = list(dict.fromkeys(one["awards"]))
    return {
        "unit": unit,
        "rounds": queries.rounds_open(above, today),
        "campaigns": listed,
        "year": ended_year(today),
    }


# --- One --------------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    return show(request, load_seen(request, submission_id))


def show(request: HttpRequest, row: Submission, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page; what came back with errors is shown as it was typed."""
    access, today = access_of(request), timezone.localdate()
    language = get_language() or "vi"
    pager = Paginator(_nominees(request, row), queries.NOMINEES_ON_A_PAGE)
    page = pager.get_page(request.GET.get("trang"))
    here = list(page.object_list)
    preparing = row.state != SubmissionState.SUBMITTED
    checked = checked_of([one for one in here if _is_open(one)], today)
    standing = queries.standing(row)
    kept = request.GET.copy()
    kept.pop("trang", None)
    asked = queries.exceptions(row)
    context: dict[str, Any] = {
        "row": row,
        "steps": pages.strip(row),
        "due": pages.due(row, today),
        "page": page,
        "total": pager.count,
        "nominees": pages.rows(here, checked, page.start_index(), today, language),
        "n": len(standing),
        "line": pages.line(row, _awards(standing), _states(standing), today),
        "meters": pages.meters(meters_of(row, standing, today), language) if preparing else [],
        "gate": _gate(row, standing, asked, today, language)
        if preparing and 0 < len(standing) <= GATE_INLINE
        else None,
        "gate_apart": preparing and len(standing) > GATE_INLINE,
        "exceptions": [(one, pages.exception_words(one)) for one in asked],
        "returned": [one for one in standing if one.state == NominationState.RETURNED],
        "asked_more": sum(one.state == NominationState.ASKED for one in standing),
        "query": kept.urlencode(),
        "narrowed": any(request.GET.get(name) for name in ("giai", "tinh_trang", "tim")),
        "states": NominationState.choices,
        "may": _rights(access, row),
        "doors": _doors(row, len(standing)),
        "return_form": ReturnForm(),
        "sign_form": SignForm(initial={"number": row.number}),
        "exception_form": ExceptionForm(),
    }
    return render(request, "nominations/submission.html", context | forms, status=status)


class Door(NamedTuple):
    label: str
    href: str


def _doors(row: Submission, n: int) -> list[Door]:
    """The meeting that reviewed them, and the papers made of all this."""
    found = [Door(gettext("Họp xét của đơn vị"), reverse("nominations:meeting", args=[row.pk]))]
    if n:
        found.append(Door(gettext("Tờ trình"), reverse("nominations:presentation", args=[row.pk])))
        found.append(
            Door(gettext("Danh sách kèm tờ trình (Excel)"), reverse("nominations:nominees_file", args=[row.pk]))
        )
        found.append(Door(gettext("Xin xác nhận"), reverse("nominations:ask_confirmations", args=[row.pk])))
    return found


def _is_open(row: Nomination) -> bool:
    return row.state in (NominationState.DRAFT, NominationState.RETURNED, NominationState.ASKED)


def _nominees(request: HttpRequest, row: Submission) -> Any:
    said = request.GET
    state = said.get("tinh_trang", "")
    return queries.nominees(
        row,
        award=said.get("giai", "")[:40],
        state=state if state in NominationState.values else "",
        words=search_key(said.get("tim", "")[:100]),
    )


def _awards(rows: Sequence[Nomination]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        found[one.award] = found.get(one.award, 0) + 1
    return found


def _states(rows: Sequence[Nomination]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        found[one.state] = found.get(one.state, 0) + 1
    return found


def _gate(
    row: Submission, standing: Sequence[Nomination], asked: Any, today: datetime.date, language: str
) -> pages.ShownGate:
    return pages.gate(gate_of(row, today), {str(one.pk): one for one in standing}, asked, row.to_unit.name, language)


def _rights(access: Any, row: Submission) -> dict[str, bool]:
    edits, signs = access.may("nomination.edit", row.unit), access.may("nomination.submit", row.unit)
    draft, presented = row.state == SubmissionState.DRAFT, row.state == SubmissionState.PRESENTED
    return {
        "edit": draft and edits,
        "present": draft and edits and not signs,
        "withdraw": presented and edits,
        "hand_back": presented and signs,
        "sign": (draft or presented) and signs,
        "ask": (draft or presented) and edits,
        "again": row.state == SubmissionState.SUBMITTED and signs,
        "except": access.may("nomination.except", row.to_unit),
    }


@never_cache
@require_safe
def gate(request: HttpRequest, submission_id: int) -> HttpResponse:
    """All that stands in the way of a long submission."""
    row = load_seen(request, submission_id)
    standing, today = queries.standing(row), timezone.localdate()
    found = _gate(row, standing, queries.exceptions(row), today, get_language() or "vi")
    context = {"row": row, "gate": found, "may": _rights(access_of(request), row), "exception_form": ExceptionForm()}
    return render(request, "nominations/gate.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, submission_id: int) -> HttpResponse:
    """What heads it, and who appraises."""
    row = load_submission(request, submission_id, "nomination.edit")
    receivers = receivers_of(row.unit, row.campaign, row.round)
    names = ("title", "occasion", "happened_on", "place", "who")
    initial = {name: getattr(row, name) for name in names} | {"to_unit": row.to_unit_id}
    form = HeadForm(request.POST or None, kind=row.kind, receivers=receivers, initial=initial)
    if request.method == "POST" and form.is_valid():
        moved = actions.change(
            submission=row,
            seen=seen_of(request),
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            **form.values,
        )
        if moved is Moved.STALE:
            messages.warning(request, str(NOT_MOVED))
        elif moved is Moved.DONE:
            messages.success(request, gettext("Đã lưu."))
        return redirect(row)
    context = {"row": row, "form": form}
    return render(request, "nominations/edit_submission.html", context, status=REFUSED if form.is_bound else 200)


def seen_of(request: HttpRequest) -> int:
    """The revision that was on the screen; -1 fits none."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1
