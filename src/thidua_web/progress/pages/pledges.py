"""What the page of a pledge shows, put together from its rows; no request, no database."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua.findings import Finding, Outcome
from thidua.progress.targets import holds_for_each
from thidua_web.campaigns.models import Target
from thidua_web.campaigns.pages.strip import Step
from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.progress.forms.pledges import PledgeForm, Row
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork
from thidua_web.progress.pages.likeness import ShownOther
from thidua_web.progress.queries.pledge_checks import Checked
from thidua_web.progress.stages import PledgeState

TONES = {Outcome.MET: "met", Outcome.NOT_MET: "fault", Outcome.UNKNOWN: "unknown"}
ORDER = ("fault", "unknown", "met")
STATE_TONES = {
    PledgeState.DRAFT: "note",
    PledgeState.SUBMITTED: "waiting",
    PledgeState.RETURNED: "doubt",
    PledgeState.ACCEPTED: "met",
}
SIGNS = {">=": "≥", "<=": "≤", "=": "=", "range": ""}


class Stage(models.TextChoices):
    WRITING = "writing", _("Soạn đăng ký")
    SUBMITTED = "submitted", _("Gửi đơn vị phát động")
    ACCEPTED = "accepted", _("Được chấp nhận")


REACHED = {
    PledgeState.DRAFT: Stage.WRITING,
    PledgeState.RETURNED: Stage.WRITING,
    PledgeState.SUBMITTED: Stage.SUBMITTED,
    PledgeState.ACCEPTED: Stage.ACCEPTED,
}


def strip(pledge: Pledge | None) -> list[Step]:
    """Where it stands, since when, and through whom."""
    now = list(Stage).index(REACHED[PledgeState(pledge.state)] if pledge else Stage.WRITING)
    known: dict[Stage, tuple[datetime.date | None, str]] = {}
    if pledge:
        known[Stage.WRITING] = (timezone.localdate(pledge.edited_at), pledge.edited_by.full_name)
        if now >= 1 and pledge.submitted_at and pledge.submitted_by:
            known[Stage.SUBMITTED] = (timezone.localdate(pledge.submitted_at), pledge.submitted_by.full_name)
        if now == 2 and pledge.decided_at and pledge.decided_by:
            known[Stage.ACCEPTED] = (timezone.localdate(pledge.decided_at), pledge.decided_by.full_name)
    return [
        Step(str(stage.label), "past" if place < now else "now" if place == now else "later", *known.get(stage, ()))
        for place, stage in enumerate(Stage)
    ]


@dataclass(frozen=True)
class Said:
    tone: str
    sentence: str


def said(findings: Iterable[Finding], language: str) -> list[Said]:
    return [Said(TONES[one.outcome], explain.sentence(one, language)) for one in findings]


@dataclass(frozen=True)
class ShownRule:
    """Words of the plan and how far the pledge keeps to them; without words, what is said of the pledge as a whole."""

    quote: str
    tone: str
    findings: tuple[Said, ...]
    href: str = ""


def rules(findings: Iterable[Finding], words: Callable[[str], str], language: str) -> list[ShownRule]:
    """What is not met first; `words` leads from a quote to its place in the plan."""
    by_quote: dict[str, list[Finding]] = {}
    for one in findings:
        by_quote.setdefault(one.basis.quote or "" if one.basis else "", []).append(one)
    shown = [
        ShownRule(quote, TONES[worst(found)], tuple(said(found, language)), words(quote) if quote else "")
        for quote, found in by_quote.items()
    ]
    return sorted(shown, key=lambda rule: ORDER.index(rule.tone))


def worst(findings: Iterable[Finding]) -> Outcome:
    outcomes = {one.outcome for one in findings}
    return next((one for one in (Outcome.NOT_MET, Outcome.UNKNOWN) if one in outcomes), Outcome.MET)


@dataclass
class ShownRow:
    """A part of the form: `asked` is what the campaign's target says (`of_all`: of all units together), `came` from
    whom the row came.
    """

    row: Row
    number: int = 0
    asked: str = ""
    of_all: bool = False
    came: str = ""
    findings: list[Said] = field(default_factory=list)
    others: list[ShownOther] = field(default_factory=list)

    @property
    def form(self) -> Any:
        return self.row.form

    @property
    def is_own(self) -> bool:
        """Not the campaign's: it may be taken away."""
        return not self.row.stored.get("source")

    @property
    def left_out(self) -> bool:
        return bool(self.row.values.get("left_out"))

    @property
    def has_fault(self) -> bool:
        return any(one.tone == "fault" for one in self.findings) or bool(self.row.form.errors)

    @property
    def base_open(self) -> bool:
        values = self.row.values
        return any(values.get(name) not in (None, "") for name in ("baseline", "base_year"))


def rows(of: Sequence[Row], checked: Checked, others: Mapping[int, list[ShownOther]], language: str) -> list[ShownRow]:
    shown = []
    for number, row in enumerate(of, 1):
        stored = row.stored.get("row")
        source = stored.source if isinstance(stored, PledgedTarget) else None
        shown.append(
            ShownRow(
                row,
                number,
                asked=say_target(source) if source else "",
                of_all=source is not None and not holds_for_each(source.indicator, source.unit),
                came=came_from(stored),
                findings=said(checked.of_rows.get(str(row.token), ()), language),
                others=others.get(stored.pk, []) if isinstance(stored, PledgedWork) and stored.pk else [],
            )
        )
    return shown


def came_from(row: Any) -> str:
    if row is None:
        return ""
    if row.came_from_id:
        return gettext("Tiếp nhận từ %(unit)s") % {"unit": row.came_from.name}
    if isinstance(row, PledgedWork) and row.part_of_id:
        return gettext("Tổng hợp từ %(unit)s") % {"unit": row.part_of.pledge.unit.name}
    if isinstance(row, PledgedTarget) and row.gathered:
        return gettext("Cộng từ %(n)d đơn vị") % {"n": row.gathered}
    return ""


def say_target(target: Target | PledgedTarget) -> str:
    """ "≥ 99 %", "từ 10 đến 11 %", "" where there is no number."""
    if target.value is None:
        return ""
    unit = target.unit if isinstance(target, Target) else target.measure
    if target.op == "range" and target.value_max is not None:
        number = f"{say_number(target.value)} – {say_number(target.value_max)}"
    else:
        sign = {">=": ">", "<=": "<"}.get(target.op, "=") if target.strict else SIGNS[target.op]
        number = f"{sign} {say_number(target.value)}"
    return f"{number}{unit}" if unit.startswith(("%", "/")) else f"{number} {unit}".strip()


@dataclass(frozen=True)
class Line:
    """A target or a work of a pledge to be read."""

    headline: str
    details: tuple[str, ...] = ()
    left_out: bool = False
    findings: Sequence[Said] = ()
    others: Sequence[ShownOther] = ()
    unlike: str = ""
    anchor: str = ""


def target_lines(targets: Iterable[PledgedTarget], checked: Checked, language: str) -> list[Line]:
    return [
        Line(
            row.indicator,
            tuple(part for part in (say_target(row), _base(row), _by(row.due), _asked(row), came_from(row)) if part),
            row.left_out,
            said(checked.of_rows.get(str(row.token), ()), language),
            unlike=row.why,
            anchor=f"t-{row.token}",
        )
        for row in targets
    ]


def work_lines(
    works: Iterable[PledgedWork], checked: Checked, others: Mapping[int, list[ShownOther]], language: str
) -> list[Line]:
    return [
        Line(
            work.name,
            tuple(part for part in (work.where, *_milestones(work), work.note, came_from(work)) if part),
            findings=said(checked.of_rows.get(str(work.token), ()), language),
            others=others.get(work.pk, ()),
            unlike=work.unlike,
            anchor=f"w-{work.token}",
        )
        for work in works
    ]


def _base(row: PledgedTarget) -> str:
    if row.baseline is None:
        return ""
    values = {"year": row.base_year or "", "value": say_number(row.baseline)}
    return gettext("năm gốc %(year)s: %(value)s") % values if row.base_year else gettext("gốc %(value)s") % values


def _by(day: datetime.date | None) -> str:
    return gettext("chậm nhất %(day)s") % {"day": say_day(day)} if day else ""


def _asked(row: PledgedTarget) -> str:
    asked = say_target(row.source) if row.source else ""
    if not row.source or not asked:
        return ""
    if not holds_for_each(row.source.indicator, row.source.unit):
        return gettext("cả phong trào: %(asked)s") % {"asked": asked}
    return gettext("kế hoạch: %(asked)s") % {"asked": asked} if asked != say_target(row) else ""


def _milestones(work: PledgedWork) -> Iterable[str]:
    if work.start_due:
        yield gettext("khởi công chậm nhất %(day)s") % {"day": say_day(work.start_due)}
    if work.finish_due:
        yield gettext("hoàn thành chậm nhất %(day)s") % {"day": say_day(work.finish_due)}


@dataclass(frozen=True)
class FormPart:
    """The form with what is known of its rows; `ahead` are empty rows that wait."""

    form: PledgeForm
    targets: Sequence[ShownRow]
    works: Sequence[ShownRow]
    ahead: Mapping[str, Row]
