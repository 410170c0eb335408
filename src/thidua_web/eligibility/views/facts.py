"""What was recorded of a person, a unit or a household: seen, written, taken back, proved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua.errors import UnreadableError
from thidua.explain import say
from thidua_web.archive.downloads import file_response
from thidua_web.eligibility.actions import deeds as deed_actions
from thidua_web.eligibility.actions import facts as actions
from thidua_web.eligibility.forms.facts import FORMS, DeedForm, EndForm, FactForm, forms_for
from thidua_web.eligibility.models import RecordedFact
from thidua_web.eligibility.models.facts import SENSITIVE, SPELLS, FactKind
from thidua_web.eligibility.pages import facts as pages
from thidua_web.eligibility.queries import recorded as queries
from thidua_web.eligibility.views.seeing import access_of, place, subject_of
from thidua_web.register.nominees import Nominee, unit_id_of
from thidua_web.register.views.seeing import load_household, load_person, load_unit
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of


@never_cache
@require_safe
def person_facts(request: HttpRequest, person_id: int) -> HttpResponse:
    return _facts(request, load_person(request, person_id, "fact.see"))


@never_cache
@require_safe
def unit_facts(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _facts(request, load_unit(request, unit_id, "fact.see"))


@never_cache
@require_safe
def household_facts(request: HttpRequest, household_id: int) -> HttpResponse:
    return _facts(request, load_household(request, household_id, "fact.see"))


def _facts(request: HttpRequest, of: Nominee) -> HttpResponse:
    access, unit_id, subject = access_of(request), unit_id_of(of), subject_of(of)
    sensitive = access.may("fact.sensitive", unit_id)
    may_edit = access.may("fact.edit", unit_id)
    found = queries.facts(of, sensitive=sensitive)
    wanted = [key for key in forms_for(subject) if sensitive or not FORMS[key].sensitive]
    context = {
        **place(of),
        "sections": pages.sections(found, subject, sensitive=sensitive),
        "withdrawn": pages.withdrawn(found, subject),
        "deeds": queries.deeds(of),
        "awards": queries.awards(of) if access.may("award.see", unit_id) else [],
        "complete": pages.complete_lines(queries.completeness_of(of), unit_id),
        "unit_id": unit_id,
        "may_edit": may_edit,
        "may_open": access.may("eligibility.see", unit_id),
        "forms": [(key, FORMS[key].title) for key in wanted] if may_edit else [],
    }
    return render(request, "eligibility/facts.html", context)


@never_cache
@PAGE
def add_person_fact(request: HttpRequest, person_id: int, form: str) -> HttpResponse:
    return _add(request, load_person(request, person_id, "fact.edit"), form)


@never_cache
@PAGE
def add_unit_fact(request: HttpRequest, unit_id: int, form: str) -> HttpResponse:
    return _add(request, load_unit(request, unit_id, "fact.edit"), form)


@never_cache
@PAGE
def add_household_fact(request: HttpRequest, household_id: int, form: str) -> HttpResponse:
    return _add(request, load_household(request, household_id, "fact.edit"), form)


def _add(request: HttpRequest, of: Nominee, key: str) -> HttpResponse:
    if key not in forms_for(subject_of(of)):
        raise Http404
    kind = FORMS[key]
    if kind.sensitive:
        access_of(request).require("fact.sensitive", unit_id_of(of))
    sent = request.POST if request.method == "POST" else None
    asked = {"year": timezone.localdate().year, "code": request.GET.get("muc", "")}
    form = kind(
        sent, request.FILES if sent else None, subject=subject_of(of), today=timezone.localdate(), initial=asked
    )
    if sent is not None and form.is_valid() and _file_is_taken(form):
        _write(request, of, form)
        return redirect(place(of)["facts"], of.pk)
    return render(request, "eligibility/fact_form.html", {"form": form, **place(of)}, status=status_of(form))


def _file_is_taken(form: FactForm) -> bool:
    file = form.cleaned_data.get("file")
    error = actions.readable(file, file.name or "") if file else None
    if error is not None:
        form.add_error("file", _said(error))
    return error is None


def _said(error: UnreadableError) -> str:
    return say(error.code, error.params, get_language() or "vi")


def _write(request: HttpRequest, of: Nominee, form: FactForm) -> None:
    act: dict[str, Any] = {"of": of, "by": request.user, "at": timezone.now()}
    if isinstance(form, DeedForm):
        deed_actions.record_deed(**act, **form.values)
        messages.success(request, gettext("Đã ghi thành tích."))
        return
    fact = actions.record_fact(**act, kind=form.kind, **form.values)
    if file := form.cleaned_data.get("file"):
        actions.add_evidence(fact=fact, source=file, name=file.name or "", by=act["by"], at=act["at"])
    messages.success(request, gettext("Đã ghi dữ kiện. Nếu ghi nhầm, bấm Rút ở dòng ấy."))


@never_cache
@PAGE
def end_spell(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = load_fact(request, fact_id, "fact.edit")
    if fact.kind not in SPELLS or fact.withdrawn_at is not None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = EndForm(sent, may_be_cleared=fact.kind in SENSITIVE and fact.kind != FactKind.DISCIPLINE)
    if sent is not None and form.is_valid():
        said = {"until": form.cleaned_data["until"], "cleared": form.cleaned_data.get("cleared", False)}
        try:
            actions.end_spell(fact=fact, **said, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã ghi ngày kết thúc."))
            return redirect(place(fact.of)["facts"], fact.of.pk)
    context = {"form": form, "line": pages.line(fact, subject_of(fact.of)), **place(fact.of)}
    return render(request, "eligibility/fact_end.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = load_fact(request, fact_id, "fact.edit")
    if actions.withdraw_fact(fact=fact, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã rút. Dữ kiện còn ở mục Đã rút, đưa lại được."))
    return redirect(place(fact.of)["facts"], fact.of.pk)


@require_POST
def restore(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = load_fact(request, fact_id, "fact.edit")
    try:
        if actions.restore_fact(fact=fact, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
            messages.success(request, gettext("Đã đưa dữ kiện lại."))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect(place(fact.of)["facts"], fact.of.pk)


@require_POST
def add_evidence(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = load_fact(request, fact_id, "fact.edit")
    file = request.FILES.get("file")
    if file is None:
        messages.warning(request, gettext("Chưa chọn tệp nào."))
    else:
        try:
            actions.add_evidence(
                fact=fact,
                source=file,
                name=file.name or "",
                by=request.user,
                at=timezone.now(),  # type: ignore[arg-type]
            )
            messages.success(request, gettext("Đã nhận minh chứng."))
        except UnreadableError as error:
            messages.warning(request, _said(error))
    return redirect(place(fact.of)["facts"], fact.of.pk)


@require_safe
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    found = queries.evidence(evidence_id)
    if found is None:
        raise Http404
    _require(request, found.fact, "fact.see")
    return file_response(found.file, name=found.name)


def load_fact(request: HttpRequest, fact_id: int, permission: str) -> RecordedFact:
    fact = queries.fact(fact_id)
    if fact is None:
        raise Http404
    _require(request, fact, permission)
    return fact


def _require(request: HttpRequest, fact: RecordedFact, permission: str) -> None:
    """A sensitive fact is for those alone who may see such."""
    unit_id = unit_id_of(fact.of)
    access_of(request).require(permission, unit_id)
    if fact.sensitive:
        access_of(request).require("fact.sensitive", unit_id)
