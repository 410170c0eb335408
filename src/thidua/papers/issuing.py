"""Who issues a paper, under which number, where and when, who signs: the same for all papers of a body."""

from __future__ import annotations

import datetime

from msgspec import Struct

from thidua.papers.paper import Paper, Signature
from thidua.papers.wording import joined
from thidua.signing import authority, letterhead


class Signer(Struct, frozen=True, kw_only=True):
    """`position` as the register has it ("Phó Giám đốc Sở Nội vụ"): the lines above the name follow from it."""

    name: str
    position: str = ""


class Issue(Struct, frozen=True, kw_only=True):
    """`unit`: the body as written in a sentence, `superior`: what stands directly above it, "" where none is printed.

    `number` and `day` stay empty until the paper is issued. `recipients` without "Như trên" and "Lưu", which follow
    from the rest; `filed` is what follows "Lưu:", "VT" and whoever drafted.
    """

    unit: str
    superior: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: datetime.date | None = None
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    filed: str = "VT"


def head(issue: Issue) -> Paper:
    """A paper with all that its issuer decides; kind and content are still to be added."""
    return Paper(
        superior=_above(issue.superior),
        issuer=letterhead(issue.unit) if issue.unit.strip() else (),
        of=issue.unit,
        number=issue.number,
        symbol=issue.symbol,
        place=issue.place,
        day=issue.day,
        signatures=(signed(issue),),
        recipients=issue.recipients,
        filed=issue.filed,
    )


def _above(name: str) -> tuple[str, ...]:
    """What stands directly above is shortened where words are common: "UBND TỈNH MINH GIANG" (mục II, khoản 2 a)."""
    if not name.strip():
        return ()
    first, *place = letterhead(name)
    return (f"UBND {place[0]}",) if place else (first,)


def signed(issue: Issue) -> Signature:
    """Room for a signature where nobody is named yet."""
    signer = issue.signer or Signer(name="")
    return Signature(authority=authority(signer.position, unit=issue.unit), name=signer.name)


def addressed(names: tuple[str, ...]) -> str:
    """Those written to, in a sentence."""
    return joined(names) or "cơ quan có thẩm quyền"
