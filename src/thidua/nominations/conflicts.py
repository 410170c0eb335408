"""Conflicts of interest: who may not act on a nomination, and who should say so first.

Derived from what the file and the register hold, and from what a person declared. No text that was read on emulation
and commendation lists the cases; the general rule against conflicts of interest stands behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from msgspec import Struct

from thidua.findings import Basis, Finding, Outcome, not_met, unknown
from thidua.nominations.values import Nomination

BASIS = Basis(instrument="36/2018/QH14", place="Điều 23", verified=False, source="Ghi theo trí nhớ")
"""Luật Phòng, chống tham nhũng: whoever has a conflict of interest says so and does not act."""


class Officer(Struct, frozen=True, kw_only=True):
    """Somebody who is to act: an appraiser, a member of a council.

    `units`: codes of the units they belong to on the day, their own first, without those above. `kin`: codes of
    nominees that they declared to be kin, with how ("vợ", "em ruột"). `declared`: codes of nominees, or refs of
    nominations, with any other reason they declared.
    """

    code: str
    units: tuple[str, ...] = ()
    kin: Mapping[str, str] = {}
    declared: Mapping[str, str] = {}


def conflicts(person: Officer, nomination: Nomination) -> tuple[Finding, ...]:
    """Every reason, those that bar first. Not met: it bars. Unknown: it warns, and whoever presides decides."""
    found = chain(_own(person, nomination), _hands(person, nomination), _declared(person, nomination))
    return tuple(sorted(found, key=lambda finding: finding.outcome is not Outcome.NOT_MET))


def barred(findings: Iterable[Finding]) -> bool:
    """Whether one of the conflicts keeps the person from acting."""
    return any(finding.outcome is Outcome.NOT_MET for finding in findings)


def _own(person: Officer, nomination: Nomination) -> Iterable[Finding]:
    if person.code and person.code == nomination.nominee:
        yield not_met("nominations.conflict_own", BASIS, name=nomination.name)
    elif nomination.subject == "collective" and nomination.nominee in person.units:
        yield not_met("nominations.conflict_own_collective", BASIS, name=nomination.name)
    elif set(person.units) & set(nomination.unit_codes[:1]):
        yield unknown("nominations.conflict_own_unit", BASIS, unit=next(iter(nomination.unit_names), ""))


def _hands(person: Officer, nomination: Nomination) -> Iterable[Finding]:
    """Whoever proposed it does not judge it."""
    hands = {
        "signed": nomination.signed_by, "chaired": nomination.chaired_by, "prepared": nomination.prepared_by,
    }  # fmt: skip
    for code, who in hands.items():
        if who and who == person.code:
            yield not_met(f"nominations.conflict_{code}", BASIS)


def _declared(person: Officer, nomination: Nomination) -> Iterable[Finding]:
    """Kin bars; anything else that was declared is for whoever presides to weigh."""
    kin = person.kin.get(nomination.nominee)
    if kin is not None:
        yield not_met("nominations.conflict_kin", BASIS, name=nomination.name, kin=kin)
    for key in dict.fromkeys((nomination.nominee, nomination.ref)):
        if key in person.declared:
            yield unknown("nominations.conflict_declared", BASIS, words=person.declared[key])
