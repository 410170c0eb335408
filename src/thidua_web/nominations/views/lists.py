"""Appraised lists: what the appraisal hands to the council."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.campaigns.models import Campaign
from thidua_web.config.lookup import only
from thidua_web.nominations.actions import lists as actions
from thidua_web.nominations.actions.lists import Signed
from thidua_web.nominations.forms.lists import ListForm, SignForm
from thidua_web.nominations.models import AppraisedList, ListState, Nomination
from thidua_web.nominations.pages import lists as pages
from thidua_web.nominations.pages.wording import wording_of
from thidua_web.nominations.queries import lists as queries
from thidua_web.nominations.views.papers import paper_file, show_paper
from thidua_web.nominations.views.seeing import access_of
from thidua_web.progress.queries.signers import position_of
from thidua_web.register.models import Unit

REFUSED, CONFLICT = 422, 409
SIGNED = {
    Signed.DONE: _("Đã ký danh sách. Kết quả trong danh sách không đổi được nữa."),
    Signed.ALREADY: _("Đã ký danh sách. Kết quả trong danh sách không đổi được nữa."),
    Signed.EMPTY: _("Chưa ký: danh sách chưa có ai."),
    Signed.STALE: _("Chưa ký: danh sách đã thay đổi từ khi bạn mở trang. Hãy xem lại rồi ký."),
}


def desk_unit(request: HttpRequest, permission: str) -> Unit:
    """That of the desk one works at."""
    access = access_of(request)
    if access.current is None:
        raise Http404
    access.require(permission, access.current)
    return access.current


def load_list(request: HttpRequest, list_id: int, permission: str) -> AppraisedList:
    rows = AppraisedList.objects.select_related("to_unit__parent", "campaign", "signed_by", "made_by")
    found = only(rows.filter(pk=list_id))
    if found is None:
        raise Http404
    access_of(request).require(permission, found.to_unit)
    return found


@never_cache
def appraised_lists(request: HttpRequest) -> HttpResponse:
    writes = request.method == "POST"
    unit = desk_unit(request, "appraisal.act" if writes else "appraisal.see")
    sent = request.POST if writes else None
    form = ListForm(sent, campaigns=campaigns_of(unit), initial=_initial(), auto_id="id_%s")
    if writes and form.is_valid():
        row = actions.make(to_unit=unit, by=request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
        return redirect(row)
    context = {
        "unit": unit,
        "lists": queries.lists_of(unit)[:200],
        "form": form,
        "may_make": access_of(request).may("appraisal.act", unit),
    }
    return render(request, "nominations/appraised_lists.html", context, status=REFUSED if writes else 200)


def _initial() -> dict[str, Any]:
    year = timezone.localdate().year
    return {"year": year, "title": gettext("Kết quả thẩm định khen thưởng năm %(year)s") % {"year": year}}


def campaigns_of(unit: Unit) -> Any:
    rows = Nomination.objects.filter(to_unit=unit, submission__campaign__isnull=False).order_by()
    return Campaign.objects.filter(pk__in=rows.values("submission__campaign")).order_by("-pk")


@never_cache
@require_safe
def appraised_list(request: HttpRequest, list_id: int) -> HttpResponse:
    return _show(request, load_list(request, list_id, "appraisal.see"))


def _show(request: HttpRequest, row: AppraisedList, *, sign: SignForm | None = None, status: int = 200) -> HttpResponse:
    access = access_of(request)
    found = _groups(row)
    count = sum(len(group.rows) for group in found)
    draft = row.state == ListState.DRAFT
    context = {
        "list": row,
        "unit": row.to_unit,
        "groups": found,
        "count": count,
        "recommended": sum(len(group.rows) for group in found if group.recommended),
        "waiting": queries.fitting(row).count() if draft else 0,
        "is_draft": draft,
        "may_change": draft and access.may("appraisal.act", row.to_unit),
        "may_sign": draft and count > 0 and access.may("appraisal.sign", row.to_unit),
        "sign_form": sign or SignForm(initial={"seen": count}, auto_id="id_%s"),
    }
    return render(request, "nominations/appraised_list.html", context, status=status)


def _groups(row: AppraisedList) -> list[pages.Group]:
    rows = list(queries.listed(row))
    day = timezone.localdate(row.signed_at) if row.signed_at else timezone.localdate()
    return pages.groups(rows, queries.opinions_of(rows), wording_of(row.to_unit), day)


@require_POST
def gather(request: HttpRequest, list_id: int) -> HttpResponse:
    row = load_list(request, list_id, "appraisal.act")
    count = actions.gather(row=row, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, gettext("Đã đưa thêm %(n)s hồ sơ vào danh sách.") % {"n": count})
    return redirect(row)


@require_POST
def take_out(request: HttpRequest, list_id: int, nomination_id: int) -> HttpResponse:
    row = load_list(request, list_id, "appraisal.act")
    if actions.take_out(row=row, nomination=nomination_id, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã đưa hồ sơ ra khỏi danh sách; bấm “Đưa thêm” để đưa lại."))
    return redirect(row)


@require_POST
def sign_list(request: HttpRequest, list_id: int) -> HttpResponse:
    row = load_list(request, list_id, "appraisal.sign")
    form = SignForm(request.POST, auto_id="id_%s")
    if not form.is_valid():
        return _show(request, row, sign=form, status=REFUSED)
    signed_as = position_of(request.user, row.to_unit, on=timezone.localdate())  # type: ignore[arg-type]
    done = actions.sign(row=row, signed_as=signed_as, by=request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
    if done in (Signed.DONE, Signed.ALREADY):
        messages.success(request, str(SIGNED[done]))
        return redirect(row)
    messages.warning(request, str(SIGNED[done]))
    return _show(request, load_list(request, list_id, "appraisal.see"), status=CONFLICT)


@never_cache
@require_safe
def list_paper(request: HttpRequest, list_id: int) -> HttpResponse:
    row = load_list(request, list_id, "appraisal.see")
    files = {form: reverse("nominations:list_file", args=[row.pk, form]) for form in ("docx", "pdf")}
    made = pages.paper(row, _groups(row), timezone.localdate())
    title = gettext("Báo cáo kết quả thẩm định")
    return show_paper(request, made, title=title, name=row.title, back=row.get_absolute_url(), files=files)


@never_cache
@require_safe
def list_file(request: HttpRequest, list_id: int, form: str) -> HttpResponseBase:
    row = load_list(request, list_id, "appraisal.see")
    made = pages.paper(row, _groups(row), timezone.localdate())
    actions.note_export(row=row, form=form, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return paper_file(request, made, form=form, name=f"ket-qua-tham-dinh-{row.pk}", back=row.get_absolute_url())
