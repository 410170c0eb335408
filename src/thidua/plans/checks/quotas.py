"""Quotas and targets that cannot be met, contradict each other, or cannot be measured."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from thidua.findings import Finding
from thidua.plans.checks.plan import Plan, law, not_met, own_words, unknown
from thidua.plans.reading import Quota, Target
from thidua.vietnamese.folding import search_key

_TOTAL = re.compile(r"\btong (?:so|cong|chi tieu)\b")
_STATE = re.compile(
    r"\b(?:dat chuan|cong nhan|hoan thanh|khong (?:co|de|con)|chap hanh|giu vung|xay dung|khanh thanh)\b"
)
_LIMITED = re.compile(r"\b(?:khong qua|toi da|xet chon|de nghi)\b")
_EACH = re.compile(r"\b(?:moi|tung|cac)\b")


def check_quota_positive(plan: Plan) -> Iterable[Finding]:
    """A quota of nothing chooses nobody; a nought in a table is a plain "none"."""
    for quota in plan.reading.quotas:
        if quota.max <= 0 and _LIMITED.search(search_key(quota.quote)):
            yield not_met("quota.zero", own_words(quota), quota, unit=quota.unit, of=quota.of)


def check_quota_once(plan: Plan) -> Iterable[Finding]:
    """One unit has one number for one kind."""
    same: dict[tuple[str, str], list[Quota]] = defaultdict(list)
    for quota in plan.reading.quotas:
        same[_key(quota.unit), _key(quota.of)].append(quota)
    for quotas in same.values():
        numbers = sorted({quota.max for quota in quotas})
        if len(numbers) > 1 and len({q.span for q in quotas}) == len(quotas) and not _two_awards(quotas):
            first = quotas[0]
            yield not_met("quota.contradicts", own_words(first), *quotas, unit=first.unit, of=first.of, numbers=numbers)


def check_quota_sum(plan: Plan) -> Iterable[Finding]:
    """The quotas of single units fit into the total that the plan states."""
    for total in plan.reading.quotas:
        if not _is_total(total):
            continue
        parts = [q for q in plan.reading.quotas if _key(q.of) == _key(total.of) and q is not total]
        parts = [q for q in parts if not _is_total(q) and not _EACH.search(search_key(q.unit))]
        if sum(part.max for part in parts) > total.max:
            yield not_met(
                "quota.sum", own_words(total), total, *parts,
                of=total.of, total=total.max, sum=sum(part.max for part in parts),
            )  # fmt: skip


def check_target_measured(plan: Plan) -> Iterable[Finding]:
    """A target without a number is neither reached nor missed, unless it is a state ("đạt chuẩn nông thôn mới")."""
    for target in plan.reading.targets:
        if target.value is None and not _STATE.search(search_key(target.indicator)):
            yield unknown("target.no_measure", law("Điều 17 khoản 1"), target, indicator=target.indicator)


def check_target_once(plan: Plan) -> Iterable[Finding]:
    """One indicator has one value."""
    same: dict[tuple[str, str, str], list[Target]] = defaultdict(list)
    for target in plan.reading.targets:
        same[_key(target.indicator), target.unit or "", target.op].append(target)
    for targets in same.values():
        values = sorted({target.value for target in targets if target.value is not None})
        if len(values) > 1:
            yield not_met(
                "target.contradicts", own_words(targets[0]), *targets, indicator=targets[0].indicator, values=values
            )


def check_target_reachable(plan: Plan) -> Iterable[Finding]:
    """A share stays within a hundred per cent, a range runs upwards."""
    for target in plan.reading.targets:
        share = target.unit == "%" and re.match(r"ty le\b(?!.*\b(?:tang|so voi)\b)", search_key(target.indicator))
        highest = max(filter(None, (target.value, target.value_max)), default=None)
        if share and highest is not None and highest > 100:
            yield not_met("target.over_hundred", own_words(target), target, indicator=target.indicator, value=highest)


def check_target_range(plan: Plan) -> Iterable[Finding]:
    """The lower bound of a range stands first and is the lower one."""
    for target in plan.reading.targets:
        if target.value is not None and target.value_max is not None and target.value_max < target.value:
            yield not_met(
                "target.range", own_words(target), target,
                indicator=target.indicator, value=target.value, value_max=target.value_max,
            )  # fmt: skip


def _is_total(quota: Quota) -> bool:
    return _TOTAL.search(search_key(f"{quota.unit} {quota.quote}")) is not None


def _key(words: str) -> str:
    return " ".join(re.findall(r"[a-z\d%]+", search_key(words)))


def _two_awards(quotas: list[Quota]) -> bool:
    """Whether the clauses speak of different honours, each with a number of its own."""
    named = {
        tuple(re.findall(r"bang khen|giay khen|co thi dua|huan chuong", search_key(quota.quote))) for quota in quotas
    }
    return len(named) > 1
