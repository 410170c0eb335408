"""The report as a workbook: taken along, sent back, seen before it is written, taken back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua import explain
from thidua.errors import UnreadableError
from thidua.vietnamese.folding import search_key
from thidua_web.archive.downloads import TYPES, made_response
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.progress.actions import report_sheets as actions
from thidua_web.progress.actions.reports import EDITABLE, Saved
from thidua_web.progress.forms.reports import field_of
from thidua_web.progress.models import ReportSheet
from thidua_web.progress.models.cells import DAYS, is_empty
from thidua_web.progress.pages import reports as pages
from thidua_web.progress.queries import report_sheets as sheet_queries
from thidua_web.progress.queries import reports as queries
from thidua_web.progress.views.reports import NOT_MOVED, Case, load
from thidua_web.progress.workbooks import form as workbook
from thidua_web.progress.workbooks.reading import MOST_BYTES, read
from thidua_web.progress.workbooks.understanding import WANTED, packed, understand

KINDS = {
    "v": _("Kết quả"),
    "n": _("Lời, lý do"),
    "p": _("Đã làm (%)"),
    "s": _("Ngày khởi công"),
    "f": _("Ngày hoàn thành"),
    "w": _("Lời, lý do"),
    "t": _("Lời báo cáo"),
}


@require_safe
def report_workbook(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponseBase:
    case = load(request, day_id, unit_id, "report.edit")
    content = case.content()
    shown = pages.sheet(content, None, on=case.today)
    before = {f"v{one.row.pk}": one.before for one in shown.targets}
    before |= {f"p{one.row.pk}": one.before for one in shown.works}
    data = workbook.write(case.day, case.unit, pages.period_words(case.day), content, before)
    name = "-".join(search_key(case.unit.name).split())[:60] or "don-vi"
    due = f"-{case.day.due:%Y%m%d}" if case.day.due else ""
    return made_response(data, name=f"bao-cao-{name}{due}.xlsx", content_type=TYPES["xlsx"])


@require_POST
def send_report_sheet(request: HttpRequest, day_id: int, unit_id: int) -> HttpResponse:
    """Read the whole workbook and show what it would change; nothing is written."""
    case = load(request, day_id, unit_id, "report.edit")
    file = request.FILES.get("file")
    page = reverse("progress:report", args=[day_id, unit_id])
    if file is None:
        messages.warning(request, gettext("Chưa chọn tệp nào."))
        return redirect(page)
    if case.state not in EDITABLE:
        messages.warning(request, str(NOT_MOVED))
        return redirect(page)
    data, name = file.read(MOST_BYTES + 1), file.name or ""
    content = case.content()
    try:
        told = understand(
            read(data, name, WANTED),
            name,
            day=day_id,
            unit=unit_id,
            targets=list(content.of_target),
            works=list(content.of_work),
            today=case.today,
        )
    except UnreadableError as error:
        messages.warning(request, explain.say(error.code, error.params, get_language() or "vi"))
        return redirect(page)
    sheet = actions.receive_sheet(
        data=data,
        name=name,
        day=case.day,
        unit=case.unit,
        read=packed(told),
        faults=[asdict(fault) for fault in told.faults],
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    return redirect("progress:report_sheet", sheet.pk)


def _load(request: HttpRequest, sheet_id: int, permission: str = "report.see") -> tuple[ReportSheet, Case]:
    sheet = queries.sheet(sheet_id)
    if sheet is None:
        raise Http404
    return sheet, load(request, sheet.report.day_id, sheet.report.unit_id, permission)


@never_cache
@require_safe
def report_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    sheet, case = _load(request, sheet_id)
    content = case.content()
    names = pages.names_of(content)
    rows = [_row(one, names, case) for one in sheet_queries.changes(sheet, content.cells)]
    written = sheet.written_at is not None
    context: dict[str, Any] = {
        "sheet": sheet,
        "case": case,
        "campaign": case.day.duty.campaign,
        "period": pages.period_words(case.day),
        "rows": [] if written else rows,
        "conflicts": 0 if written else sum(row["conflict"] for row in rows),
        "page": reverse("progress:report", args=[case.day.pk, case.unit.pk]),
        "may_write": case.may_write and not written and bool(rows),
        "may_undo": case.may_write and written and sheet.undone_at is None,
        "count": len(sheet.written or {}),
    }
    return render(request, "progress/report_sheet.html", context)


def _row(one: sheet_queries.Change, names: dict[str, str], case: Case) -> dict[str, Any]:
    return {
        "cell": one.cell,
        "about": names.get(one.cell, ""),
        "kind": KINDS[one.cell[0]],
        "now": _say(one.cell, one.now, case),
        "after": _say(one.cell, one.after, case),
        "conflict": one.conflict,
    }


def _say(cell: str, value: Any, case: Case) -> str:
    if is_empty(value):
        return ""
    if cell[0] in DAYS:
        return say_day(value)
    return str(field_of(cell, today=case.today).prepare_value(value))


@require_POST
def write_report_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    sheet, case = _load(request, sheet_id, "report.edit")
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    take = set(request.POST.getlist("take"))
    done = actions.write_sheet(sheet=sheet, take=take, seen=revision, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if done.outcome in (Saved.STALE, Saved.CLOSED):
        messages.warning(request, str(NOT_MOVED))
        return redirect("progress:report_sheet", sheet.pk)
    if done.outcome is Saved.SAVED:
        messages.success(
            request, ngettext("Đã ghi %(n)d ô từ biểu.", "Đã ghi %(n)d ô từ biểu.", done.count) % {"n": done.count}
        )
    return redirect("progress:report_sheet", sheet.pk) if case.may_write else redirect(_page(case))


@require_POST
def undo_report_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    sheet, case = _load(request, sheet_id, "report.edit")
    done = actions.undo_sheet(sheet=sheet, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if done.outcome in (Saved.STALE, Saved.CLOSED):
        messages.warning(request, str(NOT_MOVED))
    elif done.outcome is Saved.SAVED:
        messages.success(request, gettext("Đã hoàn lại: %(n)d ô về như trước khi ghi biểu.") % {"n": done.count})
        if done.left:
            n = len(done.left)
            said = ngettext(
                "%(n)d ô đã có người sửa sau đó nên giữ nguyên.", "%(n)d ô đã có người sửa sau đó nên giữ nguyên.", n
            )
            messages.warning(request, said % {"n": n})
    return redirect(_page(case))


def _page(case: Case) -> str:
    return reverse("progress:report", args=[case.day.pk, case.unit.pk])
