"""Files that prove the points that a unit gives itself: handed in, taken away, given out as downloads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from thidua.errors import UnreadableError
from thidua.explain import say
from thidua_web.archive.downloads import file_response
from thidua_web.progress.actions import scores as actions
from thidua_web.progress.models import ScoreEvidence, Source
from thidua_web.progress.pages.score_tables import language
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.views.score_seeing import load_edited, load_sheet

MOST_AT_ONCE = 10


@require_POST
def add(request: HttpRequest, scoring_id: int, unit_id: int) -> HttpResponse:
    """One file or several for one criterion."""
    seat = load_edited(request, scoring_id, unit_id, Source.OWN)
    criterion = request.POST.get("criterion", "")
    if criterion not in queries.table_of(seat.scoring).by_key:
        raise Http404
    files = request.FILES.getlist("files")[:MOST_AT_ONCE]
    if not files:
        messages.warning(request, gettext("Chưa chọn tệp nào."))
    kept = 0
    for file in files:
        about = {"scoring": seat.scoring, "unit": seat.unit, "criterion": criterion}
        try:
            done = actions.add_evidence(**about, source=file, name=file.name or "", by=request.user, at=timezone.now())
        except UnreadableError as error:
            messages.warning(request, say(error.code, error.params, language()))
            continue
        if done is None:
            messages.warning(request, gettext("Phiếu tự chấm đã khóa nên không nhận thêm minh chứng."))
            break
        kept += 1
    if kept:
        messages.success(request, gettext("Đã nhận %(n)s minh chứng.") % {"n": kept})
    return redirect(f"{_page(scoring_id, unit_id)}#line-{criterion}")


def _page(scoring_id: int, unit_id: int) -> str:
    return reverse("progress:score_sheet", args=[scoring_id, unit_id])


@require_safe
def download(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    """For everybody who may look at the sheet."""
    evidence = _evidence(evidence_id)
    load_sheet(request, evidence.entry.sheet.scoring_id, evidence.entry.sheet.unit_id)
    return file_response(evidence.file, name=evidence.name)


@require_POST
def remove(request: HttpRequest, evidence_id: int) -> HttpResponse:
    evidence = _evidence(evidence_id)
    sheet = evidence.entry.sheet
    load_edited(request, sheet.scoring_id, sheet.unit_id, Source.OWN)
    if actions.remove_evidence(evidence=evidence, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã gỡ “%(name)s”.") % {"name": evidence.name})
    else:
        messages.warning(request, gettext("Phiếu tự chấm đã khóa nên không gỡ minh chứng."))
    return redirect(f"{_page(sheet.scoring_id, sheet.unit_id)}#line-{evidence.entry.criterion}")


def _evidence(evidence_id: int) -> ScoreEvidence:
    rows = ScoreEvidence.objects.select_related("file", "entry__sheet__scoring", "entry__sheet__unit")
    found = rows.filter(pk=evidence_id).first()
    if found is None:
        raise Http404
    return found
