"""What a plan asks of a pledge: which of its rules bind one unit, and whether a pledge keeps to them.

Nothing is refused here: every finding has the plan's words as its basis, and whoever accepts the pledge decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

from msgspec import Struct

from thidua.findings import Basis, Finding, met, not_met, unknown
from thidua.plans.campaign import ConditionItem, Party, PledgeRule
from thidua.plans.reading import Condition
from thidua.plans.working_days import due_day, working_days_after
from thidua.progress.likeness import Likeness, WorkFacts, alike, nearest
from thidua.progress.targets import PledgedTarget, holds_for_each, is_worse_than_baseline
from thidua.vietnamese.folding import search_key

Subject = Literal["works", "targets", "other"]
_SUBJECTS: tuple[tuple[Subject, tuple[str, ...]], ...] = (
    ("works", ("cong trinh", "du an", "phan viec", "viec lam", "cong viec", "san pham")),
    ("targets", ("chi tieu",)),
)
_NAMED, _GROUPED, _EVERYBODY = 2, 1, 0
# From here on two works of one pledge are taken for one.
_ONE_WORK = 95
_SURE = frozenset({"alike.same_name", "alike.same_words"})


class Rule(Struct, frozen=True, kw_only=True):
    """At least so many (`least`, None where the plan gives no number) of what (`of`), in the plan's words."""

    key: str = ""
    least: int | None = None
    of: str
    quote: str

    @property
    def subject(self) -> Subject:
        """What is counted; "other" (mô hình, sáng kiến, điển hình) is counted by people."""
        words = f" {search_key(self.of)} "
        return next((subject for subject, names in _SUBJECTS if any(f" {name} " in words for name in names)), "other")


def particularity(party: Party) -> int:
    """How closely a plan means whom it addresses: everybody (0), a group such as the districts (1), one by name (2)."""
    if party.group is None:
        return _NAMED
    return _EVERYBODY if party.group == "all" else _GROUPED


def rules_for(rules: Iterable[PledgeRule], reaching: Mapping[str, Sequence[Party]]) -> tuple[Rule, ...]:
    """The rules that bind one unit, in the order of the plan. `reaching`: by a rule's key, its parties that reach it.

    Of rules about the same subject the most particular bind, and not the more general ones: a district that must
    register 2 works need not think of the 1 that everybody must. A particular rule without a number leaves the number
    to the next more general one.
    """
    closest = [(max(map(particularity, reaching[rule.key])), rule) for rule in rules if reaching.get(rule.key)]
    binding: set[str] = set()
    for subject in ("works", "targets", "other"):
        about = [(level, rule) for level, rule in closest if _rule(rule).subject == subject]
        for level in sorted({level for level, _ in about}, reverse=True):
            here = [rule for one, rule in about if one == level]
            binding.update(rule.key for rule in here)
            if any(rule.pledge.min is not None for rule in here):
                break
    return tuple(_rule(rule) for _, rule in closest if rule.key in binding)


def conditions_for(
    conditions: Iterable[ConditionItem], reaching: Mapping[str, Sequence[Party]]
) -> tuple[Condition, ...]:
    """The conditions that bind one unit: those whose parties reach it, and those that the plan puts to nobody."""
    return tuple(item.condition for item in conditions if not item.parties or reaching.get(item.key))


def check_pledge(  # noqa: PLR0913 - a pledge is all of this
    *,
    rules: Iterable[Rule],
    conditions: Iterable[Condition],
    targets: Sequence[PledgedTarget],
    works: Sequence[WorkFacts],
    due: datetime.date | None,
    on: datetime.date,
    named: Sequence[WorkFacts] = (),
    left_out: int = 0,
) -> tuple[Finding, ...]:
    """How a pledge handed in on the day `on` keeps to the rules and conditions that bind its unit.

    `targets` are those taken on, `left_out` says how many of the plan's are not. `named` are the works that the plan
    itself names, which may not be repeated where it says so. Gates are about what comes later
    (`thidua.deployment.gate`) and say nothing here.
    """
    findings: list[Finding] = []
    if left_out and not targets and not works:
        findings.append(unknown("pledge.takes_nothing", count=left_out))
    for rule in rules:
        findings.append(_check_rule(rule, targets, works))
    findings.extend(_check_doubles(works))
    for condition in conditions:
        if condition.kind == "floor":
            findings.extend(_check_floor(condition, targets))
        elif condition.kind == "no_duplicate":
            findings.extend(_check_repeats(condition, works, named))
    if due is not None:
        findings.append(_check_day(due, on))
    return tuple(findings)


def check_left_out(indicator: str, why: str) -> Finding:
    """A target of the plan that the unit does not take on: with its reason said nothing is left to look into."""
    if why.strip():
        return met("pledge.left_out", indicator=indicator)
    return not_met("pledge.left_out_unsaid", indicator=indicator)


def check_number(target: PledgedTarget, asked: float | None) -> Finding | None:
    """Of a target of the plan, whose number is `asked` (None: it has none): that the unit has not said its own yet.

    Nothing is wrong with that while it is being written; handed in it cannot be.
    """
    if asked is None or target.value is not None:
        return None
    return unknown("pledge.number_open", indicator=target.indicator)


def check_against_plan(target: PledgedTarget, asked: float | None, quote: str) -> Finding | None:
    """Whether a unit takes on less than the plan asks (more, where less is good).

    A part of what all reach together is less than the whole, and nothing is said of that.
    """
    if asked is None or target.value is None or not holds_for_each(target.indicator, target.unit):
        return None
    is_less = target.value > asked if target.op == "<=" else target.value < asked
    told = {"indicator": target.indicator, "value": target.value, "aim": asked}
    return not_met("pledge.below_plan", Basis(quote=quote), **told) if is_less else None


def _rule(rule: PledgeRule) -> Rule:
    return Rule(key=rule.key, least=rule.pledge.min, of=rule.pledge.of or rule.words.quote, quote=rule.words.quote)


def _check_rule(rule: Rule, targets: Sequence[PledgedTarget], works: Sequence[WorkFacts]) -> Finding:
    basis = Basis(quote=rule.quote)
    if rule.subject == "other":
        return unknown("pledge.count_by_hand", basis, of=rule.of)
    count = len(works) if rule.subject == "works" else len(targets)
    if rule.least is None:
        return met("pledge.registered", basis, count=count, of=rule.of) if count else _nothing(rule, basis)
    if count >= rule.least:
        return met("pledge.enough", basis, count=count, least=rule.least, of=rule.of)
    return not_met(
        "pledge.too_few", basis, count=count, least=rule.least, missing=rule.least - count, of=rule.of
    )  # fmt: skip


def _nothing(rule: Rule, basis: Basis) -> Finding:
    return not_met("pledge.nothing", basis, of=rule.of)


def _check_doubles(works: Sequence[WorkFacts]) -> Iterator[Finding]:
    """Two works of one pledge that are one count twice, and nobody wrote that on purpose."""
    for one, other in combinations(works, 2):
        likeness = alike(one, other)
        if likeness and likeness.score >= _ONE_WORK:
            yield unknown("pledge.twice", one=one.name, other=other.name)


def _check_floor(condition: Condition, targets: Sequence[PledgedTarget]) -> Iterator[Finding]:
    """The number of a target may not be behind the result of the base year."""
    basis = Basis(quote=condition.quote)
    if not targets:
        yield unknown("pledge.floor_no_targets", basis)
        return
    kept = 0
    for target in targets:
        told = {"indicator": target.indicator}
        if target.value is None:
            yield unknown("pledge.floor_no_number", basis, **told)
        elif target.baseline is None or condition.year not in (None, target.base_year):
            missing = "pledge.floor_base_unknown" if condition.year is None else "pledge.floor_year_unknown"
            yield unknown(missing, basis, **told, **({"year": str(condition.year)} if condition.year else {}))
        elif is_worse_than_baseline(target):
            yield not_met("pledge.below_floor", basis, **told, value=target.value, baseline=target.baseline)
        else:
            kept += 1
    if kept == len(targets):
        yield met("pledge.floor_kept", basis, count=kept)


def _check_repeats(condition: Condition, works: Sequence[WorkFacts], named: Sequence[WorkFacts]) -> Iterator[Finding]:
    """Only the same name, or the same words, is surely the same work; what is merely alike is a person's to judge."""
    basis = Basis(quote=condition.quote)
    names = {work.key: work.name for work in named}
    found = [(work, likest) for work in works if (likest := _likest(work, named))]
    for work, likest in found:
        is_sure = any(reason.code in _SURE for reason in likest.reasons)
        make = not_met if is_sure else unknown
        code = "pledge.repeats" if is_sure else "pledge.may_repeat"
        yield make(code, basis, name=work.name, other=names[likest.key])
    if works and not found:
        yield met("pledge.repeats_none", basis)


def _likest(work: WorkFacts, named: Sequence[WorkFacts]) -> Likeness | None:
    """Keys of the unit's works and of the plan's come from two lists, so equal ones say nothing."""
    own = WorkFacts(key=min((one.key for one in named), default=0) - 1, name=work.name, place=work.place)
    return next(iter(nearest(own, named, most=1)), None)


def _check_day(due: datetime.date, on: datetime.date) -> Finding:
    last = due_day(due)
    if on <= last:
        return met("pledge.in_time", due=last, sent=on)
    return not_met("pledge.late", due=last, sent=on, days=working_days_after(last, on))
