"""From a reviewed plan to a launched campaign: the page where a clerk prepares it and a head launches it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua.plans.campaign import CampaignPlan
from thidua.plans.review import meter
from thidua_web.campaigns.actions import launches as actions
from thidua_web.campaigns.actions.repeals import name_repealed
from thidua_web.campaigns.forms.launches import NoteForm, ReturnForm
from thidua_web.campaigns.models import Edition, PlanDocument
from thidua_web.campaigns.pages import changes, repeals
from thidua_web.campaigns.pages import launch as launch_page
from thidua_web.campaigns.pages import questions as asking
from thidua_web.campaigns.pages.repeals import ChoiceGroup
from thidua_web.campaigns.pages.strip import strip
from thidua_web.campaigns.queries import launches as queries
from thidua_web.campaigns.queries import questions
from thidua_web.campaigns.queries.plans import result_of
from thidua_web.campaigns.queries.reviews import items_of
from thidua_web.campaigns.stages import EDITION_MOVES, EditionState, PlanState
from thidua_web.campaigns.views.plans import load


@never_cache
@require_safe
def launch_form(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What a launch will make of the plan, and what I can do about it now."""
    document = load(request, plan_id, "plan.see")
    if document.state != PlanState.READ or result_of(document) is None:
        return redirect(document)
    edition = queries.edition_of(document.pk)
    if edition is not None and edition.state == EditionState.LAUNCHED:
        return redirect(edition.campaign)
    return show(request, document, edition)


def show(request: HttpRequest, document: PlanDocument, edition: Edition | None, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that came back with errors."""
    items = items_of(document.pk)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "document": document,
        "result": document.result,
        "edition": edition,
        "strip": strip(document, edition, None, today),
        "missing": launch_page.missing(meter(items)),
        "faults": launch_page.faults(document.result),
        "note_form": NoteForm(),
        "return_form": ReturnForm(),
        **_rights(request, document, edition),
        **{name: form for name, form in forms.items() if isinstance(form, Form)},
    }
    if items and not context["missing"]:
        context |= _content(document, forms.get("answered"))
    return render(request, "campaigns/launch.html", context)


def _content(document: PlanDocument, answered: asking.Sent | None) -> dict[str, Any]:
    today = timezone.localdate()
    before = queries.standing_before(document)
    rows = questions.asked(document, before)
    plan = queries.plan_of(document.pk, rows)
    after = queries.follow(before, document, plan)
    register = queries.register_of(document.unit_id, on=today)
    content = dict(launch_page.content(after.plan, register, _words(document, after), today=today))
    shown = changes.shown(before.plan, after.plan) if before else None
    asked = asking.shown(
        rows, lambda _: reverse("campaigns:plan", args=[document.pk]), answered, get_language() or "vi"
    )
    return content | {
        "changes": shown,
        "short": shown.short if shown else launch_page.in_short(content["amounts"]),
        "questions": asked,
        "open_questions": sum(not question.answered for question in asked),
        "repeal_groups": _repeal_groups(document, before, plan),
    }


def _repeal_groups(document: PlanDocument, before: queries.Standing | None, part: CampaignPlan) -> list[ChoiceGroup]:
    if before is None or not document.amends_in_part:
        return []
    offered = {key: source.name for key, source in queries.repealable(before, part).items()}
    return repeals.groups(before.plan, offered, document.repeals, _words(document, before))


def _words(document: PlanDocument, after: queries.Standing) -> Callable[[str], str]:
    """This document's words stand on its review, those of earlier editions on their own papers."""
    numbers = queries.edition_numbers(document.amends_id) if document.amends_id else {}
    review_page = reverse("campaigns:plan", args=[document.pk])

    def words(key: str) -> str:
        source = after.sources[key]
        page = review_page
        if source.document != document.pk:
            page = reverse("campaigns:campaign_paper", args=[document.amends_id, numbers[source.document]])
        return f"{page}#w-{source.key}"

    return words


def _rights(request: HttpRequest, document: PlanDocument, edition: Edition | None) -> dict[str, bool]:
    """What I can do now: where the table has the move from here, and my role the permission."""
    access = request.access  # type: ignore[attr-defined]
    state = edition.state if edition else EditionState.RETURNED
    rights = {
        f"may_{act}": state in move.from_ and access.may(move.permission, document.unit_id)
        for act, move in EDITION_MOVES.items()
    }
    return rights | {
        "may_repeal": access.may(EDITION_MOVES["prepare"].permission, document.unit_id),
        "may_review": access.may("plan.review", document.unit_id),
        "may_answer": access.may("campaign.answer", document.unit_id),
        "is_head": access.may("campaign.launch", document.unit_id),
    }


@require_POST
def prepare(request: HttpRequest, plan_id: int) -> HttpResponse:
    document = load(request, plan_id, EDITION_MOVES["prepare"].permission)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, document, queries.edition_of(document.pk), note_form=form)
    note = form.cleaned_data["note"]
    done = actions.prepare(document=document, by=request.user, at=timezone.now(), note=note)  # type: ignore[arg-type]
    if done.refusal:
        messages.warning(request, str(done.refusal.label))
    return redirect("campaigns:launch", document.pk)


@require_POST
def repeal(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What of the campaign the document repeals; what is not chosen stays in force."""
    document = load(request, plan_id, EDITION_MOVES["prepare"].permission)
    sources = request.POST.getlist("bai_bo")
    done = name_repealed(document=document, sources=sources, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if done:
        messages.success(request, gettext("Đã lưu nội dung bãi bỏ."))
    return _after(request, document, done=done)


@require_POST
def withdraw(request: HttpRequest, plan_id: int) -> HttpResponse:
    document, edition = _edition(request, plan_id, "withdraw")
    done = actions.withdraw(edition=edition, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _after(request, document, done=done)


@require_POST
def send_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    document, edition = _edition(request, plan_id, "send_back")
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show(request, document, edition, return_form=form)
    reason = form.cleaned_data["reason"]
    done = actions.send_back(edition=edition, by=request.user, at=timezone.now(), reason=reason)  # type: ignore[arg-type]
    return _after(request, document, done=done)


@require_POST
def launch(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The head launches what was on the screen: `seen` says which preparation that was."""
    document, edition = _edition(request, plan_id, "launch")
    seen = request.POST.get("seen", "")
    same = not seen or seen == edition.prepared_at.isoformat()
    done = same and actions.launch(edition=edition, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    launched = queries.edition_of(document.pk)
    if launched is not None and launched.state == EditionState.LAUNCHED:
        return redirect(launched.campaign)
    return _after(request, document, done=done)


def _edition(request: HttpRequest, plan_id: int, act: str) -> tuple[PlanDocument, Edition]:
    document = load(request, plan_id, EDITION_MOVES[act].permission)
    edition = queries.edition_of(document.pk)
    if edition is None:
        raise Http404
    return document, edition


def _after(request: HttpRequest, document: PlanDocument, *, done: bool) -> HttpResponse:
    if not done:
        messages.warning(request, gettext("Người khác vừa xử lý kế hoạch này; trang đã cập nhật theo tình trạng mới."))
    return redirect("campaigns:launch", document.pk)
