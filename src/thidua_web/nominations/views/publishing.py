"""Lists that are shown to the people: made ready, looked at, taken back."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.papers.paper import Paper
from thidua_web.config.lookup import only
from thidua_web.law.linking import basis_href
from thidua_web.nominations.actions import publishing as actions
from thidua_web.nominations.forms.consulting import PublishForm
from thidua_web.nominations.models import Publication
from thidua_web.nominations.pages import consulting as pages
from thidua_web.nominations.queries import consulting as queries
from thidua_web.nominations.views.choosing import Chosen, chosen
from thidua_web.nominations.views.lists import CONFLICT, REFUSED, desk_unit
from thidua_web.nominations.views.papers import paper_file, show_paper
from thidua_web.nominations.views.seeing import access_of
from thidua_web.register.models import Unit


def load(request: HttpRequest, publication_id: int, permission: str) -> Publication:
    found = only(Publication.objects.select_related("unit__parent", "by").filter(pk=publication_id))
    if found is None:
        raise Http404
    access_of(request).require(permission, found.unit)
    return found


@never_cache
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    unit = desk_unit(request, "appraisal.see")
    context = {
        "unit": unit,
        "rows": queries.publications_of(unit)[: queries.MOST_LISTED],
        "may_publish": access_of(request).may("appraisal.act", unit),
        "on": timezone.localdate(),
    }
    return render(request, "nominations/publications.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    unit, on = desk_unit(request, "appraisal.act"), timezone.localdate()
    picked = chosen(unit, request.POST or request.GET, on)
    if request.method != "POST":
        return _form_page(request, unit, picked, PublishForm(initial=_initial(picked, on), on=on, auto_id="id_%s"))
    form = PublishForm(request.POST, on=on, auto_id="id_%s")
    if not form.is_valid() or not picked.rows:
        return _form_page(request, unit, picked, form, status=REFUSED)
    said = dict(form.cleaned_data)
    if said.pop("seen") != len(picked.rows):
        return _form_page(request, unit, picked, form, status=CONFLICT)
    showing = actions.Showing(**said)
    row, new = actions.publish(unit=unit, rows=picked.rows, showing=showing, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if new:
        messages.success(request, gettext("Đã lập danh sách công khai; trang công khai mở từ ngày đã chọn."))
    return redirect(row)


def _initial(picked: Chosen, on: datetime.date) -> dict[str, Any]:
    """As many days as the law gives, the first of them the day after."""
    limit, asked = queries.limit_of(picked.rows, on, "publish"), queries.publication_asked(picked.rows, on)
    years = {row.year for row in picked.rows}
    year = years.pop() if len(years) == 1 else on.year
    return {
        "title": gettext("Lấy ý kiến Nhân dân về khen thưởng năm %(year)s") % {"year": year},
        "since": on,
        "until": limit.calendar.after(on, limit.days),
        "basis": asked[0].citation if asked else "",
    }


def _form_page(
    request: HttpRequest, unit: Unit, picked: Chosen, form: PublishForm, *, status: int = 200
) -> HttpResponse:
    on = timezone.localdate()
    limit = queries.limit_of(picked.rows, on, "publish")
    context = {
        "unit": unit,
        "chosen": picked,
        "form": form,
        "limit": limit,
        "limit_href": basis_href(limit.basis),
        "asked": queries.publication_asked(picked.rows, on),
        "moved": status == CONFLICT,
    }
    return render(request, "nominations/publish.html", context, status=status)


@never_cache
@require_safe
def publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    row, on = load(request, publication_id, "appraisal.see"), timezone.localdate()
    access = access_of(request)
    context = {
        "row": row,
        "shown": pages.shown(queries.shown_in(row), row.since),
        "objected": row.objections.count(),
        "is_open": row.withdrawn_at is None and row.since <= on <= row.until,
        "is_ahead": row.withdrawn_at is None and on < row.since,
        "may_act": row.withdrawn_at is None and on <= row.until and access.may("appraisal.act", row.unit),
        "handles": access.may("objection.handle", row.unit),
        "address": _address(request, row),
    }
    return render(request, "nominations/publication.html", context)


def _address(request: HttpRequest, row: Publication) -> str:
    return request.build_absolute_uri(reverse("nominations:published", args=[row.pk]))


@require_POST
def withdraw(request: HttpRequest, publication_id: int) -> HttpResponse:
    row = load(request, publication_id, "appraisal.act")
    if actions.withdraw(publication=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã rút danh sách; trang công khai không mở được nữa."))
    return redirect(row)


# --- The notice -------------------------------------------------------------------------------------------------------


def _notice(request: HttpRequest, row: Publication) -> Paper:
    return pages.notice(row, list(queries.shown_in(row)), _address(request, row))


@never_cache
@require_safe
def notice(request: HttpRequest, publication_id: int) -> HttpResponse:
    row = load(request, publication_id, "appraisal.see")
    files = {form: reverse("nominations:publication_file", args=[row.pk, form]) for form in ("docx", "pdf")}
    title = gettext("Thông báo lấy ý kiến Nhân dân")
    back = row.get_absolute_url()
    return show_paper(request, _notice(request, row), title=title, name=row.title, back=back, files=files)


@never_cache
@require_safe
def notice_file(request: HttpRequest, publication_id: int, form: str) -> HttpResponseBase:
    row = load(request, publication_id, "appraisal.see")
    made = _notice(request, row)
    answer = paper_file(request, made, form=form, name=f"lay-y-kien-nhan-dan-{row.pk}", back=row.get_absolute_url())
    actions.note_export(publication=row, form=form, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return answer
