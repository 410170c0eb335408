"""Every read of reforms: what they would do, what they did, what goes on where, what stands on them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from django.db.models import Count, Model, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.findings import Finding, Outcome, not_met
from thidua.register.acts import Act, acts_of
from thidua.register.reform import ReformPlan, carry_out, plan_reform
from thidua.register.units_in_time import UnitInTime, period_on
from thidua.register.units_in_time import UnitPeriod as Period
from thidua_web.register import signals
from thidua_web.register.models import (
    Appointment,
    AwardRecord,
    Handover,
    Household,
    Person,
    Rating,
    Reform,
    ReformUnit,
    Unit,
    UnitPeriod,
)
from thidua_web.register.models.reforms import ReformPart, ReformState
from thidua_web.register.reshaping import Begun, Changed, Ended, Place, Shape
from thidua_web.register.signals import Foreseen, Outlook

ON_A_PAGE = 50
Units = Mapping[str, UnitInTime]
Places = dict[str, Place]


def reforms_of(paths: list[str]) -> QuerySet[Reform]:
    """Of units at or below these."""
    return (
        Reform.objects.filter(unit__in=Unit.objects.within(paths))
        .select_related("unit")
        .annotate(n=Count("units"))
        .order_by("-on", "-pk")
    )


def reform(reform_id: int) -> Reform | None:
    return Reform.objects.select_related("unit", "run").filter(pk=reform_id).first()


def due(*, today: datetime.date) -> list[Reform]:
    """What waits and whose day has come, the oldest day first."""
    return list(Reform.objects.filter(state=ReformState.WAITING, on__lte=today).order_by("on", "pk"))


def acts_in(reform: Reform) -> list[Act]:
    return [msgspec.convert(act, Act) for act in reform.acts]


def acts_of_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of rows of one day, as a reform keeps them."""
    return [as_kept(act) for acts in acts_of(map(_row, rows)).values() for act in acts]


def _row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Lists come out of the database with days as text, and with nothing where a cell was empty."""
    on = row["on"]
    said = {key: value for key, value in row.items() if value is not None}
    return said | {"on": on if isinstance(on, datetime.date) else datetime.date.fromisoformat(on)}


def as_kept(act: Act) -> dict[str, Any]:
    """As JSON, and as JSON comes back."""
    return msgspec.json.decode(msgspec.json.encode(act))


def title_for(on: datetime.date, document: str) -> str:
    day = f"{on:%d/%m/%Y}"
    if document:
        return gettext("Sắp xếp từ ngày %(day)s theo %(document)s") % {"day": day, "document": document}
    return gettext("Sắp xếp từ ngày %(day)s") % {"day": day}


# What it would do -----------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """The units that a reform may see, by code; those in `reach` it may touch."""

    units: Units
    keys: Mapping[str, int]
    reach: frozenset[str]


def shape_of(reform: Reform, *, paths: list[str] | None = None) -> Shape:
    """What the reform would do now. With `paths` it may touch what stands at or below these alone; what stands above
    them is only there to stand under.
    """
    known = _known(paths)
    plan = plan_reform(known.units, acts_in(reform), reform.on)
    return _shape(plan, known, [*_out_of_reach(plan, known), *_taken(plan, known)])


def _known(paths: list[str] | None, *, touched_by: Reform | None = None) -> Known:
    units = Unit.objects.all()
    reach: QuerySet[Unit] = units
    if paths is not None:
        reach = units.within(paths)
        if touched_by is not None:
            reach |= units.filter(pk__in=ReformUnit.objects.filter(reform=touched_by).values("unit_id"))
        above = {int(pk) for path in paths for pk in path.split("/") if pk}
        units = units.filter(Q(pk__in=reach.values("pk")) | Q(pk__in=above))
    rows = list(units.values_list("pk", "code", "heir_id"))
    codes = {pk: code for pk, code, _heir in rows}
    periods, heads = _periods(codes), _heads(codes)
    found = {
        code: UnitInTime(
            code=code,
            periods=tuple(periods[pk]),
            heir=codes.get(heir),
            heads=tuple(heads.get(pk, ())),
        )
        for pk, code, heir in rows
        if pk in periods
    }
    keys = {code: pk for pk, code in codes.items()}
    inside = found.keys() if paths is None else set(reach.values_list("code", flat=True))
    return Known(found, keys, frozenset(inside))


def _periods(codes: Mapping[int, str]) -> dict[int, list[Period]]:
    """By unit. The code of a parent that the reform may not see says where it is, and nothing more."""
    found: dict[int, list[Period]] = {}
    rows = UnitPeriod.objects.order_by("unit_id", "valid_from")
    for unit, name, kind, parent, start, end in rows.values_list(
        "unit_id", "name", "kind", "parent_id", "valid_from", "valid_to"
    ):
        if unit in codes:
            above = codes.get(parent, f"#{parent}") if parent else None
            found.setdefault(unit, []).append(Period(name=name, kind=kind, parent=above, start=start, end=end))
    return found


def _heads(codes: Mapping[int, str]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    heads = Appointment.objects.filter(is_head=True, valid_to__isnull=True)
    for unit, person in heads.order_by("pk").values_list("unit_id", "person_id"):
        found.setdefault(unit, []).append(person)
    return found


def _shape(plan: ReformPlan, known: Known, more: Sequence[Finding]) -> Shape:
    findings = [*plan.findings, *more]
    return Shape(
        begun=[Begun(one.code, Place(one.name, one.kind, one.parent or "")) for one in plan.begins],
        changed=[
            Changed(
                known.keys[one.code],
                one.code,
                _now(known, one.code),
                Place(one.name, one.kind, one.parent or ""),
                follows=one.follows,
            )
            for one in plan.changes
        ],
        ended=[
            Ended(known.keys[one.code], one.code, _now(known, one.code), tuple(one.successors)) for one in plan.endings
        ],
        faults=[finding for finding in findings if finding.outcome is Outcome.NOT_MET],
        warnings=[finding for finding in findings if finding.outcome is Outcome.UNKNOWN],
    )


def _now(known: Known, code: str) -> Place:
    period = known.units[code].periods[-1]
    return Place(period.name, period.kind, period.parent or "")


def _out_of_reach(plan: ReformPlan, known: Known) -> list[Finding]:
    """Units above the own ones are there to stand under, where something stood under them before."""
    touched = {one.code for one in (*plan.changes, *plan.endings)}
    touched |= {code for one in plan.endings for code in one.successors if code in known.units}
    for one in (*plan.begins, *plan.changes):
        was = known.units[one.code].periods[-1].parent if one.code in known.units else None
        if one.parent and one.parent != was and one.parent in known.units:
            touched.add(one.parent)
    outside = sorted(touched - known.reach)
    return [not_met("reform.out_of_reach", None, unit=_label(known, code)) for code in outside]


def _label(known: Known, code: str) -> str:
    return f"{known.units[code].name} ({code})"


def _taken(plan: ReformPlan, known: Known) -> list[Finding]:
    """Codes of new units that a unit out of sight has."""
    codes = {one.code for one in plan.begins}
    there = Unit.objects.filter(code__in=codes).order_by("code").values_list("code", flat=True)
    return [not_met("reform.code_elsewhere", None, code=code) for code in there]


def before_and_after(reform: Reform, *, paths: list[str]) -> tuple[Places, Places]:
    """The units at or below these on the last day before and on the day itself, by code, and all that the reform
    touched. With faults there is nothing after.
    """
    known = _known(paths, touched_by=reform)
    last = reform.on - datetime.timedelta(days=1)
    units: Units = known.units
    if reform.state != ReformState.DONE:
        plan = plan_reform(units, acts_in(reform), reform.on)
        units = {} if plan.faulty else carry_out(units, plan)
    return _places(known.units, last), _places(units, reform.on)


def _places(units: Units, on: datetime.date) -> Places:
    found = ((code, period_on(unit.periods, on)) for code, unit in units.items())
    return {code: Place(period.name, period.kind, period.parent or "") for code, period in found if period}


def names_of(codes: Iterable[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "name"))


def keys_of(codes: Iterable[str]) -> dict[str, int]:
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "pk"))


def codes_in(acts: Iterable[Act]) -> set[str]:
    """All that the acts name."""
    found: set[str] = set()
    for act in acts:
        found |= {*act.old, *act.heirs, *(target.code for target in act.new)}
        found |= {target.parent for target in act.new if target.parent}
    return found


# What goes on where ---------------------------------------------------------------------------------------------------


def outlook(shape: Shape, *, on: datetime.date) -> Outlook:
    """What goes on elsewhere, by ended unit, and who leads those that end and those that receive them."""
    ended = [one.pk for one in shape.ended]
    receiving = Unit.objects.filter(code__in=shape.heirs).values_list("pk", flat=True)
    leading = [*ended, *receiving]
    lines = [Foreseen(_("Người"), _people(ended))]
    if households := _households(ended, on):
        lines.append(Foreseen(_("Hộ gia đình"), households))
    own = Outlook(lines, _leading(leading))
    told = [own, *signals.foresee(on=on, ended=ended, leading=leading)]
    heads: dict[int, list[str]] = {}
    for one in told:
        for unit, names in one.heads.items():
            heads.setdefault(unit, []).extend(name for name in names if name not in heads.get(unit, ()))
    return Outlook([line for one in reversed(told) for line in one.lines], heads)


def totals(outlook: Outlook) -> list[tuple[str, int]]:
    """How many of each kind, with their Vietnamese words: kept with the reform."""
    with translation.override("vi"):
        return [(str(line.label), n) for line in outlook.lines if (n := sum(line.counts.values()))]


def moved(reform: Reform) -> list[tuple[str, int]]:
    """What moved when the reform was carried out."""
    row = Handover.objects.filter(reform=reform, app="register").values_list("moved__outlook", flat=True).first()
    return row or []


def _leading(units: Collection[int]) -> dict[int, list[str]]:
    """Who heads these units by post."""
    found: dict[int, list[str]] = {}
    posts = Appointment.objects.filter(unit__in=units, is_head=True, valid_to__isnull=True)
    for unit, name in posts.order_by("pk").values_list("unit_id", "person__full_name"):
        found.setdefault(unit, []).append(name)
    return found


def _people(units: Collection[int]) -> dict[int, int]:
    rows = Person.objects.filter(unit__in=units, merged_into__isnull=True)
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("pk")))


def _households(units: Collection[int], on: datetime.date) -> dict[int, int]:
    rows = Household.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), unit__in=units)
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("pk")))


# What it did ----------------------------------------------------------------------------------------------------------


def touched(reform: Reform) -> list[ReformUnit]:
    return list(reform.units.select_related("unit").order_by("pk"))


def shape_done(reform: Reform) -> Shape:
    """The same of a reform that was carried out, as it was written down."""
    rows = touched(reform)
    return Shape(
        begun=[Begun(row.unit.code, Place(**row.after)) for row in rows if row.part == ReformPart.BEGUN],
        changed=[
            Changed(row.unit_id, row.unit.code, Place(**row.before), Place(**row.after))
            for row in rows
            if row.part == ReformPart.CHANGED
        ],
        ended=[
            Ended(row.unit_id, row.unit.code, Place(**row.before), tuple(row.after["successors"]))
            for row in rows
            if row.part == ReformPart.ENDED
        ],
    )


# What stands on it ----------------------------------------------------------------------------------------------------


def reasons_against_undoing(reform: Reform) -> list[str]:
    """What would lose its ground, in a few words each."""
    rows = list(reform.units.values_list("unit_id", "part"))
    own = {pk for pk, _part in rows}
    begun = {pk for pk, part in rows if part == ReformPart.BEGUN}
    handovers = dict(Handover.objects.filter(reform=reform).values_list("app", "moved"))
    since = reform.done_at or reform.at
    return [
        *_later_reforms(reform),
        *_edited(reform),
        *_records(own, begun, handovers["register"]),
        *signals.reasons_against(units=begun, handovers=handovers, since=since),
    ]


def _later_reforms(reform: Reform) -> list[str]:
    mine = ReformUnit.objects.filter(reform=reform).values("unit_id")
    later = Reform.objects.filter(state=ReformState.DONE, done_at__gt=reform.done_at, units__unit__in=mine)
    return [gettext("“%(title)s”, thực hiện sau đó") % {"title": one.title} for one in later.distinct()[:5]]


def _edited(reform: Reform) -> list[str]:
    """Units that are not what the reform made of them any more."""
    rows = reform.units.exclude(part=ReformPart.ENDED).select_related("unit__parent")
    edited = [row.unit.name for row in rows if _differs(row)]
    ended = reform.units.filter(part=ReformPart.ENDED, unit__valid_to__isnull=True).count()
    if not edited and not ended:
        return []
    return [gettext("%(n)s đơn vị đã được sửa sau đó") % {"n": len(edited) + ended}]


def _differs(row: ReformUnit) -> bool:
    parent = row.unit.parent.code if row.unit.parent else ""
    return [row.unit.name, row.unit.kind, parent] != [row.after[field] for field in Place._fields]


def _records(own: set[int], begun: set[int], moved: Mapping[str, Any]) -> list[str]:
    """People, households, ratings, awards and units of their own that the new units got meanwhile."""
    came = {pk for _unit, pks in moved["people"] for pk in pks}
    people = sum(pk not in came for pk in Person.objects.filter(unit__in=begun).values_list("pk", flat=True))
    made = set(moved["appointments"]["made"])
    posts = Appointment.objects.filter(unit__in=begun).values_list("pk", "person_id")
    people += len({person for pk, person in posts if pk not in made and person not in came})
    lived = {pk for _unit, pks in moved.get("households", ()) for pk in pks}
    households = Household.objects.filter(unit__in=begun).exclude(pk__in=lived).count()
    counts = (
        (gettext("%(n)s người ở đơn vị mới"), people),
        (gettext("%(n)s hộ gia đình ở đơn vị mới"), households),
        (
            gettext("%(n)s đơn vị lập dưới đơn vị mới"),
            Unit.objects.filter(parent__in=begun).exclude(pk__in=own).count(),
        ),
        (gettext("%(n)s xếp loại của đơn vị mới"), Rating.objects.filter(unit__in=begun).count()),
        (gettext("%(n)s khen thưởng của đơn vị mới"), AwardRecord.objects.filter(unit__in=begun).count()),
    )
    return [text % {"n": n} for text, n in counts if n]


def what_hangs_on(rows: Iterable[Model]) -> list[str]:
    """Anything else that is tied to a new unit, by what it is."""
    kinds = Counter(str(row._meta.verbose_name) for row in rows)
    return [
        gettext("dữ liệu khác gắn với đơn vị mới (%(kind)s: %(n)s)") % {"kind": k, "n": n} for k, n in kinds.items()
    ]
