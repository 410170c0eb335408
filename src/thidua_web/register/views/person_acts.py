"""People are added and put right; posts begin, change and end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from thidua_web.register.actions import appointments, people
from thidua_web.register.forms.people import IdentityForm, NewPersonForm, NewPostForm, PostForm, identity_of
from thidua_web.register.models import Appointment, Person, Unit
from thidua_web.register.queries import person as queries
from thidua_web.register.queries import unit as unit_queries
from thidua_web.register.views.seeing import access_of, load_person, reach_of
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of

FORCE = "force"


@PAGE
def new_person(request: HttpRequest) -> HttpResponse:
    """Someone in a unit that the user may staff. Namesakes in reach are shown first."""
    reach = reach_of(request, "person.edit")
    among, today = Unit.objects.within(reach.paths).valid(on=timezone.localdate()), timezone.localdate()
    namesakes: list[Person] = []
    if request.method == "POST":
        form = NewPersonForm(request.POST, among=among, today=today)
        if form.is_valid():
            reach = Unit.objects.within(access_of(request).paths("person.see"))
            namesakes = [] if FORCE in request.POST else queries.namesakes(form.cleaned_data, reach)
            person = None if namesakes else _create(request, form)
            if person:
                return redirect("register:person", person.pk)
    else:
        unit = among.filter(code=request.GET.get("don_vi", "")).first()
        form = NewPersonForm(among=among, today=today, initial={"unit": unit, "since": today})
    context = {"form": form, "namesakes": namesakes}
    return render(request, "register/person_new.html", context, status=status_of(form))


def _create(request: HttpRequest, form: NewPersonForm) -> Person | None:
    given = {name: form.cleaned_data[name] for name in ("unit", "position", "is_head", "since")}
    try:
        appointments.refuse_outside(given["unit"], given["since"], None)
        person = people.create_person(**form.plain_values, **given, by=request.user, at=timezone.now())
    except ValidationError as error:
        told = error.message_dict
        add_errors(form, ValidationError({"since": [text for texts in told.values() for text in texts]}))
        return None
    messages.success(request, gettext("Đã thêm “%(name)s”.") % {"name": person.full_name})
    _warn_of_heads(request, given["unit"])
    return person


@PAGE
def change_person(request: HttpRequest, person_id: int) -> HttpResponse:
    person = load_person(request, person_id, "person.edit")
    today = timezone.localdate()
    form = IdentityForm(request.POST or None, today=today, initial=identity_of(person))
    if request.method == "POST" and form.is_valid():
        changed = people.change_person(person=person, by=request.user, at=timezone.now(), **form.plain_values)
        messages.success(request, gettext("Đã sửa.") if changed else gettext("Không có gì thay đổi."))
        return redirect("register:person", person.pk)
    return render(request, "register/person_change.html", {"person": person, "form": form}, status=status_of(form))


@PAGE
def new_post(request: HttpRequest, person_id: int) -> HttpResponse:
    """A post in any unit that the user may staff."""
    person = load_person(request, person_id, "person.edit")
    today = timezone.localdate()
    among = Unit.objects.within(access_of(request).paths("person.edit")).valid(on=today)
    first = {"valid_from": today, "main": True}
    form = NewPostForm(request.POST if request.method == "POST" else None, among=among, initial=first)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            post = appointments.begin_post(person=person, **said, by=request.user, at=timezone.now(), on=today)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã ghi chức vụ."))
            _warn_of_heads(request, post.unit)
            return redirect("register:person", person.pk)
    return render(request, "register/post_new.html", {"person": person, "form": form}, status=status_of(form))


@PAGE
def change_post(request: HttpRequest, person_id: int, post_id: int) -> HttpResponse:
    """Put right or end a post; the user must be allowed to edit the person and to staff the post's unit."""
    person = load_person(request, person_id, "person.edit")
    post = _post(person, post_id)
    access_of(request).require("person.edit", post.unit_id)
    names = ("position", "is_head", "valid_from", "valid_to")
    sent = request.POST if request.method == "POST" else None
    form = PostForm(sent, initial={name: getattr(post, name) for name in names})
    if sent is not None and form.is_valid():
        said = {name: form.cleaned_data[name] for name in names}
        try:
            now = {"at": timezone.now(), "on": timezone.localdate()}
            done = appointments.change_post(post=post, **said, by=request.user, **now)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã sửa chức vụ.") if done else gettext("Không có gì thay đổi."))
            _warn_of_heads(request, post.unit)
            return redirect("register:person", person.pk)
    context = {"person": person, "post": post, "form": form}
    return render(request, "register/post_change.html", context, status=status_of(form))


def _post(person: Person, post_id: int) -> Appointment:
    post = queries.post(person, post_id)
    if post is None:
        raise Http404
    return post


def _warn_of_heads(request: HttpRequest, unit: Unit) -> None:
    heads = unit_queries.heads(unit, timezone.localdate())
    if len(heads) > 1:
        names: Any = ", ".join(head.person.full_name for head in heads)
        words = gettext("“%(unit)s” đang có %(n)d người đứng đầu cùng lúc: %(names)s.")
        messages.warning(request, words % {"unit": unit.name, "n": len(heads), "names": names})
