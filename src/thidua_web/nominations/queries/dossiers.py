"""What the page of a dossier reads: claims, files, confirmations, requests, awards held."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from thidua_web.config.lookup import only
from thidua_web.nominations.models import (
    Claim,
    Confirmation,
    DossierFile,
    EvidenceRequest,
    GateException,
    Nomination,
    Submission,
)
from thidua_web.nominations.stages import EDITABLE, UNDER_APPRAISAL, NominationState, SubmissionState
from thidua_web.register.models import AwardRecord

WRITABLE = Q(state=NominationState.RETURNED) | Q(
    state=NominationState.DRAFT, submission__in=Submission.objects.filter(state=SubmissionState.DRAFT).order_by()
)
"""What lies before the head who signs is not written in; it is taken back first. The same as `is_writable`.

Without a join: an update by it asks the row's own columns again when it had to wait for another update.
"""
ANSWERABLE = WRITABLE | Q(state__in=UNDER_APPRAISAL)
"""While another body's answer may be recorded: it comes when it comes, also to who appraises."""
MOST_AWARDS = 100


def is_writable(nomination: Nomination) -> bool:
    """Whether the unit writes in it now."""
    if nomination.state == NominationState.DRAFT:
        return nomination.submission.state == SubmissionState.DRAFT
    return nomination.state in EDITABLE


def takes_answers(nomination: Nomination) -> bool:
    """The same as ANSWERABLE."""
    return is_writable(nomination) or nomination.state in UNDER_APPRAISAL


def takes_files(nomination: Nomination) -> bool:
    """While it is asked for more, the unit adds files, and nothing else."""
    return is_writable(nomination) or nomination.state == NominationState.ASKED


def claims_of(nomination: Nomination) -> list[Claim]:
    return list(nomination.claims.order_by("place", "pk"))


def claim_values(claim: Claim) -> dict[str, Any]:
    return {
        "token": claim.token,
        "words": claim.words,
        "since": claim.since,
        "until": claim.until,
        "value": claim.value,
    }


def known_claims(nomination: Nomination) -> dict[uuid.UUID, Mapping[str, Any]]:
    return {claim.token: claim_values(claim) for claim in claims_of(nomination)}


def files_of(nomination: Nomination) -> list[DossierFile]:
    rows = DossierFile.objects.filter(nomination=nomination).select_related(
        "file", "uploaded_by", "claim", "confirmation", "request"
    )
    return list(rows.order_by("pk"))


def file(nomination: Nomination, file_id: int) -> DossierFile | None:
    return only(
        DossierFile.objects.filter(nomination=nomination, pk=file_id).select_related(
            "file", "claim", "confirmation", "request"
        )
    )


def papers_of_submission(nomination: Nomination) -> frozenset[str]:
    """Codes of the papers that are one for all of the submission."""
    rows = DossierFile.objects.filter(submission=nomination.submission_id, nomination__isnull=True).exclude(paper="")
    return frozenset(rows.order_by().values_list("paper", flat=True))


def confirmations_of(nomination: Nomination) -> list[Confirmation]:
    return list(nomination.confirmations.select_related("asked_by", "answered_by").order_by("pk"))


def confirmation(nomination: Nomination, confirmation_id: int) -> Confirmation | None:
    return only(nomination.confirmations.filter(pk=confirmation_id))


def requests_of(nomination: Nomination) -> list[EvidenceRequest]:
    """Those that stand, the newest first."""
    rows = nomination.requests.filter(undone_at__isnull=True).select_related("asked_by", "answered_by")
    return list(rows.order_by("-asked_at", "-pk"))


def open_request(nomination: Nomination) -> EvidenceRequest | None:
    """The one that waits for an answer."""
    rows = nomination.requests.filter(undone_at__isnull=True, answered_at__isnull=True)
    return next(iter(rows.select_related("asked_by").order_by("-asked_at", "-pk")[:1]), None)


def awards_of(nomination: Nomination) -> list[AwardRecord]:
    """What the register knows the nominee to hold, the newest first."""
    column = {"individual": "person", "collective": "unit", "household": "household"}[nomination.subject]
    rows = AwardRecord.objects.filter(**{column: nomination.nominee}).order_by("-year", "-decided_on", "pk")
    return list(rows[:MOST_AWARDS])


def is_excepted(submission: Submission, key: str) -> bool:
    """Whether who may has let a stop of the gate pass."""
    return GateException.objects.filter(submission=submission, code=key, granted=True).exists()
