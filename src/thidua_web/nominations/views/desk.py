"""The appraisal desk of the unit that one works in."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.archive.downloads import TYPES, written_response
from thidua_web.journal.actions import record
from thidua_web.nominations import desk_workbook
from thidua_web.nominations.forms.desk import USUAL, AppraisalDeskForm, Column
from thidua_web.nominations.pages import desk as pages
from thidua_web.nominations.pages import desk_preview, desk_rows
from thidua_web.nominations.queries import desk as queries
from thidua_web.nominations.queries.allowed import ACTS, MOST, act_label
from thidua_web.nominations.queries.barring import barred_among
from thidua_web.nominations.queries.desk import Wanted
from thidua_web.nominations.views.seeing import access_of, load_for_appraisal
from thidua_web.register.models import Unit
from thidua_web.register.pages.desks import pager
from thidua_web.register.views.units import edges

COLUMNS = "appraisal_desk_columns"


@dataclass(frozen=True)
class Looked:
    """What the address asks of which desk."""

    unit: Unit
    form: AppraisalDeskForm
    wanted: Wanted
    on: datetime.date


def look(request: HttpRequest, permission: str = "appraisal.see") -> Looked:
    """404 for strangers, 403 for members of the unit who may not."""
    access, on = access_of(request), timezone.localdate()
    access.require(permission, access.current)
    if (unit := access.current) is None:
        raise Http404
    units = (unit.pk, *sorted(ended for ended, heir in access.inherits().items() if heir == unit.pk))
    top = unit.path.split("/")[1]
    form = AppraisalDeskForm(
        request.GET,
        among=Unit.objects.within([f"/{top}/"]),
        choices=queries.choices(units, on),
        awards=pages.award_choices(on),
    )
    return Looked(unit, form, pages.wanted_of(form, units, request.user, on), on)  # type: ignore[arg-type]


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """A page of what waits, and one of it looked at beside."""
    looked = look(request)
    page = queries.page_of(looked.wanted, **edges(request))
    chosen, rows = columns(request), pages.rows(page.rows, looked.on)
    context: dict[str, Any] = {
        "unit": looked.unit,
        "form": looked.form,
        "page": page,
        "rows": rows,
        "lines": desk_rows.lines(rows, chosen, pages.without(request.GET, "xem").urlencode()),
        "tabs": pages.tabs(page.counts, request.GET, looked.wanted.states),
        "columns": chosen,
        "every_column": Column.choices,
        "narrowed": pages.narrowed(request.GET),
        "may_act": access_of(request).may("appraisal.act", looked.unit),
        "acts": [(act, act_label(act)) for act in ACTS],
        "most": MOST,
        "query": pages.query_of(request.GET),
        "kept": [*pages.without(request.GET, "xem", "cot", "sau", "truoc").items()],
        "looked_at": None,
        **pager(request.GET, page),  # type: ignore[arg-type]
    }
    key = request.GET.get("xem", "")
    if key.isascii() and key.isdecimal() and len(key) < 19:
        context |= _beside(request, int(key), looked.on)
    return render(request, "nominations/desk.html", context)


@never_cache
@require_safe
def preview(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """One of them alone, for the place beside the list."""
    context = _beside(request, nomination_id, timezone.localdate())
    return render(request, "nominations/_desk_preview.html", context)


def _beside(request: HttpRequest, nomination_id: int, on: datetime.date) -> dict[str, Any]:
    """Whoever may not judge it is told so, and is shown nothing of it."""
    found = load_for_appraisal(request, nomination_id, "appraisal.see")
    if barred_among(request.user, [found], on):  # type: ignore[arg-type]
        return {"looked_at": found, "barred": True}
    return {"looked_at": found, **desk_preview.shown(found, on)}


def columns(request: HttpRequest) -> list[str]:
    """Those of the address; they stay chosen for the session."""
    known = set(Column.values)
    said = [name for name in request.GET.getlist("cot") if name in known]
    if said:
        request.session[COLUMNS] = said
    return said or request.session.get(COLUMNS) or [one.value for one in USUAL]


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered; written to a file a part at a time."""
    looked = look(request)
    now = timezone.now()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    rows = desk_workbook.write(file, looked.unit, looked.wanted)
    record(
        act="appraisal.exported",
        by=request.user,  # type: ignore[arg-type]
        at=now,
        unit_id=looked.unit.pk,
        label=looked.unit.name,
        details={"rows": rows, "asked": pages.query_of(request.GET)},
    )
    name = f"ban-tham-dinh-{timezone.localdate(now):%Y%m%d}.xlsx"
    return written_response(file, name=name, content_type=TYPES["xlsx"])
