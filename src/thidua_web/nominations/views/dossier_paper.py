"""The report of achievements as a paper: read on the page, taken along as DOCX or PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.papers.paper import Paper
from thidua_web.nominations.pages import dossier_paper as pages
from thidua_web.nominations.queries import dossiers as queries
from thidua_web.nominations.views.dossiers import Case, case_of
from thidua_web.nominations.views.papers import paper_file, show_paper
from thidua_web.nominations.views.seeing import access_of


@never_cache
@require_safe
def report(request: HttpRequest, nomination_id: int) -> HttpResponse:
    case = case_of(request, nomination_id)
    files = {form: reverse("nominations:report_file", args=[nomination_id, form]) for form in ("docx", "pdf")}
    back = reverse("nominations:dossier", args=[nomination_id])
    title = gettext("Báo cáo thành tích")
    return show_paper(request, _paper(case), title=title, name=case.nomination.name, back=back, files=files)


@never_cache
@require_safe
def report_file(request: HttpRequest, nomination_id: int, form: str) -> HttpResponseBase:
    case = case_of(request, nomination_id)
    back = reverse("nominations:report", args=[nomination_id])
    return paper_file(request, _paper(case), form=form, name=f"bao-cao-thanh-tich-{nomination_id}", back=back)


def _paper(case: Case) -> Paper:
    nomination = case.nomination
    may_see = access_of(case.request).may("award.see", nomination.unit)
    held = queries.awards_of(nomination) if may_see else []
    return pages.report(nomination, case.claims, case.files, held, timezone.localdate())
