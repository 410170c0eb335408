"""A province's plan, read by the product and launched on a site; the demo's department has launched it too."""

from __future__ import annotations

import io
from pathlib import Path

from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.actions import launches
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import Campaign, Deployment, PlanDocument, ReviewedFact
from thidua_web.campaigns.tasks import read_plan
from thidua_web.register.models import Unit


def launch(path: str) -> int:
    """The campaign's number. Every fact that was read is accepted; the department has launched it at home."""
    now, unit = timezone.now(), Unit.objects.get(code="UBND")
    clerk, head = (User.objects.get(username=name) for name in ("vanthu", "lanhdao"))
    source = io.BytesIO(Path(path).read_bytes())
    uploaded = upload_plan(source=source, name=Path(path).name, unit=unit, by=clerk, at=now)
    assert uploaded.document is not None
    read_plan(uploaded.document.pk)
    ReviewedFact.objects.filter(document=uploaded.document).update(verdict="accepted")
    document = PlanDocument.objects.get(pk=uploaded.document.pk)
    prepared = launches.prepare(document=document, by=clerk, at=now, note="Các câu hỏi còn lại sẽ trả lời sau.")
    assert prepared.edition is not None
    assert launches.launch(edition=prepared.edition, by=head, at=now)
    _deploy(prepared.edition.campaign)
    return int(prepared.edition.campaign_id)


def _deploy(campaign: Campaign) -> None:
    now = timezone.now()
    said = {"sent_at": now, "moved_at": now, "launched_at": now, "launched_on": timezone.localdate()}
    Deployment.objects.update_or_create(campaign=campaign, unit=Unit.objects.get(code="SNNMT"), defaults=said)
