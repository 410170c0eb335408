from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign
from thidua_web.nominations.stages import SubmissionState
from thidua_web.register.models import Unit

USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What a submission starts from."""

    CAMPAIGN = "campaign", _("Phong trào, đợt thi đua")
    YEARLY = "yearly", _("Xét khen thưởng hằng năm")
    SUDDEN = "sudden", _("Khen thưởng đột xuất")


class Round(models.Model):
    """The appraising unit says that it takes nominations, for a campaign or a year, from a day to a day."""

    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=Kind)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    opens_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opens_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="round_kind_is_known"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("opens_on")), name="round_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CAMPAIGN, campaign__isnull=False)
                | (~Q(kind=Kind.CAMPAIGN) & Q(campaign__isnull=True)),
                name="round_of_a_campaign_names_it",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """What a unit sends with one tờ trình: nominations for one campaign, one year, or one sudden deed.

    `to_unit` appraises. Of a sudden deed `occasion` says what happened, `happened_on`, `place` and `who` the rest.
    `due_on` is the day by which it must be sent, with `due_basis` the words that say so; empty where none is known.
    `lodged_on` is the day of the signing, on which the law looks.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="received_submissions")
    inherited_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    occasion = models.TextField(blank=True)
    happened_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_basis = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=40, blank=True)
    prepared_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    presented_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presented_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=200, blank=True)
    lodged_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-prepared_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=SubmissionState.values), name="submission_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="submission_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.SUBMITTED) | Q(lodged_on__isnull=False, signed_by__isnull=False),
                name="submission_sent_is_signed",
            ),
        )
        indexes = (models.Index(fields=["unit", "state"]), models.Index(fields=["to_unit", "state"]))

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("nominations:submission", args=[self.pk])


class GateException(models.Model):
    """A unit asks to submit although the gate says no to `code`; who may except it grants or refuses, with reason.

    `granted` is None while nobody has answered.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="exceptions")
    code = models.CharField(max_length=80)
    words = models.TextField()
    reason = models.TextField()
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("submission_id", "asked_at")
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "code"], condition=Q(granted__isnull=True), name="exception_waits_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} {self.code}"


class ReviewMeeting(models.Model):
    """The unit's own meeting on what it proposes; its minutes are made of this. `members`: all who have a vote.

    `votes_revision` counts changes of the votes, which have a page of their own.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="meeting")
    held_on = models.DateField(null=True, blank=True)
    began_at = models.TimeField(null=True, blank=True)
    ended_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    members = models.PositiveSmallIntegerField(null=True, blank=True)
    discussion = models.TextField(blank=True)
    secret = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    edited_in = models.CharField(max_length=36, blank=True)
    votes_revision = models.PositiveIntegerField(default=0)
    votes_edited_in = models.CharField(max_length=36, blank=True)
    edited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id} {self.held_on}"


class Attendance(models.TextChoices):
    PRESENT = "present", _("Có mặt")
    ABSENT = "absent", _("Vắng mặt")
    WRITTEN = "written", _("Vắng mặt, có ý kiến bằng văn bản")


class Part(models.TextChoices):
    """What somebody is in a meeting."""

    CHAIR = "chair", _("Chủ trì")
    SECRETARY = "secretary", _("Thư ký")
    MEMBER = "member", _("Thành viên")
    GUEST = "guest", _("Khách mời, không biểu quyết")


class Attendee(models.Model):
    """`person` where the register knows them, so that their own nomination can be told. `token` is the row's own on
    the form; `words`: the written opinion of one who was absent, or why they were.
    """

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.CASCADE, related_name="attendees")
    token = models.UUIDField(default=uuid.uuid4)
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    attendance = models.CharField(max_length=10, choices=Attendance, default=Attendance.PRESENT)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("meeting_id", "place", "id")
        constraints = (models.UniqueConstraint(fields=["meeting", "token"], name="attendee_once"),)

    def __str__(self) -> str:
        return self.name
