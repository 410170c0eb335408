"""The pledge of a unit: written, checked, handed in, returned, accepted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.campaigns.forms.editing import whole
from thidua_web.campaigns.forms.launches import ReturnForm
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.pages.campaign import Papers
from thidua_web.config import drafts
from thidua_web.progress.actions import pledges as actions
from thidua_web.progress.actions.pledges import Draft, Refusal, Standing
from thidua_web.progress.forms import pledges as forms
from thidua_web.progress.forms.pledges import PledgeForm, Row
from thidua_web.progress.models import Pledge
from thidua_web.progress.pages import likeness as likeness_page
from thidua_web.progress.pages import pledges as pages
from thidua_web.progress.queries import likeness as likeness_queries
from thidua_web.progress.queries import pledge_checks as checks
from thidua_web.progress.queries import pledges as queries
from thidua_web.progress.queries.pledge_asked import Asked, Newest, asked
from thidua_web.progress.stages import PLEDGE_MOVES
from thidua_web.progress.views.seeing import access_of, load
from thidua_web.register.models import Unit

NOT_SAVED = {
    Standing.ANOTHER: _(
        "Chưa lưu: đăng ký đã được lưu ở thẻ khác hoặc bởi người khác. Tải lại trang để so; điều đã viết được giữ ở "
        "máy này."
    ),
    Standing.CLOSED: _("Đăng ký đã gửi hoặc đã khóa nên không lưu thêm."),
}


@dataclass(frozen=True)
class Case:
    """A unit's pledge in a campaign; `pledge` is None before its first save."""

    request: HttpRequest
    campaign: Campaign
    unit: Unit
    pledge: Pledge | None

    @property
    def revision(self) -> int:
        return self.pledge.revision if self.pledge else 0

    @property
    def address(self) -> list[int]:
        return [self.campaign.pk, self.unit.pk]

    def may(self, act: str) -> bool:
        """Where the table has the move from here, and my role the permission."""
        move = PLEDGE_MOVES[act]
        unit = self.campaign.unit if move.above else self.unit
        standing = self.pledge.state if self.pledge else "draft"
        closed = self.pledge is not None and self.pledge.closed_at is not None
        return not closed and standing in move.from_ and access_of(self.request).may(move.permission, unit)

    @property
    def may_edit(self) -> bool:
        return actions.is_editable(self.pledge) and access_of(self.request).may("pledge.edit", self.unit)


def case_of(request: HttpRequest, campaign_id: int, unit_id: int, permission: str) -> Case:
    campaign, unit = load(request, campaign_id, unit_id, permission)
    return _case(request, campaign, unit)


def _case(request: HttpRequest, campaign: Campaign, unit: Unit) -> Case:
    pledge = queries.pledge_of(campaign.pk, unit.pk)
    if pledge is not None:
        pledge.campaign, pledge.unit = campaign, unit
    return Case(request, campaign, unit, pledge)


@never_cache
@require_safe
def pledge(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    return show(case_of(request, campaign_id, unit_id, "pledge.see"))


def show(case: Case, sent: PledgeForm | None = None, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `sent` is a form that came back with errors."""
    context = _context(case, sent) | more
    return render(case.request, "progress/pledge.html", context, status=status)


def _context(case: Case, sent: PledgeForm | None = None) -> dict[str, Any]:
    language, on = get_language() or "vi", timezone.localdate()
    stored = stored_rows(case)
    targets, works = stored
    within = likeness_queries.family(case.campaign)
    others = likeness_queries.others_of(works, within) if any(work.alike for work in works) else {}
    by = asked(case.campaign, on=on, edition=within.edition)
    due = queries.due_of(case.campaign.pk, case.unit.pk)
    judged = timezone.localdate(case.pledge.submitted_at) if case.pledge and case.pledge.submitted_at else on
    checked = checks.check_rows(
        case.unit.pk,
        targets,
        works,
        others=others,
        by=by,
        within=within,
        due=due,
        on=judged,
    )
    linked = access_of(case.request).may("pledge.see", case.campaign.unit)
    shown_others = {pk: likeness_page.shown(found, language, linked=linked) for pk, found in others.items()}
    context = {
        "case": case,
        "campaign": case.campaign,
        "unit": case.unit,
        "pledge": case.pledge,
        "strip": pages.strip(case.pledge),
        "due": due,
        "is_asked": case.unit.pk in by.units,
        "rules": pages.rules(checked.by_rules, _words(case, by, within.edition), language),
        "unmet": checked.unmet,
        "faults": len(checked.faults),
        "is_faulty": checked.is_faulty,
        "is_owner": linked,
        "may_edit": case.may_edit,
        "return_form": ReturnForm(),
        **{f"may_{act}": case.may(act) for act in PLEDGE_MOVES},
    }
    if case.may_edit:
        form = sent or forms.unbound(
            map(queries.target_values, targets),
            map(queries.work_values, works),
            case.pledge.note if case.pledge else "",
        )
        return context | _form_context(form, checked, shown_others, language)
    return context | {
        "target_lines": pages.target_lines(targets, checked, language),
        "work_lines": pages.work_lines(works, checked, shown_others, language),
    }


def _form_context(form: PledgeForm, checked: Any, others: Any, language: str) -> dict[str, Any]:
    works = [row for row in form.works if not row.removed]
    targets = [row for row in form.targets if not row.removed]
    return {
        "form": form,
        "errors": form.errors,
        "target_rows": pages.rows(targets, checked, others, language),
        "work_rows": pages.rows(works, checked, others, language),
        "ahead_target": pages.ShownRow(forms.blank("t")),
        "ahead_work": pages.ShownRow(forms.blank("w")),
        "token": uuid.uuid4(),
    }


def stored_rows(case: Case) -> tuple[list[Any], list[Any]]:
    """What the pledge holds; before its first save, what it begins with."""
    if case.pledge is None:
        return queries.first_targets(case.campaign), []
    return queries.targets_of(case.pledge), queries.works_of(case.pledge)


def _words(case: Case, by: Asked, edition: Newest | None) -> Callable[[str], str]:
    """From a rule's words to their place on the paper that the campaign stands on."""

    def words(quote: str) -> str:
        key = by.key_of(quote)
        if not key or edition is None:
            return ""
        return Papers(case.campaign.pk, {edition.document: edition.number}).words(edition.document, key)

    return words


# Saving ---------------------------------------------------------------------------------------------------------------


@require_POST
def save(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """Keep what was written. The page's script asks for the part that changed, others for the page."""
    case = case_of(request, campaign_id, unit_id, "pledge.edit")
    form, saved = _save(case)
    after = _case(request, case.campaign, case.unit)
    if drafts.is_draft(request):
        return _answer(after, form, saved)
    if saved is not Standing.SAVED:
        return _conflict(after, form, saved)
    if form.errors or form.too_many:
        return show(after, form, status=422, kept=True)
    messages.success(request, gettext("Đã lưu đăng ký."))
    return redirect("progress:pledge", *case.address)


def _save(case: Case) -> tuple[PledgeForm, Standing]:
    data = case.request.POST
    form = forms.read(data, _known(case))
    seen = whole(data.get("seen", ""))
    if form.too_many or not actions.is_editable(case.pledge):
        return form, Standing.CLOSED if not actions.is_editable(case.pledge) else Standing.SAVED
    saved = actions.save(
        campaign=case.campaign,
        unit=case.unit,
        draft=Draft(_values(form.targets), _values(form.works), form.note),
        seen=case.revision if seen is None else seen,
        token=drafts.token_of(data.get("token", "")),
        by=case.request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    return form, saved.standing


def _known(case: Case) -> dict[uuid.UUID, Mapping[str, Any]]:
    targets, works = stored_rows(case)
    values = [*map(queries.target_values, targets), *map(queries.work_values, works)]
    return {one["token"]: one for one in values}


def _values(rows: list[Row]) -> list[dict[str, Any]]:
    return [{**row.values, "token": row.token} for row in rows if not row.removed and not row.is_blank]


def _answer(case: Case, form: PledgeForm, saved: Standing) -> HttpResponse:
    """For the page's script: what is beside the form, and at which field something is wrong."""
    if saved is not Standing.SAVED:
        last = case.pledge.saved_token if case.pledge and saved is Standing.ANOTHER else None
        return drafts.not_saved(str(NOT_SAVED[saved]), revision=case.revision, last=last)
    errors = {field: error for field, _label, error in reversed(form.errors)}
    time = f"{timezone.localtime():%H:%M:%S}"
    said = gettext("Đã lưu, trừ %(n)s ô ghi chưa đúng.") if errors else gettext("Đã lưu lúc %(time)s.")
    return drafts.saved(
        revision=case.revision,
        said=said % {"n": len(form.errors), "time": time},
        trouble=bool(errors),
        faults=errors,
        parts=_parts(_context(case, form), case.request),
    )


def _parts(context: dict[str, Any], request: HttpRequest) -> dict[str, str]:
    """What stands beside the form and under each of its rows."""
    side = render_to_string("progress/_pledge_side.html", context, request)
    rows = (*context["target_rows"], *context["work_rows"])
    row_said = get_template("progress/_pledge_row_said.html")
    return {"pledge-side": side} | {f"said-{row.row.prefix}": row_said.render({"shown": row}) for row in rows}


def _conflict(case: Case, form: PledgeForm, saved: Standing) -> HttpResponse:
    """Nothing of what was written is lost: it is on the page, and may be saved over what another saved meanwhile."""
    if saved is Standing.CLOSED or not case.may_edit:
        messages.warning(case.request, gettext("Đăng ký đã gửi hoặc đã khóa nên không lưu thêm được."))
        return redirect("progress:pledge", *case.address)
    return show(case, form, status=409, conflict=True)


# Moves ----------------------------------------------------------------------------------------------------------------


@require_POST
def submit(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """Save what is on the screen and hand it in."""
    case = case_of(request, campaign_id, unit_id, PLEDGE_MOVES["submit"].permission)
    if "t" in request.POST or "w" in request.POST or "note" in request.POST:
        form, saved = _save(case)
        case = _case(request, case.campaign, case.unit)
        if saved is not Standing.SAVED and not _is_mine(case):
            return _conflict(case, form, saved)
        if form.errors or form.too_many:
            return show(case, form, status=422, kept=True)
    if case.pledge is None:
        raise Http404
    done = actions.submit(pledge=case.pledge, seen=case.revision, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if done.refusal is Refusal.FAULTS or done.refusal is Refusal.REASON:
        found = pages.said(done.findings, get_language() or "vi")
        return show(case, status=422, refused=done.refusal.value, refused_for=found)
    case = _case(request, case.campaign, case.unit)
    return _after(case, done=done.refusal is None or _is_mine(case), said=gettext("Đã gửi đăng ký."))


def _is_mine(case: Case) -> bool:
    """A second click finds handed in what the first one handed in."""
    pledge = case.pledge
    return bool(pledge and pledge.state == "submitted" and pledge.submitted_by_id == case.request.user.pk)


@require_POST
def take_back(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    case = _standing(request, campaign_id, unit_id, "take_back")
    done = actions.take_back(pledge=case.pledge, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _after(case, done=done, said=gettext("Đã rút đăng ký về để sửa."))


@require_POST
def send_back(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    case = _standing(request, campaign_id, unit_id, "send_back")
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show(case, status=422, return_form=form)
    reason = form.cleaned_data["reason"]
    done = actions.send_back(pledge=case.pledge, reason=reason, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _after(case, done=done, said=gettext("Đã trả lại đăng ký."))


@require_POST
def accept(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """Accept what was on the screen: `seen` says which revision that was."""
    case = _standing(request, campaign_id, unit_id, "accept")
    seen = whole(request.POST.get("seen", ""))
    done = actions.accept(
        pledge=case.pledge,  # type: ignore[arg-type]
        seen=case.revision if seen is None else seen,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    if not done:
        case = _case(request, case.campaign, case.unit)
        done = bool(case.pledge and case.pledge.state == "accepted" and case.pledge.decided_by_id == request.user.pk)
    return _after(case, done=done, said=gettext("Đã chấp nhận đăng ký."))


def _standing(request: HttpRequest, campaign_id: int, unit_id: int, act: str) -> Case:
    """A pledge that exists; the permission is asked for where the table says."""
    move = PLEDGE_MOVES[act]
    case = case_of(request, campaign_id, unit_id, "pledge.see" if move.above else move.permission)
    if move.above:
        access_of(request).require(move.permission, case.campaign.unit)
    if case.pledge is None:
        raise Http404
    return case


def _after(case: Case, *, done: bool, said: str) -> HttpResponse:
    if done:
        messages.success(case.request, said)
    else:
        messages.warning(
            case.request, gettext("Người khác vừa xử lý đăng ký này; trang đã cập nhật theo tình trạng mới.")
        )
    return redirect("progress:pledge", *case.address)


# Near-duplicates ------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def likeness(request: HttpRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """What looks like a work whose name is being written."""
    campaign, unit = load(request, campaign_id, unit_id, "pledge.see")
    name, where = request.GET.get("ten", "")[:1000], request.GET.get("noi", "")[:200]
    within = likeness_queries.family(campaign)
    own = queries.work_key(campaign.pk, unit.pk, request.GET.get("dong", ""))
    found = likeness_queries.near(name, within=within, owner=unit.name, where=where, but={own} if own else ())
    others = likeness_page.shown(
        likeness_queries.others(found, within),
        get_language() or "vi",
        linked=access_of(request).may("pledge.see", campaign.unit),
    )
    return render(request, "progress/_pledge_alike.html", {"others": others})
