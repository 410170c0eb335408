"""Every write to the secret addresses of calendars."""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import CalendarAddress, Campaign
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit

NOTED_EVERY = datetime.timedelta(hours=1)


@transaction.atomic
def open_address(*, unit: Unit, campaign: Campaign | None, by: User, at: datetime.datetime) -> CalendarAddress:
    """An address of one's own for the unit's duties, or for one campaign. Who has it already keeps it."""
    address, made = CalendarAddress.objects.get_or_create(
        user=by, unit=unit, campaign=campaign, ended_at=None, defaults={"nonce": uuid.uuid4(), "created_at": at}
    )
    if made:
        _journal("calendar.made", address, by, at)
    return address


@transaction.atomic
def change_address(*, address: CalendarAddress, by: User, at: datetime.datetime) -> bool:
    """From now on only a new address answers. False where it was ended, or changed by somebody else at once."""
    standing = CalendarAddress.objects.filter(pk=address.pk, nonce=address.nonce, ended_at__isnull=True)
    changed = bool(standing.update(nonce=uuid.uuid4(), created_at=at, last_read_at=None))
    if changed:
        _journal("calendar.changed", address, by, at)
    return changed


@transaction.atomic
def end_address(*, address: CalendarAddress, by: User, at: datetime.datetime) -> bool:
    """It answers no more, ever; a new one can be opened. False where it was ended before."""
    ended = bool(CalendarAddress.objects.filter(pk=address.pk, ended_at__isnull=True).update(ended_at=at))
    if ended:
        _journal("calendar.ended", address, by, at)
    return ended


def _journal(act: str, address: CalendarAddress, by: User, at: datetime.datetime) -> None:
    label = address.campaign.title if address.campaign else address.unit.name
    record(act=act, by=by, at=at, unit_id=address.unit_id, subject=("calendar", address.pk), label=label)


def note_reading(*, address: CalendarAddress, at: datetime.datetime) -> bool:
    """A calendar program has read it. Programs come every few minutes; once an hour is written down."""
    stale = Q(last_read_at__isnull=True) | Q(last_read_at__lte=at - NOTED_EVERY)
    return bool(CalendarAddress.objects.filter(stale, pk=address.pk).update(last_read_at=at))
