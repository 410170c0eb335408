"""Conflicts of interest that people declare themselves, beside those that follow from the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua_web.nominations.actions import declaring as actions
from thidua_web.nominations.forms.objecting import ConflictForm
from thidua_web.nominations.pages import cases as pages
from thidua_web.nominations.queries import consulting as queries
from thidua_web.nominations.queries.conflicts import conflicts_among
from thidua_web.nominations.queries.offers import award_title, judged_on
from thidua_web.nominations.views.cases import head
from thidua_web.nominations.views.casing import load_above
from thidua_web.nominations.views.lists import REFUSED
from thidua_web.nominations.views.seeing import access_of

DECLARES = "conflict.declare"


@never_cache
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """One's own; the nominee is named where one still may see the nomination."""
    on, user, access = timezone.localdate(), request.user, access_of(request)
    rows = [row for row in queries.declared_by(user) if access.may(DECLARES, row.nomination.to_unit)]  # type: ignore[arg-type]
    lines = [(row, award_title(row.nomination.award, judged_on(row.nomination, on))) for row in rows]
    return render(request, "nominations/conflicts.html", {"lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, nomination_id: int) -> HttpResponse:
    case = load_above(request, nomination_id, DECLARES)
    own = queries.declaration(request.user, case.nomination)  # type: ignore[arg-type]
    sent = request.POST if request.method == "POST" else None
    form = ConflictForm(sent, auto_id="id_%s")
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        words = " ".join(said["words"].split())
        actions.declare(
            nomination=case.nomination, kind=said["kind"], words=words, by=request.user, at=timezone.now()  # type: ignore[arg-type]
        )  # fmt: skip
        messages.success(request, gettext("Đã khai xung đột lợi ích."))
        return redirect("nominations:declare_conflict", case.nomination.pk)
    found = conflicts_among(request.user, [case.nomination], case.on, {case.nomination.pk: case.known.values})  # type: ignore[arg-type]
    derived = [one for one in found[case.nomination.pk] if one.code not in DECLARED]
    context = head(case) | {
        "form": form,
        "own": own,
        "derived": pages.said(derived, get_language() or "vi", sensitive=True),
    }
    return render(request, "nominations/declare_conflict.html", context, status=200 if sent is None else REFUSED)


DECLARED = ("nominations.conflict_kin", "nominations.conflict_declared")
"""Findings that only say again what somebody declared."""


@require_POST
def withdraw(request: HttpRequest, nomination_id: int) -> HttpResponse:
    case = load_above(request, nomination_id, DECLARES)
    if actions.withdraw(nomination=case.nomination, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã rút lời khai xung đột lợi ích."))
    return redirect("nominations:declare_conflict", case.nomination.pk)
