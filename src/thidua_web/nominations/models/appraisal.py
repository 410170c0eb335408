from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models import Campaign
from thidua_web.nominations.models.nominations import Nomination
from thidua_web.register.models import Unit

USER = settings.AUTH_USER_MODEL


class Return(models.Model):
    """A dossier sent back: reason codes (thidua.nominations.returning), words, and by when it should come again."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="sent_back")
    codes = models.JSONField()
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    lodged_again_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "-at", "-id")
        indexes = (models.Index(fields=["on"]),)

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.on}"


class EvidenceRequest(models.Model):
    """The appraiser asks for more; the clock stands still until the unit answers."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="requests")
    words = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.asked_at:%Y-%m-%d}"


class Override(models.Model):
    """An appraiser holds a criterion to have another outcome than the facts say; it counts when a second agrees.

    `key` and `clause` say which criterion; `agreed` is None until the second person has answered.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="overrides")
    key = models.CharField(max_length=60)
    clause = models.TextField()
    was = models.CharField(max_length=10)
    becomes = models.CharField(max_length=10)
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    second = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    second_words = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["nomination", "key"],
                condition=Q(withdrawn_at__isnull=True) & (Q(agreed__isnull=True) | Q(agreed=True)),
                name="override_once",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("by")), name="override_needs_another"
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(second__isnull=False), name="override_answered_by_someone"
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.key}"

    @property
    def waits(self) -> bool:
        """For the second person."""
        return self.agreed is None and self.withdrawn_at is None

    @property
    def counts(self) -> bool:
        return bool(self.agreed) and self.withdrawn_at is None


class Lowering(models.Model):
    """The appraiser proposes another award than the unit asked for."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="lowerings")
    was = models.CharField(max_length=40)
    becomes = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "-at", "-id")

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.was} {self.becomes}"


class Opinion(models.Model):
    """What the appraisal came to; `reasons` are findings of the core, as they were then. The newest stands."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="opinions")
    recommends = models.BooleanField()
    words = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination_id", "-at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(recommends=True) | ~Q(words=""), name="opinion_against_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.recommends}"


class ClockChange(models.TextChoices):
    STARTED = "started", _("Bắt đầu tính")
    PAUSED = "paused", _("Tạm dừng")
    RESUMED = "resumed", _("Tính tiếp")
    ENDED = "ended", _("Kết thúc")


class ClockEvent(models.Model):
    """When the working-day clock of a nomination began, stood still, went on, ended; `why` is a code of its step."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="clock")
    change = models.CharField(max_length=10, choices=ClockChange)
    on = models.DateField()
    why = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("nomination_id", "id")

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.change} {self.on}"


class BatchState(models.TextChoices):
    PREPARED = "prepared", _("Xem trước")
    RUNNING = "running", _("Đang thực hiện")
    DONE = "done", _("Đã thực hiện")
    STOPPED = "stopped", _("Đã dừng giữa chừng")
    UNDOING = "undoing", _("Đang hoàn lại")
    UNDONE = "undone", _("Đã hoàn lại")


class Batch(models.Model):
    """One act on many nominations at once; it can be taken back as one while none of them has gone on.

    While it is `prepared` nothing has changed: its rows say what would. `total` and `done` count what runs. A worker
    that has it in hand holds `token` until `lease`.
    """

    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    params = models.JSONField(default=dict)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.PREPARED)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    lease = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_is_known"),)
        indexes = (models.Index(fields=["to_unit", "state", "at"], name="batch_listed"),)

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("nominations:batch", args=[self.pk])


class RowState(models.TextChoices):
    PLANNED = "planned", _("Sẽ làm")
    LEFT_OUT = "left_out", _("Không làm")
    DONE = "done", _("Đã làm")
    UNDONE = "undone", _("Đã hoàn lại")
    KEPT = "kept", _("Giữ nguyên vì đã đi tiếp")


class BatchRow(models.Model):
    """A nomination in a batch: `seen` is its revision when the batch was prepared, `why` what keeps it out (a code of
    queries.allowed), `before` what it was, and `revision` what it came to, so that an undo can tell.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="batches")
    place = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.PLANNED)
    why = models.CharField(max_length=20, blank=True)
    seen = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("batch_id", "place", "id")
        constraints = (
            models.UniqueConstraint(fields=["batch", "nomination"], name="batch_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="batch_row_state_is_known"),
        )
        indexes = (models.Index(fields=["batch", "state", "place"], name="batch_row_listed"),)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.nomination_id}"


class ListState(models.TextChoices):
    DRAFT = "draft", _("Đang lập")
    SIGNED = "signed", _("Đã ký")


class AppraisedList(models.Model):
    """What the appraisal hands to the council; once signed, nothing in it changes any more."""

    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appraised_lists")
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="appraised_lists"
    )
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.DRAFT)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    number = models.CharField(max_length=40, blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=ListState.SIGNED) | Q(signed_by__isnull=False), name="appraised_list_is_signed"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("nominations:appraised_list", args=[self.pk])
