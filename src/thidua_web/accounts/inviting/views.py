"""Inviting people, and the public page on which they accept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.access import Role
from thidua_web.accounts.choosing import Units
from thidua_web.accounts.inviting import actions, queries
from thidua_web.accounts.inviting.forms import AcceptForm, ManyForm, OneForm, PeopleForm
from thidua_web.accounts.inviting.queries import InvitationState, state_of
from thidua_web.accounts.inviting.reading import Guest
from thidua_web.accounts.managing.views import PERMISSION, reach
from thidua_web.accounts.models import Invitation
from thidua_web.register.models import Unit

# Where the token waits while somebody signs in at the province's provider.
PENDING = "pending_invitation"
TONES = {
    InvitationState.REFUSED: "fault",
    InvitationState.WAITING: "waiting",
    InvitationState.EXPIRED: "stopped",
    InvitationState.ACCEPTED: "met",
    InvitationState.REVOKED: "stopped",
}


@never_cache
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Who was invited, and what became of it."""
    paths, now = reach(request), timezone.now()
    state, words, page = (request.GET.get(name, "") for name in ("trang_thai", "tim", "trang"))
    state = state if state in InvitationState.values else ""
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    found = queries.invitations(paths, state=state, words=words[:200], page=number, at=now)
    for row in found.rows:
        standing = state_of(row, now)
        row.standing, row.tone, row.role_label = standing, TONES[standing], Role(row.role).label  # type: ignore[attr-defined]
        row.open = standing in {InvitationState.WAITING, InvitationState.REFUSED, InvitationState.EXPIRED}  # type: ignore[attr-defined]
    said = {"trang_thai": state, "tim": words}
    kept = urlencode({name: value for name, value in said.items() if value})
    context = {"found": found, "states": InvitationState, "state": state, "words": words, "kept": kept}
    return render(request, "accounts/inviting/invitations.html", context)


@never_cache
@require_safe
def invite(request: HttpRequest) -> HttpResponse:
    """Three ways to invite: one person, many lines, or out of the register."""
    reach(request)
    return _show(request)


@require_POST
def invite_one(request: HttpRequest) -> HttpResponse:
    form = OneForm(request.POST, units=_units(request), by=request.user, at=timezone.now())
    return _sent(request, [form.guest]) if form.is_valid() else _show(request, one=form, status=422)


@require_POST
def invite_many(request: HttpRequest) -> HttpResponse:
    here = _here(request)
    form = ManyForm(request.POST, units=_units(request), here=here, by=request.user, at=timezone.now())
    return _sent(request, form.guests) if form.is_valid() else _show(request, many=form, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite_from_register(request: HttpRequest) -> HttpResponse:
    """The people of one unit who have no account."""
    units = _units(request)
    unit, wrong = _unit_asked(request, units)
    words = request.GET.get("tim", "")[:200]
    people = queries.people_to_invite(unit, words) if unit else []
    form = None
    if unit is not None:
        form = PeopleForm(request.POST or None, people=people, unit=unit, by=request.user, at=timezone.now())
        if request.method == "POST" and form.is_valid():
            return _sent(request, form.guests)
    asked = request.GET.get("don_vi") or (unit.code if unit else "")
    context = {"unit": unit, "asked": asked, "wrong": wrong, "units": units.listed, "form": form, "words": words}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/inviting/from_register.html", context, status=status)


def _unit_asked(request: HttpRequest, units: Units) -> tuple[Unit | None, str]:
    text = request.GET.get("don_vi", "")[:200]
    if not text.strip():
        return _here(request), ""
    try:
        return units.called(text), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


def _units(request: HttpRequest) -> Units:
    return Units(reach(request), on=timezone.localdate())


def _here(request: HttpRequest) -> Unit | None:
    """The unit that I work in, where its people are mine to manage."""
    access = request.access  # type: ignore[attr-defined]
    here: Unit | None = access.current if access.may_here(PERMISSION) else None
    return here


def _show(
    request: HttpRequest, *, one: OneForm | None = None, many: ManyForm | None = None, status: int = 200
) -> HttpResponse:
    here, now = _here(request), timezone.now()
    known = {"units": _units(request), "by": request.user, "at": now}
    context = {
        "one": one or OneForm(initial={"unit": here or ""}, **known),
        "many": many or ManyForm(here=here, **known),
        "here": here,
        "roles": Role,
    }
    return render(request, "accounts/inviting/invite.html", context, status=status)


def _sent(request: HttpRequest, guests: Sequence[Guest]) -> HttpResponse:
    if refused := consume_or_429(request, action="invite", user=request.user):
        return refused
    made = actions.invite(guests=guests, by=request.user, at=timezone.now(), site=request.build_absolute_uri("/"))
    said = ngettext("Đã mời %(n)d người. Thư đang được gửi.", "Đã mời %(n)d người. Thư đang được gửi.", len(made))
    messages.success(request, said % {"n": len(made)})
    return redirect("accounts:invitations")


@require_POST
def send_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    row = _load(request, invitation_id)
    site = request.build_absolute_uri("/")
    if refused := consume_or_429(request, action="invite", user=request.user):
        return refused
    if actions.send_again(invitation=row, by=request.user, at=timezone.now(), site=site):
        messages.success(request, gettext("Đang gửi lại đến %(email)s; liên kết trước không dùng được nữa.") % _of(row))
    else:
        messages.error(request, gettext("Lời mời này đã được nhận hoặc thu hồi, nên không gửi lại được."))
    return redirect("accounts:invitations")


@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    row = _load(request, invitation_id)
    if actions.revoke(invitation=row, by=request.user, at=timezone.now()):
        messages.success(request, gettext("Đã thu hồi lời mời gửi %(email)s.") % _of(row))
    else:
        messages.error(request, gettext("Lời mời này đã được nhận hoặc thu hồi từ trước."))
    return redirect("accounts:invitations")


def _load(request: HttpRequest, invitation_id: int) -> Invitation:
    row = queries.invitation(invitation_id)
    if row is None:
        raise Http404
    request.access.require(PERMISSION, row.unit_id)  # type: ignore[attr-defined]
    return row


def _of(row: Invitation) -> dict[str, str]:
    return {"email": row.email}


@sensitive_post_parameters("password1", "password2")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Public: whoever holds the link takes the role, with a new account or with the one they have."""
    if refused := consume_or_429(request, action="accept_invitation"):
        return refused
    row = queries.by_token(token)
    if row is None:
        raise Http404
    if row.accepted_by_id is not None and row.accepted_by_id == request.user.pk:
        return redirect("home")
    try:
        actions.refuse_spent(row, timezone.now())
    except ValidationError as error:
        context = {"reason": " ".join(error.messages), "invitation": row}
        return render(request, "accounts/inviting/spent.html", context, status=410)
    if request.user.is_authenticated:
        return _accept_signed_in(request, row)
    return _accept_new(request, row, token)


def _accept_signed_in(request: HttpRequest, row: Invitation) -> HttpResponse:
    wrong = ""
    if request.method == "POST":
        try:
            actions.accept(invitation=row, user=request.user, at=timezone.now())
        except ValidationError as error:
            wrong = " ".join(error.messages)
        else:
            said = {"role": Role(row.role).label, "unit": row.unit.name}
            messages.success(request, gettext("Bạn đã nhận vai trò %(role)s ở %(unit)s.") % said)
            return redirect("home")
    context = {"invitation": row, "role": Role(row.role), "wrong": wrong}
    return render(request, "accounts/inviting/accept_signed_in.html", context, status=422 if wrong else 200)


def _accept_new(request: HttpRequest, row: Invitation, token: str) -> HttpResponse:
    known = queries.holder_of(row.email) is not None
    form = AcceptForm(request.POST or None, initial={"full_name": row.full_name, "username": _wish(row)})
    if request.method == "POST" and not known and form.is_valid():
        try:
            return _open(request, row, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    if settings.OIDC:
        request.session[PENDING] = token
    here = urlencode({"next": reverse("accounts:accept", args=[token])})
    context: dict[str, Any] = {
        "invitation": row,
        "role": Role(row.role),
        "form": form,
        "known": known,
        "sign_in": f"{reverse('account_login')}?{here}",
        "single_sign_on": settings.OIDC,
        "single_sign_on_link": f"{reverse('openid_connect_login')}?{here}",
    }
    return render(request, "accounts/inviting/accept.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, row: Invitation, said: dict[str, Any]) -> HttpResponse:
    user = actions.open_and_accept(
        invitation=row,
        username=said["username"],
        full_name=said["full_name"],
        password=said["password1"],
        at=timezone.now(),
    )
    request.session.pop(PENDING, None)
    record_authentication(request, user, method="password", username=user.username)
    answer: HttpResponse = perform_login(request, user, redirect_url=reverse("home"))
    return answer


def _wish(row: Invitation) -> str:
    """A name to sign in with, out of the address: what stands before the @."""
    name = "".join(char for char in search_key(row.email.split("@", 1)[0]) if char.isalnum() or char in "._-")[:50]
    return queries.free_username(name) if name else ""
