"""Which submission or nomination a page is about, and who may open it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from thidua_web.accounts.access import Access
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.nominations.queries import loading


def access_of(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def load_submission(request: HttpRequest, submission_id: int, permission: str) -> Submission:
    """404 for strangers, 403 for members who may not. Asked in the unit that proposes."""
    found = loading.submission(submission_id)
    if found is None:
        raise Http404
    access_of(request).require(permission, found.unit)
    return found


def load_seen(request: HttpRequest, submission_id: int) -> Submission:
    """For reading: the unit that proposes and those above it; once it was sent, who appraises too."""
    found = loading.submission(submission_id)
    if found is None:
        raise Http404
    access = access_of(request)
    if found.lodged_on and access.may("appraisal.see", found.to_unit):
        return found
    return load_submission(request, submission_id, "nomination.see")


def load_nomination(request: HttpRequest, nomination_id: int, permission: str) -> Nomination:
    """The same for one nominee's dossier; who appraises reads it too, wherever the unit stands."""
    found = loading.nomination(nomination_id)
    if found is None:
        raise Http404
    access = access_of(request)
    if permission == "nomination.see" and found.lodged_on and access.may("appraisal.see", found.to_unit):
        return found
    access.require(permission, found.unit)
    return found


def load_for_appraisal(request: HttpRequest, nomination_id: int, permission: str) -> Nomination:
    """Asked in the unit that appraises; what was never sent is not there for it."""
    found = loading.nomination(nomination_id)
    if found is None or found.lodged_on is None:
        raise Http404
    access_of(request).require(permission, found.to_unit)
    return found
