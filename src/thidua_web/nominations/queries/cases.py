"""All that is stored about one nomination, for its page: as many queries for sixty files as for none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from thidua_web.eligibility.models import DeedRepeat, RecordedFact
from thidua_web.eligibility.models.facts import SENSITIVE, SPELLS
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import (
    Claim,
    ClockEvent,
    Confirmation,
    ConflictDeclaration,
    ConsultationItem,
    DossierFile,
    EvidenceRequest,
    Lowering,
    MeetingAnalysis,
    MeetingVote,
    Nomination,
    Objection,
    Opinion,
    Override,
    PublicationItem,
    Return,
    ReviewMeeting,
    StoredAssessment,
)
from thidua_web.nominations.queries.values import Sent
from thidua_web.register.models import AwardRecord, Rating
from thidua_web.register.nominees import Nominee, whose_is

MOST_LINES = 300
OF_SUBMISSION = (
    "submission.begun", "submission.presented", "submission.withdrawn", "submission.handed_back", "submission.signed",
    "nomination.lodged_again",
)  # fmt: skip
"""Acts on the whole list that are told of each of its nominations."""


@dataclass(frozen=True)
class Dossier:
    """What the unit sent. `files` are those of the dossier, `shared` those of the whole submission."""

    claims: list[Claim]
    files: list[DossierFile]
    shared: list[DossierFile]
    confirmations: list[Confirmation]

    def of_claim(self, claim: Claim) -> list[DossierFile]:
        return [file for file in self.files if file.claim_id == claim.pk]

    def of_request(self, request: EvidenceRequest) -> list[DossierFile]:
        return [file for file in self.files if file.request_id == request.pk]


def dossier(nomination: Nomination, sent: Sent) -> Dossier:
    """One query beside what the checks have read."""
    shared = DossierFile.objects.filter(submission=nomination.submission_id, nomination=None)
    return Dossier(sent.claims, sent.files, list(shared.select_related("file").order_by("pk")), sent.confirmations)


@dataclass(frozen=True)
class Meeting:
    """The unit's own: how it voted on this nominee, and what it said of each clause, by the clause's key."""

    meeting: ReviewMeeting | None
    vote: MeetingVote | None
    analyses: Mapping[str, str]


def meeting(nomination: Nomination) -> Meeting:
    analyses = MeetingAnalysis.objects.filter(nomination=nomination).values_list("key", "words")
    return Meeting(
        ReviewMeeting.objects.filter(submission=nomination.submission_id).first(),
        MeetingVote.objects.filter(nomination=nomination).first(),
        dict(analyses),
    )


@dataclass(frozen=True)
class Appraisal:
    """What the appraisal did; what was undone is left out, but for opinions, of which the page shows all."""

    returns: list[Return]
    requests: list[EvidenceRequest]
    overrides: Sequence[Override]
    lowerings: list[Lowering]
    opinions: list[Opinion]
    clock: list[ClockEvent]
    assessments: list[StoredAssessment]

    @property
    def opinion(self) -> Opinion | None:
        return next((one for one in self.opinions if one.undone_at is None), None)

    @property
    def request(self) -> EvidenceRequest | None:
        """The one that waits for an answer."""
        return next((one for one in self.requests if one.answered_at is None), None)

    def override_of(self, key: str) -> Override | None:
        """The one that waits or counts, else the last that was refused."""
        own = [one for one in self.overrides if one.key == key and one.withdrawn_at is None]
        return next((one for one in own if one.agreed is not False), own[0] if own else None)


def appraisal(nomination: Nomination, overrides: Sequence[Override]) -> Appraisal:
    """Six queries beside what the checks have read."""
    of, standing = {"nomination": nomination}, {"nomination": nomination, "undone_at__isnull": True}
    requests = EvidenceRequest.objects.filter(**standing).select_related("asked_by", "answered_by")
    return Appraisal(
        returns=list(Return.objects.filter(**standing).select_related("by")),
        requests=list(requests),
        overrides=overrides,
        lowerings=list(Lowering.objects.filter(**standing).select_related("by")),
        opinions=list(Opinion.objects.filter(**of).select_related("by")),
        clock=list(ClockEvent.objects.filter(**of).order_by("pk")),
        assessments=list(StoredAssessment.objects.filter(**of).defer("lines", "checks").select_related("made_by")),
    )


@dataclass(frozen=True)
class Asked:
    """Who was asked about it, and who spoke up."""

    consultations: list[ConsultationItem]
    publications: list[PublicationItem]
    objections: list[Objection]
    conflicts: list[ConflictDeclaration]


def asked(nomination: Nomination) -> Asked:
    """Four queries. Objections are for the eyes of those who handle them."""
    of = {"nomination": nomination}
    declared = ConflictDeclaration.objects.filter(**of, withdrawn_at__isnull=True)
    return Asked(
        list(ConsultationItem.objects.filter(**of).select_related("consultation")),
        list(PublicationItem.objects.filter(**of).select_related("publication")),
        list(Objection.objects.filter(**of).select_related("handled_by", "publication")),
        list(declared.select_related("user")),
    )


# --- The nominee ------------------------------------------------------------------------------------------------------


def awards(of: Nominee) -> list[AwardRecord]:
    return list(AwardRecord.objects.filter(**whose_is(of)).order_by("-year", "-decided_on", "pk"))


def ratings(of: Nominee) -> list[Rating]:
    whose = whose_is(of)
    return [] if "household" in whose else list(Rating.objects.filter(**whose).order_by("-year", "track"))


def spells(of: Nominee, *, sensitive: bool) -> list[RecordedFact]:
    """What lasted: discipline, inspections, leave; the sensitive ones only where they are asked for."""
    kinds = [kind for kind in SPELLS if sensitive or kind not in SENSITIVE]
    return list(RecordedFact.objects.standing().filter(**whose_is(of), kind__in=kinds).order_by("-since", "-pk"))


def repeats(nomination: Nomination) -> list[DeedRepeat]:
    """Reports that share text with this one, those that share most first."""
    if nomination.deed_id is None:
        return []
    rows = DeedRepeat.objects.filter(Q(deed=nomination.deed_id) | Q(other=nomination.deed_id))
    rows = rows.filter(deed__withdrawn_at__isnull=True, other__withdrawn_at__isnull=True)
    named = ("person__unit", "unit", "household__unit")
    return list(rows.select_related(*(f"{side}__{name}" for side in ("deed", "other") for name in named)))


# --- What happened ----------------------------------------------------------------------------------------------------


def lines(nomination: Nomination) -> list[JournalLine]:
    """The newest first: of the nomination, and of the submission that it came with."""
    own = Q(subject_kind="nomination", subject=str(nomination.pk))
    sent = Q(subject_kind="submission", subject=str(nomination.submission_id), act__in=OF_SUBMISSION)
    found = JournalLine.objects.filter(own | sent).order_by("-number")[:MOST_LINES]
    return [line for line in found if nomination.pk in line.details.get("nominations", [nomination.pk])]


def last_line(nomination: Nomination) -> JournalLine | None:
    """What was done to it last."""
    return next(iter(lines(nomination)), None)


def stored(nomination: Nomination, pk: int) -> StoredAssessment | None:
    return StoredAssessment.objects.filter(nomination=nomination, pk=pk).select_related("made_by").first()
