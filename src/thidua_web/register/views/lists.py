"""The page of lists: templates to fill in, lists to take along, and the place to drop a filled-in one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from thidua import explain
from thidua_web.archive.downloads import TYPES, made_response, written_response
from thidua_web.register.actions import exports as export_actions
from thidua_web.register.actions import imports as actions
from thidua_web.register.forms.imports import ListForm
from thidua_web.register.lists.kinds import PERMISSIONS, PLANNERS, SEEING
from thidua_web.register.models import ListKind
from thidua_web.register.queries import exports
from thidua_web.register.queries import imports as queries
from thidua_web.register.views.seeing import access_of
from thidua_web.register.workbooks.template import template as make_template

ABOUT = {
    ListKind.UNITS: _("Cây đơn vị: mã, tên, loại, cấp trên, mã định danh."),
    ListKind.PEOPLE: _("Cán bộ, công chức, viên chức, người lao động và chức vụ."),
    ListKind.HOUSEHOLDS: _("Hộ gia đình của xã, phường, đặc khu: chủ hộ, nơi ở, mã hộ."),
    ListKind.RATINGS: _("Xếp loại chất lượng hằng năm của tập thể, cá nhân, tổ chức đảng, đảng viên."),
    ListKind.AWARDS: _("Danh hiệu, hình thức khen thưởng đã có, kể cả trước khi dùng phần mềm."),
    ListKind.REFORMS: _("Đổi tên, sáp nhập, chia tách, giải thể, chuyển cấp trên."),
}
FILE_NAMES = {
    ListKind.UNITS: "don-vi",
    ListKind.PEOPLE: "nguoi",
    ListKind.HOUSEHOLDS: "ho-gia-dinh",
    ListKind.RATINGS: "xep-loai",
    ListKind.AWARDS: "khen-thuong",
    ListKind.REFORMS: "sap-xep",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    access = access_of(request)
    access.require("unit.see", access.current.pk if access.current else None)
    context: dict[str, Any] = {"chosen": request.GET.get("loai", "")}
    if request.method == "POST":
        answer = _receive(request)
        if isinstance(answer, HttpResponse):
            return answer
        context = answer
    unit = access.current
    seen = [kind for kind in ListKind if access.may(SEEING[kind], unit.pk)]
    kinds = [
        {
            "kind": kind.value,
            "label": kind.label,
            "about": ABOUT[kind],
            "may_send": kind in PLANNERS and access.may(PERMISSIONS[kind], unit.pk),
            "may_take": kind is not ListKind.REFORMS,
        }
        for kind in seen
    ]
    context |= {
        "kinds": kinds,
        "may_send_any": any(one["may_send"] for one in kinds),
        "may_take_sensitive": access.may("person.sensitive", unit.pk),
        "runs": queries.runs_of({unit.pk for unit in access.units}, [kind.value for kind in seen]),
    }
    return render(request, "register/_list_desk.html" if _partly(request) else "register/lists.html", context)


def _partly(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]


def _receive(request: HttpRequest) -> HttpResponse | dict[str, Any]:
    """Off to the list's own page; what cannot be taken is told on this one."""
    access = access_of(request)
    form = ListForm(request.POST, request.FILES)
    kind = request.POST.get("kind", "")
    if kind not in PLANNERS:
        raise Http404
    access.require(PERMISSIONS[kind], access.current.pk)
    if not form.is_valid():
        return {"form": form, "chosen": kind}
    file = form.cleaned_data["file"]
    upload = actions.upload_list(
        source=file,
        name=file.name,
        kind=kind,
        unit=access.current,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        sensitive=access.may("person.sensitive", access.current.pk),
    )
    if upload.run is None or upload.known:
        why = explain.say(upload.error.code, upload.error.params, get_language() or "vi") if upload.error else ""
        return {"upload": upload, "why": why, "chosen": kind}
    return HttpResponseClientRedirect(upload.run.get_absolute_url()) if _partly(request) else redirect(upload.run)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponseBase:
    access = access_of(request)
    if kind not in PERMISSIONS:
        raise Http404
    access.require(SEEING[kind], access.current.pk if access.current else None)
    data = make_template(kind, exports.codes_within(access.current, on=timezone.localdate()))
    return made_response(data, name=f"mau-{FILE_NAMES[ListKind(kind)]}.xlsx", content_type=TYPES["xlsx"])


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as the register has it now; sensitive data only for who may see it, and asks for it."""
    access = access_of(request)
    kind = request.POST.get("kind", "")
    if kind not in PERMISSIONS or kind == ListKind.REFORMS:
        raise Http404
    unit = access.current
    access.require(SEEING[kind], unit.pk if unit else None)
    secrets = kind == ListKind.PEOPLE and bool(request.POST.get("sensitive"))
    if secrets:
        access.require("person.sensitive", unit.pk)
    if kind == ListKind.RATINGS:
        secrets = access.may("person.sensitive", unit.pk)
    now = timezone.now()
    file = export_actions.export_list(kind=kind, reach=unit, secrets=secrets, by=request.user, at=now)  # type: ignore[arg-type]
    name = f"{FILE_NAMES[ListKind(kind)]}-{timezone.localdate(now):%Y%m%d}.xlsx"
    return written_response(file, name=name, content_type=TYPES["xlsx"])
