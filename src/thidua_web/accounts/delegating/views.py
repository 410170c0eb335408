"""Lending a role of one's own for a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua_web.accounts.access import Role
from thidua_web.accounts.delegating import actions, queries
from thidua_web.accounts.delegating.forms import LendForm
from thidua_web.accounts.delegating.queries import DelegationState
from thidua_web.accounts.models import Delegation

PERMISSION = "delegation.give"
TONES = {
    DelegationState.RUNNING: "met",
    DelegationState.COMING: "waiting",
    DelegationState.LAPSED: "stopped",
    DelegationState.OVER: "stopped",
    DelegationState.TAKEN_BACK: "stopped",
}


@dataclass(frozen=True)
class Line:
    row: Delegation
    role: str
    state: DelegationState
    tone: str
    mine: bool

    @property
    def open(self) -> bool:
        return self.state in {DelegationState.RUNNING, DelegationState.COMING}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """What I lent and what was lent to me, and the form to lend."""
    if not request.access.paths(PERMISSION):  # type: ignore[attr-defined]
        raise PermissionDenied(PERMISSION)
    today = timezone.localdate()
    posts = queries.lendable(request.user, on=today)
    people = queries.colleagues([row.unit for row in posts], on=today, but=request.user)
    sent = request.POST if request.method == "POST" else None
    form = LendForm(sent, posts=posts, people=people, initial={"first": today, "post": posts[0].pk if posts else ""})
    if sent is not None and form.is_valid() and _lent(request, form):
        return redirect("accounts:delegations")
    rows = queries.delegations_of(request.user)
    running = queries.running(rows, on=today)
    lines = [_line(request, row, queries.state_of(row, on=today, running=running)) for row in rows]
    context = {
        "form": form if posts else None,
        "given": [line for line in lines if line.open and line.mine],
        "held": [line for line in lines if line.open and not line.mine],
        "past": [line for line in lines if not line.open],
        "longest": queries.LONGEST,
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/delegating/delegations.html", context, status=status)


def _line(request: HttpRequest, row: Delegation, state: DelegationState) -> Line:
    return Line(row, str(Role(row.role).label), state, TONES[state], row.giver_id == request.user.pk)


def _lent(request: HttpRequest, form: LendForm) -> bool:
    said: dict[str, Any] = form.cleaned_data
    try:
        row = actions.lend(by=request.user, at=timezone.now(), on=timezone.localdate(), **said)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    words = {"name": row.to.full_name, "role": Role(row.role).label}
    messages.success(request, gettext("Đã ủy quyền vai trò %(role)s cho %(name)s.") % words)
    return True


@require_POST
def take_back(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """404 for other people's, 403 where one's role no longer allows it."""
    row = queries.delegation(delegation_id, request.user)
    if row is None:
        raise Http404
    if not request.access.paths(PERMISSION):  # type: ignore[attr-defined]
        raise PermissionDenied(PERMISSION)
    if actions.take_back(delegation=row, by=request.user, at=timezone.now()):
        mine = row.giver_id == request.user.pk
        said = gettext("Đã thu hồi: %(name)s không làm thay bạn nữa.") if mine else gettext("Đã trả lại cho %(name)s.")
        messages.success(request, said % {"name": row.to.full_name if mine else row.giver.full_name})
    return redirect("accounts:delegations")
