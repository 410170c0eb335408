"""Bonus money: the rate of an award times the base salary in force when the decision is signed, rounded up."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from thidua.findings import Basis, Finding, unknown
from thidua.law.awards import awards
from thidua.law.criteria import Subject
from thidua.law.law import Law, Rule
from thidua.law.statute import BaseSalary, BonusRate, Rounding


class Bonus(Struct, frozen=True, kw_only=True):
    """`amount` in đồng; `at_most`: whoever gives the award sets the sum, up to this one.

    `bases` say where the rate, the base salary and the rounding stand, in this order.
    """

    award: str
    subject: Subject
    decided_on: datetime.date
    rate: Decimal
    base_salary: int
    amount: int
    at_most: bool
    bases: tuple[Basis, ...]

    @property
    def verified(self) -> bool:
        return all(basis.verified for basis in self.bases)


def bonus(award: str, subject: Subject, decided_on: datetime.date, law: Law) -> Bonus | Finding:
    """The money for one nominee; an unknown finding where a part of the sum is not known on that day.

    The day is that of the decision, not of the merit (Nghị định 152/2025/NĐ-CP Điều 49). Raises KeyError for a code
    that is no award's.
    """
    rate = _rate(award, subject, decided_on, law)
    salary = next(law.rules(BaseSalary, decided_on), None)
    rounding = next(law.rules(Rounding, decided_on), None)
    if rate is None or salary is None or rounding is None:
        missing = "rate" if rate is None else "base_salary" if salary is None else "rounding"
        return unknown(f"law.bonus.no_{missing}", award=awards()[award].name, on=decided_on)
    return _reckoned(rate, salary, rounding, decided_on)


def _rate(award: str, subject: Subject, on: datetime.date, law: Law) -> Rule | None:
    for rule in law.rules(BonusRate, on):
        entry = rule.entry
        if isinstance(entry, BonusRate) and (entry.award, entry.subject) == (award, subject):
            return rule
    return None


def _reckoned(rate: Rule, salary: Rule, rounding: Rule, on: datetime.date) -> Bonus:
    of, base, to = rate.entry, salary.entry, rounding.entry
    if not (isinstance(of, BonusRate) and isinstance(base, BaseSalary) and isinstance(to, Rounding)):
        raise TypeError("a bonus is a rate, a base salary and a rounding")
    return Bonus(
        award=of.award,
        subject=of.subject,
        decided_on=on,
        rate=of.rate,
        base_salary=base.amount,
        amount=rounded_up(Fraction(of.rate) * base.amount, to.to),
        at_most=of.at_most,
        bases=tuple(rule.basis(on) for rule in (rate, salary, rounding)),
    )


def rounded_up(money: Fraction, to: int) -> int:
    """Up to a whole multiple of `to`; what is one already stays."""
    return math.ceil(money / to) * to
