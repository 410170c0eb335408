"""Launched campaigns: the list, the page of one, its documents on paper, its open questions, its amendments."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua import explain
from thidua.plans.campaign import CampaignPlan
from thidua_web.accounts.access import Access
from thidua_web.campaigns.actions import answers as answer_actions
from thidua_web.campaigns.actions import plans as plan_actions
from thidua_web.campaigns.forms.launches import AmendForm
from thidua_web.campaigns.models import Campaign, Edition, PlanDocument
from thidua_web.campaigns.pages import campaign as campaign_page
from thidua_web.campaigns.pages import changes
from thidua_web.campaigns.pages import plan as pages
from thidua_web.campaigns.pages import questions as asking
from thidua_web.campaigns.pages.campaign import Papers
from thidua_web.campaigns.pages.parts import WordsOf
from thidua_web.campaigns.pages.strip import strip
from thidua_web.campaigns.queries import campaigns as queries
from thidua_web.campaigns.queries import duty_desk, launches, questions, reviews
from thidua_web.campaigns.stages import EditionState
from thidua_web.campaigns.views import duty_desk as desk_views
from thidua_web.campaigns.views import launches as launch_views
from thidua_web.campaigns.views.deployments import own_part
from thidua_web.campaigns.views.plans import load
from thidua_web.campaigns.views.seeing import load_campaign, units_seeing

MOST_PRESSING = 8


@never_cache
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """What my units launched and what was launched above them."""
    access: Access = request.access  # type: ignore[attr-defined]
    if access.current is None:
        return render(request, "campaigns/no_unit.html")
    access.require("campaign.see", access.current.pk)
    today = timezone.localdate()
    own = access.ids("plan.see")
    rows = queries.campaigns_seen(lines=queries.lineage(units_seeing(access)), own=own, today=today)
    context = {
        "preparing": [row for row in rows if row.launched_at is None],
        "running": [row for row in rows if row.launched_at and not _over(row, today)],
        "over": [row for row in rows if row.launched_at and _over(row, today)],
        "today": today,
    }
    return render(request, "campaigns/campaigns.html", context)


def _over(campaign: Campaign, today: datetime.date) -> bool:
    return campaign.end is not None and campaign.end < today


@never_cache
@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    access: Access = request.access  # type: ignore[attr-defined]
    own = access.ids("plan.see")
    document = queries.unlaunched_document(campaign_id, units=own)
    if document is not None:
        return redirect("campaigns:launch", document)
    return show(request, load_campaign(request, campaign_id))


def show(request: HttpRequest, campaign: Campaign, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that came back with errors."""
    today = timezone.localdate()
    editions = queries.editions(campaign.pk)
    papers = Papers.of(campaign, editions)
    rights = _rights(request, campaign)
    desk = desk_views.desk_part(request, campaign, papers, today)
    context = {
        "campaign": campaign,
        "editions": list(reversed(editions)),
        "strip": strip(editions[0].document, editions[0], campaign, today),
        "amend_form": forms.get("amend_form") or AmendForm(),
        "under_way": queries.editions_under_way(campaign.pk) if rights["may_see_plans"] else [],
        **_family(request, campaign),
        **own_part(request, campaign),
        **_content(campaign, editions, papers, judged=desk["owner"]),
        **_questions(campaign, papers, forms.get("answered")),
        **_pressing(campaign, desk["desk_filter"].unit, papers, today),
    }
    return render(request, "campaigns/campaign.html", context | rights | desk)


def _rights(request: HttpRequest, campaign: Campaign) -> dict[str, bool]:
    access: Access = request.access  # type: ignore[attr-defined]
    return {
        "may_see_plans": access.may("plan.see", campaign.unit_id),
        "may_amend": access.may("plan.upload", campaign.unit_id),
        "may_answer": access.may("campaign.answer", campaign.unit_id),
        "may_download": access.may("plan.download", campaign.unit_id),
        "may_subscribe": access.current is not None and access.may("calendar.subscribe", access.current.pk),
    }


def _family(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """Whoever looks from above knows of the campaigns below, but opens only those of units above their own."""
    seen = queries.lineage(units_seeing(request.access))  # type: ignore[attr-defined]
    return {
        "children": [(child, child.unit_id in seen) for child in queries.children(campaign.pk)],
        "parent_seen": campaign.parent is not None and campaign.parent.unit_id in seen,
    }


def _content(campaign: Campaign, editions: list[Edition], papers: Papers, *, judged: bool) -> dict[str, Any]:
    today = timezone.localdate()
    phases = queries.phases(campaign.pk)
    flags = campaign_page.flags(duty_desk.by_due(campaign.pk, None, today=today), today, judged=judged)
    frozen = queries.frozen_parts(campaign.pk)
    return {
        "phases": campaign_page.phases(phases, papers, today),
        "flags": flags,
        "drawing": campaign_page.drawing(phases, flags, today),
        "targets": campaign_page.targets(queries.targets(campaign.pk), papers),
        "offers": campaign_page.offers(queries.offers(campaign.pk), papers),
        **campaign_page.works(frozen, _words_of(campaign, editions[-1], papers)),
        **campaign_page.documents(frozen),
    }


def _words_of(campaign: Campaign, newest: Edition, papers: Papers) -> WordsOf:
    """Works have no rows; in an amended plan some stand on the words of an older document."""
    standing = launches.standing(campaign.pk) if newest.document.amends_in_part else None

    def words(key: str) -> str:
        source = standing.sources.get(key) if standing else None
        return papers.words(*(source or (newest.document_id, key)))

    return words


def _questions(campaign: Campaign, papers: Papers, sent: asking.Sent | None) -> dict[str, Any]:
    rows = questions.questions_of_campaign(campaign.pk)
    shown = asking.shown(rows, papers.page, sent, get_language() or "vi")
    return {
        "open_questions": [question for question in shown if question.is_open],
        "answered_questions": [question for question in shown if not question.is_open],
    }


def _pressing(campaign: Campaign, unit: int | None, papers: Papers, today: datetime.date) -> dict[str, Any]:
    days, total = duty_desk.pressing(campaign.pk, unit, today=today, most=MOST_PRESSING)
    rows = [desk_views.row(day, papers, today) for day in days]
    return {"pressing": rows, "pressing_total": total, "pressing_more": total - len(rows)}


@never_cache
@require_safe
def campaign_paper(request: HttpRequest, campaign_id: int, number: int) -> HttpResponse:
    """The document of an edition, the words of its facts marked; nothing can be changed here."""
    found = load_campaign(request, campaign_id)
    edition = queries.edition_launched(found.pk, number)
    if edition is None:
        raise Http404
    result = edition.document.result
    rows = [row for row in pages.fact_rows(reviews.facts_of(edition.document_id)) if not row.rejected]
    context = {
        "campaign": found,
        "edition": edition,
        "document": edition.document,
        "result": result,
        "sheet": pages.sheet(result, rows),
        "wrapped": result.format in ("pdf", "scan"),
        "groups": [group for group in pages.groups(rows) if group.rows],
        "may_review": False,
        "fact_count": len(rows),
        "changes": _changes(edition),
    }
    return render(request, "campaigns/campaign_paper.html", context)


def _changes(edition: Edition) -> changes.ShownChanges | None:
    """What this edition changed when it was launched; None for the first."""
    plans = queries.plans_up_to(edition)
    if len(plans) < 2:
        return None
    return changes.shown(*(msgspec.convert(plan, CampaignPlan) for plan in plans[-2:]))


@require_POST
def answer(request: HttpRequest, plan_id: int, key: str) -> HttpResponse:
    """Set the day that a question asks for, before the launch or after it."""
    document = load(request, plan_id, "campaign.answer")
    edition = launches.edition_of(document.pk)
    campaign = edition.campaign if edition and edition.state == EditionState.LAUNCHED else None
    question = questions.question(document, key)
    if question is None:
        messages.warning(request, gettext("Kế hoạch không còn để ngỏ ngày này; trang đã cập nhật."))
        return _after_answer(document, campaign)
    form = asking.form_for(question, data=request.POST)
    if not form.is_valid():
        sent = asking.Sent(document.pk, key, form)
        if campaign:
            return show(request, campaign, answered=sent)
        return launch_views.show(request, document, edition, answered=sent)
    values = {"start": None, "end": None, **form.cleaned_data}
    answer_actions.answer(document=document, key=key, by=request.user, at=timezone.now(), **values)  # type: ignore[arg-type]
    messages.success(request, gettext("Đã lưu ngày."))
    return _after_answer(document, campaign)


def _after_answer(document: PlanDocument, campaign: Campaign | None) -> HttpResponse:
    return redirect(campaign) if campaign else redirect("campaigns:launch", document.pk)


@require_POST
def amend(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take a document that changes the campaign; it is read and reviewed like any plan."""
    found = load_campaign(request, campaign_id)
    request.access.require("plan.upload", found.unit_id)  # type: ignore[attr-defined]
    form = AmendForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, found, amend_form=form)
    file, in_part = form.cleaned_data["file"], form.cleaned_data["scope"] == "part"
    upload = plan_actions.upload_plan(
        source=file,
        name=file.name,
        unit=found.unit,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        amends=found,
        amends_in_part=in_part,
    )
    if upload.document is None:
        error = upload.error
        form.add_error("file", explain.say(error.code, error.params, get_language() or "vi") if error else "")
        return show(request, found, amend_form=form)
    if upload.known:
        messages.warning(request, gettext("Tệp này giống hệt một tệp đơn vị đã gửi; không thêm lần nữa."))
    return redirect(upload.document)
