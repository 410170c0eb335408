from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua_web.nominations.models.nominations import Nomination
from thidua_web.register.models import Unit

USER = settings.AUTH_USER_MODEL


class Silence(models.TextChoices):
    """What follows when a body that was asked does not answer in time."""

    NOTHING = "nothing", _("Không coi là đồng ý")
    AGREES = "agrees", _("Coi là đồng ý")


class Consultation(models.Model):
    """The appraising unit asks another body what it thinks (lấy ý kiến, hiệp y). `asked` where the register holds the
    body, so that it answers here; else its letter is recorded. `basis`: what sets the days and what silence means.
    `pauses`: the clocks of its nominations stand still until it is closed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="consultations")
    asked = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="consulted")
    asked_name = models.CharField(max_length=200)
    question = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    silence = models.CharField(max_length=10, choices=Silence, default=Silence.NOTHING)
    basis = models.CharField(max_length=300, blank=True)
    pauses = models.BooleanField(default=False)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="consultation_ends_after_it_begins"),
        )
        indexes = (models.Index(fields=["asked", "closed_at"]),)

    def __str__(self) -> str:
        return f"{self.asked_name} {self.asked_on}"

    def get_absolute_url(self) -> str:
        return reverse("nominations:consultation", args=[self.pk])


class Answer(models.TextChoices):
    AGREE = "agree", _("Nhất trí")
    DISAGREE = "disagree", _("Không nhất trí")
    OTHER = "other", _("Ý kiến khác")


class ConsultationItem(models.Model):
    """What the body says of one nomination; "" while it has not answered."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="consultations")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("consultation_id", "id")
        constraints = (
            models.UniqueConstraint(fields=["consultation", "nomination"], name="consulted_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="consultation_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", Answer.AGREE]) | ~Q(words=""), name="disagreement_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.nomination_id}"


class Publication(models.Model):
    """A list shown to the people for their opinion, from a day to a day (both included)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="publications")
    title = models.CharField(max_length=250)
    since = models.DateField()
    until = models.DateField()
    where = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="publication_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("nominations:publication", args=[self.pk])


class PublicationItem(models.Model):
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="publications")

    class Meta:
        ordering = ("publication_id", "id")
        constraints = (models.UniqueConstraint(fields=["publication", "nomination"], name="published_once"),)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.nomination_id}"


class Finding(models.TextChoices):
    """What came of an objection."""

    UPHELD = "upheld", _("Phản ánh đúng")
    PARTLY = "partly", _("Phản ánh đúng một phần")
    REJECTED = "rejected", _("Phản ánh không đúng")


class Objection(models.Model):
    """What somebody says against a nomination. Who it is stays sealed; `words` are for those who handle it alone."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="objections")
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="objections"
    )
    sealed_sender = models.TextField(blank=True)
    words = models.TextField()
    channel = models.CharField(max_length=20, default="letter")
    received_on = models.DateField()
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    answer = models.TextField(blank=True)
    handled_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(finding="") | (Q(handled_by__isnull=False) & ~Q(answer="")),
                name="objection_handled_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.received_on}"

    def get_absolute_url(self) -> str:
        return reverse("nominations:objection", args=[self.pk])


class ConflictKind(models.TextChoices):
    KIN = "kin", _("Người thân của người được đề nghị")
    WORK = "work", _("Quan hệ công việc, lợi ích")
    OTHER = "other", _("Lý do khác")


class ConflictDeclaration(models.Model):
    """Somebody says that they should not judge a nomination."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="conflicts")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=10, choices=ConflictKind)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "nomination"], condition=Q(withdrawn_at__isnull=True), name="conflict_declared_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.nomination_id}"
