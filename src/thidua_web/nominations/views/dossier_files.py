"""All files of a dossier on one page; each taken in, shown, named, taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.archive.downloads import file_response
from thidua_web.archive.taking import ACCEPTED, MOST_MEGABYTES
from thidua_web.nominations.actions import dossier_files as actions
from thidua_web.nominations.forms.dossier_files import NameForm
from thidua_web.nominations.models import DossierFile, Nomination
from thidua_web.nominations.pages import dossier_files as pages
from thidua_web.nominations.pages import dossiers as dossier_pages
from thidua_web.nominations.queries import dossiers as queries
from thidua_web.nominations.views.dossier_uploads import CLOSED, keep_all
from thidua_web.nominations.views.dossiers import Case, case_of, head
from thidua_web.nominations.views.seeing import load_nomination


@never_cache
@require_safe
def files(request: HttpRequest, nomination_id: int) -> HttpResponse:
    return _show(case_of(request, nomination_id))


def _show(case: Case, *, named: NameForm | None = None, status: int = 200) -> HttpResponse:
    claims = dossier_pages.claim_lines(case.claims, case.files)
    open_request = queries.open_request(case.nomination)
    context: dict[str, Any] = {
        **head(case),
        "groups": pages.groups(case.files, case.checklist, claims),
        "count": len(case.files),
        "choices": dossier_pages.upload_choices(case.checklist, claims, open_request is not None),
        "about": case.request.GET.get("la", "r" if open_request and not case.may_write else ""),
        "named": named,
        "accepted": ACCEPTED,
        "most_megabytes": MOST_MEGABYTES,
    }
    return render(case.request, "nominations/dossier_files.html", context, status=status)


@require_POST
def upload(request: HttpRequest, nomination_id: int) -> HttpResponse:
    nomination = load_nomination(request, nomination_id, "nomination.edit")
    keep_all(request, nomination)
    return redirect("nominations:files", nomination_id)


@require_safe
def file(request: HttpRequest, nomination_id: int, file_id: int) -> HttpResponseBase:
    _nomination, found = _load(request, nomination_id, file_id, "nomination.see")
    return file_response(found.file, name=found.name)


@require_POST
def remove(request: HttpRequest, nomination_id: int, file_id: int) -> HttpResponse:
    """A file that is gone already is no fault: it was asked to go."""
    nomination = load_nomination(request, nomination_id, "nomination.edit")
    found = queries.file(nomination, file_id)
    by: Any = request.user
    if found is not None:
        if actions.remove_file(file=found, nomination=nomination, by=by, at=timezone.now()):
            messages.success(request, gettext("Đã gỡ “%(name)s” khỏi hồ sơ.") % {"name": found.name})
        else:
            messages.warning(request, str(CLOSED))
    return redirect(_back(request, nomination_id))


@require_POST
def rename(request: HttpRequest, nomination_id: int, file_id: int) -> HttpResponse:
    nomination, found = _load(request, nomination_id, file_id, "nomination.edit")
    form = NameForm(request.POST, file=found)
    if not form.is_valid():
        return _show(Case(request, nomination), named=form, status=422)
    by: Any = request.user
    if not actions.rename_file(file=found, nomination=nomination, **form.cleaned_data, by=by, at=timezone.now()):
        messages.warning(request, str(CLOSED))
    return redirect("nominations:files", nomination_id)


def _load(request: HttpRequest, nomination_id: int, file_id: int, permission: str) -> tuple[Nomination, DossierFile]:
    nomination = load_nomination(request, nomination_id, permission)
    found = queries.file(nomination, file_id)
    if found is None:
        raise Http404
    return nomination, found


def _back(request: HttpRequest, nomination_id: int) -> str:
    where = "dossier" if request.POST.get("from") == "dossier" else "files"
    return reverse(f"nominations:{where}", args=[nomination_id])
