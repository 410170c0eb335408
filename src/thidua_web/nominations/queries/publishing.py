"""Which nominations the law wants published before they go on, and which were."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from thidua.findings import Finding, unknown
from thidua.law.law import Rule
from thidua.law.statute import Provision
from thidua_web.law.queries import current_law
from thidua_web.nominations.models import Nomination, PublicationItem

TOPIC = "publication"


def rules_of(award: str, on: datetime.date) -> Iterator[Rule]:
    """Rules of the day that ask for a publication of this award (Điều 84 khoản 5 Luật 06/2022/QH15)."""
    for rule in current_law().rules(Provision, on):
        entry = rule.entry
        if isinstance(entry, Provision) and entry.topic == TOPIC and (not entry.awards or award in entry.awards):
            yield rule


def unpublished(rows: Iterable[Nomination], on: datetime.date) -> set[int]:
    """Numbers of those that should have been shown to the people and were not, to the end. One query."""
    wanted = {row.pk for row in rows if any(rules_of(row.award, row.lodged_on or on))}
    return wanted - _published(wanted, on) if wanted else set()


def _published(keys: Collection[int], on: datetime.date) -> set[int]:
    ended = PublicationItem.objects.filter(publication__withdrawn_at__isnull=True, publication__until__lt=on)
    return set(ended.filter(nomination__in=keys).values_list("nomination", flat=True))


def missing(nomination: Nomination, on: datetime.date) -> Iterator[Finding]:
    """What the law asks for and was not done, with its article."""
    if nomination.pk in unpublished([nomination], on):
        day = nomination.lodged_on or on
        yield unknown("appraising.publication_missing", next(rules_of(nomination.award, day)).basis(day))
