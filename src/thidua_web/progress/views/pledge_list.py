"""The pledges of all units of a campaign, for the unit that launched it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.campaigns.forms.editing import whole
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.views.seeing import load_campaign
from thidua_web.progress.actions import pledges as actions
from thidua_web.progress.forms.pledge_list import ListForm
from thidua_web.progress.pages import likeness as likeness_page
from thidua_web.progress.pages import pledge_list as pages
from thidua_web.progress.pages import pledges as pledge_pages
from thidua_web.progress.queries import pledge_checks as checks
from thidua_web.progress.queries import pledge_list as queries
from thidua_web.progress.queries import pledges as pledge_queries
from thidua_web.progress.queries.likeness import family, others_of
from thidua_web.progress.queries.pledge_asked import KINDS, asked
from thidua_web.progress.queries.pledge_list import Filter
from thidua_web.progress.views.pledges import case_of
from thidua_web.progress.views.seeing import access_of, load_above

MOST_AT_ONCE = 1000


@never_cache
@require_safe
def pledges(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """For the unit that launched the list; whoever works below it is led to the pledge of the own unit."""
    campaign = load_campaign(request, campaign_id)
    access = access_of(request)
    if not access.may("pledge.see", campaign.unit):
        mine = access.current
        if mine is not None and mine.path.startswith(campaign.unit.path) and access.may("pledge.see", mine):
            return redirect("progress:pledge", campaign.pk, mine.pk)
        access.require("pledge.see", campaign.unit)
    context = _list(request, campaign)
    name = "_pledge_list" if request.htmx else "pledge_list"  # type: ignore[attr-defined]
    return render(request, f"progress/{name}.html", context)


def _list(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    on = timezone.localdate()
    by = asked(campaign, on=on)
    due = pledge_queries.due_of(campaign.pk, None)
    there = {unit.kind for unit in by.listed}
    form = ListForm(request.GET or None, kinds=[kind for kind in KINDS if kind in there])
    wanted = _asked(form, request)
    found = queries.desk(campaign, by, wanted, due=due, on=on)
    may_decide = access_of(request).may("pledge.decide", campaign.unit)
    clean = found.clean[:MOST_AT_ONCE] if may_decide else []
    return {
        "campaign": campaign,
        "due": due,
        "desk": found,
        "form": form,
        "rows": pages.rows(found),
        "tabs": pages.tabs(found, wanted, query),
        "narrowed": wanted != Filter(state=wanted.state),
        "before": query(replace(wanted, page=found.page - 1)) if found.page > 1 else "",
        "after": query(replace(wanted, page=found.page + 1)) if found.page < found.pages else "",
        "clean": clean,
        "clean_value": ",".join(f"{one.unit.pk}:{one.pledge.revision}" for one in clean if one.pledge),
        "may_decide": may_decide,
        "has_rules": bool(by.rules),
        "own_page": access_of(request).may("pledge.edit", campaign.unit),
    }


def _asked(form: ListForm, request: HttpRequest) -> Filter:
    """What of the address makes sense."""
    if not form.is_bound:
        return Filter()
    form.is_valid()
    said = form.cleaned_data
    page = whole(request.GET.get("trang", ""))
    return Filter(
        state=said.get("tinh_trang") or "",
        kind=said.get("cap") or "",
        words=said.get("tim") or "",
        late=bool(said.get("muon")),
        doubtful=bool(said.get("xem")),
        page=page or 1,
    )


def query(wanted: Filter) -> str:
    """The address that says the same."""
    said = {
        "tinh_trang": wanted.state,
        "cap": wanted.kind,
        "muon": "on" if wanted.late else "",
        "xem": "on" if wanted.doubtful else "",
        "tim": wanted.words,
        "trang": wanted.page if wanted.page > 1 else "",
    }
    return urlencode({name: value for name, value in said.items() if value != ""})


@require_POST
def accept_many(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Accept those that were on the screen, each as it was then, and that nothing was found in."""
    campaign = load_above(request, campaign_id, "pledge.decide")
    sent = dict(_pairs(request.POST.get("chon", "")))
    rows = [(row, sent[row.unit_id]) for row in queries.chosen(campaign, list(sent))]
    done = actions.accept_many(pledges=rows, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    words = ngettext("Đã chấp nhận %(n)d đăng ký.", "Đã chấp nhận %(n)d đăng ký.", done) % {"n": done}
    (messages.success if done else messages.warning)(request, words)
    left = len(sent) - done
    if done and left:
        text = ngettext(
            "%(n)d bản đã thay đổi hoặc được xử lý từ lúc trang mở ra, nên giữ nguyên.",
            "%(n)d bản đã thay đổi hoặc được xử lý từ lúc trang mở ra, nên giữ nguyên.",
            left,
        )
        messages.warning(request, text % {"n": left})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else "progress:pledges", **({} if safe else {"campaign_id": campaign.pk}))


def _pairs(text: str) -> list[tuple[int, int]]:
    """ "17:3,18:1": the units and the revisions that were shown."""
    found = []
    for value in text.split(",")[:MOST_AT_ONCE]:
        unit, _, seen = value.partition(":")
        if whole(unit) is not None and whole(seen) is not None:
            found.append((int(unit), int(seen)))
    return found


@never_cache
@require_safe
def preview(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """One pledge to be read beside the list."""
    case = case_of(request, campaign_id, unit_id, "pledge.see")
    context: dict[str, Any] = {"case": case, "campaign": case.campaign, "unit": case.unit, "pledge": case.pledge}
    if case.pledge is not None:
        language = get_language() or "vi"
        on = timezone.localdate(case.pledge.submitted_at) if case.pledge.submitted_at else timezone.localdate()
        checked = checks.check(case.pledge, on=on)
        others = {pk: likeness_page.shown(found, language) for pk, found in checked.others.items()}
        context |= {
            "target_lines": pledge_pages.target_lines(pledge_queries.targets_of(case.pledge), checked, language),
            "work_lines": pledge_pages.work_lines(pledge_queries.works_of(case.pledge), checked, others, language),
            "rules": pledge_pages.rules(checked.by_rules, lambda _: "", language),
            "may_accept": case.may("accept"),
        }
    name = "_pledge_preview" if request.htmx else "pledge_preview"  # type: ignore[attr-defined]
    return render(request, f"progress/{name}.html", context)


@never_cache
@require_safe
def alike(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Works of several units that may be one."""
    campaign = load_above(request, campaign_id, "pledge.see")
    works = queries.alike_works(campaign)
    found = others_of(works, family(campaign))
    pairs = pages.pairs(works, found, get_language() or "vi")
    return render(request, "progress/pledge_alike_works.html", {"campaign": campaign, "pairs": pairs})
