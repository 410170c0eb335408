"""Who issues a paper here, where, and under which symbol: read from the register, so that nothing is typed twice."""

from __future__ import annotations

import datetime
from typing import Any

from thidua.findings import Basis
from thidua.law.instruments import find_instrument
from thidua.papers.issuing import Issue, Signer
from thidua.signing import is_committee, seat, symbol
from thidua_web.register.models import Unit


def issue_of(unit: Unit, kind: str, *, number: str = "", day: datetime.date | None = None, signer: Any = None) -> Issue:
    """`kind`: how the decree shortens the paper's name ("TTr"), "" for a letter. `number` as it was written when signed
    ("118/TTr-SNNMT", "45"); `signer`: a row with `signed_by` and `signed_as`.
    """
    above = _above(unit)
    written, _, own = (part.strip() for part in number.partition("/"))
    parent = above[-1] if above else None
    return Issue(
        unit=unit.name,
        superior="" if parent is None or is_committee(unit.name) else parent.name,
        number=written,
        symbol=own or symbol(kind, unit.name, unit.code),
        place=seat(unit.name, *(one.name for one in reversed(above))),
        day=day,
        signer=Signer(name=signer.signed_by.full_name, position=signer.signed_as)
        if signer and signer.signed_by
        else None,
    )


def cited(basis: Basis | None) -> str:
    """As a letter cites it: "điểm a khoản 1 Điều 22 Luật số 06/2022/QH15"; a plan's own words where that is all."""
    if basis is None:
        return ""
    found = find_instrument(basis.instrument) if basis.instrument else None
    written = " ".join(part for part in (basis.place, found.citation) if part) if found else basis.citation
    return written or (f"“{basis.quote}”" if basis.quote else "")


def _above(unit: Unit) -> list[Unit]:
    """From the topmost to the one directly above."""
    numbers = [int(number) for number in unit.path.split("/") if number and int(number) != unit.pk]
    found = Unit.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]
