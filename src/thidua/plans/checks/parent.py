"""A plan against the plan that it carries out: time, duties, quotas, honours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thidua.findings import Basis, Finding
from thidua.plans.checks.plan import Plan, not_met
from thidua.plans.checks.stages import Stage, is_summary, stage_of
from thidua.plans.reading import AwardForm, Deadline, Fact, Quota, Reading
from thidua.vietnamese.folding import search_key

_COMMON = frozenset(
    {
        "cac", "cua", "va", "cho", "theo", "tai", "tren", "dia", "ban", "nhung", "mot", "thuc", "hien", "to", "chuc",
        "don", "vi",
    }
)  # fmt: skip
# Kinds of bodies: how an issuer's name tells the kind, and how a parent plan addresses it.
_ADDRESSED = (
    (r"^(?:uy ban nhan dan|ubnd) (?:xa|phuong|thi tran|dac khu)", r"\b(?:xa|phuong|dac khu|cap xa|dia phuong)\b"),
    (r"^(?:uy ban nhan dan|ubnd) (?:huyen|quan|thi xa)", r"\b(?:huyen|quan|thi xa|cap huyen|dia phuong)\b"),
    (r"^so\b", r"\b(?:cac )?so\b(?!,? noi vu)|\bban, nganh\b|\bco quan\b"),
    (r"^van phong", r"\bvan phong\b|\bban, nganh\b|\bco quan\b|\bso, ban\b"),
    (r"^truong|^phong giao duc", r"\btruong\b|\bcac truong\b|\bco so giao duc\b"),
    (r"^(?:cong ty|tong cong ty|tap doan)", r"\bdoanh nghiep\b|\bcong ty\b"),
    (r"", r"^(?:cac |moi )?(?:co quan|don vi)|\bdon vi\b"),
)


def check_parent_cited(plan: Plan) -> Iterable[Finding]:
    """A plan names the plan that it carries out."""
    if plan.parent is None or plan.parent.header.number is None:
        return
    number, symbol = plan.parent.header.number.value, plan.parent.header.symbol
    wanted = search_key(f"{number}/{symbol.value}" if symbol else number).replace(" ", "")
    if wanted not in plan.flow.folded.replace(" ", ""):
        yield not_met("parent.uncited", _parent_basis(plan), plan.head, document=_parent_name(plan))


def check_parent_period(plan: Plan) -> Iterable[Finding]:
    """A unit's campaign runs inside the parent's."""
    parent = _above(plan)
    if parent is None or not plan.reading.periods:
        return
    early = parent.start and plan.start and plan.start < parent.start
    late = parent.end and plan.end and plan.end > parent.end
    if early or late:
        above, own = parent.whole or parent.reading.periods[0], plan.whole or plan.reading.periods[0]
        limits = [day for day in (parent.start, parent.end) if day]
        yield not_met("parent.period", _words_of(above, plan), own, start=plan.start, end=plan.end, limits=limits)


def check_parent_deadlines(plan: Plan) -> Iterable[Finding]:
    """What the unit sends up leaves it before the parent's deadline; what it collects itself comes before that."""
    if plan.parent is None:
        return
    for above in _duties_for(plan, plan.parent):
        for own in plan.reading.deadlines:
            if above.date and own.date and own.date > above.date and _same_duty(above, own):
                yield not_met(
                    "parent.deadline", _words_of(above, plan), own,
                    what=own.what, date=own.date, limit=above.date, duty=above.what,
                )  # fmt: skip


def check_parent_duties(plan: Plan) -> Iterable[Finding]:
    """A duty with a day that the parent gives to this kind of unit comes back in the unit's plan."""
    if plan.parent is None:
        return
    for above in _duties_for(plan, plan.parent):
        if not any(_same_duty(above, own) for own in plan.reading.deadlines):
            yield not_met(
                "parent.duty", _words_of(above, plan), plan.head,
                duty=above.what, limit=[above.date] if above.date else [above.recurrence or ""],
            )  # fmt: skip


def check_parent_quotas(plan: Plan) -> Iterable[Finding]:
    """A unit proposes no more for the parent's honours than the parent allows it, its own parts taken together."""
    if plan.parent is None:
        return
    for above in plan.parent.quotas:
        if not _addressed(plan, search_key(above.unit)):
            continue
        own = [quota for quota in plan.reading.quotas if _same_honour(above, quota)]
        whole = [quota for quota in own if not re.search(r"\b(?:moi|tung)\b", search_key(quota.unit))]
        number = max(sum(quota.max for quota in whole), *(quota.max for quota in own), 0)
        if number > above.max:
            yield not_met("parent.quota", _words_of(above, plan), *own, of=own[0].of, number=number, limit=above.max)


def check_parent_awards(plan: Plan) -> Iterable[Finding]:
    """An honour of the parent's rank or higher is offered only where the parent offers it."""
    if plan.parent is None or not plan.parent.award_forms:
        return
    known = {_rank(award) for award in plan.parent.award_forms}
    for award in plan.reading.award_forms:
        if _rank(award) not in {*known, None}:
            yield not_met("parent.award", _parent_basis(plan), award, award=award.name, document=_parent_name(plan))


def _above(plan: Plan) -> Plan | None:
    return Plan(reading=plan.parent, raw="", on=plan.on) if plan.parent else None


def _duties_for(plan: Plan, parent: Reading) -> list[Deadline]:
    return [
        d for d in parent.deadlines if (d.date or d.recurrence) and _addressed(plan, search_key(d.who or d.what)[:80])
    ]


def _addressed(plan: Plan, who: str) -> bool:
    """Whether the parent's words name this issuer, or its kind."""
    issuer = search_key(plan.reading.header.issuer.value) if plan.reading.header.issuer else ""
    issuer = issuer.replace("ubnd", "uy ban nhan dan")
    if issuer and (issuer in who or re.sub(r"^uy ban nhan dan ", "", issuer) in who):
        return True
    kind = next(address for name, address in _ADDRESSED if re.search(name, issuer))
    return re.search(kind, who) is not None


def _same_duty(above: Deadline, own: Deadline) -> bool:
    if is_summary(above) or is_summary(own):
        return is_summary(above) and is_summary(own)
    if stage_of(above) is not None or stage_of(own) is not None:
        return stage_of(above) is stage_of(own) or {stage_of(above), stage_of(own)} == {Stage.NOMINATE, Stage.SUBMIT}
    first, second = _content(above.what), _content(own.what)
    return bool(first and second) and len(first & second) >= 0.6 * min(len(first), len(second))


def _content(words: str) -> set[str]:
    return set(re.findall(r"[a-z]+", search_key(words))) - _COMMON


def _same_honour(above: Quota, own: Quota) -> bool:
    """The same kind of subject for the same honour; a quota for "Giấy khen" is the unit's own affair."""
    if _content(above.of) != _content(own.of):
        return False
    own_words = search_key(f"{own.unit} {own.quote}")
    higher = re.search(r"bang khen|de nghi|co thi dua|huan chuong", own_words) is not None
    return higher and not re.search(r"^(?!.*bang khen).*giay khen", own_words)


def _rank(award: AwardForm) -> str | None:
    """Honours that only a higher authority gives; what a unit gives itself is None."""
    name = search_key(f"{award.name} {award.granted_by or ''}")
    ranks = (
        ("huan chuong", r"huan chuong|huy chuong"), ("co chinh phu", r"co thi dua.*chinh phu"), ("co", r"co thi dua"),
        ("bang khen thu tuong", r"bang khen.*thu tuong"), ("bang khen", r"bang khen"),
    )  # fmt: skip
    return next((rank for rank, pattern in ranks if re.search(pattern, name)), None)


def _words_of(fact: Fact, plan: Plan) -> Basis:
    return Basis(instrument=_parent_name(plan), quote=fact.quote, verified=True)


def _parent_basis(plan: Plan) -> Basis:
    title = plan.parent.header.title if plan.parent else None
    return Basis(instrument=_parent_name(plan), quote=title.quote if title else None, verified=True)


def _parent_name(plan: Plan) -> str:
    header = plan.parent.header if plan.parent else plan.reading.header
    kind = header.type.value if header.type else "Kế hoạch"
    if header.number is None:
        return f"{kind} cấp trên"
    return f"{kind} số {header.number.value}" + (f"/{header.symbol.value}" if header.symbol else "")
