"""What was said against nominations: read and handled by those who may, never by whoever has an interest in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua_web.config.lookup import only
from thidua_web.nominations.actions import objecting as actions
from thidua_web.nominations.actions.objecting import Heard, owner_of
from thidua_web.nominations.forms.objecting import CHANNELS, HandleForm, HeardForm
from thidua_web.nominations.models import Objection
from thidua_web.nominations.queries import consulting as queries
from thidua_web.nominations.queries import loading
from thidua_web.nominations.views.case_acting import conflicted
from thidua_web.nominations.views.cases import head
from thidua_web.nominations.views.casing import Case, load_above
from thidua_web.nominations.views.lists import CONFLICT, REFUSED, desk_unit
from thidua_web.nominations.views.seeing import access_of
from thidua_web.register.sealing import SealBrokenError, unseal

HANDLES = "objection.handle"


@never_cache
@require_safe
def objections(request: HttpRequest) -> HttpResponse:
    unit = desk_unit(request, HANDLES)
    rows = queries.objections_of(unit, request.user, timezone.localdate())  # type: ignore[arg-type]
    lines = [(row, CHANNELS.get(row.channel, row.channel)) for row in rows]
    return render(request, "nominations/objections.html", {"unit": unit, "lines": lines})


def _load(request: HttpRequest, objection_id: int) -> tuple[Objection, Case]:
    rows = Objection.objects.select_related("publication", "handled_by", "recorded_by", "nomination__to_unit")
    found = only(rows.filter(pk=objection_id))
    if found is None:
        raise Http404
    access_of(request).require(HANDLES, found.nomination.to_unit)
    nomination = loading.nomination(found.nomination_id)
    if nomination is None:
        raise Http404
    return found, Case(request, nomination)


@never_cache
@require_safe
def objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    row, case = _load(request, objection_id)
    return conflicted(case) if case.barred else _show(row, case)


def _show(row: Objection, case: Case, *, form: HandleForm | None = None, status: int = 200) -> HttpResponse:
    context = head(case) | {
        "row": row,
        "channel": CHANNELS.get(row.channel, row.channel),
        "form": form or HandleForm(auto_id="id_%s"),
        **_sender(row),
    }
    return render(case.request, "nominations/objection.html", context, status=status)


def _sender(row: Objection) -> dict[str, Any]:
    """`sender` None where nobody is named; `broken` where the seal does not open, which the page says."""
    if not row.sealed_sender:
        return {"sender": None, "broken": False}
    try:
        return {"sender": unseal(row.sealed_sender, owner=owner_of(row.pk)), "broken": False}
    except SealBrokenError:
        return {"sender": None, "broken": True}


@require_POST
def handle(request: HttpRequest, objection_id: int) -> HttpResponse:
    row, case = _load(request, objection_id)
    if case.barred:
        return conflicted(case)
    form = HandleForm(request.POST, auto_id="id_%s")
    if not form.is_valid():
        return _show(row, case, form=form, status=REFUSED)
    said = form.cleaned_data
    finding, answer = said["finding"], said["answer"].strip()
    if actions.handle(objection=row, finding=finding, answer=answer, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã ghi kết quả xử lý ý kiến phản ánh."))
        return redirect(row)
    row.refresh_from_db()
    if (row.finding, row.answer, row.handled_by_id) == (finding, answer, request.user.pk):
        return redirect(row)
    messages.warning(request, gettext("Chưa ghi: ý kiến này đã có người xử lý trước bạn; kết quả ở dưới đây."))
    return _show(row, case, status=CONFLICT)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """What came by letter, by telephone or over the counter."""
    case = load_above(request, nomination_id, HANDLES)
    if case.barred:
        return conflicted(case)
    sent = request.POST if request.method == "POST" else None
    form = HeardForm(sent, on=case.on, initial={"received_on": case.on}, auto_id="id_%s")
    if sent is None or not form.is_valid():
        context = head(case) | {"form": form}
        return render(request, "nominations/record_objection.html", context, status=200 if sent is None else REFUSED)
    said = form.cleaned_data
    heard = Heard(said["words"].strip(), said["channel"], said["name"].strip(), said["contact"].strip())
    row, _new = actions.receive(
        nomination=case.nomination, heard=heard, received_on=said["received_on"], by=request.user, at=timezone.now()  # type: ignore[arg-type]
    )  # fmt: skip
    messages.success(request, gettext("Đã ghi ý kiến phản ánh; tên người phản ánh được niêm phong."))
    return redirect(row)
