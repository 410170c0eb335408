"""One list that came in: its reading, its preview, what is written, what was taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from thidua_web.archive.downloads import TYPES, written_response
from thidua_web.register.actions import faulty_rows as faulty_actions
from thidua_web.register.actions import imports as actions
from thidua_web.register.lists.kinds import PERMISSIONS, SEEING
from thidua_web.register.lists.preview import planned
from thidua_web.register.models import ImportRun, ImportState, RowOutcome
from thidua_web.register.pages import imports as pages
from thidua_web.register.queries import imports as queries
from thidua_web.register.views.seeing import access_of


def load(request: HttpRequest, run_id: int, permissions: dict[str, str]) -> ImportRun:
    """404 for strangers to its unit, 403 for members who may not."""
    found = queries.run(run_id)
    if found is None:
        raise Http404
    access_of(request).require(permissions[found.kind], found.unit_id)
    return found


@never_cache
@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    found = load(request, run_id, SEEING)
    htmx = request.htmx  # type: ignore[attr-defined]
    if found.under_way:
        template = "register/_list_progress.html" if htmx else "register/list_run.html"
        return render(request, template, _head(request, found))
    if htmx and htmx.trigger == "progress":
        return HttpResponseClientRefresh()
    return render(request, "register/list_run.html", _head(request, found) | _preview(request, found))


def _head(request: HttpRequest, found: ImportRun) -> dict[str, Any]:
    access = access_of(request)
    may = access.may(PERMISSIONS[found.kind], found.unit_id)
    return {
        "run": found,
        "may": may,
        "may_write": may and (not found.sensitive or access.may("person.sensitive", found.unit_id)),
        "findings": [pages.told(one) for one in found.findings],
        "ready": found.counts.get("ready", 0),
        "written": found.counts.get("written", 0),
    }


def _preview(request: HttpRequest, found: ImportRun) -> dict[str, Any]:
    if not found.counts.get("all"):
        return {}
    current = request.GET.get("muc", "")
    current = current if current in (*RowOutcome.values, queries.KEPT) else pages.first_tab(found.counts)
    text, doubt, number = request.GET.get("tim", ""), request.GET.get("loai", ""), request.GET.get("trang", "")
    page = queries.rows_page(
        found,
        current,
        text=text[:100],
        doubt=doubt,
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return {
        "current": current,
        "tabs": pages.tabs(found, current),
        "page": page,
        "rows": pages.rows_shown(found, page.rows, planned(found, page.rows)),
        "text": text,
        "doubt": doubt,
        "groups": [(group, pages.doubt_label(group.code)) for group in queries.doubts(found)]
        if current == RowOutcome.DOUBT
        else [],
        "before": _address(request, page.number - 1) if page.number > 1 else "",
        "after": _address(request, page.number + 1) if page.number < page.pages else "",
        "query": "?" + request.GET.urlencode() if request.GET else f"?muc={current}",
        "choosing": found.state in (ImportState.CHECKED, ImportState.STOPPED, ImportState.DONE),
    }


def _address(request: HttpRequest, page: int) -> str:
    said = {name: request.GET[name] for name in ("muc", "tim", "loai") if request.GET.get(name)}
    return "?" + urlencode({**said, "trang": page})


def _act(
    do: Callable[..., bool], done: Promise | str, not_done: Promise | str
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A button of the page: whoever pressed second is told that it is done already."""

    @require_POST
    def view(request: HttpRequest, run_id: int) -> HttpResponse:
        found = load(request, run_id, PERMISSIONS)
        if found.sensitive and do in (actions.write, actions.undo):
            access_of(request).require("person.sensitive", found.unit_id)
        if do(run=found, by=request.user, at=timezone.now()):
            if done:
                messages.success(request, str(done))
        else:
            messages.warning(request, str(not_done))
        return redirect(found)

    return view


write = _act(actions.write, "", _("Không ghi thêm: người khác vừa bấm, hoặc không còn dòng nào sẵn sàng."))
undo = _act(actions.undo, "", _("Không hoàn lại thêm: người khác vừa bấm, hoặc không còn gì để hoàn lại."))
stop = _act(actions.stop, _("Đã dừng."), _("Không có gì đang chạy để dừng: việc vừa xong."))
read_again = _act(actions.read_again, "", _("Danh sách này không đọc lại được vì đã có dòng được ghi."))
drop = _act(actions.drop, _("Đã bỏ danh sách này. Không dòng nào được ghi."), _("Danh sách này không còn chờ ghi."))


@require_POST
def choose(request: HttpRequest, run_id: int) -> HttpResponse:
    """Settle one doubt."""
    found = load(request, run_id, PERMISSIONS)
    number = request.POST.get("number", "")
    settled = number.isdecimal() and actions.choose(
        run=found, number=int(number), sheet=request.POST.get("sheet", ""), choice=request.POST.get("choice", "")
    )
    if not settled:
        messages.warning(request, gettext("Chưa ghi được lựa chọn: dòng này đã được ghi hoặc danh sách đang chạy."))
    return _back(request, found, f"dong-{number}" if number.isdecimal() else "")


@require_POST
def choose_all(request: HttpRequest, run_id: int) -> HttpResponse:
    """Settle every open doubt of a kind."""
    found = load(request, run_id, PERMISSIONS)
    n = actions.choose_all(run=found, doubt=request.POST.get("doubt", ""), choice=request.POST.get("choice", ""))
    messages.success(request, gettext("Đã chọn cho %(n)s dòng.") % {"n": n})
    return _back(request, found, "")


def _back(request: HttpRequest, found: ImportRun, anchor: str) -> HttpResponse:
    """To the page of rows that the choice was made on."""
    query = request.POST.get("query", "")
    address = f"{found.get_absolute_url()}{query if query.startswith('?') else '?muc=doubt'}"
    return redirect(f"{address}#{anchor}" if anchor else address)


@require_safe
def faulty_rows(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """The rows that were not taken, as they stood in the file, with the reason: to be mended and sent again."""
    found = load(request, run_id, PERMISSIONS)
    if found.state in (ImportState.RECEIVED, ImportState.READING) or not found.counts.get("all"):
        raise Http404
    secrets = access_of(request).may("person.sensitive", found.unit_id)
    file = faulty_actions.write_faulty_rows(run=found, secrets=secrets, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    stem = found.name.rsplit(".", 1)[0][:120]
    return written_response(file, name=f"{stem}-can-sua.xlsx", content_type=TYPES["xlsx"])
