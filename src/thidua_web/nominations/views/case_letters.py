"""Letters about one nomination, as a page and to take along: for the unit and for whoever appraises."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.papers.paper import Paper
from thidua_web.nominations.models import Moment, Opinion, Return, StoredAssessment
from thidua_web.nominations.pages import case_clauses
from thidua_web.nominations.pages import case_letters as letters
from thidua_web.nominations.pages.cases import SEALED
from thidua_web.nominations.views.casing import Case, load_case
from thidua_web.nominations.views.papers import paper_file, show_paper

NAMES = {"return_letter": "tra-lai-ho-so", "refusal_letter": "khong-de-nghi"}


@never_cache
@require_safe
def return_letter(request: HttpRequest, nomination_id: int, return_id: int) -> HttpResponse:
    case = load_case(request, nomination_id)
    return _shown(case, "return_letter", return_id, _returned(case, return_id), gettext("Văn bản trả lại hồ sơ"))


@never_cache
@require_safe
def return_file(request: HttpRequest, nomination_id: int, return_id: int, form: str) -> HttpResponseBase:
    case = load_case(request, nomination_id)
    return _file(case, "return_letter", _returned(case, return_id), form)


@never_cache
@require_safe
def refusal_letter(request: HttpRequest, nomination_id: int, opinion_id: int) -> HttpResponse:
    case = load_case(request, nomination_id)
    title = gettext("Văn bản thông báo không đề nghị")
    return _shown(case, "refusal_letter", opinion_id, _refused(case, opinion_id), title)


@never_cache
@require_safe
def refusal_file(request: HttpRequest, nomination_id: int, opinion_id: int, form: str) -> HttpResponseBase:
    case = load_case(request, nomination_id)
    return _file(case, "refusal_letter", _refused(case, opinion_id), form)


def _returned(case: Case, return_id: int) -> Paper:
    row = Return.objects.filter(nomination=case.nomination, pk=return_id).first()
    if row is None:
        raise Http404
    return letters.returned(case.nomination, row)


def _refused(case: Case, opinion_id: int) -> Paper:
    """A letter that tells of discipline or of something pending is for those alone who may know of it."""
    row = Opinion.objects.filter(nomination=case.nomination, pk=opinion_id, recommends=False).first()
    if row is None:
        raise Http404
    plain = case.known.plain
    sealed = case_clauses.sensitive_keys(plain) if plain else frozenset()
    told = letters.reasons_of(row)
    if not case.sensitive and any(one.code in SEALED or one.params.get("key") in sealed for one in told):
        raise PermissionDenied("fact.sensitive")
    rows = StoredAssessment.objects.filter(nomination=case.nomination, moment=Moment.CONCLUDED, made_at=row.at)
    return letters.refused(case.nomination, row, rows.first(), whole=case.sensitive)


def _shown(case: Case, page: str, key: int, paper: Paper, title: str) -> HttpResponse:
    of = f"nominations:{page.replace('letter', 'file')}"
    files = {form: reverse(of, args=[case.nomination.pk, key, form]) for form in ("docx", "pdf")}
    back = case.nomination.get_absolute_url()
    return show_paper(case.request, paper, title=title, name=case.nomination.name, back=back, files=files)


def _file(case: Case, page: str, paper: Paper, form: str) -> HttpResponseBase:
    name = f"{NAMES[page]}-{case.nomination.pk}"
    return paper_file(case.request, paper, form=form, name=name, back=case.nomination.get_absolute_url())
