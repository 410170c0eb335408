"""The list of a period's reports, and what targets come to over all units."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua.progress import works
from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.progress.measure import work_of
from thidua_web.progress.models import PledgedWork
from thidua_web.progress.pages.reports import SIGNS, say_period, say_result
from thidua_web.progress.queries.report_list import TONES, Coming, Period, Total
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit, UnitKind


def say(period: Period) -> str:
    return gettext("%(period)s, hạn %(due)s") % {"period": say_period(period.period), "due": say_day(period.due)}


@dataclass(frozen=True)
class Row:
    unit: Unit
    came: Coming
    tone: str
    note: str


def row(unit: Unit) -> Row:
    """`unit` comes with what the list's query says of its report."""
    came = Coming(unit.came)  # type: ignore[attr-defined]
    return Row(unit, came, TONES[came], _note(unit, came))


def _note(unit: Unit, came: Coming) -> str:
    state = unit.report_state  # type: ignore[attr-defined]
    if state == ReportState.RETURNED and unit.sent_on:  # type: ignore[attr-defined]
        return gettext("đang trả lại để sửa")
    if state == ReportState.PRESENTED:
        return gettext("chờ lãnh đạo ký")
    return gettext("đang soạn") if state and came is Coming.MISSING else ""


def kind_label(kind: str) -> str:
    return str(UnitKind(kind).label) if kind in UnitKind.values else kind


# Over all units ------------------------------------------------------------------------------------------------------


class How(models.TextChoices):
    """How results of several units make one."""

    SUM = "sum", _("cộng lại")
    MEAN = "mean", _("trung bình cộng, không có số gốc để tính gia quyền")
    LIST = "list", _("xem từng đơn vị, không gộp")


# Words with which a measure says how much of something, not how many: adding up means nothing.
PARTS = ("phan tram", "diem", "ty le", "binh quan", "hang", "muc")


def how_to_gather(measure: str, indicator: str = "") -> How:
    """By the measure: shares and scores make a mean, amounts a sum; without a measure nothing is made of them."""
    folded, named = search_key(measure), search_key(indicator)
    if "%" in measure or "/" in measure or folded.startswith(PARTS):
        return How.MEAN
    if named.startswith(("ty le", "chi so", "diem", "muc do")):
        return How.MEAN
    return How.SUM if folded else How.LIST


@dataclass(frozen=True)
class Gathered:
    """One target over all units that took it on; numbers None where nothing is made of several."""

    total: Total
    how: How

    @property
    def indicator(self) -> str:
        return self.total.indicator

    @property
    def measure(self) -> str:
        return self.total.measure

    @property
    def value(self) -> float | None:
        return self._of(self.total.values, self.total.valued)

    @property
    def aim(self) -> float | None:
        return self._of(self.total.aims, self.total.aimed)

    @property
    def baseline(self) -> float | None:
        """Only where every unit has one: half a sum would be none."""
        return self._of(self.total.bases, self.total.based) if self.total.based == self.total.pledged else None

    def _of(self, total: float, number: int) -> float | None:
        if not number or (self.how is How.LIST and self.total.pledged > 1):
            return None
        return round(total if self.how is How.SUM else total / number, 2)

    @property
    def said(self) -> str:
        return say_result(self.value, self.measure)

    @property
    def said_aim(self) -> str:
        sign = SIGNS.get((self.total.op, False), "")
        return f"{sign} {say_result(self.aim, self.measure)}".strip() if self.aim is not None else ""

    @property
    def said_baseline(self) -> str:
        return say_result(self.baseline, self.measure)

    @property
    def coverage(self) -> str:
        n = self.total.pledged
        return ngettext("%(reported)s/%(n)s đơn vị báo cáo", "%(reported)s/%(n)s đơn vị báo cáo", n) % {
            "reported": say_number(self.total.reported),
            "n": say_number(n),
        }


def gathered(totals: Iterable[Total]) -> list[Gathered]:
    return [Gathered(total, how_to_gather(total.measure, total.indicator)) for total in totals]


# Works ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ahead:
    """A work before its time: which milestone, by how many days."""

    work: PledgedWork
    milestone: str
    due: datetime.date | None
    on: datetime.date | None
    days: int


def ahead(row: PledgedWork) -> Ahead:
    finish = row.finish_due is not None
    days = works.ahead_days(work_of(row)) or 0
    label = gettext("hoàn thành") if finish else gettext("khởi công")
    due, on = (row.finish_due, row.finished_on) if finish else (row.start_due, row.started_on)
    return Ahead(row, label, due, on, days)
