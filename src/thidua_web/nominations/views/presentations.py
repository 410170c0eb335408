"""The tờ trình on the screen, to edit, to issue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.papers.paper import Paper
from thidua_web.archive.downloads import TYPES, made_response
from thidua_web.nominations import submission_workbook
from thidua_web.nominations.models import ReviewMeeting, Submission
from thidua_web.nominations.pages.presentation import presentation as pages_presentation
from thidua_web.nominations.queries.checking import needed_papers
from thidua_web.nominations.queries.submission_values import nominated
from thidua_web.nominations.views.papers import paper_file, show_paper
from thidua_web.nominations.views.seeing import load_seen

PROPOSAL = "to_trinh"


@never_cache
@require_safe
def presentation(request: HttpRequest, submission_id: int) -> HttpResponse:
    """As it would be printed now; signed, as it was sent."""
    row = load_seen(request, submission_id)
    files = {form: reverse("nominations:presentation_file", args=[row.pk, form]) for form in ("docx", "pdf")}
    note = "" if row.lodged_on else gettext("Bản nháp: số, ngày và người ký có khi lãnh đạo ký trình.")
    title = gettext("Tờ trình đề nghị khen thưởng")
    return show_paper(
        request, _paper(row), title=title, name=row.title, back=row.get_absolute_url(), files=files, note=note
    )


@never_cache
@require_safe
def presentation_file(request: HttpRequest, submission_id: int, form: str) -> HttpResponseBase:
    row = load_seen(request, submission_id)
    back = reverse("nominations:presentation", args=[row.pk])
    return paper_file(request, _paper(row), form=form, name=f"to-trinh-{row.pk}", back=back)


@never_cache
@require_safe
def nominees_file(request: HttpRequest, submission_id: int) -> HttpResponseBase:
    """The list that goes with it, to count and to join with others'."""
    row = load_seen(request, submission_id)
    data = submission_workbook.written(row, nominated(row))
    return made_response(data, name=f"danh-sach-kem-to-trinh-{row.pk}.xlsx", content_type=TYPES["xlsx"])


def _paper(row: Submission) -> Paper:
    rows, today = nominated(row), timezone.localdate()
    held = ReviewMeeting.objects.filter(submission=row).values_list("held_on", flat=True).first()
    one_each = {(one.award, one.subject, one.offer_id): one for one in rows}.values()
    words = [paper.words for one in one_each for paper in needed_papers(one, today) if paper.code != PROPOSAL]
    return pages_presentation(row, rows, dict.fromkeys(words), held)
