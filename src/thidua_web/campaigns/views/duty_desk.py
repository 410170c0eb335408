"""The desk of a campaign's duties. What it shows stands in the address, so that it can be sent to others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.extensions import Door
from thidua_web.campaigns.forms.launches import DayField
from thidua_web.campaigns.models import Campaign, DutyDay, DutyDone
from thidua_web.campaigns.pages import duty_day as duty_page
from thidua_web.campaigns.pages.campaign import Papers
from thidua_web.campaigns.queries import campaigns as campaign_queries
from thidua_web.campaigns.queries import duties as duties_queries
from thidua_web.campaigns.queries import duty_desk as queries
from thidua_web.campaigns.queries.duty_desk import DutyState, Filter
from thidua_web.campaigns.views.seeing import load_campaign
from thidua_web.register.models import Unit

ALL_UNITS = "moi"
TONES = {
    DutyState.LATE: "fault",
    DutyState.SOON: "doubt",
    DutyState.LATER: "waiting",
    DutyState.DONE: "met",
    DutyState.UNDATED: "unknown",
}


class DeskForm(forms.Form):
    """The filters, as a sentence."""

    trang_thai = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("mọi tình trạng")), *DutyState.choices]
    )
    don_vi = forms.ChoiceField(label=_("của"), required=False)
    tu = DayField(label=_("hạn từ"), required=False)
    den = DayField(label=_("đến"), required=False)
    tim = forms.CharField(label=_("có chữ"), required=False, max_length=200)

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, auto_id="desk_%s", **options)
        self.fields["don_vi"].choices = [  # type: ignore[attr-defined]
            (ALL_UNITS, _("mọi đơn vị")),
            *((str(unit.pk), unit.name) for unit in units),
        ]


@dataclass(frozen=True)
class Row:
    """One day of a duty; `done` is what the unit that was asked about has said, `door` where it is done."""

    day: DutyDay
    state: str
    label: str
    tone: str
    href: str
    left: int | None
    done: DutyDone | None = None
    door: Door | None = None

    @property
    def late(self) -> int:
        return -(self.left or 0)


@dataclass(frozen=True)
class Tab:
    """A state with its count; the address keeps the other filters."""

    label: str
    n: int
    query: str
    current: bool
    tone: str = ""


@never_cache
@require_safe
def duties(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = load_campaign(request, campaign_id)
    papers = Papers.of(campaign, campaign_queries.editions(campaign.pk))
    part = desk_part(request, campaign, papers, timezone.localdate())
    name = "_duty_desk" if request.htmx else "duties"  # type: ignore[attr-defined]
    return render(request, f"campaigns/{name}.html", {"campaign": campaign, **part})


@never_cache
@require_safe
def duty_day(request: HttpRequest, campaign_id: int, day_id: int) -> HttpResponse:
    """Which units have done it and which have not: only inside the unit that launched the campaign."""
    campaign, today = load_campaign(request, campaign_id), timezone.localdate()
    request.access.require("campaign.see", campaign.unit_id)  # type: ignore[attr-defined]
    day = duties_queries.day_of_campaign(campaign.pk, day_id, today=today)
    if day is None:
        raise Http404
    papers = Papers.of(campaign, campaign_queries.editions(campaign.pk))
    units, marks = duties_queries.units_addressed(day.duty_id), duties_queries.marks_of(day.pk)
    who = duty_page.who_did(units, marks, day.due)
    context = {
        "campaign": campaign,
        "row": row(day, papers, today),
        "open": who.open,
        "done": who.done,
        "before": who.before,
        "left": sum(len(kind.lines) for kind in who.open),
    }
    return render(request, "campaigns/duty_day.html", context)


def desk_part(request: HttpRequest, campaign: Campaign, papers: Papers, today: datetime.date) -> dict[str, Any]:
    """All that the desk's template needs."""
    access: Access = request.access  # type: ignore[attr-defined]
    units = _choosable(access, campaign)
    form = DeskForm(request.GET or None, units=units)
    asked = _asked(form, request, _default_unit(access, campaign, units))
    found = queries.desk(campaign.pk, asked, today=today)
    mine = access.current is not None and asked.unit == access.current.pk
    marks = queries.done_marks(found.days, asked.unit) if asked.unit is not None else {}
    may_mark = mine and access.may("duty.mark", asked.unit)
    doors = extensions.doors(found.days, access.current) if may_mark and access.current else {}
    return {
        "desk": found,
        "desk_form": form if form.is_bound else DeskForm(initial=_initial(asked), units=units),
        "desk_filter": asked,
        "desk_rows": [row(day, papers, today, marks.get(day.pk), doors.get(day.pk)) for day in found.days],
        "desk_tabs": _tabs(found, asked),
        "desk_unit": next((unit for unit in units if unit.pk == asked.unit), None),
        "desk_narrowed": bool(asked.state or asked.first or asked.last or asked.words),
        "before": _query(replace(asked, page=found.page - 1)) if found.page > 1 else "",
        "after": _query(replace(asked, page=found.page + 1)) if found.page < found.pages else "",
        "may_mark": may_mark,
        "owner": access.may("campaign.see", campaign.unit_id),
    }


def _choosable(access: Access, campaign: Campaign) -> list[Unit]:
    """The owner may ask about everybody, others about the units that they work in."""
    units = queries.addressed_units(campaign.pk)
    if access.may("campaign.see", campaign.unit_id):
        return units
    own = {unit.pk for unit in access.units}
    return [unit for unit in units if unit.pk in own]


def _default_unit(access: Access, campaign: Campaign, units: list[Unit]) -> int | None:
    """Whoever works below sees what falls on their own unit first."""
    if access.may("campaign.see", campaign.unit_id) or access.current is None:
        return None
    return next((unit.pk for unit in units if unit == access.current), None)


def _asked(form: DeskForm, request: HttpRequest, default: int | None) -> Filter:
    """What of the address makes sense; the rest is shown as an error at its field, and counts for nothing."""
    if not form.is_bound:
        return Filter(unit=default)
    form.is_valid()
    said = form.cleaned_data
    unit = said.get("don_vi") or ""
    page = request.GET.get("trang", "")
    return Filter(
        unit=int(unit) if unit.isdecimal() else None if unit == ALL_UNITS else default,
        state=said.get("trang_thai") or "",
        first=said.get("tu"),
        last=said.get("den"),
        words=said.get("tim") or "",
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def _initial(asked: Filter) -> dict[str, Any]:
    return {"don_vi": str(asked.unit) if asked.unit is not None else ALL_UNITS}


def _query(asked: Filter) -> str:
    """The address that says the same."""
    said = {
        "trang_thai": asked.state,
        "don_vi": asked.unit if asked.unit is not None else ALL_UNITS,
        "tu": asked.first.isoformat() if asked.first else "",
        "den": asked.last.isoformat() if asked.last else "",
        "tim": asked.words,
        "trang": asked.page if asked.page > 1 else "",
    }
    return urlencode({name: value for name, value in said.items() if value != ""})


def _tabs(found: queries.Desk, asked: Filter) -> list[Tab]:
    every = replace(asked, state="", page=1)
    tabs = [Tab(str(_("Tất cả")), found.all, _query(every), not asked.state)]
    for state in DutyState:
        n = found.counts.get(state.value, 0)
        chosen = asked.state == state.value
        tabs.append(Tab(str(state.label), n, _query(replace(every, state=state.value)), chosen, TONES[state]))
    return tabs


def row(
    day: DutyDay, papers: Papers, today: datetime.date, done: DutyDone | None = None, door: Door | None = None
) -> Row:
    """`day` comes with the `state` of the desk."""
    state = DutyState(day.state)  # type: ignore[attr-defined]
    left = (day.due - today).days if day.due else None
    href = papers.words(day.duty.document_id, day.duty.key)
    return Row(day, state.value, str(state.label), TONES[state], href, left, done, door)
