"""Sensitive data are shown on a page of their own, asked for by a button, never kept by a browser."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from thidua_web.register.actions import sensitive as actions
from thidua_web.register.forms.people import SensitiveForm
from thidua_web.register.sealing import SENSITIVE_FIELDS, SealBrokenError
from thidua_web.register.views.seeing import load_person


@never_cache
@require_POST
def see_sensitive(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open them, with a line in the journal."""
    person = load_person(request, person_id, "person.sensitive")
    try:
        values = actions.see_sensitive(person=person, by=request.user, at=timezone.now())
    except SealBrokenError:
        return render(request, "register/sensitive_broken.html", {"person": person}, status=500)
    form = SensitiveForm(initial=SensitiveForm.shown(values))
    return render(request, "register/sensitive.html", {"person": person, "form": form})


@sensitive_post_parameters(*SENSITIVE_FIELDS)
@never_cache
@require_POST
def change_sensitive(request: HttpRequest, person_id: int) -> HttpResponse:
    person = load_person(request, person_id, "person.sensitive")
    form = SensitiveForm(request.POST)
    if not form.is_valid():
        return render(request, "register/sensitive.html", {"person": person, "form": form}, status=422)
    try:
        changed = actions.change_sensitive(person=person, values=form.values, by=request.user, at=timezone.now())
    except SealBrokenError:
        return render(request, "register/sensitive_broken.html", {"person": person}, status=500)
    messages.success(request, gettext("Đã ghi dữ liệu nhạy cảm.") if changed else gettext("Không có gì thay đổi."))
    return redirect("register:person", person.pk)
