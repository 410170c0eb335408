"""Campaigns that were launched before there were deployments are sent to those whom their duties address."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import migrations
from django.db.models import F


def send_out(apps: Any, schema_editor: Any) -> None:
    Campaign, Deployment, DutyUnit = (
        apps.get_model("campaigns", name) for name in ("Campaign", "Deployment", "DutyUnit")
    )
    children: dict[tuple[int, int], tuple[int, datetime.datetime]] = {}
    launched = Campaign.objects.filter(launched_at__isnull=False, parent__isnull=False).order_by("-launched_at")
    for pk, parent, unit, at in launched.values_list("pk", "parent_id", "unit_id", "launched_at"):
        children[parent, unit] = (pk, at)
    duties = DutyUnit.objects.filter(duty__ended_by__isnull=True, duty__campaign__launched_at__isnull=False)
    duties = duties.exclude(unit=F("duty__campaign__unit")).order_by()
    there = set(Deployment.objects.values_list("campaign_id", "unit_id"))
    sent = duties.values_list("duty__campaign_id", "unit_id", "duty__campaign__launched_at").distinct()
    rows = (_row(Deployment, children, *one) for one in sent if one[:2] not in there)
    Deployment.objects.bulk_create(rows, batch_size=500)


def _row(model: Any, children: Any, campaign: int, unit: int, sent: datetime.datetime) -> Any:
    child, at = children.get((campaign, unit), (None, None))
    received = max(sent, at) if at else None
    return model(
        campaign_id=campaign,
        unit_id=unit,
        sent_at=sent,
        received_at=received,
        child_id=child,
        launched_at=at,
        moved_at=received or sent,
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_deployments")]
    operations = [migrations.RunPython(send_out, migrations.RunPython.noop)]
