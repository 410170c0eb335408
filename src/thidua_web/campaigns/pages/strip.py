"""The stage strip of a campaign: where it stands, since when, and who holds it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign, Edition, PlanDocument
from thidua_web.campaigns.stages import EditionState


class Stage(models.TextChoices):
    """In their order; the first three are the edition's, the others come with the days."""

    PREPARING = "preparing", _("Chuẩn bị")
    PREPARED = "prepared", _("Trình lãnh đạo")
    LAUNCHED = "launched", _("Phát động")
    RUNNING = "running", _("Đang diễn ra")
    ENDED = "ended", _("Kết thúc")


REACHED = {
    EditionState.RETURNED: Stage.PREPARING,
    EditionState.PREPARED: Stage.PREPARED,
    EditionState.LAUNCHED: Stage.LAUNCHED,
}


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    day: datetime.date | None = None
    who: str = ""


def stage_of(edition: Edition | None, campaign: Campaign | None, today: datetime.date) -> Stage:
    """The stage that it is in."""
    if edition is None:
        return Stage.PREPARING
    reached = REACHED[EditionState(edition.state)]
    if reached is not Stage.LAUNCHED or campaign is None:
        return reached
    if campaign.end and campaign.end < today:
        return Stage.ENDED
    return Stage.RUNNING if campaign.start is None or campaign.start <= today else Stage.LAUNCHED


def strip(
    document: PlanDocument, edition: Edition | None, campaign: Campaign | None, today: datetime.date
) -> list[Step]:
    now = list(Stage).index(stage_of(edition, campaign, today))
    known = _known(document, edition, campaign)
    return [
        Step(str(stage.label), "past" if place < now else "now" if place == now else "later", *known.get(stage, ()))
        for place, stage in enumerate(Stage)
    ]


def _known(
    document: PlanDocument, edition: Edition | None, campaign: Campaign | None
) -> dict[Stage, tuple[datetime.date | None, str]]:
    known = {Stage.PREPARING: (timezone.localdate(document.uploaded_at), document.uploaded_by.full_name)}
    if edition is not None and edition.state != EditionState.RETURNED:
        known[Stage.PREPARED] = (timezone.localdate(edition.prepared_at), edition.prepared_by.full_name)
    if edition is not None and edition.launched_at and edition.launched_by:
        known[Stage.LAUNCHED] = (timezone.localdate(edition.launched_at), edition.launched_by.full_name)
    if campaign is not None and campaign.launched_at:
        known[Stage.RUNNING] = (campaign.start, "")
        known[Stage.ENDED] = (campaign.end, "")
    return known
