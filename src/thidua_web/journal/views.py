from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import msgspec
from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua.explain import sentence
from thidua.findings import Finding
from thidua.vietnamese.collation import collation_key
from thidua_web.config.days import DayField
from thidua_web.journal import exports
from thidua_web.journal.actions import note_export
from thidua_web.journal.acts import ACTS, SUBJECTS, page_of, subject_words, words_of
from thidua_web.journal.lines import Kept, kept_lines
from thidua_web.journal.models import JournalCheck, JournalLine
from thidua_web.journal.searching import PERMISSION, Asked, find, page
from thidua_web.journal.verifying import last_check

SHOWN_FAULTS = 20
MOST_EXCEL = 100_000


class FilterForm(forms.Form):
    """The filters, as a sentence."""

    tim = forms.CharField(label=_("người hoặc đối tượng"), required=False, max_length=200)
    viec = forms.ChoiceField(label=_("việc"), required=False)
    don_vi = forms.CharField(label=_("đơn vị"), required=False, max_length=200)
    tu = DayField(label=_("từ ngày"), required=False)
    den = DayField(label=_("đến ngày"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="journal_%s", **options)
        acts = sorted(((code, str(words)) for code, words in ACTS.items()), key=lambda act: collation_key(act[1]))
        self.fields["viec"].choices = [("", gettext("mọi việc")), *acts]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Row:
    """A line as it is shown; `href` where its object has a page that one may see."""

    line: JournalLine
    act: str
    kind: str
    unit: str
    href: str

    @property
    def details(self) -> list[tuple[str, str]]:
        return [(name, _plain(value)) for name, value in self.line.details.items()]

    @property
    def subject(self) -> str:
        """The filter for everything about the same object."""
        return urlencode({"ho_so": f"{self.line.subject_kind}:{self.line.subject}"})


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@never_cache
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    access = _let_in(request)
    form = FilterForm(request.GET)
    asked = _asked(form, request.GET)
    found = page(access, asked)
    check = last_check()
    context = {
        "form": form,
        "asked": asked,
        "narrowed": asked != Asked(before=asked.before),
        "rows": _rows(access, found.lines),
        "older": _query(request, truoc=found.older) if found.older else "",
        "newest": _query(request, truoc=None),
        "filters": [(name, value) for name, value in request.GET.items() if name in (*form.fields, "ho_so") and value],
        "check": check,
        "faults": _faults(check) if check and access.at_the_top(PERMISSION) else [],
    }
    name = "_lines" if request.htmx else "journal"  # type: ignore[attr-defined]
    return render(request, f"journal/{name}.html", context)


def _let_in(request: HttpRequest) -> Any:
    access = request.access  # type: ignore[attr-defined]
    access.require(PERMISSION, access.current and access.current.pk)
    return access


def _asked(form: FilterForm, data: Any) -> Asked:
    """What of the address makes sense; the rest is shown as an error at its field, and counts for nothing."""
    form.is_valid()
    said, before = form.cleaned_data, data.get("truoc", "")
    kind, _, key = data.get("ho_so", "").partition(":")
    return Asked(
        words=said.get("tim") or "",
        act=said.get("viec") or "",
        unit=said.get("don_vi") or "",
        first=said.get("tu"),
        last=said.get("den"),
        subject=(kind, key[:40]) if kind in SUBJECTS else None,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None,
    )


def _query(request: HttpRequest, *, truoc: int | None) -> str:
    said = {name: value for name, value in request.GET.items() if value and name != "truoc"}
    return urlencode(said | ({"truoc": truoc} if truoc else {}))


def _rows(access: Any, lines: list[JournalLine]) -> list[Row]:
    """One query for the names of all their units."""
    units = {unit.pk: unit for unit in access.reach(PERMISSION).filter(pk__in={line.unit for line in lines})}
    return [_row(access, line, units) for line in lines]


def _row(access: Any, line: JournalLine, units: dict[int, Any]) -> Row:
    unit = units.get(line.unit)
    href, permission = page_of(line.subject_kind, line.subject, line.details)
    leads = bool(href) and unit is not None and access.may_in(permission, unit)
    name = unit.name if unit else ""
    return Row(line, words_of(line.act), subject_words(line.subject_kind), name, href if leads else "")


def _faults(check: JournalCheck) -> list[str]:
    known = [{name: value for name, value in fault.items() if name != "act"} for fault in check.faults[:SHOWN_FAULTS]]
    return [sentence(msgspec.convert(fault, Finding), get_language() or "vi") for fault in known]


# As a file -----------------------------------------------------------------------------------------------------------


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """What the page shows under the same filters, all of it; the export is a line of the journal itself."""
    access = _let_in(request)
    asked = _asked(FilterForm(request.POST), request.POST)
    lines = find(access, asked)
    form = "xlsx" if request.POST.get("dang") == "xlsx" else "csv"
    if form == "xlsx" and lines.order_by()[: MOST_EXCEL + 1].count() > MOST_EXCEL:
        messages.warning(request, gettext("Hơn 100.000 dòng: hãy lọc hẹp lại, hoặc xuất CSV."))
        return redirect(f"{reverse('journal:journal')}?{urlencode(_filters(request))}")
    newest = lines.order_by("-number").values_list("number", flat=True).first() or 0
    unit = access.current.pk if access.current else None
    note_export(by=request.user, at=timezone.now(), unit_id=unit, form=form, asked=_filters(request))  # type: ignore[arg-type]
    rows = kept_lines(lines, upto=newest)
    names = dict(access.reach(PERMISSION).values_list("pk", "name"))
    return _excel(rows, names) if form == "xlsx" else _csv(exports.csv_lines(rows, names))


def _filters(request: HttpRequest) -> dict[str, str]:
    wanted = (*FilterForm.base_fields, "ho_so")
    return {name: request.POST[name][:200] for name in wanted if request.POST.get(name)}


def _csv(lines: Iterator[bytes]) -> HttpResponseBase:
    return _as_download(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "nhat-ky.csv")


def _excel(rows: Iterable[Kept], names: dict[int, str]) -> HttpResponseBase:
    out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    exports.write_excel(rows, names, out)
    out.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_download(FileResponse(out, content_type=kind), "nhat-ky.xlsx")


def _as_download(response: Any, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response  # type: ignore[no-any-return]
