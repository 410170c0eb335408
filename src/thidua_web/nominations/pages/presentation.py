"""The tờ trình of a submission: made of what it holds, as an official paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from thidua.law.instruments import find_instrument
from thidua.papers.nominees import Nominee
from thidua.papers.paper import Paper
from thidua.papers.presentation import Presentation
from thidua.papers.presentation import presentation as made
from thidua.papers.wording import day_words, movement
from thidua_web.nominations.models import Kind, Nomination, Submission
from thidua_web.nominations.pages.issuing import issue_of
from thidua_web.nominations.pages.wording import wording_of

THE_LAW = "06/2022/QH15"


def presentation(
    row: Submission, rows: Sequence[Nomination], papers: Iterable[str], reviewed: datetime.date | None
) -> Paper:
    """`papers`: what is sent with it, in words; `reviewed`: the day of the unit's own meeting.

    What is not known yet, number and day before it is signed, leaves the empty space of the form.
    """
    return made(
        Presentation(
            issue=issue_of(row.unit, "TTr", number=row.number, day=row.lodged_on, signer=row),
            to=(row.to_unit.name,),
            occasion=_occasion(row),
            nominees=tuple(nominees(row, rows)),
            bases=tuple(_bases(row)),
            reasons=tuple(_reasons(row)),
            reviewed=reviewed,
            dossier=tuple(papers),
            on=row.lodged_on,
        )
    )


def _occasion(row: Submission) -> str:
    """As it follows "khen thưởng"."""
    if row.campaign is not None:
        return f"thành tích trong {movement(row.campaign.title)}"
    return "thành tích đột xuất" if row.kind == Kind.SUDDEN else f"thành tích công tác năm {row.year}"


def _bases(row: Submission) -> Iterable[str]:
    law = find_instrument(THE_LAW)
    if law is not None and law.signed is not None:
        yield f"Căn cứ Luật Thi đua, khen thưởng {day_words(law.signed)}"
    if row.campaign is not None and row.campaign.number:
        yield f"Căn cứ văn bản số {row.campaign.number} của {row.campaign.unit.name}"


def _reasons(row: Submission) -> Iterable[str]:
    if row.kind != Kind.SUDDEN:
        return
    when = f" {day_words(row.happened_on)}" if row.happened_on else ""
    yield f"{row.occasion.rstrip('. ')}. Việc xảy ra{when}, tại {row.place}."
    if row.who:
        yield f"Người, tập thể đã làm: {row.who.rstrip('. ')}."


def nominees(row: Submission, rows: Iterable[Nomination]) -> Iterator[Nominee]:
    """As lists show them, by the law of the day of the tờ trình, once it has one."""
    wording = wording_of(row.unit)
    for one in rows:
        yield wording.nominee(one, row.lodged_on or datetime.date(one.year, 12, 31))
