"""What the address asks about: which award for whom, in which year, under the law of which day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils import timezone

from thidua.law.awards import Award, awards
from thidua.law.criteria import Subject
from thidua.law.law import Law
from thidua_web.accounts.access import Access
from thidua_web.campaigns.models import Offer as OfferRow
from thidua_web.campaigns.queries.campaigns import lineage
from thidua_web.eligibility.forms.desk import CaseForm
from thidua_web.eligibility.models.deeds import Merit
from thidua_web.eligibility.queries import cases
from thidua_web.eligibility.queries.cases import Case

SUBJECTS: Mapping[str, Subject] = {"ca-nhan": "individual", "tap-the": "collective", "ho-gia-dinh": "household"}
FIRST: Mapping[str, str] = {"individual": "LDTT", "collective": "TTLDTT", "household": "GDVH"}
F = TypeVar("F", bound=CaseForm)


@dataclass(frozen=True)
class Choice:
    subject: Subject
    year: int
    on: datetime.date
    listed: list[Award]
    offered: list[tuple[OfferRow, Case]]
    case: Case | None
    said: Mapping[str, Any]

    def form(self, kind: type[F], asked: QueryDict, **options: Any) -> F:
        """Filled with what counts where the address says nothing."""
        data = asked.copy()
        for name, value in self.said.items():
            data.setdefault(name, value)
        offers = [(str(row.pk), f"{case.title}: {row.campaign.title}") for row, case in self.offered]
        return kind(data, awards=self.listed, offers=offers, on=self.on, **options)


def choice_of(asked: QueryDict, law: Law, access: Access, *, subject: Subject | None = None) -> Choice:
    """`subject`: where the page is about one nominee."""
    subject = subject or SUBJECTS.get(asked.get("loai", ""), "individual")
    on = day_of(asked) or timezone.localdate()
    year = year_of(asked) or ended_year(on)
    listed = cases.known_awards(subject, law, on)
    offered = campaign_cases(access, subject, on)
    wanted = asked.get("giai", "")
    case = next((case for row, case in offered if wanted == f"muc-{row.pk}"), None)
    if case is None and listed:
        codes = {award.code: award for award in listed}
        award = codes.get(wanted) or codes.get(FIRST.get(subject, "")) or listed[0]
        case = cases.case_of_law(award, subject, year, on, merit_of(asked))
        wanted = award.code
    loai = next(name for name, value in SUBJECTS.items() if value == subject)
    said = {"loai": loai, "giai": wanted, "nam": str(year), "ngay": f"{on:%d/%m/%Y}"}
    return Choice(subject, year, on, listed, offered, case, said)


def campaign_cases(access: Access, subject: Subject, on: datetime.date) -> list[tuple[OfferRow, Case]]:
    """Of campaigns of units in reach, and of those above the own ones, which these were sent."""
    above = list(lineage(access.units))
    rows = cases.offers(access.paths("eligibility.see"), above, on)
    return [(row, case) for row in rows if (case := cases.case_of_campaign(row, subject, on)) is not None]


def day_of(asked: QueryDict) -> datetime.date | None:
    """A day as it is written here; None where there is none, or no day."""
    try:
        day = datetime.datetime.strptime(asked.get("ngay", ""), "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


def ended_year(on: datetime.date) -> int:
    """The year that awards are proposed for: the last that has ended, in December the one that ends."""
    return on.year if on.month == 12 else on.year - 1


def year_of(asked: QueryDict) -> int | None:
    text = asked.get("nam", "")
    return int(text) if text.isdecimal() and len(text) == 4 and 2004 <= int(text) <= 2100 else None


def merit_of(asked: QueryDict) -> Any:
    said = asked.get("loai_hinh", "")
    return said if said in Merit.values else "yearly"


def award_of(code: str) -> Award | None:
    return awards().get(code)
