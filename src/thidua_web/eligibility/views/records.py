"""What is said about awards, deeds, and how far back a unit's records go."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thidua.law.awards import awards
from thidua_web.eligibility.actions import completeness as complete_actions
from thidua_web.eligibility.actions import deeds as actions
from thidua_web.eligibility.forms.facts import AwardNoteForm, CompletenessForm
from thidua_web.eligibility.pages import facts as pages
from thidua_web.eligibility.queries import recorded as queries
from thidua_web.eligibility.views.seeing import access_of, place, subject_of
from thidua_web.register.nominees import nominee_of, unit_id_of
from thidua_web.register.views.seeing import load_unit
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of


@PAGE
def note_award(request: HttpRequest, award_id: int) -> HttpResponse:
    """Which kind of merit, which deed, which award of the law."""
    award = queries.award(award_id)
    if award is None:
        raise Http404
    of = nominee_of(award)
    access_of(request).require("fact.edit", unit_id_of(of))
    deeds = {str(deed.pk): deed for deed in queries.deeds(of)}
    named = {code: one.name for code, one in awards().items() if subject_of(of) in one.subjects}
    note = getattr(award, "note", None)
    initial = {"merit": note.merit, "code": note.code, "deed": note.deed_id} if note else {}
    sent = request.POST if request.method == "POST" else None
    titles = {key: deed.title for key, deed in deeds.items()}
    form = AwardNoteForm(sent, awards=named, deeds=titles, initial=initial)
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            actions.note_award(
                award=award,
                merit=said["merit"],
                code=said["code"],
                deed=deeds.get(said["deed"]),
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã ghi về khen thưởng này."))
            return redirect(place(of)["facts"], of.pk)
    context = {"form": form, "award": award, **place(of)}
    return render(request, "eligibility/award_note.html", context, status=status_of(form))


@require_POST
def withdraw_deed(request: HttpRequest, deed_id: int) -> HttpResponse:
    deed = queries.deed(deed_id)
    if deed is None:
        raise Http404
    of = deed.of
    access_of(request).require("fact.edit", unit_id_of(of))
    try:
        if actions.withdraw_deed(deed=deed, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
            messages.success(request, gettext("Đã rút thành tích “%(title)s”.") % {"title": deed.title})
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect(place(of)["facts"], of.pk)


@PAGE
def completeness(request: HttpRequest, unit_id: int) -> HttpResponse:
    """What the unit itself says, and the form to say it anew."""
    unit = load_unit(request, unit_id, "fact.edit")
    sent = request.POST if request.method == "POST" else None
    form = CompletenessForm(sent, today=timezone.localdate(), initial={"kind": request.GET.get("so", "honours")})
    if sent is not None and form.is_valid():
        complete_actions.declare(unit=unit, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, gettext("Đã ghi. Mọi tiêu chuẩn được xét lại theo đó."))
        return redirect("eligibility:completeness", unit.pk)
    own = [row for row in queries.own_completeness(unit) if row.withdrawn_at is None]
    lines = pages.complete_lines({row.kind: row for row in own}, unit.pk)
    context = {"form": form, "lines": lines, **place(unit)}
    return render(request, "eligibility/completeness.html", context, status=status_of(form))


@require_POST
def withdraw_completeness(request: HttpRequest, row_id: int) -> HttpResponse:
    row = queries.completeness(row_id)
    if row is None:
        raise Http404
    access_of(request).require("fact.edit", row.unit_id)
    if complete_actions.withdraw(row=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã rút. Từ nay sổ ấy không được coi là đầy đủ."))
    return redirect("eligibility:completeness", row.unit_id)
