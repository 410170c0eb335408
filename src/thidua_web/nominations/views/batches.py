"""Acts on many nominations at once: seen before anything changes, carried out, stopped, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.accounts.models import User
from thidua_web.nominations.actions import batches as actions
from thidua_web.nominations.forms import batches as forms
from thidua_web.nominations.models import Batch, BatchState
from thidua_web.nominations.pages import batches as pages
from thidua_web.nominations.queries import batches as queries
from thidua_web.nominations.queries import desk
from thidua_web.nominations.queries.allowed import ACTS, ASSIGN, MOST
from thidua_web.nominations.views.desk import look
from thidua_web.nominations.views.seeing import access_of

MOVED = "Việc này đã được thực hiện hoặc đã có người đổi; hãy xem lại."


def _load(request: HttpRequest, batch_id: int, permission: str) -> Batch:
    """What is only prepared is its maker's alone."""
    found = queries.batch(batch_id)
    if found is None:
        raise Http404
    access_of(request).require(permission, found.to_unit)
    if found.state == BatchState.PREPARED and found.by != request.user:
        raise Http404
    return found


@never_cache
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    access = access_of(request)
    access.require("appraisal.see", access.current)
    unit = access.current
    context = {"unit": unit, "listed": pages.listed(queries.batches([unit.pk] if unit else []))}
    return render(request, "nominations/batches.html", context)


@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """From the desk: those that were ticked, or all that the sentence asks for."""
    looked = look(request, "appraisal.act")
    act = request.POST.get("viec", "")
    if act not in ACTS:
        raise Http404
    if request.POST.get("nhung") == "loc":
        keys = desk.everything(looked.wanted, MOST + 1)
    else:
        keys = [int(text) for text in request.POST.getlist("chon") if text.isascii() and text.isdecimal()]
    back = f"{request.path_info.rpartition('/xu-ly/')[0]}/?{request.GET.urlencode()}"
    if not keys or len(keys) > MOST:
        few = gettext("Chưa chọn hồ sơ nào.")
        many = gettext("Nhiều nhất %(most)s hồ sơ một lần; hãy lọc bớt.") % {"most": pages.say_number(MOST)}
        messages.warning(request, many if keys else few)
        return redirect(back)
    at = timezone.now()
    made = actions.prepare(to_unit=looked.unit, act=act, keys=keys, by=_user(request), at=at)
    request.session["appraisal_desk_query"] = request.GET.urlencode()
    return redirect(made)


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


@never_cache
@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _load(request, batch_id, "appraisal.see")
    form = forms.form_of(found.act, None, timezone.localdate())
    return _page(request, found, form)


def _page(request: HttpRequest, found: Batch, form: Any, status: int = 200) -> HttpResponse:
    on = timezone.localdate()
    page = request.GET.get("trang", "")
    number = int(page) if page.isdecimal() and 0 < len(page) < 4 else 1
    may_act = access_of(request).may("appraisal.act", found.to_unit)
    context = {
        **pages.shown(found, on, max(1, number)),
        "form": form,
        "may_act": may_act,
        "mine": found.by == request.user,
        "back": request.session.get("appraisal_desk_query", ""),
    }
    if found.act == ASSIGN and found.state == BatchState.PREPARED:
        people = desk.appraisers((found.to_unit_id,), on)
        context["assignee"] = forms.AssigneeForm(people=people, initial={"appraiser": found.params.get("appraiser")})
        context["may_begin"] = context["may_begin"] and "appraiser" in found.params
    part = bool(request.htmx) and request.method == "GET"  # type: ignore[attr-defined]
    return render(request, "nominations/_batch.html" if part else "nominations/batch.html", context, status=status)


@require_POST
def give_to(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Whose conflicts of interest keep some of them out is seen before it is confirmed."""
    found = _load(request, batch_id, "appraisal.act")
    people = desk.appraisers((found.to_unit_id,), timezone.localdate())
    form = forms.AssigneeForm(request.POST, people=people)
    if form.is_valid():
        appraiser = User.objects.get(pk=form.cleaned_data["appraiser"])
        if not actions.give_to(batch=found, appraiser=appraiser, at=timezone.now()):
            messages.warning(request, gettext(MOVED))
    else:
        messages.warning(request, gettext("Chưa chọn người thẩm định."))
    return redirect(found)


@require_POST
def carry_out(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _load(request, batch_id, "appraisal.act")
    form = forms.form_of(found.act, request.POST, timezone.localdate())
    fresh = found.state == BatchState.PREPARED
    if fresh and not form.is_valid():
        return _page(request, found, form, status=422)
    if found.act == ASSIGN and "appraiser" not in found.params:
        messages.warning(request, gettext("Chưa chọn người thẩm định."))
        return redirect(found)
    params = forms.params_of(form) if fresh else {}
    if not actions.carry_out(batch=found, params=params, by=_user(request), at=timezone.now()):
        messages.warning(request, gettext(MOVED))
    return redirect(found)


@require_POST
def stop(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _load(request, batch_id, "appraisal.act")
    if not actions.stop(batch=found, at=timezone.now()):
        messages.info(request, gettext("Không còn gì đang chạy để dừng."))
    return redirect(found)


@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _load(request, batch_id, "appraisal.act")
    if not actions.undo(batch=found, by=_user(request), at=timezone.now()):
        messages.warning(request, gettext(MOVED))
    return redirect(found)
