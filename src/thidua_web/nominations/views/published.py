"""What everybody may read, without signing in: a list for the people's opinion, and the form to send one."""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from thidua_web.nominations.actions import objecting as actions
from thidua_web.nominations.forms.objecting import OpinionForm
from thidua_web.nominations.models import Nomination, Publication
from thidua_web.nominations.pages import consulting as pages
from thidua_web.nominations.queries import consulting as queries
from thidua_web.nominations.views.lists import REFUSED


def _load(publication_id: int) -> Publication:
    """Before, after, and once it was withdrawn there is no such page."""
    row = queries.public(publication_id, timezone.localdate())
    if row is None:
        raise Http404
    return row


def _shown(row: Publication) -> list[pages.Shown]:
    return pages.shown(queries.shown_in(row), row.since)


@never_cache
@login_not_required
@require_safe
def published_lists(request: HttpRequest) -> HttpResponse:
    """Whatever any unit here asks the people about today."""
    today = timezone.localdate()
    return render(request, "nominations/published_lists.html", {"rows": queries.all_public(today), "today": today})


@never_cache
@login_not_required
@require_safe
def published(request: HttpRequest, publication_id: int) -> HttpResponse:
    row = _load(publication_id)
    return render(request, "nominations/published.html", {"row": row, "shown": _shown(row)})


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_opinion(request: HttpRequest, publication_id: int) -> HttpResponse:
    row = _load(publication_id)
    if request.method == "POST" and (refused := consume_or_429(request, action="send_objection")):
        return refused  # type: ignore[no-any-return]
    shown = _shown(row)
    sent = request.POST if request.method == "POST" else None
    about = [(one.key, one.label) for one in shown]
    form = OpinionForm(sent, about=about, initial={"nomination": request.GET.get("ve")}, auto_id="id_%s")
    if sent is None or not form.is_valid():
        status = 200 if sent is None else REFUSED
        return render(request, "nominations/send_opinion.html", {"row": row, "form": form}, status=status)
    _receive(row, form.cleaned_data)
    return redirect("nominations:opinion_sent", row.pk)


def _receive(row: Publication, said: dict[str, Any]) -> None:
    heard = actions.Heard(
        words=said["words"].strip(), channel="web", name=said["name"].strip(), contact=said["contact"].strip()
    )
    actions.receive(
        nomination=Nomination.objects.select_related("to_unit").get(pk=said["nomination"]),
        heard=heard,
        received_on=timezone.localdate(),
        publication=row,
        by=None,
        at=timezone.now(),
    )


@never_cache
@login_not_required
@require_safe
def thanks(request: HttpRequest, publication_id: int) -> HttpResponse:
    return render(request, "nominations/opinion_sent.html", {"row": _load(publication_id)})
