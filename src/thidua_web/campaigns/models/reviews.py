from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.plans.review import Verdict
from thidua_web.campaigns.models.plans import PlanDocument


class VerdictChoice(models.TextChoices):
    """The core's verdicts with the words that a screen has for them."""

    PENDING = Verdict.PENDING.value, _("Chưa đối chiếu")
    ACCEPTED = Verdict.ACCEPTED.value, _("Đã chấp nhận")
    CORRECTED = Verdict.CORRECTED.value, _("Đã sửa")
    REJECTED = Verdict.REJECTED.value, _("Đã bỏ")
    ADDED = Verdict.ADDED.value, _("Đã thêm")


class ReviewedFact(models.Model):
    """One fact of a plan under review, as it stands now (`fact`) and as it was read (`read`, None where added).

    `revision` is the number of the step that last touched it: who acts says which revision was on the screen, and an
    act on another one is refused, so that of two people none overwrites the other.
    """

    document = models.ForeignKey(PlanDocument, on_delete=models.CASCADE, related_name="facts")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    fact = models.JSONField()
    read = models.JSONField(null=True)
    verdict = models.CharField(max_length=10, choices=VerdictChoice, default=VerdictChoice.PENDING)
    revision = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(fields=["document", "key"], name="reviewed_fact_once"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=VerdictChoice.values), name="reviewed_fact_verdict_is_known"
            ),
        )
        indexes = (models.Index(fields=["document", "revision"]),)

    def __str__(self) -> str:
        return self.key


class ReviewAct(models.TextChoices):
    ACCEPT = "accept", _("chấp nhận")
    REJECT = "reject", _("bỏ")
    RESTORE = "restore", _("đưa về như khi đọc")
    CORRECT = "correct", _("sửa")
    ADD = "add", _("thêm")
    ACCEPT_KIND = "accept_kind", _("chấp nhận cả nhóm")
    REJECT_KIND = "reject_kind", _("bỏ cả nhóm")
    UNDO = "undo", _("hoàn tác")


class ReviewStep(models.Model):
    """One act of a reviewer. `before` holds each touched fact as it was (None where it did not exist): undo goes back
    to it. `token` comes from the page: the same act sent twice is done once.
    """

    document = models.ForeignKey(PlanDocument, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    token = models.UUIDField()
    act = models.CharField(max_length=12, choices=ReviewAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField()
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="review_step_number_once"),
            models.UniqueConstraint(fields=["document", "token"], name="review_step_token_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.act}"
