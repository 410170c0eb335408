"""An appraised list on its page and as the report that the council reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from thidua.papers.appraised import AppraisalReport, Appraised, appraisal_report
from thidua.papers.nominees import Nominee
from thidua.papers.paper import Paper
from thidua_web.nominations.models import AppraisedList, Nomination, Opinion
from thidua_web.nominations.pages.issuing import issue_of
from thidua_web.nominations.pages.wording import Wording
from thidua_web.nominations.stages import NominationState


@dataclass(frozen=True)
class Listed:
    row: Nomination
    opinion: Opinion | None
    award_asked: str

    @property
    def words(self) -> str:
        return self.opinion.words if self.opinion else ""


@dataclass(frozen=True)
class Group:
    """Those of one award and one result."""

    title: str
    recommended: bool
    rows: list[Listed]


def groups(
    rows: Sequence[Nomination], opinions: Mapping[int, Opinion], wording: Wording, on: datetime.date
) -> list[Group]:
    def key(row: Nomination) -> tuple[bool, str]:
        return row.state != NominationState.RECOMMENDED, row.award

    ordered = sorted(rows, key=key)
    return [
        Group(wording.award(award, on), not refused, [_listed(row, opinions, wording, on) for row in found])
        for (refused, award), found in groupby(ordered, key=key)
    ]


def _listed(row: Nomination, opinions: Mapping[int, Opinion], wording: Wording, on: datetime.date) -> Listed:
    lowered = row.award_asked and row.award_asked != row.award
    return Listed(row, opinions.get(row.pk), wording.award(row.award_asked, on) if lowered else "")


def paper(row: AppraisedList, found: Iterable[Group], on: datetime.date) -> Paper:
    day = timezone.localtime(row.signed_at).date() if row.signed_at else None
    issue = issue_of(row.to_unit, "BC", number=row.number, day=day, signer=row)
    appraised = tuple(_appraised(one, group) for group in found for one in group.rows)
    council = (council_of(row.to_unit.name),)
    return appraisal_report(
        AppraisalReport(issue=issue, to=council, occasion=_occasion(row.title), appraised=appraised)
    )


def _occasion(title: str) -> str:
    """A title that says already that it is a result stands as it is."""
    return title if title.casefold().startswith("kết quả thẩm định") else f"theo danh sách “{title}”"


def council_of(unit: str) -> str:
    """A committee's council has the name of its place: "Hội đồng Thi đua - Khen thưởng tỉnh Minh Giang"."""
    return f"Hội đồng Thi đua - Khen thưởng {unit.removeprefix('Ủy ban nhân dân ')}"


def _appraised(one: Listed, group: Group) -> Appraised:
    row = one.row
    about = ", ".join(part for part in (row.position, row.unit_name) if part)
    lowered = bool(one.award_asked)
    verdict = "not_recommended" if not group.recommended else "lowered" if lowered else "recommended"
    return Appraised(
        nominee=Nominee(
            name=row.name,
            subject=row.subject,  # type: ignore[arg-type]
            about=about,
            award=one.award_asked or group.title,
            merit=row.summary,
        ),
        verdict=verdict,  # type: ignore[arg-type]
        submitted_by=row.unit.name,
        instead=group.title if lowered and group.recommended else "",
        reason=one.words,
    )
