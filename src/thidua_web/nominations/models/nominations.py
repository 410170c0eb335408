from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.collation import person_sort_text, sort_text
from thidua_web.archive.models import StoredFile
from thidua_web.campaigns.models import Offer
from thidua_web.eligibility.models import Deed
from thidua_web.eligibility.models.deeds import Merit
from thidua_web.eligibility.models.facts import Confirmer
from thidua_web.nominations.models.submissions import ReviewMeeting, Submission
from thidua_web.nominations.stages import NominationState
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.models.units import FoldedField, SortField

USER = settings.AUTH_USER_MODEL

ONE_NOMINEE = (
    Q(subject="individual", person__isnull=False, collective__isnull=True, household__isnull=True)
    | Q(subject="collective", person__isnull=True, collective__isnull=False, household__isnull=True)
    | Q(subject="household", person__isnull=True, collective__isnull=True, household__isnull=False)
)


class Subject(models.TextChoices):
    """The codes are those of the core."""

    INDIVIDUAL = "individual", _("Cá nhân")
    COLLECTIVE = "collective", _("Tập thể")
    HOUSEHOLD = "household", _("Hộ gia đình")


class NomineeSortField(SortField):
    """People by their given name, collectives by their whole name."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        name = str(getattr(model_instance, self.of))
        named = getattr(model_instance, "subject", "") == Subject.COLLECTIVE
        key = sort_text(name) if named else person_sort_text(name)
        setattr(model_instance, self.attname, key)
        return key


COLUMNS: dict[str, str] = {
    Subject.INDIVIDUAL: "person",
    Subject.COLLECTIVE: "collective",
    Subject.HOUSEHOLD: "household",
}
"""Where a nomination names its nominee."""


class Nomination(models.Model):
    """One nominee proposed for one award, with its dossier.

    `name`, `position`, `unit_name` are as the dossier says them, for good. `award` is the code asked for now,
    `award_asked` the one the unit asked for, where it was lowered. `sections` holds the report by the codes of its
    parts; what it claims stands in `Claim`. `outcome` is that of the assessment when it was last stored, `defects` how
    many checks it fails. `lodged_on` is the day that selects the law; `clock_due` the last working day of the step
    that runs, empty while the clock stands still.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominations")
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="received_nominations", db_index=False
    )  # begins every index of the desk
    place = models.PositiveIntegerField(default=0)
    subject = models.CharField(max_length=10, choices=Subject)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    collective = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="nominated")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    award = models.CharField(max_length=40)
    award_asked = models.CharField(max_length=40, blank=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    merit = models.CharField(max_length=10, choices=Merit)
    year = models.PositiveSmallIntegerField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    sections = models.JSONField(default=dict, blank=True)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    state = models.CharField(max_length=16, choices=NominationState, default=NominationState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    edited_in = models.CharField(max_length=36, blank=True)
    edited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    lodged_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    clock_due = models.DateField(null=True, blank=True)
    appraiser = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="appraises")
    outcome = models.CharField(max_length=10, blank=True)
    defects = models.PositiveSmallIntegerField(default=0)
    returns = models.PositiveSmallIntegerField(default=0)
    listed = models.ForeignKey(
        "nominations.AppraisedList", on_delete=models.SET_NULL, null=True, blank=True, related_name="nominations"
    )
    folded = FoldedField(of="name", max_length=300)
    sort_text = NomineeSortField(of="name", max_length=900)

    class Meta:
        ordering = ("submission_id", "place", "id")
        constraints = (
            models.CheckConstraint(condition=ONE_NOMINEE, name="nomination_of_one"),
            models.CheckConstraint(condition=Q(state__in=NominationState.values), name="nomination_state_is_known"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="nomination_period_ends_after_it_begins",
            ),
            *(
                models.UniqueConstraint(
                    fields=["submission", "award", field],
                    condition=Q(**{f"{field}__isnull": False}) & ~Q(state=NominationState.WITHDRAWN),
                    name=f"nomination_once_{field}",
                )
                for field in ("person", "collective", "household")
            ),
        )
        indexes = (
            # Holds all that the appraisal desk asks, so that it counts and filters without reading the rows.
            models.Index(
                fields=[
                    *("to_unit", "state", "clock_due", "id", "award", "year", "subject", "appraiser", "outcome"),
                    *("defects", "submission", "unit", "lodged_on", "folded"),
                ],
                name="nomination_queue",
            ),
            models.Index(fields=["to_unit", "sort_text", "id"], name="nomination_by_name"),
            models.Index(fields=["to_unit", "state"], name="nomination_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.award}"

    def get_absolute_url(self) -> str:
        return reverse("nominations:nomination", args=[self.pk])

    @property
    def nominee(self) -> Person | Unit | Household:
        return self.person or self.collective or self.household  # type: ignore[return-value]


class Verdict(models.TextChoices):
    """What the appraiser found of a claim."""

    PROVED = "proved", _("Đã chứng minh")
    TOOK_PART = "took_part", _("Chỉ tham gia")
    UNPROVABLE = "unprovable", _("Không chứng minh được")
    UNTRUE = "untrue", _("Không đúng sự thật")


class Claim(models.Model):
    """One thing that the report says was achieved; every one carries evidence, and later a verdict.

    `token` names its row on the form, before it is stored too.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="claims")
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    place = models.PositiveSmallIntegerField()
    words = models.TextField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    value = models.CharField(max_length=80, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    verdict_note = models.TextField(blank=True)
    verdict_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "place", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=Verdict.values, verdict_by__isnull=False),
                name="claim_verdict_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.TOOK_PART, Verdict.UNPROVABLE, Verdict.UNTRUE]) | ~Q(verdict_note=""),
                name="claim_refused_says_why",
            ),
            models.UniqueConstraint(fields=["nomination", "token"], name="claim_row_once"),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.place}"


class ReportPrint(models.Model):
    """A kept hash of a report (thidua.rules.repeats.fingerprints), by which others that repeat it are found."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="prints")
    value = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["value", "nomination"], name="report_print_by_value"),)

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.value}"


class Confirmation(models.Model):
    """Another body is asked to confirm that duties are fulfilled; its yes becomes a fact of the nominee.

    `yes` is None while it has not answered.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="confirmations")
    body = models.CharField(max_length=20, choices=Confirmer)
    asked_of = models.CharField(max_length=200)
    asked_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    yes = models.BooleanField(null=True, blank=True)
    paper = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("nomination_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["nomination", "body"], condition=Q(yes__isnull=True), name="confirmation_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(yes__isnull=True, answered_on__isnull=True)
                | Q(yes__isnull=False, answered_on__isnull=False),
                name="confirmation_answered_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.body}"


class DossierFile(models.Model):
    """A file of a dossier: a paper the rule asks for (`paper`, its code), the evidence of a claim, a confirmation's
    answer, what an appraiser asked for; or, without a nomination, a paper of the whole submission.

    `rank`: the file's place among those of its dossier.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, null=True, blank=True, related_name="files")
    paper = models.CharField(max_length=40, blank=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="files")
    confirmation = models.ForeignKey(
        Confirmation, on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    request = models.ForeignKey(
        "nominations.EvidenceRequest", on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    dated = models.DateField(null=True, blank=True)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("submission_id", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(nomination__isnull=False)
                | Q(claim__isnull=True, confirmation__isnull=True, request__isnull=True),
                name="dossier_file_of_a_nomination",
            ),
        )
        indexes = (models.Index(fields=["nomination", "id"], name="dossier_file_listed"),)

    def __str__(self) -> str:
        return self.name


class MeetingVote(models.Model):
    """How the unit's own meeting voted on a nomination, and what it said of it; `revision` is that of the words."""

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.CASCADE, related_name="votes")
    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="meeting_vote")
    agreed = models.PositiveSmallIntegerField(null=True, blank=True)
    against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    edited_in = models.CharField(max_length=36, blank=True)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.nomination_id}"


class MeetingAnalysis(models.Model):
    """What the meeting said of a nominee against one criterion; `key` as thidua.nominations gives it."""

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.CASCADE, related_name="analyses")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="analyses")
    key = models.CharField(max_length=60)
    words = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["nomination", "key"], name="analysis_once"),)

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.key}"


class Moment(models.TextChoices):
    LODGED = "lodged", _("Khi trình")
    ACCEPTED = "accepted", _("Khi tiếp nhận")
    CONCLUDED = "concluded", _("Khi kết luận")


class StoredAssessment(models.Model):
    """What the checks said on a day, as it was shown then: the auditor reads it three years later.

    `lines` holds the clauses with their outcomes, bases and the facts used, `checks` the findings that were not met or
    not known; both JSON of the core.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="assessments")
    moment = models.CharField(max_length=10, choices=Moment)
    on = models.DateField()
    award = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10)
    lines = models.JSONField()
    checks = models.JSONField(default=list)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("nomination_id", "-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.moment} {self.outcome}"
