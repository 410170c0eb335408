"""People with accounts, as their administrator sees them: never their cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.accounts.access import Access, Role
from thidua_web.accounts.choosing import Units
from thidua_web.accounts.managing import actions, queries
from thidua_web.accounts.managing.forms import DeskForm, EndForm, GiveForm
from thidua_web.accounts.managing.queries import AccountState, Filter
from thidua_web.accounts.models import Membership, User

PERMISSION = "account.manage"
TONES = {
    AccountState.ACTIVE: "met",
    AccountState.NEVER: "waiting",
    AccountState.NO_ROLE: "stopped",
    AccountState.LOCKED: "fault",
}


@dataclass(frozen=True)
class Tab:
    """A state with its count; the address keeps the other filters."""

    label: str
    n: int
    query: str
    current: bool
    tone: str = ""


def reach(request: HttpRequest) -> list[str]:
    """Paths of the units whose people are mine to manage; PermissionDenied where there are none."""
    paths: list[str] = request.access.paths(PERMISSION)  # type: ignore[attr-defined]
    if not paths:
        raise PermissionDenied(PERMISSION)
    return paths


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    paths, today = reach(request), timezone.localdate()
    form = DeskForm(request.GET or None, units=Units(paths, on=today))
    asked = _asked(form, request)
    found = queries.desk(paths, asked, on=today)
    for user in found.people:
        show(user, paths)
    context = {
        "desk": found,
        "form": form,
        "tabs": _tabs(found, asked),
        "narrowed": bool(asked.words or asked.unit or asked.role or asked.factor or asked.state),
        "before": _query(replace(asked, page=found.page - 1)) if found.page > 1 else "",
        "after": _query(replace(asked, page=found.page + 1)) if found.page < found.pages else "",
    }
    name = "_people_desk" if request.htmx else "people"  # type: ignore[attr-defined]
    return render(request, f"accounts/managing/{name}.html", context)


def show(user: User, paths: list[str]) -> User:
    """What a template asks of an account: its state in words, its roles here, and how many are held elsewhere."""
    state = AccountState(user.state)  # type: ignore[attr-defined]
    held = [row for row in user.held if queries.within(paths, row.unit)]  # type: ignore[attr-defined]
    user.here, user.elsewhere = held, len(user.held) - len(held)  # type: ignore[attr-defined]
    user.state_label, user.tone = state.label, TONES[state]  # type: ignore[attr-defined]
    return user


def _asked(form: DeskForm, request: HttpRequest) -> Filter:
    if not form.is_bound:
        return Filter()
    form.is_valid()
    said, page = form.cleaned_data, request.GET.get("trang", "")
    return Filter(
        words=said.get("tim") or "",
        unit=said.get("don_vi"),
        role=said.get("vai_tro") or "",
        state=said.get("trang_thai") or "",
        factor=said.get("hai_buoc") or "",
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def _query(asked: Filter) -> str:
    said = {
        "tim": asked.words,
        "don_vi": asked.unit.code if asked.unit else "",
        "vai_tro": asked.role,
        "trang_thai": asked.state,
        "hai_buoc": asked.factor,
        "trang": asked.page if asked.page > 1 else "",
    }
    return urlencode({name: value for name, value in said.items() if value != ""})


def _tabs(found: queries.Desk, asked: Filter) -> list[Tab]:
    every = replace(asked, state="", page=1)
    tabs = [Tab(gettext("Tất cả"), found.all, _query(every), not asked.state)]
    for state in AccountState:
        chosen = asked.state == state.value
        query = _query(replace(every, state=state.value))
        tabs.append(Tab(str(state.label), found.counts.get(state.value, 0), query, chosen, TONES[state]))
    return tabs


def load(request: HttpRequest, user_id: int) -> User:
    """404 for strangers to every unit of the account, 403 for those who may not manage accounts there."""
    units = queries.units_ever(user_id)
    access: Access = request.access  # type: ignore[attr-defined]
    denied: Exception = Http404()
    for unit_id in units:
        try:
            access.require(PERMISSION, unit_id)
        except PermissionDenied as error:
            denied = error
        except Http404:
            continue
        else:
            found = queries.account(user_id, on=timezone.localdate())
            if found is not None:
                return show(found, reach(request))
    raise denied


def load_whole(request: HttpRequest, user_id: int) -> User:
    """An account that is wholly mine: locking it takes away every role it has, so none may be out of my reach."""
    user = load(request, user_id)
    if user.elsewhere:  # type: ignore[attr-defined]
        raise PermissionDenied(PERMISSION)
    return user


@never_cache
@require_safe
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    return show_person(request, load(request, user_id))


def show_person(request: HttpRequest, user: User, form: GiveForm | None = None, status: int = 200) -> HttpResponse:
    paths, today = reach(request), timezone.localdate()
    units = Units(paths, on=today)
    past = [row for row in queries.roles_past(user.pk, on=today) if queries.within(paths, row.unit)]
    context = {
        "account": user,
        "past": past,
        "delegations": queries.delegations_of(user.pk, on=today),
        "form": form or GiveForm(units=units, initial={"first": today, "unit": _usual_unit(user)}),
        "today": today,
        "myself": user.pk == request.user.pk,
        "whole": not user.elsewhere,  # type: ignore[attr-defined]
    }
    return render(request, "accounts/managing/person.html", context, status=status)


def _usual_unit(user: User) -> Any:
    here: list[Membership] = user.here  # type: ignore[attr-defined]
    return here[0].unit if here else ""


@require_POST
def give(request: HttpRequest, user_id: int) -> HttpResponse:
    user, today = load(request, user_id), timezone.localdate()
    form = GiveForm(request.POST, units=Units(reach(request), on=today))
    if form.is_valid():
        try:
            _give(request, user, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("accounts:person", user.pk)
    return show_person(request, user, form, status=422)


def _give(request: HttpRequest, user: User, said: dict[str, Any]) -> None:
    role = Role(said["role"])
    actions.give_role(
        user=user,
        unit=said["unit"],
        role=role,
        first=said["first"],
        last=said["last"],
        by=request.user,
        at=timezone.now(),
        on=timezone.localdate(),
    )
    words = {"name": user.full_name, "role": role.label, "unit": said["unit"].name}
    messages.success(request, gettext("Đã giao cho %(name)s vai trò %(role)s ở %(unit)s.") % words)


@require_POST
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End a role of somebody, or one's own."""
    row = queries.membership(membership_id)
    if row is None:
        raise Http404
    request.access.require(PERMISSION, row.unit_id)  # type: ignore[attr-defined]
    form = EndForm(request.POST, on=timezone.localdate())
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["day"]))
        return redirect("accounts:person", row.user_id)
    day = form.cleaned_data["day"]
    words = {"role": Role(row.role).label, "unit": row.unit.name, "day": f"{day:%d/%m/%Y}"}
    try:
        ended = actions.end_role(membership=row, first_without=day, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if ended:
            messages.success(request, gettext("Thôi giữ vai trò %(role)s ở %(unit)s từ ngày %(day)s.") % words)
    # Whoever ended a role of their own may have nothing to manage any more.
    return redirect("home") if row.user_id == request.user.pk else redirect("accounts:person", row.user_id)


@require_POST
def lock(request: HttpRequest, user_id: int) -> HttpResponse:
    user = load_whole(request, user_id)
    today, unit_id = timezone.localdate(), _unit_of(user)
    return _acted(
        request,
        user,
        lambda: actions.lock(user=user, by=request.user, at=timezone.now(), on=today, unit_id=unit_id),
        gettext("Đã khóa. Mọi phiên đăng nhập của tài khoản này đã kết thúc."),
    )


@require_POST
def unlock(request: HttpRequest, user_id: int) -> HttpResponse:
    user = load_whole(request, user_id)
    return _acted(
        request,
        user,
        lambda: actions.unlock(user=user, by=request.user, at=timezone.now(), unit_id=_unit_of(user)),
        gettext("Đã mở khóa."),
    )


@require_POST
def reset_second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    user = load_whole(request, user_id)
    return _acted(
        request,
        user,
        lambda: actions.reset_second_factor(user=user, by=request.user, at=timezone.now(), unit_id=_unit_of(user)),
        gettext("Đã đặt lại xác thực hai bước; người này được báo qua thư và sẽ thiết lập lại khi đăng nhập."),
    )


@require_POST
def send_password_reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """The same letter as for somebody who forgot it: an administrator never knows a password."""
    user = load_whole(request, user_id)
    form = ResetPasswordForm({"email": user.email})
    if not user.is_active or not user.email or not form.is_valid():
        messages.error(request, gettext("Tài khoản đang khóa hoặc chưa có địa chỉ thư, nên không gửi được."))
        return redirect("accounts:person", user.pk)
    form.users = [user]
    form.save(request)
    actions.note("password.reset_sent", user, request.user, timezone.now(), unit_id=_unit_of(user))
    said = gettext("Đã gửi đến %(email)s thư để đặt lại mật khẩu.")
    messages.success(request, said % {"email": user.email})
    return redirect("accounts:person", user.pk)


def _unit_of(user: User) -> int | None:
    here: list[Membership] = user.here  # type: ignore[attr-defined]
    return here[0].unit_id if here else None


def _acted(request: HttpRequest, user: User, act: Any, done: str) -> HttpResponse:
    """Back to the account, with what was done or why it was not."""
    try:
        if act():
            messages.success(request, done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:person", user.pk)
