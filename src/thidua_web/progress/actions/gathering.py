"""What the units below have taken on goes into the pledge that one's own unit hands in above."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.journal.actions import record
from thidua_web.progress.actions.pledges import is_editable
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork
from thidua_web.progress.queries import pledge_totals as totals
from thidua_web.progress.queries import pledges as queries

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "thidua:gathered")


@dataclass(frozen=True)
class Gathered:
    """How much went up; `pledge` is None where it is handed in already, or nothing is above."""

    pledge: Pledge | None = None
    targets: int = 0
    works: int = 0


@transaction.atomic
def gather(*, campaign: Campaign, by: User, at: datetime.datetime) -> Gathered:
    """Accepted works one by one, accepted targets summed, as a section of the own pledge in the campaign above.

    Done again it brings that section up to date: it takes the place of the one before, and of nothing else.
    """
    if campaign.parent is None:
        return Gathered()
    pledge, is_new = Pledge.objects.get_or_create(
        campaign=campaign.parent, unit=campaign.unit, defaults={"edited_by": by, "edited_at": at}
    )
    pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
    if not is_editable(pledge):
        return Gathered()
    if is_new or pledge.revision == 0:
        PledgedTarget.objects.bulk_create(_begun(pledge))
    targets, works = totals.to_gather(campaign)
    summed = _summed(pledge, targets)
    taken = _taken_up(pledge, works)
    Pledge.objects.filter(pk=pledge.pk).update(revision=F("revision") + 1, edited_by=by, edited_at=at)
    record(
        act="pledge.gathered",
        by=by,
        at=at,
        unit_id=pledge.unit_id,
        subject=("pledge", pledge.pk),
        label=f"{pledge.unit.name}: {campaign.title}",
        details={"campaign": pledge.campaign_id, "from": campaign.pk, "targets": summed, "works": taken},
    )
    return Gathered(pledge, summed, taken)


def _begun(pledge: Pledge) -> Iterable[PledgedTarget]:
    """What every pledge begins with, where nobody has saved it yet."""
    there = set(pledge.targets.values_list("token", flat=True))
    for row in queries.first_targets(pledge.campaign):
        if row.token not in there:
            row.pledge = pledge
            yield row


def _summed(pledge: Pledge, targets: Iterable[PledgedTarget]) -> int:
    """One row for every target of one name, measure and direction; shares are not added up.

    Where the campaign above has that target itself, the sum is its number, unless the unit has written its own.
    """
    groups: dict[tuple[str, str, str], list[PledgedTarget]] = {}
    for row in targets:
        one = totals.TargetTotal(None, row.indicator, row.measure, row.op, "", 1, 0, row.value, None, None)
        if one.sum is not None:
            groups.setdefault(_key(row), []).append(row)
    asked = {_key(row): row for row in pledge.targets.filter(source__isnull=False)}
    before = {row.token: row for row in pledge.targets.filter(gathered__gt=0, source__isnull=True)}
    last, written = pledge.targets.count(), 0
    for place, (key, rows) in enumerate(groups.items(), last):
        row = asked.pop(key, None)
        if row is None:
            token = uuid.uuid5(NAMES, "|".join(key))
            row = before.pop(token, None) or PledgedTarget(pledge=pledge, token=token, place=place)
            row.indicator, row.measure, row.op = rows[0].indicator, rows[0].measure, rows[0].op
        elif not row.gathered and (row.value is not None or row.left_out):
            continue
        _add_up(row, rows)
        written += 1
    for row in asked.values():
        if row.gathered:
            row.value, row.gathered = None, 0
            row.save()
    _drop(before.values())
    return written


def _add_up(row: PledgedTarget, rows: Sequence[PledgedTarget]) -> None:
    row.value = sum(one.value for one in rows if one.value is not None)
    row.due = max((one.due for one in rows if one.due), default=None)
    row.gathered = len({one.pledge_id for one in rows})
    row.left_out = False
    row.save()


def _key(row: PledgedTarget) -> tuple[str, str, str]:
    return search_key(row.indicator), search_key(row.measure), row.op


def _taken_up(pledge: Pledge, works: Iterable[PledgedWork]) -> int:
    before = {row.part_of_id: row for row in pledge.works.filter(part_of__isnull=False)}
    last, rows = pledge.works.count(), []
    for place, work in enumerate(works, last):
        row = before.pop(work.pk, None) or PledgedWork(
            pledge=pledge, campaign_id=pledge.campaign_id, token=uuid.uuid5(NAMES, str(work.token)), place=place
        )
        row.part_of, row.left_out = work, False
        for name in ("name", "where", "start_due", "finish_due", "note", "unlike"):
            setattr(row, name, getattr(work, name))
        # What looked like it below has been looked at below.
        row.alike = []
        rows.append(row)
    for row in rows:
        row.save()
    _drop(before.values())
    return len(rows)


def _drop(rows: Iterable[PledgedTarget | PledgedWork]) -> None:
    """What is not below any more, unless something was reported on it."""
    for row in rows:
        told = row.reported.exists() if isinstance(row, PledgedWork) else row.values.exists()
        if told or row.evidence.exists():
            row.left_out = True
            row.save()
        else:
            row.delete()
