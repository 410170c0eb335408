"""The board of a campaign, its heat map, its gates, and what a unit does with a campaign that it was sent."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua import explain
from thidua.plans.campaign import ConditionItem
from thidua_web.accounts.access import Access
from thidua_web.archive.downloads import TYPES, written_response
from thidua_web.campaigns import extensions
from thidua_web.campaigns.actions import deployments as actions
from thidua_web.campaigns.actions.board_workbook import export_board
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.addressees import GROUPS
from thidua_web.campaigns.forms.deployments import BoardForm, OwnPlanForm, PaperForm
from thidua_web.campaigns.models import Campaign, Deployment
from thidua_web.campaigns.pages import board as pages
from thidua_web.campaigns.pages import heat_map as drawing
from thidua_web.campaigns.pages.board import Links
from thidua_web.campaigns.queries import board as queries
from thidua_web.campaigns.queries import campaigns as campaign_queries
from thidua_web.campaigns.queries import deployments as deployment_queries
from thidua_web.campaigns.queries.board import Filter, Scope
from thidua_web.campaigns.queries.expectations import expecting
from thidua_web.campaigns.queries.launches import register_of
from thidua_web.campaigns.views.seeing import load_reached

# How long a heat map may be shown again.
KEPT_SECONDS = 60


@never_cache
@require_safe
def board(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """How far every unit has come; a unit below sees its own row, and those of units below it."""
    return show(request, load_reached(request, campaign_id, "deployment.see"))


def show(request: HttpRequest, campaign: Campaign, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that came back with errors."""
    scope, today = _scope(request, campaign), timezone.localdate()
    asked = _asked(request)
    found = queries.board(scope, asked)
    whole = scope.paths is None
    context = {
        "campaign": campaign,
        "board": found,
        "rows": pages.rows(found.rows, _links(request, campaign, found.rows), on=today),
        "heads": [str(queries.HEADS[step]) for step in queries.STEPS],
        "form": _form(scope, asked),
        "asked": asked,
        "counts": pages.count_lines(found.counts),
        "whole": whole,
        "still_from": pages.STILL_FROM,
        "withdrawn": queries.withdrawn(scope),
        "gates": _conditions(campaign),
        **_pager(asked, found),
        **_downwards(campaign, whole=whole),
        **own_part(request, campaign, **forms),
    }
    name = "_board" if request.htmx else "board"  # type: ignore[attr-defined]
    return render(request, f"campaigns/{name}.html", context)


def _downwards(campaign: Campaign, *, whole: bool) -> dict[str, Any]:
    """The levels below, where there are any."""
    levels = queries.levels_down(campaign) if whole else []
    if len(levels) < 2:
        return {"downs": []}
    return {"downs": pages.downs(levels), "units_in_all": queries.units_in_all(campaign)}


def own_part(request: HttpRequest, campaign: Campaign, **forms: Any) -> dict[str, Any]:
    """What the unit that one works in has done, and what it may do next; nothing where it was not sent there."""
    access: Access = request.access  # type: ignore[attr-defined]
    if access.current is None or not access.may("deployment.see", access.current):
        return {"own": None}
    row = deployment_queries.deployment_of(campaign.pk, access.current.pk)
    if row is None:
        return {"own": None}
    links = _links(request, campaign, [row])
    return {
        "own": pages.own(row, links, on=timezone.localdate(), language=get_language() or "vi"),
        "plan_form": forms.get("plan_form") or OwnPlanForm(auto_id="own_%s"),
        "paper_form": forms.get("paper_form") or PaperForm(auto_id="own_%s"),
    }


@never_cache
@require_safe
def heat_map(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Where nothing moves."""
    campaign = load_reached(request, campaign_id, "deployment.see")
    scope = _scope(request, campaign)
    context = {
        "campaign": campaign,
        "map": _map(campaign, scope),
        "legend": drawing.legend(),
        "heads": [str(queries.REACHED[step]) for step in queries.STEPS],
        "still_from": pages.STILL_FROM,
        "whole": scope.paths is None,
    }
    return render(request, "campaigns/heat_map.html", context)


def _map(campaign: Campaign, scope: Scope) -> drawing.Map:
    """Kept while nobody moves: thousands of cells take longer to draw than all the rest of the page. A unit that was
    given another name may be shown under its old one for a minute.
    """
    today, kept = timezone.localdate(), caches["process"]
    said = (campaign.pk, scope.paths, today.isoformat(), get_language(), queries.version(scope))
    key = f"heat:{hashlib.sha256(repr(said).encode()).hexdigest()}"
    found: drawing.Map | None = kept.get(key)
    if found is None:
        cells = queries.cells(scope)
        parents = queries.names({cell.parent for cell in cells})
        found = drawing.heat_map(cells, parents, on=today, board="../")
        kept.set(key, found, KEPT_SECONDS)
    return found


@never_cache
@require_safe
def gates(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Who would not pass the plan's gates as things stand."""
    campaign = load_reached(request, campaign_id, "deployment.see")
    cells = sorted(queries.cells(_scope(request, campaign)), key=lambda cell: cell.kind)
    registered = deployment_queries.registrations(campaign.pk, [cell.unit for cell in cells])
    facts = {cell.unit: deployment_queries.standing_on(cell.days, registered.get(cell.unit)) for cell in cells}
    today, shown, conditions = timezone.localdate(), [], _conditions(campaign)
    by_name = _named(campaign, conditions, today)
    for one in conditions:
        names = {cell.unit: cell.name for cell in cells if _is_for(one, cell, by_name)}
        unplaced = [party.name for party in one.parties if not party.group and not by_name[party.name]]
        gate = pages.gate(one.condition, facts, names, on=today, by=campaign.end)
        shown.append(replace(gate, unplaced=unplaced))
    return render(request, "campaigns/gates.html", {"campaign": campaign, "gates": shown})


def _conditions(campaign: Campaign) -> list[ConditionItem]:
    frozen = campaign_queries.frozen_parts(campaign.pk).get("conditions", [])
    return [one for one in msgspec.convert(frozen, list[ConditionItem]) if one.condition.kind == "gate"]


def _named(campaign: Campaign, items: list[ConditionItem], on: datetime.date) -> dict[str, frozenset[int]]:
    """Of the units that gates name one by one: which of the register each is; empty where none fits."""
    parties = {party for item in items for party in item.parties if not party.group}
    if not parties:
        return {}
    register = register_of(campaign.unit_id, on=on)
    return {party.name: frozenset(body.pk for body in register.reach(party).units) for party in parties}


def _is_for(item: ConditionItem, cell: queries.Cell, by_name: Mapping[str, frozenset[int]]) -> bool:
    """Whether a gate is for this unit: by its name or its kind, else where it is for everybody ("all", or nobody by
    name).
    """
    if not item.parties:
        return True
    for party in item.parties:
        kinds = GROUPS.get(party.group) if party.group else frozenset()
        if kinds is None or cell.kind in kinds or (not party.group and cell.unit in by_name[party.name]):
            return True
    return False


@require_POST
def workbook(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The board under its filters, as a workbook."""
    campaign = load_reached(request, campaign_id, "deployment.see")
    asked = _asked(request)
    file = export_board(
        campaign=campaign,
        scope=_scope(request, campaign),
        asked=asked,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    name = gettext("trien-khai-%(n)s.xlsx") % {"n": campaign.pk}
    return written_response(file, name=name, content_type=TYPES["xlsx"])


# Acts of a unit -------------------------------------------------------------------------------------------------------


@require_POST
def receive(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign, row = _own(request, campaign_id, "deployment.act")
    actions.confirm_receipt(deployment=row, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, gettext("Đã xác nhận đơn vị nhận được phong trào."))
    return _back(request, campaign)


@require_POST
def own_plan(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The unit's own plan: read like any, and checked against the plan that it carries out."""
    campaign, row = _own(request, campaign_id, "plan.upload")
    form = OwnPlanForm(request.POST, request.FILES, auto_id="own_%s")
    if not form.is_valid():
        return show(request, campaign, plan_form=form)
    file = form.cleaned_data["file"]
    upload = upload_plan(
        source=file,
        name=file.name,
        unit=row.unit,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        carries_out=campaign,
    )
    if upload.document is None:
        error = upload.error
        form.add_error("file", explain.say(error.code, error.params, get_language() or "vi") if error else "")
        return show(request, campaign, plan_form=form)
    if upload.known:
        messages.warning(request, gettext("Đơn vị đã gửi tệp này trước đây; kế hoạch ấy được gắn vào phong trào."))
    return redirect(upload.document)


@require_POST
def launch_on_paper(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign, row = _own(request, campaign_id, "deployment.act")
    form = PaperForm(request.POST, auto_id="own_%s")
    if not form.is_valid():
        return show(request, campaign, paper_form=form)
    done = actions.launch_on_paper(
        deployment=row,
        on=form.cleaned_data["on"],
        paper=form.cleaned_data["paper"],
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    if done:
        messages.success(request, gettext("Đã ghi ngày phát động."))
    else:
        messages.warning(request, gettext("Đơn vị đã phát động rồi; trang đã cập nhật."))
    return _back(request, campaign)


@require_POST
def take_back_paper(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign, row = _own(request, campaign_id, "deployment.act")
    if actions.take_back_paper(deployment=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã rút lại ngày phát động bằng văn bản giấy."))
    return _back(request, campaign)


def _own(request: HttpRequest, campaign_id: int, permission: str) -> tuple[Campaign, Deployment]:
    """The current unit's own row: 404 where the campaign was not sent to it, 403 for its members who may not act."""
    campaign = load_reached(request, campaign_id, "deployment.see")
    access: Access = request.access  # type: ignore[attr-defined]
    row = deployment_queries.deployment_of(campaign.pk, access.current.pk) if access.current else None
    if row is None:
        raise Http404
    access.require(permission, row.unit_id)
    return campaign, row


def _back(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return redirect(campaign if request.POST.get("back") == "campaign" else board_address(campaign))


def board_address(campaign: Campaign) -> str:
    return reverse("campaigns:board", args=[campaign.pk])


# Who sees what --------------------------------------------------------------------------------------------------------


def _scope(request: HttpRequest, campaign: Campaign) -> Scope:
    """Everything for the unit that launched it and those above; for others their own and what is below it."""
    access: Access = request.access  # type: ignore[attr-defined]
    if access.may("deployment.see", campaign.unit):
        return Scope(campaign.pk)
    return Scope(campaign.pk, tuple(access.paths("deployment.see")))


def _links(request: HttpRequest, campaign: Campaign, rows: Any) -> Links:
    access: Access = request.access  # type: ignore[attr-defined]
    reported = [row.unit_id for row in rows if row.reported_at or row.summarised_at]
    return Links(
        may=lambda permission, row: access.may_in(permission, row.unit),
        reports=extensions.report_doors(campaign, reported),
        below=queries.below([row.child_id for row in rows if row.child_id]),
        expected=expecting(rows).of,
    )


# The filters ----------------------------------------------------------------------------------------------------------


def _asked(request: HttpRequest) -> Filter:
    """What of the address makes sense; the rest counts for nothing."""
    said = request.POST if request.method == "POST" else request.GET
    step, level = said.get("buoc", ""), said.get("cap", "")
    return Filter(
        level=level if level in queries.Level.values else "",
        step=step if step in set(queries.STEPS) else "",
        parent=_number(said.get("thuoc")),
        unit=_number(said.get("don_vi")),
        words=said.get("tim", "")[:200].strip(),
        page=_number(said.get("trang")) or 1,
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 16 else None


def _form(scope: Scope, asked: Filter) -> BoardForm:
    initial = {"cap": asked.level, "buoc": asked.step, "tim": asked.words, "thuoc": str(asked.parent or "")}
    return BoardForm(initial=initial, parents=queries.parents(scope))


def _pager(asked: Filter, found: queries.Board) -> dict[str, str]:
    return {
        "before": query(asked, found.page - 1) if found.page > 1 else "",
        "after": query(asked, found.page + 1) if found.page < found.pages else "",
        "filters": query(asked, 1),
    }


def query(asked: Filter, page: int) -> str:
    """The address that says the same, at that page."""
    said = {
        "cap": asked.level,
        "thuoc": asked.parent or "",
        "buoc": asked.step,
        "don_vi": asked.unit or "",
        "tim": asked.words,
        "trang": page if page > 1 else "",
    }
    return urlencode({name: value for name, value in said.items() if value != ""})
