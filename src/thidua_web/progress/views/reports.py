"""A unit's report: the form that is saved as it is written, its papers, and its way over the head's desk."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua import explain
from thidua.plans.formats.limits import MEGABYTE
from thidua_web.accounts.access import Access
from thidua_web.archive.downloads import file_response
from thidua_web.archive.evidence import MOST_BYTES, MOST_FILES
from thidua_web.campaigns.forms.launches import ReturnForm
from thidua_web.campaigns.models import DutyDay
from thidua_web.config import drafts
from thidua_web.config.lookup import only
from thidua_web.progress.actions import evidence as evidence_actions
from thidua_web.progress.actions import reports as actions
from thidua_web.progress.actions.reports import EDITABLE, Moved, Saved, Saving
from thidua_web.progress.completeness import lacking
from thidua_web.progress.forms.reports import ReportForm
from thidua_web.progress.models import PledgedTarget, PledgedWork, Report
from thidua_web.progress.models.cells import empty, is_empty
from thidua_web.progress.pages import reports as pages
from thidua_web.progress.queries import reports as queries
from thidua_web.progress.queries.reports import Content
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit

REFUSED = 422
CONFLICT = 409
STALE = _(
    "%(name)s đã sửa báo cáo này lúc %(at)s, sau khi bạn mở trang. Nội dung bạn nhập còn nguyên ở đây nhưng chưa ghi. "
    "Các ô khác với bản đang lưu kể bên dưới; bấm Lưu lần nữa để ghi nội dung của bạn."
)
MOVED = {
    "present": _("Đã trình lãnh đạo ký."),
    "sign": _("Đã ký và gửi báo cáo."),
    "withdraw": _("Đã rút báo cáo về để sửa."),
    "hand_back": _("Đã trả lại để sửa."),
    "send_back": _("Đã trả lại báo cáo cho đơn vị."),
}
NOT_MOVED = _("Báo cáo đã thay đổi từ khi bạn mở trang. Hãy xem lại bản mới nhất dưới đây rồi làm tiếp.")


@dataclass(frozen=True)
class Case:
    """One report as a request meets it."""

    day: DutyDay
    unit: Unit
    report: Report | None
    access: Access
    today: datetime.date

    @property
    def owner(self) -> Unit:
        return self.day.duty.campaign.unit

    @property
    def state(self) -> str:
        return self.report.state if self.report else ReportState.DRAFT

    @property
    def may_write(self) -> bool:
        return self.state in EDITABLE and self.access.may("report.edit", self.unit)

    def content(self) -> Content:
        return queries.content(self.day, self.unit.pk, self.report)


def load(request: HttpRequest, day_id: int, unit_id: int, permission: str = "report.see") -> Case:
    """404 where the duty does not ask this unit for a report; its own people and those of the unit that launched see
    it.
    """
    access: Access = request.access  # type: ignore[attr-defined]
    day = queries.day_of_unit(day_id, unit_id)
    unit = only(Unit.objects.filter(pk=unit_id))
    if day is None or unit is None:
        raise Http404
    owner = day.duty.campaign.unit
    above = permission in ("report.see", "report.return") and access.may(permission, owner)
    if permission == "report.return":
        access.require(permission, owner)
    elif not above:
        access.require(permission, unit)
    return Case(day, unit, queries.report_of(day_id, unit_id), access, timezone.localdate())


@never_cache
@require_safe
def report(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    return show(request, load(request, day_id, unit_id))


def show(  # noqa: PLR0913 - what came back with the page
    request: HttpRequest,
    case: Case,
    *,
    form: ReportForm | None = None,
    reason: ReturnForm | None = None,
    saving: Saving | None = None,
    lacks: list[pages.Fault] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; what came back with errors is shown as it was typed."""
    content = case.content()
    if form is None and case.may_write:
        form = _form(case, content)
    campaign = case.day.duty.campaign
    stale = saving is not None and saving.outcome is Saved.STALE
    context: dict[str, Any] = {
        "case": case,
        "campaign": campaign,
        "content": content,
        "clock": pages.clock(case.day, queries.period_of(case.day, campaign), case.report, today=case.today),
        "sheet": pages.sheet(content, form, on=case.today),
        "counts": pages.say_counts(content),
        "form": form,
        "faults": pages.faults(form, content) if form and form.is_bound else [],
        "lacks": lacks,
        "stale": _stale(saving) if saving and stale else "",
        "stored": _stored(form, content) if form and stale else [],
        "steps": _steps(case),
        "reason_form": reason or ReturnForm(),
        "may": _rights(case),
        "about": request.GET.get("minh-chung", ""),
        "most_files": MOST_FILES,
        "most_megabytes": MOST_BYTES // MEGABYTE,
    }
    return render(request, "progress/report.html", context, status=status)


def _form(case: Case, content: Content, data: Any = None, files: Any = None) -> ReportForm:
    keys = {"targets": list(content.of_target), "works": list(content.of_work), "today": case.today}
    if data is not None:
        return ReportForm(data, files, **keys)
    revision = case.report.revision if case.report else 0
    return ReportForm(initial=content.cells | {"revision": revision, "tab": str(uuid.uuid4())}, **keys)


def _rights(case: Case) -> dict[str, bool]:
    access, unit, state = case.access, case.unit, case.state
    signs = access.may("report.sign", unit)
    return {
        "write": case.may_write,
        "present": case.may_write and not signs,
        "sign": signs and state in (*EDITABLE, ReportState.PRESENTED),
        "withdraw": state == ReportState.PRESENTED and access.may("report.edit", unit),
        "hand_back": state == ReportState.PRESENTED and signs,
        "send_back": state == ReportState.SENT and access.may("report.return", case.owner),
    }


def _stale(saving: Saving) -> str:
    row = saving.report
    if row is None:
        return ""
    at = timezone.localtime(row.edited_at)
    return str(STALE) % {"name": row.edited_by.full_name, "at": f"{at:%H:%M %d/%m/%Y}"}


def _stored(form: ReportForm, content: Content) -> list[pages.Fault]:
    """What is stored, in words, of each cell that differs from what was sent."""
    said = pages.names_of(content)
    lines = []
    for cell, sent in form.told.items():
        held = content.cells.get(cell, empty(cell))
        if sent != held:
            stored = str(form.fields[cell].prepare_value(held)) if not is_empty(held) else gettext("để trống")
            words = gettext("%(what)s: bản đang lưu là “%(stored)s”.") % {"what": said[cell], "stored": stored}
            lines.append(pages.Fault(f"r_{cell}", words))
    return lines


PLACES = {ReportState.DRAFT: 0, ReportState.RETURNED: 0, ReportState.PRESENTED: 1, ReportState.SENT: 2}


def _steps(case: Case) -> list[dict[str, Any]]:
    """Written, before the head, sent: who holds it since when. A head who signs at once leaves out the second."""
    row, now = case.report, PLACES[ReportState(case.state)]
    presented = bool(row and row.presented_at and row.presented_by)
    people = [
        (gettext("Soạn"), row.edited_at if row else None, row.edited_by if row else None),
        (gettext("Trình ký"), row.presented_at if row and now else None, row.presented_by if row and now else None),
        (gettext("Ký, gửi"), row.signed_at if row and now == 2 else None, row.signed_by if row and now == 2 else None),
    ]
    states = ["past" if place < now else "now" if place == now else "later" for place in range(3)]
    if now == 2 and not presented:
        states[1] = "skipped"
    return [
        {"label": label, "at": at, "who": who.full_name if who else "", "state": state}
        for (label, at, who), state in zip(people, states, strict=True)
    ]


# Writing -------------------------------------------------------------------------------------------------------------


@require_POST
def save_report(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    """Save what is in the form, then what the button asks for: papers, the head's desk, the signature."""
    case = load(request, day_id, unit_id, "report.edit")
    act = request.POST.get("act", "save")
    if act == "sign":
        case.access.require("report.sign", unit_id)
    content = case.content()
    form = _form(case, content, request.POST, request.FILES)
    clean = form.is_valid()
    if not form.readable:
        return show(request, case, status=REFUSED)
    saving = actions.save(
        day=case.day,
        unit=case.unit,
        cells=form.told,
        seen=form.cleaned_data["revision"],
        tab=form.cleaned_data.get("tab", ""),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    case = Case(case.day, case.unit, saving.report, case.access, case.today)
    if drafts.is_draft(request):
        return _answer(case, form, saving)
    if saving.outcome is Saved.CLOSED:
        return _not_moved(request, case)
    if saving.outcome is Saved.STALE:
        return show(request, case, form=_again(case, form), saving=saving, status=CONFLICT)
    if not clean:
        return show(request, case, form=_again(case, form), status=REFUSED)
    return _go_on(request, case, form, act)


def _again(case: Case, form: ReportForm) -> ReportForm:
    """The same input on top of what is stored now: saved once more, it goes."""
    data = form.data.copy()
    data["revision"] = str(case.report.revision if case.report else 0)
    data["tab"] = str(uuid.uuid4())
    again = ReportForm(
        data,
        targets=[int(cell[1:]) for cell in form.cells if cell[0] == "v"],
        works=[int(cell[1:]) for cell in form.cells if cell[0] == "p"],
        today=case.today,
    )
    again.is_valid()
    return again


def _answer(case: Case, form: ReportForm, saving: Saving) -> HttpResponse:
    """For the script that saves as one types: what is stored, what is wrong where, how far each target is."""
    if saving.outcome is Saved.STALE:
        return drafts.not_saved(_stale(saving))
    if saving.outcome is Saved.CLOSED:
        return drafts.not_saved(str(NOT_MOVED))
    content = case.content()
    row = saving.report
    judged = {}
    for target in content.targets:
        now = pages.judged(target, content.cells.get(f"v{target.pk}"), on=case.today)
        judged[f"said-v{target.pk}"] = " · ".join(part for part in (now.said, now.way) if part)
    for work in content.works:
        judged[f"said-p{work.pk}"] = pages.say_work(pages.reported_work(work, content.cells), on=case.today)[1]
    faults = {f"r_{cell}": form.errors[cell][0] for cell in form.cells if cell in form.errors}
    said = gettext("Đã lưu lúc %(at)s") % {"at": _clock()}
    return drafts.saved(
        revision=row.revision if row else form.cleaned_data["revision"],
        said=f"{gettext('Đã lưu các ô đúng; ô có lỗi chưa ghi.')} {said}" if faults else said,
        trouble=bool(faults),
        faults=faults,
        texts=judged,
    )


def _clock() -> str:
    return f"{timezone.localtime():%H:%M:%S}"


def _go_on(request: HttpRequest, case: Case, form: ReportForm, act: str) -> HttpResponse:
    if act == "upload":
        return _upload(request, case)
    if act not in ("present", "sign"):
        messages.success(request, gettext("Đã lưu lúc %(at)s.") % {"at": _clock()})
        return redirect(_page(case))
    content = case.content()
    if lacks := pages.lacks(lacking(content), content):
        return show(request, case, lacks=lacks, status=REFUSED)
    # What this very save left, not what stands there now: somebody may write in between.
    row = case.report or actions.open_report(day=case.day, unit=case.unit, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    door = actions.present if act == "present" else actions.sign
    moved = door(report=row, seen=row.revision, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _moved(request, case, act, moved)


def _upload(request: HttpRequest, case: Case) -> HttpResponse:
    """Every file is judged; those that cannot be taken are told with the reason, the others are kept."""
    of = _about(case, request.POST.get("about", ""))
    files = request.FILES.getlist("files")
    if not files:
        messages.warning(request, gettext("Chưa chọn tệp nào."))
    for file in files:
        added = evidence_actions.add_evidence(
            source=file,
            name=file.name or "",
            day=case.day,
            unit=case.unit,
            of=of,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
        _tell_of_file(request, added)
    return redirect(f"{_page(case)}#evidence")


def _tell_of_file(request: HttpRequest, added: evidence_actions.Adding) -> None:
    if added.error is not None:
        messages.warning(request, explain.say(added.error.code, added.error.params, get_language() or "vi"))
    elif added.closed:
        messages.warning(request, str(NOT_MOVED))
    else:
        said = _("Tệp “%(name)s” đã có ở đây.") if added.known else _("Đã nhận “%(name)s”.")
        messages.success(request, str(said) % {"name": added.name})


def _about(case: Case, about: str) -> PledgedTarget | PledgedWork | None:
    """What the file proves: `v12` target 12, `p7` work 7; anything else the report as a whole."""
    content = case.content()
    number = int(about[1:]) if about[1:].isdecimal() and len(about) < 12 else 0
    return content.of_target.get(number) if about[:1] == "v" else content.of_work.get(number)


@require_POST
def sign_report(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    """The head signs what lies there."""
    case = load(request, day_id, unit_id, "report.sign")
    return _move(request, case, "sign", actions.sign)


@require_POST
def withdraw_report(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    return _move(request, load(request, day_id, unit_id, "report.edit"), "withdraw", actions.withdraw)


@require_POST
def hand_back_report(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    """The head gives it back to be mended."""
    return _give_back(request, load(request, day_id, unit_id, "report.sign"), "hand_back", actions.hand_back)


@require_POST
def send_back_report(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    """The unit that launched the campaign gives it back."""
    return _give_back(request, load(request, day_id, unit_id, "report.return"), "send_back", actions.send_back)


def _give_back(request: HttpRequest, case: Case, act: str, door: Any) -> HttpResponse:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show(request, case, reason=form, status=REFUSED)
    return _move(request, case, act, door, reason=form.cleaned_data["reason"])


def _move(request: HttpRequest, case: Case, act: str, door: Any, **said: str) -> HttpResponse:
    seen = request.POST.get("revision", "")
    if case.report is None or not seen.isdecimal() or len(seen) > 9:
        return _not_moved(request, case)
    moved = door(report=case.report, seen=int(seen), by=request.user, at=timezone.now(), **said)
    return _moved(request, case, act, moved)


def _moved(request: HttpRequest, case: Case, act: str, moved: Moved) -> HttpResponse:
    if moved is Moved.STALE:
        return _not_moved(request, case)
    if moved is Moved.LACKING:
        content = case.content()
        return show(request, case, lacks=pages.lacks(lacking(content), content), status=REFUSED)
    messages.success(request, str(MOVED[act]))
    return redirect(_page(case))


def _not_moved(request: HttpRequest, case: Case) -> HttpResponse:
    messages.warning(request, str(NOT_MOVED))
    return redirect(_page(case))


def _page(case: Case) -> str:
    return reverse("progress:report", args=[case.day.pk, case.unit.pk])


# Evidence ------------------------------------------------------------------------------------------------------------


@require_safe
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    """Only ever a download."""
    row = queries.evidence(evidence_id)
    if row is None:
        raise Http404
    load(request, row.report.day_id, row.report.unit_id)
    return file_response(row.file, name=row.name)


@require_POST
def remove_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    row = queries.evidence(evidence_id)
    if row is None:
        raise Http404
    case = load(request, row.report.day_id, row.report.unit_id, "report.edit")
    if evidence_actions.remove_evidence(evidence=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã gỡ “%(name)s”.") % {"name": row.name})
    else:
        messages.warning(request, str(NOT_MOVED))
    return redirect(f"{_page(case)}#evidence")
