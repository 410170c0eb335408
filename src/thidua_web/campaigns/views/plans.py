from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from thidua import explain
from thidua_web.archive.downloads import file_response, made_response
from thidua_web.campaigns import exports
from thidua_web.campaigns.actions import plans as actions
from thidua_web.campaigns.forms.uploads import UploadForm
from thidua_web.campaigns.models import PlanDocument
from thidua_web.campaigns.pages import plan as pages
from thidua_web.campaigns.queries import plans as queries
from thidua_web.campaigns.queries import reviews
from thidua_web.campaigns.stages import PlanState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """The unit's plans, and the place to drop new ones."""
    access = request.access  # type: ignore[attr-defined]
    if access.current is None:
        return render(request, "campaigns/no_unit.html")
    access.require("plan.see", access.current.pk)
    context: dict[str, Any] = {"form": UploadForm()}
    if request.method == "POST":
        access.require("plan.upload", access.current.pk)
        context = _receive(request)
        if not request.htmx and _nothing_to_tell(context):  # type: ignore[attr-defined]
            return redirect("campaigns:plans")
    listed = queries.plans_of(access.current.pk)
    context["plans"] = listed
    context["under_way"] = sum(document.under_way for document in listed)
    context["may_upload"] = access.may("plan.upload", access.current.pk)
    return render(request, _part(request, "plans", "desk" if request.method == "POST" else None), context)


def _receive(request: HttpRequest) -> dict[str, Any]:
    """Take the files one by one: `received` names the new ones, `uploads` tells of the others."""
    form = UploadForm(request.POST, request.FILES)
    unit, at = request.access.current, timezone.now()  # type: ignore[attr-defined]
    uploads = [
        actions.upload_plan(source=file, name=file.name, unit=unit, by=request.user, at=at)
        for file in (form.cleaned_data["files"] if form.is_valid() else ())
    ]
    return {
        "form": form,
        "received": [upload.name for upload in uploads if upload.document and not upload.known],
        "uploads": [(upload, _why(upload)) for upload in uploads if upload.known or upload.error],
    }


def _why(upload: actions.Upload) -> str:
    return explain.say(upload.error.code, upload.error.params, get_language() or "vi") if upload.error else ""


def _nothing_to_tell(context: dict[str, Any]) -> bool:
    """Everything was new: a browser without scripting is sent to the list, so that reloading sends nothing twice."""
    return bool(context["received"]) and not context["uploads"]


def _part(request: HttpRequest, page: str, part: str | None = None) -> str:
    """htmx gets the moving part of the page, a browser the whole of it."""
    return f"campaigns/_{part or page}.html" if request.htmx else f"campaigns/{page}.html"  # type: ignore[attr-defined]


@never_cache
@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: while it is read its progress, then the facts beside the document."""
    document = load(request, plan_id, "plan.see")
    result = queries.result_of(document)
    if document.state == PlanState.READ and result is not None:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()
        context = pages.plan_page(document, result, reviews.facts_of(document.pk), get_language() or "vi")
        return render(request, "campaigns/plan.html", context | _rights(request, document))
    context = {"document": document, "why": pages.why_unreadable(document, get_language() or "vi")}
    return render(request, _part(request, "plan_progress"), context | _rights(request, document))


def _rights(request: HttpRequest, document: PlanDocument) -> dict[str, bool]:
    access = request.access  # type: ignore[attr-defined]
    return {
        "may_stop": access.may("plan.stop_reading", document.unit_id),
        "may_review": access.may("plan.review", document.unit_id) and not document.sealed,
        "may_prepare": access.may("campaign.prepare", document.unit_id),
        "may_download": access.may("plan.download", document.unit_id),
        "may_see_parent": document.parent is not None and access.may("plan.see", document.parent.unit_id),
    }


@require_POST
def stop_reading(request: HttpRequest, plan_id: int) -> HttpResponse:
    document = load(request, plan_id, "plan.stop_reading")
    actions.stop_reading(document=document, by=request.user, at=timezone.now())
    return _back(request, document)


@require_POST
def read_again(request: HttpRequest, plan_id: int) -> HttpResponse:
    document = load(request, plan_id, "plan.read_again")
    actions.read_again(document=document, by=request.user, at=timezone.now())
    return _back(request, document)


@require_safe
def original(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    document = load(request, plan_id, "plan.download")
    return file_response(document.file, name=document.name)


@require_safe
def export(request: HttpRequest, plan_id: int, suffix: str) -> HttpResponseBase:
    """What was read, for other programs: json, toml, or ics."""
    document = load(request, plan_id, "plan.download")
    result = queries.result_of(document)
    if result is None or suffix not in exports.FORMATS:
        raise Http404
    content_type, make = exports.FORMATS[suffix]
    return made_response(make(document, result), name=f"{exports.stem(document)}.{suffix}", content_type=content_type)


def load(request: HttpRequest, plan_id: int, permission: str) -> PlanDocument:
    """Load and authorise: 404 for strangers to its unit, 403 for members who may not."""
    access = request.access  # type: ignore[attr-defined]
    document = queries.plan(plan_id)
    if document is None:
        raise Http404
    access.require(permission, document.unit_id)
    return document


def _back(request: HttpRequest, document: PlanDocument) -> HttpResponse:
    return redirect("campaigns:plans" if request.POST.get("back") == "list" else document)
