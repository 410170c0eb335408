"""Units are founded and put right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from thidua_web.register.actions import unit_acts as actions
from thidua_web.register.actions.unit_acts import GivenCode
from thidua_web.register.forms.units import CODES, CorrectUnitForm, NewUnitForm
from thidua_web.register.models import Unit
from thidua_web.register.models.units import CodeScheme
from thidua_web.register.queries import unit as queries
from thidua_web.register.queries.unit_desk import Reach
from thidua_web.register.views.seeing import load_unit, reach_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])


def add_errors(form: Any, error: ValidationError) -> None:
    """Each where it belongs, on top where no field has its name."""
    for field, told in (error.message_dict if hasattr(error, "error_dict") else {None: error.messages}).items():
        form.add_error(field if field in form.fields else None, told)


def status_of(form: Any) -> int:
    """A form that was sent and is shown again has not been understood."""
    return 422 if form.is_bound else 200


@PAGE
def new_unit(request: HttpRequest) -> HttpResponse:
    """A unit under one of those that the user may edit."""
    reach = reach_of(request, "unit.edit")
    among = _living(reach)
    if request.method == "POST":
        form = NewUnitForm(request.POST, among=among)
        if form.is_valid() and (unit := _found(request, form)):
            return redirect("register:unit", unit.pk)
    else:
        above = among.filter(code=request.GET.get("thuoc", "")).first()
        form = NewUnitForm(among=among, initial={"parent": above, "valid_from": timezone.localdate()})
    return render(request, "register/unit_new.html", {"form": form}, status=status_of(form))


def _living(reach: Reach) -> Any:
    return Unit.objects.within(reach.paths).valid(on=timezone.localdate())


def _found(request: HttpRequest, form: NewUnitForm) -> Unit | None:
    given = dict(form.cleaned_data)
    identifier = given.pop("identifier")
    codes = [GivenCode(CodeScheme.IDENTIFIER, identifier)] if identifier else []
    try:
        unit = actions.found_unit(**given, codes=codes, by=request.user, at=timezone.now())
    except ValidationError as error:
        add_errors(form, error)
        return None
    messages.success(request, gettext("Đã thêm “%(unit)s”.") % {"unit": unit.name})
    return unit


@PAGE
def correct_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Code, spelling, codes of others. What changes from a day on is a reform."""
    unit = load_unit(request, unit_id, "unit.edit")
    if request.method == "POST":
        form, codes = CorrectUnitForm(request.POST), CODES(request.POST, prefix="codes")
        if form.is_valid() & codes.is_valid() and _correct(request, unit, form, codes):
            return redirect("register:unit", unit.pk)
    else:
        form = CorrectUnitForm(initial={"name": unit.name, "code": unit.code})
        held = [{name: getattr(row, name) for name in GivenCode._fields} for row in queries.codes(unit)]
        codes = CODES(initial=held, prefix="codes")
    context = {"unit": unit, "form": form, "codes": codes}
    return render(request, "register/unit_correct.html", context, status=status_of(form))


def _correct(request: HttpRequest, unit: Unit, form: CorrectUnitForm, codes: Any) -> bool:
    given = [GivenCode(**row) for row in codes.rows]
    try:
        done = actions.correct_unit(unit=unit, codes=given, **form.cleaned_data, by=request.user, at=timezone.now())
    except ValidationError as error:
        add_errors(form, error)
        return False
    messages.success(request, gettext("Đã sửa.") if done else gettext("Không có gì thay đổi."))
    return True
