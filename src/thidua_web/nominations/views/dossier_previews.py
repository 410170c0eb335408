"""What a file of a dossier looks like, drawn by the server; the file itself is opened by nobody's browser."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua_web.archive import previewing
from thidua_web.archive.downloads import picture_response
from thidua_web.archive.previewing import LARGE, SMALL, BusyError
from thidua_web.nominations.models import DossierFile
from thidua_web.nominations.queries import dossiers as queries
from thidua_web.nominations.views.dossiers import Case, case_of, head
from thidua_web.nominations.views.seeing import load_nomination

BUSY = 503


@never_cache
@require_safe
def preview(request: HttpRequest, nomination_id: int, file_id: int) -> HttpResponse:
    """All pages, drawn as one comes to them; text and tables of what has no pages."""
    case = case_of(request, nomination_id)
    found = _file(case, file_id)
    try:
        shown, busy = previewing.preview(found.file), False
    except BusyError:
        shown, busy = previewing.Preview(), True
    before, after = _beside(case.files, file_id)
    context = {"file": found, "preview": shown, "busy": busy, "before": before, "after": after}
    return render(request, "nominations/dossier_preview.html", head(case) | context, status=BUSY if busy else 200)


def _file(case: Case, file_id: int) -> DossierFile:
    found = next((file for file in case.files if file.pk == file_id), None)
    if found is None:
        raise Http404
    return found


def _beside(files: list[DossierFile], file_id: int) -> tuple[DossierFile | None, DossierFile | None]:
    """The one before and the one behind, in the order in which they came."""
    at = next(place for place, file in enumerate(files) if file.pk == file_id)
    return files[at - 1] if at else None, files[at + 1] if at + 1 < len(files) else None


@require_safe
def picture(request: HttpRequest, nomination_id: int, file_id: int, size: str, page: int) -> HttpResponseBase:
    """`size`: nho for a list, lon to be read; `page` from 1."""
    nomination = load_nomination(request, nomination_id, "nomination.see")
    found = queries.file(nomination, file_id)
    if found is None or size not in ("nho", "lon"):
        raise Http404
    try:
        data = previewing.picture(found.file, page - 1, SMALL if size == "nho" else LARGE)
    except BusyError:
        return HttpResponse(status=BUSY, headers={"Retry-After": "5"})
    if data is None:
        raise Http404
    return picture_response(data)
