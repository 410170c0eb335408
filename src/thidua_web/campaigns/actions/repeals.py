"""What an amendment in part repeals, as whoever prepares it names it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, Edition, PlanDocument
from thidua_web.campaigns.queries import launches as queries
from thidua_web.campaigns.stages import EditionState
from thidua_web.campaigns.telling import tell_of_preparing_anew
from thidua_web.journal.actions import record


@transaction.atomic
def name_repealed(*, document: PlanDocument, sources: Collection[str], by: User, at: datetime.datetime) -> bool:
    """Keep which items in force the document repeals; names of anything else are left out. False once launched.

    A plan that lies with the head is laid there anew, so that nobody launches what they have not seen.
    """
    if document.amends_id is None or not document.amends_in_part:
        return False
    PlanDocument.objects.select_for_update().get(pk=document.pk)
    Campaign.objects.select_for_update().get(pk=document.amends_id)
    edition = queries.edition_of(document.pk)
    if edition is not None and edition.state == EditionState.LAUNCHED:
        return False
    named = _in_force(document, sources)
    rows = PlanDocument.objects.filter(pk=document.pk)
    if rows.values_list("repeals", flat=True).get() != named:
        rows.update(repeals=named)
        waiting = Edition.objects.filter(document=document, state=EditionState.PREPARED)
        if edition is not None and waiting.update(prepared_by=by, prepared_at=at):
            tell_of_preparing_anew(edition, by, edition.prepared_at, at=at)
        record(
            act="campaign.repeals_named",
            by=by,
            at=at,
            unit_id=document.unit_id,
            subject=("plan", document.pk),
            label=document.name,
            details={"sources": named},
        )
    return True


def _in_force(document: PlanDocument, sources: Collection[str]) -> list[str]:
    before = queries.standing_before(document)
    if before is None:
        return []
    offered = queries.repealable(before, queries.plan_of(document.pk, ()))
    return [source.name for source in offered.values() if source.name in sources]
