"""The report of achievements as an official paper, made of what the form holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from msgspec import structs

from thidua.nominations.reports import sections_for
from thidua.papers.achievements import (
    Achievements,
    Claim,
    Collective,
    Confirmer,
    Household,
    Lines,
    Merit,
    Passage,
    PastAward,
    Person,
    achievements,
)
from thidua.papers.issuing import Issue
from thidua.papers.paper import Paper
from thidua.papers.wording import movement
from thidua_web.nominations.models import Claim as ClaimRow
from thidua_web.nominations.models import DossierFile, Nomination
from thidua_web.nominations.pages.dossiers import by_claim
from thidua_web.nominations.pages.issuing import issue_of
from thidua_web.nominations.pages.wording import wording_of
from thidua_web.register.models import AwardRecord

MERITS: dict[str, Merit] = {"sudden": "sudden", "campaign": "campaign"}
"""What has no form of its own is reported as the yearly merit is."""


def report(
    row: Nomination,
    claims: Iterable[ClaimRow],
    files: Iterable[DossierFile],
    held: Iterable[AwardRecord],
    on: datetime.date,
) -> Paper:
    return achievements(
        Achievements(
            issue=_issue(row),
            subject=row.subject,  # type: ignore[arg-type]
            merit=MERITS.get(row.merit, "yearly"),
            name=row.name,
            award=wording_of(row.unit).award(row.award, on),
            occasion=movement(row.submission.campaign.title) if row.submission.campaign else "",
            profile=_profile(row),
            about=tuple(_passages(row, "about")),
            done=tuple(_passages(row, "achieved")),
            claims=tuple(_claims(claims, files)),
            past=tuple(_past(held)),
            unit_confirms=Confirmer() if row.person_id else None,
            on=row.lodged_on or on,
        )
    )


def _issue(row: Nomination) -> Issue:
    """A collective reports under its own head; a person and a household sign alone."""
    if row.collective is None:
        return Issue(unit="", place=issue_of(row.unit, "").place)
    return structs.replace(issue_of(row.collective, "BC"), unit=row.name)


def _profile(row: Nomination) -> Lines:
    if row.person:
        one = row.person
        sex = one.get_sex_display() if one.sex else ""
        return Person(name=row.name, born=one.birth_date, sex=str(sex), post=row.position, unit=row.unit_name).lines
    if row.household:
        return Household(head=row.household.head_name, address=row.household.address).lines
    return Collective(name=row.name).lines


def _passages(row: Nomination, part: str) -> Sequence[Passage]:
    """What nothing was written in is left out, save where the claims are told."""
    sections = sections_for(row.subject, row.merit)  # type: ignore[arg-type]
    found = []
    for one in sections:
        text = str(row.sections.get(one.code) or "")
        words = tuple(line.strip() for line in text.split("\n") if line.strip())
        if one.part == part and (words or one.lists_claims):
            found.append(Passage(title=one.title, words=words, tells_claims=one.lists_claims))
    return found


def _claims(claims: Iterable[ClaimRow], files: Iterable[DossierFile]) -> Iterable[Claim]:
    of = by_claim(files)
    for one in claims:
        text = f"{one.words} ({one.value})" if one.value else one.words
        yield Claim(text=text, evidence=tuple(_plain(file.name) for file in of.get(one.pk, ())))


def _plain(name: str) -> str:
    """A file's name as a paper is called."""
    return name.rpartition(".")[0] or name


def _past(held: Iterable[AwardRecord]) -> Iterable[PastAward]:
    for one in held:
        decision = ", ".join(filter(None, (one.decision, one.issuer)))
        yield PastAward(year=one.year, award=one.title, decision=decision, day=one.decided_on)
