"""A calendar for other programs, made of the rows of launched campaigns."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from django.utils.translation import gettext

from thidua.plans import campaign as core
from thidua.plans.calendar import campaign_ical
from thidua_web.campaigns.models import CalendarAddress, Duty, Phase
from thidua_web.campaigns.models.campaigns import Part
from thidua_web.campaigns.queries import calendars as queries


@dataclass(frozen=True)
class Feed:
    """What an address leads to now. `site` ("https://host") begins the links that events have."""

    address: CalendarAddress
    campaigns: Sequence[int]
    changes: tuple[datetime.datetime | int | None, ...]
    site: str

    @property
    def changed_at(self) -> datetime.datetime:
        return max([self.address.created_at, *(at for at in self.changes if isinstance(at, datetime.datetime))])

    @property
    def etag(self) -> str:
        said = (_version(), self.site, self.address.pk, self.address.created_at, self.campaigns, self.changes)
        return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def feed_of(address: CalendarAddress, *, site: str) -> Feed:
    campaigns = sorted(queries.campaigns_seen(address).values_list("pk", flat=True))
    return Feed(address, campaigns, queries.last_changes(address, campaigns), site)


def content_of(feed: Feed) -> bytes:
    """Of a unit: what it still has to do. Of a campaign: its phases and the duties of everybody."""
    whole = feed.address.campaign_id is not None
    phases = queries.phases_of(feed.campaigns) if whole else []
    duties = queries.duties_of(feed.campaigns, unit_id=None if whole else feed.address.unit_id)
    plan = core.CampaignPlan(
        phases=tuple(_phase(row, feed.site) for row in phases),
        duties=tuple(_duty(row, feed.site) for row in duties),
    )
    return campaign_ical(plan, name=name_of(feed.address), stamp=feed.changed_at, uid_base=feed.site)


def name_of(address: CalendarAddress) -> str:
    if address.campaign:
        return address.campaign.title
    return gettext("Thời hạn thi đua: %(unit)s") % {"unit": address.unit.name}


def _phase(row: Phase, site: str) -> core.Phase:
    return core.Phase(
        key=f"phase-{row.pk}",
        words=_words(row, site),
        label=row.label,
        level=row.level or None,
        start=row.start,
        end=row.end,
    )


def _duty(row: Duty, site: str) -> core.Duty:
    days = ((day.day, day.due) for day in row.days_shown)
    return core.Duty(
        key=f"duty-{row.pk}",
        words=_words(row, site),
        what=row.what,
        who=row.who or None,
        to=row.to or None,
        nature=row.nature,
        time=f"{row.time:%H:%M}" if row.time else None,
        days=tuple(core.Occurrence(day=day, due=due) for day, due in days),
    )


def _words(row: Part, site: str) -> core.Words:
    """The plan's own words, then the way to the page."""
    return core.Words(
        quote=f"“{row.quote}”\n{row.campaign.title}\n{site}{row.campaign.get_absolute_url()}",
        span=(row.span_start, row.span_end),
    )


@cache
def _version() -> str:
    return metadata.version("thidua")
