"""Blocs: the list, the page of one, and what its unit does with it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from thidua_web.register.actions import blocs as actions
from thidua_web.register.forms.blocs import (
    BlocDeskForm,
    BlocForm,
    EndBlocForm,
    HeadForm,
    MembersForm,
    NewBlocForm,
    RemoveForm,
)
from thidua_web.register.models import Bloc, Unit
from thidua_web.register.pages import blocs as pages
from thidua_web.register.queries import blocs as queries
from thidua_web.register.queries.blocs import Wanted
from thidua_web.register.views.seeing import access_of, reach_of, sees_unit
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of

ON_A_PAGE = 100


@require_safe
def blocs(request: HttpRequest) -> HttpResponse:
    """All blocs that somebody sees, by the unit that made them."""
    reach = reach_of(request, "bloc.see")
    form = BlocDeskForm(request.GET)
    on = form.value("ngay") or timezone.localdate()
    wanted = Wanted(on, form.value("tim") or "", form.value("trang_thai") or "")
    page = Paginator(queries.blocs(wanted, reach), ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "on": on,
        "page": page,
        "groups": pages.groups(page.object_list, on),
        "narrowed": any(request.GET.values()),
        "other_day": on != timezone.localdate(),
        "may_make": bool(access_of(request).ids("bloc.edit")),
    }
    return render(request, "register/blocs.html", context)


@require_safe
def bloc(request: HttpRequest, bloc_id: int) -> HttpResponse:
    """Members and head on a day, and how that came about."""
    found = load_bloc(request, bloc_id)
    form = BlocDeskForm(request.GET)
    on = form.value("ngay") or day_shown(found)
    context = pages.bloc_page(found, on=on, sees=lambda unit: sees_unit(request, unit))
    return render(request, "register/bloc.html", context | _around(request, found, form, on))


def _around(request: HttpRequest, bloc: Bloc, form: BlocDeskForm, on: datetime.date) -> dict[str, Any]:
    today = timezone.localdate()
    living = bloc.valid_to is None or bloc.valid_to >= today
    return {
        "form": form,
        "other_day": on != today,
        "ended": not living,
        "may_edit": access_of(request).may("bloc.edit", bloc.unit_id),
        "may_see_maker": sees_unit(request, bloc.unit),
    }


def day_shown(bloc: Bloc) -> datetime.date:
    """Today, or the nearest day on which there was, or will be, the bloc."""
    today = timezone.localdate()
    return max(bloc.valid_from, min(today, bloc.valid_to or today))


def load_bloc(request: HttpRequest, bloc_id: int) -> Bloc:
    """One that the user sees: made in their reach, or with a member in it. Http404 for everybody else."""
    found = queries.bloc(bloc_id)
    if found is None or not access_of(request).paths("bloc.see"):
        raise Http404
    if not queries.sees_bloc(reach_of(request, "bloc.see"), found):
        raise Http404
    return found


def load_own(request: HttpRequest, bloc_id: int) -> Bloc:
    """One that the user may edit. Http404 for strangers to the unit that made it."""
    found = queries.bloc(bloc_id)
    if found is None:
        raise Http404
    access_of(request).require("bloc.edit", found.unit_id)
    return found


@PAGE
def new_bloc(request: HttpRequest) -> HttpResponse:
    access = access_of(request)
    ids = access.ids("bloc.edit")
    if not ids:
        access.require("bloc.edit", access.current.pk if access.current else None)
    among = Unit.objects.filter(pk__in=ids).valid(on=timezone.localdate())
    if request.method == "POST":
        form = NewBlocForm(request.POST, among=among)
        if form.is_valid() and (made := _made(request, form)):
            messages.success(request, gettext("Đã lập “%(bloc)s”. Tiếp theo: thêm thành viên.") % {"bloc": made.name})
            return redirect("blocs:add_members", made.pk)
    else:
        unit = access.current if access.current and access.current.pk in ids else among.first()
        form = NewBlocForm(among=among, initial={"unit": unit, "valid_from": timezone.localdate()})
    return render(request, "register/bloc_new.html", {"form": form}, status=status_of(form))


def _made(request: HttpRequest, form: NewBlocForm) -> Bloc | None:
    try:
        return actions.make_bloc(**form.cleaned_data, by=request.user, at=timezone.now())
    except ValidationError as error:
        add_errors(form, error)
        return None


@PAGE
def change_bloc(request: HttpRequest, bloc_id: int) -> HttpResponse:
    """Its name and paper, and its last day."""
    bloc = load_own(request, bloc_id)
    form = BlocForm(request.POST if request.method == "POST" else None, initial=vars(bloc))
    if form.is_bound and form.is_valid():
        try:
            done = actions.change_bloc(bloc=bloc, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã sửa.") if done else gettext("Không có gì thay đổi."))
            return redirect("blocs:bloc", bloc.pk)
    return render(request, "register/bloc_change.html", {"bloc": bloc, "form": form}, status=status_of(form))


@PAGE
def end_bloc(request: HttpRequest, bloc_id: int) -> HttpResponse:
    bloc = load_own(request, bloc_id)
    form = EndBlocForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.end_bloc(bloc=bloc, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã ghi ngày cuối của “%(bloc)s”.") % {"bloc": bloc.name})
            return redirect("blocs:bloc", bloc.pk)
    return render(request, "register/bloc_end.html", {"bloc": bloc, "form": form}, status=status_of(form))


@PAGE
def add_bloc_members(request: HttpRequest, bloc_id: int) -> HttpResponse:
    """Several at once, found by name or pasted as codes."""
    bloc = load_own(request, bloc_id)
    among = reach_of(request, "unit.see").units()
    data = request.POST if request.method == "POST" else None
    form = MembersForm(data, among=among, initial={"on": day_shown(bloc)})
    if form.is_bound and form.is_valid():
        try:
            added = actions.add_members(bloc=bloc, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            _tell_added(request, bloc, added, form.cleaned_data["on"])
            return redirect("blocs:bloc", bloc.pk)
    return render(request, "register/bloc_members.html", {"bloc": bloc, "form": form}, status=status_of(form))


def _tell_added(request: HttpRequest, bloc: Bloc, added: actions.Added, on: datetime.date) -> None:
    new = len(added.new)
    said = [ngettext("Đã thêm %(n)d đơn vị.", "Đã thêm %(n)d đơn vị.", new) % {"n": new}]
    if added.already:
        names = ", ".join(unit.name for unit in added.already)
        said.append(gettext("Đã là thành viên từ trước: %(names)s.") % {"names": names})
    messages.success(request, " ".join(said))
    doubled = queries.elsewhere(bloc, added.new, on)
    if doubled:
        messages.warning(request, gettext("Nên xem lại: %(said)s.") % {"said": pages.say_elsewhere(doubled)})


@PAGE
def remove_bloc_members(request: HttpRequest, bloc_id: int) -> HttpResponse:
    bloc = load_own(request, bloc_id)
    members = queries.members(bloc, day_shown(bloc))
    form = RemoveForm(request.POST if request.method == "POST" else None, members=members)
    if form.is_bound and form.is_valid():
        gone = actions.remove_members(bloc=bloc, **form.cleaned_data, by=request.user, at=timezone.now())
        said = ngettext("Đã ghi %(n)d đơn vị thôi là thành viên.", "Đã ghi %(n)d đơn vị thôi là thành viên.", len(gone))
        messages.success(request, said % {"n": len(gone)})
        return redirect("blocs:bloc", bloc.pk)
    chosen = set(request.POST.getlist("units")) if form.is_bound else set()
    context = {"bloc": bloc, "form": form, "members": [(one, str(one.unit.pk) in chosen) for one in members]}
    return render(request, "register/bloc_remove.html", context, status=status_of(form))


@PAGE
def set_bloc_head(request: HttpRequest, bloc_id: int) -> HttpResponse:
    bloc = load_own(request, bloc_id)
    day = day_shown(bloc)
    members = queries.members(bloc, day)
    form = HeadForm(request.POST if request.method == "POST" else None, members=members, initial={"on": day})
    if form.is_bound and form.is_valid():
        try:
            done = actions.set_head(bloc=bloc, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã ghi đơn vị trưởng.") if done else gettext("Không có gì thay đổi."))
            return redirect("blocs:bloc", bloc.pk)
    return render(request, "register/bloc_head.html", {"bloc": bloc, "form": form}, status=status_of(form))
