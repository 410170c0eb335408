"""Two rows that are one person are merged, seen side by side; the log parts them again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from thidua_web.register.actions import merging as actions
from thidua_web.register.forms.people import MergeForm
from thidua_web.register.models import Person, Unit
from thidua_web.register.pages import merging as pages
from thidua_web.register.queries import merging as queries
from thidua_web.register.queries import people as people_queries
from thidua_web.register.queries.people import Wanted
from thidua_web.register.views.seeing import access_of, load_person, reach_of
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of

MOST_PROPOSED = 20


@PAGE
def merge(request: HttpRequest, person_id: int) -> HttpResponse:
    """Choose the other row, look at both side by side, merge them."""
    kept = load_person(request, person_id, "person.edit")
    if kept.merged_into_id:
        return redirect("register:person", kept.pk)
    dropped = _other(request, kept)
    if dropped is None:
        return _choose(request, kept)
    sent = request.POST if request.method == "POST" else None
    form = MergeForm(sent)
    if sent is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.merge(kept=kept, dropped=dropped, reason=reason, by=request.user, at=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            words = gettext("Đã gộp “%(name)s” vào người này. Tách lại được trong nhật ký gộp.")
            messages.success(request, words % {"name": dropped.full_name})
            return redirect("register:person", kept.pk)
    context = {"person": kept, "other": dropped, "form": form, **pages.side_by_side(kept, dropped)}
    return render(request, "register/merge.html", context, status=status_of(form))


def _other(request: HttpRequest, kept: Person) -> Person | None:
    asked = request.POST.get("voi", "") or request.GET.get("voi", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    other = load_person(request, int(asked), "person.edit")
    return None if other.pk == kept.pk or other.merged_into_id else other


def _choose(request: HttpRequest, kept: Person) -> HttpResponse:
    """Namesakes first; anybody else in reach is found by name or code."""
    paths = access_of(request).paths("person.edit")
    text = request.GET.get("tim", "").strip()
    if text:
        found = [one for one in people_queries.people(Wanted(text=text), paths).rows if one.pk != kept.pk]
    else:
        found = queries.alike(kept, Unit.objects.within(paths).order_by().values("pk"))
    context = {"person": kept, "text": text, "found": found[:MOST_PROPOSED]}
    return render(request, "register/merge_choose.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """Who was merged into whom, by whom and why."""
    reach = reach_of(request, "person.edit")
    return render(request, "register/merges.html", {"logs": queries.logs(reach.units().order_by().values("pk"))})


@require_POST
def part(request: HttpRequest, log_id: int) -> HttpResponse:
    log = queries.log(log_id)
    if log is None:
        raise Http404
    for one in (log.kept, log.dropped):
        access_of(request).require("person.edit", one.unit_id)
    try:
        done = actions.part(log=log, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        words = gettext("Đã tách “%(name)s” ra như trước khi gộp.") if done else gettext("Đã được tách trước đó.")
        messages.success(request, words % {"name": log.dropped.full_name})
    return redirect("register:merges")
