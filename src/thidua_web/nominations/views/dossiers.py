"""A nominee's dossier as the unit writes it: the report, its claims, what is still missing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.archive.taking import ACCEPTED, MOST_MEGABYTES
from thidua_web.campaigns.forms.editing import whole
from thidua_web.config import drafts
from thidua_web.nominations.actions import dossiers as actions
from thidua_web.nominations.actions.dossiers import Draft, Saved
from thidua_web.nominations.forms import dossiers as forms
from thidua_web.nominations.forms.dossiers import DossierForm
from thidua_web.nominations.models import Claim, DossierFile, Nomination
from thidua_web.nominations.pages import dossiers as pages
from thidua_web.nominations.pages.cases import note
from thidua_web.nominations.queries import dossiers as queries
from thidua_web.nominations.queries.checking import needed_papers, papers_note
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.views.dossier_uploads import keep_all
from thidua_web.nominations.views.seeing import access_of, load_nomination
from thidua_web.register.nominees import kind_of

REFUSED, CONFLICT = 422, 409
NOT_SAVED = {
    Saved.ANOTHER: _(
        "Chưa lưu: hồ sơ đã được lưu ở thẻ khác hoặc bởi người khác. Tải lại trang để so; điều đã viết được giữ ở "
        "máy này."
    ),
    Saved.CLOSED: _("Hồ sơ đã trình nên không lưu thêm."),
}


@dataclass(frozen=True)
class Case:
    """One dossier as a request meets it."""

    request: HttpRequest
    nomination: Nomination

    @property
    def may_write(self) -> bool:
        return queries.is_writable(self.nomination) and self.may_edit

    @property
    def may_add_files(self) -> bool:
        return queries.takes_files(self.nomination) and self.may_edit

    @cached_property
    def may_edit(self) -> bool:
        return access_of(self.request).may("nomination.edit", self.nomination.unit)

    @cached_property
    def claims(self) -> list[Claim]:
        return queries.claims_of(self.nomination)

    @cached_property
    def files(self) -> list[DossierFile]:
        return queries.files_of(self.nomination)

    @cached_property
    def last_day(self) -> pages.LastDay | None:
        submission = self.nomination.submission
        return pages.last_day(self.nomination, timezone.localdate(), lambda key: queries.is_excepted(submission, key))

    @cached_property
    def checklist(self) -> pages.Checklist:
        on = timezone.localdate()
        held = pages.Held(
            self.files, queries.papers_of_submission(self.nomination), queries.confirmations_of(self.nomination)
        )
        return pages.checklist(self.nomination, needed_papers(self.nomination, on), held, on)


def case_of(request: HttpRequest, nomination_id: int, permission: str = "nomination.see") -> Case:
    return Case(request, load_nomination(request, nomination_id, permission))


@never_cache
@require_safe
def dossier(request: HttpRequest, nomination_id: int) -> HttpResponse:
    return show(case_of(request, nomination_id))


def show(case: Case, sent: DossierForm | None = None, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `sent` is a form that came back with errors."""
    return render(case.request, "nominations/dossier.html", _context(case, sent) | more, status=status)


def head(case: Case) -> dict[str, Any]:
    """What the head of every page of a dossier says."""
    nomination = case.nomination
    return {
        "case": case,
        "nomination": nomination,
        "award": award_title(nomination.award, nomination.lodged_on or timezone.localdate()),
        "is_writable": queries.is_writable(nomination),
    }


def _context(case: Case, sent: DossierForm | None = None) -> dict[str, Any]:
    nomination, access = case.nomination, access_of(case.request)
    form = (sent or forms.unbound(nomination, map(queries.claim_values, case.claims))) if case.may_write else None
    rows = pages.claim_rows(form, case.claims, case.files) if form else pages.claim_lines(case.claims, case.files)
    request = queries.open_request(nomination)
    return {
        "form": form,
        "errors": form.errors if form else [],
        "parts": pages.report_parts(nomination, form),
        "claims": [one for one in rows if one.row is None or not one.row.removed],
        "ahead": pages.ShownClaim(0, forms.blank()),
        "token": uuid.uuid4(),
        **_side(case),
        "choices": pages.upload_choices(case.checklist, rows, request is not None),
        "about": case.request.GET.get("la", ""),
        "open_request": request,
        "awards": queries.awards_of(nomination) if access.may("award.see", nomination.unit) else None,
        "register_page": f"register:{kind_of(nomination.nominee)}",
        "accepted": ACCEPTED,
        "most_megabytes": MOST_MEGABYTES,
    }


# Saving ---------------------------------------------------------------------------------------------------------------


@require_POST
def save(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Keep what was written; the button for files keeps those too. The page's script asks for what changed beside it,
    others for the page.
    """
    case = case_of(request, nomination_id, "nomination.edit")
    form, saved = _save(case)
    if drafts.is_draft(request):
        return _answer(case, form, saved)
    if saved is Saved.CLOSED:
        messages.warning(request, str(NOT_SAVED[saved]))
        return redirect("nominations:dossier", nomination_id)
    if saved is Saved.ANOTHER:
        return show(case, form, status=CONFLICT, conflict=True)
    uploads = request.POST.get("act") == "upload"
    if uploads:
        keep_all(request, case.nomination)
    if form.errors or form.too_many:
        return show(case, form, status=REFUSED, kept=True)
    if not uploads:
        messages.success(request, gettext("Đã lưu hồ sơ."))
    return redirect("nominations:dossier", nomination_id)


def _save(case: Case) -> tuple[DossierForm, Saved]:
    data, nomination = case.request.POST, case.nomination
    form = forms.read(data, nomination, queries.known_claims(nomination))
    if not queries.is_writable(nomination):
        return form, Saved.CLOSED
    if form.too_many:
        return form, Saved.SAVED
    seen = whole(data.get("revision", ""))
    saved = actions.save(
        nomination=nomination,
        draft=Draft(**form.draft(nomination)),
        seen=nomination.revision if seen is None else seen,
        token=drafts.token_of(data.get("token", "")),
        by=case.request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    return form, saved


def _answer(case: Case, form: DossierForm, saved: Saved) -> HttpResponse:
    """For the page's script: what is beside the form, and at which field something is wrong."""
    nomination = case.nomination
    if saved is not Saved.SAVED:
        last = nomination.edited_in if saved is Saved.ANOTHER else None
        return drafts.not_saved(str(NOT_SAVED[saved]), revision=nomination.revision, last=last)
    errors = {field: error for field, _label, error in reversed(form.errors)}
    said = gettext("Đã lưu, trừ %(n)s ô ghi chưa đúng.") if errors else gettext("Đã lưu lúc %(time)s.")
    side = render_to_string("nominations/_dossier_checklist.html", _side(case), case.request)
    return drafts.saved(
        revision=nomination.revision,
        said=said % {"n": len(form.errors), "time": f"{timezone.localtime():%H:%M:%S}"},
        trouble=bool(errors),
        faults=errors,
        parts={"dossier-checklist": side},
    )


def _side(case: Case) -> dict[str, Any]:
    told = papers_note(case.nomination, timezone.localdate())
    return {**head(case), "checklist": case.checklist, "papers_note": note(told, get_language() or "vi")}
