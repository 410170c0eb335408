"""The appraising unit asks other bodies what they think, and reads what they said."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua_web.config.lookup import only
from thidua_web.law.linking import basis_href
from thidua_web.nominations.actions import consulting as actions
from thidua_web.nominations.forms.consulting import AskBodyForm
from thidua_web.nominations.models import Consultation
from thidua_web.nominations.pages import consulting as pages
from thidua_web.nominations.queries import consulting as queries
from thidua_web.nominations.views.choosing import Chosen, chosen
from thidua_web.nominations.views.consulted import answering
from thidua_web.nominations.views.lists import CONFLICT, REFUSED, desk_unit
from thidua_web.nominations.views.papers import paper_file, show_paper
from thidua_web.nominations.views.seeing import access_of
from thidua_web.register.models import Unit

QUESTION = "Việc chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước\nThành tích nêu trong hồ sơ"


def load(request: HttpRequest, consultation_id: int, permission: str) -> Consultation:
    """Asked in the unit that asks."""
    found = only(queries.consultations().filter(pk=consultation_id))
    if found is None:
        raise Http404
    access_of(request).require(permission, found.unit)
    return found


@never_cache
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    unit = desk_unit(request, "appraisal.see")
    context = {
        "unit": unit,
        "rows": queries.consultations_of(unit)[: queries.MOST_LISTED],
        "may_ask": access_of(request).may("appraisal.act", unit),
        "on": timezone.localdate(),
    }
    return render(request, "nominations/consultations.html", context)


# --- Asked ------------------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_body(request: HttpRequest) -> HttpResponse:
    unit, on = desk_unit(request, "appraisal.act"), timezone.localdate()
    picked = chosen(unit, request.POST or request.GET, on)
    if request.method != "POST":
        return _form_page(request, unit, picked, AskBodyForm(initial=_initial(picked, on), on=on, auto_id="id_%s"))
    form = AskBodyForm(request.POST, on=on, auto_id="id_%s")
    if not form.is_valid() or not picked.rows:
        return _form_page(request, unit, picked, form, status=REFUSED)
    if form.cleaned_data["seen"] != len(picked.rows):
        return _form_page(request, unit, picked, form, status=CONFLICT)
    row, new = actions.ask(
        unit=unit, rows=picked.rows, asking=_asking(form, picked, on), by=request.user, at=timezone.now()
    )  # type: ignore[arg-type]
    if new:
        messages.success(request, gettext("Đã lấy ý kiến %(name)s.") % {"name": row.asked_name})
    return redirect(row)


def _initial(picked: Chosen, on: datetime.date) -> dict[str, Any]:
    limit = queries.limit_of(picked.rows, on, "consult")
    due = limit.calendar.after(on, limit.days)
    return {"due_on": due, "question": QUESTION, "pauses": True}


def _asking(form: AskBodyForm, picked: Chosen, on: datetime.date) -> actions.Asking:
    """Where nothing else is named, the rule that was shown sets the days, if they are those that it gives."""
    said, limit = form.cleaned_data, queries.limit_of(picked.rows, on, "consult")
    by_law = limit.basis.citation if said["due_on"] == limit.calendar.after(on, limit.days) else ""
    body: Unit | None = said["unit"]
    return actions.Asking(
        asked=body,
        asked_name=body.name[:200] if body else said["other"],
        question=said["question"].strip(),
        due_on=said["due_on"],
        silence=said["silence"],
        basis=said["basis"].strip() or by_law,
        pauses=said["pauses"],
    )


def _form_page(
    request: HttpRequest, unit: Unit, picked: Chosen, form: AskBodyForm, *, status: int = 200
) -> HttpResponse:
    on = timezone.localdate()
    limit = queries.limit_of(picked.rows, on, "consult")
    context = {
        "unit": unit,
        "chosen": picked,
        "form": form,
        "limit": limit,
        "limit_href": basis_href(limit.basis),
        "moved": status == CONFLICT,
    }
    return render(request, "nominations/ask_body.html", context, status=status)


# --- Read, recorded, ended --------------------------------------------------------------------------------------------


@never_cache
@require_safe
def consultation(request: HttpRequest, consultation_id: int) -> HttpResponse:
    row, on = load(request, consultation_id, "appraisal.see"), timezone.localdate()
    rows = pages.items(queries.items_of(row), on)
    acts = row.closed_at is None and access_of(request).may("appraisal.act", row.unit)
    context = {
        "row": row,
        "items": rows,
        "waiting": sum(1 for one in rows if not one.row.answer),
        "silent": pages.silent(row, on, get_language() or "vi"),
        "late": row.closed_at is None and on > row.due_on,
        "may_act": acts,
    }
    return render(request, "nominations/consultation.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_letter(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """What the body wrote, entered by an appraiser."""
    return answering(request, load(request, consultation_id, "appraisal.act"), recorded=True)


@require_POST
def close(request: HttpRequest, consultation_id: int) -> HttpResponse:
    row = load(request, consultation_id, "appraisal.act")
    if actions.close(consultation=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã kết thúc lấy ý kiến."))
    return redirect(row)


# --- The letter -------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def letter(request: HttpRequest, consultation_id: int) -> HttpResponse:
    row = load(request, consultation_id, "appraisal.see")
    files = {form: reverse("nominations:consultation_file", args=[row.pk, form]) for form in ("docx", "pdf")}
    made = pages.letter(row, list(queries.items_of(row)))
    title = gettext("Văn bản lấy ý kiến")
    return show_paper(request, made, title=title, name=row.asked_name, back=row.get_absolute_url(), files=files)


@never_cache
@require_safe
def letter_file(request: HttpRequest, consultation_id: int, form: str) -> HttpResponseBase:
    row = load(request, consultation_id, "appraisal.see")
    made = pages.letter(row, list(queries.items_of(row)))
    answer = paper_file(request, made, form=form, name=f"lay-y-kien-{row.pk}", back=row.get_absolute_url())
    actions.note_export(consultation=row, form=form, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return answer
