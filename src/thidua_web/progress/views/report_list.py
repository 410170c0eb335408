"""The reports of a campaign for whoever launched it; units below see their own part. The address holds the filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.accounts.access import Access
from thidua_web.archive.downloads import TYPES, made_response
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.views.seeing import load_reached
from thidua_web.journal.actions import record
from thidua_web.progress.models import Evidence
from thidua_web.progress.pages import report_list as pages
from thidua_web.progress.queries import report_list as queries
from thidua_web.progress.queries.report_list import Coming, Filter, Period
from thidua_web.progress.workbooks import listing
from thidua_web.register.models import Unit

ROWS_AHEAD = 50


class ListForm(forms.Form):
    """The filters, as a sentence."""

    ky = forms.ChoiceField(label=_("Báo cáo kỳ"), required=False)
    loai = forms.ChoiceField(label=_("của"), required=False)
    trang_thai = forms.ChoiceField(
        label=_("tình trạng"), required=False, choices=[("", _("mọi tình trạng")), *Coming.choices]
    )
    tim = forms.CharField(label=_("tên có chữ"), required=False, max_length=200)

    def __init__(self, *args: Any, found: list[Period], kinds: list[str], **options: Any) -> None:
        super().__init__(*args, auto_id="list_%s", **options)
        self.fields["ky"].choices = [(str(one.day.pk), pages.say(one)) for one in found]  # type: ignore[attr-defined]
        self.fields["loai"].choices = [  # type: ignore[attr-defined]
            ("", _("mọi loại đơn vị")),
            *((kind, pages.kind_label(kind)) for kind in kinds),
        ]


@dataclass(frozen=True)
class Tab:
    label: str
    n: int
    query: str
    current: bool
    tone: str = ""


def reach(access: Access, campaign: Campaign) -> tuple[str, ...] | None:
    """None for the unit that launched: it sees all; others the units at or below their own."""
    return None if access.may("report.see", campaign.unit) else tuple(access.paths("report.see"))


def units_within(paths: tuple[str, ...] | None) -> Any:
    return None if paths is None else Unit.objects.within(list(paths))


def load(request: HttpRequest, campaign_id: int) -> tuple[Campaign, Access, tuple[str, ...] | None]:
    campaign = load_reached(request, campaign_id, "report.see")
    access: Access = request.access  # type: ignore[attr-defined]
    paths = reach(access, campaign)
    return campaign, access, paths


@never_cache
@require_safe
def reports(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign, access, paths = load(request, campaign_id)
    today = timezone.localdate()
    found = queries.periods(campaign)
    period = _chosen(found, request.GET.get("ky", "")) or queries.current(found, today=today)
    context: dict[str, Any] = {"campaign": campaign, "owner": paths is None, "period": period}
    if period is None:
        return render(request, "progress/reports.html", context)
    kinds = queries.kinds_of(period, paths)
    form = ListForm(request.GET or None, found=found, kinds=kinds)
    asked = _asked(form, request, paths)
    page = queries.page_of(period, asked, today=today)
    context |= {
        "form": form if form.is_bound else ListForm(initial={"ky": str(period.day.pk)}, found=found, kinds=kinds),
        "said": pages.say(period),
        "page": page,
        "rows": [pages.row(unit) for unit in page.units],
        "tabs": _tabs(period, page, asked),
        "narrowed": bool(asked.state or asked.kind or asked.words),
        "before": _query(period, replace(asked, page=page.page - 1)) if page.page > 1 else "",
        "after": _query(period, replace(asked, page=page.page + 1)) if page.page < page.pages else "",
        "query": _query(period, asked),
        "may_return": access.may("report.return", campaign.unit),
    }
    return render(request, "progress/reports.html", context)


def _chosen(found: list[Period], wanted: str) -> Period | None:
    return next((one for one in found if str(one.day.pk) == wanted), None)


def _asked(form: ListForm, request: HttpRequest, paths: tuple[str, ...] | None) -> Filter:
    """What of the address makes sense; the rest counts for nothing."""
    if not form.is_bound:
        return Filter(paths=paths)
    form.is_valid()
    said, page = form.cleaned_data, request.GET.get("trang", "")
    return Filter(
        state=said.get("trang_thai") or "",
        kind=said.get("loai") or "",
        words=said.get("tim") or "",
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
        paths=paths,
    )


def _query(period: Period, asked: Filter) -> str:
    said = {
        "ky": period.day.pk,
        "loai": asked.kind,
        "trang_thai": asked.state,
        "tim": asked.words,
        "trang": asked.page if asked.page > 1 else "",
    }
    return urlencode({name: value for name, value in said.items() if value != ""})


def _tabs(period: Period, page: queries.ReportPage, asked: Filter) -> list[Tab]:
    every = replace(asked, state="", page=1)
    tabs = [Tab(str(_("Tất cả")), page.all, _query(period, every), not asked.state)]
    for state in Coming:
        query = _query(period, replace(every, state=state.value))
        tone = queries.TONES[state]
        tabs.append(Tab(str(state.label), page.counts.get(state.value, 0), query, asked.state == state.value, tone))
    return tabs


@require_POST
def reports_workbook(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The list as filtered, and what targets come to."""
    campaign, access, paths = load(request, campaign_id)
    found, today = queries.periods(campaign), timezone.localdate()
    period = _chosen(found, request.GET.get("ky", "")) or queries.current(found, today=today)
    rows: list[pages.Row] = []
    gathered: list[pages.Gathered] = []
    if period is not None:
        form = ListForm(request.GET, found=found, kinds=queries.kinds_of(period, paths))
        asked = _asked(form, request, paths)
        units = queries.in_state(queries.filtered(period, asked, today=today), asked)
        rows = [pages.row(unit) for unit in units]
        gathered = pages.gathered(queries.totals(campaign.pk, period.day.pk, units_within(paths)))
    works = [pages.ahead(work) for work in queries.works_ahead(campaign.pk, paths)]
    data = listing.write(campaign.title, pages.say(period) if period else "", rows, gathered, works)
    record(
        act="report.exported",
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        unit_id=access.current.pk if access.current else campaign.unit_id,
        subject=("campaign", campaign.pk),
        label=campaign.title,
        details={"rows": len(rows), "works": len(works)},
    )
    return made_response(data, name=f"bao-cao-{today:%Y%m%d}.xlsx", content_type=TYPES["xlsx"])


@never_cache
@require_safe
def ahead(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Works before their time, for commendation."""
    campaign, _access, paths = load(request, campaign_id)
    paginator = Paginator(queries.works_ahead(campaign.pk, paths), ROWS_AHEAD)
    page = paginator.get_page(request.GET.get("trang", ""))
    works = [pages.ahead(work) for work in page.object_list]
    files: dict[int, list[Evidence]] = {}
    for row in Evidence.objects.filter(work__in=[one.work.pk for one in works]).select_related("file"):
        files.setdefault(row.work_id or 0, []).append(row)
    rows = [(one, files.get(one.work.pk, [])) for one in works]
    context = {"campaign": campaign, "rows": rows, "page": page, "total": paginator.count}
    return render(request, "progress/report_ahead.html", context)
