"""What all units have taken on together: on a page, in a workbook, and into one's own pledge."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.archive.downloads import TYPES, written_response
from thidua_web.progress.actions.gathering import gather as gather_up
from thidua_web.progress.actions.pledges import is_editable, note_export
from thidua_web.progress.pages import pledge_totals as pages
from thidua_web.progress.queries import pledge_totals as queries
from thidua_web.progress.queries import pledges as pledge_queries
from thidua_web.progress.views.seeing import access_of, load_above
from thidua_web.progress.workbooks import pledges as workbooks


@never_cache
@require_safe
def totals(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = load_above(request, campaign_id, "pledge.see")
    works = queries.works(campaign)
    levels = pages.levels(queries.pledges_by_level(campaign), queries.works_by_level(campaign))
    above = pledge_queries.pledge_of(campaign.parent_id, campaign.unit_id) if campaign.parent_id else None
    may_gather = campaign.parent is not None and access_of(request).may("pledge.edit", campaign.unit)
    context = {
        "campaign": campaign,
        "levels": levels,
        "targets": pages.targets(queries.targets(campaign)),
        "works": works,
        "work_total": sum(level.works for level in levels),
        "may_gather": may_gather and is_editable(above),
        "above": above,
    }
    return render(request, "progress/pledge_totals.html", context)


@require_POST
def workbook(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    campaign = load_above(request, campaign_id, "pledge.see")
    now = timezone.now()
    file = workbooks.write(campaign, note=f"{campaign.unit.name}, {timezone.localtime(now):%d/%m/%Y %H:%M}")
    note_export(campaign=campaign, by=request.user, at=now)  # type: ignore[arg-type]
    return written_response(file, name=f"dang-ky-thi-dua-{campaign.pk}.xlsx", content_type=TYPES["xlsx"])


@require_POST
def gather(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Into the pledge that the own unit hands in above."""
    campaign = load_above(request, campaign_id, "pledge.edit")
    done = gather_up(campaign=campaign, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if done.pledge is None:
        messages.warning(
            request, gettext("Không đưa lên được: không có phong trào cấp trên, hoặc đăng ký của đơn vị đã gửi.")
        )
        return redirect("progress:pledge_totals", campaign.pk)
    words = gettext("Đã đưa %(works)d công trình và %(targets)d chỉ tiêu cộng được của cấp dưới vào đăng ký này.")
    messages.success(request, words % {"works": done.works, "targets": done.targets})
    return redirect(done.pledge)
